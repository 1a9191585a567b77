//! The languages of a configuration, each with its own addresses.

use std::collections::BTreeMap;

use serde_json::Value;

use super::permalinks::Kind;
use crate::generators::values::{flag, list, text};

/// One language of the site.
#[derive(Debug, Clone)]
pub struct Language {
    /// Its key, lower case: what file names and URLs say.
    pub key: String,
    /// Its tag, where it differs from the key.
    pub tag: String,
    /// Its permalinks.
    pub permalinks: Permalinks,
}

/// Patterns by kind of page and section.
#[derive(Debug, Clone, Default)]
pub struct Permalinks(BTreeMap<(Kind, String), String>);

impl Permalinks {
    /// The pattern for a page of this kind in this section.
    #[must_use]
    pub fn get(&self, kind: Kind, section: &str) -> Option<&str> {
        self.0.get(&(kind, section.to_lowercase())).map(String::as_str)
    }

    fn new(value: Option<&Value>) -> Permalinks {
        let mut all = BTreeMap::new();
        for (name, value) in value.and_then(Value::as_object).into_iter().flatten() {
            match (Kind::named(name), value) {
                (Some(kind), Value::Object(sections)) => {
                    for (section, pattern) in sections {
                        all.extend(text(Some(pattern)).map(|pattern| ((kind, section.to_lowercase()), pattern)));
                    }
                }
                (_, Value::String(pattern)) => {
                    let section = name.trim_matches('/').to_lowercase();
                    all.insert((Kind::Page, section.clone()), pattern.clone());
                    all.insert((Kind::Term, section), pattern.clone());
                }
                _ => {}
            }
        }
        Permalinks(all)
    }
}

/// The languages of a configuration that are published; at least one.
#[must_use]
pub fn languages(value: &Value, default: &str) -> Vec<Language> {
    let permalinks = |own: Option<&Value>| Permalinks::new(own.or_else(|| value.get("permalinks")));
    let off = disabled_languages(value);
    let mut all = Vec::new();
    for (key, language) in value.get("languages").and_then(Value::as_object).into_iter().flatten() {
        if off.iter().any(|name| name.eq_ignore_ascii_case(key)) {
            continue;
        }
        let tag = ["locale", "languagecode"].iter().find_map(|name| text(language.get(name)));
        all.push(Language {
            key: key.to_lowercase(),
            tag: tag.unwrap_or_else(|| key.clone()),
            permalinks: permalinks(language.get("permalinks")),
        });
    }
    if all.is_empty() {
        let tag = ["locale", "languagecode"].iter().find_map(|name| text(value.get(name)));
        let tag = tag.unwrap_or_else(|| default.to_owned());
        all.push(Language { key: default.to_owned(), tag, permalinks: permalinks(None) });
    }
    all
}

/// Keys of those that are not.
#[must_use]
pub fn disabled_languages(value: &Value) -> Vec<String> {
    let languages = value.get("languages").and_then(Value::as_object).into_iter().flatten();
    let own =
        languages.filter(|(_, language)| flag(language.get("disabled")) == Some(true)).map(|(key, _)| key.clone());
    list(value.get("disablelanguages")).into_iter().chain(own).collect()
}
