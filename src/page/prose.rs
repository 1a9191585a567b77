//! What a reader reads, defined once.
//!
//! Language identification, damaged characters, hidden characters and spelling walk the same blocks of visible text:
//! no code, no URLs, no HTML tags, no template tags. Blocks are spans into the file, so walking costs no copy.

use crate::source::Span;

/// What kind of text a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// Text of a list item, one per paragraph of it.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// Text inside an HTML block.
    Html,
    /// An image's alternative text; these come after all others.
    Alt,
}

/// One block of visible text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Inside a block quote or `<blockquote>`.
    pub quoted: bool,
    /// Inside a footnote.
    pub footnote: bool,
    /// Inside an element with its own `lang`, or in a list of files.
    pub other_language: bool,
    first: u32,
    end: u32,
}

/// The visible text of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    blocks: Vec<Block>,
    runs: Vec<Span>,
}

impl Prose {
    /// The blocks in the order of the file (alternative texts last).
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The spans of a block's text. Put together they are what the reader reads, before escapes and entities are
    /// resolved; a line break of the source is part of a run.
    #[must_use]
    pub fn runs(&self, block: &Block) -> &[Span] {
        self.runs.get(block.first as usize..block.end as usize).unwrap_or_default()
    }

    /// Each block with its runs.
    pub fn iter(&self) -> impl Iterator<Item = (&Block, &[Span])> {
        self.blocks.iter().map(|block| (block, self.runs(block)))
    }

    /// From the first to the last byte of a block's text.
    #[must_use]
    pub fn span(&self, block: &Block) -> Span {
        let runs = self.runs(block);
        match (runs.first(), runs.last()) {
            (Some(first), Some(last)) => Span { start: first.start, end: last.end },
            _ => Span::FILE,
        }
    }

    /// Makes room for what a body of that many bytes usually holds.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.blocks.reserve(bytes / 256);
        self.runs.reserve(bytes / 128);
    }

    /// Begins a block; it is dropped again if no run comes.
    pub(super) fn open(&mut self, kind: BlockKind, quoted: bool, footnote: bool, other_language: bool) {
        let at = u32::try_from(self.runs.len()).unwrap_or(u32::MAX);
        if self.blocks.last().is_some_and(|last| last.first == last.end) {
            self.blocks.pop();
        }
        self.blocks.push(Block { kind, quoted, footnote, other_language, first: at, end: at });
    }

    /// Adds a run to the last block, joined to its last run where they touch.
    pub(super) fn push(&mut self, run: Span) {
        let Some(block) = self.blocks.last_mut() else { return };
        if run.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if block.end > block.first && last.end == run.start => last.end = run.end,
            _ => {
                self.runs.push(run);
                block.end += 1;
            }
        }
    }

    /// What stands between these two places is quoted.
    pub(super) fn quote(&mut self, from: u32, to: u32) {
        self.mark(from, to, |block| block.quoted = true);
    }

    /// What stands between these two places need not be in the page's language.
    pub(super) fn take_for_other_language(&mut self, from: u32, to: u32) {
        self.mark(from, to, |block| block.other_language = true);
    }

    fn mark(&mut self, from: u32, to: u32, set: impl Fn(&mut Block)) {
        for block in &mut self.blocks {
            let start = self.runs.get(block.first as usize).map_or(0, |run| run.start);
            if (from..to).contains(&start) {
                set(block);
            }
        }
    }

    /// The last block has no text yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.blocks.last().is_some_and(|last| last.first == last.end)
    }

    /// Drops a last block without text.
    pub(super) fn finish(&mut self) {
        if self.blocks.last().is_some_and(|last| last.first == last.end) {
            self.blocks.pop();
        }
    }
}
