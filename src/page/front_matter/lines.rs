//! Heads of `Key: value` lines, as Python-Markdown's `meta` extension reads them for Pelican.
//!
//! The head ends at the first empty line, or at a line that is neither `Key: value` nor indented by four. Fences may
//! stand around it, but what is between them is no YAML: quotes belong to the text. Each value is a text; what the
//! generator splits at commas or semicolons is a list here too.
//!
//! Source: Python-Markdown 3 `markdown/extensions/meta.py`, pelican 4 `readers.py`.

use super::node::{Entry, FrontMatter, Node, NodeKind, Scalar, Style};
use super::split::{Format, Head, LineEnd, bom_len, line_at};
use crate::source::Span;

/// Reads the head of a page, which may begin behind other lines; `None` when it has none. `is_list` knows the keys whose
/// values are lists.
#[must_use]
pub fn find(page: &str, start: usize, is_list: impl Fn(&str) -> bool) -> Option<FrontMatter> {
    let start = start.max(bom_len(page));
    let mut at = start;
    let (end, next) = line_at(page, at);
    let fenced = is_fence(page.get(at..end)?, false);
    if fenced {
        at = next;
    }
    let inner_start = at;
    let mut fields: Vec<Field> = Vec::new();
    let mut closed = false;
    let (mut head_end, mut body) = (at, at);
    while at < page.len() {
        let (end, next) = line_at(page, at);
        let line = page.get(at..end)?;
        if line.trim().is_empty() || is_fence(line, true) {
            closed = true;
            head_end = if line.trim().is_empty() { at } else { end };
            body = next;
            break;
        }
        match key_of(line) {
            Some((key, value)) => {
                fields.push(Field {
                    key: Span::new(at + key.start, at + key.end),
                    values: vec![trimmed(page, at + value, end)],
                });
            }
            None if line.starts_with("    ") && !fields.is_empty() => {
                if let Some(field) = fields.last_mut() {
                    field.values.push(trimmed(page, at, end));
                }
            }
            None => break,
        }
        at = next;
        (head_end, body) = (end, next);
    }
    if fields.is_empty() {
        return None;
    }
    let last = fields.last().and_then(|field| field.values.last()).map_or(head_end, |value| value.end as usize);
    let inner_end = if fenced && closed { line_start(page, head_end) } else { line_at(page, last).1.min(body) };
    let outer_end = if fenced { head_end } else { last };
    let head = Head {
        format: Format::Lines,
        outer: Span::new(start, outer_end),
        inner: Span::new(inner_start, inner_end.max(inner_start)),
        body_start: Span::new(body, body).start,
        line_end: LineEnd::of(page),
        bom: bom_len(page) > 0,
    };
    let mut front = FrontMatter::empty(&head);
    front.documents = 1;
    front.root = fields.into_iter().map(|field| field.entry(page, &is_list)).collect();
    Some(front)
}

/// A key and its lines.
struct Field {
    key: Span,
    values: Vec<Span>,
}

impl Field {
    fn entry(self, page: &str, is_list: &impl Fn(&str) -> bool) -> Entry {
        let name = self.key.of(page);
        let key = Node::new(self.key, NodeKind::Scalar(plain(self.key)));
        let first = self.values.first().copied().unwrap_or(self.key);
        let last = self.values.last().copied().unwrap_or(first);
        let whole = Span { start: first.start, end: last.end.max(first.end) };
        let value = match self.values.as_slice() {
            _ if whole.of(page).trim().is_empty() => {
                Node::new(Span { start: whole.start, end: whole.start }, NodeKind::Null)
            }
            [one] if is_list(name) => {
                let items = items(page, *one).into_iter().map(|item| Node::new(item, NodeKind::Scalar(plain(item))));
                Node::new(whole, NodeKind::Seq(items.collect()))
            }
            [one] => Node::new(*one, NodeKind::Scalar(plain(*one))),
            many => {
                let text = many.iter().map(|line| line.of(page)).collect::<Vec<_>>().join("\n");
                let scalar = Scalar { style: Style::Folded, content: whole, decoded: Some(text.into()) };
                Node::new(whole, NodeKind::Scalar(scalar))
            }
        };
        Entry { key, value }
    }
}

fn plain(content: Span) -> Scalar {
    Scalar { style: Style::Plain, content, decoded: None }
}

/// The items of a list: at semicolons where there is one, else at commas.
fn items(page: &str, value: Span) -> Vec<Span> {
    let text = value.of(page);
    let separator = if text.contains(';') { ';' } else { ',' };
    let mut at = value.start as usize;
    let mut items = Vec::new();
    for part in text.split(separator) {
        let item = trimmed(page, at, at + part.len());
        if !item.is_empty() {
            items.push(item);
        }
        at += part.len() + 1;
    }
    items
}

/// The key of a line and where the value begins: up to three blanks, letters, digits, `_` and `-`, a colon.
fn key_of(line: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = line.get(indent..)?;
    let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    (indent < 4 && length > 0 && rest.as_bytes().get(length) == Some(&b':'))
        .then(|| (indent..indent + length, indent + length + 1))
}

/// `---`, and to close also `...`; text may follow after a blank.
fn is_fence(line: &str, closing: bool) -> bool {
    let rest = line.strip_prefix("---").or_else(|| if closing { line.strip_prefix("...") } else { None });
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

fn trimmed(page: &str, from: usize, to: usize) -> Span {
    let text = page.get(from..to).unwrap_or_default();
    let start = from + text.len() - text.trim_start().len();
    Span::new(start, (from + text.trim_end().len()).max(start))
}

fn line_start(page: &str, at: usize) -> usize {
    page.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Option<(Vec<(String, String)>, String)> {
        let front = find(page, 0, |key| key.eq_ignore_ascii_case("tags"))?;
        let value = |node: &Node| match &node.kind {
            NodeKind::Seq(items) => items.iter().map(|item| item.span.of(page)).collect::<Vec<_>>().join("|"),
            NodeKind::Null => "-".to_owned(),
            _ => node.text(page).unwrap_or_default().to_owned(),
        };
        let keys = front.root.iter().map(|entry| (entry.name(page).to_owned(), value(&entry.value))).collect();
        Some((keys, page[front.body_start as usize..].to_owned()))
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn lines_lists_and_continuations() {
        let (keys, body) = read("Title: A: b\nTags: x, y z,\nsummary: one\n    two\nempty:\n\nBody: text\n").unwrap();
        let expected = [pair("Title", "A: b"), pair("Tags", "x|y z"), pair("summary", "one\ntwo"), pair("empty", "-")];
        assert_eq!(keys, expected);
        assert_eq!(body, "Body: text\n");
        assert_eq!(read("Tags: a, b; c\r\n\r\nx").unwrap().0, [pair("Tags", "a, b|c")]);
    }

    #[test]
    fn fences_may_stand_around_it() {
        let page = "---\ntitle: \"Q\"\n---\n\nText";
        assert_eq!(read(page), Some((vec![pair("title", "\"Q\"")], "\nText".to_owned())));
        let front = find(page, 0, |_| false).unwrap();
        assert_eq!((front.outer.of(page), front.inner.of(page)), ("---\ntitle: \"Q\"\n---", "title: \"Q\"\n"));
    }

    #[test]
    fn what_is_no_head() {
        assert_eq!(read("Text: with a colon is a head\nthis line is not").unwrap().1, "this line is not");
        assert_eq!(read("\nTitle: late\n"), None);
        assert_eq!(read("# Heading\n"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("---\n\nText\n"), None);
    }
}
