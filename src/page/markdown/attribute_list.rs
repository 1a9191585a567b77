//! Attribute lists in text: kramdown's `{: #id .class key="value"}`, and `{#id .class}` of Python-Markdown and pandoc.

use std::ops::Range;

use super::explicit_id;

/// The list that begins with the `{:` at `open`, up to its `}`, and the ids in it.
pub(super) fn read(text: &str, open: usize, end: usize) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let inside = text.get(open + 2..end)?;
    let close = inside.find(['}', '\n'])?;
    if inside.as_bytes().get(close) != Some(&b'}') {
        return None;
    }
    let mut ids = Vec::new();
    let mut at = 0;
    let words = inside.get(..close)?;
    // `{::comment}`, `{:/}` and `{:toc}` have no ids, but are no text either.
    while let Some(hash) = words.get(at..).and_then(|rest| rest.find('#')) {
        let start = at + hash + 1;
        let length = words
            .get(start..)?
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.')))
            .unwrap_or(words.len() - start);
        let length = words.get(start..start + length)?.trim_end_matches('.').len();
        let alone = start == 1 || words.get(..start - 1)?.ends_with([' ', '\t']);
        if alone && length > 0 {
            ids.push(open + 2 + start..open + 2 + start + length);
        }
        at = start + length;
    }
    Some((open..open + 2 + close + 1, ids))
}

/// The list that begins with the `{` at `open`, and its id, if every word in it is an attribute.
pub(super) fn braces(text: &str, open: usize, end: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let inside = text.get(open..end)?;
    // It may go on in the next line: a long description does.
    let close = inside.find('}').filter(|close| inside.get(..*close).is_some_and(|list| !list.contains("\n\n")))?;
    let id = explicit_id::attributes(inside.get(..=close)?, 0, true)?.id;
    Some((open..open + close + 1, id.map(|id| open + id.start..open + id.end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_hold_attributes_or_are_text() {
        let id = |text: &str| braces(text, 0, text.len()).map(|(_, id)| id.map(|id| text[id].to_owned()));
        assert_eq!(id("{#a .b}"), Some(Some("a".to_owned())));
        assert_eq!(id("{: #a-1 title=\"x y\" }"), Some(Some("a-1".to_owned())));
        assert_eq!(id("{ .md-button }"), Some(None));
        assert_eq!(id("{x}"), None);
        assert_eq!(id("{filename}"), None);
        assert_eq!(id("{#a\n alt=\"b\nc\"}"), Some(Some("a".to_owned())));
        assert_eq!(id("{#a\n\n}"), None);
    }

    #[test]
    fn ids_stand_alone() {
        let text = "{: #a-b .c href=\"x#y\" #d}";
        let (range, ids) = read(text, 0, text.len()).unwrap();
        assert_eq!(range, 0..text.len());
        assert_eq!(ids.into_iter().map(|id| &text[id]).collect::<Vec<_>>(), ["a-b", "d"]);
        assert!(read("{: #a\n}", 0, 8).is_none());
        assert!(read("{: #a", 0, 5).is_none());
        assert_eq!(read("{:toc}", 0, 6), Some((0..6, Vec::new())));
    }
}
