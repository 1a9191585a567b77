//! A page while its text is in memory: what rules over pages may ask.

use crate::finding::FilePath;
use crate::generators::{Generator, Model};
use crate::page::body::Body;
use crate::page::front_matter::FrontMatter;
use crate::site::facts::PageFacts;

/// One page, read and parsed once.
pub struct Page<'a> {
    /// The whole text as it is on disk, byte order mark included.
    pub text: &'a str,
    /// The front matter with the place of every word; nothing when the page has none.
    pub front: Option<&'a FrontMatter>,
    /// Everything found in the body.
    pub body: &'a Body,
    /// What is kept of it for the site.
    pub facts: &'a PageFacts,
    /// Whose page it is.
    pub generator: &'static dyn Generator,
    /// The site's model.
    pub model: &'a dyn Model,
}

impl Page<'_> {
    /// The file.
    #[must_use]
    pub fn file(&self) -> &FilePath {
        &self.facts.file
    }
}
