//! What a scanner brings back: the places to mask and what stood there.

use super::{TemplateCall, Unclosed};
use crate::page::html::MarkdownElement;
use crate::source::Span;

/// What a scanner found; spans are into the file.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Tags to mask, in order and apart.
    pub(super) tags: Vec<Span>,
    /// Parsed tags, in order.
    pub(super) calls: Vec<TemplateCall>,
    /// What to blank between tags; line ends stay.
    pub(super) blanks: Vec<Span>,
    /// Tags that do not end.
    pub(super) unclosed: Vec<Unclosed>,
    /// Comments of the template language.
    pub(super) comments: Vec<Span>,
    /// Files that MDX imports.
    pub(super) imports: Vec<Import>,
    /// Tags of elements whose content is Markdown.
    pub(super) elements: Vec<MarkdownElement>,
    /// Indents that must not begin a code block.
    pub(super) indents: Vec<Span>,
}

/// `import name from 'file'`; spans are into the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::page) struct Import {
    /// The name of the default import; empty when there is none.
    pub(in crate::page) name: Span,
    /// The file, without quotes.
    pub(in crate::page) from: Span,
    /// The whole line.
    pub(in crate::page) whole: Span,
}
