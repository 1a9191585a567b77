//! One Hexo site as configured: the date, slug and address of each page.

use crate::hash::Set;
use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::config::{Case, Config, Renderer};
use super::paths::{self, Paths};
use super::permalinks::{self, Name};
use super::posts::Posts;
use super::scripts::Scripts;
use super::slugize::slugize;
use super::{dates, sha1};
use crate::discover::{extension, file_name, inside, without_extension};
use crate::generators::package_json::Packages;
use crate::generators::{Folder, Settings, calendar, config_file, replacing_code};
use crate::page::dialect::{Dialect, Linkify};
use crate::page::front_matter::{Dialect as YamlDialect, ScalarType};
use crate::site::facts::{Kind, PageFacts, Published, Scalar, Value};

/// Plugins whose output is known, or that publish nothing.
const KNOWN: [&str; 10] = [
    "hexo-generator-index",
    "hexo-generator-archive",
    "hexo-generator-category",
    "hexo-generator-tag",
    "hexo-generator-feed",
    "hexo-generator-sitemap",
    "hexo-generator-search",
    "hexo-generator-searchdb",
    "hexo-generator-json-content",
    "hexo-generator-cname",
];

/// A configured Hexo site.
pub struct Site {
    pub(super) config: Config,
    pub(super) paths: Paths,
    pub(super) settings: Settings,
    pub(super) zone: TimeZone,
    pub(super) now: DateTime,
    /// Folders that are named like languages which the theme or the configuration knows.
    pub(super) language_folders: Vec<String>,
    pub(super) image_plugin: bool,
    /// A plugin, or code of the site's own that speaks of the folder of sources, may make addresses of its paths.
    pub(super) reads_source_paths: bool,
    /// Folders at the top of the sources, where the theme, which publishes its own, is not in the repository.
    pub(super) own_tops: Option<Set<String>>,
    /// Folders with a list of the texts in them, as the theme Stellar makes of its data files.
    pub(super) notebooks: Vec<String>,
    /// Posts by the names that tags use.
    pub posts: OnceLock<Posts>,
}

impl Site {
    /// Takes the configuration and looks at the folders that matter.
    #[must_use]
    pub fn new(folder: &Folder<'_>, config: Config, packages: &Packages, now: DateTime) -> Site {
        let mut notes = Vec::new();
        let theme_here = config.theme.as_ref().is_some_and(|theme| folder.has_folder(&format!("themes/{theme}")));
        if !theme_here {
            notes.push("the theme is not in the repository; it may publish further files".to_owned());
        }
        let theme_scripts = config.theme.as_ref().map(|theme| format!("themes/{theme}/scripts")).unwrap_or_default();
        let scripts = Scripts::read(folder, &["scripts", &theme_scripts]);
        let generator = packages.names().find(|name| name.starts_with("hexo-generator-") && !KNOWN.contains(name));
        if let Some(name) = generator {
            notes.push(format!("the plugin `{name}` may publish further pages"));
        } else if scripts.publish {
            notes.push("`scripts/` holds code that may publish further pages".to_owned());
        }
        let several = config.languages.len() > 1;
        let changes = replacing_code::changes_of(folder, "scripts", "js");
        notes.extend(changes.note());
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.root.clone(),
            language: config.languages.first().filter(|tag| *tag != "default").cloned(),
            languages: if several { config.languages.clone() } else { Vec::new() },
            dialect: dialect(&config, packages),
            heading_ids: config.algorithm(),
            yaml: YamlDialect::JsYaml4,
            extensionless: true,
            more_is_an_id: true,
            open_tags_are_text: config.open_tags_are_text,
            makes_pages: !theme_here || scripts.publish || generator.is_some(),
            public: vec![config.source.clone()],
            changes,
            notes,
            ..Settings::default()
        };
        let image_plugin = packages.names().any(|name| {
            let words = ["image", "img", "asset", "lazyload", "cdn"];
            name.starts_with("hexo-") && words.iter().any(|word| name.contains(word)) && !name.contains("minif")
        });
        let tops = folder.below(&config.source).filter_map(|path| inside(path, &config.source)?.split_once('/'));
        let own_tops: Set<String> = tops.map(|(top, _)| top.to_owned()).collect();
        Site {
            paths: Paths::new(folder.below(""), &config),
            notebooks: if config.theme.as_deref() == Some("stellar") { notebooks(folder, &config) } else { Vec::new() },
            zone: TimeZone::UTC,
            language_folders: language_folders(folder, &config),
            config,
            settings,
            now,
            reads_source_paths: image_plugin || scripts.speak_of_sources,
            image_plugin: image_plugin || scripts.touch_images,
            own_tops: (!theme_here).then_some(own_tops),
            posts: OnceLock::new(),
        }
    }

    /// The site's configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// A plugin or script may change where images are looked for.
    #[must_use]
    pub fn rewrites_images(&self) -> bool {
        self.image_plugin
    }

    /// A path that begins at the folder of sources is none in the site: `source/img/a.png` is published as `/img/a.png`.
    #[must_use]
    pub fn is_path_of_sources(&self, path: &str) -> bool {
        !self.reads_source_paths && inside(path, &self.config.source).is_some()
    }

    /// A post's path below its folder, without its extension.
    fn post_path<'a>(&self, page: &'a PageFacts) -> &'a str {
        let inside = inside(&page.path, &self.config.source).unwrap_or(&page.path);
        let rest = inside.strip_prefix(paths::POSTS).or_else(|| inside.strip_prefix(paths::DRAFTS));
        without_extension(rest.unwrap_or(inside))
    }

    /// A post's slug: `:title` of its file's name.
    #[must_use]
    pub fn slug(&self, page: &PageFacts) -> String {
        if let Some(own) = own_permalink(page).filter(|_| self.config.permalinks_are_slugs) {
            return own.to_owned();
        }
        let path = self.post_path(page);
        let name = Name::read(&self.config.post_name, path);
        name.and_then(|name| name.part("title")).map_or_else(|| slugize(path), str::to_owned)
    }

    pub(super) fn date(&self, page: &PageFacts) -> Option<DateTime> {
        if let Some(key) = page.key("date")
            && !matches!(key.value, Value::Null)
        {
            return key.scalars().next().and_then(dates::of);
        }
        let name = Name::read(&self.config.post_name, self.post_path(page))?;
        let number = |long: &str, short: &str| name.part(long).or_else(|| name.part(short))?.parse::<i8>().ok();
        let year = name.part("year")?.parse::<i16>().ok()?;
        let day = Date::new(year, number("month", "i_month")?, number("day", "i_day")?).ok()?;
        Some(day.at(0, 0, 0, 0))
    }

    /// `:category`: the last one of a post, or what its file's name has in that place, below those that it stands in. Several that do not stand in each other come
    /// in an order that all posts together decide.
    fn category(&self, page: &PageFacts) -> Option<String> {
        let key = ["categories", "category"].iter().find_map(|name| page.key(name));
        let key = key.filter(|key| !matches!(key.value, Value::Null));
        let Some(key) = key else {
            let name = Name::read(&self.config.post_name, self.post_path(page));
            let of_name = name.as_ref().and_then(|name| name.part("category")).map(|name| self.category_slug(name));
            return Some(of_name.unwrap_or_else(|| self.config.default_category.clone()));
        };
        if matches!(key.value, Value::Other | Value::Map(_)) {
            return None;
        }
        let names: Vec<String> =
            key.scalars().filter(|name| !name.text.is_empty()).map(|name| self.category_slug(&word(name))).collect();
        Some(if names.is_empty() { self.config.default_category.clone() } else { names.join("/") })
    }

    fn category_slug(&self, name: &str) -> String {
        let mapped = self.config.category_map.iter().find(|(known, _)| known == name);
        let slug = slugize(mapped.map_or(name, |(_, other)| other));
        match self.config.filename_case {
            Case::Kept => slug,
            Case::Lower => slug.to_lowercase(),
            Case::Upper => slug.to_uppercase(),
        }
    }

    fn value(&self, name: &str, page: &PageFacts, date: Option<DateTime>) -> Option<String> {
        let seconds = || Some(self.zone.to_timestamp(date?).ok()?.as_second().to_string());
        Some(match name {
            "title" => self.slug(page),
            "name" => file_name(&self.slug(page)).to_owned(),
            "post_title" => slugize(page.title().map_or("", |title| &title.text)).to_lowercase(),
            "year" => calendar::year(date?),
            "month" => calendar::two(date?.month()),
            "day" => calendar::two(date?.day()),
            "hour" => calendar::two(date?.hour()),
            "minute" => calendar::two(date?.minute()),
            "second" => calendar::two(date?.second()),
            "i_month" => date?.month().to_string(),
            "i_day" => date?.day().to_string(),
            "timestamp" => seconds()?,
            "hash" => sha1::hex(&format!("{}{}", self.slug(page), seconds()?)).get(..12)?.to_owned(),
            "category" => self.category(page)?,
            "layout" => page.key("layout").and_then(|key| key.text()).unwrap_or("post").to_owned(),
            // The number of the post in the database, made anew in each build.
            "id" | "_id" if page.key("id").is_none() => return None,
            other => return self.attribute(other, page),
        })
    }

    /// Any other key of the post, then of its file's name, then of the defaults; JavaScript's word for nothing at last.
    fn attribute(&self, name: &str, page: &PageFacts) -> Option<String> {
        let path = self.post_path(page);
        let of_name = Name::read(&self.config.post_name, path).and_then(|read| read.part(name).map(str::to_owned));
        let default = || self.config.permalink_defaults.iter().find(|(key, _)| key == name).map(|(_, v)| v.clone());
        match (of_name, page.key(name)) {
            (Some(part), _) => Some(part),
            (None, Some(key)) => key.text().map(str::to_owned),
            (None, None) => Some(default().unwrap_or_else(|| "undefined".to_owned())),
        }
    }

    pub(super) fn post_url(&self, page: &PageFacts, date: Option<DateTime>) -> Option<String> {
        let mut url = match own_permalink(page).filter(|_| !self.config.permalinks_are_slugs) {
            Some(own) => own.to_owned(),
            None => permalinks::expand(&self.config.permalink, |name| self.value(name, page, date))?,
        };
        if self.config.permalinks_are_slugs {
            url = url.split(['/', '\\']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
                + if url.ends_with(['/', '\\']) { "/" } else { "" };
        }
        if self.config.post_assets && !url.ends_with('/') && !url.ends_with(".html") {
            url.push('/');
        }
        Some(rooted(&url))
    }

    /// Its address where the build runs on a machine in UTC.
    pub(super) fn url_elsewhere(&self, page: &PageFacts, date: Option<DateTime>) -> Option<String> {
        let there = dates::elsewhere(date.filter(|_| page.kind != Kind::Page)?, self.config.zone.as_ref()?)?;
        self.post_url(page, Some(there))
    }

    pub(super) fn page_url(&self, page: &PageFacts) -> String {
        let inside = inside(&page.path, &self.config.source).unwrap_or(&page.path);
        let extension = paths::output_extension(inside).unwrap_or("html");
        rooted(&match own_permalink(page) {
            Some(own) if own.ends_with('/') => format!("{own}index.{extension}"),
            Some(own) if file_name(own).trim_start_matches('.').contains('.') => own.to_owned(),
            Some(own) => format!("{own}.{extension}"),
            None => format!("{}.{extension}", without_extension(inside)),
        })
    }

    pub(super) fn published(&self, page: &PageFacts, date: Option<DateTime>) -> Published {
        let says = page.key("published").and_then(|key| key.scalars().next());
        let hidden = says.is_some_and(|word| word.ty == ScalarType::Bool(false));
        if !matches!(page.kind, Kind::Post | Kind::Draft) {
            return Published::Yes;
        }
        if (page.kind == Kind::Draft || hidden) && !self.config.drafts {
            return Published::Draft;
        }
        if !self.config.future && date.is_some_and(|date| date.date() > self.now.date()) {
            return Published::Future;
        }
        Published::Yes
    }
}

/// Stellar's notebooks, wikis and topics: each has a page at its `base_dir`, or else one called like its file.
/// Source: `scripts/generators` and `scripts/events/lib` of the theme (1.44).
fn notebooks(folder: &Folder<'_>, config: &Config) -> Vec<String> {
    let kinds = ["notebooks", "wiki", "topic"].iter();
    let files = kinds.flat_map(|kind| folder.below(&format!("{}/_data/{kind}", config.source)));
    let files = files.filter(|path| matches!(&*extension(path), "yml" | "yaml"));
    let place = |path: &str| {
        let data = config_file::read(folder, path, &mut Vec::new());
        let own = data.get("base_dir").and_then(|own| own.as_str()).map(str::to_owned);
        own.unwrap_or_else(|| without_extension(file_name(path)).to_owned())
    };
    files.map(|path| place(path).trim_matches('/').to_owned()).filter(|place| !place.is_empty()).collect()
}

/// How its Markdown is read.
fn dialect(config: &Config, packages: &Packages) -> Dialect {
    let dialect = Dialect {
        linkify: match config.renderer {
            _ if !config.linkify => Linkify::None,
            Renderer::MarkdownIt => Linkify::LinkifyIt,
            _ => Linkify::Gfm,
        },
        spaces_in_destination: config.blanks_in_destination,
        fences_in_html: config.highlights,
        footnotes: config.renderer != Renderer::Marked || packages.names().any(|p| p.contains("footnote")),
        ..Dialect::HEXO
    };
    match config.renderer {
        Renderer::Pandoc { .. } => Dialect {
            explicit_ids: Dialect::PANDOC.explicit_ids,
            attribute_lists: Dialect::PANDOC.attribute_lists,
            ..dialect
        },
        _ => dialect,
    }
}

/// The languages of the configuration and of the theme's texts.
fn language_folders(folder: &Folder<'_>, config: &Config) -> Vec<String> {
    let mut all = config.languages.clone();
    let theme = config.theme.as_ref().map(|theme| format!("themes/{theme}/languages")).unwrap_or_default();
    for place in [theme, format!("{}/_data/languages", config.source)] {
        all.extend(folder.below(&place).map(|path| file_name(without_extension(path)).to_owned()));
    }
    all.retain(|tag| tag.len() >= 2 && tag != "default");
    all
}

/// What a page says about its address.
fn own_permalink(page: &PageFacts) -> Option<&str> {
    page.key("permalink").and_then(|key| key.text()).filter(|text| !text.is_empty())
}

/// A scalar as JavaScript writes it: `03` is the number 3.
fn word(scalar: &Scalar) -> Cow<'_, str> {
    match scalar.text.parse::<i64>() {
        Ok(number) if !scalar.is_quoted() => Cow::Owned(number.to_string()),
        _ => Cow::Borrowed(&scalar.text),
    }
}

/// A path from the root, as Hexo's router makes it: one slash at its start.
pub(super) fn rooted(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}
