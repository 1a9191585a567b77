//! Two terms that differ in one letter, or as one and many: found among thousands without comparing each with each.

use crate::hash::Map;
use crate::language::spelling::SHORTEST;

/// Longer terms are sentences.
const LONGEST: usize = 64;
/// A plural of a shorter stem may be another word altogether: `R` and `rss`.
const STEM: usize = 4;

/// For each rare key the frequent ones that are one added, dropped, wrong or swapped letter away. Work is linear in the
/// letters: each key is entered under what it becomes without any one of them, and keys that are so near meet there.
pub fn one_letter_away<'a>(
    frequent: impl Iterator<Item = &'a str>,
    rare: impl Iterator<Item = &'a str>,
) -> Map<&'a str, Vec<&'a str>> {
    let mut by_rest: Map<u64, Vec<&str>> = Map::default();
    for key in frequent.filter(|key| fits(key)) {
        for rest in rests(key) {
            by_rest.entry(rest).or_default().push(key);
        }
    }
    let mut found: Map<&str, Vec<&str>> = Map::default();
    if by_rest.is_empty() {
        return found;
    }
    for key in rare.filter(|key| fits(key)) {
        let mut near: Vec<&str> = rests(key).filter_map(|rest| by_rest.get(&rest)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        // `s` and `es` of a plural are two letters, too.
        near.retain(|other| *other != key && (is_plural(key, other) || strsim::osa_distance(key, other) == 1));
        if !near.is_empty() {
            found.insert(key, near);
        }
    }
    found
}

fn fits(key: &str) -> bool {
    key.len() >= SHORTEST && key.len() <= LONGEST
}

/// Marks of the key, the key without each of its letters, and what a plural in `ies` or `es` is made from. Others may
/// have the same mark: who meets is compared.
fn rests(key: &str) -> impl Iterator<Item = u64> + '_ {
    let without = key.char_indices().map(|(at, c)| {
        let (before, after) = key.split_at(at);
        mark(before, after.get(c.len_utf8()..).unwrap_or_default())
    });
    let singular = key.strip_suffix("ies").map(|stem| mark(stem, "y"));
    without.chain([mark(key, "")]).chain(singular).chain(key.strip_suffix("es").map(|stem| mark(stem, "")))
}

/// The hash (FNV-1a) of two parts as one text.
fn mark(first: &str, second: &str) -> u64 {
    let bytes = first.bytes().chain(second.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What tells two terms apart.
#[derive(Debug, PartialEq, Eq)]
pub enum Difference<'a> {
    /// One letter in this word of the first.
    Letter {
        /// The word as written.
        word: &'a str,
    },
    /// One is the other's plural, in this word of the first.
    Plural {
        /// The word as written.
        word: &'a str,
    },
}

/// How a term differs from one that is a letter away; nothing where that is no sign of a slip: digits tell versions
/// apart, and few people slip at the first letter of a word that stands alone (`rails`, `grails`).
pub fn difference<'a>(written: &'a str, other: &str) -> Option<Difference<'a>> {
    let split = |text: &'a str| text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let (ours, theirs): (Vec<&str>, Vec<&str>) = (
        split(written).collect(),
        other.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect(),
    );
    // `c-programming` has a word before `programming`.
    let holds = |parts: &[&str], whole: &[&str]| match whole {
        [word] => parts.len() > 1 && parts.iter().any(|part| part.eq_ignore_ascii_case(word)),
        _ => false,
    };
    if holds(&ours, &theirs) || holds(&theirs, &ours) {
        return None;
    }
    let mut pairs = ours.iter().zip(&theirs).filter(|(a, b)| !a.eq_ignore_ascii_case(b));
    let (word, theirs) = match (ours.len() == theirs.len(), pairs.next(), pairs.next()) {
        (true, Some((word, other)), None) => (*word, *other),
        _ => (written, other),
    };
    let (small, small_other) = (word.to_lowercase(), theirs.to_lowercase());
    if is_plural(&small, &small_other) {
        return Some(Difference::Plural { word });
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let same_start = small.chars().next() == small_other.chars().next();
    let alone = ours.len() == 1;
    let sure = small.chars().count() >= SHORTEST || !alone;
    (letters(&small) != letters(&small_other) && (same_start || !alone) && sure).then_some(Difference::Letter { word })
}

/// True when one is the other with a plural's ending. `-ic` and `-ics` are two words (`graphic`, `graphics`).
fn is_plural(a: &str, b: &str) -> bool {
    let (one, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let long = one.chars().count() >= STEM && !one.ends_with("ic");
    let added = many.strip_prefix(one).filter(|added| *added != "s" || !one.ends_with('s'));
    let ies = one.strip_suffix('y').is_some_and(|stem| many.strip_suffix("ies") == Some(stem));
    long && (ies || matches!(added, Some("s" | "es" | "x")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near<'a>(frequent: &[&'a str], rare: &'a str) -> Vec<&'a str> {
        one_letter_away(frequent.iter().copied(), [rare].into_iter()).remove(rare).unwrap_or_default()
    }

    #[test]
    fn neighbours_meet() {
        let frequent = ["python", "speakeuses", "browser", "java"];
        assert_eq!(near(&frequent, "pyhton"), ["python"]);
        assert_eq!(near(&frequent, "spekeuses"), ["speakeuses"]);
        assert_eq!(near(&frequent, "browsers"), ["browser"]);
        assert_eq!(near(&frequent, "brovser"), ["browser"]);
        assert_eq!(near(&["story", "process"], "stories"), ["story"]);
        assert_eq!(near(&["story", "process"], "processes"), ["process"]);
        assert!(near(&frequent, "pythno2").is_empty());
        assert!(near(&frequent, "javas").is_empty(), "short terms are left alone");
    }

    #[test]
    fn a_difference_is_named() {
        assert_eq!(difference("pyhton", "python"), Some(Difference::Letter { word: "pyhton" }));
        assert_eq!(difference("h18f consulting", "18f consulting"), Some(Difference::Letter { word: "h18f" }));
        assert_eq!(
            difference("communications tools", "communication tools"),
            Some(Difference::Plural { word: "communications" })
        );
        assert_eq!(difference("events", "event"), Some(Difference::Plural { word: "events" }));
        for (a, b) in [
            ("rails", "grails"),
            ("python3", "python2"),
            ("python", "python3"),
            ("spring-3", "spring"),
            ("gmail", "email"),
            ("c-programming", "programming"),
            ("programming", "r programming"),
        ] {
            assert_eq!(difference(a, b), None, "{a} {b}");
        }
        assert!(!matches!(difference("graphics", "graphic"), Some(Difference::Plural { .. })));
    }
}
