//! The same page in another language of its site.

use super::Site;
use super::facts::PageFacts;
use super::index::Entry;

/// The language of a page, where the page, its path or the site says it.
#[must_use]
pub fn tag(page: &PageFacts) -> Option<&str> {
    page.language.declared.as_ref().map(|declared| &*declared.tag)
}

/// `de_de` is a folder for `de-DE`.
fn same_tag(one: &str, other: &str) -> bool {
    let letters =
        |text: &'_ str| text.bytes().map(|b| if b == b'_' { b'-' } else { b.to_ascii_lowercase() }).collect::<Vec<_>>();
    one.len() == other.len() && letters(one) == letters(other)
}

/// The same address in another language: with its code at the front, or without where that language has none.
#[must_use]
pub fn counterpart<'s>(site: &'s Site, page: &PageFacts, wanted: &str) -> Option<&'s PageFacts> {
    let output = page.place.output.as_deref()?.strip_prefix('/')?;
    let theirs = tag(page)?;
    let below = |code: &str| {
        let front = output.get(..code.len()).filter(|front| same_tag(front, code))?;
        output.get(front.len()..)?.strip_prefix('/')
    };
    // A language's own front page is where readers are sent who want that language.
    let rest = Some(below(theirs).unwrap_or(output)).filter(|rest| !matches!(*rest, "" | "index.html"))?;
    let code = wanted.to_ascii_lowercase();
    let candidates = [format!("/{wanted}/{rest}"), format!("/{code}/{rest}"), format!("/{rest}")];
    candidates.iter().find_map(|candidate| match site.index.get(candidate) {
        Some(Entry::Page(number)) => site
            .page(*number)
            .filter(|found| found.is_published() && tag(found).is_some_and(|tag| tag.eq_ignore_ascii_case(wanted))),
        _ => None,
    })
}
