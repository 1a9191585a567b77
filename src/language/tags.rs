//! Language tags as front matter and configuration write them: is it BCP 47, does the language exist, and what was
//! probably meant?

use oxilangtag::LanguageTag;

use super::{Language, from_name, names};

/// What is wrong with a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing but blanks.
    Empty,
    /// An underscore where BCP 47 has a hyphen (`fr_FR`). Some generators name folders so: a rule may let it pass
    /// where the site does it throughout.
    Underscore,
    /// Well-formed and valid, but in unusual capitals (`FR`, `pt-br`). Tags are compared without regard to case, so
    /// this is at most a matter of consistency.
    Case,
    /// The name of a language instead of its code (`French`).
    Name,
    /// The code of a country instead of a language (`jp`).
    Country,
    /// Three letters where the language has a code of two (`fra`); browsers know only the shorter one.
    LongCode,
    /// No language has this code.
    UnknownLanguage,
    /// Not of the form of a language tag.
    Malformed,
}

/// What can be said of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The language that the tag names or most probably means.
    pub language: Option<Language>,
    /// What is wrong, if anything is.
    pub problem: Option<Problem>,
    /// The tag as it should be written, if that is beyond doubt.
    pub proposal: Option<String>,
}

/// Countries whose code is taken for the code of their language; all of them are no languages (so `se` and `br`,
/// which are, cannot be here).
const COUNTRIES: &[(&str, &str)] = &[
    ("at", "de"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gb", "en"),
    ("gr", "el"),
    ("jp", "ja"),
    ("kz", "kk"),
    ("mx", "es"),
    ("rs", "sr"),
    ("ua", "uk"),
    ("us", "en"),
    ("vn", "vi"),
];

/// Looks at a tag as it is written.
#[must_use]
pub fn check(written: &str) -> Check {
    let tag = written.trim();
    let found = |problem, language, proposal| Check { language, problem: Some(problem), proposal };
    if tag.is_empty() {
        return found(Problem::Empty, None, None);
    }
    // What nearly every page declares: a code that needs no second look.
    if names::by_code(tag).is_some() && !COUNTRIES.iter().any(|(country, _)| *country == tag) {
        return Check { language: Language::from_tag(tag), problem: None, proposal: None };
    }
    // A word: no code has more than three letters.
    if tag.len() > 3 && !tag.bytes().any(|b| matches!(b, b'-' | b'_')) {
        let registered = tag.len() <= 8 && tag.bytes().all(|b| b.is_ascii_alphabetic());
        let problem = if registered { Problem::UnknownLanguage } else { Problem::Malformed };
        return by_name(tag).unwrap_or_else(|| found(problem, None, None));
    }
    let hyphenated = tag.replace('_', "-");
    let Ok(parsed) = LanguageTag::parse_and_normalize(&hyphenated) else {
        return by_name(tag).unwrap_or_else(|| found(Problem::Malformed, None, None));
    };
    let normal = parsed.as_str().to_owned();
    let primary = parsed.primary_language();
    let rest = normal.get(primary.len()..).unwrap_or_default();
    if let Some(&(_, code)) = COUNTRIES.iter().find(|(country, _)| *country == primary) {
        let proposal = rest.is_empty().then(|| code.to_owned());
        return found(Problem::Country, Language::from_tag(code), proposal);
    }
    if let Some(entry) = names::entries().iter().find(|entry| entry.three.contains(&primary)) {
        return found(Problem::LongCode, Language::from_tag(entry.code), Some(format!("{}{rest}", entry.code)));
    }
    if !exists(primary) {
        return by_name(tag).unwrap_or_else(|| found(Problem::UnknownLanguage, None, None));
    }
    let language = Language::from_tag(primary);
    let problem = match () {
        () if tag.contains('_') => Some(Problem::Underscore),
        () if normal != tag => Some(Problem::Case),
        () => None,
    };
    Check { language, problem, proposal: problem.is_some().then_some(normal) }
}

/// True for what folders of translations are called: `fr`, `pt-BR`, `zh_cn`. Three letters are a word more often than a
/// language (`one`, `api`), so only what has a code of two letters counts.
#[must_use]
pub fn is_folder_of_language(name: &str) -> bool {
    let (primary, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
    primary.len() <= 3
        && names::by_code(&primary.to_ascii_lowercase()).is_some()
        && (region.is_empty() || check(name).language.is_some())
}

/// True when some language has this code. Of the thousands of three-letter codes only those that stand for a language
/// with a shorter one are known here, so any other is believed; longer codes (`i-`, `x-`, registered words) too are
/// not ours to judge, except that no word of four to eight letters is registered.
fn exists(primary: &str) -> bool {
    match primary.len() {
        2 => names::by_code(primary).is_some() || matches!(primary, "iw" | "in" | "ji" | "jw" | "mo"),
        length => !(4..=8).contains(&length),
    }
}

fn by_name(tag: &str) -> Option<Check> {
    let language = from_name(tag)?;
    Some(Check { language: Some(language), problem: Some(Problem::Name), proposal: Some(language.to_string()) })
}

/// True when one of the two paths lies in the folder of a language and the other in none, or in another's: some generators put the
/// language before a link by themselves.
#[must_use]
pub fn in_another_folder(from: &str, to: &str) -> bool {
    let of = |path: &str| {
        let top = path.trim_start_matches('/').split('/').next().filter(|top| is_folder_of_language(top))?;
        check(top).language
    };
    of(from) != of(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(tag: &str) -> (Option<Problem>, Option<String>) {
        let check = check(tag);
        (check.problem, check.proposal)
    }

    #[test]
    fn folders_of_languages_are_no_words() {
        assert!(["fr", "pt-BR", "zh_cn", "zh-Hans"].into_iter().all(is_folder_of_language));
        assert!(!["one", "two", "docs", "x-y", ""].into_iter().any(is_folder_of_language));
    }

    #[test]
    fn good_tags_pass() {
        for tag in ["fr", "pt-BR", "zh-Hant-TW", "es-419", "gsw", "sr-Latn", "de-CH-1996", "x-private", "yue", "nb"] {
            assert_eq!(seen(tag), (None, None), "{tag}");
        }
    }

    #[test]
    fn what_was_meant_is_proposed() {
        for (tag, problem, proposal) in [
            ("fr_FR", Problem::Underscore, Some("fr-FR")),
            ("zh_tw", Problem::Underscore, Some("zh-TW")),
            ("FR", Problem::Case, Some("fr")),
            ("pt-br", Problem::Case, Some("pt-BR")),
            ("French", Problem::Name, Some("fr")),
            ("Español", Problem::Name, Some("es")),
            ("jp", Problem::Country, Some("ja")),
            ("fra", Problem::LongCode, Some("fr")),
            ("eng-US", Problem::LongCode, Some("en-US")),
            ("xx", Problem::UnknownLanguage, None),
            ("klingon", Problem::UnknownLanguage, None),
            ("en--US", Problem::Malformed, None),
            ("fr, en", Problem::Malformed, None),
            (" ", Problem::Empty, None),
        ] {
            assert_eq!(seen(tag), (Some(problem), proposal.map(str::to_owned)), "{tag}");
        }
    }
}
