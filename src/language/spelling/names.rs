//! How products and techniques write their own names: `rules/data/term-casing.yaml`.

use std::sync::OnceLock;

use serde::Deserialize;

/// One name of the list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Name {
    /// As its owners write it.
    pub name: String,
    /// Where they do.
    pub source: String,
    /// All in small letters it is another word, or the name of its package or command.
    #[serde(default)]
    pub small_is_another: bool,
}

/// The name that this word is meant to be, if it is one in other capitals. Nothing is said of a word all in capitals: a
/// heading may be so.
#[must_use]
pub fn name(word: &str) -> Option<&'static Name> {
    // No name in the list is shorter, or longer, or not ASCII.
    if !(3..=24).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    let found = by_small_letters(word)?;
    let capitals = !word.bytes().any(|byte| byte.is_ascii_lowercase());
    let small = !word.bytes().any(|byte| byte.is_ascii_uppercase());
    (found.name != word && !capitals && !(small && found.small_is_another)).then_some(found)
}

/// True when a name of the list is this word in some capitals.
#[must_use]
pub fn is_name(word: &str) -> bool {
    by_small_letters(word).is_some()
}

/// True for a word that a name of the list is without its points: `nodejs`.
#[must_use]
pub fn is_name_without_points(word: &str) -> bool {
    ["js", "io"].iter().any(|end| {
        let small = word.to_ascii_lowercase();
        small.strip_suffix(end).is_some_and(|stem| is_name(&format!("{stem}.{end}")))
    })
}

/// True for a word of small letters and at least two capitals: `OpenStack`, not `NASA` or `Title`.
#[must_use]
pub fn has_inner_capital(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && word.chars().filter(|c| c.is_lowercase()).count() >= 2
}

fn by_small_letters(word: &str) -> Option<&'static Name> {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(Names::read).find(word)
}

/// The list, in the order of its names in small letters.
struct Names {
    sorted: Vec<(String, Name)>,
    /// By the first byte of a name: which lengths there are. Most words are none of them, and need no search.
    lengths: [u32; 256],
}

impl Names {
    fn read() -> Names {
        let list: Vec<Name> = crate::data::read("term-casing");
        let mut sorted: Vec<_> = list.into_iter().map(|name| (name.name.to_ascii_lowercase(), name)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let mut names = Names { sorted, lengths: [0; 256] };
        for (small, _) in &names.sorted {
            let first = small.bytes().next().unwrap_or_default();
            if let Some(lengths) = names.lengths.get_mut(usize::from(first)) {
                *lengths |= 1 << (small.len() % 32);
            }
        }
        names
    }

    fn find(&self, word: &str) -> Option<&Name> {
        let first = word.bytes().next()?.to_ascii_lowercase();
        if self.lengths.get(usize::from(first)).is_none_or(|lengths| lengths & (1 << (word.len() % 32)) == 0) {
            return None;
        }
        let small = |known: &(String, Name)| known.0.bytes().cmp(word.bytes().map(|byte| byte.to_ascii_lowercase()));
        self.sorted.binary_search_by(small).ok().and_then(|at| self.sorted.get(at)).map(|(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_other_capitals_is_known() {
        let right = |word| name(word).map(|name| name.name.as_str());
        assert_eq!(right("Javascript"), Some("JavaScript"));
        assert_eq!(right("github"), Some("GitHub"));
        assert_eq!(right("node.JS"), Some("Node.js"));
        for word in ["GitHub", "GITHUB", "Go", "rust", "word", "html", "été"] {
            assert_eq!(right(word), None, "{word}");
        }
    }

    #[test]
    fn the_list_is_what_it_says() {
        let list: Vec<Name> = crate::data::read("term-casing");
        assert!(list.len() > 100);
        for (at, entry) in list.iter().enumerate() {
            assert!(entry.source.starts_with("https://") && entry.name.contains(char::is_uppercase), "{}", entry.name);
            assert!((3..=24).contains(&entry.name.len()) && entry.name.is_ascii(), "{}", entry.name);
            assert!(
                !list[..at].iter().any(|other| other.name.eq_ignore_ascii_case(&entry.name)),
                "{} twice",
                entry.name
            );
        }
    }
}
