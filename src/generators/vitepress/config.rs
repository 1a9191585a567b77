//! `.vitepress/config.*` as far as it decides what is published where.
//!
//! Source: the page "Site config" of VitePress' documentation.

use crate::hash::Set;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::config_file;
use super::dates;
use super::dead_links::DeadLinks;
use super::dynamic::Dynamic;
use super::navigation;
use super::rewrites::Rewrite;
use crate::discover::{extension, join, parent};
use crate::generators::Folder;
use crate::generators::around::from_root;
use crate::generators::heading_ids::{Algorithm, HeadingText, Kind, Run, Slugger};
use crate::generators::js_config::{self, At, Module};
use crate::generators::own_code::Changes;
use crate::generators::package_json::Packages;
use crate::site::destination;

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    /// Its folder; `root` for the pages that lie in none.
    pub folder: String,
    /// Its tag.
    pub tag: String,
}

/// The configuration of a VitePress site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the sources.
    pub source: String,
    /// Folder of the files that are copied (`vite.publicDir`), if it lies in the site.
    pub public: Option<String>,
    /// Pages that are left out.
    pub excluded: GlobSet,
    /// `base` without a slash at its end.
    pub base: String,
    /// Addresses have no `.html`.
    pub clean_urls: bool,
    /// Pages that are published elsewhere.
    pub rewrites: Vec<Rewrite>,
    /// Code decides where pages are published.
    pub rewrites_by_code: bool,
    /// Languages, where there are several.
    pub locales: Vec<Locale>,
    /// The main language.
    pub language: Option<String>,
    /// Scheme and host.
    pub url: Option<String>,
    /// How headings get ids.
    pub ids: Algorithm,
    /// Footnotes are known.
    pub footnotes: bool,
    /// A plugin writes the site as a text for machines.
    pub makes_llms: bool,
    /// Feeds that plugins write, by their names at the root.
    pub feeds: Vec<String>,
    /// Links that lead to nothing on purpose.
    pub dead: DeadLinks,
    /// Folders of pages (`/api/schema/`) that the navigation names and that are not here: code makes them.
    pub made: Vec<String>,
    /// Pages that code makes of one file each.
    pub dynamic: Dynamic,
    /// Ids of headings that code writes into the pages.
    pub added_ids: Set<String>,
    /// Something in it copies files.
    pub copies: bool,
    /// What code of the site's own changes in pages.
    pub changes: Changes,
    /// What the menus name, and the addresses that these lead to.
    pub menu: Vec<navigation::Entry>,
    /// A package says it all, so that no address is known.
    pub of_package: bool,
    /// It is built with a VitePress that writes fragments as they stand, as far as package.json says.
    pub fragments_stay: bool,
    /// It is built with a VitePress before 1.0, whose home page shows the text of `footer`; nothing where package.json says no version.
    pub before_one: Option<bool>,
    /// Code of the site's own, or of a theme that it names, may read `date`; VitePress reads none.
    pub reads_dates: bool,
}

impl Config {
    /// Reads the configuration; `site` is the folder that it stands in, below the root.
    #[must_use]
    pub fn read(folder: &Folder<'_>, site: &str) -> Config {
        let of_site = Folder { tree: folder.tree, root: &join(folder.root, site) };
        let name = &*join(site, config_file(&of_site).unwrap_or_default());
        let module = js_config::load(folder, name);
        let root = module.config();
        let place =
            |key: &str| root.get(key).text().unwrap_or_default().trim_start_matches("./").trim_matches('/').to_owned();
        let rewrites = root.get("rewrites");
        let entries = rewrites.entries();
        let readable: Vec<Rewrite> = entries.iter().filter_map(|(from, to)| Rewrite::new(from, to.text()?)).collect();
        let output = Some(place("outDir")).filter(|path| !path.is_empty());
        let mut excluded: Vec<String> = root.get("srcExclude").texts();
        excluded.extend(["**/node_modules/**".to_owned(), "**/dist/**".to_owned()]);
        excluded.extend(output.map(|path| format!("{path}/**")));
        let all = all_text(folder, name);
        let locales = locales(root.get("locales"));
        let language = root.get("lang").text().map(str::to_owned);
        let language = language.or_else(|| locales.iter().find(|l| l.folder == "root").map(|l| l.tag.clone()));
        let source = from_root(site, &place("srcDir"));
        // Where pages are published elsewhere, the navigation names that place.
        let made = if rewrites.is_unknown() || !entries.is_empty() { Vec::new() } else { made(folder, &source, &all) };
        let sitemap = root.at(&["sitemap", "hostname"]).text();
        let url = sitemap
            .and_then(|url| url.split_once("://"))
            .map(|(scheme, rest)| format!("{scheme}://{}", rest.split('/').next().unwrap_or_default()));
        let public = root.at(&["vite", "publicDir"]);
        let public = match public.flag() {
            Some(false) => None,
            _ => destination::join(&format!("/{source}"), public.text().unwrap_or("public")),
        };
        let public = public.map(|path| path.trim_matches('/').to_owned()).filter(|path| !path.is_empty());
        let before_one = Packages::around(&of_site).iter().find_map(|p| p.major("vitepress")).map(|major| major == 0);
        Config {
            dynamic: Dynamic::below(folder, &source),
            source,
            public,
            made,
            excluded: globs(&excluded),
            base: Some(place("base"))
                .filter(|base| !base.is_empty())
                .map_or_else(String::new, |base| format!("/{base}")),
            clean_urls: root.get("cleanUrls").flag().unwrap_or(false),
            rewrites_by_code: rewrites.is_unknown() || readable.len() < entries.len(),
            rewrites: readable,
            locales,
            language,
            url,
            ids: if all.contains("slugify") || made_by_another(&module) {
                Algorithm::Unknown
            } else {
                Algorithm::VitePress
            },
            footnotes: all.contains("footnote"),
            copies: ["static-copy", "viteStaticCopy", "copyFile", "cpSync"].iter().any(|word| all.contains(word)),
            makes_llms: all.contains("llms"),
            feeds: feeds(&all),
            dead: DeadLinks::read(root.get("ignoreDeadLinks")),
            added_ids: added_ids(folder, parent(name)),
            changes: Changes::read(folder, name),
            menu: navigation::read(folder, name, &module, before_one == Some(true)),
            of_package: is_of_package(&folder.read(name).unwrap_or_default()),
            fragments_stay: Packages::around(&of_site).iter().any(writes_fragments_as_they_stand),
            before_one,
            reads_dates: dates::are_read(folder, parent(name)),
        }
    }
}

/// The folder of the sources as the configuration in a folder names it from there; with `../` where it lies above.
#[must_use]
pub fn source(folder: &Folder<'_>, name: &str) -> String {
    from_root("", js_config::load(folder, name).config().get("srcDir").text().unwrap_or_default())
}

/// True for VitePress 1, and for the first four of 2.0, where one of them and no later one is asked for: its links send
/// fragments through `normalizeHash` only from 2.0.0-alpha.5 on.
fn writes_fragments_as_they_stand(packages: &Packages) -> bool {
    let exact = packages.version("vitepress").and_then(|version| version.strip_prefix("2.0.0-alpha."));
    packages.major("vitepress") == Some(1) || exact.is_some_and(|number| matches!(number, "1" | "2" | "3" | "4"))
}

/// True for a file that hands on what a package exports: `export { default } from '@x/kit/vitepress-config'`.
fn is_of_package(text: &str) -> bool {
    let mut exports = text.split("export").skip(1).map(str::trim_start);
    exports.any(|rest| {
        let names = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let from = names.filter(|(names, _)| names.split([' ', ',']).any(|name| name == "default"));
        let source = from.and_then(|(_, rest)| rest.trim_start().strip_prefix("from")).map(str::trim_start);
        source.is_some_and(|source| !source.trim_start_matches(['"', '\'']).starts_with('.'))
    })
}

/// True where a package other than VitePress makes the configuration (`import { defineConfig } from '@x/vitepress'`): it may
/// give headings ids of its own.
fn made_by_another(module: &Module) -> bool {
    let mut at = module.exported().returned();
    while let Some(step) = at.steps().first() {
        let package = module.package_of(&step.name).unwrap_or("vitepress");
        if step.name.starts_with("define") && !package.starts_with("vite") {
            return true;
        }
        at = at.argument(0);
    }
    false
}

/// The configuration with what lies beside it: plugins are often added there.
fn all_text(folder: &Folder<'_>, name: &str) -> String {
    let mut all = String::new();
    for path in folder.below(parent(name)) {
        let direct = parent(path) == parent(name) || parent(path).ends_with("/config");
        if direct && matches!(&*extension(path), "js" | "ts" | "mjs" | "mts" | "cjs") {
            all.push_str(&folder.read(path).unwrap_or_default());
        }
    }
    all
}

/// What options of a plugin for feeds call them (`filename: 'weekly.rss'`), or its default.
fn feeds(code: &str) -> Vec<String> {
    let named = code.split("filename:").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|first| matches!(first, '\'' | '"' | '`'))?;
        let name = rest.get(1..)?.split(quote).next()?.trim_start_matches('/');
        matches!(&*extension(name), "rss" | "xml" | "atom" | "json").then(|| format!("/{name}"))
    });
    let plugin = code.contains("vitepress-plugin-rss") || code.contains("RSSOptions");
    named.chain(plugin.then(|| "/feed.rss".to_owned())).collect()
}

/// The folders of the addresses in the navigation (`link: '/api/schema/config'`) of which the tree has no file.
fn made(folder: &Folder<'_>, source: &str, code: &str) -> Vec<String> {
    let links = code.split("link:").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|first| matches!(first, '\'' | '"' | '`'))?;
        rest.get(1..)?.split(quote).next()
    });
    let mut folders: Vec<String> = links
        .filter(|link| link.starts_with('/') && !link.starts_with("//") && !link.contains(['$', '\n']))
        .filter_map(|link| Some(link.get(..=link.rfind('/')?)?.to_owned()))
        .filter(|place| place.len() > 1)
        .collect();
    folders.sort_unstable();
    folders.dedup();
    folders.retain(|place| !folder.has_folder(&join(source, place.trim_matches('/'))));
    folders
}

/// Headings in the strings of the code beside the configuration: a plugin puts them into pages (`"## Types\n"`).
fn added_ids(folder: &Folder<'_>, place: &str) -> Set<String> {
    let code = |path: &&str| matches!(&*extension(path), "js" | "ts" | "mjs" | "mts" | "cjs");
    let texts = folder.below(place).filter(code).filter_map(|path| folder.read(path));
    let mut ids = Set::default();
    for text in texts.filter(|text| text.contains("## ")) {
        for line in text.lines() {
            let Some((before, heading)) = line.split_once("## ") else { continue };
            let before = before.trim_end_matches('#').trim_end_matches("\\n");
            let heading = heading.split(['\\', '`', '\'', '"', '$']).next().unwrap_or_default().trim();
            let in_string = before.trim().is_empty() || before.ends_with(['`', '\'', '"']);
            if in_string && !heading.is_empty() {
                ids.extend(slug(heading));
            }
        }
    }
    ids
}

/// The id of a heading that is plain text.
fn slug(heading: &str) -> Option<String> {
    let mut text = HeadingText::default();
    text.runs.push(Run { kind: Kind::Text, text: heading.into(), source: heading, within: Default::default() });
    Slugger::new(Algorithm::VitePress).id(&text)
}

fn locales(map: At<'_>) -> Vec<Locale> {
    let entries = map.entries();
    let tag = |key: &str, at: At<'_>| at.get("lang").text().map_or_else(|| key.to_owned(), str::to_owned);
    entries.into_iter().map(|(key, at)| Locale { folder: key.to_owned(), tag: tag(key, at) }).collect()
}

fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let bare = pattern.trim_start_matches("./");
        for glob in [bare.to_owned(), join(bare, "**")] {
            if let Ok(glob) = GlobBuilder::new(&glob).literal_separator(true).build() {
                set.add(glob);
            }
        }
    }
    set.build().unwrap_or_default()
}
