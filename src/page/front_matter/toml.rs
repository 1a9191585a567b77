//! TOML front matter (`+++`), read by `toml_edit`, which knows where every key and value stands.

use toml_edit::{Array, Document, InlineTable, Item, Key, Table, Value};

use super::MAX_DEPTH;
use super::issue::{Cause, SyntaxIssue};
use super::node::{Entry, Node, NodeKind, Scalar, Style};
use crate::source::Span;

/// Parses a part of a file. TOML stops at its first mistake.
pub(super) fn parse(file: &str, span: Span) -> Result<Vec<Entry>, SyntaxIssue> {
    let text = span.of(file);
    let base = span.start as usize;
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().unwrap_or(text.len()..text.len());
        let cause = match error.message() {
            message if message.contains("duplicate key") => Cause::DuplicateKey,
            message if message.contains("recursion limit") => Cause::TooDeep,
            message if message.contains("unclosed array") => Cause::UnclosedBracket,
            _ => Cause::Other,
        };
        let place = Span::new(base + at.start.min(text.len()), base + at.end.min(text.len()));
        SyntaxIssue::new(place, cause, format!("the TOML does not parse: {}", error.message()))
    })?;
    let reader = Reader { file, base };
    let mut root = Vec::new();
    reader.table(document.as_table(), &mut root, 0);
    Ok(root)
}

struct Reader<'a> {
    file: &'a str,
    base: usize,
}

impl Reader<'_> {
    fn span(&self, range: Option<std::ops::Range<usize>>) -> Option<Span> {
        range.map(|range| Span::new(self.base + range.start, self.base + range.end))
    }

    fn table(&self, table: &Table, out: &mut Vec<Entry>, depth: usize) {
        for (name, item) in table {
            if let Some(key) = table.key(name) {
                out.push(self.entry(key, self.item(item, depth + 1)));
            }
        }
        out.sort_by_key(|entry| entry.key.span);
    }

    fn inline(&self, table: &InlineTable, depth: usize) -> Vec<Entry> {
        let values = table.iter().filter_map(|(name, value)| Some((table.key(name)?, value)));
        values.map(|(key, value)| self.entry(key, self.value(value, depth + 1))).collect()
    }

    fn entry(&self, key: &Key, mut value: Node) -> Entry {
        let span = self.span(key.span()).unwrap_or(value.span);
        if value.span == Span::FILE {
            value.span = Span { start: span.end, end: span.end };
        }
        let raw = span.of(self.file);
        let style = match raw.as_bytes().first() {
            Some(b'"') => Style::Double,
            Some(b'\'') => Style::Single,
            _ => Style::Plain,
        };
        let content = if style.is_quoted() { inside(span, 1) } else { span };
        let decoded = (content.of(self.file) != key.get()).then(|| Box::from(key.get()));
        Entry { key: Node::new(span, NodeKind::Scalar(Scalar { style, content, decoded })), value }
    }

    fn item(&self, item: &Item, depth: usize) -> Node {
        let span = self.span(item.span()).unwrap_or(Span::FILE);
        let kind = match item {
            _ if depth > MAX_DEPTH => NodeKind::Null,
            Item::None => NodeKind::Null,
            Item::Value(value) => return self.value(value, depth),
            Item::Table(table) => {
                let mut entries = Vec::new();
                self.table(table, &mut entries, depth);
                NodeKind::Map(entries)
            }
            Item::ArrayOfTables(tables) => NodeKind::Seq(
                tables
                    .iter()
                    .map(|table| {
                        let mut entries = Vec::new();
                        self.table(table, &mut entries, depth + 1);
                        Node::new(self.span(table.span()).unwrap_or(span), NodeKind::Map(entries))
                    })
                    .collect(),
            ),
        };
        Node::new(span, kind)
    }

    fn value(&self, value: &Value, depth: usize) -> Node {
        let span = self.span(value.span()).unwrap_or(Span::FILE);
        let kind = match value {
            _ if depth > MAX_DEPTH => NodeKind::Null,
            Value::Array(array) => NodeKind::Seq(self.array(array, depth)),
            Value::InlineTable(table) => NodeKind::Map(self.inline(table, depth)),
            Value::String(text) => {
                let raw = span.of(self.file);
                let quote = raw.get(..1).unwrap_or("\"");
                let width = if raw.len() >= 6 && raw.starts_with(&quote.repeat(3)) { 3 } else { 1 };
                let style = if quote == "'" { Style::Single } else { Style::Double };
                let content = inside(span, width);
                let decoded = (content.of(self.file) != text.value()).then(|| Box::from(text.value().as_str()));
                NodeKind::Scalar(Scalar { style, content, decoded })
            }
            _ => NodeKind::Scalar(Scalar { style: Style::Plain, content: span, decoded: None }),
        };
        Node::new(span, kind)
    }

    fn array(&self, array: &Array, depth: usize) -> Vec<Node> {
        array.iter().map(|value| self.value(value, depth + 1)).collect()
    }
}

/// A span without the quotes at both ends.
fn inside(span: Span, width: u32) -> Span {
    let start = (span.start + width).min(span.end);
    Span { start, end: span.end.saturating_sub(width).max(start) }
}

/// Comments. `toml_edit` keeps them only as decoration of keys, so we look ourselves, minding strings.
pub(super) fn comments(file: &str, span: Span) -> Vec<Span> {
    let bytes = file.as_bytes().get(span.range()).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr3(b'#', b'"', b'\'', bytes.get(at..).unwrap_or_default()) {
        at += next;
        let rest = bytes.get(at..).unwrap_or_default();
        let quote = rest.first().copied().unwrap_or(b'#');
        at += if quote == b'#' {
            let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            found.push(Span::new(span.start as usize + at, span.start as usize + at + length));
            length
        } else {
            string_length(rest, quote)
        };
    }
    found
}

/// Length of the TOML string at the start of `rest`; an unclosed one ends with its line.
fn string_length(rest: &[u8], quote: u8) -> usize {
    let long = rest.starts_with(&[quote; 3]);
    let mut at = if long { 3 } else { 1 };
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !long => return at,
            _ if byte == quote && !long => return at + 1,
            _ if byte == quote && rest[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}
