//! Raw HTML in Markdown: destinations, ids, languages, comments and text.
//!
//! Each HTML block is read as one text, as a browser would, so that quotes, entities, scripts and comments mean what
//! they mean there; a map leads back to the file.

mod attributes;
mod elements;
mod markdown_elements;
mod names;
mod raw_elements;
mod segments;
mod tags;
mod tokens;
mod values;

pub use attributes::quoted;
pub(super) use elements::Elements;
pub(super) use markdown_elements::{MarkdownElement, markdown_elements};
pub(super) use names::{is_inline, is_void};
pub(super) use raw_elements::{RawEnds, raw_ends};
pub(super) use segments::Segments;
use tokens::{Token, Tokens};

use super::collector::Collector;
use super::dialect::RawHtml;
use super::prose::BlockKind;

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

/// Reads a piece of HTML; true when it ends inside a comment.
pub(super) fn read(html: &Html<'_>, elements: &mut Elements, out: &mut Collector<'_>) -> bool {
    let mut tag = std::mem::take(&mut elements.tag);
    let mut open_comment = false;
    for token in Tokens::new(html.text) {
        match token {
            Token::Text(at) => text(html, at.start, at.end, elements, out),
            Token::Start { at, name, bare } => tag.read(html, at, name, bare, elements, out),
            Token::End { at, name } => end_tag(html, name, at.start, elements, out),
            Token::Comment { at, closed } => {
                open_comment = !closed;
                comment(html, at.start, at.end, out);
            }
        }
    }
    elements.tag = tag;
    open_comment
}

/// Where the element ends that `text` begins with; `None` when its end tag is missing.
pub(super) fn element_end(text: &str) -> Option<usize> {
    let mut outer: Option<&str> = None;
    let mut depth = 0_usize;
    for token in Tokens::new(text) {
        match token {
            Token::Start { name, at, .. } => {
                let outer = *outer.get_or_insert(name);
                let closes_itself = text.get(at).is_some_and(|tag| tag.ends_with("/>"));
                depth += usize::from(outer.eq_ignore_ascii_case(name) && !closes_itself);
            }
            Token::End { name, at } if outer.is_some_and(|outer| outer.eq_ignore_ascii_case(name)) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at.end);
                }
            }
            _ => {}
        }
        if depth == 0 {
            return None;
        }
    }
    None
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

fn end_tag(html: &Html<'_>, name: &str, start: usize, elements: &mut Elements, out: &mut Collector<'_>) {
    if out.dialect.raw_html == RawHtml::Drop {
        return;
    }
    let at = html.map.range(start, start + 1).map_or(0, |(range, _)| range.start);
    let name = name.to_ascii_lowercase();
    elements.end(name.as_bytes(), out.start + at, out);
    if html.block && !is_inline(name.as_bytes()) {
        elements.new_block();
    }
}

fn text(html: &Html<'_>, start: usize, end: usize, elements: &mut Elements, out: &mut Collector<'_>) {
    if !html.block || elements.is_silent() || out.dialect.raw_html == RawHtml::Drop {
        return;
    }
    let value = html.text.get(start..end).unwrap_or_default();
    if value.bytes().all(|b| b.is_ascii_whitespace()) {
        return;
    }
    elements.see();
    if elements.take_new_block() {
        out.body.prose.open(BlockKind::Html, elements.is_quoted(), false, elements.has_language());
    }
    html.map.pieces(start, end, |range| out.prose(range));
}
