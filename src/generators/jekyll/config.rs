//! `_config.yml` as far as it decides what is published where.
//!
//! Source: jekyll 4.3 `lib/jekyll/configuration.rb` (defaults) and the page "Configuration Options".

use serde_json::Value;

use super::defaults::Defaults;
use super::urls::{style, unknown_placeholder};
use crate::generators::values::{flag, list, text};

/// What `exclude:` is added to.
const EXCLUDED: [&str; 10] = [
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// One collection; posts are one too.
#[derive(Debug, Clone)]
pub struct Collection {
    /// Its name: `posts`, `authors` …
    pub label: String,
    /// True when its documents get pages.
    pub output: bool,
    /// Its own permalink template.
    pub permalink: Option<String>,
}

/// The configuration of a Jekyll site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the sources, relative to the configuration; usually empty.
    pub source: String,
    /// `collections_dir`, relative to the source.
    pub collections_dir: String,
    /// Where the site is written to.
    pub destination: String,
    /// `url`.
    pub url: Option<String>,
    /// `baseurl` without a slash at its end.
    pub baseurl: String,
    /// Site-wide permalink style or template.
    pub permalink: String,
    /// The collections, posts first.
    pub collections: Vec<Collection>,
    /// Extensions of Markdown files, without dots.
    pub markdown: Vec<String>,
    /// Globs of `include`.
    pub include: Vec<String>,
    /// Globs of `exclude` with Jekyll's own.
    pub exclude: Vec<String>,
    /// Front matter defaults.
    pub defaults: Defaults,
    /// Publish posts of the future.
    pub future: bool,
    /// Publish what says `published: false`.
    pub unpublished: bool,
    /// Publish drafts.
    pub drafts: bool,
    /// Kramdown renders the pages, as it does unless `markdown` names something else.
    pub kramdown: bool,
    /// Redcarpet renders the pages.
    pub redcarpet: bool,
    /// It gives headings ids.
    pub redcarpet_ids: bool,
    /// `kramdown: {input: …}`: GFM unless said otherwise, from Jekyll 3 on.
    pub input: Option<String>,
    /// Whether headings get ids.
    pub auto_ids: bool,
    /// `readme_index.with_frontmatter`.
    pub readmes_with_front_matter: bool,
    /// The language that the site says it is in.
    pub language: Option<String>,
    /// Languages of multilingual plugins (polyglot, jekyll-multiple-languages).
    pub languages: Vec<String>,
    /// Names of plugins.
    pub plugins: Vec<String>,
    /// Plugins of the site's own, which may give pages values that no file says.
    pub own_code: bool,
    /// The site takes layouts and assets from a theme that is not in the repository.
    pub theme: bool,
    /// Its name.
    pub theme_name: Option<String>,
    /// Pictures are taken from another host (`cdn`, a key of the theme Chirpy).
    pub cdn: bool,
    /// `paginate_path`.
    pub paginate_path: String,
    /// `timezone`.
    pub timezone: Option<String>,
    /// `excerpt_separator`.
    pub excerpt_separator: Option<String>,
    /// `layouts_dir`, `includes_dir`, `data_dir`, `plugins_dir`.
    pub layouts_dir: String,
    /// Folder of data files.
    pub data_dir: String,
    /// Folders of Ruby code.
    pub plugins_dirs: Vec<String>,
    /// `category_dir`, where Octopress's plugin puts its pages of categories.
    pub category_dir: String,
}

impl Config {
    /// The first placeholder of the site's or a collection's permalinks that Jekyll does not know.
    #[must_use]
    pub fn unknown_placeholder(&self) -> Option<&str> {
        let own = self.collections.iter().filter(|collection| collection.output);
        let all = own.filter_map(|collection| collection.permalink.as_deref());
        std::iter::once(self.permalink.as_str()).chain(all).find_map(|template| unknown_placeholder(style(template)))
    }

    /// Reads the values; whatever is of an unexpected type counts as absent, as Jekyll mostly does.
    #[must_use]
    pub fn new(value: &Value) -> Config {
        let string = |key: &str| text(value.get(key));
        let own = |key: &str, default: &str| string(key).unwrap_or_else(|| default.to_owned());
        let folder = |key: &str, default: &str| own(key, default).trim_matches(['.', '/']).to_owned();
        let permalink = own("permalink", "date");
        let mut plugins = list(value.get("plugins"));
        plugins.extend(list(value.get("gems")));
        let mut exclude: Vec<String> = list(value.get("exclude"));
        exclude.extend(EXCLUDED.map(str::to_owned));
        let named = |program: &str| string("markdown").is_some_and(|name| name.eq_ignore_ascii_case(program));
        let kramdown = |key: &str| value.get("kramdown").and_then(|k| k.get(key));
        Config {
            source: folder("source", ""),
            collections_dir: folder("collections_dir", ""),
            destination: folder("destination", "_site"),
            url: string("url").filter(|url| !url.is_empty()).map(|url| url.trim_end_matches('/').to_owned()),
            // Octopress, which has folders for categories and code of its own, calls it `root`.
            baseurl: match string("baseurl")
                .or_else(|| string("root").filter(|_| value.get("category_dir").is_some()))
                .as_deref()
                .map(|b| b.trim_matches('/'))
            {
                None | Some("") => String::new(),
                Some(base) => format!("/{base}"),
            },
            collections: collections(value.get("collections"), &permalink),
            permalink,
            markdown: own("markdown_ext", "markdown,mkdown,mkdn,mkd,md")
                .split(',')
                .map(|ext| ext.trim().trim_start_matches('.').to_ascii_lowercase())
                .collect(),
            include: list(value.get("include")),
            exclude,
            defaults: Defaults::new(value.get("defaults")),
            future: flag(value.get("future")).unwrap_or(false),
            unpublished: flag(value.get("unpublished")).unwrap_or(false),
            drafts: flag(value.get("show_drafts")).unwrap_or(false),
            kramdown: string("markdown").is_none() || named("kramdown"),
            redcarpet: named("redcarpet"),
            redcarpet_ids: named("redcarpet")
                && list(value.get("redcarpet").and_then(|r| r.get("extensions"))).iter().any(|e| e == "with_toc_data"),
            input: text(kramdown("input")),
            auto_ids: flag(kramdown("auto_ids")).unwrap_or(true),
            readmes_with_front_matter: flag(value.pointer("/readme_index/with_frontmatter")).unwrap_or(false),
            language: ["lang", "locale", "language", "default_lang"].iter().find_map(|key| string(key)),
            languages: list(value.get("languages")),
            plugins,
            own_code: false,
            // Before Jekyll 3 `plugins` was the folder.
            plugins_dirs: match (list(value.get("plugins_dir")), value.get("plugins").and_then(Value::as_str)) {
                (own, Some(old)) => own.into_iter().chain(["_plugins".to_owned(), old.to_owned()]).collect(),
                (own, None) if own.is_empty() => vec!["_plugins".to_owned()],
                (own, None) => own,
            }
            .iter()
            .map(|path| path.trim_start_matches("./").trim_matches('/').to_owned())
            .filter(|path| !path.is_empty())
            .collect(),
            category_dir: folder("category_dir", "categories"),
            theme: value.get("theme").is_some_and(|t| !t.is_null()) || value.get("remote_theme").is_some(),
            theme_name: string("theme").or_else(|| string("remote_theme")),
            cdn: string("cdn").or_else(|| string("img_cdn")).is_some_and(|host| !host.is_empty()),
            paginate_path: own("paginate_path", "/page:num/"),
            timezone: string("timezone"),
            excerpt_separator: string("excerpt_separator"),
            layouts_dir: folder("layouts_dir", "_layouts"),
            data_dir: folder("data_dir", "_data"),
        }
    }

    /// True when the plugin is named in the configuration.
    #[must_use]
    pub fn plugin(&self, name: &str) -> bool {
        self.plugins.iter().any(|plugin| plugin == name)
    }

    /// The collection of that label.
    #[must_use]
    pub fn collection(&self, label: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.label == label)
    }
}

fn collections(value: Option<&Value>, permalink: &str) -> Vec<Collection> {
    let mut all = vec![Collection {
        label: "posts".to_owned(),
        output: true,
        permalink: Some(super::urls::style(permalink).to_owned()),
    }];
    match value {
        Some(Value::Array(labels)) => {
            for label in labels.iter().filter_map(Value::as_str).filter(|label| *label != "posts") {
                all.push(Collection { label: label.to_owned(), output: false, permalink: None });
            }
        }
        Some(Value::Object(map)) => {
            for (label, options) in map {
                let own = text(options.get("permalink")).map(|p| super::urls::style(&p).to_owned());
                if label == "posts" {
                    if let (Some(posts), Some(own)) = (all.first_mut(), own) {
                        posts.permalink = Some(own);
                    }
                    continue;
                }
                let output = flag(options.get("output")).unwrap_or(false);
                all.push(Collection { label: label.clone(), output, permalink: own });
            }
        }
        _ => {}
    }
    all
}
