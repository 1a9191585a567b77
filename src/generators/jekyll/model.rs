//! One Jekyll site: its answers to postlint's questions.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value as Json;

use super::config::Config;
use super::media::{self, Media};
use super::paths::{self, Paths};
use super::redirect_from::{self, Redirects};
use super::urls::{self, Parts};
use super::{authors, dates, github_pages, links, plugins, settings};
use crate::discover::{extension, file_name, parent};
use crate::generators::template_files::TemplateFiles;
use crate::generators::values::text;
use crate::generators::{Evaluated, Folder, Model, Registries, Role, Settings, Sources, brings_nothing};
use crate::page::front_matter::ScalarType;
use crate::page::templates::TemplateCall;
use crate::site::facts::{Alias, Key, Kind, PageFacts, Place, Published, Value};

/// A configured Jekyll site.
pub struct Site {
    config: Config,
    paths: Paths,
    settings: Settings,
    now: DateTime,
    zone: TimeZone,
    /// Folders at the top that are named like languages, on sites that have several.
    language_folders: Vec<String>,
    /// `.md` links work: the plugin is on, or GitHub Pages builds the site and turns it on.
    relative_links: bool,
    /// Pages that need no front matter.
    bare: github_pages::Bare,
    /// Layouts and includes.
    templates: TemplateFiles,
    archives: plugins::Archives,
    made_in: plugins::MadeIn,
    /// Jekyll 1 or 2 builds the site: a post whose URL has no extension becomes a folder.
    before_three: bool,
    /// Files beside a post are published with it.
    copies_beside: bool,
    redirects: Redirects,
    media: Media,
}

impl Site {
    /// Takes the configuration and looks at the folders that matter.
    #[must_use]
    pub fn new(folder: &Folder<'_>, value: &Json, now: DateTime) -> Site {
        let mut config = Config::new(value);
        config.plugins.extend(plugins::of_gemfile(folder));
        let own_code = plugins::code(folder, &config).next().is_some();
        config.own_code = own_code;
        let github_pages = github_pages::builds(folder);
        let own = folder.below(&config.layouts_dir).chain(folder.below("_includes"));
        let templates = TemplateFiles::read(folder, own);
        let redirects = Redirects::of(folder, &config, &templates);
        let mut settings = settings::of(folder, &config, &templates);
        settings.aliases_may_be_nothing = redirects == Redirects::Unknown;
        settings.bare_pages_are_read = true;
        Site {
            redirects,
            media: Media::of(&config, &templates),
            relative_links: github_pages || config.plugin("jekyll-relative-links"),
            before_three: settings::is_before_three(folder),
            copies_beside: plugins::copies_beside_posts(folder, &config),
            bare: github_pages::Bare::of(folder, &config, github_pages),
            paths: Paths::new(&config),
            zone: dates::zone(config.timezone.as_deref()),
            settings,
            archives: plugins::Archives::new(value, &config),
            made_in: plugins::MadeIn::of(folder, &config),
            language_folders: settings::language_folders(folder),
            config,
            now,
            templates,
        }
    }

    /// The value of a key: the page's own, else that of the defaults.
    fn value(&self, page: &PageFacts, key: &str) -> Option<String> {
        match page.key(key) {
            Some(own) => own.text().map(str::to_owned),
            None => text(self.default(page, key)),
        }
    }

    fn default(&self, page: &PageFacts, key: &str) -> Option<&Json> {
        let kind = match page.kind {
            Kind::Post => "posts",
            Kind::Draft => "drafts",
            Kind::Item => &page.collection,
            _ => "pages",
        };
        self.config.defaults.get(self.paths.in_source(&page.path)?, kind, key)
    }

    fn date(&self, page: &PageFacts) -> Option<DateTime> {
        let written = match page.key("date") {
            Some(Key { value: Value::Scalar(date), .. }) => dates::local(&date.text, date.is_quoted(), &self.zone),
            Some(_) => None,
            None => text(self.default(page, "date")).and_then(|date| dates::local(&date, true, &self.zone)),
        };
        written.or_else(|| dates::of_name(paths::dated(file_name(&page.path))?.0, &self.zone))
    }

    /// Folders above `_posts`, then what the front matter names.
    fn categories(&self, page: &PageFacts) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let path = self.paths.in_source(&page.path).unwrap_or_default();
        if let Some(above) = ["_posts", "_drafts"].iter().find_map(|special| above(path, special)) {
            let above = if self.paths.translated(path).is_some() { "" } else { above };
            let above = above.strip_prefix(self.config.collections_dir.as_str()).unwrap_or(above);
            all.extend(above.split('/').filter(|part| !part.is_empty()).map(str::to_owned));
        }
        // `Utils.pluralized_array_from_hash`: the plural key first; each of the two may come from the defaults.
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut named: Vec<String> = match page.key("categories") {
            Some(key) => match key.text() {
                Some(text) => words(text),
                None => key.scalars().map(|s| s.text.to_string()).collect(),
            },
            None => match self.default(page, "categories") {
                Some(Json::String(text)) => words(text),
                other => crate::generators::values::list(other),
            },
        };
        match page.key("category") {
            Some(key) => named.extend(key.scalars().map(|s| s.text.to_string())),
            None => named.extend(crate::generators::values::list(self.default(page, "category"))),
        }
        for name in named {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all
    }

    /// The address, or the start that it is known to have.
    fn document_url(&self, page: &PageFacts, date: Option<DateTime>) -> Result<String, String> {
        let name = file_name(&page.path);
        let (stem, ext) = name.rsplit_once('.').unwrap_or((name, ""));
        let post = matches!(page.kind, Kind::Post | Kind::Draft);
        // Jekyll reads a date in the name of any collection's document, not only of posts.
        let plain = paths::dated(name).map_or(stem, |(_, stem)| stem);
        let own_slug = self.value(page, "slug").filter(|slug| !slug.is_empty());
        let slug = own_slug.as_deref().unwrap_or_else(|| plain.trim_end_matches('.'));
        let output_ext = self.output_ext(ext);
        let label = if post { "posts" } else { &*page.collection };
        let template = self.value(page, "permalink").unwrap_or_else(|| {
            let own = self.config.collection(label).and_then(|c| c.permalink.clone());
            own.unwrap_or_else(|| format!("/:collection/:path{}", urls::suffix(&self.config.permalink)))
        });
        let within = self.within_collection(page, label);
        let path = within.rsplit_once('.').map_or(within, |(path, _)| path);
        let categories = self.categories(page);
        let parts = Parts {
            path,
            basename: stem,
            slug,
            raw_title: self.before_three && page.kind == Kind::Post,
            collection: label,
            categories: &categories,
            date,
            output_ext: &output_ext,
        };
        urls::expand_document(&template, &parts)
    }

    /// The address of a post in another language than the site's first.
    fn below_language(&self, page: &PageFacts, url: String) -> String {
        let path = self.paths.in_source(&page.path).unwrap_or_default();
        match self.paths.translated(path) {
            Some((language, _, true)) => format!("/{language}{url}"),
            _ => url,
        }
    }

    fn within_collection<'a>(&self, page: &'a PageFacts, label: &str) -> &'a str {
        let path = self.paths.in_source(&page.path).unwrap_or_default();
        let folder = format!("_{label}/");
        path.find(&folder).and_then(|at| path.get(at + folder.len()..)).unwrap_or(path)
    }

    fn page_url(&self, page: &PageFacts) -> String {
        let path = self.paths.in_source(&page.path).unwrap_or_default();
        let name = file_name(path);
        let (stem, ext) = name.rsplit_once('.').unwrap_or((name, ""));
        let output_ext = self.output_ext(ext);
        let template = self.value(page, "permalink").unwrap_or_else(|| match (output_ext.as_str(), stem) {
            (".html", "index") => "/:path/".to_owned(),
            (".html", _) if self.bare.is_index(&page.path, page.front.is_some()) => "/:path/".to_owned(),
            (".html", _) => format!("/:path/:basename{}", self.suffix()),
            _ => "/:path/:basename:output_ext".to_owned(),
        });
        let parts =
            Parts { path: parent(path), basename: stem, slug: stem, output_ext: &output_ext, ..Parts::default() };
        urls::expand(&template, &parts)
    }

    /// Before Jekyll 3 only the name of one style made folders of pages, and no template did (`Page#template` of 2.5.3).
    fn suffix(&self) -> &'static str {
        match (self.before_three, self.config.permalink.as_str()) {
            (true, "pretty") => "/",
            (true, _) => ":output_ext",
            (false, permalink) => urls::suffix(permalink),
        }
    }

    fn output_ext(&self, ext: &str) -> String {
        match ext.to_ascii_lowercase() {
            ext if self.config.markdown.contains(&ext) => ".html".to_owned(),
            ext if ext == "scss" || ext == "sass" => ".css".to_owned(),
            ext if ext.is_empty() => ext,
            ext => format!(".{ext}"),
        }
    }

    fn published(&self, page: &PageFacts, date: Option<DateTime>) -> Published {
        // Only the truth value hides a page, not the word in quotes.
        let hidden = match page.key("published") {
            Some(key) => key.scalars().any(|scalar| scalar.ty == ScalarType::Bool(false)),
            None => self.default(page, "published") == Some(&Json::Bool(false)),
        };
        if page.kind == Kind::Post && paths::dated(file_name(&page.path)).is_none() {
            // Jekyll reads no file from `_posts` that is not named with a date.
            return Published::Never;
        }
        if page.kind == Kind::Draft && !self.config.drafts {
            return Published::Draft;
        }
        if hidden && !self.config.unpublished {
            return Published::Draft;
        }
        let collection = self.config.collection(&page.collection);
        if page.kind == Kind::Item && !collection.is_some_and(|c| c.output) {
            return Published::Never;
        }
        let dated = matches!(page.kind, Kind::Post | Kind::Draft | Kind::Item);
        // A day of grace: the build's clock and time zone are not ours.
        if dated && !self.config.future && date.is_some_and(|date| date.date() > self.now.date()) {
            return Published::Future;
        }
        Published::Yes
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
        match self.paths.role(path) {
            Role::PageIfFrontMatter { kind: Kind::Page, collection }
                if self.paths.is_markdown(path) && self.bare.is_page(path) =>
            {
                Role::Page { kind: Kind::Page, collection }
            }
            role => role,
        }
    }

    fn copied_to(&self, path: &str) -> String {
        self.paths.copied_to(self.paths.in_source(path).unwrap_or(path))
    }

    fn place(&self, page: &PageFacts) -> Place {
        let date = self.date(page);
        let published = self.published(page, date);
        let url = match page.kind {
            Kind::Page | Kind::Section | Kind::Loose => self.page_url(page),
            Kind::Post if paths::dated(file_name(&page.path)).is_none() => {
                return Place { published, date, ..Place::default() };
            }
            _ => match self.document_url(page, date) {
                Ok(url) => self.below_language(page, url),
                Err(below) => return Place { below: Some(below), published, date, ..Place::default() },
            },
        };
        let ext = self.output_ext(&extension(&page.path));
        let mut output = urls::output(&url, &ext, self.value(page, "permalink").is_some());
        if self.before_three && page.kind == Kind::Post && !url.ends_with('/') && !url.ends_with(".html") {
            output = format!("{}/index.html", output.strip_suffix(&ext).unwrap_or(&output));
        }
        let former = page.key("redirect_from").filter(|_| self.redirects != Redirects::Nothing);
        let aliases = former
            .into_iter()
            .flat_map(|key| key.scalars())
            // The gem makes a page with this permalink of it.
            .map(|s| Alias { path: urls::redirected(&s.text), span: s.span })
            .collect();
        Place { url: Some(url), output: Some(output), aliases, published, date, ..Place::default() }
    }

    fn default_value(&self, page: &PageFacts, key: &str) -> Option<String> {
        text(self.default(page, key))
    }

    fn unread_key(&self, key: &str) -> Option<&'static str> {
        let nothing = self.redirects == Redirects::Nothing && matches!(key, "redirect_from" | "redirect_to");
        nothing.then_some("jekyll-redirect-from")
    }

    fn shows_body(&self, head: &str) -> bool {
        self.redirects != Redirects::Made || !redirect_from::leads_away(head)
    }

    fn generates(&self, path: &str) -> bool {
        let known = |plugin: &str, paths: &[&str]| self.config.plugin(plugin) && paths.contains(&path);
        known("jekyll-feed", &["/feed.xml"])
            || known("jekyll-sitemap", &["/sitemap.xml", "/robots.txt"])
            || self.archives.cover(path)
            || (self.config.theme && is_of_theme(path))
            || path == "/redirects.json" && self.config.plugin("jekyll-redirect-from")
            || (self.config.plugins.iter().any(|p| p.contains("paginate")) && self.is_pagination(path))
    }

    fn may_make(&self, path: &str) -> bool {
        self.made_in.cover(path)
    }

    fn evaluate(&self, raw: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        links::evaluate(raw, page, sources, &self.config)
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        // Pages without front matter are read where the code is as well, where every file can be linked to.
        if page.front.is_none()
            && self.bare.is_page(&page.path)
            && !path.starts_with('/')
            && let Some(there) = links::on_the_code_host(path, page, sources, &self.config.source)
        {
            return Some(there);
        }
        if self.copies_beside && page.kind == Kind::Post && !path.starts_with('/') && !self.paths.is_markdown(path) {
            return links::beside(path, page, sources);
        }
        if !self.relative_links || !self.paths.is_markdown(path) {
            return None;
        }
        links::relative(path, page, sources, &self.config.source)
    }

    fn image_link(&self, path: &str, _html: bool, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let folder = media::KEYS.iter().find_map(|key| self.value(page, key)).filter(|folder| !folder.is_empty())?;
        self.media.picture(&folder, path, &self.config, sources)
    }

    fn registries(&self, folder: &Folder<'_>, pages: &[PageFacts]) -> Registries {
        authors::registries(folder, pages, &self.config, &self.templates)
    }

    fn brings_nothing(&self, call: &TemplateCall, text: &str) -> bool {
        match call.name.of(text) {
            "include" | "include_cached" => {
                let name = call.arguments.first().map_or("", |argument| argument.value.of(text));
                self.templates.is_quiet(&format!("_includes/{name}"))
            }
            name => brings_nothing(name),
        }
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        if let Some((language, ..)) = self.paths.translated(self.paths.in_source(path)?) {
            return Some(language);
        }
        let (first, _) = path.split_once('/')?;
        self.language_folders.iter().any(|folder| folder == first).then_some(first)
    }
}

impl Site {
    /// `/page:num/` and its like.
    fn is_pagination(&self, path: &str) -> bool {
        let Some((before, after)) = self.config.paginate_path.split_once(":num") else { return false };
        let before = before.trim_start_matches('/');
        path.match_indices(before).any(|(at, _)| {
            let rest = path.get(at + before.len()..).unwrap_or_default();
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let tail = rest.get(digits..).unwrap_or_default().trim_end_matches("index.html");
            digits > 0 && tail.trim_matches('/') == after.trim_matches('/')
        })
    }
}

/// A style or script that a theme may bring; it brings no pictures of posts.
fn is_of_theme(path: &str) -> bool {
    path.starts_with("/assets/") && file_name(path).contains('.') && !crate::site::destination::is_image(path)
}

fn above<'a>(path: &'a str, special: &str) -> Option<&'a str> {
    let at = path.find(&format!("{special}/"))?;
    path.get(..at)
}
