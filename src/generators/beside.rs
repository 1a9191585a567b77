//! Pictures that front matter names beside its page: `featured: images/a.jpg`, `cover: ./a.png`.
//!
//! Whether the site's code takes such a value for a file is not read; its pages show it. Where most values of a key name
//! a file beside their page, one that does not is missing.

use crate::hash::Map;
use std::sync::OnceLock;

use super::{Evaluated, Sources, jsx};
use crate::page::links::{Link, Origin};
use crate::site::destination::{self, Shape};
use crate::site::facts::PageFacts;

/// At least this share of a key's values must lie beside their pages.
const MAJORITY: (usize, usize) = (3, 4);

/// What the pages of a site show.
#[derive(Debug, Default)]
pub struct Beside {
    keys: OnceLock<Map<Box<str>, (usize, usize)>>,
}

impl Beside {
    /// What a picture of the front matter is; nothing where it is an address, or where it lies only code knows.
    #[must_use]
    pub fn evaluate(&self, link: &Link, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let (key, path) = relative(link)?;
        let file = jsx::beside(path, page)?;
        if sources.has(&file) {
            return Some(Evaluated::Source { path: file, tail: String::new() });
        }
        let keys = self.keys.get_or_init(|| learn(sources));
        let (found, all) = keys.get(key).copied().unwrap_or_default();
        (found > 0 && found * MAJORITY.1 >= all * MAJORITY.0).then_some(Evaluated::NoSource { wanted: file })
    }
}

fn learn(sources: &dyn Sources) -> Map<Box<str>, (usize, usize)> {
    let mut keys: Map<Box<str>, (usize, usize)> = Map::default();
    for page in sources.pages() {
        for (key, path) in page.links.iter().filter_map(relative) {
            let (found, all) = keys.entry(key.into()).or_default();
            *found += usize::from(jsx::beside(path, page).is_some_and(|file| sources.has(&file)));
            *all += 1;
        }
    }
    keys
}

/// The key and the value of a picture that is named by a relative path.
fn relative(link: &Link) -> Option<(&str, &str)> {
    let Origin::FrontMatter { key } = &link.origin else { return None };
    match destination::shape(&link.destination) {
        Shape::Path { path, .. } if !path.starts_with('/') => Some((key, path)),
        _ => None,
    }
}
