//! One Docusaurus site: its answers to postlint's questions.

use crate::hash::{Map, Set};

use super::config::{self, Config};
use super::content::Content;
use super::links::Context;
use super::mounts::{Located, Mounts};
use super::urls;
use crate::discover::{extension, file_name, join};
use crate::generators::components::Components;
use crate::generators::kebab_case::kebab_case;
use crate::generators::navigation::NavEntry;
use crate::generators::{Evaluated, Folder, Model, Registries, Registry, Role, Settings, Sources, heading_ids};
use crate::page::dialect::{Dialect, ExplicitIds};
use crate::page::front_matter::{DateReader, Dialect as YamlDialect, NotADate, read_date};
use crate::page::links::Link;
use crate::site::destination;
use crate::site::facts::{Kind, PageFacts, Place, Published};

/// A configured Docusaurus site.
pub struct Site {
    config: Config,
    mounts: Mounts,
    components: Components,
    settings: Settings,
    /// Originals whose translation into the default language is published in their stead.
    replaced: Map<String, Option<usize>>,
    /// Translations without an original.
    orphans: Set<String>,
    /// Addresses of generated lists of a category.
    categories: Vec<String>,
}

impl Site {
    /// Takes the configuration and looks at what the folders hold.
    #[must_use]
    pub fn new(folder: &Folder<'_>, config: Config) -> Site {
        let markdown = Dialect { explicit_ids: ExplicitIds::Docusaurus, containers: true, ..Dialect::COMMONMARK };
        let mut notes = Vec::new();
        if let Some(other) = config.others.first() {
            notes.push(format!("`{other}` may publish further pages"));
        }
        if config.unread {
            notes.push(
                "the configuration is made by code: `docs/`, `blog/` and `src/pages/` are taken as usual".to_owned(),
            );
        }
        notes.extend(left_out(folder, &config));
        notes.extend(config.changes.note());
        let several = config.locales.len() > 1;
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base_path.clone(),
            adds_base: true,
            links_name_sources: true,
            language: config.locales.first().map(|locale| locale.name.clone()),
            language_is_set_by: Some("i18n: { defaultLocale: 'TAG', locales: ['TAG'] }"),
            languages: if several { config.locales.iter().map(|l| l.name.clone()).collect() } else { Vec::new() },
            dialect: if config.detects_format { markdown } else { markdown.in_mdx() },
            heading_ids: if config.changes.heading_ids {
                heading_ids::Algorithm::Unknown
            } else {
                heading_ids::Algorithm::Docusaurus
            },
            changes: config.changes.clone(),
            yaml: YamlDialect::JsYaml3,
            extensionless: true,
            stops_at_dead_links: config.stops_at_dead_links,
            makes_pages: !config.others.is_empty(),
            takes_from_elsewhere: config.unread,
            originals_stand_in: true,
            term_slug: Some(kebab_case),
            public: [config.statics.as_slice(), &[String::new(), config.site.clone()]].concat(),
            notes,
            ..Settings::default()
        };
        let categories = categories(folder, &config);
        let components = Components::read(folder, &["src", "static"].map(|source| join(&config.site, source)));
        let mounts = Mounts::new(&config);
        Site {
            replaced: mounts.replaced(folder),
            orphans: mounts.orphans(folder),
            mounts,
            components,
            config,
            settings,
            categories,
        }
    }

    fn locate<'p>(&self, path: &'p str) -> Option<Located<'p>> {
        self.mounts.locate(path, &self.config)
    }

    fn locale_prefix(&self, locale: usize) -> &str {
        match self.config.locales.get(locale) {
            Some(language) if locale > 0 => &language.name,
            _ => "",
        }
    }
}

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        let inside = |folder: &String| path.strip_prefix(folder.as_str())?.strip_prefix('/');
        let at = self.locate(path);
        let copied = self.config.statics.iter().find_map(|folder| Some((folder, inside(folder)?)));
        // What a plugin reads is content, even where its folder is copied as well.
        if let Some((_, rest)) = copied.filter(|(folder, _)| at.as_ref().is_none_or(|at| at.folder_len < folder.len()))
        {
            return Role::Asset(format!("/{rest}"));
        }
        let Some(at) = at.filter(|_| !self.orphans.contains(path)) else { return Role::Internal };
        let Some(instance) = self.config.instances.get(at.instance) else { return Role::Internal };
        let (kind, collection) = match instance.content {
            Content::Docs => (Kind::Page, "docs"),
            Content::Blog => (Kind::Post, "blog"),
            Content::Pages => (Kind::Page, "pages"),
        };
        Role::Page {
            kind,
            collection: if instance.id == "default" { collection.into() } else { instance.id.as_str().into() },
        }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let Some(at) = self.locate(&page.path) else { return Place::default() };
        let Some(instance) = self.config.instances.get(at.instance) else { return Place::default() };
        let key = |name: &str| page.key(name)?.text();
        let slug = key("slug").filter(|slug| !slug.is_empty());
        let (path, dated) = match instance.content {
            Content::Docs => {
                let strips = instance.strips_numbers && key("parse_number_prefixes") != Some("false");
                (urls::document(at.inside, key("id"), slug, strips), None)
            }
            Content::Blog => {
                let (path, date) = urls::post(at.inside);
                (slug.map_or(path, str::to_owned), date)
            }
            Content::Pages => (slug.map_or_else(|| urls::page(at.inside), str::to_owned), None),
        };
        let version = instance.versions.get(at.version).map_or("", |version| version.path.as_str());
        let locale = match self.replaced.get(&*page.path) {
            Some(None) => return Place { published: Published::Never, ..Place::default() },
            Some(Some(other)) => *other,
            None => at.locale,
        };
        let parts = [self.locale_prefix(locale), instance.route.as_str(), version, path.as_str()];
        let (url, output) = urls::address(&parts, self.config.trailing_slash);
        let written = key("date").map(str::to_owned).or_else(|| dated.map(padded));
        let date = written.and_then(|text| match read_date(&text, DateReader::JavaScript) {
            Ok(when) | Err(NotADate::OtherSpelling(when)) => Some(when.date.to_datetime(when.time.unwrap_or_default())),
            Err(_) => None,
        });
        let may_be_draft = !self.config.drafts_are_posts || page.kind == Kind::Post;
        let published = if may_be_draft && key("draft") == Some("true") { Published::Draft } else { Published::Yes };
        Place { url: Some(url), output: Some(output), published, date, ..Place::default() }
    }

    fn is_text(&self, page: &PageFacts, key: &str) -> bool {
        // Only blogs have dates; what a document says there nothing reads.
        key == "date" && page.kind != Kind::Post
    }

    fn generates(&self, path: &str) -> bool {
        let bare = path.strip_suffix("index.html").unwrap_or(path).trim_matches('/').trim_end_matches(".html");
        let first = bare.split('/').next().unwrap_or_default();
        let translated = self.config.locales.iter().skip(1).any(|locale| locale.name == first);
        // What is not translated is published in every language all the same.
        if translated || matches!(bare, "" | "404" | "search" | "sitemap.xml" | "opensearch.xml") {
            return true;
        }
        let same = |other: &String| other.trim_matches('/').trim_end_matches(".html") == bare;
        if self.config.redirects.iter().any(same) || self.categories.iter().any(same) {
            return true;
        }
        self.config.instances.iter().any(|instance| {
            let Some(rest) = strip_route(bare, &instance.route) else { return false };
            match instance.content {
                Content::Blog => {
                    let first = rest.split('/').next().unwrap_or_default();
                    rest.is_empty()
                        || matches!(first, "page" | "tags" | "archive" | "authors")
                        || matches!(rest, "rss.xml" | "atom.xml" | "feed.json")
                }
                Content::Docs => instance.versions.iter().any(|version| {
                    strip_route(rest, &version.path)
                        .is_some_and(|rest| ["category", "tags"].iter().any(|made| strip_route(rest, made).is_some()))
                }),
                Content::Pages => false,
            }
        })
    }

    fn link(&self, link: &Link, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let at = self.locate(&page.path)?;
        Context { config: &self.config, mounts: &self.mounts, page, at, sources }.link(link)
    }

    fn navigation(&self, _: &dyn Sources) -> Vec<(NavEntry, Evaluated)> {
        self.config.menu.iter().map(|(entry, to)| (entry.clone(), Evaluated::Destination(to.clone()))).collect()
    }

    fn makes_ids(&self, page: &PageFacts) -> bool {
        let named = |path: &str| Some(join(&self.config.site, path.strip_prefix("@site/")?));
        self.components.fill(page, named)
    }

    fn registries(&self, folder: &Folder<'_>, _pages: &[PageFacts]) -> Registries {
        let lists: Vec<_> = self.config.instances.iter().filter_map(|one| config::authors(folder, one)).collect();
        // With several blogs, a name would have to be looked up in its own.
        let authors = match lists.as_slice() {
            [(file, names)] => Some(Registry::new(format!("`{file}`"), names.clone())),
            _ => None,
        };
        Registries { authors, ..Registries::default() }
    }

    fn may_lack(&self, page: &PageFacts, key: &str) -> bool {
        // A post's first heading is its title, and its path may say the date.
        key == "title" && page.heading.is_some()
    }

    fn drops_key(&self, page: &PageFacts, key: &str) -> bool {
        key == "authors" && page.kind != Kind::Post
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        let at = self.locate(path).filter(|_| self.config.locales.len() > 1)?;
        // Where a translation into the default language stands in its stead, it is in another one.
        if let Some(other) = self.replaced.get(path).copied().flatten() {
            return Some(self.locale_prefix(other)).filter(|name| !name.is_empty());
        }
        let name = self.locale_prefix(at.locale);
        path.split('/').find(|part| !name.is_empty() && *part == name)
    }
}

/// What to say of folders that plugins may read whose list is made by code.
fn left_out(folder: &Folder<'_>, config: &Config) -> Option<String> {
    const NO_CONTENT: [&str; 4] = ["src", "static", "i18n", ".github"];
    const FEW: usize = 5;
    if !config.unread_plugins {
        return None;
    }
    let mounts = Mounts::new(config);
    let inside = |path: &&str| {
        let below = destination::below(path, &config.site).map_or(*path, |path| path.trim_start_matches('/'));
        let top = below.split_once('/').map_or("", |(top, _)| top);
        !top.is_empty() && !NO_CONTENT.contains(&top) && matches!(&*extension(path), "md" | "mdx")
    };
    let count = folder.below("").filter(inside).filter(|path| mounts.locate(path, config).is_none()).count();
    (count > FEW).then(|| {
        format!(
            "the plugins are made by code: {count} Markdown files in other folders are left out, which they may read"
        )
    })
}

/// What follows a route in a path.
fn strip_route<'p>(path: &'p str, route: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(route)?;
    if route.is_empty() || rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// `2021/2/3` → `2021-02-03`.
fn padded(date: &str) -> String {
    let parts: Vec<String> = date.split(['-', '/']).map(|part| format!("{part:0>2}")).collect();
    parts.join("-")
}

/// The addresses that `_category_` files and sidebars give to generated lists.
fn categories(folder: &Folder<'_>, config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |route: &str, version: &str, slug: &str| {
        found.push(urls::address(&[route, version, slug], None).0);
    };
    for instance in config.instances.iter().filter(|instance| instance.content == Content::Docs) {
        for version in &instance.versions {
            for file in folder.below(&version.folder) {
                if !file_name(file).starts_with("_category_.") {
                    continue;
                }
                let text = folder.read(file).unwrap_or_default();
                slugs(&text).for_each(|slug| add(&instance.route, &version.path, slug));
            }
        }
        let sidebars = folder.below(&config.site).filter(|file| {
            let name = file_name(file);
            name.contains("idebar") && matches!(&*extension(name), "js" | "ts" | "json" | "cjs" | "mjs")
        });
        for file in sidebars.filter(|file| !file.contains("src/")) {
            let text = folder.read(file).unwrap_or_default();
            for slug in slugs(&text) {
                instance.versions.iter().for_each(|version| add(&instance.route, &version.path, slug));
            }
        }
    }
    found
}

/// The values of `slug` in a text of any notation.
fn slugs(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("slug").filter_map(|(at, name)| {
        let rest = text.get(at + name.len()..)?.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
        let value = match quote {
            Some(quote) => rest.get(1..)?.split(quote).next()?,
            None => rest.split([',', '\n', '}']).next()?.trim(),
        };
        (!value.is_empty()).then_some(value)
    })
}
