//! Cecil's configuration as far as it decides what is published where.

use serde_json::Value;

use crate::generators::values::{flag, text};

/// A pattern for the pages of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The section, as a slug.
    pub section: String,
    /// The language that it is for, where it says so.
    pub language: Option<String>,
    /// `:year/:month/:day/:slug`
    pub path: String,
}

/// The configuration of a Cecil site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Scheme and host of `baseurl`.
    pub url: Option<String>,
    /// Its path.
    pub base_path: String,
    /// The main language.
    pub language: String,
    /// Whether the main language has a folder too.
    pub prefix: bool,
    /// All languages.
    pub languages: Vec<String>,
    /// The folder of pages.
    pub pages: String,
    /// `pages.body.links.embed`.
    pub embeds: bool,
    /// `pages.paths`.
    pub patterns: Vec<Pattern>,
    /// Names of vocabularies in the plural, as they stand in URLs.
    pub vocabularies: Vec<String>,
}

impl Config {
    /// Reads the file.
    #[must_use]
    pub fn new(value: &Value) -> Config {
        let at = |path: &str| path.split('.').try_fold(value, |value, key| value.get(key));
        let base = text(at("baseurl")).unwrap_or_default();
        let (url, base_path) = match base.split_once("://") {
            Some((scheme, rest)) => {
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                (Some(format!("{scheme}://{host}")), path)
            }
            None => (None, base.as_str()),
        };
        let base_path = base_path.trim_matches('/');
        let language = text(at("language")).or_else(|| text(at("language.code"))).unwrap_or_else(|| "en".to_owned());
        let codes = at("languages").and_then(Value::as_array).into_iter().flatten();
        let enabled = codes.filter(|one| flag(one.get("enabled")) != Some(false));
        let languages: Vec<String> = enabled.filter_map(|one| text(one.get("code"))).collect();
        let paths = at("pages.paths").and_then(Value::as_array).into_iter().flatten();
        let patterns = paths.filter_map(|one| {
            Some(Pattern {
                section: super::paths::slugify(&text(one.get("section"))?),
                language: text(one.get("language")),
                path: text(one.get("path"))?,
            })
        });
        let vocabularies = at("taxonomies").and_then(Value::as_object);
        Config {
            url,
            base_path: if base_path.is_empty() { String::new() } else { format!("/{base_path}") },
            language,
            prefix: flag(at("language.prefix")).unwrap_or(false),
            languages,
            pages: text(at("pages.dir")).unwrap_or_else(|| "pages".to_owned()),
            embeds: flag(at("pages.body.links.embed").filter(|value| !value.is_object()))
                .or_else(|| flag(at("pages.body.links.embed.enabled")))
                .unwrap_or(false),
            patterns: patterns.collect(),
            vocabularies: vocabularies
                .into_iter()
                .flat_map(|all| all.keys())
                .map(|name| super::paths::slugify(name))
                .collect(),
        }
    }
}
