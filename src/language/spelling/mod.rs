//! Known misspellings, and which words are words, for the few texts that stand in every list, feed and search result.
//!
//! ```text
//! words.rs  the words of a text that may be judged ─► typos: is it a known slip, and in which languages a word?
//! filter.rs a set of words in little space             names.rs: how products and techniques write themselves
//! slip.rs   what a slip proves of what was meant
//! ```
//!
//! A full dictionary was measured and refused: of what it called misspelt in real titles, 2 to 3 in 100 was. What is left
//! is a list of slips that people make, each with its one correction, minus what is a word in one of five languages.
//! Nothing is parsed at start: the list is searched where it lies in the program. `rules/data/language/SOURCES.md` says
//! what it is made from.

mod filter;
mod names;
mod slip;
pub mod words;

pub use filter::{Filter, fold};
pub use names::{Name, has_inner_capital, is_name, is_name_without_points, name};
pub use slip::{is_near, is_slip, is_sure, others};

use super::Language;

/// One slip a line, sorted: the slip, its correction, languages in which the slip is a word.
const TYPOS: &str = include_str!("../../../rules/data/language/typos.tsv");
/// All slips of [`TYPOS`]: most words are none, and the filter says so ten times faster.
const ANY_TYPO: Filter<'_> = Filter::new(include_bytes!("../../../rules/data/language/typos.words"));
const ENGLISH: Filter<'_> = Filter::new(include_bytes!("../../../rules/data/language/en.words"));
const FRENCH: Filter<'_> = Filter::new(include_bytes!("../../../rules/data/language/fr.words"));

/// Languages whose words were compared with the list: in others a slip may be a word without our knowing.
const COMPARED: [&str; 5] = ["en", "es", "fr", "nl", "pt"];
/// The shortest slip in the list; shorter ones are too often names and abbreviations.
pub const SHORTEST: usize = 5;
/// No slip is longer.
const LONGEST: usize = 40;

/// A word that the list knows as a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typo {
    /// What was meant, in lower case.
    pub correction: &'static str,
    word_in: &'static str,
}

impl Typo {
    /// True where it is a slip in this language: one whose words are known. A word of any of the languages is none in the
    /// others either: titles quote, and the talk of a Spanish guest keeps its Spanish name on an English site.
    #[must_use]
    pub fn counts_in(&self, language: Language) -> bool {
        // Most corrections are English. They say what was meant in another language only where they are words, or names,
        // there too.
        let known = || match is_word(self.correction, language) {
            Some(known) => known || is_name(self.correction),
            None => is_name(self.correction),
        };
        COMPARED.contains(&language.as_str()) && self.word_in.is_empty() && (language == Language::ENGLISH || known())
    }
}

/// Looks a word up, whatever its capitals and the language it stands in.
#[must_use]
pub fn typo(word: &str) -> Option<Typo> {
    let mut buffer = [0; LONGEST];
    let lower = buffer.get_mut(..word.len()).filter(|lower| lower.len() >= SHORTEST)?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let lower = std::str::from_utf8(lower).ok()?;
    if !ANY_TYPO.contains(lower) {
        return None;
    }
    let (mut low, mut high) = (0, TYPOS.len());
    while low < high {
        let middle = (low + high) / 2;
        let start = TYPOS.get(low..)?.get(..middle - low)?.rfind('\n').map_or(low, |at| low + at + 1);
        let line = TYPOS.get(start..)?.split('\n').next()?;
        let mut columns = line.split('\t');
        match columns.next()?.cmp(lower) {
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
            std::cmp::Ordering::Equal => {
                let correction = columns.next()?;
                // `maintainably` is no slip of `maintainability`.
                let adjective = lower.strip_suffix("bly").map(|stem| format!("{stem}ble"));
                if adjective.is_some_and(|word| ENGLISH.contains(&word)) {
                    return None;
                }
                // `delegative` is no slip of `delegate`.
                if slip::is_rare_form(lower, correction) || slip::is_of_another_english(lower, correction) {
                    return None;
                }
                // `lookin` for `looking` is how somebody speaks.
                if lower.ends_with("in") && correction.strip_suffix('g') == Some(lower) {
                    return None;
                }
                return Some(Typo { correction, word_in: columns.next().unwrap_or_default() });
            }
        }
    }
    None
}

/// False when no word of the text is a known slip. One look at its bytes: nearly every text has none, and needs not be
/// taken apart as [`words::words`] does.
#[must_use]
pub fn may_hold_typo(text: &str) -> bool {
    let words = text.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
    words.filter(|word| (SHORTEST..=LONGEST).contains(&word.len())).any(|word| ANY_TYPO.contains_in_any_case(word))
}

/// False when [`words::possible_names`] has no name in other capitals.
#[must_use]
pub fn may_hold_name(text: &str) -> bool {
    let parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
    parts.map(|part| part.trim_matches('.')).any(|part| name(part).is_some())
}

/// What was meant by a known slip in a text of this language, in lower case.
#[must_use]
pub fn correction(word: &str, language: Language) -> Option<&'static str> {
    typo(word).filter(|typo| typo.counts_in(language)).map(|typo| typo.correction)
}

/// Whether a word of four or more letters is one of this language; nothing where its words are not known, or the word is
/// too short to say. Yes is wrong once in a hundred times; no never is for a word of the list.
#[must_use]
pub fn is_word(word: &str, language: Language) -> Option<bool> {
    let filter = match language.as_str() {
        "en" => ENGLISH,
        "fr" => FRENCH,
        _ => return None,
    };
    let folded = fold(word);
    (folded.chars().count() >= 4).then(|| filter.contains(&folded))
}

/// The correction in the capitals of the word that it replaces.
#[must_use]
pub fn in_case_of(word: &str, correction: &str) -> String {
    let mut letters = correction.chars();
    match letters.next() {
        Some(first) if word.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => correction.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn language(tag: &str) -> Language {
        Language::from_tag(tag).unwrap()
    }

    #[test]
    fn a_slip_has_its_correction() {
        let english = Language::ENGLISH;
        for (slip, right) in [
            ("individal", "individual"),
            ("Aquisition", "acquisition"),
            ("pyhton", "python"),
            ("organizaiton", "organization"),
        ] {
            assert_eq!(correction(slip, english), Some(right));
        }
        for word in
            ["", "the", "individual", "été", "colour", "zzzzzzzz", "a-very-long-word-that-no-list-of-slips-has-in-it"]
        {
            assert_eq!(correction(word, english), None, "{word}");
        }
        assert_eq!(correction("delegative", english), None);
        assert_eq!(correction("maintainably", english), None);
        assert_eq!(in_case_of("Aquisition", "acquisition"), "Acquisition");
    }

    #[test]
    fn words_of_the_language_are_no_slips() {
        for (word, tag) in
            [("groupe", "fr"), ("exemple", "fr"), ("langage", "fr"), ("futur", "fr"), ("automatico", "es")]
        {
            assert_eq!(correction(word, language(tag)), None, "{word}");
        }
        assert_eq!(correction("exemple", Language::ENGLISH), None, "a French name in an English text");
        assert_eq!(correction("pyhton", language("de")), None, "no word list of German protects its words");
        assert_eq!(correction("pyhton", language("pt-BR")), None, "nor says what was meant in Portuguese");
    }

    #[test]
    fn word_lists_know_words() {
        let french = language("fr");
        for word in ["conference", "conférences", "Développement", "oeuvre", "bénévoles"] {
            assert_eq!(is_word(word, french), Some(true), "{word}");
        }
        for word in ["website", "colour", "modelling", "organisation", "rails", "favourites"] {
            assert_eq!(is_word(word, Language::ENGLISH), Some(true), "{word}");
        }
        assert_eq!(is_word("spekeuses", french), Some(false));
        assert_eq!(is_word("pyhton", Language::ENGLISH), Some(false));
        assert_eq!((is_word("abc", french), is_word("wort", language("de"))), (None, None));
    }

    proptest! {
        #[test]
        fn a_quick_look_misses_nothing(
            text in "((individal|Aquisition|[Gg]ithub|node\\.JS|.{0,3}|[a-z]{1,9}|été)[ .,:'’`é과(-]{0,2}){0,6}"
        ) {
            let typos = words::words(&text).any(|(_, word)| typo(word).is_some());
            prop_assert!(!typos || may_hold_typo(&text));
            let names = words::possible_names(&text).any(|(_, word)| name(word).is_some());
            prop_assert!(!names || may_hold_name(&text));
        }
    }

    #[test]
    fn the_list_is_sorted_and_well_formed() {
        let mut before = "";
        for line in TYPOS.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let (slip, right) = (columns[0], columns[1]);
            assert!(before < slip, "{before} {slip}");
            assert!(slip.len() >= SHORTEST && slip.len() <= LONGEST && slip.bytes().all(|b| b.is_ascii_lowercase()));
            assert!(!right.is_empty() && !right.contains(' ') && columns.len() <= 3, "{line}");
            assert!(ANY_TYPO.contains(slip));
            before = slip;
        }
        assert_eq!(typo("individal").map(|typo| typo.correction), Some("individual"));
        let ends = [TYPOS.lines().next(), TYPOS.lines().last()].map(|line| line.unwrap().split('\t').next().unwrap());
        assert!(ends.iter().all(|slip| typo(slip).is_some()), "the first and the last line are found too");
    }
}
