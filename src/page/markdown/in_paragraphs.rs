//! Definitions of labels within paragraphs, where Python-Markdown reads them: `ReferenceProcessor` of its `blockprocessors`
//! searches each block for such lines and keeps what stands before.
//!
//! Pandoc reads them in blocks of their own, as CommonMark, but takes brackets in a label that are in pairs: such a one ends
//! the block for the parser, and all that follow it in the block are text to it.
//!
//! The parser knows definitions only where no paragraph is open, as CommonMark has it; for the labels that it finds
//! undefined it asks here.

use std::cell::OnceCell;
use std::ops::Range;

use pulldown_cmark::CowStr;

use crate::hash::Map;

/// The labels of a text that lines within paragraphs may define, looked for when the first one is missed.
pub(super) struct InParagraphs<'t> {
    text: &'t str,
    /// Only lines behind an empty one, and behind each other.
    apart: bool,
    known: OnceCell<Map<String, &'t str>>,
}

impl<'t> InParagraphs<'t> {
    pub(super) fn of(text: &'t str, apart: bool) -> Self {
        InParagraphs { text, apart, known: OnceCell::new() }
    }

    /// The places of labels with brackets in them, which the parser takes for text.
    pub(super) fn bracketed(&self) -> Vec<Range<usize>> {
        if !self.apart || !self.text.contains("]]:") {
            return Vec::new();
        }
        let lines = self.text.lines().filter(|line| line.trim_start().starts_with('['));
        let bare = lines.map(|line| line.trim_start_matches(' '));
        let labels = bare.filter_map(|bare| {
            let (label, _) = definition(bare, true).filter(|(label, _)| label.contains('['))?;
            let start = bare.as_ptr() as usize - self.text.as_ptr() as usize;
            self.destination(&label).map(|_| start..start + closing(bare).unwrap_or_default())
        });
        labels.collect()
    }

    /// The destination that a line gives to the label, the last one if there are several.
    pub(super) fn destination(&self, label: &str) -> Option<CowStr<'t>> {
        let known = self.known.get_or_init(|| definitions(self.text, self.apart));
        if known.is_empty() {
            return None;
        }
        known.get(&normal(label)).map(|destination| CowStr::Borrowed(destination))
    }
}

fn definitions(text: &str, apart: bool) -> Map<String, &str> {
    let mut found = Map::default();
    let mut fence = None;
    let (mut may_follow, mut in_title) = (true, false);
    for line in text.lines() {
        let bare = line.trim_start_matches(' ');
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            (Some(_), _) => {}
            (None, None) => {
                let one = definition(bare, apart).filter(|_| may_follow || !apart);
                // A title on lines of its own, and attributes.
                let begins = bare.len() < line.len() && bare.starts_with('"');
                let title = in_title || begins || bare.starts_with(['{', '\'', '(']) && bare.len() < line.len();
                in_title = may_follow && (in_title || begins) && (bare == "\"" || !bare.trim_end().ends_with('"'));
                may_follow = bare.is_empty() || one.is_some() || may_follow && title;
                found.extend(one);
            }
        }
    }
    found
}

/// `[label]: destination "title"`. In an item of a list or a note such a line is indented, as the rest of it.
fn definition(bare: &str, brackets: bool) -> Option<(String, &str)> {
    let (label, rest) = match brackets {
        true => bare.split_at_checked(closing(bare)?)?,
        false => bare.strip_prefix('[')?.split_once("]:")?,
    };
    let (label, rest) = if brackets { (label.get(1..)?, rest.strip_prefix("]:")?) } else { (label, rest) };
    if label.is_empty() || label.starts_with('^') || !brackets && label.contains(['[', ']']) {
        return None;
    }
    let rest = rest.trim();
    let (destination, title) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
    let title = title.trim_start();
    let destination = destination.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(destination);
    (!destination.is_empty() && (title.is_empty() || title.starts_with(['"', '\'', '('])))
        .then(|| (normal(label), destination))
}

/// The bracket that closes the one at the start.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at),
            b']' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
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
        let known = InParagraphs::of(text, false);
        assert_eq!(known.destination("A").as_deref(), Some("b.md"));
        assert_eq!(known.destination("c d").as_deref(), Some("e#f"));
        for label in ["g", "i", "^k", "l"] {
            assert!(known.destination(label).is_none(), "{label}");
        }
    }

    #[test]
    fn labels_with_brackets() {
        let text = "Text\n[a]: b\n\n[c]: d\n[![e][1]]: f \"G\"\n[h]: i\n   (title)\n[1]: j\n";
        let known = InParagraphs::of(text, true);
        for (label, destination) in [("c", "d"), ("![e][1]", "f"), ("h", "i"), ("1", "j")] {
            assert_eq!(known.destination(label).as_deref(), Some(destination), "{label}");
        }
        assert!(known.destination("a").is_none());
    }
}
