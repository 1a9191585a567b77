//! Where everything that is found is put: turns offsets in the body into spans in the file, and knows the tags that the
//! shadow hides.

use std::borrow::Cow;
use std::ops::Range;

use crate::page::body::Body;
use crate::page::dialect::{Dialect, HtmlBlocks};
use crate::page::links::{Anchor, AnchorSource, Form, Label, Link, LinkKind, Marks, Origin};
use crate::source::Span;

/// What is collected while a body is read.
pub(super) struct Collector<'a> {
    /// The whole file; text is taken from here only.
    pub(super) file: &'a str,
    /// Where the body starts.
    pub(super) start: usize,
    pub(super) dialect: &'a Dialect,
    /// What the shadow hides, in order and apart.
    pub(super) masked: Vec<Span>,
    pub(super) body: Body,
}

/// A link before its place in the file is known.
pub(super) struct Found<'f> {
    pub(super) kind: LinkKind,
    pub(super) origin: Origin,
    /// Of the destination, in the body.
    pub(super) at: Range<usize>,
    /// Of the construct, in the body.
    pub(super) whole: Range<usize>,
    pub(super) destination: Cow<'f, str>,
    pub(super) label: Label,
    pub(super) form: Form,
    pub(super) in_table: bool,
}

impl Collector<'_> {
    /// A range of the body as a span of the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(range.start + self.start, range.end + self.start)
    }

    /// The source at a range of the body.
    pub(super) fn source(&self, range: Range<usize>) -> &str {
        self.file.get(range.start + self.start..range.end + self.start).unwrap_or_default()
    }

    /// The masked places that meet a span.
    pub(super) fn masks(&self, span: Span) -> &[Span] {
        meeting(&self.masked, span)
    }

    /// Adds visible text to the open block of prose.
    pub(super) fn prose(&mut self, range: Range<usize>) {
        let span = self.span(range);
        let prose = &mut self.body.prose;
        unmasked(&self.masked, span, |part| prose.push(part));
    }

    /// Adds a link as it is.
    pub(super) fn plain_link(&mut self, found: Found<'_>) {
        let (span, whole) = (self.span(found.at), self.span(found.whole));
        self.body.links.push(Link {
            kind: found.kind,
            origin: found.origin,
            span,
            whole,
            destination: found.destination.into(),
            label: found.label,
            form: found.form,
            marks: Marks::in_table(found.in_table),
        });
    }

    /// Adds a link; one whose destination meets a tag becomes dynamic, with the destination as written.
    pub(super) fn link(&mut self, mut found: Found<'_>) {
        let mut span = self.span(found.at.clone());
        // Python-Markdown ends an address at the first quotation mark of `(a.png" "A title")`.
        let python = matches!(self.dialect.html_blocks, HtmlBlocks::Elements | HtmlBlocks::MdInHtml);
        if python
            && found.origin == Origin::Inline
            && let Some(bare) = found.destination.strip_suffix('"').filter(|_| span.of(self.file).ends_with('"'))
        {
            found.at.end -= 1;
            span.end -= 1;
            found.destination = Cow::Owned(bare.to_owned());
        }
        if self.masks(span).is_empty() {
            return self.plain_link(found);
        }
        let written = Cow::Borrowed(span.of(self.file));
        self.plain_link(Found { destination: written, form: Form::NotEditable, ..found });
        let dynamic = self.holds_tags(span);
        if let Some(link) = self.body.links.last_mut() {
            link.marks = link.marks.dynamic(dynamic);
        }
    }

    /// True when a span of a destination holds tags, which are marked as standing in one.
    pub(super) fn holds_tags(&mut self, span: Span) -> bool {
        let first = self.body.calls.partition_point(|call| call.span.end <= span.start);
        let inside = self.body.calls.iter_mut().skip(first).take_while(|call| call.span.start < span.end);
        inside.map(|call| call.in_destination = true).count() > 0
    }

    /// Adds a place that a fragment can lead to; one that holds a template tag is not known.
    pub(super) fn anchor(&mut self, at: Range<usize>, id: Cow<'_, str>, source: AnchorSource) {
        let span = self.span(at);
        let first = self.body.calls.partition_point(|call| call.span.end <= span.start);
        let dynamic = self.body.calls.get(first).is_some_and(|call| call.span.start < span.end);
        if !id.is_empty() && !dynamic {
            self.body.anchors.push(Anchor { id: id.into(), span, source });
        }
    }
}

/// The masked places that meet a span.
fn meeting(masked: &[Span], span: Span) -> &[Span] {
    if masked.is_empty() {
        return &[];
    }
    let first = masked.partition_point(|mask| mask.end <= span.start);
    let rest = masked.get(first..).unwrap_or_default();
    let count = rest.iter().take_while(|mask| mask.start < span.end).count();
    rest.get(..count).unwrap_or_default()
}

/// The parts of a span that are not masked.
pub(super) fn unmasked(masked: &[Span], span: Span, mut part: impl FnMut(Span)) {
    let mut from = span.start;
    for mask in meeting(masked, span) {
        if mask.start > from {
            part(Span { start: from, end: mask.start });
        }
        from = from.max(mask.end);
    }
    if from < span.end {
        part(Span { start: from, end: span.end });
    }
}
