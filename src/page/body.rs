//! Everything that one pass over a page's body finds.

use super::candidates::Candidate;
use super::headings::Heading;
use super::links::{Anchor, Definition, Link};
use super::prose::Prose;
use super::templates::{TemplateCall, Unclosed};
use crate::source::Span;

/// What a page's body holds. All spans are into the file as it is on disk; lists are in the order of the file unless
/// said otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// Links and images. Those of template parameters come first.
    pub links: Vec<Link>,
    /// Reference definitions, used or not, repeated ones too.
    pub definitions: Vec<Definition>,
    /// Headings.
    pub headings: Vec<Heading>,
    /// Ids of HTML elements and attribute lists.
    pub anchors: Vec<Anchor>,
    /// Visible text.
    pub prose: Prose,
    /// Template tags, except in `raw` and `comment`.
    pub calls: Vec<TemplateCall>,
    /// Template tags that begin and do not end.
    pub unclosed: Vec<Unclosed>,
    /// HTML comments (in MDX also `{/* … */}`), delimiters included.
    pub comments: Vec<Span>,
    /// Elements with a language of their own.
    pub languages: Vec<LanguageElement>,
    /// What looks like markup that did not work.
    pub candidates: Vec<Candidate>,
    /// Code blocks, fences included.
    pub code_blocks: Vec<Span>,
    /// The top level's blocks: paragraphs, headings, lists, quotes, tables, code, HTML.
    pub blocks: Vec<Span>,
    /// Labels of the footnotes that are defined.
    pub footnotes: Vec<Span>,
    /// `<base href>`: relative links of this page start there.
    pub base: Option<Box<str>>,
    /// The first raw HTML and how many pieces there are, where the dialect leaves it out of the page.
    pub dropped_html: Option<(Span, u32)>,
    /// The ids and names in it.
    pub dropped_ids: Vec<Box<str>>,
    /// So many and so long definitions are used that the parser stopped making links of them.
    pub references_cut: bool,
}

/// An element with a `lang` attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageElement {
    /// The value as written.
    pub value: Span,
    /// From the start tag to the end tag, or to the page's end.
    pub element: Span,
}

impl Body {
    /// True when a place begins in a block of code.
    #[must_use]
    pub fn begins_in_code(&self, span: Span) -> bool {
        begins_in(&self.code_blocks, span)
    }

    /// True when a place begins in a comment.
    #[must_use]
    pub fn begins_in_comment(&self, span: Span) -> bool {
        begins_in(&self.comments, span)
    }
}

/// The blocks stand in the order of the text and none lies in another.
fn begins_in(blocks: &[Span], span: Span) -> bool {
    let before = blocks.partition_point(|block| block.start <= span.start);
    before.checked_sub(1).and_then(|at| blocks.get(at)).is_some_and(|block| block.end > span.start)
}
