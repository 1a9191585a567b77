//! One Pelican site: its answers to postlint's questions.

use crate::hash::Set;

use jiff::civil::DateTime;
use serde_json::Value as Json;

use super::config::Config;
use super::links::{self, in_content};
use super::metadata::Metadata;
use super::plugins;
use crate::discover::{extension, file_name};
use crate::generators::slug::slugify;
use crate::generators::template_files::TemplateFiles;
use crate::generators::values::text;
use crate::generators::{Evaluated, Folder, Heads, Model, Registries, Role, Settings, Sources};
use crate::page::front_matter::Dialect as YamlDialect;
use crate::site::destination;
use crate::site::facts::{Kind, PageFacts, Place, Published};

/// A configured Pelican site.
pub struct Site {
    config: Config,
    settings: Settings,
    now: DateTime,
    /// What lies beside the content, where that is the built site itself, which a host publishes.
    served: Set<String>,
}

impl Site {
    /// Takes the settings and looks at the content.
    pub fn new(folder: &Folder<'_>, config: Config, now: DateTime) -> Site {
        let is_output =
            !config.content.is_empty() && ["index.html", "archives.html"].iter().all(|file| folder.has(file));
        let served = if is_output { folder.below("").map(str::to_owned).collect() } else { Set::default() };
        let below = || folder.below(&config.content).filter_map(|path| in_content(path, &config));
        let others =
            below().filter(|path| super::OTHERS.contains(&&*extension(path)) && !inside_any(path, &config.statics));
        let others = others.count();
        let mut notes = Vec::new();
        if others > 0 {
            notes.push(format!("{others} texts are not Markdown: their addresses are not known"));
        }
        if config.loaded_by_code {
            notes.push(format!("`{}` loads its settings by code: no address is called missing", config.file));
        }
        // Only a plugin reads YAML; the extension that Pelican switches on takes the lines as they are.
        if let Some(name) = config.unread {
            notes.push(format!("`{}` makes `{name}` by code: no address is called missing", config.file));
        }
        if config.other_reader {
            notes.push("a plugin reads the Markdown: titles and ids of headings may come from it".to_owned());
        }
        if !config.makers.is_empty() {
            let names: Vec<String> = config.makers.iter().map(|name| format!("`{name}`")).collect();
            notes.push(format!("{} may publish further pages", names.join(", ")));
        }
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base.clone(),
            language_at: crate::generators::language_place::find(
                folder,
                config.file,
                &["DEFAULT_LANG"],
                &config.language,
            ),
            language: config.language_is_set.then(|| config.language.clone()),
            dialect: config.extensions.dialect,
            heading_ids: match config.loaded_by_code || config.other_reader {
                true => crate::generators::heading_ids::Algorithm::Unknown,
                false => config.extensions.heading_ids,
            },
            yaml: YamlDialect::Psych11,
            heads: if config.yaml_heads { Heads::Fences } else { Heads::Lines },
            makes_pages: !config.makers.is_empty(),
            // Hosts of static sites find `/a.html` for `/a`.
            extensionless: true,
            slash_may_follow: true,
            stops_at_dead_links: false,
            term_slug: Some(slugify),
            public: vec![config.content.clone()],
            makes_any_page: others > 0,
            takes_from_elsewhere: config.loaded_by_code || config.unread.is_some(),
            notes,
            ..Settings::default()
        };
        Site { config, settings, now, served }
    }

    fn published(&self, page: &PageFacts, metadata: &Metadata, date: Option<DateTime>) -> Published {
        let dated = page.kind != Kind::Post || date.is_some() || self.config.default_date;
        // An empty title is one.
        let mut keys = page.front.iter().flat_map(|front| &front.keys);
        let titled = metadata.get("title").is_some() || keys.any(|key| key.name.eq_ignore_ascii_case("title"));
        if !titled && !self.config.other_reader || !dated {
            return Published::Never;
        }
        match &*metadata.get("status").unwrap_or("published").to_lowercase() {
            "published" | "hidden" => {}
            "draft" => return Published::Draft,
            _ => return Published::Never,
        }
        let future = !self.config.future && page.kind == Kind::Post;
        if future && date.is_some_and(|date| date.date() > self.now.date()) {
            Published::Future
        } else {
            Published::Yes
        }
    }

    /// The address and the file of a page; a key of its own wins over the settings.
    fn address(
        &self,
        subsite: Option<&str>,
        kind: &str,
        metadata: &Metadata,
        path: &str,
    ) -> (Option<String>, Option<String>) {
        let one = |what: &str| match metadata.get(&what.to_lowercase()) {
            Some(own) => Some(own.to_owned()),
            None => metadata.fill(&self.config.pattern(subsite, kind, what)?, path, &self.config),
        };
        match (one("URL"), one("SAVE_AS")) {
            // What code makes of the file hardly differs from the address.
            (Some(url), None) if !url.is_empty() => {
                let end = if url.ends_with('/') { "index.html" } else { "" };
                (Some(url.clone()), Some(format!("{url}{end}")))
            }
            known => known,
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
        let Some(content) = in_content(path, &self.config) else { return Role::Internal };
        // Without `IGNORE_FILES` what begins with a dot is left out.
        let names = || content.split('/');
        if file_name(content).starts_with('.') || names().any(|name| self.config.ignored.is_match(name)) {
            return if self.config.extra.contains_key(content) { self.asset(content) } else { Role::Internal };
        }
        let markdown = super::DATA.is_markdown(content);
        let is_page = included(content, &self.config.pages, &self.config.no_pages);
        let is_article = included(content, &self.config.articles, &self.config.no_articles);
        if markdown && (is_page || is_article) {
            let kind = if is_page { Kind::Page } else { Kind::Post };
            return Role::Page { kind, collection: if is_page { "pages".into() } else { "articles".into() } };
        }
        if inside_any(content, &self.config.statics) { self.asset(content) } else { Role::Internal }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let Some(path) = in_content(&page.path, &self.config) else { return Place::default() };
        let metadata = Metadata::of(page, path, &self.config);
        let date = metadata.date();
        let published = self.published(page, &metadata, date);
        // The plugin puts the folders of a page before its slug.
        if page.kind == Kind::Page && self.config.plugins.iter().any(|plugin| plugin.contains("hierarchy")) {
            return Place { below: Some("/".to_owned()), published, date, ..Place::default() };
        }
        let draft = matches!(published, Published::Draft | Published::Future);
        let language = metadata.get("lang").is_some_and(|lang| lang != self.config.language);
        let kind = match (page.kind, draft) {
            (Kind::Post, false) => "ARTICLE",
            (Kind::Post, true) => "DRAFT",
            (_, false) => "PAGE",
            (_, true) => "DRAFT_PAGE",
        };
        let subsite = metadata.get("lang").filter(|lang| self.config.has_subsite(lang));
        let whole = |kind: &str| if language && subsite.is_none() { format!("{kind}_LANG") } else { kind.to_owned() };
        let (url, output) = self.address(subsite, &whole(kind), &metadata, path);
        // A draft's links are right where it will be read: its folder is the writer's alone.
        let later = if page.kind == Kind::Post { "ARTICLE" } else { "PAGE" };
        let later = || self.address(subsite, &whole(later), &metadata, path).1.filter(|output| !output.is_empty());
        let base = subsite.map_or_else(|| "/".to_owned(), |language| format!("/{language}/"));
        let rooted = |path: String| destination::join(&base, path.trim_start_matches('/'));
        Place {
            url: url.and_then(rooted),
            // Nothing is written where the setting is empty.
            output: output.filter(|output| !output.is_empty()).and_then(rooted),
            shown_in: if draft { later().and_then(rooted) } else { None },
            published,
            date,
            ..Place::default()
        }
    }

    fn registries(&self, folder: &Folder<'_>, pages: &[PageFacts]) -> Registries {
        let files: Vec<&str> = self.config.templates.iter().flat_map(|templates| folder.below(templates)).collect();
        let templates = TemplateFiles::read(folder, files.iter().copied());
        // Some themes, among them the most used ones, give an article's title its slug for an id.
        let ids_of_slugs = |file: &&str| {
            let text = folder.read(file).unwrap_or_default();
            ["article", "page"].iter().any(|what| text.contains(&format!("id=\"{{{{ {what}.slug }}}}\"")))
        };
        let mut ids = templates.ids;
        if files.is_empty() {
            // Nearly every theme gives these to what stands around the text.
            ids.extend(["comments", "respond", "content"].map(str::to_owned));
        }
        if files.is_empty() || files.iter().any(ids_of_slugs) {
            ids.extend(pages.iter().filter_map(|page| {
                let path = in_content(&page.path, &self.config)?;
                Metadata::of(page, path, &self.config).slug(path, &self.config)
            }));
        }
        Registries {
            ids,
            layouts_make_ids: templates.make_ids || files.is_empty(),
            layouts_unseen: templates.blank,
            keys: plugins::keys(folder, self.config.file),
            ..Registries::default()
        }
    }

    fn default_value(&self, _page: &PageFacts, key: &str) -> Option<String> {
        (self.config.other_reader && key == "title").then(String::new)
    }

    fn generates(&self, path: &str) -> bool {
        let bare = path.trim_start_matches('/');
        let config = &self.config;
        // Each language's site has all of it below its name.
        let below = bare.split_once('/').filter(|(language, _)| config.has_subsite(language));
        let (subsite, bare) = below.map_or((None, bare), |(language, rest)| (Some(language), rest));
        let templates = config
            .texts("DIRECT_TEMPLATES")
            .unwrap_or_else(|| ["index", "tags", "categories", "authors", "archives"].map(str::to_owned).to_vec());
        let direct = |name: &String| {
            let own = config.string(subsite, &format!("{}_SAVE_AS", name.to_uppercase()));
            asks_for(bare, &own.unwrap_or_else(|| format!("{name}.html")))
        };
        let patterns = ["CATEGORY", "TAG", "AUTHOR"].iter().filter_map(|kind| config.pattern(subsite, kind, "SAVE_AS"));
        let archives = config.ending("_ARCHIVE_SAVE_AS").map(str::to_owned);
        let theme = config.string(subsite, "THEME_STATIC_DIR").unwrap_or_else(|| "theme".to_owned());
        let pages = config.texts("TEMPLATE_PAGES").unwrap_or_default();
        self.served.contains(path.trim_start_matches('/'))
            || templates.iter().any(direct)
            || patterns.chain(archives).any(|pattern| asks_for(bare, &pattern))
            || pages.iter().any(|page| asks_for(bare, page))
            // Of the plugins `random_article` and `tipue_search`.
            || config.string(subsite, "RANDOM").is_some_and(|page| asks_for(bare, &page))
            || bare == "search.html" && config.plugins.iter().any(|plugin| plugin.contains("tipue"))
            || bare.ends_with(".xml") && !destination::is_image(bare)
            || bare.strip_prefix(theme.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }

    fn may_make(&self, path: &str) -> bool {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        self.config.subsites_by_code() && first.len() == 2
    }

    fn image_link(&self, path: &str, html: bool, _page: &PageFacts, _sources: &dyn Sources) -> Option<Evaluated> {
        // Pandoc adds the extension that its defaults say.
        let is_bare = !html && extension(path).is_empty();
        (self.config.other_reader && is_bare).then_some(Evaluated::Unknown)
    }

    fn as_source_link(&self, source: &str) -> Option<String> {
        Some(format!("{{filename}}/{}", links::in_content(source, &self.config)?))
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        links::source(path, page, sources, &self.config)
    }
}

impl Site {
    /// Where a file is copied to: to its own path, unless `EXTRA_PATH_METADATA` names another.
    fn asset(&self, content: &str) -> Role {
        let own = self.config.extra.get(content).and_then(Json::as_object);
        let own = own.and_then(|keys| text(keys.get("path").or_else(|| keys.get("save_as"))));
        Role::Asset(format!("/{}", own.as_deref().unwrap_or(content).trim_start_matches('/')))
    }
}

/// True when one of the folders (or files) holds the path.
fn inside_any(path: &str, folders: &[String]) -> bool {
    folders.iter().any(|folder| holds(folder, path))
}

/// True when one of the folders holds the path, and none below it that is left out.
fn included(path: &str, folders: &[String], left_out: &[String]) -> bool {
    let is_left_out = |folder: &str| left_out.iter().any(|out| out.len() > folder.len() && holds(out, path));
    folders.iter().any(|folder| holds(folder, path) && !is_left_out(folder))
}

/// True when a folder (or file) holds the path; an empty one holds everything.
fn holds(folder: &str, path: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// True when a path may be one of a pattern's: `tag/{slug}.html`, also its folder and its further pages.
fn asks_for(path: &str, pattern: &str) -> bool {
    let pattern = pattern.trim_start_matches('/');
    if pattern.is_empty() {
        return false;
    }
    let (start, end) = match pattern.split_once('{') {
        None => (pattern, None),
        Some((start, rest)) => (start, Some(rest.rsplit_once('}').map_or("", |(_, end)| end))),
    };
    let folder = |text: &str| text.trim_end_matches("index.html").trim_end_matches('/').to_owned();
    match end {
        // Hosts of static sites find `/a.html` for `/a`.
        None => path == start || folder(path) == folder(start) || start.strip_suffix(".html") == Some(path),
        Some(end) => {
            let path = path.strip_prefix(start).map(|rest| rest.strip_suffix(end).unwrap_or(rest));
            path.is_some_and(|slug| {
                !slug.is_empty() && (!start.is_empty() || !slug.trim_end_matches('/').contains('/'))
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_pages_are_known_by_their_patterns() {
        assert!(asks_for("tag/rust.html", "tag/{slug}.html"));
        assert!(asks_for("tag/rust/", "tag/{slug}/index.html"));
        assert!(asks_for("archives/", "archives/index.html") && asks_for("archives.html", "archives.html"));
        assert!(!asks_for("tags.html", "tag/{slug}.html") && !asks_for("a", ""));
        assert!(holds("pages", "pages/a.md") && !holds("pages", "pagesx/a.md"));
        let all = ["".to_owned()];
        assert!(included("a.md", &all, &["posts".into()]) && !included("posts/a.md", &all, &["posts".into()]));
        assert!(included("posts/a.md", &["posts".into()], &["posts".into()]));
    }
}
