//! The attributes of one start tag, as the HTML standard cuts them.

use std::ops::Range;

use crate::page::links::Quote;

/// An attribute as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) name: Range<usize>,
    /// Without quotes; `None` when there is no `=`.
    pub(super) value: Option<Range<usize>>,
    pub(super) quote: Option<Quote>,
}

impl Raw {
    /// True for a value without quotes that is more than one word; a `/` at the tag's end is not part of it.
    ///
    /// Source: `HTML_ATTRIBUTE_RE` of kramdown 2.4, which takes `\p{Word}+`, and what it made of every form.
    pub(super) fn is_loose(&self, text: &str, end: usize) -> bool {
        let Some(value) = self.value.clone().filter(|_| self.quote.is_none()) else { return false };
        let written = text.get(value.clone()).unwrap_or_default();
        let written = if value.end == end { written.strip_suffix('/').unwrap_or(written) } else { written };
        !written.chars().all(|c| c.is_alphanumeric() || c == '_')
    }
}

/// The tag with quotes around the values that have none and need them; nothing where one holds a quote itself.
#[must_use]
pub fn quoted(tag: &str) -> Option<String> {
    let name = tag.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
    let end = tag.len().checked_sub(1)?;
    let (mut out, mut done) = (String::with_capacity(tag.len() + 8), 0);
    for raw in Attributes::new(tag, 1 + name, end).filter(|raw| raw.is_loose(tag, end)) {
        let value = raw.value?;
        let written = tag.get(value.clone())?;
        // Of an empty element the `/` at the end is the tag's, of any other the address's.
        let empty = matches!(tag.get(1..=name), Some("img" | "IMG" | "br" | "hr" | "input" | "source" | "embed"));
        let bare = if value.end == end && empty { written.strip_suffix('/').unwrap_or(written) } else { written };
        if bare.contains(['"', '\'', '<', '`', '&', '“', '”', '„', '’', '‘', '″']) || !tag.is_char_boundary(value.start)
        {
            return None;
        }
        out.push_str(tag.get(done..value.start)?);
        out.push('"');
        out.push_str(bare);
        out.push('"');
        done = value.start + bare.len();
    }
    out.push_str(tag.get(done..)?);
    (done > 0).then_some(out)
}

/// Goes over the attributes of the tag `text[at..]`, whose `<` and name end at `at`.
pub(super) struct Attributes<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Attributes<'a> {
    /// Between the tag's name and its `>`.
    pub(super) fn new(text: &'a str, start: usize, end: usize) -> Self {
        Attributes { bytes: text.as_bytes(), at: start, end: end.min(text.len()) }
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) {
        while self.at < self.end && self.bytes.get(self.at).is_some_and(|byte| skipped(*byte)) {
            self.at += 1;
        }
    }
}

impl Attributes<'_> {
    /// Goes over an expression of JSX: to the brace that closes it, over strings.
    fn skip_expression(&mut self) {
        let (mut depth, mut string) = (0_usize, None);
        let from = self.at;
        for (offset, &byte) in self.bytes.get(from..self.end).unwrap_or_default().iter().enumerate() {
            match (string, byte) {
                (Some(mark), _) if mark == byte => string = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'' | b'`') => string = Some(byte),
                (None, b'{') => depth += 1,
                (None, b'}') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at = from + offset + 1;
                return;
            }
        }
        // It holds a `>` of its own and goes on behind what was taken for the tag's end.
        self.at = self.end;
    }
}

impl Iterator for Attributes<'_> {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        let start = self.at;
        if start >= self.end {
            return None;
        }
        // A `=` in front belongs to the name.
        self.at += 1;
        self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'/'));
        let name = start..self.at;
        self.skip(|byte| byte.is_ascii_whitespace());
        if self.at >= self.end || self.bytes.get(self.at) != Some(&b'=') {
            return Some(Raw { name, value: None, quote: None });
        }
        self.at += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        let quote = match self.bytes.get(self.at) {
            Some(b'"') => Some((Quote::Double, b'"')),
            Some(b'\'') => Some((Quote::Single, b'\'')),
            _ => None,
        };
        let start = self.at + usize::from(quote.is_some());
        self.at = start;
        if self.bytes.get(start) == Some(&b'{') {
            self.skip_expression();
        }
        self.skip(|byte| quote.map_or(!byte.is_ascii_whitespace(), |(_, mark)| byte != mark));
        let value = start..self.at.max(start);
        self.at += usize::from(quote.is_some());
        Some(Raw { name, value: Some(value), quote: quote.map(|(quote, _)| quote) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: &str) -> Vec<(&str, Option<&str>)> {
        let attributes = Attributes::new(tag, 2, tag.len() - 1);
        attributes.map(|raw| (&tag[raw.name], raw.value.map(|value| &tag[value]))).collect()
    }

    #[test]
    fn loose_values_get_quotes() {
        assert_eq!(
            quoted("<img src=a.png alt=b width=50% />").as_deref(),
            Some("<img src=\"a.png\" alt=b width=\"50%\" />")
        );
        assert_eq!(quoted("<a href=/x/>").as_deref(), Some("<a href=\"/x/\">"));
        assert_eq!(quoted("<img src=a alt=\"b.c\"/>"), None);
        assert_eq!(quoted("<img src=a\"b.png>"), None);
    }

    #[test]
    fn values_come_without_quotes() {
        assert_eq!(
            read("<a b=\"c d\" e='f\"' g=h/i j k = l m=\"\" n='é' o>"),
            [
                ("b", Some("c d")),
                ("e", Some("f\"")),
                ("g", Some("h/i")),
                ("j", None),
                ("k", Some("l")),
                ("m", Some("")),
                ("n", Some("é")),
                ("o", None)
            ]
        );
        assert_eq!(read("<a =b c==d/>"), [("=b", None), ("c", Some("=d/"))]);
        assert_eq!(read("<a \"x\" y>"), [("\"x\"", None), ("y", None)]);
        assert_eq!(read("<a b={`\n'/src/c?d' ${e}`} f>"), [("b", Some("{`\n'/src/c?d' ${e}`}")), ("f", None)]);
        assert!(read("<a >").is_empty());
    }
}
