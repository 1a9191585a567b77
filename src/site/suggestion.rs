//! What a path that leads nowhere was probably meant to be: the words of an answer, and what all that look for one share.

use super::Site;
use super::facts::PageFacts;
use super::index::{Entry, url_of};
use crate::discover::file_name;

/// What a path that leads nowhere was probably meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The path to write, from the site's base (decoded).
    pub path: String,
    /// Why it is missing, as a sentence's end: "the page is published without a trailing slash".
    pub why: String,
    /// True when nothing else can be meant.
    pub certain: bool,
}

/// A path as readers have it: where pages are read without the ending of their files, so are these.
#[must_use]
pub fn as_read<'p>(site: &Site, path: &'p str) -> &'p str {
    let page = match site.index.get(path) {
        Some(Entry::Page(number)) => site.page(*number),
        _ => None,
    };
    let bare = page.and_then(|page| page.place.url.as_deref()).is_some_and(|url| !url.ends_with(".html"));
    path.strip_suffix(".html").filter(|_| bare).unwrap_or(path)
}

/// The addresses of pages as suggestions of which none is sure, four at most.
pub(super) fn published<'p>(pages: impl Iterator<Item = &'p PageFacts>, why: &str) -> Vec<Suggestion> {
    let outputs = pages.filter_map(|page| page.place.output.as_deref()).take(4);
    outputs.map(|output| Suggestion { path: url_of(output).to_owned(), why: why.to_owned(), certain: false }).collect()
}

/// True for a name that is looked for in the whole site: short and common ones say nothing.
#[must_use]
pub fn is_looked_for(name: &str) -> bool {
    const EVERYWHERE: [&str; 9] =
        ["index", "about", "readme", "introduction", "contributing", "changelog", "license", "dockerfile", "makefile"];
    let stem = name.trim_start_matches('_').split('.').next().unwrap_or_default();
    name.chars().count() >= 4 && !EVERYWHERE.iter().any(|common| stem.eq_ignore_ascii_case(common))
}

/// The name of a path for people: its last part.
#[must_use]
pub fn short(path: &str) -> &str {
    file_name(path.trim_end_matches('/'))
}
