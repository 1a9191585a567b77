//! Addresses that the writer states: `site.permalinks` of the configuration, one pattern for each collection.
//!
//! Where a generator's addresses are made by the site's own code, nobody but the writer knows them. A pattern wins over
//! what the generator would say.

use std::collections::BTreeMap;

use super::facts::PageFacts;
use crate::discover::{file_name, parent};
use crate::generators::calendar;

/// Patterns by collection.
pub type Permalinks = BTreeMap<String, String>;

/// Gives the page the address that the pattern of its collection says.
pub fn apply(page: &mut PageFacts, patterns: &Permalinks) {
    let Some(pattern) = patterns.get(&*page.collection) else { return };
    let Some(url) = expand(pattern, page) else { return };
    let file = file_name(&url).contains('.') && !url.ends_with('/');
    let output = if file { url.clone() } else { format!("{}/index.html", url.trim_end_matches('/')) };
    page.place.output = Some(output);
    page.place.url = Some(url);
}

/// Fills the placeholders in; nothing when one of them has no value on this page or is not known.
fn expand(pattern: &str, page: &PageFacts) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        out.push_str(rest.get(..at)?);
        rest = rest.get(at + 1..)?;
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        out.push_str(&value(name, page)?);
        rest = after;
    }
    out.push_str(rest);
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    Some(if out.starts_with('/') { out } else { format!("/{out}") })
}

fn value(name: &str, page: &PageFacts) -> Option<String> {
    let date = page.place.date;
    match name {
        "slug" => Some(match page.key("slug").and_then(|key| key.text()) {
            Some(slug) => slug.trim_matches('/').to_owned(),
            None => stem(page).to_owned(),
        }),
        // The file's name, or its folder's where it is called `index`.
        "name" | "stem" => Some(stem(page).to_owned()),
        "path" => Some(path(page)),
        "collection" => Some(page.collection.to_string()),
        "year" => date.map(calendar::year),
        "month" => date.map(|date| calendar::two(date.month())),
        "day" => date.map(|date| calendar::two(date.day())),
        // Any other key of the front matter.
        key => page.key(key)?.text().map(str::to_owned),
    }
}

fn stem(page: &PageFacts) -> &str {
    let name = file_name(&page.path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem == "index" { file_name(parent(&page.path)) } else { stem }
}

/// The path below the folder that is named like the collection.
fn path(page: &PageFacts) -> String {
    let inside = match page.path.find(&format!("{}/", page.collection)) {
        Some(at) if !page.collection.is_empty() => page.path.get(at + page.collection.len() + 1..).unwrap_or_default(),
        _ => &page.path,
    };
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let bare = if stem == "index" { "" } else { stem.strip_suffix("/index").unwrap_or(stem) };
    bare.to_owned()
}
