//! `themeConfig.navbar` and `themeConfig.footer`, as far as they are written as such: `to: '/docs/a'`, `href: '/a'`.
//!
//! Source: the page "Theme configuration" of Docusaurus' documentation; `useBaseUrl` of its client.

use crate::generators::Folder;
use crate::generators::js_config::{At, Module};
use crate::generators::navigation::{NavEntry, place, programs};

/// Menus in menus, and columns of links.
const DEPTH: usize = 4;

/// The entries and the addresses that they lead to, from the site's base.
#[must_use]
pub fn read(folder: &Folder<'_>, name: &str, module: &Module, base: &str) -> Vec<(NavEntry, String)> {
    let theme = module.config().get("themeConfig");
    let mut found = Vec::new();
    items(theme.at(&["navbar", "items"]), &mut found, 0);
    items(theme.at(&["footer", "links"]), &mut found, 0);
    if found.is_empty() {
        return Vec::new();
    }
    let texts = programs(folder, name);
    let entries = found.into_iter().filter_map(|(written, key)| {
        let path = written.split(['#', '?']).next().unwrap_or_default();
        // The base is added where it is not written.
        let below = path.strip_prefix(base).filter(|rest| !base.is_empty() && rest.starts_with('/'));
        let address = format!("/{}", below.unwrap_or(path).trim_start_matches('/'));
        Some((place(&texts, written, &[key])?, address))
    });
    entries.collect()
}

fn items<'m>(list: At<'m>, found: &mut Vec<(&'m str, &'static str)>, depth: usize) {
    if depth > DEPTH {
        return;
    }
    for item in list.items() {
        // What opens elsewhere may be another program's page under the same host.
        if item.get("target").is_absent() {
            for key in ["to", "href"] {
                // A bare `to` begins at the base as well.
                let own =
                    item.get(key).text().filter(|path| is_of_site(path) && (key == "to" || path.starts_with('/')));
                found.extend(own.map(|path| (path, key)));
            }
        }
        for inner in ["items", "dropdownItemsBefore", "dropdownItemsAfter"] {
            items(item.get(inner), found, depth + 1);
        }
    }
}

fn is_of_site(path: &str) -> bool {
    !path.is_empty() && !path.contains([':', '$']) && !path.starts_with("//") && !path.starts_with(['#', '.', '?'])
}
