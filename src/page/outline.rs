//! The structure of a body as the parser sees it: which construct stands where, without what it says.
//!
//! A repair compares the outlines before and after: a replaced byte may change a destination or a word, but no heading
//! may turn into text and no list into a paragraph. The bytes outside a repair are the same, so kinds and places are
//! all that can differ.

use std::mem::{Discriminant, discriminant};

use pulldown_cmark::{Event, Parser, Tag};

use super::dialect::Dialect;
use super::markdown;
use super::templates::shadow;
use crate::source::Span;

/// What kind of construct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Construct {
    /// Something that holds others: a paragraph, a heading of a level, a link.
    Holder {
        /// Which of them.
        kind: Discriminant<Tag<'static>>,
        /// The level of a heading; 1 for a list with numbers.
        level: u8,
        /// It stands beside paragraphs, not in one.
        block: bool,
    },
    /// Plain text; touching pieces are one.
    Text,
    /// Anything else that holds nothing: code, raw HTML, a line break, a rule.
    Other(Discriminant<Event<'static>>),
}

impl Construct {
    /// True for what holds other constructs.
    #[must_use]
    pub fn holds(self) -> bool {
        matches!(self, Construct::Holder { .. })
    }

    /// True for what stands beside paragraphs, not in one.
    #[must_use]
    pub fn is_block(self) -> bool {
        matches!(self, Construct::Holder { block: true, .. })
    }
}

/// One construct with its place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub construct: Construct,
    /// Where.
    pub span: Span,
}

/// The constructs of the body that starts at byte `start` of the file, in the order of their beginnings.
#[must_use]
pub fn outline(file: &str, start: usize, dialect: &Dialect) -> Vec<Item> {
    let Some(plain) = file.get(start..) else { return Vec::new() };
    let shadow = shadow(file, start, dialect);
    let text = shadow.as_ref().map_or(plain, |shadow| &shadow.text);
    let mut items: Vec<Item> = Vec::with_capacity(text.len() / 16);
    for (event, range) in Parser::new_ext(text, markdown::options(dialect)).into_offset_iter() {
        let span = Span::new(start + range.start, start + range.end);
        let construct = match event {
            Event::End(_) => continue,
            Event::Start(tag) => {
                let level = match &tag {
                    Tag::Heading { level, .. } => *level as u8,
                    Tag::List(Some(_)) => 1,
                    _ => 0,
                };
                let inline = matches!(
                    tag,
                    Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough
                );
                Construct::Holder { kind: discriminant(&tag.into_static()), level, block: !inline }
            }
            Event::Text(_) => {
                if let Some(last) = items.last_mut()
                    && last.construct == Construct::Text
                    && last.span.end == span.start
                {
                    last.span.end = span.end;
                    continue;
                }
                Construct::Text
            }
            other => Construct::Other(discriminant(&other.into_static())),
        };
        items.push(Item { construct, span });
    }
    items
}
