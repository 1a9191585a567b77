//! One Cecil site: its answers to postlint's questions.

use jiff::civil::DateTime;

use super::config::Config;
use super::paths::{is_day, parts, slugify};
use crate::discover::{extension, file_name, parent};
use crate::generators::{Evaluated, Model, Role, Settings, Sources, heading_ids};
use crate::page::dialect::{Dialect, ExplicitIds};
use crate::page::front_matter::{DateReader, Dialect as YamlDialect, NotADate, read_date};
use crate::site::facts::{Alias, Kind, PageFacts, Place, Published, Value};

/// Extensions of pages.
const PAGES: [&str; 5] = ["md", "markdown", "mdown", "mkdn", "mkd"];

/// A configured Cecil site.
pub struct Site {
    config: Config,
    settings: Settings,
    now: DateTime,
}

impl Site {
    /// Takes the configuration.
    #[must_use]
    pub fn new(config: Config, now: DateTime) -> Site {
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base_path.clone(),
            language: Some(config.language.clone()),
            languages: if config.languages.len() > 1 { config.languages.clone() } else { Vec::new() },
            dialect: Dialect { explicit_ids: ExplicitIds::Goldmark, ..Dialect::COMMONMARK },
            heading_ids: heading_ids::Algorithm::ParsedownToc,
            yaml: YamlDialect::JsYaml4,
            embeds_links: config.embeds,
            public: vec!["static".to_owned()],
            ..Settings::default()
        };
        Site { config, settings, now }
    }

    /// The part of a page's path below the folder of pages.
    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(self.config.pages.as_str())?.strip_prefix('/')
    }

    /// A page's path without its language, or nothing where it hangs on the time that the file was copied.
    fn path(&self, page: &PageFacts, inside: &str) -> Option<String> {
        let name = file_name(inside);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (prefix, bare, language) = parts(if stem.eq_ignore_ascii_case("readme") { "index" } else { stem });
        let folder = slugify(parent(inside));
        let slug = slugify(bare);
        let mut path = match (folder.is_empty(), slug == "index") {
            (true, true) => String::new(),
            (true, false) => slug.clone(),
            (false, true) => folder.clone(),
            (false, false) => format!("{folder}/{slug}"),
        };
        let section = if path.contains('/') { path.split('/').next().unwrap_or_default() } else { "" };
        let fits = |one: &str, of: &Option<String>| one == section && of.as_deref().is_none_or(|l| Some(l) == language);
        if let Some(pattern) = self.config.patterns.iter().find(|pattern| fits(&pattern.section, &pattern.language)) {
            let day = prefix.filter(|prefix| is_day(prefix));
            // Without a date in its name a file has the time of its copy.
            if day.is_none() && [":year", ":month", ":day"].iter().any(|token| pattern.path.contains(token)) {
                return None;
            }
            let day = day.unwrap_or("0000-00-00");
            path = pattern.path.trim_matches('/').replace(":section", section).replace(":slug", &slug);
            for (token, from, to) in [(":year", 0, 4), (":month", 5, 7), (":day", 8, 10)] {
                path = path.replace(token, day.get(from..to).unwrap_or_default());
            }
        }
        let key =
            |name: &str| page.key(name)?.text().map(|text| text.trim_matches('/')).filter(|text| !text.is_empty());
        match (key("path"), key("slug")) {
            (Some(own), _) => Some(own.to_owned()),
            (None, Some(slug)) => Some(crate::discover::join(parent(&path), slug)),
            (None, None) => Some(path),
        }
    }

    fn language<'p>(&'p self, page: &'p PageFacts) -> Option<&'p str> {
        let own = page.key("language").and_then(|key| key.text());
        own.or_else(|| self.language_of_path(&page.path)).filter(|language| *language != self.config.language)
    }

    fn published(&self, page: &PageFacts) -> Published {
        let is = |name: &str, value: &str| page.key(name).and_then(|key| key.text()) == Some(value);
        if is("draft", "true") || is("published", "false") {
            return Published::Draft;
        }
        let Some(Value::Map(keys)) = page.key("schedule").map(|key| &key.value) else { return Published::Yes };
        let when = |name: &str| when(keys.iter().find(|key| &*key.name == name)?.text()?);
        match (when("publish"), when("expiry")) {
            (Some(from), _) if from <= self.now => Published::Yes,
            (_, Some(to)) if to >= self.now => Published::Yes,
            (Some(_), _) => Published::Future,
            (None, Some(_)) => Published::Expired,
            (None, None) => Published::Yes,
        }
    }
}

fn when(text: &str) -> Option<DateTime> {
    match read_date(text, DateReader::Ruby) {
        Ok(when) | Err(NotADate::OtherSpelling(when)) => Some(when.date.to_datetime(when.time.unwrap_or_default())),
        Err(_) => None,
    }
}

/// The name by which `page:` links call a page.
fn id(inside: &str) -> String {
    let name = file_name(inside);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (_, bare, language) = parts(stem);
    let bare = if bare.eq_ignore_ascii_case("readme") { "index".to_owned() } else { slugify(bare) };
    let folder = slugify(parent(inside));
    let id = match (folder.is_empty(), bare == "index") {
        (false, true) => folder,
        (false, false) => format!("{folder}/{bare}"),
        (true, _) => bare,
    };
    language.map_or_else(|| id.clone(), |language| format!("{language}/{id}"))
}

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        if let Some(inside) = self.inside(path) {
            if !PAGES.contains(&&*extension(path)) {
                return Role::Internal;
            }
            let name = file_name(inside);
            let (prefix, bare, _) = parts(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
            let collection = if inside.contains('/') { inside.split('/').next().unwrap_or_default() } else { "" };
            let kind = match bare {
                "index" if !collection.is_empty() => Kind::Section,
                _ if prefix.is_some_and(is_day) => Kind::Post,
                _ => Kind::Page,
            };
            return Role::Page { kind, collection: collection.into() };
        }
        let below = |folder: &str| path.strip_prefix(folder)?.strip_prefix('/');
        match below("static").or_else(|| below("assets")) {
            Some(rest) => Role::Asset(format!("/{rest}")),
            None => Role::Internal,
        }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let Some(inside) = self.inside(&page.path) else { return Place::default() };
        let name = file_name(inside);
        let (prefix, ..) = parts(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        let date = page.key("date").and_then(|key| key.text()).or(prefix.filter(|day| is_day(day))).and_then(when);
        let published = self.published(page);
        let language = match (self.language(page), self.config.prefix) {
            (Some(language), _) => format!("/{language}"),
            (None, true) => format!("/{}", self.config.language),
            (None, false) => String::new(),
        };
        let Some(path) = self.path(page, inside) else { return Place { published, date, ..Place::default() } };
        let ugly = page.key("uglyurl").and_then(|key| key.text()) == Some("true");
        let folder = format!("{language}/{path}");
        let folder = folder.trim_end_matches('/');
        let (url, output) = match ugly {
            true if path.is_empty() => ("/index.html".to_owned(), "/index.html".to_owned()),
            true => (format!("{folder}.html"), format!("{folder}.html")),
            false => (format!("{folder}/"), format!("{folder}/index.html")),
        };
        let keys = ["alias", "aliases"].iter().filter_map(|name| page.key(name)).flat_map(|key| key.scalars());
        let aliases =
            keys.map(|scalar| Alias { path: format!("{language}/{}/", slugify(&scalar.text)), span: scalar.span });
        Place { url: Some(url), output: Some(output), aliases: aliases.collect(), published, date, ..Place::default() }
    }

    fn generates(&self, path: &str) -> bool {
        let name = file_name(path);
        let file = matches!(&*extension(name), "xml" | "json" | "txt" | "webmanifest" | "js" | "css" | "xsl");
        if file || path.starts_with("/thumbnails/") || matches!(path, "/" | "/index.html" | "/404.html") {
            return true;
        }
        let rest = path.trim_matches('/');
        let (first, below) = rest.split_once('/').unwrap_or((rest, ""));
        let rest = if self.config.languages.iter().any(|code| code == first) { below } else { rest };
        let list = |name: &String| rest == name || rest.strip_prefix(name.as_str()).is_some_and(|r| r.starts_with('/'));
        let number = rest.rsplit_once("page/").map_or("", |(_, number)| number);
        rest.is_empty()
            || self.config.vocabularies.iter().any(list)
            || !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        // A path into the folders of files is that of the file as it is published.
        let climbed = path.trim_start_matches("../");
        let file = climbed.strip_prefix("static/").or_else(|| climbed.strip_prefix("assets/"));
        if let Some(file) = file.filter(|_| climbed.len() < path.len()) {
            return Some(Evaluated::Destination(format!("{}/{file}", self.config.base_path)));
        }
        if !path.starts_with(['/', '.'])
            && ["assets", "static"].iter().any(|folder| sources.has(&format!("{folder}/{path}")))
        {
            return Some(Evaluated::Destination(format!("{}/{path}", self.config.base_path)));
        }
        // `other.md` is rewritten by its letters alone, whether there is such a file or not.
        let bare = path.strip_suffix(".md")?;
        let plain = bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'/'));
        if !plain {
            return None;
        }
        let (folder, name) = (parent(bare.trim_start_matches('/')), file_name(bare));
        let slug = slugify(parts(name).1);
        let joined = crate::discover::join(folder, &slug);
        let nested = self.inside(&page.path).is_some_and(|inside| inside.contains('/'));
        Some(Evaluated::Destination(match (path.starts_with('/'), nested) {
            (true, _) => format!("/{joined}/"),
            (false, true) => format!("../{joined}/"),
            (false, false) => format!("{joined}/"),
        }))
    }

    fn own_scheme(&self, destination: &str, _page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let wanted = destination.trim().strip_prefix("page:")?;
        let (path, tail) = wanted.split_at(wanted.find('#').unwrap_or(wanted.len()));
        let slug = slugify(path);
        let named = |page: &&PageFacts| self.inside(&page.path).is_some_and(|inside| id(inside) == slug);
        Some(match sources.pages().iter().find(named) {
            Some(page) => Evaluated::Source { path: page.path.to_string(), tail: tail.to_owned() },
            None => Evaluated::Destination(format!("{}/{}{tail}", self.config.base_path, path.trim_start_matches('/'))),
        })
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        let name = file_name(path);
        parts(name.rsplit_once('.').map_or(name, |(stem, _)| stem)).2
    }
}
