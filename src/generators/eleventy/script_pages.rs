//! Pages that are programs: `relics/one.11ty.js`. What they show is not read; where they are is, unless they say so themselves.
//!
//! Source: Eleventy's documentation, "JavaScript Template Language".

use super::config::Config;
use crate::discover::{file_name, inside, join, parent};
use crate::generators::Folder;
use crate::hash::Set;

/// What such files make.
#[derive(Debug, Default)]
pub struct ScriptPages {
    /// The addresses, without slashes around them.
    known: Set<String>,
    /// One of them says its address, or makes several pages.
    pub open: bool,
}

impl ScriptPages {
    /// Reads the files of a site.
    #[must_use]
    pub fn read(folder: &Folder<'_>, config: &Config) -> ScriptPages {
        let mut pages = ScriptPages::default();
        for path in folder.below(&config.input) {
            let Some((stem, ending)) = file_name(path).split_once(".11ty.") else { continue };
            let is_page = matches!(ending, "js" | "cjs" | "mjs" | "ts" | "tsx" | "jsx");
            if !is_page || config.internal.iter().any(|folder| inside(path, folder).is_some()) {
                continue;
            }
            let text = folder.read(path).unwrap_or_default();
            let folder_data = || folder.read(&join(parent(path), &format!("{}.json", file_name(parent(path)))));
            let says = |text: &str| ["permalink", "pagination"].iter().any(|word| text.contains(word));
            if says(&text) || folder_data().is_some_and(|text| says(&text)) {
                pages.open = true;
                continue;
            }
            let below = inside(path, &config.input).map(parent).unwrap_or_default();
            pages.known.insert(if stem == "index" { below.to_owned() } else { join(below, stem) });
        }
        pages
    }

    /// True for the address of one.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let bare = path.strip_suffix("index.html").unwrap_or(path);
        !self.known.is_empty() && self.known.contains(bare.trim_matches('/'))
    }
}
