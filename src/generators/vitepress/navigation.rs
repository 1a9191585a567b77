//! `themeConfig.nav` and `themeConfig.sidebar`, as far as they are written as such. VitePress looks for dead links in pages
//! only: nobody tells of one in a menu.
//!
//! Source: the page "Default Theme Config" of VitePress' documentation; `support/sidebar.ts` of its theme.

use crate::discover::{extension, parent};
use crate::finding::FilePath;
use crate::generators::Folder;
use crate::generators::js_config::{At, Module};
use crate::generators::navigation::{NavEntry, place};

/// Deeper menus nobody opens.
const DEPTH: usize = 12;

/// An entry, the address that it leads to, and the folder on whose pages it is shown; nothing for all pages.
pub type Entry = (NavEntry, String, String);

/// Reads the menus of all languages; `old` for those of a VitePress before 1.0.
#[must_use]
pub fn read(folder: &Folder<'_>, name: &str, module: &Module, old: bool) -> Vec<Entry> {
    let root = module.config();
    let mut themes = vec![root.get("themeConfig")];
    themes.extend(root.get("locales").entries().into_iter().map(|(_, locale)| locale.get("themeConfig")));
    let mut menus = Menus { module, old, of: String::new(), found: Vec::new() };
    for theme in themes {
        menus.items(menus.called(theme.get("nav")), None, 0);
        menus.sidebar(menus.called(theme.get("sidebar")));
    }
    let mut found = menus.found;
    if found.is_empty() {
        return Vec::new();
    }
    let code = |path: &&str| {
        matches!(&*extension(path), "js" | "ts" | "mjs" | "mts" | "cjs" | "json")
            && !["/theme/", "/cache/", "/dist/"].iter().any(|part| path.contains(part))
    };
    let texts =
        folder.below(parent(name)).filter(code).filter_map(|path| Some((folder.file(path), folder.read(path)?)));
    let texts: Vec<(FilePath, String)> = texts.collect();
    found.sort();
    found.dedup();
    found
        .into_iter()
        .filter_map(|(written, address, of)| Some((place(&texts, &written, &["link"])?, address, of)))
        .collect()
}

struct Menus<'m> {
    module: &'m Module,
    /// Of a VitePress before 1.0: entries of a sidebar lie below `children`, and what opens a menu leads nowhere.
    old: bool,
    /// The folder whose menu is read.
    of: String,
    found: Vec<(String, String, String)>,
}

impl<'m> Menus<'m> {
    /// What a function of the file returns, where it is called with nothing: `sidebarOfGuide()`.
    fn called(&self, at: At<'m>) -> At<'m> {
        match at.steps() {
            [step] if step.arguments.as_ref().is_some_and(Vec::is_empty) => self.module.name(&step.name).returned(),
            _ => at,
        }
    }

    fn sidebar(&mut self, at: At<'m>) {
        self.items(at, Some(""), 0);
        for (of, part) in at.entries() {
            of.trim_end_matches('/').clone_into(&mut self.of);
            let part = self.called(part);
            self.items(part, Some(""), 0);
            if let Some(base) = part.get("base").text().or(part.get("base").is_absent().then_some("")) {
                self.items(self.called(part.get("items")), Some(base), 0);
            }
        }
        self.of.clear();
    }

    /// The items of a list; with a base, they are those of a sidebar, to which it is put before each link.
    fn items(&mut self, at: At<'m>, base: Option<&str>, depth: usize) {
        if depth > DEPTH {
            return;
        }
        for item in at.items() {
            let own = item.get("base");
            let base = match base {
                Some(_) if own.is_unknown() => continue,
                Some(base) => Some(own.text().unwrap_or(base)),
                None => None,
            };
            // `target: '_self'` and the like: it is not the router that goes there.
            let leaves = ["target", "rel"].iter().any(|key| !item.get(key).is_absent());
            let opens = self.old && base.is_none() && !item.get("items").is_absent();
            if let Some(link) = item.get("link").text().filter(|_| !leaves && !opens) {
                self.link(link, base);
            }
            self.items(self.called(item.get("items")), base, depth + 1);
            if self.old && base.is_some() {
                self.items(self.called(item.get("children")), base, depth + 1);
            }
        }
    }

    fn link(&mut self, link: &str, base: Option<&str>) {
        let foreign = link.contains(':') || link.starts_with("//") || link.starts_with(['#', '.']) || link.is_empty();
        let address = match base {
            _ if foreign || link.contains('$') => return,
            Some("") | None if link.starts_with('/') => link.to_owned(),
            // Where a menu's relative links lead depends on the page.
            None => return,
            Some("") => format!("/{link}"),
            Some(base) if link.starts_with(base) => link.to_owned(),
            Some(base) => format!("/{}/{}", base.trim_matches('/'), link.trim_start_matches('/')),
        };
        let address = address.split(['#', '?']).next().unwrap_or_default();
        let address = address.strip_suffix(".md").unwrap_or(address);
        let address = address.strip_suffix("/index").map_or(address.to_owned(), |folder| format!("{folder}/"));
        if address.len() > 1 {
            self.found.push((link.to_owned(), address, self.of.clone()));
        }
    }
}
