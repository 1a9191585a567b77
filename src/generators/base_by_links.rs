//! The folder that a site is published in, where only the command that builds it says it: what its pages write before
//! their links shows it.

use crate::hash::{Map, Set};

use super::Folder;

/// So many pages are read, at most.
const PAGES: usize = 60;
/// So many different paths must begin with the folder …
const ENOUGH: usize = 8;

/// The folder with a slash before it, if nearly all links from the root begin with it, no folder of the site is called so
/// and most of them lead to something behind it. `leads` is asked with a path without that folder and its slash.
#[must_use]
pub fn guess<'f>(
    folder: &Folder<'_>,
    pages: impl Iterator<Item = &'f str>,
    leads: impl Fn(&str) -> bool,
) -> Option<String> {
    let mut seen: Map<String, Set<String>> = Map::default();
    for text in pages.take(PAGES).filter_map(|page| folder.read(page)) {
        for (start, _) in text.match_indices("](/") {
            let written = text.get(start + 3..).unwrap_or_default();
            let end = written.find([')', '#', '?', ' ', '\n', '"']).unwrap_or(written.len());
            let path = written.get(..end).unwrap_or_default().trim_end_matches('/');
            let (top, rest) = path.split_once('/').unwrap_or((path, ""));
            if !top.is_empty() && !top.contains(['{', '%']) {
                seen.entry(top.to_owned()).or_default().insert(rest.to_owned());
            }
        }
    }
    let all: usize = seen.values().map(Set::len).sum();
    let (top, rests) = seen.into_iter().max_by_key(|(_, rests)| rests.len())?;
    let found = rests.iter().filter(|rest| leads(rest)).count();
    let likely = rests.len() >= ENOUGH && rests.len() * 10 >= all * 9 && found * 2 >= rests.len();
    (likely && !leads(&top)).then(|| format!("/{top}"))
}
