//! Titles of definitions that hold brackets: `[comment]: # (an old [link](a.md))` is a definition for Python-Markdown, whose
//! title ends with the line, and text with a link for CommonMark. The parser must not see such a title.
//!
//! Source: `ReferenceProcessor` of Python-Markdown 3 `blockprocessors.py`.

use crate::source::Span;

/// The titles in `file[start..]` that only Python-Markdown takes for such. Fenced code keeps its text.
pub(super) fn with_brackets(file: &str, start: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let body = file.get(start..).unwrap_or_default();
    if memchr::memmem::find(body.as_bytes(), b"]:").is_none() {
        return found;
    }
    let (mut at, mut fence) = (start, None);
    for line in body.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '>', '\t']);
        let marker = ["```", "~~~"].into_iter().find(|marker| bare.starts_with(marker));
        match (fence, marker) {
            (None, Some(_)) => fence = marker,
            (Some(own), Some(marker)) if own == marker => fence = None,
            (Some(_), _) => {}
            (None, None) => {
                if let Some(title) = title(bare) {
                    let from = at + line.len() - bare.len() + (title.as_ptr() as usize - bare.as_ptr() as usize);
                    found.push(Span::new(from, from + title.len()));
                }
            }
        }
        at += line.len();
    }
    found
}

/// The title of a line that is a definition, with its marks, where the mark at its end stands within it, too.
fn title(bare: &str) -> Option<&str> {
    let (label, rest) = bare.strip_prefix('[')?.split_once("]:")?;
    if label.is_empty() || label.starts_with('^') || label.contains(['[', ']']) {
        return None;
    }
    let rest = rest.trim_start_matches(' ');
    let (_, title) = rest.split_once([' ', '\t'])?;
    let title = title.trim();
    let inside = title.get(1..title.len().checked_sub(1)?)?;
    match (title.chars().next()?, title.chars().next_back()?) {
        ('(', ')') => inside.contains(['(', ')']),
        (open @ ('"' | '\''), close) => open == close && inside.contains(open),
        _ => false,
    }
    .then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::body::Body;
    use crate::page::dialect::Dialect;

    #[test]
    fn what_a_title_holds_is_no_link() {
        let text = "[comment]: # (an [a](a.md))\n\nText\n[old]: # ( [![ ](b.png){:width=\"1\"}](c.md) )\n[d](d.md)\n\n[x]: # (no [e](e.md)) title\n\n```\n[y]: # (a [f](f.md))\n```\n";
        let places = |dialect: &Dialect| -> Vec<String> {
            let body = Body::read(text, 0, dialect);
            body.links.iter().map(|link| link.destination.to_string()).collect()
        };
        assert_eq!(places(&Dialect::PYTHON_MARKDOWN), ["d.md", "e.md"]);
        assert!(places(&Dialect::COMMONMARK).contains(&"a.md".to_owned()));
        assert_eq!(with_brackets("[a]: b 'c 'd' e'\n[f]: g (h)\n[^i]: j (k (l))\n", 0).len(), 1);
    }
}
