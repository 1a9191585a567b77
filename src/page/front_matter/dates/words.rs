//! Names of months and weekdays: what people write in a date and, in other languages than English, no generator reads.

use crate::hash::Map;
use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const NUMBERS: [&str; 12] = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"];

/// A month that was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    /// `01` to `12`.
    pub number: &'static str,
    /// Who understands the name.
    pub name: Name,
}

/// In what language a month is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// In English.
    English,
    /// In another one, with the three letters at its start by which Ruby knows the English name.
    LikeEnglish,
    /// In another one.
    Foreign,
}

/// The month of that name.
pub(super) fn month(word: &str) -> Option<Month> {
    if let Some(at) = abbreviates(word, &ENGLISH) {
        return Some(Month { number: NUMBERS.get(at)?, name: Name::English });
    }
    let at = usize::from(*words().months.get(&plain(word))?);
    let written = word.to_lowercase();
    let like = ENGLISH.get(at).and_then(|name| name.get(..3)).is_some_and(|start| written.starts_with(start));
    Some(Month { number: NUMBERS.get(at)?, name: if like { Name::LikeEnglish } else { Name::Foreign } })
}

/// The number of the month with whose English name's first three letters a word begins: all that Ruby looks at.
pub(super) fn starts_like_month(word: &str) -> Option<i8> {
    let start = word.get(..3)?;
    let is_it = |name: &str| name.get(..3).is_some_and(|month| month.eq_ignore_ascii_case(start));
    (1..).zip(ENGLISH).find_map(|(number, name)| is_it(name).then_some(number))
}

/// True for the name of a weekday.
pub(super) fn is_weekday(word: &str) -> bool {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    abbreviates(word, &names).is_some() || words().weekdays.contains(&plain(word))
}

/// `de`, `of`: what may stand before a month or a year.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(word, "de" | "del" | "di" | "of" | "d" | "DE")
}

fn abbreviates(word: &str, names: &[&str]) -> Option<usize> {
    let lower = word.to_ascii_lowercase();
    if lower.len() < 3 {
        return None;
    }
    names.iter().copied().position(|name| name == lower || (lower.len() <= 4 && name.starts_with(&lower)))
}

#[derive(Default)]
struct Words {
    months: Map<String, u8>,
    weekdays: Vec<String>,
}

#[derive(Deserialize)]
struct OfLanguage {
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words::default();
        for language in crate::data::read::<Vec<OfLanguage>>("months") {
            for (number, names) in (0..12).zip(&language.months) {
                words.months.extend(names.iter().map(|name| (plain(name), number)));
            }
            words.weekdays.extend(language.weekdays.iter().map(|name| plain(name)));
        }
        words
    })
}

/// Without accents and capitals.
fn plain(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_that_of_two_months() {
        let mut known: Map<String, usize> = Map::default();
        let languages = crate::data::read::<Vec<OfLanguage>>("months");
        assert!(languages.len() > 10);
        for language in languages {
            assert_eq!(language.months.len(), 12);
            for (number, name) in language.months.iter().enumerate().flat_map(|(n, m)| m.iter().map(move |m| (n, m))) {
                let before = known.insert(plain(name), number);
                assert!(before.is_none_or(|before| before == number), "{name}");
                let english = abbreviates(name, &ENGLISH);
                assert!(english.is_none_or(|english| english == number), "{name}");
            }
        }
    }

    #[test]
    fn ruby_knows_three_letters() {
        assert_eq!(month("octobre"), Some(Month { number: "10", name: Name::LikeEnglish }));
        assert_eq!(month("Août"), Some(Month { number: "08", name: Name::Foreign }));
        assert_eq!(month("Oct"), Some(Month { number: "10", name: Name::English }));
        assert_eq!(month("octopus"), None);
    }
}
