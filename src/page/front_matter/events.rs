//! The seam between a YAML parser and our tree.
//!
//! The parser is young and has one author; nothing but this file knows its types, so it can be replaced by another
//! event parser in an afternoon.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::ops::Range;

use granit_parser::{ErrorKind, Event as Raw, Parser, ScalarStyle, StrInput};

use super::node::Style;
use super::{MAX_DEPTH, MAX_NODES};

/// What a parser meets, in the order of the text.
pub(super) enum Event<'a> {
    /// A document starts.
    Document,
    /// A scalar with its decoded text; `None` where nothing is written.
    Scalar(Option<Cow<'a, str>>, Style),
    /// A list starts.
    SeqStart,
    /// A mapping starts.
    MapStart,
    /// The innermost open list or mapping ends.
    End,
    /// `*name`.
    Alias(Option<NonZeroU32>),
    /// `&name` of the node that was announced last.
    Anchor(Option<NonZeroU32>),
    /// A comment.
    Comment,
}

/// An event with its place in the text that was given to the parser.
pub(super) struct Placed<'a> {
    pub event: Event<'a>,
    pub range: Range<usize>,
    pub tag: Option<Range<usize>>,
}

/// Why a parser stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// A quoted text goes on at or left of the column of its key. Legal for the parsers of nearly all generators.
    QuotedContinuation,
    /// A comment without a blank before it (`"x"#`). Psych reads it.
    GluedComment,
    /// Too many levels.
    TooDeep,
    /// Too many values.
    TooMany,
    /// A character that YAML does not allow.
    Forbidden(char),
    /// Anything else, in the parser's words.
    Other(String),
}

/// A problem and where the parser stood when it noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stop {
    pub at: usize,
    pub problem: Problem,
}

/// Anything that reads YAML as a series of events.
pub(super) trait EventSource<'a> {
    /// The next event; `None` at the end.
    fn next_event(&mut self) -> Option<Result<Placed<'a>, Stop>>;
}

/// Events of `granit-parser`.
pub(super) struct Granit<'a> {
    parser: Parser<'a, StrInput<'a>>,
    length: usize,
}

impl<'a> Granit<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
            max_buffered_comment_events: MAX_NODES,
        };
        Granit { parser: Parser::new_from_str_with_options(text, options), length: text.len() }
    }
}

impl<'a> EventSource<'a> for Granit<'a> {
    fn next_event(&mut self) -> Option<Result<Placed<'a>, Stop>> {
        loop {
            let (raw, span) = match self.parser.next_event()? {
                Ok(pair) => pair,
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(self.length).min(self.length);
                    return Some(Err(Stop { at, problem: problem(error.kind()) }));
                }
            };
            let range = span.byte_range().unwrap_or(self.length..self.length);
            let event = match raw {
                Raw::DocumentStart(..) => Event::Document,
                Raw::Scalar(text, style, ..) => {
                    // Where nothing is written the parser says `~`, or an empty plain text after a tag.
                    let absent = range.is_empty() && style == ScalarStyle::Plain;
                    Event::Scalar((!absent).then_some(text), style_of(style))
                }
                Raw::SequenceStart(..) => Event::SeqStart,
                Raw::MappingStart(..) => Event::MapStart,
                Raw::SequenceEnd | Raw::MappingEnd => Event::End,
                Raw::Alias(id) => Event::Alias(number(id)),
                Raw::UnresolvedAlias(_) => Event::Alias(None),
                Raw::Anchor(id, _) => Event::Anchor(number(id)),
                Raw::Comment(..) => Event::Comment,
                _ => continue,
            };
            let tag = span.tag_span().and_then(|tag| tag.byte_range());
            return Some(Ok(Placed { event, range, tag }));
        }
    }
}

fn number(id: usize) -> Option<NonZeroU32> {
    u32::try_from(id).ok().and_then(NonZeroU32::new)
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
        _ => Style::Plain,
    }
}

fn problem(kind: &ErrorKind) -> Problem {
    match kind {
        ErrorKind::InvalidQuotedScalarIndent => Problem::QuotedContinuation,
        ErrorKind::CommentNotSeparated => Problem::GluedComment,
        ErrorKind::RecursionLimitExceeded => Problem::TooDeep,
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => Problem::Forbidden(*character),
        ErrorKind::BomInsideDocument => Problem::Forbidden('\u{feff}'),
        other => Problem::Other(other.to_string()),
    }
}
