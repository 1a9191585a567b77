//! Paths with `\` where `/` is meant: browsers read them so, where the sign reaches them.

use super::Site;
use super::destination::{self, Shape};
use super::facts::PageFacts;
use super::follow::{resolve_address, resolve_text};
use super::target::Target;
use crate::page::links::{Link, Origin};

/// What browsers find, where the program writes the path as it is. Source: URL Standard, "path state".
pub(super) fn as_browsers_read(site: &Site, page: &PageFacts, link: &Link) -> Option<Target> {
    let reaches = match link.origin {
        Origin::Html(_) => true,
        Origin::Inline | Origin::Reference { .. } => site.model.dialect(&page.path).keeps_backslashes,
        _ => false,
    };
    let slashes = reaches.then(|| slashes(link)).flatten()?;
    let Shape::Path { path, fragment } = destination::shape(&slashes) else { return None };
    let found = resolve_address(site, page, &destination::decode(path), fragment);
    matches!(found, Target::Page { .. } | Target::Asset(_) | Target::Generated).then_some(found)
}

/// The path with slashes for its backslashes, where it leads somewhere then.
#[must_use]
pub fn slashed(site: &Site, page: &PageFacts, link: &Link) -> Option<String> {
    let slashes = slashes(link)?;
    matches!(resolve_text(site, page, &slashes), Target::Page { .. } | Target::Asset(_)).then_some(slashes)
}

fn slashes(link: &Link) -> Option<String> {
    (!link.is_dynamic() && link.destination.contains('\\')).then(|| link.destination.replace('\\', "/"))
}
