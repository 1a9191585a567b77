//! What a server that publishes the site has: every output file and what it comes from.
//!
//! Links are resolved against *outputs* (`/a/index.html`), not against URLs, because that is what a server does: `/a`,
//! `/a/` and `/a/index.html` are three ways to ask for one file.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::names::Names;
use crate::discover::fold;
use crate::finding::FilePath;
use crate::source::Span;

/// Where an output file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A page, by its number in the site.
    Page(u32),
    /// A file that is copied.
    Asset(FilePath),
    /// An alias or redirect that a page declares at this place.
    Alias(u32, Span),
}

/// Two sources that claim one output file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The output file.
    pub output: String,
    /// Who had it first.
    pub first: Entry,
    /// Who claims it too.
    pub second: Entry,
}

/// The output files of a site.
#[derive(Debug, Default)]
pub struct Index {
    outputs: HashMap<String, Entry>,
    clashes: Vec<Clash>,
    folded: OnceLock<HashMap<String, Vec<String>>>,
    by_name: OnceLock<HashMap<String, Vec<String>>>,
    names: OnceLock<Names>,
}

impl Index {
    /// Adds an output; a second claim is kept as a [`Clash`].
    pub fn add(&mut self, output: String, entry: Entry) {
        match self.outputs.get(&output) {
            None => {
                self.outputs.insert(output, entry);
            }
            Some(first) if *first == entry => {}
            // An alias that names its own page says nothing new.
            Some(Entry::Page(page)) if matches!(entry, Entry::Alias(other, _) if other == *page) => {}
            Some(first) => self.clashes.push(Clash { output, first: first.clone(), second: entry }),
        }
    }

    /// The source of an output file (decoded, from the site's base: `/a/index.html`).
    #[must_use]
    pub fn get(&self, output: &str) -> Option<&Entry> {
        self.outputs.get(output)
    }

    /// All outputs, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.outputs.iter().map(|(output, entry)| (output.as_str(), entry))
    }

    /// Outputs that two sources claim.
    #[must_use]
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }

    /// An output that differs only in letter case or Unicode form.
    #[must_use]
    pub fn alike(&self, output: &str) -> Option<&str> {
        let folded = self.folded.get_or_init(|| self.by(fold));
        folded.get(&fold(output))?.iter().map(String::as_str).find(|other| *other != output)
    }

    /// Outputs whose last named part (`a` of `/x/a/index.html` and of `/x/a.html`) is this one, folded.
    #[must_use]
    pub fn named(&self, name: &str) -> &[String] {
        let by_name = self.by_name.get_or_init(|| self.by(|output| fold(last_name(output))));
        by_name.get(&fold(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Outputs whose name is nearly as long as `name` and made of nearly the same letters: all that are at most
    /// `distance` slips away, and some that are not.
    pub fn resembling(&self, name: &str, distance: usize) -> impl Iterator<Item = (&str, &str)> {
        let names = self.names.get_or_init(|| Names::of(self.outputs.keys()));
        names.resembling(name, distance)
    }

    fn by(&self, key: impl Fn(&str) -> String) -> HashMap<String, Vec<String>> {
        let mut map: HashMap<String, Vec<String>> = HashMap::with_capacity(self.outputs.len());
        for output in self.outputs.keys() {
            map.entry(key(output)).or_default().push(output.clone());
        }
        for outputs in map.values_mut() {
            outputs.sort_unstable();
        }
        map
    }
}

/// The last part of a path that names something: without `index.html` and without `.html`.
#[must_use]
pub fn last_name(path: &str) -> &str {
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let name = crate::discover::file_name(path);
    name.strip_suffix(".html").unwrap_or(name)
}

/// How an output is written as a URL path: without `index.html`.
#[must_use]
pub fn url_of(output: &str) -> &str {
    match output.strip_suffix("index.html") {
        Some(folder) if folder.ends_with('/') => folder,
        _ => output,
    }
}
