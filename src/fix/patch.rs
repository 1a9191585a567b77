//! What stands between two versions of a text: replacements of bytes, and where each place went.
//!
//! Everything that `--fix` does to a file is one patch from the file on disk to the text that will be written, so that
//! bytes outside it are the same by construction, and a finding's place can be followed from one to the other.

use crate::source::Span;

/// Replacements in one text: sorted, apart from each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch {
    edits: Vec<(Span, String)>,
}

/// A place in the new text: one byte, or a stretch where the place itself was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The first byte it may be at.
    pub least: u32,
    /// The last byte it may be at.
    pub most: u32,
}

impl Moved {
    /// True when the place may have gone to this byte.
    #[must_use]
    pub fn may_be(self, at: u32) -> bool {
        self.least <= at && at <= self.most
    }
}

impl Patch {
    /// A patch of these replacements; `None` when two of them meet.
    #[must_use]
    pub fn new(mut edits: Vec<(Span, String)>) -> Option<Patch> {
        edits.sort_by_key(|(span, _)| *span);
        let apart = edits.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if !meet(*a, *b)));
        apart.then_some(Patch { edits })
    }

    /// The replacements in order, in bytes of the old text.
    #[must_use]
    pub fn edits(&self) -> &[(Span, String)] {
        &self.edits
    }

    /// True when nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// True when none of the patch's replacements meets the span.
    #[must_use]
    pub fn leaves(&self, span: Span) -> bool {
        // Spans apart from each other are sorted by their ends too.
        let near = self.edits.partition_point(|(edit, _)| edit.end < span.start);
        self.edits.iter().skip(near).take_while(|(edit, _)| edit.start <= span.end).all(|(edit, _)| !meet(*edit, span))
    }

    /// The new text; `None` when a replacement does not fit the old one.
    #[must_use]
    pub fn apply(&self, old: &str) -> Option<String> {
        let grown: usize = self.edits.iter().map(|(_, text)| text.len()).sum();
        let mut new = String::with_capacity(old.len() + grown);
        let mut from = 0;
        for (span, text) in &self.edits {
            new.push_str(old.get(from..span.start as usize)?);
            new.push_str(text);
            from = span.end as usize;
        }
        new.push_str(old.get(from..)?);
        Some(new)
    }

    /// Where a byte of the old text is in the new one.
    #[must_use]
    pub fn place(&self, at: u32) -> Moved {
        let mut shift = 0_i64;
        for (span, text) in &self.edits {
            if span.start > at {
                break;
            }
            if at <= span.end {
                let start = moved(span.start, shift);
                return Moved { least: start, most: start.saturating_add(length(text)) };
            }
            shift += i64::from(length(text)) - i64::from(span.end - span.start);
        }
        let at = moved(at, shift);
        Moved { least: at, most: at }
    }

    /// The replaced stretches as they are in the new text.
    #[must_use]
    pub fn replaced(&self) -> Vec<Span> {
        let mut shift = 0_i64;
        let stretch = |(span, text): &(Span, String)| {
            let start = moved(span.start, shift);
            shift += i64::from(length(text)) - i64::from(span.end - span.start);
            Span { start, end: start.saturating_add(length(text)) }
        };
        self.edits.iter().map(stretch).collect()
    }

    /// This patch and then another one, as one; `middle` is the text between them. `None` when they do not fit it.
    #[must_use]
    pub fn then(&self, next: &Patch, middle: &str) -> Option<Patch> {
        let mine = self.replaced();
        let (mut i, mut j) = (0, 0);
        let mut edits = Vec::with_capacity(self.edits.len() + next.edits.len());
        // What stands before here moved by so much.
        let mut shift = 0_i64;
        loop {
            let (a, b) = (mine.get(i).copied(), next.edits.get(j).map(|(span, _)| *span));
            let mut hull = match (a, b) {
                (None, None) => return Some(Patch { edits }),
                (Some(one), None) | (None, Some(one)) => one,
                (Some(a), Some(b)) => a.min(b),
            };
            let (first_mine, first_next) = (i, j);
            // Everything that touches the stretch belongs to it.
            loop {
                let touches = |span: Span| span.start <= hull.end;
                if let Some(span) = mine.get(i).copied().filter(|span| touches(*span)) {
                    hull.end = hull.end.max(span.end);
                    i += 1;
                } else if let Some((span, _)) = next.edits.get(j).filter(|(span, _)| touches(*span)) {
                    hull.end = hull.end.max(span.end);
                    j += 1;
                } else {
                    break;
                }
            }
            let start = moved(hull.start, -shift);
            for (span, text) in self.edits.get(first_mine..i).unwrap_or_default() {
                shift += i64::from(length(text)) - i64::from(span.end - span.start);
            }
            let end = moved(hull.end, -shift);
            let mut text = String::new();
            let mut from = hull.start as usize;
            for (span, new) in next.edits.get(first_next..j).unwrap_or_default() {
                text.push_str(middle.get(from..span.start as usize)?);
                text.push_str(new);
                from = span.end as usize;
            }
            text.push_str(middle.get(from..hull.end as usize)?);
            edits.push((Span { start, end }, text));
        }
    }
}

/// True when the order of two replacements would matter: they share a byte, or one inserts where the other begins or ends.
#[must_use]
pub fn meet(a: Span, b: Span) -> bool {
    if a.is_empty() || b.is_empty() { a.start <= b.end && b.start <= a.end } else { a.overlaps(b) }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

fn moved(at: u32, shift: i64) -> u32 {
    u32::try_from(i64::from(at) + shift).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn patch(edits: &[(usize, usize, &str)]) -> Patch {
        Patch::new(edits.iter().map(|(start, end, text)| (Span::new(*start, *end), (*text).to_owned())).collect())
            .unwrap()
    }

    #[test]
    fn insertions_at_one_place_wait_for_each_other() {
        let at = |start, end| (Span::new(start, end), "x".to_owned());
        assert_eq!(Patch::new(vec![at(3, 3), at(3, 3)]), None);
        assert_eq!(Patch::new(vec![at(3, 5), at(5, 5)]), None);
        assert!(Patch::new(vec![at(3, 5), at(5, 6)]).is_some());
    }

    #[test]
    fn a_place_moves_with_what_stands_before_it() {
        let patch = patch(&[(2, 4, "longer"), (6, 6, "+")]);
        assert_eq!(patch.apply("abcdefgh").unwrap(), "ablongeref+gh");
        assert_eq!(patch.place(5), Moved { least: 9, most: 9 });
        assert_eq!(patch.place(3), Moved { least: 2, most: 8 });
        assert_eq!(patch.place(7), Moved { least: 12, most: 12 });
    }

    fn edits(len: usize) -> impl Strategy<Value = Vec<(Span, String)>> {
        let one = (0..=len, 0..4_usize, "[xy]{0,3}");
        let clipped = move |(at, length, text): (usize, usize, String)| (Span::new(at, (at + length).min(len)), text);
        proptest::collection::vec(one.prop_map(clipped), 0..6)
    }

    proptest! {
        #[test]
        fn two_patches_in_a_row_are_one(old in "[a-h]{12}", first in edits(12), second in edits(12)) {
            let Some(first) = Patch::new(first) else { return Ok(()) };
            let middle = first.apply(&old).unwrap();
            let fits = second.into_iter().filter(|(span, _)| span.end as usize <= middle.len()).collect();
            let Some(second) = Patch::new(fits) else { return Ok(()) };
            let new = second.apply(&middle).unwrap();
            let both = first.then(&second, &middle).unwrap();
            prop_assert_eq!(both.apply(&old).unwrap(), new);
        }

        #[test]
        fn bytes_outside_are_where_they_are_said_to_be(old in "[a-h]{12}", edits in edits(12), at in 0..12_u32) {
            let Some(patch) = Patch::new(edits) else { return Ok(()) };
            let new = patch.apply(&old).unwrap();
            if patch.leaves(Span { start: at, end: at + 1 }) {
                let to = patch.place(at);
                let found: Vec<_> = (to.least..=to.most).filter_map(|to| new.as_bytes().get(to as usize)).collect();
                prop_assert!(found.contains(&&old.as_bytes()[at as usize]));
            }
        }
    }
}
