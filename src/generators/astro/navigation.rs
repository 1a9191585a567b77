//! Starlight's `sidebar`, as far as it is written as such: pages by their `slug`, and links.
//!
//! Source: the page "Sidebar Navigation" of Starlight's documentation; `starlight/utils/navigation.ts`.

use crate::generators::Folder;
use crate::generators::js_config::At;
use crate::generators::navigation::{NavEntry, place, programs};

/// Deeper menus nobody opens.
const DEPTH: usize = 12;

/// An entry as it is written, the keys behind which it stands, and its path below the language's folder.
type Found = (String, &'static [&'static str], String);

/// The entries and the addresses that they lead to, in the folder of the default language, which may be none. What begins with
/// `base_path` is written for another place.
#[must_use]
pub fn read(
    folder: &Folder<'_>,
    name: &str,
    sidebar: At<'_>,
    language: &str,
    base_path: &str,
) -> Vec<(NavEntry, String)> {
    let mut found = Vec::new();
    items(sidebar, &mut found, 0);
    if found.is_empty() {
        return Vec::new();
    }
    let texts = programs(folder, name);
    let base = |path: &str| !base_path.is_empty() && path.starts_with(base_path);
    let of_site = found.into_iter().filter(|(written, ..)| !base(written));
    let entries = of_site.filter_map(|(written, keys, path)| {
        let parts = language.split('/').chain(path.split('/')).filter(|part| !part.is_empty());
        let address: String = parts.flat_map(|part| ["/", part]).collect();
        Some((place(&texts, &written, keys)?, if address.is_empty() { "/".to_owned() } else { address }))
    });
    entries.collect()
}

fn items(list: At<'_>, found: &mut Vec<Found>, depth: usize) {
    if depth > DEPTH {
        return;
    }
    for item in list.items() {
        if let Some(slug) = item.text() {
            found.push((slug.to_owned(), &[], of_slug(slug)));
        }
        if let Some(slug) = item.get("slug").text() {
            found.push((slug.to_owned(), &["slug"], of_slug(slug)));
        }
        let elsewhere = !item.at(&["attrs", "target"]).is_absent();
        if let Some(link) = item.get("link").text().filter(|link| !elsewhere && is_of_site(link)) {
            let path = link.split(['#', '?']).next().unwrap_or_default();
            found.push((link.to_owned(), &["link"], path.to_owned()));
        }
        items(item.get("items"), found, depth + 1);
    }
}

/// The page `index` is that of the folder.
fn of_slug(slug: &str) -> String {
    let bare = slug.trim_matches('/');
    if bare == "index" { String::new() } else { bare.strip_suffix("/index").unwrap_or(bare).to_owned() }
}

/// A path of the site: no other scheme, no place in the page, no file.
fn is_of_site(link: &str) -> bool {
    !link.is_empty() && !link.contains([':', '$']) && !link.starts_with("//") && !link.starts_with(['#', '.', '?'])
}
