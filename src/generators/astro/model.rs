//! One Astro site: its answers to postlint's questions.

use crate::hash::{Map, Set};

use super::collections::{self, Collection};
use super::config::Config;
use super::languages;
use super::links::Context;
use super::routes::{self, Entry, Route};
use crate::discover::{extension, file_name, join};
use crate::generators::beside::Beside;
use crate::generators::components::Components;
use crate::generators::jsx::Aliases;
use crate::generators::navigation::NavEntry;
use crate::generators::slug::slashed;
use crate::generators::{Evaluated, Folder, Model, Registries, Role, Settings, Sources, heading_ids};
use crate::page::dialect::{Dialect, ExplicitIds, Templates};
use crate::page::front_matter::{Dialect as YamlDialect, NotADate, read_by_new_date};
use crate::page::links::{Link, Origin};
use crate::site::destination;
use crate::site::facts::{Kind, PageFacts, Place, Published};

/// A configured Astro site.
pub struct Site {
    config: Config,
    collections: Vec<Collection>,
    routes: Vec<Route>,
    /// The addresses of pages that only lead elsewhere, by their files.
    redirecting: Map<String, String>,
    aliases: Aliases,
    components: Components,
    pictures: Beside,
    settings: Settings,
    /// The ids of Starlight's pages by their paths.
    docs: Set<String>,
    /// Folders of languages among Starlight's pages.
    languages: Vec<String>,
    /// Folders of pages that a plugin makes of what the loader of a package brings.
    filled: Vec<String>,
}

impl Site {
    /// Takes the configuration and looks at what the folders hold.
    #[must_use]
    pub fn new(folder: &Folder<'_>, config: Config) -> Site {
        let collections = collections::read(folder, &config);
        let routes = routes::read(folder, &config, &collections);
        let docs: Set<String> = match collections.iter().find(|one| config.starlight && one.name == "docs") {
            Some(docs) => folder.below(&docs.folder).filter_map(|path| docs.entry(path)).map(collections::id).collect(),
            None => Set::default(),
        };
        let mut languages: Vec<String> = config.locales.iter().map(|locale| locale.folder.clone()).collect();
        if config.starlight && languages.is_empty() {
            languages = languages::folders_of(&docs);
        }
        let mut notes = Vec::new();
        if routes.iter().any(|route| route.writes.is_none() && route.is_unknown()) {
            notes.push("some addresses are made by the site's own code; `site.permalinks` can say them".to_owned());
        }
        notes.extend(config.changes.note());
        let several = languages.len() + usize::from(config.has_root_locale) > 1;
        if !several {
            languages.clear();
        }
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base_path.clone(),
            files_by_path: !config.link_plugins && config.changes.note().is_none(),
            base_is_written: !config.may_add_base && config.changes.note().is_none(),
            language: config.language.clone(),
            language_is_set_by: config.starlight.then_some("locales: { root: { label: 'NAME', lang: 'TAG' } }"),
            // Where only folders tell of languages, nobody has said that of the other pages.
            languages: if config.locales.is_empty() {
                Vec::new()
            } else {
                languages::tags(
                    &config.locales,
                    config.language.as_ref().filter(|_| config.has_root_locale),
                    &languages,
                )
            },
            heading_ids: config.heading_ids(),
            changes: config.changes.clone(),
            // Nobody writes `{#id}` into a heading without a plugin that reads it.
            dialect: Dialect {
                explicit_ids: if config.plugins { ExplicitIds::Docusaurus } else { ExplicitIds::None },
                containers: config.starlight,
                draws_formulas: config.draws_formulas,
                ..Dialect::COMMONMARK
            },
            yaml: YamlDialect::JsYaml4,
            extensionless: true,
            // Starlight writes the slash into all its menus.
            slash_by_host: !config.starlight && !config.file_format && config.trailing_slash == "ignore",
            originals_stand_in: config.starlight,
            link_keys: if config.starlight { &["hero.actions.link", "prev.link", "next.link"] } else { &[] },
            // starlight-blog makes one tag of them.
            term_slug: (!config.starlight_plugins.blogs.is_empty()).then_some(heading_ids::github_slug),
            public: vec![config.public.clone(), String::new()],
            notes,
            ..Settings::default()
        };
        Site {
            filled: collections::filled(folder, &config),
            aliases: Aliases::read(folder),
            components: Components::read(folder, std::slice::from_ref(&config.source)),
            pictures: Beside::default(),
            collections,
            redirecting: routes::redirecting(folder, &config),
            routes,
            settings,
            docs,
            languages,
            config,
        }
    }

    /// True for an address that a plugin of Starlight may add: the list of a folder's pages, or anything in a folder
    /// that the site itself does not have.
    fn may_be_added(&self, path: &str) -> bool {
        let bare = path.trim_matches('/');
        let first = bare.split('/').next().unwrap_or_default();
        let inside = |folder: &str, id: &String| id.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let listed = !bare.is_empty() && self.docs.iter().any(|id| inside(bare, id));
        listed || !self.docs.iter().any(|id| id == first || inside(first, id))
    }

    /// True for a page (below its language's folder) that Starlight takes for all languages that do not have it.
    fn has_original(&self, id: &str) -> bool {
        match self.config.default_folder.as_deref() {
            Some("") => self.docs.contains(id) && !self.languages.iter().any(|name| id.split('/').next() == Some(name)),
            Some(default) => self.docs.contains(&format!("{default}/{id}")),
            None => {
                self.docs.contains(id)
                    || self.languages.iter().any(|other| self.docs.contains(&format!("{other}/{id}")))
            }
        }
    }

    /// True for an address in a folder that a plugin of Starlight fills, in any language.
    fn is_filled(&self, path: &str) -> bool {
        let bare = path.trim_matches('/');
        let filled = |bare: &str| {
            self.config.starlight_plugins.make(bare)
                || self.filled.iter().any(|folder| destination::is_in_folder(bare, folder))
        };
        let rest = bare.split_once('/').filter(|(first, _)| self.languages.iter().any(|name| name == first));
        filled(bare) || rest.is_some_and(|(_, rest)| filled(rest))
    }

    fn collection<'s, 'p>(&'s self, path: &'p str) -> Option<(&'s Collection, &'p str)> {
        let found = self.collections.iter().filter_map(|one| Some((one, one.entry(path)?)));
        found.max_by_key(|(one, _)| one.folder.len())
    }

    /// The path of an entry, with slashes at both ends, and its route.
    fn entry(&self, page: &PageFacts, collection: &Collection, inside: &str) -> Option<(String, Option<&Route>)> {
        let own = page.key("slug").and_then(|key| key.text()).filter(|slug| !slug.is_empty());
        let id = own.map_or_else(|| collections::id(inside), str::to_owned);
        if self.config.starlight && collection.name == "docs" {
            let id = if id == "index" { "" } else { id.strip_suffix("/index").unwrap_or(&id) };
            return Some((slashed(&[id]), None));
        }
        if collection.ids_unknown {
            return None;
        }
        let has_id = collection.loader || self.config.major.is_some_and(|major| major >= 5);
        let entry = Entry { page, id: if has_id { &id } else { inside }, slug: &id, inside };
        let pages = self.routes.iter().filter(|route| route.writes.is_none());
        pages.into_iter().find_map(|route| Some((route.address(&collection.name, &entry)?, Some(route))))
    }

    fn address(&self, path: &str) -> (String, String) {
        let bare = path.trim_end_matches('/');
        let is_file = file_name(bare).contains('.') && !path.ends_with('/');
        if is_file {
            return (bare.to_owned(), bare.to_owned());
        }
        let output = match (bare, self.config.file_format) {
            ("", _) => "/index.html".to_owned(),
            ("/404" | "/500", _) | (_, true) => format!("{bare}.html"),
            _ => format!("{bare}/index.html"),
        };
        if self.config.file_format && !bare.is_empty() {
            return (output.clone(), output);
        }
        let slash = bare.is_empty() || (!self.config.file_format && self.config.trailing_slash != "never");
        (if slash { format!("{bare}/") } else { bare.to_owned() }, output)
    }
}

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn dialect(&self, path: &str) -> Dialect {
        match &*extension(path) {
            "mdx" => self.settings.dialect.in_mdx(),
            "mdoc" => Dialect { templates: Templates::Markdoc, ..self.settings.dialect },
            _ => self.settings.dialect,
        }
    }

    fn is_text(&self, page: &PageFacts, key: &str) -> bool {
        self.collection(&page.path).is_some_and(|(collection, _)| collection.texts.iter().any(|text| text == key))
    }

    fn reads_by_new_date(&self, page: &PageFacts, key: &str) -> bool {
        // `z.coerce.date()`, or the site's own code.
        !self.collection(&page.path).is_some_and(|(collection, _)| collection.dates.iter().any(|date| date == key))
    }

    fn may_lack(&self, page: &PageFacts, key: &str) -> bool {
        self.collection(&page.path).is_some_and(|(collection, _)| collection.optional.iter().any(|one| one == key))
    }

    fn drops_key(&self, page: &PageFacts, key: &str) -> bool {
        let known = self.collection(&page.path).and_then(|(collection, _)| collection.keys.as_ref());
        known.is_some_and(|known| !known.iter().any(|one| one == key))
    }

    fn role(&self, path: &str) -> Role {
        if let Some(rest) = path.strip_prefix(self.config.public.as_str()).and_then(|rest| rest.strip_prefix('/')) {
            return Role::Asset(format!("/{rest}"));
        }
        let pages = join(&self.config.source, "pages/");
        if let Some(inside) = path.strip_prefix(&pages) {
            return match routes::page(inside) {
                Some(_) if !self.redirecting.contains_key(path) => {
                    Role::Page { kind: Kind::Page, collection: "pages".into() }
                }
                _ => Role::Internal,
            };
        }
        let Some((collection, _)) = self.collection(path) else { return Role::Internal };
        let docs = self.config.starlight && collection.name == "docs";
        let kind = match collection.name.to_ascii_lowercase().as_str() {
            _ if docs => Kind::Page,
            "blog" | "blogs" | "post" | "posts" | "news" | "articles" => Kind::Post,
            _ => Kind::Item,
        };
        Role::Page { kind, collection: collection.name.as_str().into() }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let text = |name: &str| page.key(name)?.text();
        let written = ["pubDate", "date", "published", "publishDate", "pubDatetime"].iter().find_map(|key| text(key));
        let date = written.and_then(|text| match read_by_new_date(text) {
            Ok(when) | Err(NotADate::OtherSpelling(when)) => Some(when.date.to_datetime(when.time.unwrap_or_default())),
            Err(_) => None,
        });
        let nowhere = Place { date, ..Place::default() };
        let draft = text("draft") == Some("true");
        let pages = join(&self.config.source, "pages/");
        let (path, published) = if let Some(inside) = page.path.strip_prefix(&pages) {
            let Some((path, _)) = routes::page(inside) else { return nowhere };
            (path, Published::Yes)
        } else {
            let Some((collection, inside)) = self.collection(&page.path) else { return nowhere };
            let Some((path, route)) = self.entry(page, collection, inside) else { return nowhere };
            let hides = route.is_none_or(|route| route.leaves_drafts);
            (path, if draft && hides { Published::Draft } else { Published::Yes })
        };
        let (url, output) = self.address(&path);
        Place { url: Some(url), output: Some(output), published, date, ..Place::default() }
    }

    fn generates(&self, path: &str) -> bool {
        let bare = path.strip_suffix("index.html").unwrap_or(path).trim_matches('/').trim_end_matches(".html");
        if self.config.redirects.contains(bare)
            || self.config.redirect_folders.iter().any(|folder| path.starts_with(folder.as_str()))
            || matches!(bare, "404" | "sitemap-index.xml" | "sitemap-0.xml")
            || bare.starts_with("_astro/")
            || self.redirecting.values().any(|path| path.trim_matches('/') == bare)
        {
            return true;
        }
        // What is not translated is published in every language all the same.
        let (first, rest) = bare.split_once('/').unwrap_or((bare, ""));
        let translated = self.languages.iter().any(|name| name == first);
        if self.config.makes_llms
            && (matches!(bare, "llms.txt" | "llms-full.txt" | "llms-small.txt") || first == "_llms-txt")
        {
            return true;
        }
        translated && self.has_original(if rest.is_empty() { "index" } else { rest })
    }

    fn stands_in(&self, path: &str) -> Option<String> {
        let default = self.config.default_folder.as_deref()?;
        let (first, rest) = path.trim_start_matches('/').split_once('/')?;
        let is_language = |name: &str| self.languages.iter().any(|one| one == name);
        let again = default.is_empty() && is_language(rest.split('/').next().unwrap_or_default());
        let translated = first != default && is_language(first) && !again;
        translated.then(|| if default.is_empty() { format!("/{rest}") } else { format!("/{default}/{rest}") })
    }

    fn may_make(&self, path: &str) -> bool {
        let by_code = |one: &Collection| self.config.starlight && one.name == "docs" && one.ids_unknown;
        if self.collections.iter().any(by_code) {
            return true;
        }
        self.config.redirects_more
            || self.routes.iter().any(|route| route.may_make(path))
            || self.is_filled(path)
            || self.config.starlight_plugins.unknown && self.may_be_added(path)
    }

    fn may_make_file(&self, path: &str) -> bool {
        let own = extension(path);
        let writes = |route: &Route| route.writes.is_some() && route.may_make(path);
        !own.is_empty() && self.routes.iter().any(writes)
    }

    fn makes_ids(&self, page: &PageFacts) -> bool {
        self.is_part_of_others(page) || self.components.fill(page, |path| self.aliases.file(path))
    }

    fn is_part_of_others(&self, page: &PageFacts) -> bool {
        self.components.show(&page.path)
    }

    fn link(&self, link: &Link, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if let Origin::FrontMatter { key } = &link.origin
            && self.drops_key(page, key.split('.').next().unwrap_or(key))
        {
            return Some(Evaluated::Unknown);
        }
        if self.collection(&page.path).is_some_and(|(collection, _)| collection.undefined) {
            return Some(Evaluated::Unknown);
        }
        let (images, texts) = match self.collection(&page.path) {
            Some((collection, _)) => (collection.images.as_slice(), collection.texts.as_slice()),
            None => (&[][..], &[][..]),
        };
        let context = Context {
            page,
            aliases: &self.aliases,
            sources,
            images,
            texts,
            pictures: &self.pictures,
            source: &self.config.source,
            plugins: self.config.link_plugins,
            base_path: &self.config.base_path,
        };
        context.link(link)
    }

    fn navigation(&self, _: &dyn Sources) -> Vec<(NavEntry, Evaluated)> {
        self.config.menu.iter().map(|(entry, to)| (entry.clone(), Evaluated::Destination(to.clone()))).collect()
    }

    fn registries(&self, _folder: &Folder<'_>, _pages: &[PageFacts]) -> Registries {
        let ids = if self.config.starlight { Set::from_iter(["_top".to_owned()]) } else { Set::default() };
        Registries { ids, ..Registries::default() }
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        self.language_folder(path).filter(|folder| self.tag_of_folder(folder).is_none())
    }

    fn language_of_data(&self, path: &str) -> Option<String> {
        self.language_folder(path).and_then(|folder| self.tag_of_folder(folder)).map(str::to_owned)
    }
}

impl Site {
    /// The tag of a language whose folder has another name: `ja` of `jp`.
    fn tag_of_folder(&self, folder: &str) -> Option<&str> {
        let locale = self.config.locales.iter().find(|locale| locale.folder.eq_ignore_ascii_case(folder))?;
        (!locale.tag.eq_ignore_ascii_case(folder)).then_some(locale.tag.as_str())
    }

    /// The folder of a language that a page lies in.
    fn language_folder<'a>(&self, path: &'a str) -> Option<&'a str> {
        let (collection, inside) = self.collection(path)?;
        // `blog_en/`, `posts-fr/`: a collection for each language.
        let folder = path.get(..collection.folder.len())?;
        let end = folder.rfind(['_', '-', '/']).and_then(|at| folder.get(at + 1..)).unwrap_or_default();
        if self.languages.iter().any(|name| name.eq_ignore_ascii_case(end)) {
            return Some(end);
        }
        let first = inside.split('/').next()?;
        // `a-tour/zh-hans.md`, `a-tour.zh-hans.md`: the site's own code puts them where they belong.
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let last = stem.rsplit(['/', '.']).next().filter(|_| !self.config.starlight);
        // The ids of entries are in small letters, and so are the addresses.
        let is_language = |part: &&str| self.languages.iter().any(|name| name.eq_ignore_ascii_case(part));
        std::iter::once(first).chain(last).find(is_language)
    }
}
