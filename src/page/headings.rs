//! Headings, with what an id algorithm needs.
//!
//! Generators make ids from different texts of one heading: some take image alternatives, some the raw source, some
//! keep numeric entities. So the text is kept together with its pieces, and the algorithm chooses.

use crate::source::Span;

/// One heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The heading without blanks and line end around it.
    pub span: Span,
    /// From the first to the last byte of its text, without an explicit id.
    pub content: Span,
    /// Text, code and image alternatives in order, escapes and entities resolved, a blank for a line break.
    pub text: Box<str>,
    /// What each part of `text` is; they cover it without a gap.
    pub pieces: Box<[HeadingPiece]>,
    /// An id that the writer gave, in the notation of the dialect.
    pub id: Option<Anchor>,
    /// Holds a template tag: the reader sees a text that is not known here.
    pub dynamic: bool,
    /// Inside an HTML element with `markdown="1"`, where kramdown makes ids differently.
    pub nested: bool,
}

/// The id of a heading.
pub use super::links::Anchor;

/// A part of a heading's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingPiece {
    /// What it is.
    pub kind: PieceKind,
    /// Where its text ends in [`Heading::text`] (bytes); it starts where the one before ends.
    pub end: u32,
    /// Where it stands in the file.
    pub span: Span,
    /// The links, images and emphasis around it.
    pub within: Within,
    /// The text of a link, in which no bare URL becomes another.
    pub linked: bool,
}

/// Where a part stands among the links, images and emphasis of its heading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Within {
    /// The outermost one around it, counted from 1; 0 where nothing is.
    pub container: u16,
    /// How many of them began or ended before: two parts of one number stand in the same one.
    pub node: u16,
    /// How many are open.
    depth: u16,
    /// How many outermost ones have begun.
    outermost: u16,
}

impl Within {
    /// One begins.
    pub fn enter(&mut self) {
        self.outermost = self.outermost.saturating_add(u16::from(self.depth == 0));
        self.container = self.outermost;
        self.depth = self.depth.saturating_add(1);
        self.node = self.node.saturating_add(1);
    }

    /// The innermost one ends.
    pub fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.container = if self.depth > 0 { self.outermost } else { 0 };
        self.node = self.node.saturating_add(1);
    }
}

/// Kinds of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PieceKind {
    /// Text; the span tells `&#8211;` from `–`.
    Text,
    /// Inline code or a formula.
    Code,
    /// An image's alternative text.
    Alt,
    /// The text of an autolink `<https://…>`.
    Autolink,
    /// A line break, one blank in the text.
    Break,
    /// An inline HTML tag or comment; no text.
    Html,
    /// A template tag; no text.
    Template,
    /// A footnote reference; no text.
    Footnote,
}

impl Heading {
    /// The text of the parts whose kind is wanted.
    pub fn text_of(&self, wanted: impl Fn(PieceKind) -> bool) -> String {
        let mut from = 0;
        let mut out = String::with_capacity(self.text.len());
        for piece in &self.pieces {
            let end = piece.end as usize;
            if wanted(piece.kind) {
                out.push_str(self.text.get(from..end).unwrap_or_default());
            }
            from = end;
        }
        out
    }
}
