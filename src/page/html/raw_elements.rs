//! HTML elements that end before Markdown goes on: for Python-Markdown a block ends with its end tag, and the next line is a
//! heading or a paragraph again. CommonMark reads on to the next empty line.
//!
//! Where they differ the end tag's line is blanked before the parse, and what was blanked is read on its own afterwards. An
//! element on one line with a link stays as it is: what is blanked is taken for text that a template writes.

use super::{MarkdownElement, element_end, is_inline, is_void};
use crate::source::Span;

/// Longer elements are left to the parser: what follows such a one is set off by an empty line in practice.
const LONG: usize = 4 * 1024;

/// The elements of `file[start..]` with text on the line after their end tag.
pub(in crate::page) fn raw_elements(file: &str, start: usize) -> Vec<MarkdownElement> {
    let body = file.get(start..).unwrap_or_default();
    let mut found = Vec::new();
    let mut done = 0;
    for open in memchr::memchr_iter(b'<', body.as_bytes()) {
        if open < done || !begins_block(body, open) || !is_block_tag(body.get(open + 1..).unwrap_or_default()) {
            continue;
        }
        let window = body.get(open..body.floor_char_boundary(open + LONG)).unwrap_or_default();
        let Some(length) = element_end(window) else { continue };
        let end = open + length;
        let (Some(element), Some(behind)) = (body.get(open..end), body.get(end..)) else { continue };
        let Some((rest_of_line, below)) = behind.split_once('\n') else { continue };
        let next = below.lines().next().unwrap_or_default();
        done = end;
        if !rest_of_line.trim().is_empty() || next.trim().is_empty() || element.contains(" markdown") {
            continue;
        }
        let last_line = element.rfind('\n').map_or(0, |line_end| line_end + 1);
        let last = element.get(last_line..).unwrap_or_default();
        let tag = if last_line > 0 && last.trim_start().starts_with("</") {
            end - last.trim_start().len()
        } else if last_line == 0 && !["href", "src"].iter().any(|link| element.contains(link)) {
            open
        } else {
            continue;
        };
        let [tag, end] = [start + tag, start + end];
        found.push(MarkdownElement { tag: Span::new(tag, end), close: Span::new(end, end) });
    }
    found
}

/// At the start of a line, where a paragraph ends too.
fn begins_block(body: &str, at: usize) -> bool {
    body.get(..at).is_some_and(|before| before.is_empty() || before.ends_with('\n'))
}

fn is_block_tag(rest: &str) -> bool {
    let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !matches!(&*name, "pre" | "script" | "style" | "textarea")
        && !is_inline(name.as_bytes())
        && !is_void(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_end_a_block() {
        let of = |text: &'static str| -> Vec<&'static str> {
            raw_elements(text, 0).iter().map(|element| element.tag.of(text)).collect()
        };
        assert_eq!(of("<div id=\"a\"></div>\n### A\n"), ["<div id=\"a\"></div>"]);
        assert_eq!(of("x\n\n<div>\n<p>a</p>\n</div>  \n[b](c)\n\n<div></div>\n\n### B"), ["</div>"]);
        for text in ["<div></div>\n\n# A", "<b>a</b>\n# A", "<div markdown>\n</div>\nx", "<div>\n# A"] {
            assert!(of(text).is_empty(), "{text}");
        }
    }
}
