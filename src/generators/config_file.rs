//! Reads configuration and data files of generators: YAML, TOML or JSON, by the file's extension.

use serde_json::{Map, Number, Value};

use super::{Folder, Problem};
use crate::discover::extension;
use crate::page::front_matter::{self, Dialect, FrontMatter, Head, LineEnd, Node, NodeKind, ScalarType};
use crate::source::Span;

/// The values of a file as JSON; null when there is no such file. What does not parse becomes a problem, and what could
/// be read of it is returned.
#[must_use]
pub fn read(folder: &Folder<'_>, path: &str, problems: &mut Vec<Problem>) -> Value {
    let Some(text) = folder.read(path) else { return Value::Null };
    let front = parsed(&text, path);
    if let Some(error) = front.errors.first() {
        problems.push(Problem {
            file: folder.file(path),
            span: error.span,
            message: error.message.clone(),
            hides: true,
        });
    }
    object(&front, &text)
}

/// The same for Hexo, which puts two blanks for each tab that begins a line.
#[must_use]
pub fn read_with_wide_tabs(folder: &Folder<'_>, path: &str, problems: &mut Vec<Problem>) -> Value {
    let mut own = Vec::new();
    let value = read(folder, path, &mut own);
    let text = folder.read(path).filter(|text| !own.is_empty() && text.contains("\n\t"));
    if let Some(text) = text {
        let wide = wide_tabs(&text);
        let front = parsed(&wide, path);
        if front.errors.is_empty() {
            return object(&front, &wide);
        }
    }
    problems.append(&mut own);
    value
}

/// The first key at the top of a file that stands there a second time: with most programs the first one is lost without a
/// word, others refuse the file.
#[must_use]
pub fn twice(folder: &Folder<'_>, path: &str) -> Option<Problem> {
    let (front, text) = tree(folder, path).filter(|(front, _)| front.errors.is_empty())?;
    let (again, first) = front.root.iter().enumerate().find_map(|(at, entry)| {
        let name = entry.name(&text);
        let mut before = front.root.iter().take(at).filter(|_| !name.is_empty() && name != "<<");
        Some((entry.key.span, before.find(|other| other.name(&text) == name)?.key.span))
    })?;
    let line = text.get(..first.start as usize)?.matches('\n').count() + 1;
    let name = again.of(&text);
    let message =
        format!("`{name}` stands here again, after line {line}: the first one is lost, or the file is refused");
    Some(Problem { file: folder.file(path), span: again, message, hides: false })
}

fn wide_tabs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches('\t');
        (rest.len()..line.len()).for_each(|_| out.push_str("  "));
        out.push_str(rest);
    }
    out
}

/// A file with the place of every word, and its text.
#[must_use]
pub fn tree(folder: &Folder<'_>, path: &str) -> Option<(FrontMatter, String)> {
    let text = folder.read(path)?;
    Some((parsed(&text, path), text))
}

fn parsed(text: &str, path: &str) -> FrontMatter {
    let format = match &*extension(path) {
        "toml" => front_matter::Format::Toml,
        "json" => front_matter::Format::Json,
        _ => front_matter::Format::Yaml,
    };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let whole = Span::new(start, text.len());
    let head =
        Head { format, outer: whole, inner: whole, body_start: whole.end, line_end: LineEnd::of(text), bom: start > 0 };
    front_matter::read(text, &head)
}

/// The root of a parsed text as JSON.
#[must_use]
pub fn object(front: &FrontMatter, text: &str) -> Value {
    entries(&front.root, front, text)
}

fn entries(all: &[front_matter::Entry], front: &FrontMatter, text: &str) -> Value {
    let mut map = Map::new();
    for entry in all {
        map.insert(entry.name(text).to_owned(), value(&entry.value, front, text));
    }
    Value::Object(map)
}

/// The key under which the tag of a map is kept: `!!python/object/apply:pymdownx.slugs.slugify`.
pub const TAG: &str = "!";

fn value(node: &Node, front: &FrontMatter, text: &str) -> Value {
    match node.tag.map(|tag| tag.of(text).trim()) {
        Some(tag) if tag.starts_with('!') => tagged(tag, node, front, text),
        _ => untagged(node, front, text),
    }
}

/// Values with a tag of the program that reads them, as MkDocs has: an environment variable is not known here, but the
/// default that follows it is; the name of a function stays a text.
fn tagged(tag: &str, node: &Node, front: &FrontMatter, text: &str) -> Value {
    match untagged(node, front, text) {
        Value::Array(mut items) if tag == "!ENV" => items.pop().filter(|_| !items.is_empty()).unwrap_or(Value::Null),
        _ if tag == "!ENV" => Value::Null,
        Value::Object(mut map) => {
            map.insert(TAG.to_owned(), tag.into());
            Value::Object(map)
        }
        _ if tag.starts_with("!!python/") => tag.into(),
        value => value,
    }
}

fn untagged(node: &Node, front: &FrontMatter, text: &str) -> Value {
    match &node.kind {
        NodeKind::Null | NodeKind::Alias(_) => Value::Null,
        NodeKind::Seq(items) => Value::Array(items.iter().map(|item| value(item, front, text)).collect()),
        NodeKind::Map(inner) => entries(inner, front, text),
        NodeKind::Scalar(scalar) => {
            let written = scalar.text(text);
            match front_matter::resolve(written, scalar.style, Dialect::JsYaml4) {
                ScalarType::Null => Value::Null,
                ScalarType::Bool(flag) => Value::Bool(flag),
                ScalarType::Int(_) => {
                    written.parse::<i64>().map_or_else(|_| written.into(), |n| Value::Number(Number::from(n)))
                }
                _ => Value::String(written.to_owned()),
            }
        }
    }
}
