//! Relative links that lead somewhere from a page's address without the slash, in a site whose own links leave it out.

use crate::discover::Tree;
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::slashes::{Slash, from_without};
use crate::site::target::{Target, Unknown};

/// Finds out how addresses end, and takes back what was called missing by the wrong reading.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| {
        matches!(target, Target::Missing { .. } | Target::Outside | Target::WrongCase(_) | Target::NoSource { .. })
    };
    if !site.model.settings().slash_by_host || !site.targets.iter().flatten().any(lost) {
        return;
    }
    site.slash = Slash::of(site, tree);
    if site.slash != Slash::LeftOut {
        return;
    }
    let mut alive = Vec::new();
    for (page, (facts, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        for (number, (link, target)) in facts.links.iter().zip(targets).enumerate() {
            if let Target::Missing { .. } | Target::Outside = target
                && let Shape::Path { path, .. } = shape(&link.destination)
                && from_without(site, facts, path).is_some()
            {
                alive.push((page, number));
            }
        }
    }
    for (page, number) in alive {
        if let Some(target) = site.targets.get_mut(page).and_then(|targets| targets.get_mut(number)) {
            *target = Target::Unchecked(Unknown::Slash);
        }
    }
}
