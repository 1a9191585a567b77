//! Changing one thing in a front matter and nothing else.
//!
//! Each function gives one replacement in bytes of the file. Nothing is written out anew: quoting style, comments,
//! order, line ends and byte order mark stay as their writer left them. Where no single replacement can be right
//! (an anchor that others use, a mapping on one line), the answer is `None`.

mod text;

use super::node::{Entry, FrontMatter, Node, NodeKind, Style};
use super::split::{Format, line_at};
use crate::source::Span;

pub(super) use text::quoted;
pub use text::{is_plain_safe, key_text, scalar_text};

/// Bytes of the file and what replaces them.
pub type Replacement = (Span, String);

impl FrontMatter {
    /// Writes another text into a scalar, keeping its quotes where they can hold it.
    #[must_use]
    pub fn replace_scalar(&self, source: &str, node: &Node, text: &str) -> Option<Replacement> {
        let style = match &node.kind {
            NodeKind::Scalar(scalar) => scalar.style,
            NodeKind::Null => Style::Plain,
            _ => return None,
        };
        let old = node.text(source).unwrap_or_default();
        let written = scalar_text(text, style, self.format, old, self.is_in_flow(source, node));
        // Where nothing is written the value stands directly behind the colon.
        let blank = node.is_null() && !source.get(..node.span.start as usize)?.ends_with([' ', '\t']);
        Some((node.span, if blank { format!(" {written}") } else { written }))
    }

    /// Puts a value without quotes into quotes; its text stays the same.
    #[must_use]
    pub fn quote_value(&self, source: &str, node: &Node) -> Option<Replacement> {
        let scalar = node.scalar().filter(|scalar| scalar.style == Style::Plain)?;
        Some((node.span, quoted(scalar.text(source))))
    }

    /// Gives a key another name.
    #[must_use]
    pub fn rename_key(&self, source: &str, entry: &Entry, name: &str) -> Option<Replacement> {
        let scalar = entry.key.scalar()?;
        let written = match scalar.style {
            Style::Plain => key_text(name, self.format),
            style => scalar_text(name, style, self.format, scalar.text(source), true),
        };
        Some((entry.key.span, written))
    }

    /// Removes an entry of the root with its lines.
    #[must_use]
    pub fn remove_entry(&self, source: &str, index: usize) -> Option<Replacement> {
        let entry = self.root.get(index)?;
        if has_anchor(entry) {
            return None;
        }
        if self.format == Format::Json {
            return self.remove_property(index);
        }
        let start = line_start(source, entry.key.span.start as usize);
        let own_line = source.get(start..entry.key.span.start as usize)?.trim().is_empty();
        let table = self.format == Format::Toml && !is_value_line(source, entry);
        let last = entry.span().end as usize;
        let (line_end, next) = line_at(source, last.max(start));
        let tail = source.get(last..line_end)?.trim_start();
        let alone = self.root.iter().enumerate().all(|(at, other)| {
            at == index || other.span().end as usize <= start || other.key.span.start as usize >= next
        });
        let clean = tail.is_empty() || tail.starts_with('#');
        (own_line && alone && clean && !table)
            .then(|| (Span::new(start, next.min(self.inner.end as usize)), String::new()))
    }

    /// Writes a new key with a text value after another entry of the root, or after the last one.
    #[must_use]
    pub fn insert_text(&self, source: &str, after: Option<&Entry>, name: &str, text: &str) -> Option<Replacement> {
        let style = if matches!(self.format, Format::Yaml | Format::Lines) { Style::Plain } else { Style::Double };
        self.insert_raw(source, after, name, &scalar_text(text, style, self.format, "", false))
    }

    /// Like [`insert_text`](Self::insert_text) with a value that is already written as the format wants it.
    #[must_use]
    pub fn insert_raw(&self, source: &str, after: Option<&Entry>, name: &str, value: &str) -> Option<Replacement> {
        let key = key_text(name, self.format);
        let eol = self.line_end.as_str();
        if self.format == Format::Json {
            let Some(entry) = after.or(self.root.last()) else {
                let at = self.inner.start as usize + source.get(self.inner.range())?.find('{')? + 1;
                return Some((Span::new(at, at), format!("{key}: {value}")));
            };
            let at = entry.span().end as usize;
            let start = line_start(source, entry.key.span.start as usize);
            let indent = source.get(start..entry.key.span.start as usize)?;
            let gap = if indent.trim().is_empty() && start > self.inner.start as usize {
                format!("{eol}{indent}")
            } else {
                " ".to_owned()
            };
            return Some((Span::new(at, at), format!(",{gap}{key}: {value}")));
        }
        let line = match self.format {
            Format::Yaml | Format::Lines => format!("{key}: {value}{eol}"),
            Format::Toml => format!("{key} = {value}{eol}"),
            Format::Json | Format::Script => return None,
        };
        let after = match self.format {
            // A key below a `[table]` would belong to the table.
            Format::Toml => {
                let values = self.root.iter().take_while(|entry| is_value_line(source, entry));
                after.filter(|entry| is_value_line(source, entry)).or(values.last())
            }
            _ => after.or(self.root.last()),
        };
        let at = match after {
            None => self.inner.start as usize,
            Some(entry) => {
                let start = line_start(source, entry.key.span.start as usize);
                if start as u32 != entry.key.span.start || self.is_in_flow(source, &entry.key) {
                    return None;
                }
                let last = entry.span().end as usize;
                let (line_end, next) = line_at(source, last);
                let tail = source.get(last..line_end)?.trim_start();
                if !tail.is_empty() && !tail.starts_with('#') {
                    return None;
                }
                next.min(self.inner.end as usize)
            }
        };
        Some((Span::new(at, at), line))
    }

    fn remove_property(&self, index: usize) -> Option<Replacement> {
        let span = self.root.get(index)?.span();
        let span = match (index.checked_sub(1).and_then(|before| self.root.get(before)), self.root.get(index + 1)) {
            (_, Some(next)) => Span { start: span.start, end: next.key.span.start },
            (Some(before), None) => Span { start: before.span().end, end: span.end },
            (None, None) => span,
        };
        Some((span, String::new()))
    }

    /// True when the node stands inside brackets, where commas and brackets end a value without quotes.
    fn is_in_flow(&self, source: &str, node: &Node) -> bool {
        let mut open: Vec<&Node> = self.root.iter().flat_map(|entry| [&entry.key, &entry.value]).collect();
        if source.get(self.inner.range()).is_some_and(|text| text.trim_start().starts_with('{')) {
            return true;
        }
        while let Some(next) = open.pop() {
            if !next.span.contains(node.span) || std::ptr::eq(next, node) {
                continue;
            }
            if source.get(next.span.range()).is_some_and(|text| text.starts_with(['[', '{'])) {
                return true;
            }
            match &next.kind {
                NodeKind::Seq(items) => open.extend(items),
                NodeKind::Map(entries) => open.extend(entries.iter().flat_map(|entry| [&entry.key, &entry.value])),
                _ => {}
            }
        }
        false
    }
}

/// In TOML: `key = value` on a line of its own, not the head of a table.
fn is_value_line(source: &str, entry: &Entry) -> bool {
    let start = line_start(source, entry.key.span.start as usize);
    source.get(start..entry.key.span.start as usize).is_some_and(|before| before.trim().is_empty())
        && source
            .get(entry.key.span.end as usize..)
            .is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with('='))
}

fn line_start(source: &str, at: usize) -> usize {
    source.as_bytes().get(..at).and_then(|before| memchr::memrchr(b'\n', before)).map_or(0, |line| line + 1)
}

/// Others may refer to what carries an anchor.
fn has_anchor(entry: &Entry) -> bool {
    let mut open = vec![&entry.key, &entry.value];
    while let Some(node) = open.pop() {
        if node.anchor.is_some() {
            return true;
        }
        match &node.kind {
            NodeKind::Seq(items) => open.extend(items),
            NodeKind::Map(entries) => open.extend(entries.iter().flat_map(|entry| [&entry.key, &entry.value])),
            _ => {}
        }
    }
    false
}
