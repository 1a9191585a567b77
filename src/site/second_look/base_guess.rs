//! The folder that a site is published in, where its configuration does not name it: the build gets it on the command line.
//!
//! Paths from the root then begin with a folder that nothing in the site has, and lead to something without it.

use crate::hash::{Map, Set};

use crate::discover::Tree;
use crate::site::Site;
use crate::site::server::look_up;
use crate::site::target::{Target, Unknown};

/// So many different paths that fit are no coincidence.
const ENOUGH: usize = 5;

#[derive(Default)]
struct Seen {
    fits: Set<String>,
    others: Set<String>,
}

/// Takes back what was called missing below such a folder and is there without it.
pub fn look(site: &mut Site, _: &Tree) {
    let settings = site.model.settings();
    if settings.url.is_some() || !settings.base_path.is_empty() || settings.folders || settings.unknown_generator {
        return;
    }
    let mut seen: Map<String, Seen> = Map::default();
    for (_, link, target) in site.links() {
        let Target::Missing { path } = target else { continue };
        let Some((base, rest)) = apart(path).filter(|_| link.destination.starts_with('/')) else { continue };
        if site.has_top(path) {
            continue;
        }
        let seen = seen.entry(base.to_owned()).or_default();
        let fits = matches!(look_up(site, rest, None), Target::Page { .. } | Target::Asset(_));
        if fits {
            seen.fits.insert(rest.to_owned())
        } else {
            seen.others.insert(rest.to_owned())
        };
    }
    seen.retain(|_, seen| seen.fits.len() >= ENOUGH && seen.fits.len() > seen.others.len());
    if seen.is_empty() {
        return;
    }
    for target in site.targets.iter_mut().flatten() {
        let Target::Missing { path } = target else { continue };
        let fits = apart(path).is_some_and(|(base, rest)| seen.get(base).is_some_and(|seen| seen.fits.contains(rest)));
        if fits {
            *target = Target::Unchecked(Unknown::OtherSite);
        }
    }
}

/// The first folder of a path, and the path below it.
pub(super) fn apart(path: &str) -> Option<(&str, &str)> {
    let end = path.strip_prefix('/')?.find('/')? + 1;
    Some((path.get(1..end)?, path.get(end..)?))
}
