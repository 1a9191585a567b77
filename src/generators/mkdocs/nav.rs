//! `nav`: the menu. MkDocs looks each path up in the docs folder, warns of one that it does not find, and puts the path as it
//! is into the menu of every page.
//!
//! Source: mkdocs 1.6 `structure/nav.py`, `_data_to_navigation`.

use crate::generators::Folder;
use crate::generators::navigation::{NavEntry, listed};

/// The entries that name a page by its file.
#[must_use]
pub fn read(folder: &Folder<'_>, name: &str) -> Vec<NavEntry> {
    let place: &[&str] = if name.ends_with(".toml") { &["project", "nav"] } else { &["nav"] };
    let mut entries = listed(folder, name, place, None);
    // What plugins read in it: patterns, `!include`, the rest of a folder.
    let is_plain = |path: &str| super::is_page(path) && !path.contains(['*', '?', '!', '|', '{', '$', '#']);
    entries.retain(|entry| is_plain(&entry.written) && !entry.written.contains(':') && !entry.written.starts_with('/'));
    entries
}
