//! Addresses of which only the start is known, because code or a plugin makes the rest.
//!
//! A link to such an address cannot be called missing. But one post with a day that does not exist must not excuse every
//! dead link of a site: while such pages are few, a link may lead to one of them only if it names it.

use super::facts::PageFacts;
use super::index::last_name;
use crate::alike::fold;
use crate::discover::{file_name, parent};
use crate::generators::{heading_ids, undated};
use crate::hash::Set;

/// Up to so many pages without an address are told by their names …
const FEW: usize = 3;
/// … and up to one page in so many.
const SHARE: usize = 20;

/// Where such addresses begin, and what they are called.
#[derive(Debug, Default)]
pub struct UnknownAddresses {
    /// Below these anything may be published.
    anything: Vec<String>,
    /// Below these there are the pages with one of the names.
    starts: Vec<String>,
    names: Set<String>,
}

impl UnknownAddresses {
    /// Of all pages of a site.
    pub fn of(pages: &[PageFacts]) -> UnknownAddresses {
        let mut unknown = UnknownAddresses::default();
        let lost = |page: &&PageFacts| page.place.output.is_none() && page.place.below.is_some();
        let few = pages.iter().filter(lost).count() <= FEW.max(pages.len() / SHARE);
        for page in pages {
            let Some(start) = &page.place.below else { continue };
            // One template may make a page of each entry of a list.
            let makes_many = page.place.makes_many || page.place.output.is_some() || page.key("pagination").is_some();
            if makes_many || !few {
                unknown.anything.push(start.clone());
            } else {
                unknown.starts.push(start.clone());
                unknown.names.extend(names(page));
            }
        }
        for starts in [&mut unknown.anything, &mut unknown.starts] {
            starts.sort_unstable();
            starts.dedup();
        }
        unknown
    }

    /// True when a page may be published at this path.
    #[must_use]
    pub fn may_have(&self, path: &str) -> bool {
        let begins = |start: &String| path.starts_with(start.as_str()) || start.strip_suffix('/') == Some(path);
        let is_named = |part: &str| !part.is_empty() && self.names.contains(&fold(stem(part.trim_matches('-'))));
        self.anything.iter().any(begins) || self.starts.iter().any(begins) && path.split('/').any(is_named)
    }
}

/// What an address of the page may be called.
fn names(page: &PageFacts) -> impl Iterator<Item = String> {
    let name = stem(file_name(&page.path));
    let folder = if matches!(name, "index" | "_index") { file_name(parent(&page.path)) } else { name };
    let said = |key: &str| page.key(key).and_then(|key| key.scalars().next()).map(|scalar| &*scalar.text);
    let slugs = [said("slug"), said("permalink").map(last_name), said("title")].into_iter().flatten();
    // A slash in a title may part folders, or be one of its blanks.
    let parted = said("title").filter(|title| title.contains('/'));
    let parts = parted.into_iter().flat_map(|title| title.split('/').map(|part| part.trim().to_owned()));
    let parts = parts.chain(parted.map(|title| title.split('/').map(str::trim).collect::<Vec<_>>().join(" ")));
    let slugs = slugs.map(heading_ids::github_slug).chain(parts.map(|part| fold(&heading_ids::github_slug(&part))));
    // A day that does not exist is no date, and stands in the name all the same.
    let bare = folder.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    [name, folder, undated(&page.path), bare].map(fold).into_iter().chain(slugs).filter(|name| !name.is_empty())
}

fn stem(name: &str) -> &str {
    name.split_once('.').map_or(name, |(stem, _)| stem)
}
