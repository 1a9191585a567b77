//! Text: touching pieces are joined to runs, runs are prose and may hold what looks like a link.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use super::reader::Reader;
use crate::page::headings::PieceKind;
use crate::page::prose::BlockKind;

impl<'t> Reader<'t, '_> {
    pub(super) fn text(&mut self, text: &CowStr<'t>, range: Range<usize>) {
        if self.in_code {
            return;
        }
        if let Some(block) = &mut self.html {
            return block.push(self.text, text);
        }
        self.uncovered.cover(&range);
        if self.images > 0 {
            return self.piece(PieceKind::Alt, text, range);
        }
        self.elements.see();
        if self.heading.is_some() {
            let autolink =
                self.open.last().is_some_and(|link| matches!(link.link_type, LinkType::Autolink | LinkType::Email));
            self.piece(if autolink { PieceKind::Autolink } else { PieceKind::Text }, text, range.clone());
        }
        self.join(range);
    }

    /// Adds text to the run, or begins a new one.
    pub(super) fn join(&mut self, range: Range<usize>) {
        if self.images > 0 {
            return;
        }
        if self.run.end == range.start {
            self.run.end = range.end;
        } else {
            self.flush();
            self.run = range;
        }
    }

    /// The run is complete: it is prose.
    pub(super) fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.is_empty() {
            return;
        }
        if !self.in_prose {
            self.in_prose = true;
            let kind = match () {
                () if self.heading.is_some() => BlockKind::Heading,
                () if self.in_cell => BlockKind::TableCell,
                () if self.lists > 0 => BlockKind::ListItem,
                () => BlockKind::Paragraph,
            };
            let quoted = self.quotes > 0 || self.elements.is_quoted();
            self.out.body.prose.open(kind, quoted, self.footnotes > 0, self.elements.has_language());
        }
        self.out.prose(run);
    }

    /// Whatever block of prose was open is over.
    pub(super) fn end_block(&mut self) {
        self.flush();
        self.in_prose = false;
    }
}
