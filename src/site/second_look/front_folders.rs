//! Pictures that front matter names by their file's name alone, in a collection of which no other picture shows where its
//! layout looks: the place that other collections have is not its own. Where such a file lies somewhere, it is not missed.

use crate::hash::Set;

use crate::discover::Tree;
use crate::page::links::{Link, Origin};
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::index::last_name;
use crate::site::target::{Target, Unknown};

/// Takes back what was called missing there.
pub fn look(site: &mut Site, _: &Tree) {
    let (mut found, mut lost) = (Set::default(), Vec::new());
    for (number, (page, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        for (at, (link, target)) in page.links.iter().zip(targets).enumerate() {
            let Some(key) = key_of(link) else { continue };
            match target {
                Target::Asset(_) => {
                    found.insert((&*page.collection, key));
                }
                Target::Missing { path } if !site.index.named(last_name(path)).is_empty() => {
                    lost.push((number, at, (&*page.collection, key)));
                }
                _ => {}
            }
        }
    }
    let back: Vec<_> =
        lost.into_iter().filter(|(.., place)| !found.contains(place)).map(|(n, at, _)| (n, at)).collect();
    for (number, at) in back {
        if let Some(target) = site.targets.get_mut(number).and_then(|targets| targets.get_mut(at)) {
            *target = Target::Unchecked(Unknown::ImageFolder);
        }
    }
}

/// The key that names a file without a folder.
fn key_of(link: &Link) -> Option<&str> {
    let Origin::FrontMatter { key } = &link.origin else { return None };
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    (!path.contains('/')).then_some(&**key)
}
