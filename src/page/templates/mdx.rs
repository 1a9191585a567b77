//! MDX: expressions in braces, comments, and the `import` and `export` lines at the margin.
//!
//! MDX is not parsed as JavaScript: braces are matched and hidden, so that attributes and destinations beside them can
//! be read. An expression that holds markup of its own is not looked into.

use super::liquid::next;
use super::mask::Scan;
use super::{Syntax, TemplateCall};
use crate::source::Span;

/// Finds expressions, comments and module lines of `file[start..]`, outside fenced code.
pub(super) fn scan(file: &str, start: usize) -> Scan {
    let mut found = Scan::default();
    let mut open: Vec<usize> = Vec::new();
    let mut fence: Option<(u8, usize)> = None;
    let mut module = false;
    let mut blank_before = true;
    let mut at = start;
    let mut skip_to = 0;
    let mut last = 0;
    let bytes = file.as_bytes();
    while at < bytes.len() {
        let from = at;
        at = memchr::memchr(b'\n', bytes.get(from..).unwrap_or_default()).map_or(bytes.len(), |end| from + end + 1);
        let line = bytes.get(from..at).unwrap_or_default();
        let text = line.trim_ascii();
        if text.is_empty() {
            open.clear();
            module = false;
            blank_before = true;
            continue;
        }
        let marker = fence_marker(text);
        match (fence, marker) {
            (Some((byte, length)), Some((other, more))) if byte == other && more >= length && text.len() == more => {
                fence = None
            }
            (None, Some(marker)) => fence = Some(marker),
            _ => {}
        }
        if fence.is_some() || marker.is_some() {
            blank_before = false;
            continue;
        }
        module |= blank_before && (line.starts_with(b"import ") || line.starts_with(b"export "));
        blank_before = false;
        if module {
            found.blanks.push(Span::new(from, at));
            continue;
        }
        for brace in memchr::memchr2_iter(b'{', b'}', line) {
            let place = from + brace;
            if place < skip_to {
                continue;
            }
            if line.get(brace) == Some(&b'{') {
                if open.is_empty()
                    && line.get(brace..).is_some_and(|rest| rest.starts_with(b"{/*"))
                    && let Some(end) = next(bytes, b"*/}", place + 3, &mut last)
                {
                    let span = Span::new(place, end + 3);
                    found.comments.push(span);
                    found.blanks.push(span);
                    skip_to = span.end as usize;
                    continue;
                }
                open.push(place);
            } else if let Some(begin) = open.pop()
                && open.is_empty()
            {
                push(&mut found, Span::new(begin, place + 1));
            }
        }
    }
    found
}

fn push(found: &mut Scan, span: Span) {
    found.tags.push(span);
    found.calls.push(TemplateCall {
        span,
        syntax: Syntax::Expression,
        name: Span::default(),
        closing: false,
        arguments: Box::default(),
        filters: Box::default(),
        in_destination: false,
    });
}

/// The fence at the start of a line: its byte and its length.
fn fence_marker(text: &[u8]) -> Option<(u8, usize)> {
    let byte = *text.first()?;
    let length = text.iter().take_while(|b| **b == byte).count();
    (matches!(byte, b'`' | b'~') && length >= 3).then_some((byte, length))
}
