//! Where tags, comments and text of a piece of HTML begin and end.
//!
//! A full tokeniser reads text byte by byte; most HTML in Markdown is text. So the borders are searched for here, as
//! the HTML standard has them, at a small part of the cost, and nothing else of a tokeniser is needed.

use std::ops::Range;

/// A part of a piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::page) enum Token<'a> {
    /// Text, entities not resolved.
    Text(Range<usize>),
    /// A start tag with its name as written; `bare` when it has no attribute with a value.
    Start { at: Range<usize>, name: &'a str, bare: bool },
    /// An end tag with its name as written.
    End { at: Range<usize>, name: &'a str },
    /// A comment; not `closed` when the text ends in it.
    Comment { at: Range<usize>, closed: bool },
}

/// Goes over a piece of HTML.
pub(in crate::page) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// What comes after the text that was just given.
    next: Option<Token<'a>>,
    /// The element whose content is text up to its end tag.
    raw: Option<&'a str>,
    /// Scripts and the like are not told from other elements.
    all_tags: bool,
}

impl<'a> Tokens<'a> {
    pub(in crate::page) fn new(html: &'a str) -> Self {
        Tokens { html, at: 0, next: None, raw: None, all_tags: false }
    }

    /// For Markdown, where a `<script>` may stand in code and never end.
    pub(in crate::page) fn without_raw_text(html: &'a str) -> Self {
        Tokens { all_tags: true, ..Tokens::new(html) }
    }

    /// The tag or comment that begins with the `<` at `open`, if one does, and where it ends.
    fn markup(&self, open: usize) -> Option<(Option<Token<'a>>, usize)> {
        let bytes = self.html.as_bytes();
        let rest = bytes.get(open..)?;
        match rest.get(1)? {
            b'!' if rest.starts_with(b"<!--") => {
                let end = comment_end(rest);
                let at = open..open + end.unwrap_or(rest.len());
                let past = at.end;
                Some((Some(Token::Comment { at, closed: end.is_some() }), past))
            }
            b'!' | b'?' => {
                let end = memchr::memchr(b'>', rest).map_or(rest.len(), |end| end + 1);
                Some((None, open + end))
            }
            b'/' if rest.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let end = memchr::memchr(b'>', rest).map_or(rest.len(), |end| end + 1);
                Some((Some(Token::End { at: open..open + end, name: self.name(open + 2) }), open + end))
            }
            byte if byte.is_ascii_alphabetic() => {
                // A tag that does not end takes the rest with it.
                let Some((end, bare)) = tag_end(rest) else { return Some((None, self.html.len())) };
                Some((Some(Token::Start { at: open..open + end, name: self.name(open + 1), bare }), open + end))
            }
            _ => None,
        }
    }

    fn name(&self, start: usize) -> &'a str {
        let rest = self.html.get(start..).unwrap_or_default();
        let end = rest.bytes().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// Where the next tag may begin: inside a script only its end tag.
    fn opener(&self, from: usize) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let Some(raw) = self.raw else { return Some(from + memchr::memchr(b'<', bytes.get(from..)?)?) };
        let ends = |rest: &[u8]| {
            let after = rest.get(2 + raw.len());
            rest.get(2..2 + raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes()))
                && after.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
        };
        let mut ends_at = memchr::memmem::find_iter(bytes.get(from..)?, b"</").map(|at| from + at);
        ends_at.find(|at| bytes.get(*at..).is_some_and(ends))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(token) = self.next.take() {
            return Some(token);
        }
        let mut start = self.at;
        let mut from = start;
        loop {
            let Some(open) = self.opener(from) else {
                self.at = self.html.len();
                return (start < self.at).then_some(Token::Text(start..self.at));
            };
            let Some((token, end)) = self.markup(open) else {
                from = open + 1;
                continue;
            };
            self.at = end;
            self.raw = match &token {
                Some(Token::Start { name, .. }) if !self.all_tags && is_raw_text(name) => Some(name),
                _ => None,
            };
            if open > start {
                self.next = token;
                return Some(Token::Text(start..open));
            }
            if token.is_some() {
                return token;
            }
            (start, from) = (end, end);
        }
    }
}

/// Elements whose content holds no tags.
fn is_raw_text(name: &str) -> bool {
    ["script", "style", "textarea", "title", "xmp"].iter().any(|raw| name.eq_ignore_ascii_case(raw))
}

/// The end of the comment that `rest` begins with. `<!-->` and `<!--->` are whole comments.
fn comment_end(rest: &[u8]) -> Option<usize> {
    match rest.get(4..)? {
        [b'>', ..] => Some(5),
        [b'-', b'>', ..] => Some(6),
        inside => memchr::memmem::find(inside, b"-->").map(|end| 4 + end + 3),
    }
}

/// The end of the start tag that `rest` begins with, and whether it has no attribute with a value. A `>` in a quoted
/// value ends nothing; a quote that does not follow a `=` quotes nothing.
fn tag_end(rest: &[u8]) -> Option<(usize, bool)> {
    let close = memchr::memchr(b'>', rest)?;
    let inside = rest.get(..close)?;
    if memchr::memchr(b'=', inside).is_none() {
        return Some((close + 1, true));
    }
    let mut at = 1;
    loop {
        let hit = at + memchr::memchr3(b'>', b'"', b'\'', rest.get(at..)?)?;
        let byte = *rest.get(hit)?;
        if byte == b'>' {
            return Some((hit + 1, false));
        }
        let before = rest.get(..hit)?.trim_ascii_end();
        at = hit + 1;
        if before.ends_with(b"=") {
            at += memchr::memchr(byte, rest.get(at..)?)? + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(html: &str) -> Vec<&str> {
        let at = |token| match token {
            Token::Text(at) | Token::Start { at, .. } | Token::End { at, .. } | Token::Comment { at, .. } => at,
        };
        Tokens::new(html).map(|token| &html[at(token)]).collect()
    }

    #[test]
    fn borders_are_those_of_the_standard() {
        assert_eq!(parts("a<b>c</b>d"), ["a", "<b>", "c", "</b>", "d"]);
        assert_eq!(parts("<a title=\"x>y\" b>z"), ["<a title=\"x>y\" b>", "z"]);
        assert_eq!(parts("<a \"x>y"), ["<a \"x>", "y"]);
        assert_eq!(parts("1 < 2 <3"), ["1 < 2 <3"]);
        assert_eq!(parts("<!-- <a> --><!-->x<!-- y"), ["<!-- <a> -->", "<!-->", "x", "<!-- y"]);
        assert_eq!(parts("<!doctype html>x<?php ?>"), ["x"]);
        assert_eq!(parts("<script>if (a < b) '<a>'</SCRIPT >x"), ["<script>", "if (a < b) '<a>'", "</SCRIPT >", "x"]);
        assert!(parts("<a href='").is_empty(), "a tag that does not end is dropped, as in a browser");
    }
}
