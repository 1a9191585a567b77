//! Lines that bring text from elsewhere: `--8<-- "file"` of pymdownx.snippets, `{!file!}` of markdown-include,
//! `{* file *}` of mdx-include, and `::: module` of mkdocstrings.
//!
//! They are template tags to the rest of the program: hidden from the Markdown parser, and a reason not to call an
//! anchor missing. In a fence they bring code, which has no anchors.

use super::scan::Scan;
use super::{Syntax, TemplateCall};
use crate::source::Span;

/// Adds the includes of `file[start..]` to what was found before.
pub(super) fn add(mut scan: Scan, file: &str, start: usize) -> Scan {
    let bytes = file.as_bytes();
    let mut fence: Option<(u8, usize)> = None;
    // The line after which the names of the files stand, one a line, up to another such line.
    let mut block: Option<usize> = None;
    let mut at = start;
    let before = scan.tags.len();
    while at < bytes.len() {
        let from = at;
        let rest = bytes.get(from..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        at = from + end + 1;
        let line = rest.get(..end).unwrap_or_default();
        let indent = line.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let text = line.get(indent..).unwrap_or_default().trim_ascii_end();
        match (fence, super::mdx::fence_marker(text)) {
            (Some((byte, length)), Some((other, more))) if byte == other && more >= length && text.len() == more => {
                fence = None;
                continue;
            }
            (None, Some(marker)) => {
                fence = Some(marker);
                continue;
            }
            (Some(_), _) => continue,
            _ => {}
        }
        let (first, last) = (from + indent, from + indent + text.len());
        match (scissors(text), block) {
            (Some(true), None) => block = Some(first),
            (Some(true), Some(open)) => {
                push(&mut scan, open, last);
                block = None;
            }
            (_, Some(_)) => {}
            (Some(false), None) => push(&mut scan, first, last),
            (None, None) if includes(text) => push(&mut scan, first, last),
            _ => {}
        }
    }
    if scan.tags.len() > before && before > 0 {
        scan.tags.sort();
        scan.calls.sort_by_key(|call| call.span);
        let mut end = 0;
        scan.tags.retain(|tag| {
            let apart = tag.start >= end;
            end = end.max(tag.end);
            apart
        });
    }
    scan
}

/// `--8<--` with a file (`false`) or alone (`true`).
fn scissors(text: &[u8]) -> Option<bool> {
    let rest = without_dashes(text.strip_prefix(b"-")?);
    match without_dashes(rest.strip_prefix(b"8<-")?) {
        [] => Some(true),
        [b' ', ..] => Some(false),
        _ => None,
    }
}

fn without_dashes(text: &[u8]) -> &[u8] {
    text.get(text.iter().take_while(|byte| **byte == b'-').count()..).unwrap_or_default()
}

/// `{!file!}`, `{* file *}`, `::: module.path`.
fn includes(text: &[u8]) -> bool {
    let file = |open: &[u8], close: &[u8]| text.len() > 4 && text.starts_with(open) && text.ends_with(close);
    let module = || {
        let name = text.strip_prefix(b"::: ").unwrap_or_default();
        !name.is_empty()
            && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'/' | b'-'))
    };
    file(b"{!", b"!}") || file(b"{*", b"*}") || module()
}

fn push(scan: &mut Scan, from: usize, to: usize) {
    let span = Span::new(from, to);
    scan.tags.push(span);
    scan.calls.push(TemplateCall {
        span,
        syntax: Syntax::Tag,
        name: Span::new(from, (from + 3).min(to)),
        closing: false,
        arguments: Box::default(),
        filters: Box::default(),
        in_destination: false,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_notation_is_one_tag_and_code_has_none() {
        let text = "--8<-- \"a.md\"\n\n```\n--8<-- \"b.py\"\n```\n\n{!c.md!}\n  {* d.py hl[1] *}\n::: pkg.mod\n::: {.note}\n-8<-\ne.md\nf.md\n-8<-\n--8<--x\n";
        let scan = add(Scan::default(), text, 0);
        let tags: Vec<&str> = scan.tags.iter().map(|tag| tag.of(text)).collect();
        assert_eq!(tags, ["--8<-- \"a.md\"", "{!c.md!}", "{* d.py hl[1] *}", "::: pkg.mod", "-8<-\ne.md\nf.md\n-8<-"]);
    }
}
