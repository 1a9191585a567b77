//! HTML elements that end before Markdown goes on: for kramdown and Python-Markdown a block ends with its end tag, and
//! what stands behind it or on the next line is a heading or a paragraph again. CommonMark reads on to the next empty line.
//!
//! Where they differ the end of the tag becomes the line end that CommonMark waits for; what is read as HTML keeps it.

use std::ops::Range;

use super::{MarkdownElement, is_inline, is_void};
use crate::source::Span;

/// What an element's end and the text after it need.
#[derive(Debug, Default)]
pub(in crate::page) struct RawEnds {
    /// Ends of tags that become line ends: places in the body.
    pub(in crate::page) cuts: Vec<Range<usize>>,
    /// Inline tags alone on their line, which open a paragraph and no block: places in the file.
    pub(in crate::page) inline: Vec<MarkdownElement>,
}

/// The elements of `file[start..]` with text right behind them.
pub(in crate::page) fn raw_ends(file: &str, start: usize) -> RawEnds {
    let body = file.get(start..).unwrap_or_default().as_bytes();
    let mut found = RawEnds::default();
    for at in memchr::memchr_iter(b'<', body) {
        let rest = body.get(at + 1..).unwrap_or_default();
        let closes = rest.first() == Some(&b'/');
        let name = name(rest.get(usize::from(closes)..).unwrap_or_default());
        let Some(name) = Name::of(name) else { continue };
        if closes {
            found.cuts.extend(after_end_tag(body, at, name));
        } else if name.is(b"hr") && opens_line(body, at) {
            found.cuts.extend(tag_alone(body, at).map(|end| end - 1..end));
        } else if name.is_one_of(&[b"br", b"img", b"a"]) && opens_block(body, at) {
            // `<a name="x">` that ends later is no tag of its own.
            let closed = |end: usize| !name.is(b"a") || body.get(at..end).is_some_and(|tag| tag.ends_with(b"/>"));
            found.inline.extend(tag_alone(body, at).filter(|end| closed(*end)).map(|end| {
                let [tag, end] = [start + at, start + end];
                MarkdownElement { tag: Span::new(tag, end), close: Span::new(end, end) }
            }));
        }
    }
    found
}

/// What is to become line ends behind the end tag at `at`, when text follows.
fn after_end_tag(body: &[u8], at: usize, name: Name) -> Option<Range<usize>> {
    let tag = body.get(at..)?;
    let last = tag.iter().skip(2 + name.length).position(|byte| !byte.is_ascii_whitespace())? + 2 + name.length;
    let end = at + last + 1;
    if tag.get(last) != Some(&b'>') || !name.is_block() {
        return None;
    }
    match next_on_line(body, end) {
        None => text_below(body, end).then_some(end - 1..end),
        Some(b'<') => None,
        // Of a line of text no block can begin in the middle.
        Some(_) => {
            let line = memchr::memrchr(b'\n', body.get(..at)?).map_or(0, |line_end| line_end + 1);
            let first = body.get(line..)?.trim_ascii_start();
            (first.first() == Some(&b'<')).then_some(end - 2..end)
        }
    }
}

/// The end of the tag that begins at `at` and stands alone on its line, with text on the line below.
fn tag_alone(body: &[u8], at: usize) -> Option<usize> {
    let tag = body.get(at..)?;
    let end = at + memchr::memchr2(b'>', b'\n', tag)? + 1;
    let alone = body.get(end - 1) == Some(&b'>') && next_on_line(body, end).is_none();
    (alone && text_below(body, end)).then_some(end)
}

/// Only blanks before it on its line.
fn opens_line(body: &[u8], at: usize) -> bool {
    let before = body.get(..at).unwrap_or_default().iter().rev();
    matches!(before.copied().find(|byte| !matches!(byte, b' ' | b'\t')), None | Some(b'\n'))
}

/// The same, under an empty line.
fn opens_block(body: &[u8], at: usize) -> bool {
    let before = body.get(..at).unwrap_or_default();
    let above = before.trim_ascii_end();
    let line_ends = before.iter().skip(above.len()).filter(|byte| **byte == b'\n').count();
    above.is_empty() || line_ends >= 2 && opens_line(body, at)
}

/// The first byte behind `at` on the same line that is no blank.
fn next_on_line(body: &[u8], at: usize) -> Option<u8> {
    let next = body.iter().skip(at).copied().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    next.filter(|byte| *byte != b'\n')
}

/// Text on the line after the one that holds `at`, which begins no block of HTML.
fn text_below(body: &[u8], at: usize) -> bool {
    let rest = body.get(at..).unwrap_or_default();
    let Some(line_end) = memchr::memchr(b'\n', rest) else { return false };
    let below = rest.get(line_end + 1..).unwrap_or_default();
    let blanks = below.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    match below.get(blanks..) {
        None | Some([] | [b'\n', ..]) => false,
        Some([b'<', tag @ ..]) => Name::of(name(tag)).is_some_and(|name| name.is_inline()),
        Some(_) => true,
    }
}

/// The letters and digits at the start.
fn name(rest: &[u8]) -> &[u8] {
    let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-').unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// An element's name in small letters.
#[derive(Debug, Clone, Copy)]
struct Name {
    letters: [u8; 12],
    length: usize,
}

impl Name {
    /// `None` for what is no name, or longer than those of HTML.
    fn of(name: &[u8]) -> Option<Name> {
        let mut letters = [0; 12];
        letters.get_mut(..name.len())?.copy_from_slice(name);
        letters.make_ascii_lowercase();
        name.first().is_some_and(u8::is_ascii_alphabetic).then_some(Name { letters, length: name.len() })
    }

    fn text(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    fn is(&self, name: &[u8]) -> bool {
        self.text() == name
    }

    fn is_one_of(&self, names: &[&[u8]]) -> bool {
        names.contains(&self.text())
    }

    fn is_inline(&self) -> bool {
        is_inline(self.text())
    }

    /// A block whose content is HTML. Those whose content is text end with their end tag for CommonMark too.
    fn is_block(&self) -> bool {
        let own_end: [&[u8]; 4] = [b"pre", b"script", b"style", b"textarea"];
        !self.is_inline() && !is_void(self.text()) && !self.is_one_of(&own_end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(text: &str) -> Vec<(usize, &str)> {
        raw_ends(text, 0).cuts.into_iter().map(|cut| (cut.start, &text[cut])).collect()
    }

    #[test]
    fn ends_with_text_behind_them() {
        assert_eq!(cuts("<div id=\"a\"></div>\n### A\n"), [(17, ">")]);
        assert_eq!(cuts("x\n\n<div>\n<p>a</p>\n</div>  \r\n[b](c)\n\n<div></div>\n\n### B"), [(23, ">")]);
        assert_eq!(cuts("<h3>W</h3 >\n<b>x</b>"), [(10, ">")]);
        assert_eq!(cuts("<div>a</div> [x](y)"), [(10, "v>")]);
        assert_eq!(cuts("<hr />\nText\n\n<hr>\n\n<hr>\n<p>"), [(5, ">")]);
        for text in
            ["<div></div>\n\n# A", "<b>a</b>\n# A", "a <p>b</p> c", "<div>\n# A", "<p>a</p>\n<p>b</p>", "<p>a</p>"]
        {
            assert!(cuts(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn inline_tags_that_open_a_paragraph() {
        let of = |text: &'static str| -> Vec<&'static str> {
            raw_ends(text, 0).inline.iter().map(|element| element.tag.of(text)).collect()
        };
        assert_eq!(of("a\n\n<img src=\"b\">\n[c](d)"), ["<img src=\"b\">"]);
        assert_eq!(of("<a name=\"x\" />\n# B"), ["<a name=\"x\" />"]);
        for text in ["a\n<br>\nb", "<br>\n\nb", "<img src=\"b\"> c\nd", "<a name=\"x\">\nb</a>"] {
            assert!(of(text).is_empty(), "{text}");
        }
    }
}
