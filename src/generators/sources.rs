//! The files of a site, as a generator looks them up while it evaluates a link.

use crate::discover::{file_name, parent};
use crate::site::facts::PageFacts;

/// Looks source files up while a link is evaluated.
pub trait Sources {
    /// True when this file (relative to the site's root) exists.
    fn has(&self, path: &str) -> bool;
    /// True when this folder (relative to the site's root) holds a file, published or not.
    fn has_folder(&self, path: &str) -> bool;
    /// The page of this source path.
    fn page(&self, path: &str) -> Option<&PageFacts>;
    /// All pages.
    fn pages(&self) -> &[PageFacts];
    /// Files of that name at any depth, relative to the site's root; names are compared by [`key`](super::wikilinks::key).
    fn named(&self, key: &str) -> &[Box<str>];
    /// True when something is published below this folder (from the site's base: `/notes`).
    fn publishes_below(&self, folder: &str) -> bool;
    /// The page that gives itself this other name, folded.
    fn aliased(&self, name: &str) -> Option<&PageFacts>;
    /// The posts whose file has this name, without its date and its extension ([`undated`]), in the pages' order.
    fn posts_named(&self, name: &str) -> Vec<&PageFacts>;
}

/// The name of a file without the date before it and without its extension: `a-tour` of `_posts/2024-01-05-a-tour.md`.
#[must_use]
pub fn undated(path: &str) -> &str {
    let name = file_name(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut parts = stem.splitn(4, '-');
    let date = parts.by_ref().take(3).all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    parts.next().filter(|_| date).unwrap_or(stem)
}

/// [`undated`], for the page of a folder the folder's name: `a-tour` of `2024-01-05-a-tour/index.md`.
#[must_use]
pub fn called(path: &str) -> &str {
    undated(if file_name(path).starts_with("index.") { parent(path) } else { path })
}
