//! Words, quoted strings and `name=value` inside a tag: one reader for every template language.

use super::Argument;
use crate::source::Span;

/// Reads words from a part of the file, one at a time.
pub(super) struct Words<'a> {
    text: &'a str,
    pub(super) at: usize,
    end: usize,
}

/// A word: its span without quotes, and the quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) quote: Option<char>,
}

impl<'a> Words<'a> {
    /// Over `text[start..end]`; offsets are those of `text`.
    pub(super) fn new(text: &'a str, start: usize, end: usize) -> Self {
        Words { text, at: start, end }
    }

    /// The next byte that is no blank, which `at` then points to.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while self.at < self.end {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// The next word: a quoted string, or bytes up to a blank or one of `stops`. `None` at a stop and at the end.
    pub(super) fn word(&mut self, stops: &[u8]) -> Option<Word> {
        let first = self.peek()?;
        if stops.contains(&first) {
            return None;
        }
        let bytes = self.text.as_bytes();
        let start = self.at;
        if matches!(first, b'"' | b'\'' | b'`') {
            let mut at = start + 1;
            while at < self.end && bytes.get(at) != Some(&first) {
                at += if first != b'`' && bytes.get(at) == Some(&b'\\') { 2 } else { 1 };
            }
            let close = at.min(self.end);
            self.at = (close + 1).min(self.end);
            return Some(Word { span: Span::new(start + 1, close.max(start + 1)), quote: Some(char::from(first)) });
        }
        // Hugo takes `\"…\"` as quotes, too, if the second one is escaped as well.
        if first == b'\\' && bytes.get(start + 1) == Some(&b'"') {
            let inside = bytes.get(start + 2..self.end).unwrap_or_default();
            if let Some(length) = memchr::memmem::find(inside, b"\\\"") {
                self.at = start + length + 4;
                return Some(Word { span: Span::new(start + 2, start + 2 + length), quote: Some('"') });
            }
        }
        while self.at < self.end
            && bytes.get(self.at).is_some_and(|byte| !byte.is_ascii_whitespace() && !stops.contains(byte))
        {
            self.at += 1;
        }
        (self.at > start).then(|| Word { span: Span::new(start, self.at), quote: None })
    }

    /// All arguments up to one of the grammar's ends, or the end of the part.
    pub(super) fn arguments(&mut self, grammar: &Grammar) -> Vec<Argument> {
        let mut found = Vec::new();
        while let Some(byte) = self.peek() {
            if grammar.ends.contains(&byte) {
                break;
            }
            let before = self.at;
            let Some(mut word) = self.word(grammar.name_ends) else {
                self.at += 1;
                continue;
            };
            if word.quote.is_none()
                && self.text.as_bytes().get(self.at).is_some_and(|byte| *byte <= b' ' || *byte == grammar.assign)
            {
                let name = word.span.of(self.text);
                let identifier = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
                let end = self.at;
                if identifier && self.peek() == Some(grammar.assign) {
                    self.at += 1;
                    if let Some(value) = self.word(grammar.value_ends) {
                        found.push(Argument { name: Some(word.span), value: value.span, quote: value.quote });
                        continue;
                    }
                } else if !identifier && self.text.as_bytes().get(end) == Some(&grammar.assign) {
                    // `/search?q=x` is one word.
                    self.at = before;
                    word = self.word(grammar.value_ends).unwrap_or(word);
                }
            }
            found.push(Argument { name: None, value: word.span, quote: word.quote });
        }
        found
    }
}

/// How a template language writes arguments.
pub(super) struct Grammar {
    /// Between a name and its value.
    pub(super) assign: u8,
    /// What ends a name besides a blank: `assign`, and what ends a value.
    pub(super) name_ends: &'static [u8],
    /// What ends a bare value besides a blank.
    pub(super) value_ends: &'static [u8],
    /// What ends the arguments.
    pub(super) ends: &'static [u8],
}

/// Of Liquid's tags: `name=value`, up to a filter.
pub(super) const TAG: Grammar = Grammar { assign: b'=', name_ends: b"=,|", value_ends: b",|", ends: b"|" };
/// Of Tera's calls, and of a Liquid output's value.
pub(super) const OUTPUT: Grammar = Grammar { assign: b'=', name_ends: b"=,()|", value_ends: b",()|", ends: b"|" };
/// Of Liquid's filters: `name: value`.
pub(super) const FILTER: Grammar = Grammar { assign: b':', name_ends: b":,()|", value_ends: b",()|", ends: b"|" };
/// Of Hugo's shortcodes.
pub(super) const SHORTCODE: Grammar = Grammar { assign: b'=', name_ends: b"=", value_ends: b"", ends: b"" };
