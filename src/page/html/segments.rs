//! From offsets in a piece of HTML to offsets in the file.
//!
//! An HTML block inside a list or quote reaches us in pieces without the container's markers. The tokeniser needs them
//! as one text, so a map leads back.

use std::ops::Range;

/// The pieces of one HTML text, in order.
#[derive(Debug, Default)]
pub(in crate::page) struct Segments {
    /// The first piece, which nearly always is the only one.
    first: Piece,
    rest: Vec<Piece>,
}

/// A piece that lies in the body as it does in the text.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    /// Start in the joined text.
    text: usize,
    /// Start in the body.
    source: usize,
    length: usize,
}

impl Segments {
    /// One piece, as it stands in the body.
    pub(in crate::page) fn whole(source: usize, length: usize) -> Self {
        Segments { first: Piece { text: 0, source, length }, rest: Vec::new() }
    }

    /// Adds a piece; one that continues the last is joined to it.
    pub(in crate::page) fn push(&mut self, text: usize, source: usize, length: usize) {
        let piece = Piece { text, source, length };
        if self.first.length == 0 && self.rest.is_empty() {
            self.first = piece;
            return;
        }
        let last = self.rest.last_mut().unwrap_or(&mut self.first);
        if last.text + last.length == text && last.source + last.length == source {
            last.length += length;
        } else {
            self.rest.push(piece);
        }
    }

    /// The piece that holds the byte at `offset` of the joined text, by its number.
    fn find(&self, offset: usize) -> Option<(Piece, usize)> {
        let after = self.rest.partition_point(|piece| piece.text <= offset);
        let piece = if after == 0 { self.first } else { *self.rest.get(after - 1)? };
        Some((piece, after))
    }

    /// Where the byte at `offset` of the joined text stands in the body, and which piece holds it.
    fn map(&self, offset: usize) -> Option<(usize, usize)> {
        let (piece, number) = self.find(offset)?;
        let inside = offset.checked_sub(piece.text)?;
        (inside < piece.length).then_some((piece.source + inside, number))
    }

    /// The body's range of `start..end` of the joined text, and whether it lies in one piece.
    pub(in crate::page) fn range(&self, start: usize, end: usize) -> Option<(Range<usize>, bool)> {
        if start == end {
            // Between two bytes: after the one before, or before the one after.
            let place = self.map(start).map(|(at, _)| at);
            let place = place.or_else(|| Some(self.map(start.checked_sub(1)?)?.0 + 1))?;
            return Some((place..place, true));
        }
        let (from, first) = self.map(start)?;
        let (to, last) = self.map(end.checked_sub(1)?)?;
        (from <= to).then_some((from..to + 1, first == last))
    }

    /// The parts of the body that `start..end` of the joined text comes from.
    pub(in crate::page) fn pieces(&self, start: usize, end: usize, mut part: impl FnMut(Range<usize>)) {
        let first = self.find(start).map_or(0, |(_, number)| number);
        let all = std::iter::once(&self.first).chain(&self.rest);
        for piece in all.skip(first).take_while(|piece| piece.text < end) {
            let from = start.max(piece.text) - piece.text;
            let to = end.min(piece.text + piece.length).saturating_sub(piece.text);
            if from < to {
                part(piece.source + from..piece.source + to);
            }
        }
    }

    /// For a text that the parser put together from `range` of the body, leaving bytes out: a tag over two lines in a
    /// container.
    pub(in crate::page) fn aligned(text: &str, body: &str, range: Range<usize>) -> Self {
        let mut segments = Segments::default();
        let mut at = range.start;
        for (offset, byte) in text.bytes().enumerate() {
            let rest = body.as_bytes().get(at..range.end).unwrap_or_default();
            let Some(skipped) = memchr::memchr(byte, rest) else { break };
            segments.push(offset, at + skipped, 1);
            at += skipped + 1;
        }
        segments
    }
}
