//! The i18n plugin: languages as folders (`fr/page.md`) or as suffixes (`page.fr.md`).
//!
//! Source: mkdocs-static-i18n 1 `suffix.py`, `folder.py`.

use serde_json::Value;

use crate::discover::{file_name, join, parent};
use crate::generators::values::{flag, text};

/// What the plugin is told.
#[derive(Debug, Clone)]
pub struct Languages {
    /// Languages are folders; else they are suffixes.
    pub folders: bool,
    /// The language at the site's root.
    pub default: String,
    /// All languages that are built, the default too.
    pub built: Vec<String>,
    /// Pages without a translation are shown in the default language.
    pub fallback: bool,
    /// The plugin is one before 1.0: each language has a folder of all pages and files, the default one too.
    pub complete: bool,
    all: Vec<String>,
}

impl Languages {
    /// Reads the plugin's options; nothing when they name no default language.
    pub fn new(options: &Value) -> Option<Languages> {
        let mut languages = Languages {
            folders: text(options.get("docs_structure")).is_some_and(|structure| structure == "folder"),
            default: String::new(),
            built: Vec::new(),
            fallback: flag(options.get("fallback_to_default")).unwrap_or(true),
            complete: false,
            all: Vec::new(),
        };
        // `languages: {en: English, fr: {name: Français, build: false}}`, before 1.0.
        if let Some(Value::Object(items)) = options.get("languages") {
            let is_built = |options: &Value| flag(options.get("build")).unwrap_or(true);
            languages.default = text(options.get("default_language"))?;
            languages.all = items.keys().filter(|name| *name != "default").cloned().collect();
            languages.built =
                languages.all.iter().filter(|name| items.get(*name).is_none_or(is_built)).cloned().collect();
            (languages.fallback, languages.complete) = (true, true);
            return Some(languages);
        }
        let Some(Value::Array(items)) = options.get("languages") else { return None };
        for item in items {
            let Some(locale) = text(item.get("locale")) else { continue };
            if flag(item.get("build")).unwrap_or(true) {
                languages.built.push(locale.clone());
            }
            if flag(item.get("default")).unwrap_or(false) {
                languages.default.clone_from(&locale);
            }
            languages.all.push(locale);
        }
        (!languages.default.is_empty()).then_some(languages)
    }

    /// The language that a path (below the docs folder) declares, and the path without it.
    #[must_use]
    pub fn of<'p>(&self, path: &'p str) -> (Option<&'p str>, String) {
        if self.folders {
            return match path.split_once('/') {
                Some((first, rest)) if self.is_language(first) => (Some(first), rest.to_owned()),
                _ => (None, path.to_owned()),
            };
        }
        let name = file_name(path);
        let parts = name.rsplit_once('.').and_then(|(stem, extension)| Some((stem.rsplit_once('.')?, extension)));
        match parts {
            Some(((stem, language), extension)) if self.is_language(language) => {
                (Some(language), join(parent(path), &format!("{stem}.{extension}")))
            }
            _ => (None, path.to_owned()),
        }
    }

    /// A configured language, or what the plugin takes for one: `fr`, `pt-BR`, `zh-Hant`.
    fn is_language(&self, word: &str) -> bool {
        let (language, region) = word.split_once(['-', '_']).unwrap_or((word, "BR"));
        let looks = language.len() == 2
            && language.bytes().all(|b| b.is_ascii_lowercase())
            && (2..=4).contains(&region.len())
            && region.starts_with(|c: char| c.is_ascii_uppercase());
        looks || self.all.iter().any(|known| known == word)
    }

    /// The path in the default language's terms and where it lands: `fr/page.md` → `fr/page.md`, `en/page.md` →
    /// `page.md`. Nothing when its language is not built.
    #[must_use]
    pub fn published(&self, path: &str) -> Option<String> {
        let (language, bare) = self.of(path);
        match language {
            None => Some(bare),
            Some(language) if language == self.default => Some(bare),
            Some(language) if self.built.iter().any(|built| built == language) => Some(join(language, &bare)),
            Some(_) => None,
        }
    }

    /// Paths that a path may mean for a page of this language, the best first.
    #[must_use]
    pub fn candidates(&self, path: &str, language: &str) -> Vec<String> {
        let (own, bare) = self.of(path);
        // A file with a suffix is that file: nothing stands in for `a.fr.md`.
        if own.is_some() && !self.folders {
            return vec![path.to_owned()];
        }
        let languages = [own.unwrap_or(language), language, &self.default];
        let mut found: Vec<String> = languages.iter().map(|language| self.named(&bare, language)).collect();
        found.insert(usize::from(own.is_none()), path.to_owned());
        found.push(bare);
        found
    }

    /// The path of a file in a language.
    #[must_use]
    pub fn named(&self, bare: &str, language: &str) -> String {
        if self.folders {
            return join(language, bare);
        }
        let name = file_name(bare);
        match name.rsplit_once('.') {
            Some((stem, extension)) => join(parent(bare), &format!("{stem}.{language}.{extension}")),
            None => bare.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(structure: &str) -> Languages {
        let options = serde_json::json!({"docs_structure": structure, "languages": [
            {"locale": "en", "default": true}, {"locale": "fr"}, {"locale": "de", "build": false}]});
        Languages::new(&options).unwrap()
    }

    #[test]
    fn paths_tell_their_language() {
        let suffix = languages("suffix");
        assert_eq!(suffix.published("a/page.fr.md").as_deref(), Some("fr/a/page.md"));
        assert_eq!(suffix.published("page.en.md").as_deref(), Some("page.md"));
        assert_eq!(suffix.published("jquery.min.js").as_deref(), Some("jquery.min.js"));
        assert_eq!(suffix.published("page.de.md"), None);
        let folder = languages("folder");
        assert_eq!(folder.published("fr/page.md").as_deref(), Some("fr/page.md"));
        assert_eq!(folder.published("en/page.md").as_deref(), Some("page.md"));
        assert_eq!(folder.published("assets/a.png").as_deref(), Some("assets/a.png"));
        assert!(folder.candidates("fr/b.md", "fr").contains(&"en/b.md".to_owned()));
        assert!(suffix.candidates("b.md", "fr").contains(&"b.fr.md".to_owned()));
    }
}
