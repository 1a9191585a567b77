//! The texts behind the findings, read once more when a report shows them.
//!
//! Of a large site, the pipeline drops a page's text when the page is done. A report needs lines, columns and excerpts, but only of files
//! with findings, and only if the file still is what was checked: a span into a changed file points anywhere.

use crate::hash::Map;
use std::borrow::Cow;
use std::cell::RefCell;
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::finding::FilePath;
use crate::outcome::{FileStamp, Outcome, Places};
use crate::source::{self, LineIndex, Position, Span};

/// Texts are kept for the next finding of the same file, up to this many bytes; then all are forgotten. Findings come by
/// file, so little more than the file at hand is ever asked for again.
const KEPT_BYTES: usize = 1 << 20;

/// Reads and keeps the texts of files with findings.
#[derive(Debug)]
pub struct Texts<'a> {
    base: &'a Path,
    stamps: &'a Map<FilePath, FileStamp>,
    memory: &'a Map<FilePath, String>,
    checked: &'a Map<FilePath, Vec<u8>>,
    places: &'a Places,
    kept: RefCell<Kept<'a>>,
}

#[derive(Debug, Default)]
struct Kept<'a> {
    texts: Map<FilePath, Option<Arc<Text<'a>>>>,
    bytes: usize,
}

impl<'a> Texts<'a> {
    /// The texts as they were checked.
    #[must_use]
    pub fn checked(outcome: &'a Outcome) -> Self {
        let Outcome { base, stamps, memory, places, texts, .. } = outcome;
        Texts { base, stamps, memory, checked: texts, places, kept: RefCell::default() }
    }

    /// The texts as they were before `--fix`.
    #[must_use]
    pub fn before(outcome: &'a Outcome) -> Self {
        Texts { memory: &outcome.before, ..Texts::checked(outcome) }
    }

    /// The text of a file, unless it is gone or no longer what was checked.
    #[must_use]
    pub fn get(&self, file: &FilePath) -> Option<Arc<Text<'a>>> {
        let mut kept = self.kept.borrow_mut();
        if let Some(known) = kept.texts.get(file) {
            return known.clone();
        }
        let text = self.load(file).map(|text| Arc::new(Text::new(text)));
        let size = text.as_ref().map_or(0, |text| text.text.len());
        if kept.bytes + size > KEPT_BYTES {
            *kept = Kept::default();
        }
        kept.bytes += size;
        kept.texts.insert(Arc::clone(file), text.clone());
        text
    }

    /// Start and end of a span; `None` when the text is not at hand. A whole file is at 1:1 without a look.
    #[must_use]
    pub fn place(&self, file: &FilePath, span: Span) -> Option<(Position, Position)> {
        if span == Span::FILE {
            return Some((START, START));
        }
        if let Some(known) = self.places.get(file).and_then(|of_file| of_file.get(&span)) {
            return Some(*known);
        }
        let text = self.get(file)?;
        Some((text.position(span.start as usize), text.position(span.end as usize)))
    }

    fn load(&self, file: &FilePath) -> Option<Cow<'a, str>> {
        if let Some(text) = self.memory.get(file) {
            return Some(Cow::Borrowed(text));
        }
        if let Some(bytes) = self.checked.get(file) {
            return Some(readable(bytes));
        }
        let stamp = self.stamps.get(file)?;
        let path = self.base.join(&**file);
        let found = std::fs::metadata(&path).ok()?;
        // Asked before opening: a pipe would block, a larger file is another one anyway.
        if !found.is_file() || found.len() != stamp.len {
            return None;
        }
        let bytes = source::bytes(&mut File::open(path).ok()?, stamp.len).ok()?;
        (FileStamp::of(&bytes) == *stamp).then(|| Cow::Owned(readable(&bytes).into_owned()))
    }
}

/// Where a finding about a whole file stands.
pub const START: Position = Position { line: 1, column: 1 };

/// Text of the same length in bytes: each byte that is no UTF-8 becomes a `?`, so that every span still fits.
fn readable(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    Cow::Owned(text)
}

/// A text with the means to say where in it something is, in time that does not depend on how long a line is.
#[derive(Debug)]
pub struct Text<'a> {
    text: Cow<'a, str>,
    lines: LineIndex,
    /// Characters before each block of [`BLOCK`] bytes; counted when a line longer than a block is met.
    marks: OnceLock<Vec<u32>>,
}

/// Bytes between two marks.
const BLOCK: usize = 1024;
const BYTE_ORDER_MARK: char = '\u{feff}';

impl<'a> Text<'a> {
    /// Scans the text once.
    #[must_use]
    pub fn new(text: Cow<'a, str>) -> Self {
        Text { lines: LineIndex::new(&text), marks: OnceLock::new(), text }
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where its lines start.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The same as [`LineIndex::position`], without counting through the line.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines.line_of(offset);
        let start = self.lines.line_span(&self.text, line).start as usize;
        let hidden = line == 0 && offset > 0 && self.text.starts_with(BYTE_ORDER_MARK);
        let before = if offset - start <= BLOCK {
            characters(self.text.as_bytes().get(start..offset).unwrap_or_default())
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        let column = before + 1 - u32::from(hidden);
        Position { line: u32::try_from(line + 1).unwrap_or(u32::MAX), column }
    }

    fn marks(&self) -> &[u32] {
        self.marks.get_or_init(|| {
            let blocks = self.text.as_bytes().chunks(BLOCK).map(characters);
            blocks.scan(0, |before, here| Some(std::mem::replace(before, *before + here))).collect()
        })
    }

    fn characters_before(&self, offset: usize) -> u32 {
        let marks = self.marks();
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        // An offset at the very end may stand behind the last mark.
        let Some(mark) = marks.get(block) else {
            let last = marks.len().saturating_sub(1);
            let block = self.text.as_bytes().get(last * BLOCK..offset).unwrap_or_default();
            return marks.last().copied().unwrap_or(0) + characters(block);
        };
        mark + characters(rest)
    }
}

/// Characters that start in these bytes of a UTF-8 text.
fn characters(bytes: &[u8]) -> u32 {
    // Small sums of whole chunks, so that the compiler looks at many bytes at once.
    let of_chunk = |chunk: &[u8]| u32::from(chunk.iter().map(|byte| u8::from(byte & 0xc0 != 0x80)).sum::<u8>());
    bytes.chunks(255).map(of_chunk).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_are_those_of_the_line_index(text in "\u{feff}?[a-zé😀\r\n\t]{0,4000}", at in 0usize..10_000) {
            let index = LineIndex::new(&text);
            let expected = index.position(&text, at);
            prop_assert_eq!(Text::new(text.into()).position(at), expected);
        }
    }

    #[test]
    fn bytes_that_are_no_text_keep_their_offsets() {
        let text = readable(b"caf\xe9 \xff\xfe ok");
        assert_eq!(text, "caf? ?? ok");
    }
}
