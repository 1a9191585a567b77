//! Raw HTML in Markdown: destinations, ids, languages, comments and text.
//!
//! Each HTML block is tokenised as one text, as a browser would, so that quotes, entities, scripts and comments mean
//! what they mean there; a map leads back to the file.

mod elements;
mod names;
mod segments;
mod tags;
mod values;

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as Place, Tokenizer};

pub(super) use elements::Elements;
pub(super) use names::{is_inline, is_void};
pub(super) use segments::Segments;

use super::dialect::RawHtml;
use super::markdown::Collector;
use super::prose::BlockKind;
use tags::Tag;

/// A piece of HTML to read.
pub(super) struct Html<'a> {
    /// The text, without container markers.
    pub(super) text: &'a str,
    /// Leads from it to the body.
    pub(super) map: &'a Segments,
    /// A block: its text is prose of its own. Inline, it is part of the paragraph around it.
    pub(super) block: bool,
    /// Inside a table cell.
    pub(super) in_table: bool,
}

/// Reads a piece of HTML with the tokeniser; true when it ends inside a comment.
pub(super) fn read(html: &Html<'_>, elements: &mut Elements, out: &mut Collector<'_>) -> bool {
    let mut tag = Tag::default();
    let mut open_comment = false;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, place: Place<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag.open(name, place.start),
            CallbackEvent::AttributeName { name } => tag.name(name, place.start, place.end),
            CallbackEvent::AttributeValue { value } => tag.value(value, place.start, place.end),
            CallbackEvent::CloseStartTag { .. } => {
                tag.close(html, place.end, elements, out);
            }
            CallbackEvent::EndTag { name } => {
                tag.name.clear();
                tag.discard();
                end_tag(html, name, place.start, elements, out);
            }
            CallbackEvent::String { .. } => text(html, place.start, place.end, elements, out),
            CallbackEvent::Comment { .. } => {
                open_comment = !html.text.get(..place.end).is_some_and(|text| text.ends_with("-->"));
                comment(html, place.start, place.end, out);
            }
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    // The callback gives no token, so this reads to the end.
    let _: Result<(), _> = Tokenizer::new_with_emitter(html.text, emitter).finish();
    open_comment
}

/// Reads one inline tag or comment; the tokeniser is only needed for attributes.
pub(super) fn read_inline(html: &Html<'_>, elements: &mut Elements, out: &mut Collector<'_>) {
    let text = html.text;
    if text.starts_with("<!--") {
        comment(html, 0, text.len(), out);
    } else if let Some(rest) = text.strip_prefix("</") {
        let name = rest.trim_end_matches('>').trim().to_ascii_lowercase();
        end_tag(html, name.as_bytes(), 0, elements, out);
    } else if memchr::memchr(b'=', text.as_bytes()).is_none() {
        let rest = text.get(1..).unwrap_or_default();
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default().to_ascii_lowercase();
        let mut tag = Tag::default();
        tag.open(name.as_bytes(), 0);
        tag.close(html, text.len(), elements, out);
    } else {
        read(html, elements, out);
    }
}

/// Reads a text that is one comment.
pub(super) fn read_comment(html: &Html<'_>, out: &mut Collector<'_>) {
    let start = html.text.len() - html.text.trim_start().len();
    comment(html, start, html.text.trim_end().len(), out);
}

fn comment(html: &Html<'_>, start: usize, end: usize, out: &mut Collector<'_>) {
    if let Some((range, _)) = html.map.range(start, end) {
        // A template tag alone on its line wears a comment's clothes in the shadow.
        if out.source(range.clone()).starts_with("<!") {
            let span = out.span(range);
            out.body.comments.push(span);
        }
    }
}

fn end_tag(html: &Html<'_>, name: &[u8], start: usize, elements: &mut Elements, out: &mut Collector<'_>) {
    if out.dialect.raw_html == RawHtml::Drop {
        return;
    }
    let at = html.map.range(start, start + 1).map_or(0, |(range, _)| range.start);
    elements.end(name, out.start + at, out);
    if html.block && !is_inline(name) {
        elements.new_block();
    }
}

fn text(html: &Html<'_>, start: usize, end: usize, elements: &mut Elements, out: &mut Collector<'_>) {
    let value = html.text.get(start..end).unwrap_or_default();
    if !html.block || elements.is_silent() || out.dialect.raw_html == RawHtml::Drop || value.trim().is_empty() {
        return;
    }
    elements.see();
    if elements.take_new_block() {
        out.body.prose.open(BlockKind::Html, elements.is_quoted(), false, elements.has_language());
    }
    html.map.pieces(start, end, |range| out.prose(range));
}
