//! Template tags: found, parsed, and hidden from the Markdown parser.
//!
//! Generators run Liquid or shortcodes before or beside Markdown, so a tag inside a destination or above a definition
//! changes what the Markdown is. The parser therefore gets a *shadow* of the body in which every tag is replaced by
//! harmless bytes; it has the same length, so its offsets are the file's, and no text is ever taken from it.

mod arguments;
mod comments;
mod hugo;
mod includes;
mod indented;
mod kramdown;
mod liquid;
mod literal;
mod mask;
mod mdx;
mod notes;
mod scan;
mod tags;
mod titles;
mod zola;

pub(super) use mask::{Shadow, shadow};
pub(super) use scan::Import;
pub use tags::calls;

use crate::source::Span;

/// Which delimiters a tag has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// `{{ value | filter }}`
    Output,
    /// `{% name … %}`
    Tag,
    /// `{{< name … >}}`
    Shortcode,
    /// `{{% name … %}}`
    MarkdownShortcode,
    /// `{…}` of MDX; not parsed further.
    Expression,
}

/// One template tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateCall {
    /// With its delimiters.
    pub span: Span,
    /// Its delimiters.
    pub syntax: Syntax,
    /// The tag's or shortcode's name (`/name` of a closing shortcode includes no slash); empty for an output that is no
    /// `name(…)`.
    pub name: Span,
    /// A closing shortcode, `{{< /name >}}`.
    pub closing: bool,
    /// What follows the name; of an output, its value.
    pub arguments: Box<[Argument]>,
    /// Liquid's `| filter: argument`.
    pub filters: Box<[Filter]>,
    /// Stands in the destination of a link or image of [`Body::links`](super::Body::links).
    pub in_destination: bool,
}

/// One argument of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// The name of a named one.
    pub name: Option<Span>,
    /// The value, without its quotes.
    pub value: Span,
    /// The quotation mark around it: `"`, `'` or `` ` ``; none for a bare word, which may be a variable.
    pub quote: Option<char>,
}

/// One filter of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Its name.
    pub name: Span,
    /// Its arguments.
    pub arguments: Box<[Argument]>,
}

/// A tag that begins and does not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclosed {
    /// The opening delimiter, or the whole tag of a block whose end tag is missing.
    pub span: Span,
    /// The closer that was looked for and not found.
    pub kind: UnclosedKind,
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnclosedKind {
    /// The closing delimiter.
    Delimiter,
    /// The end tag of a block whose inside is not Markdown (`raw`, `comment`, `highlight` …).
    EndTag,
}

impl TemplateCall {
    /// The value of a named argument.
    #[must_use]
    pub fn named(&self, text: &str, name: &str) -> Option<&Argument> {
        self.arguments.iter().find(|a| a.name.is_some_and(|n| n.of(text) == name))
    }

    /// The positional arguments.
    pub fn positional(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|a| a.name.is_none())
    }
}
