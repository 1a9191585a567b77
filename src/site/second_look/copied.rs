//! Pages that were clipped from elsewhere, whole: a path from the root in them is one of that site.

use crate::discover::Tree;
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::target::{Target, Unknown};

/// Takes back what was called missing here and is there.
pub fn look(site: &mut Site, _: &Tree) {
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            let Target::Missing { .. } = target else { continue };
            let from_the_root = matches!(shape(&link.destination), Shape::Path { path, .. } if path.starts_with('/'));
            if from_the_root && page.copied_from().is_some() {
                *target = Target::Unchecked(Unknown::OtherSite);
            }
        }
    }
}
