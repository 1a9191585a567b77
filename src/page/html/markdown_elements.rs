//! `<div markdown="1">` of kramdown and Python-Markdown: elements whose content is Markdown after all.
//!
//! CommonMark would read the tag as the start of an HTML block that swallows the lines after it, so tag and end tag are
//! blanked before the parse and read on their own afterwards.

use super::{Token, Tokens, is_inline, is_void};
use crate::source::Span;

/// How many open elements are looked through for the one that an end tag closes.
const REACH: usize = 64;

/// One such element; spans are into the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::page) struct MarkdownElement {
    /// The start tag.
    pub(in crate::page) tag: Span,
    /// The end tag; empty at the page's end when it is missing.
    pub(in crate::page) close: Span,
}

impl MarkdownElement {
    /// True when the span lies between the two tags.
    pub(in crate::page) fn holds(&self, span: Span) -> bool {
        self.tag.end <= span.start && span.end <= self.close.start
    }
}

/// The elements of `file[start..]`, in order. With `bare`, `<div markdown>` is one too.
pub(in crate::page) fn markdown_elements(file: &str, start: usize, bare: bool) -> Vec<MarkdownElement> {
    let bytes = file.as_bytes().get(start..).unwrap_or_default();
    let attribute: &[u8] = if bare { b" markdown" } else { b"markdown=" };
    let Some(first) = memchr::memmem::find(bytes, attribute) else { return Vec::new() };
    let Some(open) = memchr::memrchr(b'<', bytes.get(..first).unwrap_or_default()) else { return Vec::new() };
    let offset = start + open;
    let text = file.get(offset..).unwrap_or_default();
    let mut found: Vec<MarkdownElement> = Vec::new();
    let mut stack: Vec<(&str, Option<usize>)> = Vec::new();
    for token in Tokens::without_raw_text(text) {
        match token {
            Token::Start { at, name, bare: nothing_inside } => {
                let tag = text.get(at.clone()).unwrap_or_default();
                let lower = name.to_ascii_lowercase();
                if is_inline(lower.as_bytes()) || is_void(lower.as_bytes()) || tag.ends_with("/>") || name.contains(':')
                {
                    continue;
                }
                let markdown = (bare || !nothing_inside) && is_markdown(tag, bare);
                stack.push((name, markdown.then_some(found.len())));
                if markdown {
                    let end = Span::new(file.len(), file.len());
                    found.push(MarkdownElement { tag: Span::new(offset + at.start, offset + at.end), close: end });
                }
            }
            Token::End { at, name } => {
                let open = stack.iter().rev().take(REACH).position(|(open, _)| open.eq_ignore_ascii_case(name));
                let Some(open) = open.map(|from_top| stack.len() - 1 - from_top) else { continue };
                if let Some((_, Some(index))) = stack.get(open)
                    && let Some(element) = found.get_mut(*index)
                {
                    element.close = Span::new(offset + at.start, offset + at.end);
                }
                stack.truncate(open);
            }
            _ => {}
        }
    }
    found
}

/// `markdown` is `1`, `block` or `span`, or, with `bare`, nothing.
fn is_markdown(tag: &str, bare: bool) -> bool {
    let alone = |(at, name): (usize, &str)| tag.get(at + name.len()..).is_some_and(|rest| rest.starts_with([' ', '>']));
    if bare && tag.match_indices(" markdown").any(alone) {
        return true;
    }
    let mut values = tag.match_indices("markdown=").filter_map(|(at, name)| tag.get(at + name.len()..));
    values.any(|value| {
        let value = value.trim_start_matches(['"', '\'']);
        ["1", "block", "span"].iter().any(|on| {
            value.strip_prefix(on).is_some_and(|rest| rest.starts_with(['"', '\'', ' ', '>', '\n', '\t', '/']))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_finds_its_own_end() {
        let text = "<div>x</div>\n<div class=\"a\" markdown=\"1\">\n<div>y</div>\n<p markdown='span'>z</p>\n</div> <div markdown=0>";
        let found = markdown_elements(text, 0, false);
        let parts: Vec<(&str, u32)> = found.iter().map(|e| (e.tag.of(text), e.close.start)).collect();
        assert_eq!(parts, [("<div class=\"a\" markdown=\"1\">", 80), ("<p markdown='span'>", 75)]);
        assert!(markdown_elements("no markdown= here", 0, false).is_empty());
        assert!(markdown_elements("<div markdown>x</div>", 0, false).is_empty());
        assert_eq!(markdown_elements("<div class=\"a\" markdown>x</div>", 0, true).len(), 1);
    }
}
