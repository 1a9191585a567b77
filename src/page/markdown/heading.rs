//! Headings: their parts, and the id at their end.

use std::ops::Range;

use super::explicit_id;
use super::reader::Reader;
use crate::page::collector::unmasked;
use crate::page::headings::{Heading, PieceKind};
use crate::page::links::{Anchor, AnchorSource};
use crate::source::Span;

impl Reader<'_, '_> {
    /// Adds a part to the open heading.
    pub(super) fn piece(&mut self, kind: PieceKind, text: &str, range: Range<usize>) {
        let linked = self.links > 0;
        let Some(heading) = &mut self.heading else { return };
        let span = self.out.span(range);
        if self.out.masks(span).is_empty() {
            return heading.push(kind, text, span, linked);
        }
        heading.dynamic = true;
        let file = self.out.file;
        let mut from = span.start;
        unmasked(&self.out.masked, span, |part| {
            if part.start > from {
                heading.push(PieceKind::Template, "", Span { start: from, end: part.start }, linked);
            }
            heading.push(kind, part.of(file), part, linked);
            from = part.end;
        });
        if from < span.end {
            heading.push(PieceKind::Template, "", Span { start: from, end: span.end }, linked);
        }
    }

    pub(super) fn close_heading(&mut self, range: &Range<usize>) {
        self.flush();
        let Some(mut heading) = self.heading.take() else { return };
        let span = self.trimmed(range);
        let line = without_underline(self.with_comment(span).of(self.out.file));
        let tail = explicit_id::tail(line, self.out.dialect.explicit_ids).filter(|_| !line.contains('\n'));
        let mut id = None;
        if let Some(tail) = tail {
            let start = span.start as usize;
            heading.cut(Span::new(start + tail.text_end, start).start);
            id = tail.id.map(|id| Span::new(start + id.start, start + id.end));
        }
        let own =
            id.map(|id| Anchor { id: id.of(self.out.file).into(), span: id, source: AnchorSource::AttributeList });
        let id = own.or_else(|| self.id_before(span.start));
        let edges = (heading.pieces.first(), heading.pieces.last());
        let content = match edges {
            (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end },
            _ => Span { start: span.end, end: span.end },
        };
        self.out.body.headings.push(Heading {
            level: heading.level,
            span,
            content,
            text: heading.text.as_str().into(),
            pieces: heading.pieces.as_slice().into(),
            id,
            dynamic: heading.dynamic || self.out.dialect.draws_formulas && heading.text.matches('$').count() > 1,
            nested: false,
        });
        heading.clear();
        self.spare = heading;
    }

    /// A heading with the comment at its end, which the parser does not see and which may hold its id.
    fn with_comment(&self, heading: Span) -> Span {
        let rest = self.out.file.get(heading.end as usize..).unwrap_or_default();
        let rest = rest.split('\n').next().unwrap_or_default().trim_end();
        let comment = rest.trim_start().starts_with("{/*");
        if comment { Span::new(heading.start as usize, heading.end as usize + rest.len()) } else { heading }
    }
}

/// A heading's text without the line of `=` or `-` under it.
fn without_underline(heading: &str) -> &str {
    match heading.rsplit_once('\n') {
        Some((text, line)) if line.trim().bytes().all(|byte| matches!(byte, b'=' | b'-')) => text.trim_end(),
        _ => heading,
    }
}
