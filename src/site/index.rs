//! What a server that publishes the site has: every output file and what it comes from.
//!
//! Links are resolved against *outputs* (`/a/index.html`), not against URLs, because that is what a server does: `/a`,
//! `/a/` and `/a/index.html` are three ways to ask for one file.

use std::sync::OnceLock;

use super::names::Names;
use crate::alike::{self, Alike, fold};
use crate::discover::parent;
use crate::finding::FilePath;
use crate::hash::{Map, OrderedMap, Set};
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
    outputs: OrderedMap<String, Entry>,
    clashes: Vec<Clash>,
    by_path: OnceLock<Alike>,
    by_name: OnceLock<Alike>,
    by_folder: OnceLock<Alike>,
    names: OnceLock<Names>,
    folders: OnceLock<Folders>,
}

/// The folders that the outputs lie in; asked for only where a link leads to no output.
#[derive(Debug, Default)]
struct Folders {
    all: Set<Box<str>>,
    tops: Set<Box<str>>,
    /// The first folder of each name.
    named: Map<Box<str>, Box<str>>,
}

impl Index {
    /// For so many outputs.
    #[must_use]
    pub fn with_room(outputs: usize) -> Index {
        let outputs = OrderedMap::with_capacity_and_hasher(outputs, Default::default());
        Index { outputs, ..Index::default() }
    }

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

    /// All outputs, in the order in which they came.
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
        let by_path = self.by_path.get_or_init(|| Alike::of(self.outputs.keys().map(String::as_str)));
        let all = by_path.candidates(output).filter_map(|at| self.at(at));
        all.filter(|other| *other != output && alike::same(other, output)).min()
    }

    /// Outputs whose last named part (`a` of `/x/a/index.html` and of `/x/a.html`) is this one, folded.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<&str> {
        let by_name = self.by_name.get_or_init(|| Alike::of(self.outputs.keys().map(|output| last_name(output))));
        let all = by_name.candidates(name).filter_map(|at| self.at(at));
        let mut found: Vec<&str> = all.filter(|output| alike::same(last_name(output), name)).collect();
        found.sort_unstable();
        found
    }

    /// Outputs whose URL names something in this folder (`/x` of `/x/a/index.html` and of `/x/a.html`).
    pub fn in_folder(&self, folder: &str) -> impl Iterator<Item = &str> {
        let by_folder = self.by_folder.get_or_init(|| Alike::of(self.outputs.keys().map(|output| folder_of(output))));
        by_folder.candidates(folder).filter_map(|at| self.at(at)).filter(move |output| folder_of(output) == folder)
    }

    /// How many outputs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.outputs.len()
    }

    /// True where nothing is published.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }

    /// The output that came as this one.
    #[must_use]
    pub fn at(&self, number: usize) -> Option<&str> {
        self.outputs.get_index(number).map(|(output, _)| output.as_str())
    }

    /// Outputs whose name is nearly as long as `name` and made of nearly the same letters: all that are at most
    /// `distance` slips away, and some that are not.
    pub fn resembling(&self, name: &str, distance: usize) -> impl Iterator<Item = (String, &str)> {
        let names = self.names.get_or_init(|| Names::of(self.outputs.keys().map(|output| last_name(output))));
        let named = |at: usize| self.at(at).map(|output| (fold(last_name(output)), output));
        let mut found: Vec<(String, &str)> = names.resembling(name, distance).filter_map(named).collect();
        found.sort_unstable_by_key(|(_, output)| *output);
        found.into_iter()
    }

    /// True when an output lies in this folder (`/a/b`) or below it.
    #[must_use]
    pub fn has_folder(&self, folder: &str) -> bool {
        self.folders().all.contains(folder)
    }

    /// The first folder (by its path) that is called so.
    #[must_use]
    pub fn folder_named(&self, name: &str) -> Option<&str> {
        self.folders().named.get(name).map(|folder| &**folder)
    }

    /// True when an output lies in or below a folder of that name at the top.
    #[must_use]
    pub fn has_top(&self, name: &str) -> bool {
        self.folders().tops.contains(name)
    }

    fn folders(&self) -> &Folders {
        self.folders.get_or_init(|| {
            let mut folders = Folders::default();
            for output in self.outputs.keys() {
                if let Some((top, _)) = output.trim_start_matches('/').split_once('/')
                    && !folders.tops.contains(top)
                {
                    folders.tops.insert(top.into());
                }
                let mut folder = parent(output);
                while !folder.is_empty() && !folders.all.contains(folder) {
                    folders.all.insert(folder.into());
                    let named = folders.named.entry(crate::discover::file_name(folder).into());
                    named.or_insert_with(|| folder.into());
                    folder = parent(folder);
                }
            }
            folders
        })
    }
}

/// The last part of a path that names something: without `index.html` and without `.html`.
#[must_use]
pub fn last_name(path: &str) -> &str {
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let name = crate::discover::file_name(path);
    name.strip_suffix(".html").unwrap_or(name)
}

/// The folder in which [`last_name`] lies: `/x` for `/x/a/index.html` and for `/x/a.html`.
#[must_use]
pub fn folder_of(path: &str) -> &str {
    parent(url_of(path).trim_end_matches('/'))
}

/// How an output is written as a URL path: without `index.html`.
#[must_use]
pub fn url_of(output: &str) -> &str {
    match output.strip_suffix("index.html") {
        Some(folder) if folder.ends_with('/') => folder,
        _ => output,
    }
}
