//! Whole words and regular expressions, found in linear time.

use regex::{Regex, RegexBuilder};

/// Compiled expressions are bounded: users' rules come from a repository that may be anybody's.
const MOST_BYTES: usize = 1 << 20;

/// Compiles an expression.
///
/// # Errors
/// When it is malformed or becomes too large.
pub fn regex(pattern: &str, ignore_case: bool) -> Result<Regex, String> {
    let built = RegexBuilder::new(pattern)
        .case_insensitive(ignore_case)
        .multi_line(true)
        .size_limit(MOST_BYTES)
        .dfa_size_limit(MOST_BYTES)
        .build();
    built.map_err(|error| {
        let text = error.to_string();
        format!("`{pattern}` is no regular expression: {}", text.lines().last().unwrap_or_default().trim())
    })
}

/// A list of words or phrases.
pub struct Words {
    any: Option<Regex>,
    ignore_case: bool,
}

impl Words {
    /// Compiles the list.
    ///
    /// # Errors
    /// When it is too long.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a String>, ignore_case: bool) -> Result<Self, String> {
        let mut words: Vec<&str> = words.into_iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        // The longest first: `Java Script` before `Java`.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let pattern = words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|");
        let any = (!words.is_empty()).then(|| regex(&pattern, ignore_case)).transpose()?;
        Ok(Words { any, ignore_case })
    }

    /// True when there is no word in the list.
    pub fn is_empty(&self) -> bool {
        self.any.is_none()
    }

    /// Where the words stand as whole words: start and end in bytes.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let found = self.any.iter().flat_map(move |any| any.find_iter(text));
        found.map(|found| (found.start(), found.end())).filter(move |(start, end)| is_whole(text, *start, *end))
    }

    /// True when the two are the same word to this list.
    pub fn same(&self, a: &str, b: &str) -> bool {
        same(a, b, self.ignore_case)
    }
}

/// Compares, with or without case.
pub fn same(a: &str, b: &str, ignore_case: bool) -> bool {
    a == b || (ignore_case && a.to_lowercase() == b.to_lowercase())
}

/// True when no letter or digit continues the word on either side.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        a.is_some_and(|c| c.is_alphanumeric() || c == '_') && b.is_some_and(|c| c.is_alphanumeric() || c == '_')
    };
    let (before, word, after) = (
        text.get(..start).unwrap_or_default(),
        text.get(start..end).unwrap_or_default(),
        text.get(end..).unwrap_or_default(),
    );
    !joins(before.chars().next_back(), word.chars().next()) && !joins(word.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_found() {
        let list = ["Java".to_owned(), "C++".to_owned()];
        let words = Words::new(&list, true).unwrap();
        let found: Vec<_> = words.find("java, JavaScript, C++! (C++11)").collect();
        assert_eq!(found, [(0, 4), (18, 21), (24, 27)]);
        assert!(regex("(a{1000}){1000}", false).is_err(), "expressions are bounded");
        assert!(regex("(", false).unwrap_err().starts_with("`(` is no regular expression"));
    }
}
