//! Links that Pelican fills in: `{filename}`, `{static}`, `{attach}`, and the older `|filename|`.
//!
//! Source: the page "Writing content" of Pelican's documentation, pelican 4 `contents.py`.

use super::config::Config;
use crate::discover::{join, parent};
use crate::generators::{Evaluated, Sources};
use crate::site::destination;
use crate::site::facts::PageFacts;

/// The file that such a path names; nothing for any other path.
pub fn source(path: &str, page: &PageFacts, sources: &dyn Sources, config: &Config) -> Option<Evaluated> {
    let (what, path) = match path.strip_prefix('{') {
        Some(rest) => rest.split_once('}')?,
        None => path.strip_prefix('|')?.split_once('|')?,
    };
    match what {
        "filename" | "static" | "attach" => {}
        "index" => {
            let index = config.string(None, "INDEX_SAVE_AS").unwrap_or_else(|| "index.html".to_owned());
            return Some(Evaluated::Destination(format!("{}/{index}", config.base)));
        }
        // The pages of terms are made from all articles.
        "author" | "category" | "tag" => return Some(Evaluated::Unknown),
        _ => return None,
    }
    let here = in_content(&page.path, config)?;
    let folder = if path.starts_with('/') { "" } else { parent(here) };
    let wanted = destination::join(&format!("/{folder}"), path.trim_start_matches('/'));
    let Some(wanted) = wanted else { return Some(Evaluated::NoSource { wanted: path.to_owned() }) };
    let wanted = wanted.trim_start_matches('/');
    let file = join(&config.content, wanted);
    Some(match sources.has(&file) {
        true => Evaluated::Source { path: file, tail: String::new() },
        // Pelican writes the address all the same: a text that is no Markdown, or a file of the theme, may be there.
        false if what != "filename" => Evaluated::NoSourceUnlessPublished { wanted: wanted.to_owned() },
        false => Evaluated::NoSource { wanted: wanted.to_owned() },
    })
}

/// The path below the content folder.
#[must_use]
pub fn in_content<'p>(path: &'p str, config: &Config) -> Option<&'p str> {
    if config.content.is_empty() { Some(path) } else { path.strip_prefix(&*config.content)?.strip_prefix('/') }
}
