//! Sidebars, navigation bars and the chapters of books, where they name a document by its file.
//!
//! Source: the pages "Website Navigation" and "Book Structure" of Quarto's documentation. A document that is not there stops
//! a book, and is a dead link on every page of a website.

use crate::discover::{extension, join};
use crate::generators::navigation::{NavEntry, listed};
use crate::generators::{Evaluated, Folder, Sources};
use crate::site::destination;

/// Where menus are.
const PLACES: [&[&str]; 5] = [
    &["website", "sidebar"],
    &["website", "navbar"],
    &["book", "chapters"],
    &["book", "appendices"],
    &["book", "sidebar"],
];
/// The keys that name documents.
const KEYS: [&str; 11] =
    ["contents", "section", "href", "file", "left", "right", "menu", "chapters", "appendices", "part", "tools"];

/// The entries that name a document by its file.
#[must_use]
pub fn read(folder: &Folder<'_>, name: &str) -> Vec<NavEntry> {
    // Files that it takes further parts from (`metadata-files`) are written by programs.
    let all = PLACES.iter().flat_map(|place| match place.last() {
        // The list of chapters itself is what counts.
        Some(&"chapters" | &"appendices") => listed(folder, name, &["book"], Some(&KEYS)),
        _ => listed(folder, name, place, Some(&KEYS)),
    });
    let mut entries: Vec<NavEntry> = all.filter(|entry| names_a_document(&entry.written)).collect();
    entries.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    entries.dedup();
    entries
}

fn names_a_document(written: &str) -> bool {
    let file = written.split('#').next().unwrap_or_default();
    matches!(&*extension(file), "qmd" | "md" | "ipynb" | "rmd") && !file.contains(['*', '?', ':', '{', '$', ' '])
}

/// What an entry leads to.
#[must_use]
pub fn evaluate(written: &str, sources: &dyn Sources, makes_pages: bool) -> Evaluated {
    let (written, tail) = written.split_at(written.find('#').unwrap_or(written.len()));
    match destination::join("/", written) {
        Some(wanted) if sources.has(wanted.trim_start_matches('/')) => {
            Evaluated::Source { path: wanted.trim_start_matches('/').to_owned(), tail: tail.to_owned() }
        }
        Some(wanted) if !makes_pages => Evaluated::NoSource { wanted: join("", wanted.trim_start_matches('/')) },
        _ => Evaluated::Unknown,
    }
}
