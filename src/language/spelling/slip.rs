//! What a misspelling proves of the word that was meant.
//!
//! A list of slips knows one correction of each. It does not know what the writer meant: `tranditional` is as near to
//! `traditional` as to the `transitional` that the list has, `descriptio` was cut off, and `delegative` is a word that
//! no list has. What is repaired without asking must be the only word within reach of a slip of the fingers.

use super::{ENGLISH, TYPOS};

/// A shorter word is as near to others: `fench` to `fence` and `french`.
const SHORTEST_SURE: usize = 6;
/// In words of so many letters two of them may be wrong.
const LONG: usize = 9;
/// Endings that make a word of another, so that no list has all of them.
const ENDINGS: [&str; 14] =
    ["able", "al", "er", "ful", "ian", "ish", "ism", "ist", "ive", "ize", "ise", "less", "like", "ness"];

/// How easily fingers make one word of the other; the smaller, the easier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ease {
    /// Two neighbours changed places, or a letter stands once instead of twice or twice instead of once.
    Easy,
    /// A letter is missing or too many, or one vowel stands for another.
    Common,
    /// Another letter.
    Letter,
    /// More than one of these.
    Several,
}

/// True when nothing else was likely meant.
#[must_use]
pub fn is_sure(word: &str, correction: &str) -> bool {
    is_slip(word, correction) && others(&word.to_lowercase(), &correction.to_lowercase()).is_empty()
}

/// True for one slip of the fingers, or two in a long word; other words may be as near, see [`others`].
#[must_use]
pub fn is_slip(word: &str, correction: &str) -> bool {
    let (word, right) = (word.to_lowercase(), correction.to_lowercase());
    let letters = word.chars().count();
    // What is cut off may have gone on in another way.
    if right.starts_with(&word) || is_formed(&word, &right) {
        return false;
    }
    let ease = ease(&word, &right);
    match ease {
        Ease::Easy => true,
        Ease::Common | Ease::Letter => letters >= SHORTEST_SURE,
        // Two within the word, not another ending or beginning.
        Ease::Several => letters >= LONG && same_ends(&word, &right) && distance(&word, &right) == 2,
    }
}

/// Other words that were as easily meant, sorted.
#[must_use]
pub fn others(word: &str, correction: &str) -> Vec<String> {
    let reach = ease(word, correction);
    let mut found: Vec<String> = neighbours(word)
        .filter(|near| near != correction && near != word && ENGLISH.contains(near) && ease(word, near) <= reach)
        .filter(|near| is_misspelt(near))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// True for a correction of the list: what people misspell is what they write. The few words that get here cost less to
/// search for than a set of all corrections.
fn is_misspelt(word: &str) -> bool {
    let list = TYPOS.as_bytes();
    let ends = |at: usize| matches!(list.get(at), Some(b'\n' | b'\t'));
    memchr::memmem::find_iter(list, &["\t", word].concat()).any(|at| ends(at + 1 + word.len()))
}

/// True for words that one slip makes of each other.
#[must_use]
pub fn is_near(word: &str, right: &str) -> bool {
    distance(&word.to_lowercase(), &right.to_lowercase()) == 1
}

/// True for what is made of the other word with an ending of its own: `delegative` of `delegate`, `womens` of `women`.
fn is_formed(word: &str, right: &str) -> bool {
    let ends = |ending: &str| ending == "s" || ["ly", "ed", "ing", "y", "en", "or", "ity"].contains(&ending);
    ease(word, right) != Ease::Easy && endings(word, right).any(|ending| ends(ending) || ENDINGS.contains(&ending))
}

/// True where the ending is one that makes words which few lists have.
pub(super) fn is_rare_form(word: &str, right: &str) -> bool {
    endings(word, right).any(|ending| ENDINGS.contains(&ending)) && ENGLISH.contains(right)
}

/// True for the same word in another English: those that double the `l` of `cancelled` and those that do not form
/// `cancellability` in two ways, too.
pub(super) fn is_of_another_english(word: &str, right: &str) -> bool {
    let at = word.bytes().zip(right.bytes()).take_while(|(a, b)| a == b).count();
    let (short, long) = if word.len() < right.len() { (word, right) } else { (right, word) };
    let (Some(stem), Some(ending)) = (short.get(..at), short.get(at..)) else { return false };
    stem.ends_with('l')
        && ending.starts_with(['a', 'e', 'i', 'o', 'u'])
        && long.get(at..).and_then(|rest| rest.strip_prefix('l')) == Some(ending)
        && ["ed", "led"].iter().all(|form| ENGLISH.contains(&format!("{stem}{form}")))
}

/// What follows in the word after the other one, or after that without its last vowel.
fn endings<'w>(word: &'w str, right: &str) -> impl Iterator<Item = &'w str> {
    let stems = [Some(right), right.strip_suffix(['e', 'y'])];
    let found = stems.map(|stem| stem.and_then(|stem| word.strip_prefix(stem)));
    found.into_iter().flatten()
}

fn same_ends(word: &str, right: &str) -> bool {
    let ends = |text: &str| (text.chars().next(), text.chars().next_back());
    ends(word) == ends(right)
}

fn distance(word: &str, right: &str) -> usize {
    strsim::osa_distance(word, right)
}

fn ease(word: &str, right: &str) -> Ease {
    if distance(word, right) != 1 {
        return Ease::Several;
    }
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), right.chars().collect());
    let at = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => {
            let swapped = a.get(at) == b.get(at + 1) && a.get(at + 1) == b.get(at) && a.get(at) != a.get(at + 1);
            let vowel = |c: Option<&char>| c.is_some_and(|c| "aeiouy".contains(*c));
            match (swapped, vowel(a.get(at)) && vowel(b.get(at))) {
                (true, _) => Ease::Easy,
                (_, true) => Ease::Common,
                _ => Ease::Letter,
            }
        }
        // The letter after which the two are alike is the one that the longer has twice.
        order => {
            let long = if order.is_lt() { &b } else { &a };
            match at > 0 && long.get(at) == long.get(at - 1) {
                true => Ease::Easy,
                false => Ease::Common,
            }
        }
    }
}

/// Everything that one letter more, less or other, or two that change places, make of a word.
fn neighbours(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    let with = move |before: &[char], middle: &[char], after: &[char]| -> String {
        before.iter().chain(middle).chain(after).collect()
    };
    (0..=letters.len()).flat_map(move |at| {
        let (before, after) = letters.split_at(at);
        let rest = after.get(1..).unwrap_or_default();
        let mut made: Vec<String> = Vec::with_capacity(54);
        for letter in 'a'..='z' {
            made.push(with(before, &[letter], after));
            if !after.is_empty() {
                made.push(with(before, &[letter], rest));
            }
        }
        if let [first, second, rest @ ..] = after {
            made.push(with(before, &[*second, *first], rest));
        }
        if !after.is_empty() {
            made.push(with(before, &[], rest));
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_sure() {
        for (word, right) in [
            ("enviroment", "environment"),
            ("organizaiton", "organization"),
            ("Aquisition", "Acquisition"),
            ("maintainance", "maintenance"),
            ("recieve", "receive"),
            ("rabit", "rabbit"),
            ("agian", "again"),
            ("verticaly", "vertically"),
            ("formating", "formatting"),
            ("seperate", "separate"),
            ("pyhton", "python"),
        ] {
            assert!(is_sure(word, right), "{word}");
        }
    }

    #[test]
    fn what_may_be_another_word_is_not() {
        for (word, right) in [
            ("fench", "french"),
            ("udate", "update"),
            ("tranditional", "transitional"),
            ("delegative", "delegate"),
            ("womens", "women"),
            ("descriptio", "description"),
            ("philosophia", "philosophical"),
            ("maintainably", "maintainability"),
        ] {
            assert!(!is_sure(word, right), "{word}");
        }
        assert!(is_of_another_english("cancelability", "cancellability"));
        assert!(!is_of_another_english("controled", "controlled") && !is_of_another_english("detailled", "detailed"));
        assert_eq!(others("tranditional", "transitional"), ["traditional"]);
        assert!(is_rare_form("delegative", "delegate") && !is_rare_form("formerlly", "formerly"));
    }
}
