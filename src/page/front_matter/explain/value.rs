//! One line of YAML as its writer sees it: blanks, dashes, a key, a colon, a value.

use crate::page::front_matter::recover::key_length;

/// Offsets in bytes of the text that holds the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The whole line without its end.
    pub text: &'a str,
    /// Where it starts.
    pub start: usize,
    /// Where its first character that is no blank stands.
    pub content: usize,
    /// The colon behind the key, where there is a key.
    pub colon: Option<usize>,
    /// Where the value starts and ends, without blanks and without a comment.
    pub value: (usize, usize),
}

/// Blanks of every kind, also those that YAML takes for letters.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r') || is_odd_space(c)
}

/// Blanks that look like one and are none for YAML.
pub(super) fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}')
}

impl<'a> Line<'a> {
    /// The line `start..end` of `file`.
    pub(super) fn read(file: &'a str, start: usize, end: usize) -> Self {
        let text = file.get(start..end).unwrap_or_default();
        let skip = |from: usize| {
            let rest = text.get(from..).unwrap_or_default();
            from + rest.len() - rest.trim_start_matches(is_space).len()
        };
        let content = skip(0);
        let mut at = content;
        while text.get(at..).is_some_and(|rest| rest.starts_with("- ") || rest.starts_with("-\u{a0}")) {
            at = skip(at + 1);
        }
        let rest = text.get(at..).unwrap_or_default();
        let colon = key_length(rest).and_then(|key| {
            let tail = rest.get(key..)?;
            Some(at + key + tail.find(':')?)
        });
        // In a list `http://…` and `12:30` are no keys.
        let colon = colon
            .filter(|&c| at == content || text.get(c + 1..).is_some_and(|t| t.is_empty() || t.starts_with(is_space)));
        let from = skip(colon.map_or(at, |colon| colon + 1));
        let tail = text.get(from..).unwrap_or_default();
        let cut = if tail.starts_with(['"', '\'']) { tail.len() } else { tail.find(" #").unwrap_or(tail.len()) };
        let length = tail.get(..cut).unwrap_or_default().trim_end_matches(is_space).len();
        let value = (start + from, start + from + length);
        Line { text, start, content: start + content, colon: colon.map(|c| start + c), value }
    }

    /// The value's text.
    pub(super) fn value_text(&self) -> &'a str {
        self.text.get(self.value.0 - self.start..self.value.1 - self.start).unwrap_or_default()
    }

    /// The blanks before the first character.
    pub(super) fn indent(&self) -> &'a str {
        self.text.get(..self.content - self.start).unwrap_or_default()
    }

    /// True for a line with nothing or only a comment on it.
    pub(super) fn is_empty(&self) -> bool {
        let content = self.text.trim_matches(is_space);
        content.is_empty() || content.starts_with('#')
    }
}
