//! The text of a file and the places in it.
//!
//! Everything inside postlint speaks in byte offsets into the file *as it is on disk* ([`Span`]); lines and columns
//! are made only when a report needs them ([`LineIndex`]), because a page without a finding never needs one.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};

/// A range of bytes of a file as it is on disk (a byte order mark counts), `end` exclusive. Both ends stand on
/// character boundaries. Files are limited to 4 GiB by the type and to 10 MB by `file/too-large`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// A finding about a whole file has this span.
    pub const FILE: Span = Span { start: 0, end: 0 };

    /// From `start` to `end`, saturating at 4 GiB.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: cut(start), end: cut(end) }
    }

    /// The same as a standard range, to slice with.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when it covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The text at this span, or the empty string when the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// True when the other span lies inside this one.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A place as people count: line and column from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

/// Where each line of a text starts; turns byte offsets into [`Position`]s.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Scans the text once for line feeds (a CR before one belongs to the line's end).
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 40 + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| Span::new(at + 1, at + 1).start));
        LineIndex { starts }
    }

    /// Number of lines; a text that ends in a line feed has an empty last one.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// Line (from 0) that holds the byte at `offset`.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// Byte range of a line (from 0) of the text, without its line end.
    #[must_use]
    pub fn line_span(&self, text: &str, line: usize) -> Span {
        let start = self.starts.get(line).map_or(text.len(), |&s| s as usize);
        let next = self.starts.get(line + 1).map_or(text.len(), |&s| s as usize);
        let whole = text.get(start..next).unwrap_or_default();
        Span::new(start, start + whole.trim_end_matches(['\n', '\r']).len())
    }

    /// Line and column (characters) of a byte offset; an offset inside a character counts as that character.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        self.place(text, offset, |before| before.chars().count())
    }

    /// Line and column in UTF-16 code units, as the Language Server Protocol and SARIF viewers count.
    #[must_use]
    pub fn position_utf16(&self, text: &str, offset: usize) -> Position {
        self.place(text, offset, |before| before.encode_utf16().count())
    }

    fn place(&self, text: &str, offset: usize, count: impl Fn(&str) -> usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let start = self.starts.get(line).map_or(0, |&s| s as usize);
        let before = text.get(start..offset).unwrap_or_default();
        // A byte order mark has no column of its own: editors do not show it.
        let before = if line == 0 { before.trim_start_matches('\u{feff}') } else { before };
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: number(line + 1), column: number(count(before) + 1) }
    }
}

/// How much of a line is looked at around a place in it. A page may be one line of many megabytes with a place of interest
/// in every tenth byte, and then looking back to its start from each would take minutes.
const LINE: usize = 16 * 1024;

/// The whole lines that a stretch of the text stands in, without the last line end.
#[must_use]
pub fn whole_lines(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    Span::new(start - line_before(text, start).len(), end + line_after(text, end).len())
}

/// What stands before a byte offset on its line (of a line that is longer than a chapter: the last of it).
#[must_use]
pub fn line_before(text: &str, at: usize) -> &str {
    let start = text.floor_char_boundary(at.saturating_sub(LINE));
    let before = text.get(start..at).unwrap_or_default();
    before.rfind('\n').and_then(|end| before.get(end + 1..)).unwrap_or(before)
}

/// What stands after a byte offset on its line, without its end (of a line that is longer than a chapter: the first of it).
#[must_use]
pub fn line_after(text: &str, at: usize) -> &str {
    let end = text.floor_char_boundary(at.saturating_add(LINE));
    let after = text.get(at..end).unwrap_or_default();
    after.lines().next().unwrap_or_default()
}

/// True when an odd number of backticks stands before a byte offset on its line, so that it is read as code.
#[must_use]
pub fn in_code_span(text: &str, at: usize) -> bool {
    memchr::memchr_iter(b'`', line_before(text, at).as_bytes()).count() % 2 == 1
}

/// The next `length` bytes of a file, fewer if it ends before. What a file's length says is believed: reading on to be
/// told that it has ended costs as much as reading a page. A length of zero says nothing (some systems' files have it).
///
/// # Errors
/// When reading fails.
pub fn bytes(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    match length {
        0 => from.read_to_end(&mut bytes)?,
        _ => from.take(length).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_one() {
        let text = "a\r\n\u{e9}t\u{e9} \u{1f600}x\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 0), Position { line: 1, column: 1 });
        let x = text.find('x').unwrap();
        assert_eq!(index.position(text, x), Position { line: 2, column: 6 });
        assert_eq!(index.position_utf16(text, x), Position { line: 2, column: 7 });
        assert_eq!(index.position(text, text.len()), Position { line: 3, column: 1 });
        assert_eq!(index.line_span(text, 0).of(text), "a");
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let text = "\u{feff}ab";
        assert_eq!(LineIndex::new(text).position(text, 4), Position { line: 1, column: 2 });
    }
}
