//! `{{< include file >}}`: a file whose text Quarto puts into a document before anything else reads it, so that its paths
//! count from that document.
//!
//! Source: the page "Includes" of Quarto's documentation, which tells to let the names of such files begin with `_`.

use crate::hash::Map;

use crate::discover::{extension, file_name, parent};
use crate::generators::Folder;
use crate::site::destination;

/// Files that are shown in documents, with the one document that shows each; nothing where several do.
#[derive(Debug, Default)]
pub struct Parts(Map<String, Option<String>>);

impl Parts {
    /// Reads the documents, if there is any file that could be a part of one.
    #[must_use]
    pub fn read(folder: &Folder<'_>, is_rendered: impl Fn(&str) -> bool) -> Parts {
        let mut found: Map<String, Option<String>> = Map::default();
        let texts = || folder.below("").filter(|path| matches!(&*extension(path), "qmd" | "md" | "rmd"));
        if !texts().any(is_part) {
            return Parts::default();
        }
        for from in texts().filter(|path| is_rendered(path) || is_part(path)) {
            let Some(text) = folder.read(from).filter(|text| text.contains("include ")) else { continue };
            for part in included(&text).filter_map(|path| below(from, path)).filter(|part| is_part(part)) {
                // What is shown in a part is shown wherever that is.
                let shown = (!is_part(from)).then(|| from.to_owned());
                let known = found.entry(part).or_insert_with(|| shown.clone());
                if *known != shown {
                    *known = None;
                }
            }
        }
        found.retain(|part, _| folder.has(part) && extension(part) != *"rmd");
        Parts(found)
    }

    /// True for a file that is shown in documents.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The one document that shows it.
    #[must_use]
    pub fn shown_in(&self, path: &str) -> Option<&str> {
        self.0.get(path)?.as_deref()
    }
}

/// The file that a path of a document names.
#[must_use]
pub fn below(from: &str, path: &str) -> Option<String> {
    let folder = if path.starts_with('/') { String::new() } else { format!("/{}", parent(from)) };
    Some(destination::join(&folder, path.trim_start_matches('/'))?.trim_start_matches('/').to_owned())
}

/// True for a text that Quarto does not render by itself.
fn is_part(path: &str) -> bool {
    let hidden =
        |folder: &str| folder.starts_with('.') || matches!(folder, "_extensions" | "_site" | "_book" | "_freeze");
    file_name(path).starts_with('_') && !parent(path).split('/').any(hidden)
        || parent(path).split('/').any(|folder| folder.starts_with('_')) && !path.split('/').any(hidden)
}

/// The paths of the shortcodes that stand on lines of their own.
fn included(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let inside = line.trim().strip_prefix("{{<")?.strip_suffix(">}}")?.trim().strip_prefix("include ")?;
        Some(inside.trim().trim_matches(['"', '\'']))
    })
}
