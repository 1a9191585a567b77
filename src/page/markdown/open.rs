//! Links, images and headings between their start and their end.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use crate::page::headings::{HeadingPiece, PieceKind, Within};
use crate::page::links::LinkKind;
use crate::source::Span;

/// A link or image whose end has not come.
pub(super) struct OpenLink<'t> {
    pub(super) kind: LinkKind,
    pub(super) link_type: LinkType,
    pub(super) destination: CowStr<'t>,
    pub(super) id: CowStr<'t>,
    pub(super) start: usize,
    /// From the first to the last byte of what stands inside the brackets.
    pub(super) inside: Range<usize>,
    /// A reader sees something of it.
    pub(super) visible: bool,
    /// Inside an image's alternative text, where nothing is a link.
    pub(super) ignored: bool,
}

impl OpenLink<'_> {
    /// An event stands inside.
    pub(super) fn touch(&mut self, range: &Range<usize>) {
        if self.inside.is_empty() {
            self.inside = range.clone();
        } else {
            self.inside.end = self.inside.end.max(range.end);
        }
    }
}

/// A heading whose end has not come.
#[derive(Debug, Default)]
pub(super) struct OpenHeading {
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) pieces: Vec<HeadingPiece>,
    pub(super) dynamic: bool,
    pub(super) verbatim: bool,
    /// The links, images and emphasis that are open.
    pub(super) within: Within,
}

impl OpenHeading {
    /// Ready for the next heading.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
        self.dynamic = false;
        self.verbatim = false;
        self.within = Within::default();
    }

    /// Adds a part.
    pub(super) fn push(&mut self, kind: PieceKind, text: &str, span: Span, linked: bool) {
        self.text.push_str(text);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        // What stands in the source otherwise than in the text (an entity) keeps a piece of its own.
        let verbatim = kind == PieceKind::Text && text.len() == span.len() && self.verbatim;
        self.verbatim = text.len() == span.len();
        match self.pieces.last_mut() {
            Some(last) if verbatim && last.kind == kind && last.span.end == span.start => {
                last.end = end;
                last.span.end = span.end;
            }
            _ => self.pieces.push(HeadingPiece { kind, end, span, within: self.within, linked }),
        }
    }

    /// Cuts off what stands at or after `end` of the file.
    pub(super) fn cut(&mut self, end: u32) {
        while let Some(last) = self.pieces.last().copied() {
            if last.span.end <= end {
                break;
            }
            let before =
                self.pieces.len().checked_sub(2).and_then(|at| self.pieces.get(at)).map_or(0, |piece| piece.end);
            if last.span.start >= end {
                self.pieces.pop();
                self.text.truncate(before as usize);
                continue;
            }
            // The tail of a run of text, which reads as it is written or is longer in the source than in the text.
            let surplus = (last.span.end - end) as usize;
            let keep = self.text.len().saturating_sub(surplus).max(before as usize);
            let keep = (0..=keep).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
            self.text.truncate(keep);
            if let Some(last) = self.pieces.last_mut() {
                last.span.end = end;
                last.end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            }
            break;
        }
        let trimmed = self.text.trim_end().len();
        self.text.truncate(trimmed);
        let end = u32::try_from(trimmed).unwrap_or(u32::MAX);
        for piece in &mut self.pieces {
            piece.end = piece.end.min(end);
        }
    }
}
