//! JSON front matter, read by `jsonc-parser`, which shows duplicates and where everything stands.
//!
//! Hugo and gray-matter want strict JSON, so a comment or a trailing comma is an issue; the tree is built all the same.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};

use super::MAX_DEPTH;
use super::issue::{Cause, SyntaxIssue};
use super::node::{Entry, FrontMatter, Node, NodeKind, Scalar, Style};
use crate::source::Span;

const STRICT: ParseOptions = options(false);
const LENIENT: ParseOptions = options(true);

const fn options(lenient: bool) -> ParseOptions {
    ParseOptions {
        allow_comments: lenient,
        allow_loose_object_property_names: lenient,
        allow_trailing_commas: lenient,
        allow_missing_commas: lenient,
        allow_single_quoted_strings: lenient,
        allow_hexadecimal_numbers: lenient,
        allow_unary_plus_numbers: lenient,
        allow_bare_decimal_point_numbers: lenient,
        allow_non_finite_numbers: lenient,
        allow_extended_string_escapes: lenient,
    }
}

/// Reads the front matter at `front_matter.inner` of `file`.
pub(super) fn read(file: &str, front_matter: &mut FrontMatter) {
    let text = front_matter.inner.of(file);
    let base = front_matter.inner.start as usize;
    front_matter.documents = 1;
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let value = match parse_to_ast(text, &collect, &STRICT) {
        Ok(result) => result.value,
        Err(strict) => {
            let collect = CollectOptions { comments: CommentCollectionStrategy::Separate, tokens: false };
            let result = parse_to_ast(text, &collect, &LENIENT);
            let error = result.as_ref().err().unwrap_or(&strict);
            front_matter.errors.push(issue(error, base, result.is_ok()));
            front_matter.recovered = true;
            result.ok().and_then(|result| {
                let comments = result.comments.iter().flat_map(|map| map.values()).flat_map(|list| list.iter());
                front_matter.comments = comments.map(|comment| place(base, comment.range())).collect();
                front_matter.comments.sort_unstable();
                front_matter.comments.dedup();
                result.value
            })
        }
    };
    let Some(value) = value else { return };
    match node(text, base, &value, 0) {
        Node { kind: NodeKind::Map(entries), .. } => front_matter.root = entries,
        other => {
            let message = "the front matter is no object: it needs keys with values in braces";
            front_matter.errors.push(SyntaxIssue::new(other.span, Cause::NotAMapping, message));
        }
    }
}

fn issue(error: &ParseError, base: usize, only_strict: bool) -> SyntaxIssue {
    let (cause, message) = match error.kind() {
        ParseErrorKind::NestingDepthExceeded => (Cause::TooDeep, "the JSON is nested too deeply".to_owned()),
        ParseErrorKind::UnterminatedArray | ParseErrorKind::UnterminatedObject => {
            (Cause::UnclosedBracket, "this bracket is never closed".to_owned())
        }
        kind => {
            let words = kind.to_string();
            let words = words.trim_end_matches('.');
            let cause = if only_strict { Cause::NotStrictJson } else { Cause::Other };
            (cause, format!("this is not strict JSON: {}", words.to_lowercase()))
        }
    };
    SyntaxIssue::new(place(base, error.range()), cause, message)
}

fn place(base: usize, range: Range) -> Span {
    Span::new(base + range.start, base + range.end)
}

fn node(text: &str, base: usize, value: &Value<'_>, depth: usize) -> Node {
    let span = place(base, value.range());
    let plain = NodeKind::Scalar(Scalar { style: Style::Plain, content: span, decoded: None });
    let kind = match value {
        _ if depth > MAX_DEPTH => NodeKind::Null,
        Value::StringLit(string) => string_node(text, base, string.range, &string.value),
        Value::Object(object) => NodeKind::Map(
            object
                .properties
                .iter()
                .map(|property| {
                    let range = property.name.range();
                    let kind = match &property.name {
                        ObjectPropName::String(string) => string_node(text, base, range, &string.value),
                        ObjectPropName::Word(word) => string_node(text, base, range, word.value),
                    };
                    let key = Node::new(place(base, range), kind);
                    Entry { key, value: node(text, base, &property.value, depth + 1) }
                })
                .collect(),
        ),
        Value::Array(array) => {
            NodeKind::Seq(array.elements.iter().map(|element| node(text, base, element, depth + 1)).collect())
        }
        Value::NumberLit(_) | Value::BooleanLit(_) | Value::NullKeyword(_) => plain,
    };
    Node::new(span, kind)
}

fn string_node(text: &str, base: usize, range: Range, value: &str) -> NodeKind {
    let raw = text.get(range.start..range.end).unwrap_or_default();
    let (style, content) = match raw.as_bytes().first() {
        Some(b'\'') => (Style::Single, range.start + 1..range.end.saturating_sub(1)),
        Some(b'"') => (Style::Double, range.start + 1..range.end.saturating_sub(1)),
        _ => (Style::Plain, range.start..range.end),
    };
    let decoded = (text.get(content.clone()) != Some(value)).then(|| Box::from(value));
    NodeKind::Scalar(Scalar { style, content: Span::new(base + content.start, base + content.end), decoded })
}
