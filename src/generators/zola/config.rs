//! Zola's configuration as far as it decides what is published where.
//!
//! Source: the page "Configuration" of Zola's documentation, `components/config/src/config/mod.rs`.

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde_json::Value;

use crate::generators::heading_ids::Algorithm;
use crate::generators::slug::slugify;
use crate::generators::values::{flag, list, text};

/// What is done to names that become parts of URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strategy {
    /// Spelt in ASCII.
    #[default]
    On,
    /// Only what file systems refuse is taken out.
    Safe,
    /// Nothing.
    Off,
}

impl Strategy {
    fn named(name: Option<&str>) -> Strategy {
        match name {
            Some("safe") => Strategy::Safe,
            Some("off") => Strategy::Off,
            _ => Strategy::On,
        }
    }

    /// A name as a part of a path.
    #[must_use]
    pub fn path(self, name: &str) -> String {
        match self {
            Strategy::On => slugify(name),
            Strategy::Safe => {
                name.trim_end_matches([' ', '.']).chars().filter(|c| !"<>:\"/\\|?*".contains(*c)).collect()
            }
            Strategy::Off => name.to_owned(),
        }
    }
}

/// The configuration of a Zola site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Scheme and host of `base_url`.
    pub url: Option<String>,
    /// Its path.
    pub base_path: String,
    /// `default_language`: `en` where nothing is said.
    pub language: String,
    /// The configuration says so.
    pub says_language: bool,
    /// The other languages, sorted.
    pub others: Vec<String>,
    /// `theme`.
    pub theme: Option<String>,
    /// `slugify.paths`.
    pub paths: Strategy,
    /// `slugify.paths_keep_dates`.
    pub keep_dates: bool,
    /// Names of all taxonomies as they stand in URLs.
    pub taxonomies: Vec<String>,
    /// Their names as they are written.
    pub declared: Vec<String>,
    /// Terms get slugs, and those of one slug one page.
    pub slugged_terms: bool,
    /// `ignored_content`.
    ignored: GlobSet,
    /// Names of feeds, whether they are on or not.
    pub feeds: Vec<String>,
    /// `compile_sass`.
    pub sass: bool,
    /// How headings get ids.
    pub heading_ids: Algorithm,
}

impl Config {
    /// Reads the file.
    #[must_use]
    pub fn new(value: &Value) -> Config {
        let at = |path: &str| path.split('.').try_fold(value, |value, key| value.get(key));
        let language = text(at("default_language")).unwrap_or_else(|| "en".to_owned());
        let tables = at("languages").and_then(Value::as_object);
        let mut others: Vec<String> =
            tables.into_iter().flat_map(|all| all.keys().cloned()).filter(|code| *code != language).collect();
        // Before 0.14 it was a list of tables.
        let lists = at("languages").and_then(Value::as_array);
        others.extend(lists.into_iter().flatten().filter_map(|one| text(one.get("code"))));
        others.sort_unstable();
        let (url, base_path) = split(&text(at("base_url")).unwrap_or_default());
        let strategy = |key: &str| Strategy::named(text(at(key)).as_deref());
        let root = text(at("taxonomy_root")).map(|root| format!("{}/", root.trim_matches('/'))).unwrap_or_default();
        let own = tables.into_iter().flat_map(|all| all.values()).filter_map(|one| one.get("taxonomies"));
        let names = at("taxonomies").into_iter().chain(own).filter_map(Value::as_array).flatten();
        let declared: Vec<String> = names.filter_map(|one| text(one.get("name"))).collect();
        let style = strategy("slugify.taxonomies");
        let taxonomies = declared.iter().map(|name| root.clone() + &style.path(name));
        let mut feeds = list(at("feed_filenames"));
        feeds.extend(text(at("feed_filename")));
        if feeds.is_empty() {
            feeds = vec!["atom.xml".to_owned(), "rss.xml".to_owned()];
        }
        Config {
            says_language: at("default_language").is_some(),
            url,
            base_path,
            others,
            theme: text(at("theme")),
            paths: strategy("slugify.paths"),
            keep_dates: flag(at("slugify.paths_keep_dates")).unwrap_or(false),
            taxonomies: taxonomies.collect(),
            declared,
            slugged_terms: matches!(style, Strategy::On),
            ignored: globs(&list(at("ignored_content"))),
            feeds,
            sass: flag(at("compile_sass")).unwrap_or(false),
            heading_ids: match strategy("slugify.anchors") {
                Strategy::On => Algorithm::Zola,
                Strategy::Safe | Strategy::Off => Algorithm::ZolaUnslugged,
            },
            language,
        }
    }

    /// True for a file (relative to the site's root) that `ignored_content` takes out. Zola compares whole paths.
    #[must_use]
    pub fn ignores(&self, path: &str) -> bool {
        !self.ignored.is_empty() && self.ignored.is_match(format!("/site/{path}"))
    }

    /// What stands before the paths of a language: `fr/` or nothing.
    #[must_use]
    pub fn prefix(&self, language: &str) -> String {
        if language == self.language { String::new() } else { format!("{language}/") }
    }
}

fn globs(patterns: &[String]) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for glob in patterns.iter().filter_map(|pattern| Glob::new(pattern).ok()) {
        builder.add(glob);
    }
    builder.build().unwrap_or_default()
}

/// `https://a.example/docs/` → (`https://a.example`, `/docs`).
fn split(base: &str) -> (Option<String>, String) {
    let Some((scheme, rest)) = base.split_once("://") else {
        return (None, format!("/{}", base.trim_matches('/')).trim_end_matches('/').to_owned());
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.trim_matches('/');
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    (Some(format!("{scheme}://{host}")).filter(|_| !host.is_empty()), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_zolas_own_tests_expect() {
        for (name, safe, off) in [
            ("test ", "test", "test "),
            ("dot. ", "dot", "dot. "),
            ("日本", "日本", "日本"),
            ("test (hey)", "test (hey)", "test (hey)"),
            ("a/b: c?", "ab c", "a/b: c?"),
        ] {
            assert_eq!(Strategy::Safe.path(name), safe);
            assert_eq!(Strategy::Off.path(name), off);
        }
    }
}
