//! Names of languages: for messages (`reads as English`), and for writers who put `lang: French` where a code belongs.

use std::sync::OnceLock;

use super::Language;
use crate::hash::Map;

/// One language of the list.
pub(super) struct Entry {
    /// Two letters.
    pub code: &'static str,
    /// Three-letter codes of the same language.
    pub three: Vec<&'static str>,
    english: Vec<&'static str>,
    own: Vec<&'static str>,
}

/// The list, in the order of the codes.
pub(super) fn entries() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    static FILE: &str = include_str!("../../rules/data/language/languages.tsv");
    ENTRIES.get_or_init(|| FILE.lines().filter(|line| !line.starts_with('#')).filter_map(entry).collect())
}

fn entry(line: &'static str) -> Option<Entry> {
    let mut columns = line.split('\t');
    let code = columns.next().filter(|code| code.len() == 2)?;
    let mut list = || columns.next().unwrap_or_default().split(',').filter(|part| !part.is_empty()).collect();
    Some(Entry { code, three: list(), english: list(), own: list() })
}

/// The entry of a two-letter code.
pub(super) fn by_code(code: &str) -> Option<&'static Entry> {
    let list = entries();
    list.binary_search_by_key(&code, |entry| entry.code).ok().and_then(|place| list.get(place))
}

/// The English name of a language: `French` for `fr`; `None` for one that has only a three-letter code.
#[must_use]
pub fn english_name(language: Language) -> Option<&'static str> {
    by_code(language.as_str())?.english.first().copied()
}

/// The language with this English or own name, whatever the capitals: `French`, `français`, `Español`.
#[must_use]
pub fn from_name(name: &str) -> Option<Language> {
    static NAMES: OnceLock<Map<String, &'static str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let each = |entry: &'static Entry| {
            entry.english.iter().chain(&entry.own).map(|name| (name.to_lowercase(), entry.code))
        };
        // Of two languages of one name the first of the list is meant.
        entries().iter().rev().flat_map(each).collect()
    });
    Language::from_tag(names.get(&name.trim().to_lowercase())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_whole() {
        assert_eq!(entries().len(), 184);
        assert!(entries().is_sorted_by(|one, other| one.code < other.code));
        assert!(
            entries().iter().all(|entry| !entry.english.is_empty() && entry.three.iter().all(|code| code.len() == 3))
        );
    }

    #[test]
    fn names_lead_to_languages_and_back() {
        for (name, code) in
            [("French", "fr"), ("FRANÇAIS", "fr"), ("Español", "es"), ("русский", "ru"), ("日本語", "ja")]
        {
            assert_eq!(from_name(name).map(|language| language.to_string()).as_deref(), Some(code), "{name}");
        }
        assert_eq!(from_name("Klingon"), None);
        assert_eq!(from_name(""), None);
        assert_eq!(Language::from_tag("pt-BR").and_then(english_name), Some("Portuguese"));
        assert_eq!(Language::from_tag("tlh").and_then(english_name), None);
    }
}
