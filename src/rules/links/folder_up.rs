//! Paths that count from one folder too high: a page was moved down into a folder, or copied from above with all its links.

use crate::discover::parent;
use crate::generators::Sources;
use crate::page::links::{Link, Origin};
use crate::site::Site;
use crate::site::destination::{Shape, decode, join, shape};
use crate::site::facts::PageFacts;
use crate::site::resolve::resolve;
use crate::site::target::Target;

/// So many links of a page are looked at.
const ENOUGH: usize = 40;
/// So many must be alive one folder up.
const FEWEST: usize = 3;

/// The destination with `../` before it, where that is what most dead relative links of the page lack.
pub(super) fn find(site: &Site, page: &PageFacts, link: &Link) -> Option<String> {
    let right = alive_above(site, page, link)?;
    let targets = site.targets.get(site.number_of(&page.path)? as usize)?;
    let is_dead = |target: &Target| matches!(target, Target::Missing { .. } | Target::NoSource { .. });
    let dead = page.links.iter().zip(targets).filter(|(link, target)| is_dead(target) && above(link).is_some());
    let (mut all, mut alive) = (0, 0);
    for (other, _) in dead.take(ENOUGH) {
        all += 1;
        alive += usize::from(alive_above(site, page, other).is_some());
    }
    (alive >= FEWEST && alive * 4 >= all * 3).then_some(right)
}

/// A relative destination from one folder up.
fn above(link: &Link) -> Option<String> {
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    let relative = !path.is_empty() && !path.starts_with('/') && path.contains('/') && !link.is_dynamic();
    let written = matches!(link.origin, Origin::Inline | Origin::Reference { .. } | Origin::Html(_));
    let rest = link.destination.strip_prefix("./").unwrap_or(&link.destination);
    (relative && written).then(|| format!("../{rest}"))
}

/// The same where it leads to a page with what the fragment names, or to a file.
fn alive_above(site: &Site, page: &PageFacts, link: &Link) -> Option<String> {
    let right = above(link)?;
    let found = resolve(site, page, &Link { destination: right.as_str().into(), ..link.clone() });
    let leads = match &found {
        Target::Page { page: number, fragment } => {
            site.page(*number).is_some_and(|found| found.path != page.path)
                && fragment.as_deref().is_none_or(|id| !site.lacks(*number, id))
        }
        Target::Asset(_) => true,
        // A folder that a code host shows.
        Target::Generated => {
            let path = right.split(['?', '#']).next().unwrap_or_default();
            let source = join(&format!("/{}", parent(&page.path)), &decode(path));
            source.is_some_and(|source| site.has_folder(source.trim_matches('/')))
        }
        _ => false,
    };
    leads.then_some(right)
}
