//! Reading key by key what does not parse as a whole, so that one slip does not hide the page from every other rule.

use super::events::Stop;
use super::node::{Entry, FrontMatter, Node, NodeKind, Scalar, Style};
use super::split::line_at;
use super::{toml, yaml};
use crate::source::Span;

/// A stretch of lines that belongs to one key of the root, and what became of it.
#[derive(Debug)]
pub(super) struct Chunk {
    /// From the start of the key's line to the start of the next key's line.
    pub span: Span,
    /// What its own text says, or why it cannot be read either.
    pub read: Result<Vec<Entry>, Stop>,
}

/// Cuts the text at lines that start with a key.
pub(super) fn chunks(file: &str, inner: Span, starts: fn(&str) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut at, mut start) = (inner.start as usize, inner.start as usize);
    let end = inner.end as usize;
    while at < end {
        let (line_end, next) = line_at(file, at);
        if at > start && file.get(at..line_end).is_some_and(starts) {
            spans.push(Span::new(start, at));
            start = at;
        }
        at = next;
    }
    if start < end {
        spans.push(Span::new(start, end));
    }
    spans
}

/// Reads each key of a YAML front matter by itself.
pub(super) fn yaml_chunks(file: &str, inner: Span) -> Vec<Chunk> {
    let spans = chunks(file, inner, starts_yaml_key);
    spans.into_iter().map(|span| Chunk { span, read: read_chunk(file, span) }).collect()
}

/// The key of a chunk that cannot be read, with nothing known of its value: enough to see that it is there.
pub(super) fn key_only(file: &str, span: Span) -> Option<Entry> {
    let (end, _) = line_at(file, span.start as usize);
    let line = file.get(span.start as usize..end)?;
    let length = key_length(line)?;
    let start = span.start as usize;
    let quotes = usize::from(line.starts_with(['"', '\'']));
    let style = match line.as_bytes().first() {
        Some(b'"') => Style::Double,
        Some(b'\'') => Style::Single,
        _ => Style::Plain,
    };
    let content = Span::new(start + quotes, start + length - quotes);
    let key = Node::new(Span::new(start, start + length), NodeKind::Scalar(Scalar { style, content, decoded: None }));
    let colon = line.get(length..)?.find(':')? + length + 1;
    let rest = line.get(colon..)?;
    let value = rest.trim();
    let from = start + colon + rest.len() - rest.trim_start().len();
    let span = Span::new(from, from + value.len());
    let scalar = NodeKind::Scalar(Scalar { style: Style::Plain, content: span, decoded: None });
    // A bracket alone opens a list that could not be read; it is no value.
    let kind = if matches!(value, "" | "[" | "{") { NodeKind::Null } else { scalar };
    Some(Entry { key, value: Node::new(span, kind) })
}

/// Parses one chunk; a text without a key is refused.
pub(super) fn read_chunk(file: &str, span: Span) -> Result<Vec<Entry>, Stop> {
    let tree = yaml::parse(file, span)?;
    match tree.root.map(|root| root.kind) {
        Some(NodeKind::Map(entries)) => Ok(entries),
        None | Some(NodeKind::Null) => Ok(Vec::new()),
        Some(_) => Err(Stop { at: span.start as usize, problem: super::events::Problem::Other(String::new()) }),
    }
}

/// Keys and values of a TOML front matter that does not parse as a whole.
pub(super) fn toml(file: &str, front_matter: &mut FrontMatter) {
    front_matter.recovered = true;
    for span in chunks(file, front_matter.inner, starts_toml_key) {
        if let Ok(entries) = toml::parse(file, span) {
            front_matter.root.extend(entries);
        }
    }
}

/// `key:` at the start of the line, with or without quotes; `key:value` too, which is a slip of the same intent.
pub(super) fn starts_yaml_key(line: &str) -> bool {
    key_length(line).is_some()
}

/// Length of the key (with quotes, without the colon) at the start of a line.
pub(super) fn key_length(line: &str) -> Option<usize> {
    let first = *line.as_bytes().first()?;
    if matches!(first, b'"' | b'\'') {
        let close = memchr::memchr(first, line.as_bytes().get(1..)?)? + 2;
        return line.get(close..)?.trim_start_matches([' ', '\t']).starts_with(':').then_some(close);
    }
    let colon = memchr::memchr(b':', line.as_bytes())?;
    let key = line.get(..colon)?.trim_end_matches([' ', '\t']);
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@' | '$' | '<');
    let url = line.get(colon + 1..)?.starts_with("//");
    (!key.is_empty() && key.len() <= 64 && !url && key.chars().all(word) && !key.starts_with("--")).then_some(key.len())
}

fn starts_toml_key(line: &str) -> bool {
    if line.starts_with('[') {
        return true;
    }
    let Some(equals) = memchr::memchr(b'=', line.as_bytes()) else { return false };
    let key = line.get(..equals).unwrap_or_default().trim_end();
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'');
    !key.is_empty() && key.chars().all(word)
}
