//! Permalink patterns: `:year/:month/:day/:title/`, filled in from a post or read from the name of its file.
//!
//! Source: hexo-util 4.0 `Permalink`; hexo 8.1 `post_permalink` and the processor of posts.

use std::ops::Range;

/// The placeholders of a pattern, by their place in it: a colon and a word that ends with a letter or digit.
fn placeholders(pattern: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = pattern.get(from..).and_then(|rest| rest.find(':')).map(|at| from + at) {
        let word = pattern.get(at + 1..).unwrap_or_default();
        let end = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(word.len());
        let name = word.get(..end).unwrap_or_default().trim_end_matches('_');
        from = at + 1 + name.len();
        if !name.is_empty() {
            found.push(at..from);
        }
    }
    found
}

/// Fills a pattern in. Nothing when `value` does not know one of its placeholders.
#[must_use]
pub fn expand(pattern: &str, mut value: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut at = 0;
    for place in placeholders(pattern) {
        out.push_str(pattern.get(at..place.start)?);
        out.push_str(&value(pattern.get(place.start + 1..place.end)?)?);
        at = place.end;
    }
    out.push_str(pattern.get(at..)?);
    Some(out)
}

/// The parts of a file's name as `new_post_name` names them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Name<'a> {
    parts: Vec<(&'a str, &'a str)>,
}

impl<'a> Name<'a> {
    /// A part by its placeholder.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&'a str> {
        self.parts.iter().rev().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// Reads a path below `_posts`, without its extension. Nothing when it does not fit the pattern.
    #[must_use]
    pub fn read(pattern: &'a str, path: &'a str) -> Option<Name<'a>> {
        let mut name = Name::default();
        let mut steps = 1_000;
        let places = placeholders(pattern);
        name.fit(pattern, &places, 0, path, &mut steps).then_some(name)
    }

    /// Fits the rest of a pattern to the rest of a path: as short as possible, as regular expressions do it; `steps`
    /// bounds the work.
    fn fit(&mut self, pattern: &'a str, places: &[Range<usize>], at: usize, path: &'a str, steps: &mut usize) -> bool {
        let Some((place, later)) = places.split_first() else { return pattern.get(at..) == Some(path) };
        let Some(rest) = pattern.get(at..place.start).and_then(|literal| path.strip_prefix(literal)) else {
            return false;
        };
        let key = pattern.get(place.start + 1..place.end).unwrap_or_default();
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| fits(key, rest, *end));
        let mut ends: Vec<usize> = ends.take(256).collect();
        if matches!(key, "i_month" | "i_day") {
            ends.reverse();
        }
        for end in ends {
            *steps = steps.saturating_sub(1);
            let (text, tail) = rest.split_at(end);
            self.parts.push((key, text));
            if *steps > 0 && self.fit(pattern, later, place.end, tail, steps) {
                return true;
            }
            self.parts.pop();
        }
        false
    }
}

/// Whether the first `end` bytes may be the value of a placeholder.
fn fits(key: &str, rest: &str, end: usize) -> bool {
    let digits = |least: usize, most: usize| {
        (least..=most).contains(&end) && rest.bytes().take(end).all(|byte| byte.is_ascii_digit())
    };
    match key {
        "year" => digits(4, 4),
        "month" | "day" => digits(2, 2),
        "i_month" | "i_day" => digits(1, 2),
        "hash" => end == 12 && rest.bytes().take(12).all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_end_with_a_letter_or_digit() {
        let value = |name: &str| Some(format!("<{name}>"));
        assert_eq!(
            expand(":year/:post_title_x-:i_day_.html", value).as_deref(),
            Some("<year>/<post_title_x>-<i_day>_.html")
        );
        assert_eq!(expand("a:b", |_| None), None);
        assert_eq!(expand("http://x/:", value).as_deref(), Some("http://x/:"));
    }

    #[test]
    fn names_are_read_as_the_pattern_says() {
        let read = Name::read(":year-:month-:day-:title", "2024-01-05-a-post").unwrap();
        assert_eq!((read.part("year"), read.part("title")), (Some("2024"), Some("a-post")));
        assert_eq!(Name::read(":year-:month-:day-:title", "a-post"), None);
        let folders = Name::read(":lang/:title", "en/a/b").unwrap();
        assert_eq!((folders.part("lang"), folders.part("title")), (Some("en"), Some("a/b")));
    }
}
