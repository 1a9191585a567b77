//! Components of the site's own that fill the pages which import them: with another file's text, with headings, with
//! elements that have ids. What they make is not known here, only that they make something.

use std::collections::HashSet;

use super::jsx;
use crate::discover::{extension, file_name};
use crate::generators::Folder;
use crate::page::links::Origin;
use crate::site::facts::PageFacts;

/// What a component says that shows text of other files, or gives ids.
const SIGNS: [&str; 14] = [
    "<Content",
    "set:html",
    "dangerouslySetInnerHTML",
    "v-html",
    ".md'",
    ".md\"",
    ".mdx'",
    ".mdx\"",
    "<Heading",
    "<h2",
    "<h3",
    "<h4",
    " id={",
    " id=\"",
];

/// The components of a site that may bring ids.
#[derive(Debug, Default)]
pub struct Components {
    files: HashSet<String>,
}

impl Components {
    /// Reads the components below some folders.
    #[must_use]
    pub fn read(folder: &Folder<'_>, sources: &[String]) -> Components {
        let code = |path: &&str| {
            matches!(&*extension(path), "astro" | "jsx" | "tsx" | "js" | "ts" | "svelte" | "vue")
                && !file_name(path).contains(".config.")
        };
        let brings = |path: &&str| {
            let text = folder.read(path).unwrap_or_default();
            SIGNS.iter().any(|sign| text.contains(sign))
        };
        let all = sources.iter().flat_map(|source| folder.below(source));
        Components { files: all.filter(code).filter(brings).map(str::to_owned).collect() }
    }

    /// True when a page imports one of them; `named` is the file that a path with an alias stands for.
    #[must_use]
    pub fn fill(&self, page: &PageFacts, named: impl Fn(&str) -> Option<String>) -> bool {
        let mut imported = page.links.iter().filter(|link| matches!(link.origin, Origin::Import { .. }));
        imported.any(|link| {
            let path = &*link.destination;
            let Some(file) = named(path).or_else(|| jsx::beside(path, page)) else { return false };
            self.files.contains(&file) || ENDS.iter().any(|end| self.files.contains(&format!("{file}{end}")))
        })
    }
}

/// What a name without an extension may stand for.
const ENDS: [&str; 8] = [".astro", ".jsx", ".tsx", ".js", "/index.jsx", "/index.tsx", "/index.js", "/index.astro"];
