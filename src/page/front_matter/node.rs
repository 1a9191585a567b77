//! What a front matter says, with the place of every word.
//!
//! Keys and values are kept in the order written, duplicates included, and as written: what `no` *means* is asked
//! later, per dialect ([`super::scalar`]). A scalar keeps its own text only where decoding changed it; otherwise a
//! span into the page is enough.

use std::num::NonZeroU32;

use super::issue::SyntaxIssue;
use super::split::{Format, Head, LineEnd};
use crate::source::Span;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Without quotes. In TOML and JSON: everything that is no string.
    Plain,
    /// `'…'`; TOML's literal strings too.
    Single,
    /// `"…"`; TOML's basic strings and JSON's strings too.
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

impl Style {
    /// True for a scalar in quotes.
    #[must_use]
    pub fn is_quoted(self) -> bool {
        matches!(self, Style::Single | Style::Double)
    }
}

/// One text, number, date … as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// How it is written.
    pub style: Style,
    /// The text without quotes (in a block scalar: without its header), in bytes of the file.
    pub content: Span,
    /// The text after escapes and line folding, where it differs from what stands at `content`.
    pub decoded: Option<Box<str>>,
}

impl Scalar {
    /// The text as the generator sees it.
    #[must_use]
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.decoded {
            Some(text) => text,
            None => self.content.of(source),
        }
    }
}

/// A value, or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// As written, with quotes, brackets or block header; without tag and anchor. Bytes of the file.
    pub span: Span,
    /// Place of a YAML tag (`!important`) before the value.
    pub tag: Option<Span>,
    /// Number of the anchor (`&name`) before the value.
    pub anchor: Option<NonZeroU32>,
    /// What it is.
    pub kind: NodeKind,
}

/// What a [`Node`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing is written (`title:`). A written `~` or `null` is a scalar.
    Null,
    /// One text, number, date …
    Scalar(Scalar),
    /// A list.
    Seq(Vec<Node>),
    /// Keys and values, in their order, duplicates included.
    Map(Vec<Entry>),
    /// `*name`, with the number of its anchor; `None` when there is no such anchor before it.
    Alias(Option<NonZeroU32>),
}

impl Node {
    pub(super) fn new(span: Span, kind: NodeKind) -> Self {
        Node { span, tag: None, anchor: None, kind }
    }

    /// The scalar, if it is one.
    #[must_use]
    pub fn scalar(&self) -> Option<&Scalar> {
        match &self.kind {
            NodeKind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text of a scalar.
    #[must_use]
    pub fn text<'a>(&'a self, source: &'a str) -> Option<&'a str> {
        self.scalar().map(|scalar| scalar.text(source))
    }

    /// The items of a list.
    #[must_use]
    pub fn seq(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::Seq(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping.
    #[must_use]
    pub fn map(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// True when nothing is written.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind == NodeKind::Null
    }
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Node,
    /// The value.
    pub value: Node,
}

impl Entry {
    /// The key's text; empty for a key that is a list or a mapping.
    #[must_use]
    pub fn name<'a>(&'a self, source: &'a str) -> &'a str {
        self.key.text(source).unwrap_or_default()
    }

    /// From the start of the key to the end of the value.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { start: self.key.span.start, end: self.value.span.end.max(self.key.span.end) }
    }
}

/// The front matter of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// The language it is written in.
    pub format: Format,
    /// With the fences.
    pub outer: Span,
    /// Between the fence lines.
    pub inner: Span,
    /// Where the body starts, as a byte offset in the file.
    pub body_start: u32,
    /// How its lines end.
    pub line_end: LineEnd,
    /// The file starts with a byte order mark.
    pub bom: bool,
    /// Keys and values in their order, duplicates included.
    pub root: Vec<Entry>,
    /// What keeps it from being read by the site's generator.
    pub errors: Vec<SyntaxIssue>,
    /// Comments from `#` (in JSON from `//` or `/*`) to the end of the line.
    pub comments: Vec<Span>,
    /// Number of YAML documents; more than one is a mistake in front matter.
    pub documents: u32,
    /// The whole did not parse: `root` holds what could be read key by key, and may lack something.
    pub recovered: bool,
}

impl FrontMatter {
    pub(super) fn empty(head: &Head) -> Self {
        FrontMatter {
            format: head.format,
            outer: head.outer,
            inner: head.inner,
            body_start: head.body_start,
            line_end: head.line_end,
            bom: head.bom,
            root: Vec::new(),
            errors: Vec::new(),
            comments: Vec::new(),
            documents: 0,
            recovered: false,
        }
    }
}
