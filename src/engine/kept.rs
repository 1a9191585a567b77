//! The pages of the first run, for the runs after it: a repair changes a few pages, and the others need not be parsed again.

use crate::hash::Map;

use super::read::{Read, ReadSite, Said};
use super::sites::Candidate;
use crate::finding::FilePath;
use crate::outcome::FileStamp;
use crate::site::facts::PageFacts;
use crate::site::hosts::Hosts;
use crate::site::language::SiteLanguage;

/// What the first run read, before any site was built of it.
#[derive(Debug, Default)]
pub struct Kept {
    pages: Map<FilePath, Page>,
    /// By the site's root. A repair does not change what most pages are written in.
    languages: Map<String, SiteLanguage>,
    /// By the site's root. That a host is a former one shows by links to it, of which a repair leaves fewer.
    hosts: Map<String, Hosts>,
}

#[derive(Debug)]
struct Page {
    facts: PageFacts,
    stamp: FileStamp,
    said: Option<Box<Said>>,
}

impl Kept {
    /// Keeps a copy of a site's pages.
    pub fn add(&mut self, root: &str, site: &ReadSite) {
        self.languages.insert(root.to_owned(), site.language.clone());
        self.pages.extend(site.facts.iter().zip(&site.reads).filter_map(|(facts, read)| match (facts, read) {
            (Some(facts), Read::Page(stamp, said)) => {
                let page = Page { facts: facts.clone(), stamp: *stamp, said: said.clone() };
                Some((facts.file.clone(), page))
            }
            _ => None,
        }));
    }

    /// Keeps the hosts of a site.
    pub fn add_hosts(&mut self, root: &str, hosts: &Hosts) {
        self.hosts.insert(root.to_owned(), hosts.clone());
    }

    /// The hosts of a site.
    pub fn hosts(&self, root: &str) -> Option<Hosts> {
        self.hosts.get(root).cloned()
    }

    /// The page as it was read, if it still has the same text: `text` is the one in memory, where there is one.
    pub fn page(&self, candidate: &Candidate, text: Option<&String>) -> Option<(Option<PageFacts>, Read)> {
        let page = self.pages.get(&candidate.file)?;
        let same = text.is_none_or(|text| FileStamp::of(text.as_bytes()) == page.stamp);
        same.then(|| (Some(page.facts.clone()), Read::Page(page.stamp, page.said.clone())))
    }

    /// The language of a site.
    pub fn language(&self, root: &str) -> Option<SiteLanguage> {
        self.languages.get(root).cloned()
    }
}
