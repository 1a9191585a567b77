//! Who claims an address: the page behind an output, and where it says so.

use crate::finding::FilePath;
use crate::site::Site;
use crate::site::facts::PageFacts;
use crate::site::index::Entry;
use crate::source::Span;

pub(super) fn page_of<'a>(site: &'a Site, entry: &Entry) -> Option<&'a PageFacts> {
    match entry {
        Entry::Page(number) | Entry::Alias(number, _) => site.page(*number),
        Entry::Asset(_) => None,
    }
}

/// The key that gives a page its address, if one does.
pub(super) fn place(site: &Site, entry: &Entry) -> (FilePath, Span) {
    match (entry, page_of(site, entry)) {
        (Entry::Alias(_, span), Some(page)) => (page.file.clone(), *span),
        (_, Some(page)) => {
            let key = ["permalink", "url", "slug", "path"].iter().find_map(|name| page.key(name));
            (page.file.clone(), key.map_or(Span::FILE, |key| key.value_span))
        }
        (Entry::Asset(file), None) => (file.clone(), Span::FILE),
        _ => (site.root.as_str().into(), Span::FILE),
    }
}
