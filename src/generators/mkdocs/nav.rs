//! `nav`: the menu. MkDocs looks each path up in the docs folder, warns of one that it does not find, and puts the path as it
//! is into the menu of every page.
//!
//! Source: mkdocs 1.6 `structure/nav.py`, `_data_to_navigation`.

use super::config::Config;
use super::links;
use crate::discover::{file_name, join};
use crate::generators::navigation::{NavEntry, listed};
use crate::generators::{Evaluated, Folder, Sources};
use crate::site::destination;

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

/// What an entry leads to.
#[must_use]
pub fn evaluate(written: &str, sources: &dyn Sources, config: &Config) -> Evaluated {
    let Some(wanted) = destination::join("/", written) else { return Evaluated::Unknown };
    let wanted = wanted.trim_matches('/');
    let candidates = match &config.languages {
        None => vec![wanted.to_owned()],
        Some(languages) => languages.candidates(wanted, &languages.default),
    };
    let found = candidates.iter().map(|path| join(&config.docs, path)).find(|path| sources.has(path));
    let found = found.or_else(|| links::of_theme(config, wanted).filter(|path| sources.has(path)));
    let of_blog = || config.blogs.iter().any(|blog| destination::is_in_folder(wanted, &blog.folder));
    let unsure = || {
        config.from_another_site
            || config.docs_are_made
            || !config.makers.is_empty()
            || config.names_are_looked_up
            || file_name(wanted) == "tags.md"
            || of_blog()
    };
    match found {
        Some(path) => Evaluated::Source { path, tail: String::new() },
        None if unsure() => Evaluated::Unknown,
        None => Evaluated::NoSource { wanted: join(&config.docs, wanted) },
    }
}
