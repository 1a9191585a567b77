//! The YAML that nearly all front matter is written in: `key: value` lines, lists in brackets or below their key, one level
//! of keys below a key.
//!
//! A full YAML parser costs more than reading the whole body of a short post. So what is beyond doubt is read here, line
//! by line; at anything else (a comment, a sign that YAML gives a meaning) the whole front matter is handed to the
//! parser. The two give the same nodes: the tests compare them.

use super::MAX_BYTES;
use super::node::{Entry, Node, NodeKind, Scalar, Style};
use super::quoted;
use crate::source::Span;

/// The entries of the front matter at `span` of the file, if it is simple throughout.
pub(super) fn read(file: &str, span: Span) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    if span.len() > MAX_BYTES {
        return None;
    }
    let mut at = span.start as usize;
    let end = span.end as usize;
    while at < end {
        let line = line(file, at, end)?;
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        let mut next = at + line.len() + 1;
        if let Some(item) = line.get(indent..)?.strip_prefix("- ") {
            add_item(&mut entries.last_mut()?.value, item, at + indent, indent, file)?;
        } else if indent < line.len() {
            let read = entry(file, line.get(indent..)?, at + indent, end)?;
            next = next.max(line_after(file, read.value.span.end as usize, end)?);
            if indent == 0 {
                entries.push(read);
            } else {
                add_key(&mut entries.last_mut()?.value, read, indent, file)?;
            }
        }
        // A blank line ends nothing, and begins nothing.
        at = next;
    }
    (!entries.is_empty()).then_some(entries)
}

/// The line at `at`, which holds nothing but printable text.
fn line(file: &str, at: usize, end: usize) -> Option<&str> {
    let rest = file.get(at..end)?;
    let line = rest.get(..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()))?;
    printable(line).then_some(line)
}

fn printable(line: &str) -> bool {
    let odd = |pair: &[u8]| matches!(pair, [0..=0x1f | 0x7f | 0xef, _] | [0xc2, 0x80..=0x9f] | [0x80, 0xa8 | 0xa9]);
    let last = line.as_bytes().last().is_some_and(|byte| *byte < b' ' || *byte == 0x7f);
    !last && !line.as_bytes().windows(2).any(odd)
}

/// The start of the line after the one that holds `at`, where nothing but blanks follows on it.
fn line_after(file: &str, at: usize, end: usize) -> Option<usize> {
    let rest = file.get(at..end)?;
    let length = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
    rest.get(..length)?.bytes().all(|byte| byte == b' ').then_some(at + length + 1)
}

/// `key: value`, where a list or keys may still follow if there is no value.
fn entry(file: &str, line: &str, at: usize, end: usize) -> Option<Entry> {
    let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let length = line.bytes().take_while(word).count();
    let rest = line.get(length..)?.strip_prefix(':')?;
    let name = line.as_bytes().first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_');
    if !name || !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    let key = scalar(Style::Plain, at, at + length);
    let written = rest.trim_start_matches(' ');
    let start = at + line.len() - written.len();
    let value = match written.trim_end_matches(' ') {
        // Nothing stands right behind the colon.
        "" => Node::new(Span::new(at + length + 1, at + length + 1), NodeKind::Null),
        list if list.starts_with('[') => flow(list, start)?,
        quoted if quoted.starts_with(['"', '\'']) => lines(file, start, end, column(file, at)?)?,
        text => self::value(text, start, "")?,
    };
    Some(Entry { key, value })
}

/// A quoted text that may go on in the next lines; its key stands `indent` blanks from the margin.
fn lines(file: &str, at: usize, end: usize, indent: usize) -> Option<Node> {
    let quoted = quoted::read(file, at, end, indent)?;
    let style = if file.as_bytes().get(at) == Some(&b'"') { Style::Double } else { Style::Single };
    let mut node = scalar(style, at, quoted.at.end);
    let one_line = quoted.says.is_none();
    if let NodeKind::Scalar(scalar) = &mut node.kind {
        scalar.decoded = quoted.says;
    }
    // The first line was looked at.
    (one_line || file.get(quoted.at)?.split('\n').all(printable)).then_some(node)
}

/// `- item` below a key without a value, each as far from the margin as the first.
fn add_item(list: &mut Node, written: &str, at: usize, indent: usize, file: &str) -> Option<()> {
    let text = written.trim_matches(' ');
    let start = at + 2 + written.len() - written.trim_start_matches(' ').len();
    let item = value(text, start, "")?;
    let end = item.span.end;
    match &mut list.kind {
        NodeKind::Null => {
            *list = Node::new(Span { start: Span::new(at, at).start, end }, NodeKind::Seq(vec![item]));
        }
        NodeKind::Seq(items) => {
            let same = file.as_bytes().get(list.span.start as usize) == Some(&b'-')
                && column(file, list.span.start as usize)? == indent;
            same.then(|| items.push(item))?;
            list.span.end = end;
        }
        _ => return None,
    }
    Some(())
}

/// `key: value` below a key without a value, each as far from the margin as the first.
fn add_key(map: &mut Node, entry: Entry, indent: usize, file: &str) -> Option<()> {
    let (start, end) = (entry.key.span.start, entry.value.span.end);
    if entry.value.kind == NodeKind::Null {
        // What follows may belong to it.
        return None;
    }
    match &mut map.kind {
        NodeKind::Null => *map = Node::new(Span { start, end }, NodeKind::Map(vec![entry])),
        NodeKind::Map(entries) => {
            (column(file, map.span.start as usize)? == indent).then(|| entries.push(entry))?;
            map.span.end = end;
        }
        _ => return None,
    }
    Some(())
}

/// How many blanks stand before the place.
fn column(file: &str, at: usize) -> Option<usize> {
    Some(file.as_bytes().get(..at)?.iter().rev().take_while(|byte| **byte == b' ').count())
}

/// `[a, "b"]` on one line.
fn flow(list: &str, at: usize) -> Option<Node> {
    let inside = list.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::new();
    let mut start = at + 1;
    for part in inside.split(',').filter(|_| !inside.trim_matches(' ').is_empty()) {
        let text = part.trim_start_matches(' ');
        items.push(value(text.trim_end_matches(' '), start + part.len() - text.len(), ",[]{}?")?);
        start += part.len() + 1;
    }
    Some(Node::new(Span::new(at, at + list.len()), NodeKind::Seq(items)))
}

/// A scalar that begins with a sign that YAML gives no meaning or stands in quotes, and holds nothing that YAML could take
/// for more; `signs` are further ones that must not stand in it.
fn value(text: &str, at: usize, signs: &str) -> Option<Node> {
    let bytes = text.as_bytes();
    let quote = *bytes.first()?;
    if matches!(quote, b'"' | b'\'') {
        let inside = bytes.get(1..bytes.len().checked_sub(1)?).filter(|_| bytes.last() == Some(&quote))?;
        let plain = !inside.iter().any(|b| *b == quote || *b == b'\\' || signs.as_bytes().contains(b));
        let style = if quote == b'"' { Style::Double } else { Style::Single };
        return (plain && bytes.len() > 1).then(|| scalar(style, at, at + text.len()));
    }
    let odd = |pair: &[u8]| matches!(pair, [b':', b' '] | [b' ', b'#']);
    let begins = quote.is_ascii_alphanumeric() || !quote.is_ascii() || b"/.($_+^<".contains(&quote);
    let plain = begins
        && bytes.last() != Some(&b':')
        && !bytes.windows(2).any(odd)
        && !bytes.iter().any(|b| signs.as_bytes().contains(b) || (!signs.is_empty() && matches!(b, b':' | b'#')));
    plain.then(|| scalar(Style::Plain, at, at + text.len()))
}

fn scalar(style: Style, start: usize, end: usize) -> Node {
    let quotes = usize::from(style.is_quoted());
    let content = Span::new(start + quotes, end - quotes);
    Node::new(Span::new(start, end), NodeKind::Scalar(Scalar { style, content, decoded: None }))
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;
    use proptest::prelude::*;

    /// What the parser makes of it, where `read` gives an answer.
    fn agrees(text: &str) -> bool {
        let file = format!("---\n{text}");
        let span = Span::new(4, file.len());
        let Some(entries) = read(&file, span) else { return false };
        let tree = yaml::parse(&file, span).unwrap_or_else(|stop| panic!("{text:?}: {stop:?}"));
        assert!(tree.comments.is_empty() && tree.documents == 1 && tree.unresolved.is_empty(), "{text:?}");
        assert_eq!(tree.root.map(|root| root.kind), Some(NodeKind::Map(entries)), "{text:?}");
        true
    }

    #[test]
    fn simple_front_matter_is_read_as_the_parser_reads_it() {
        for text in [
            "title: A post\nlayout: post",
            "title: \"Ça : va # bien\"   \ndate: 2024-01-02 03:04:05 +0100\n",
            "tags: [a, \"b c\", 'd',e ]\nempty: [ ]\nurl: https://example.org/a#b\n",
            "tags:\n- a\n- b: no\n",
            "tags:\n  - a\n  - \"b\"\nz: 'é'\n",
            "a:\n",
            "a: \n\nb:\n- c\n   \n- d\n\n\ne: f\n\n",
            "a: \"\"\nb: C'est l'été, « oui »…\n",
            "image: /a/b.png\ncss: .x, (y)\nprice: $5\nslug: _a\nplus: +1\n",
            "a: 'it''s'\nb: \"say \\\"b\\\" \\\\ c\"\n",
            "a: \"b\nand c\n\n  d  \n\n\n e \"  \nf: 'g\n  h'\n",
            "a: \"b: c\n  - d\n  e: f # g\"\n",
            "a: \"b: c\nd # g\"\n",
            "a: \"\n b\n \"\n",
            "image:\n  path: /a.png\n\n  alt: \"b\n    c\"\n  tags: [d, e]\nf: g\n",
        ] {
            assert!(agrees(text) || text.contains("b: no"), "{text:?}");
        }
    }

    #[test]
    fn the_rest_is_left_to_the_parser() {
        for text in [
            "",
            "\n \n",
            "a: b # c\n",
            "a: b: c\n",
            "a: b\n  c\n",
            "a: \"b\\n\"\n",
            "a: \"b\n--- c\"\n",
            "a: \"b: c\n- d\"\n",
            "a: \"b: c\nd: e\"\n",
            "a: \"b\" c\n",
            "a: \"b\u{2028}\nc\"\n",
            "a: \"b\nc: \"d\"\n",
            "a:\n  b: \"\n  c: \"\n",
            "a:\n  b: c\n d: e\n",
            "a:\n  b:\n  - c\n",
            "a: b\n  c: d\n",
            "a: ~/b\n",
            "a: &b c\n",
            "a: [b, [c]]\n",
            "a: [b, c: d]\n",
            "a: [b,]\n",
            "a:\n  - b\n - c\n",
            "a: b\n- c\n",
            "a: [b]\n- c\n",
            "a: {b: c}\n",
            "a: b\r\n",
            "- a\n",
            "a: b\n---\nc: d\n",
            "a b: c\n",
            "a: \u{feff}b\n",
        ] {
            assert!(!agrees(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn quoted_texts_say_what_the_parser_says(
            text in "a: [\"'][bé#:,\\\\ \n\"'-]{0,16}[\"'] ?\n(  [cd]: [\"']?[eé/\n -]{0,5}[\"']?\n){0,2}b: c\n"
        ) {
            agrees(&text);
        }

        #[test]
        fn keys_below_keys_are_read_as_the_parser_reads_them(
            text in "( {0,2}[ab]{1,2}:( [\"'/.(]?[a1é:, \"']{0,4}[\"']?)?\n{1,2}| {0,3}- [cd]{1,2}\n){1,6}"
        ) {
            agrees(&text);
        }

        #[test]
        fn whatever_is_read_is_read_as_the_parser_reads_it(
            text in "(( ?[ab]{0,2}:| {0,3}- ?)( ?[\"'\\[]?[a1é#:,\\- \"'\\]]{0,6}[\"'\\]]?)\n{0,2}){1,5}"
        ) {
            agrees(&text);
        }
    }
}
