//! Where a destination stands in the source.
//!
//! The parser lends the destination from its input unless it had to resolve an escape, so its address *is* the place;
//! that is not promised, so a scan stands behind it and the tests compare the two.

use std::ops::Range;

use pulldown_cmark::CowStr;

use crate::page::decode;
use crate::page::links::Form;

/// The place of a text that the parser borrowed from `text`.
pub(super) fn pointer(text: &str, part: &CowStr<'_>) -> Option<Range<usize>> {
    match part {
        CowStr::Borrowed(part) if !part.is_empty() => address(text, part),
        _ => None,
    }
}

/// The place of `part` in `text`, if it lies there in memory.
pub(super) fn address(text: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let end = start + part.len();
    (end <= text.len()).then_some(start..end)
}

/// The destination of an inline link, by scanning from `last` (what stands inside the brackets ends there) to `end`.
pub(super) fn inline(text: &str, last: usize, end: usize, destination: &str, in_table: bool) -> Option<Range<usize>> {
    let opener = memchr::memmem::find(text.as_bytes().get(last..end)?, b"](")?;
    confirmed(text, last + opener + 2, destination, in_table)
}

/// The destination of the definition that starts at `start`, by scanning.
pub(super) fn definition(text: &str, start: usize, end: usize, destination: &str) -> Option<Range<usize>> {
    confirmed(text, label_end(text, start, end)? + 2, destination, false)
}

/// Where the `]:` of a definition stands.
pub(super) fn label_end(text: &str, start: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while at < end {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b']' => return (bytes.get(at + 1) == Some(&b':')).then_some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Skips the gap and reads a destination; a `>` after a line end is a quote's marker, or else part of the text.
fn confirmed(text: &str, from: usize, destination: &str, in_table: bool) -> Option<Range<usize>> {
    let said = |range: &Range<usize>| {
        let raw = text.get(range.clone()).unwrap_or_default();
        let form = form(text, range.start);
        decode::destination(raw, form, in_table).is_some_and(|said| said == destination)
    };
    let first = at(text, gap(text, from, true));
    if first.as_ref().is_some_and(said) {
        return first;
    }
    let second = at(text, gap(text, from, false)).filter(said);
    second.or(first)
}

/// Blanks, one line end, and the markers of the containers after it.
pub(super) fn gap(text: &str, from: usize, markers: bool) -> usize {
    let bytes = text.as_bytes();
    let mut line_ends = 0;
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' => {}
            b'\n' if line_ends == 0 => line_ends = 1,
            b'>' if markers && line_ends == 1 => {}
            _ => break,
        }
        at += 1;
    }
    at
}

/// The destination that starts at `from`, brackets excluded.
pub(super) fn at(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let angle = bytes.get(from) == Some(&b'<');
    let start = from + usize::from(angle);
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match bytes.get(at) {
            Some(b'\\') if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            Some(b'>') if angle => return Some(start..at),
            None | Some(b'\n' | b'\r' | b'<') if angle => return None,
            None | Some(..=b' ') if !angle => break,
            Some(b'(') if !angle => depth += 1,
            Some(b')') if !angle => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => break,
            },
            _ => {}
        }
        at += 1;
    }
    Some(start..at)
}

/// How a replacement of the destination that starts at `start` must be written.
pub(super) fn form(text: &str, start: usize) -> Form {
    if text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'<') { Form::Angle } else { Form::Plain }
}

#[cfg(test)]
#[path = "destination_tests.rs"]
mod tests;
