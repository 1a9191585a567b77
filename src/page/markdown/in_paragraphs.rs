//! Definitions of labels within paragraphs, where Python-Markdown reads them: `ReferenceProcessor` of its `blockprocessors`
//! searches each block for such lines and keeps what stands before.
//!
//! The parser knows definitions only where no paragraph is open, as CommonMark has it; for the labels that it finds
//! undefined it asks here.

use std::cell::OnceCell;

use pulldown_cmark::CowStr;

use crate::hash::Map;

/// The labels of a text that lines within paragraphs may define, looked for when the first one is missed.
pub(super) struct InParagraphs<'t> {
    text: &'t str,
    known: OnceCell<Map<String, &'t str>>,
}

impl<'t> InParagraphs<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        InParagraphs { text, known: OnceCell::new() }
    }

    /// The destination that a line gives to the label, the last one if there are several.
    pub(super) fn destination(&self, label: &str) -> Option<CowStr<'t>> {
        let known = self.known.get_or_init(|| definitions(self.text));
        if known.is_empty() {
            return None;
        }
        known.get(&normal(label)).map(|destination| CowStr::Borrowed(destination))
    }
}

fn definitions(text: &str) -> Map<String, &str> {
    let mut found = Map::default();
    let mut fence = None;
    for line in text.lines() {
        let bare = line.trim_start_matches(' ');
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            (Some(_), _) => {}
            (None, None) => found.extend(definition(bare)),
        }
    }
    found
}

/// `[label]: destination "title"`. In an item of a list or a note such a line is indented, as the rest of it.
fn definition(bare: &str) -> Option<(String, &str)> {
    let (label, rest) = bare.strip_prefix('[')?.split_once("]:")?;
    if label.is_empty() || label.starts_with('^') || label.contains(['[', ']']) {
        return None;
    }
    let rest = rest.trim();
    let (destination, title) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
    let title = title.trim_start();
    let destination = destination.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(destination);
    (!destination.is_empty() && (title.is_empty() || title.starts_with(['"', '\'', '('])))
        .then(|| (normal(label), destination))
}

fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_define() {
        let text =
            "Text with [a].\n[a]: <b.md> \"B\"\n- item\n  [C  d]: e#f\n[g]: h and more\n```\n[i]: j\n```\n[^k]: l\n";
        let known = InParagraphs::of(text);
        assert_eq!(known.destination("A").as_deref(), Some("b.md"));
        assert_eq!(known.destination("c d").as_deref(), Some("e#f"));
        for label in ["g", "i", "^k", "l"] {
            assert!(known.destination(label).is_none(), "{label}");
        }
    }
}
