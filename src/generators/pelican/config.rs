//! The settings as far as they decide what is published where.
//!
//! Source: the page "Settings" of Pelican's documentation, `pelican/settings.py` (defaults).

use globset::{Glob, GlobSet, GlobSetBuilder};
use regex::Regex;
use serde_json::{Map, Value};

use super::files::{self, normal};
use super::slugs::Slugs;
use crate::generators::values::{flag, list, text};
use crate::generators::{Folder, python_markdown::Extensions, python_settings};
use crate::page::dialect::Templates;

/// Settings without which nobody knows which files are published, and where.
const DECIDING: [&str; 13] = [
    "ARTICLE_URL",
    "ARTICLE_SAVE_AS",
    "PAGE_URL",
    "PAGE_SAVE_AS",
    "PATH",
    "ARTICLE_PATHS",
    "PAGE_PATHS",
    "STATIC_PATHS",
    "FILENAME_METADATA",
    "PATH_METADATA",
    "EXTRA_PATH_METADATA",
    "SLUGIFY_SOURCE",
    "SLUG_REGEX_SUBSTITUTIONS",
];

/// The settings of a Pelican site.
pub struct Config {
    /// The file that holds them.
    pub file: &'static str,
    /// `PATH`, relative to the settings.
    pub content: String,
    /// Scheme and host of `SITEURL`.
    pub url: Option<String>,
    /// Its path.
    pub base: String,
    /// `ARTICLE_PATHS`, `PAGE_PATHS`, `STATIC_PATHS` below the content folder; empty for all of it.
    pub articles: Vec<String>,
    /// Folders of pages.
    pub pages: Vec<String>,
    /// Folders and files that are copied.
    pub statics: Vec<String>,
    /// `ARTICLE_EXCLUDES`, and the folders of pages.
    pub no_articles: Vec<String>,
    /// `PAGE_EXCLUDES`, and the folders of articles.
    pub no_pages: Vec<String>,
    /// `IGNORE_FILES`.
    pub ignored: GlobSet,
    /// `DEFAULT_LANG`, in lower case.
    pub language: String,
    /// True when the settings name it.
    pub language_is_set: bool,
    /// `AUTHOR`.
    pub author: Option<String>,
    /// `DEFAULT_METADATA` with `DEFAULT_CATEGORY`.
    pub defaults: Map<String, Value>,
    /// `EXTRA_PATH_METADATA`.
    pub extra: Map<String, Value>,
    /// `FILENAME_METADATA` and `PATH_METADATA`.
    pub filename: Option<Regex>,
    /// The same of the whole path.
    pub path: Option<Regex>,
    /// `USE_FOLDER_AS_CATEGORY`.
    pub folder_category: bool,
    /// `DEFAULT_DATE` gives a date to articles that have none.
    pub default_date: bool,
    /// `WITH_FUTURE_DATES`.
    pub future: bool,
    /// The slug comes from the file's name.
    pub slug_of_name: bool,
    /// How slugs are made.
    pub slugs: Slugs,
    /// How Markdown is read.
    pub extensions: Extensions,
    /// Names of plugins.
    pub plugins: Vec<String>,
    /// Those of them that may publish further pages.
    pub makers: Vec<String>,
    /// The head of a page is YAML: a plugin reads it.
    pub yaml_heads: bool,
    /// A reader other than Pelican's own makes pages of Markdown: MyST, or a plugin of the site's own. It may take a title
    /// from anywhere, and headings get ids of its making.
    pub other_reader: bool,
    /// Folders of the theme's templates, where it lies in the tree (`THEME`, relative to the settings).
    pub templates: Vec<String>,
    /// A setting that decides where things are published and that code makes.
    pub unread: Option<&'static str>,
    /// Code loads the settings from elsewhere, so that what is not here may be set all the same.
    pub loaded_by_code: bool,
    settings: Map<String, Value>,
}

impl Config {
    /// Reads the settings from the file of that name, and from `publishconf.py` the address.
    pub fn load(folder: &Folder<'_>, file: &'static str) -> Config {
        let (settings, by_code) = files::read(folder, file);
        let publish = python_settings::read(&folder.read("publishconf.py").unwrap_or_default());
        let get = |key: &str| settings.get(key).filter(|value| !value.is_null());
        let string = |key: &str| text(get(key));
        let paths = |key: &str, default: &[&str]| -> Vec<String> {
            let own = get(key).map(|value| list(Some(value)));
            own.unwrap_or_else(|| default.iter().map(|path| (*path).to_owned()).collect())
                .iter()
                .map(|path| normal(path))
                .collect()
        };
        let address = [&publish, &settings]
            .into_iter()
            .find_map(|all| text(all.get("SITEURL")).filter(|url| url.contains("://") && !url.contains("localhost")));
        let (url, base) = address.as_deref().map_or((None, String::new()), split_address);
        let is_at_root =
            |path: &str| !path.is_empty() && folder.has_folder(path) && !folder.has_folder(&format!("content/{path}"));
        // Without `PATH` the folder is named on the command line, and Pelican's own Makefile names this one.
        let content = match string("PATH") {
            // Paths of articles that only the root has are read from there.
            None if folder.has_folder("content")
                && !paths("ARTICLE_PATHS", &[]).iter().any(|path| is_at_root(path)) =>
            {
                "content".to_owned()
            }
            path => normal(&path.unwrap_or_default()),
        };
        let content = match string("PATH") {
            Some(_) => content,
            None => super::command::content(folder).unwrap_or(content),
        };
        let mut defaults = get("DEFAULT_METADATA").and_then(Value::as_object).cloned().unwrap_or_default();
        let category = string("DEFAULT_CATEGORY").unwrap_or_else(|| "misc".to_owned());
        defaults.insert("category".to_owned(), category.into());
        let plugins = list(get("PLUGINS"));
        // Plugins that are installed are used without being named; these show by their settings.
        let installed = ["MYST_", "PANDOC_"].iter().any(|start| settings.keys().any(|name| name.starts_with(start)));
        let plugin_paths = list(get("PLUGIN_PATHS").or(get("PLUGIN_PATH")));
        let own_reader = || {
            let mut folders = plugin_paths.clone();
            folders.push("plugins".to_owned());
            let mut files = folders.iter().flat_map(|path| {
                let path = normal(path);
                plugins.iter().flat_map(move |name| [format!("{path}/{name}.py"), format!("{path}/{name}/__init__.py")])
            });
            files.any(|path| {
                folder.read(&path).is_some_and(|code| code.contains("Reader)") || code.contains("reader_classes"))
            })
        };
        let replaced = || get("READERS").and_then(|readers| readers.get("md")).is_some();
        let other_reader =
            installed || plugins.iter().any(|name| name.contains("pandoc")) || replaced() || own_reader();
        // No site is without a name.
        let loaded_by_code = by_code || !settings.contains_key("SITENAME");
        let articles = paths(if get("ARTICLE_DIR").is_some() { "ARTICLE_DIR" } else { "ARTICLE_PATHS" }, &[""]);
        let pages = paths(if get("PAGE_DIR").is_some() { "PAGE_DIR" } else { "PAGE_PATHS" }, &["pages"]);
        let excluded = |key: &str, others: &[String]| -> Vec<String> {
            paths(key, &[]).into_iter().chain(others.iter().cloned()).filter(|path| !path.is_empty()).collect()
        };
        let filename = string("FILENAME_METADATA").unwrap_or_else(|| r"(?P<date>\d{4}-\d{2}-\d{2}).*".to_owned());
        let filename = Regex::new(&filename).ok();
        let path = string("PATH_METADATA").filter(|path| !path.is_empty());
        let path_regex = path.as_ref().and_then(|path| Regex::new(path).ok());
        let unread = DECIDING
            .iter()
            .find(|name| settings.get(**name).is_some_and(Value::is_null))
            .or(filename.is_none().then_some(&"FILENAME_METADATA"))
            .or((path.is_some() && path_regex.is_none()).then_some(&"PATH_METADATA"));
        Config {
            file,
            content,
            url,
            base,
            no_articles: excluded("ARTICLE_EXCLUDES", &pages),
            no_pages: excluded("PAGE_EXCLUDES", &articles),
            articles,
            pages,
            statics: paths("STATIC_PATHS", &["images"]),
            ignored: ignored(get("IGNORE_FILES")),
            language: string("DEFAULT_LANG").unwrap_or_else(|| "en".to_owned()).to_lowercase(),
            language_is_set: get("DEFAULT_LANG").is_some(),
            author: string("AUTHOR"),
            defaults,
            extra: get("EXTRA_PATH_METADATA").and_then(Value::as_object).cloned().unwrap_or_default(),
            filename,
            path: path_regex,
            folder_category: flag(get("USE_FOLDER_AS_CATEGORY")).unwrap_or(true),
            default_date: get("DEFAULT_DATE").is_some() || loaded_by_code || super::plugins::give_dates(&plugins),
            future: flag(get("WITH_FUTURE_DATES")).unwrap_or(true),
            slug_of_name: string("SLUGIFY_SOURCE").is_some_and(|source| source == "basename"),
            slugs: Slugs::new(&settings),
            extensions: extensions(&settings, &plugins),
            yaml_heads: installed || plugins.iter().any(|plugin| plugin.contains("yaml") || plugin.contains("pandoc")),
            other_reader,
            makers: super::plugins::makers(folder, &plugins, &plugin_paths),
            plugins,
            templates: files::templates(folder, settings.get("THEME")),
            unread: unread.copied(),
            loaded_by_code,
            settings,
        }
    }

    /// A pattern such as `ARTICLE_SAVE_AS`, by its kind (`ARTICLE`, `DRAFT_PAGE_LANG`), in the site of a language if one is
    /// given. Nothing when it is code.
    #[must_use]
    pub fn pattern(&self, subsite: Option<&str>, kind: &str, what: &str) -> Option<String> {
        let key = format!("{kind}_{what}");
        if let Some(value) = self.get(subsite, &key) {
            return text(Some(value)).map(|pattern| pattern.trim_start_matches('/').to_owned());
        }
        if self.loaded_by_code {
            return None;
        }
        let slug = if kind.ends_with("_LANG") { "{slug}-{lang}.html" } else { "{slug}.html" };
        let folder = match kind.trim_end_matches("_LANG") {
            "ARTICLE" => "",
            "DRAFT" => "drafts/",
            "PAGE" => "pages/",
            "DRAFT_PAGE" => "drafts/pages/",
            "CATEGORY" => "category/",
            "TAG" => "tag/",
            "AUTHOR" => "author/",
            _ => return None,
        };
        Some(format!("{folder}{slug}"))
    }

    /// True where the pages of a language are a site of their own below its name (the plugin `i18n_subsites`).
    #[must_use]
    pub fn has_subsite(&self, language: &str) -> bool {
        language != self.language
            && match self.settings.get("I18N_SUBSITES") {
                Some(Value::Object(all)) => all.contains_key(language),
                _ => language.len() == 2 && self.subsites_by_code(),
            }
    }

    /// True where that plugin is used, and code says for which languages.
    #[must_use]
    pub fn subsites_by_code(&self) -> bool {
        match self.settings.get("I18N_SUBSITES") {
            Some(value) => !value.is_object(),
            None => self.loaded_by_code && self.plugins.iter().any(|plugin| plugin.ends_with("i18n_subsites")),
        }
    }

    /// A setting; the site of a language may have its own.
    fn get(&self, subsite: Option<&str>, key: &str) -> Option<&Value> {
        let own = || self.settings.get("I18N_SUBSITES")?.get(subsite?)?.get(key);
        own().or_else(|| self.settings.get(key))
    }

    /// Any other setting as a list or the values of a dictionary.
    #[must_use]
    pub fn texts(&self, key: &str) -> Option<Vec<String>> {
        match self.settings.get(key)? {
            Value::Object(map) => Some(map.values().filter_map(|value| text(Some(value))).collect()),
            Value::Null => None,
            other => Some(list(Some(other))),
        }
    }

    /// Any other setting that is one text, in the site of a language if one is given.
    #[must_use]
    pub fn string(&self, subsite: Option<&str>, key: &str) -> Option<String> {
        text(self.get(subsite, key))
    }

    /// All settings whose name ends like this, as texts.
    pub fn ending<'c>(&'c self, end: &'c str) -> impl Iterator<Item = &'c str> {
        self.settings.iter().filter(move |(key, _)| key.ends_with(end)).filter_map(|(_, value)| value.as_str())
    }
}

/// The patterns of `IGNORE_FILES`, for names of files and folders.
fn ignored(patterns: Option<&Value>) -> GlobSet {
    let mut all = GlobSetBuilder::new();
    list(patterns).iter().filter_map(|pattern| Glob::new(pattern).ok()).for_each(|glob| {
        all.add(glob);
    });
    all.build().unwrap_or_default()
}

/// `MARKDOWN` (or the older `MD_EXTENSIONS`): what is not given are codehilite, extra and meta.
fn extensions(settings: &Map<String, Value>, plugins: &[String]) -> Extensions {
    let mut out = Extensions::NONE;
    let markdown = settings.get("MARKDOWN").filter(|value| !value.is_null());
    match (markdown, settings.get("MD_EXTENSIONS").filter(|value| !value.is_null())) {
        (Some(options), _) => {
            out.read(options.get("extensions"));
            // What cannot be read may be any.
            if options.get("extensions").is_some_and(Value::is_null) {
                out.add("extra", &Value::Null);
                out.heading_ids = crate::generators::heading_ids::Algorithm::Unknown;
            }
            out.read(options.get("extension_configs"));
        }
        (None, Some(old)) => out.read(Some(old)),
        (None, None) => out.add("extra", &Value::Null),
    }
    out.dialect.foreign_labels |= out.appends;
    // `jinja2content` and what is made after it run Jinja over the whole file; `jinja_filters` only serves templates.
    let runs_jinja = plugins.iter().any(|plugin| plugin.contains("jinja") && !plugin.contains("filter"));
    if runs_jinja || plugins.iter().any(|plugin| plugin.contains("liquid")) {
        out.dialect.templates = Templates::Liquid;
        // `liquid_tags` looks for `{%` alone.
        out.dialect.outputs_are_text = !runs_jinja;
    }
    // `extract_toc`, `extract_headings`, `headerid`: made of the finished page, in their own way.
    let makes_ids = |plugin: &String| ["toc", "heading", "headerid", "anchor"].iter().any(|part| plugin.contains(part));
    if plugins.iter().any(makes_ids) {
        out.heading_ids = crate::generators::heading_ids::Algorithm::Unknown;
    }
    out
}

fn split_address(address: &str) -> (Option<String>, String) {
    let (scheme, rest) = address.split_once("://").unwrap_or(("https", address));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.trim_matches('/');
    (Some(format!("{scheme}://{host}")), if path.is_empty() { String::new() } else { format!("/{path}") })
}
