//! From offsets in a piece of HTML to offsets in the file.
//!
//! An HTML block inside a list or quote reaches us in pieces without the container's markers. The tokeniser needs them
//! as one text, so a map leads back.

/// The pieces of one HTML text, in order.
#[derive(Debug, Default)]
pub(in crate::page) struct Segments {
    /// Start in the joined text, start in the body, length.
    list: Vec<(usize, usize, usize)>,
}

impl Segments {
    /// One piece, as it stands in the body.
    pub(in crate::page) fn whole(source: usize, length: usize) -> Self {
        Segments { list: vec![(0, source, length)] }
    }

    /// Adds a piece; one that continues the last is joined to it.
    pub(in crate::page) fn push(&mut self, text: usize, source: usize, length: usize) {
        match self.list.last_mut() {
            Some((t, s, l)) if *t + *l == text && *s + *l == source => *l += length,
            _ => self.list.push((text, source, length)),
        }
    }

    /// Where the byte at `offset` of the joined text stands in the body, and which piece holds it.
    fn map(&self, offset: usize) -> Option<(usize, usize)> {
        let index = self.list.partition_point(|(text, _, _)| *text <= offset).checked_sub(1)?;
        let (text, source, length) = self.list.get(index)?;
        (offset - text < *length).then_some((source + offset - text, index))
    }

    /// The body's range of `start..end` of the joined text, and whether it lies in one piece.
    pub(in crate::page) fn range(&self, start: usize, end: usize) -> Option<(std::ops::Range<usize>, bool)> {
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
    pub(in crate::page) fn pieces(&self, start: usize, end: usize, mut part: impl FnMut(std::ops::Range<usize>)) {
        let first = self.list.partition_point(|(text, _, length)| text + length <= start);
        for (text, source, length) in
            self.list.get(first..).unwrap_or_default().iter().take_while(|(text, _, _)| *text < end)
        {
            let from = start.max(*text) - text;
            let to = end.min(text + length) - text;
            if from < to {
                part(source + from..source + to);
            }
        }
    }

    /// For a text that the parser put together from `range` of the body, leaving bytes out: a tag over two lines in a
    /// container.
    pub(in crate::page) fn aligned(text: &str, body: &str, range: std::ops::Range<usize>) -> Self {
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
