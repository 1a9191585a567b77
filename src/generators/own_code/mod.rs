//! What code of the site's own does to its pages: a plugin of the Markdown pipeline, a loader before it, which the
//! configuration takes from a file of the repository.
//!
//! Such code is not run. What it may change is not judged: a page is then no longer what its source says, and every finding
//! about that would be a guess. Docusaurus, Astro and VitePress ask.

mod bundler;
mod files;
mod preprocessor;
mod syntax_tree;

use super::Folder;
use super::around::from_root;
use crate::discover::parent;
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::destination::{Shape, shape};
pub use files::code_file;
use files::written_paths;

/// So many files are looked into.
const FILES: usize = 32;
/// So deep are files followed that load further files.
const DEEP: usize = 2;

/// What code may change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The text of pages, before Markdown is read.
    pub text: bool,
    /// Where links lead.
    pub addresses: bool,
    /// The same, of relative links alone, which it takes for paths of source files.
    pub from_sources: bool,
    /// Where pictures are taken from.
    pub pictures: bool,
    /// What links show.
    pub link_texts: bool,
    /// The ids of headings.
    pub heading_ids: bool,
    /// The configuration names a function for the text (`markdown.preprocessor`).
    preprocesses: bool,
    /// The first file that does so, relative to the root.
    pub file: Option<String>,
}

impl Changes {
    /// What a configuration and the files that it loads do.
    #[must_use]
    pub fn read(folder: &Folder<'_>, config: &str) -> Changes {
        let mut found = Changes::default();
        let mut seen = vec![config.to_owned()];
        let (mut at, mut level_ends) = (0, 1);
        let mut deep = 0;
        while let Some(file) = seen.get(at).cloned() {
            let text = folder.read(&file).unwrap_or_default();
            found.preprocesses |= preprocessor::is_named(&text);
            found.add(&text, &file);
            if deep < DEEP {
                for path in written_paths(&text, deep == 0) {
                    let next = code_file(folder, &from_root(parent(&file), path));
                    if let Some(next) = next.filter(|next| seen.len() < FILES && !seen.contains(next)) {
                        seen.push(next);
                    }
                }
            }
            at += 1;
            if at == level_ends {
                level_ends = seen.len();
                deep += 1;
            }
        }
        found
    }

    fn add(&mut self, text: &str, file: &str) {
        let before = self.all();
        self.text |= bundler::rewrites_pages(text) || self.preprocesses && preprocessor::writes_links(text);
        let tree = syntax_tree::changes(text);
        // With two such plugins, what comes of both is not known.
        self.from_sources = if self.addresses || self.text { false } else { tree.from_sources };
        self.addresses |= tree.addresses;
        self.pictures |= tree.pictures;
        self.link_texts |= tree.link_texts;
        self.heading_ids |= tree.heading_ids;
        if before != self.all() {
            self.file.get_or_insert_with(|| file.to_owned());
        }
    }

    fn all(&self) -> [bool; 5] {
        [self.text, self.addresses, self.pictures, self.link_texts, self.heading_ids]
    }

    /// True when this link of a page may lead elsewhere than it says. Whole URLs are written to be left as they are.
    #[must_use]
    pub fn may_move(&self, link: &Link) -> bool {
        let moved = self.text || if link.kind == LinkKind::Image { self.pictures } else { self.addresses };
        moved
            && !matches!(link.origin, Origin::FrontMatter { .. } | Origin::Import { .. })
            && !is_whole(&link.destination)
    }

    /// What a person should know of it, as a sentence.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let what = match () {
            () if self.text => {
                "the text of pages before it is read, so that links are not judged which seem dead or empty"
            }
            () if self.addresses || self.pictures => "where links lead, so that those are not judged which seem dead",
            () if self.heading_ids => "the ids of headings, so that they are not judged",
            () => return None,
        };
        Some(format!("`{}` changes {what}", self.file.as_deref()?))
    }
}

fn is_whole(destination: &str) -> bool {
    matches!(shape(destination), Shape::Web { .. } | Shape::Scheme(_))
}

/// True when a text of code has one of these words.
fn any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_file_is_told() {
        let mut found = Changes::default();
        found.add("export default {}", "a.js");
        found.add("visit(tree, 'heading', n => { n.data.hProperties = { id } })", "b.js");
        found.add("visit(tree, 'link', n => { n.url = x(n.url) })", "c.js");
        assert!(found.heading_ids && found.addresses && !found.text);
        assert!(found.note().is_some_and(|note| note.starts_with("`b.js`")));
    }
}
