//! Links that still begin with a folder in which the site was once published: `/podcast/images/a.png` at a domain of its
//! own, whose files lie at `/images/a.png`.
//!
//! Hundreds of such links look like pages of another program, and are one slip of whoever moved the site. What shows it:
//! the same pages and files are linked without the folder, too, and nothing else is asked for in it.

use crate::hash::{Map, Set};

use super::base_guess::apart;
use crate::language::tags::is_folder_of_language;
use crate::site::Site;
use crate::site::destination::{self, Shape, shape};
use crate::site::hosts::Hosts;
use crate::site::server::look_up;
use crate::site::target::Target;

/// So many different paths are no coincidence …
const ENOUGH: usize = 5;
/// … of which one in so many is linked without the folder as well …
const ALSO: usize = 4;
/// … and one in so many may lead nowhere without it, too.
const SLIPS: usize = 20;
/// Folders in which hosts keep other versions of a site, or translations.
const VERSIONS: [&str; 9] = ["current", "dev", "docs", "latest", "main", "master", "next", "stable", "versions"];

/// A link that is certainly dead: its page, its place there, and its target.
pub type Held = Vec<(usize, usize, Target)>;

#[derive(Default)]
struct Seen {
    fits: Set<String>,
    others: Set<String>,
}

/// Takes such links out, so that nobody doubts them.
pub fn hold(site: &mut Site) -> Held {
    if !has_a_root_of_its_own(site) {
        return Vec::new();
    }
    let mut seen: Map<&str, Seen> = Map::default();
    for (_, link, target) in site.links() {
        let Target::Missing { path } = target else { continue };
        let Some((base, rest)) = apart(path).filter(|_| link.destination.starts_with('/')) else { continue };
        if site.has_top(path) || is_of_others(base) {
            continue;
        }
        let seen = seen.entry(base).or_default();
        if !matches!(look_up(site, rest, None), Target::Page { .. } | Target::Asset(_)) {
            seen.others.insert(rest.to_owned());
            continue;
        }
        seen.fits.insert(rest.to_owned());
    }
    seen.retain(|_, seen| seen.fits.len() >= ENOUGH && seen.others.len() * SLIPS <= seen.fits.len());
    if seen.is_empty() {
        return Vec::new();
    }
    // Only now, because it takes all links of the site.
    let mut direct: Set<&str> = Set::default();
    for (_, link, target) in site.links() {
        if let (Target::Page { .. } | Target::Asset(_), Shape::Path { path, .. }) = (target, shape(&link.destination))
            && path.starts_with('/')
        {
            direct.insert(path.trim_end_matches('/'));
        }
    }
    seen.retain(|_, seen| {
        let also = seen.fits.iter().filter(|rest| direct.contains(rest.trim_end_matches('/'))).count();
        also * ALSO >= seen.fits.len()
    });
    let bases: Set<String> = seen.into_keys().map(str::to_owned).collect();
    let mut held = Vec::new();
    if bases.is_empty() {
        return held;
    }
    for (page, (facts, targets)) in site.pages.iter().zip(&mut site.targets).enumerate() {
        for (place, (link, target)) in facts.links.iter().zip(targets).enumerate() {
            let is_one = matches!(target, Target::Missing { path }
                if link.destination.starts_with('/') && apart(path).is_some_and(|(base, _)| bases.contains(base)));
            if is_one {
                held.push((page, place, std::mem::replace(target, Target::Generated)));
            }
        }
    }
    site.former_bases = bases;
    held
}

/// Puts them back.
pub fn release(site: &mut Site, held: Held) {
    for (page, place, was) in held {
        if let Some(target) = site.targets.get_mut(page).and_then(|targets| targets.get_mut(place)) {
            *target = was;
        }
    }
}

/// True for a site at the top of a host that nobody shares with it.
fn has_a_root_of_its_own(site: &Site) -> bool {
    let settings = site.model.settings();
    if !settings.base_path.is_empty() || settings.folders || settings.unknown_generator || settings.sister_versions {
        return false;
    }
    let Some(url) = settings.url.as_deref() else { return false };
    match destination::shape(url) {
        Shape::Web { host, rest } => rest.trim_matches('/').is_empty() && !Hosts::has_neighbours(&host),
        _ => false,
    }
}

/// True for the folder of a translation or of another version.
fn is_of_others(folder: &str) -> bool {
    let is_number = || folder.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
    VERSIONS.binary_search(&folder).is_ok() || is_number() || is_folder_of_language(folder)
}
