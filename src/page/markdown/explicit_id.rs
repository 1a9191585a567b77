//! `## Title {#id}`: an id that the writer gave, read from the end of the heading's source by each dialect's own rule.
//!
//! The parser's option is not used: it takes any final `{…}`, also that of `GET /users/{id}`.

use std::ops::Range;

use crate::page::dialect::ExplicitIds;

/// What a heading's end holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tail {
    /// The id, if there is one (an attribute list may have only classes).
    pub(super) id: Option<Range<usize>>,
    /// Where the text ends.
    pub(super) text_end: usize,
}

/// Reads the end of `line`, a heading's source without its line end; offsets are into it.
pub(super) fn tail(line: &str, notation: ExplicitIds) -> Option<Tail> {
    let line = line.trim_end();
    match notation {
        ExplicitIds::None => None,
        ExplicitIds::Kramdown => {
            let open = open_brace(line)?;
            let inside = line.get(open + 2..line.len() - 1)?;
            let blank = line.get(..open)?.ends_with([' ', '\t']);
            (blank && line.get(open..)?.starts_with("{#") && is_name(inside))
                .then(|| found(line, open, open + 2..line.len() - 1))
        }
        ExplicitIds::Goldmark => attributes(line, open_brace(line)?, false),
        ExplicitIds::Pandoc => attributes(line, open_brace(line)?, true),
        ExplicitIds::SpacedAttributes => {
            let before = line.get(..open_brace(line)?)?;
            before.ends_with([' ', '\t', '`', ')', ']', '*', '_', '~', '>']).then_some(())?;
            tail(line, ExplicitIds::Attributes)
        }
        ExplicitIds::Attributes => {
            let open = open_brace(line)?;
            // After a blank, plain words are attributes too.
            let words = || {
                let apart =
                    line.get(..open)?.ends_with([' ', '\t']) && !line.get(open + 1..line.len() - 1)?.trim().is_empty();
                apart.then(|| Tail { id: last_id(line, open), ..found(line, open, 0..0) })
            };
            attributes(line, open, true).or_else(words)
        }
        ExplicitIds::Docusaurus => docusaurus(line),
    }
}

/// The last of the words behind `open` that is `#id`: what stands beside it does not matter.
fn last_id(line: &str, open: usize) -> Option<Range<usize>> {
    let words = line.get(open + 1..line.len() - 1)?;
    let at = words.rfind('#').filter(|at| words.get(..*at).is_some_and(|before| before.ends_with([' ', '\t', ':'])))?;
    let length = words.get(at + 1..)?.find([' ', '\t']).unwrap_or(words.len() - at - 1);
    (length > 0 && !words.get(at..)?.contains('=')).then(|| open + at + 2..open + at + 2 + length)
}

/// The `{` of the `{…}` that ends the line.
fn open_brace(line: &str) -> Option<usize> {
    line.strip_suffix('}')?.rfind(['{', '}']).filter(|at| line.as_bytes().get(*at) == Some(&b'{'))
}

fn found(line: &str, open: usize, id: Range<usize>) -> Tail {
    let text = line.get(..open).unwrap_or_default().trim_end();
    // Closing `#`s before the id are no text either.
    let closed = text.trim_end_matches('#');
    let text_end = if closed.ends_with([' ', '\t']) { closed.trim_end().len() } else { text.len() };
    Tail { id: Some(id), text_end }
}

/// An XML name.
fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':'))
        && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'))
}

/// `{#id .class key=value}`, and with `colon` also `{: #id}` and `{ id="x" }`.
pub(super) fn attributes(line: &str, open: usize, colon: bool) -> Option<Tail> {
    let close = line.len() - 1;
    let mut at = open + 1;
    if colon && line.get(at..)?.starts_with(':') {
        at += 1;
    }
    let mut id = None;
    let mut any = false;
    while at < close {
        let rest = line.get(at..close)?;
        let word = rest.trim_start();
        at += rest.len() - word.len();
        if word.is_empty() {
            break;
        }
        let quoted = word.find(['"', '\'']).filter(|quote| *quote > 0 && word.as_bytes().get(quote - 1) == Some(&b'='));
        let mut length = word.find(char::is_whitespace).unwrap_or(word.len());
        if let Some(quote) = quoted.filter(|quote| *quote < length) {
            let mark = *word.as_bytes().get(quote)? as char;
            length = quote + 1 + word.get(quote + 1..)?.find(mark)? + 1;
        }
        let one = word.get(..length)?;
        if one.strip_prefix('#').is_some_and(|name| !name.is_empty()) {
            id = id.or(Some(at + 1..at + length));
        } else if let Some(value) = one.strip_prefix("id=") {
            let bare = value.trim_matches(['"', '\'']);
            let lead = usize::from(bare.len() < value.len());
            id = id.or(Some(at + 3 + lead..at + 3 + lead + bare.len()));
        } else if !(one.contains('=') || one.starts_with('.') && one.len() > 1 || colon && one == "-") {
            // Plain words: the braces are text.
            return None;
        }
        any = true;
        at += length;
    }
    any.then(|| {
        let tail = found(line, open, 0..0);
        Tail { id, ..tail }
    })
}

/// `{#any words}`, also escaped for MDX, `{/* #id */}`, `<!-- #id -->`.
fn docusaurus(line: &str) -> Option<Tail> {
    for (begin, end) in [("\\{#", "\\}"), ("{#", "}"), ("{/*", "*/}"), ("<!--", "-->")] {
        let Some(head) = line.strip_suffix(end) else { continue };
        let Some(open) = head.rfind(begin) else { continue };
        let inside = head.get(open + begin.len()..)?;
        let id = inside.trim();
        let id = if begin.ends_with('#') { id } else { id.strip_prefix('#').unwrap_or_default() };
        if !id.is_empty() && !inside.contains('}') {
            let start = open + begin.len() + inside.find(id)?;
            return Some(found(line, open, start..start + id.len()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(line: &str, notation: ExplicitIds) -> Option<(&str, &str)> {
        let tail = tail(line, notation)?;
        Some((&line[..tail.text_end], &line[tail.id?]))
    }

    #[test]
    fn each_dialect_takes_its_own_notation() {
        use ExplicitIds::{Attributes, Docusaurus, Goldmark, Kramdown};
        assert_eq!(id("## T {#a-b}", Kramdown), Some(("## T", "a-b")));
        assert_eq!(id("## T ## {#a}", Kramdown), Some(("## T", "a")));
        assert_eq!(id("## T{#a}", Kramdown), None);
        assert_eq!(id("## T {#a .b}", Kramdown), None);
        assert_eq!(id("## T {#a .b key=\"x y\"}", Goldmark), Some(("## T", "a")));
        assert_eq!(id("## T \\{#a-b\\}", Docusaurus), Some(("## T", "a-b")));
        assert_eq!(id("## T { id=\"9.5\" }", Attributes), Some(("## T", "9.5")));
        assert_eq!(id("## T {: #x}", Attributes), Some(("## T", "x")));
        assert_eq!(id("## T { : #x }", Attributes), Some(("## T", "x")));
        assert_eq!(id("## T {of its own #x}", Attributes), Some(("## T", "x")));
        assert_eq!(id("## T {of=its own #x=1}", Attributes), None);
        assert_eq!(id("## T {#x}", ExplicitIds::SpacedAttributes), Some(("## T", "x")));
        assert_eq!(id("## `T`{#x}", ExplicitIds::SpacedAttributes), Some(("## `T`", "x")));
        assert_eq!(id("## T{#x}", ExplicitIds::SpacedAttributes), None);
        assert_eq!(tail("## T {not given}", Attributes).map(|tail| tail.text_end), Some(4));
        assert_eq!(id("## T {#my id}", Docusaurus), Some(("## T", "my id")));
        assert_eq!(id("## T {/* #x */}", Docusaurus), Some(("## T", "x")));
        assert_eq!(id("## T <!-- #x -->", Docusaurus), Some(("## T", "x")));
        assert_eq!(id("## T {#a}", ExplicitIds::None), None);
    }

    #[test]
    fn braces_that_are_text_stay_text() {
        for notation in [ExplicitIds::Kramdown, ExplicitIds::Goldmark, ExplicitIds::Attributes, ExplicitIds::Docusaurus]
        {
            for line in ["## GET /users/{id}", "## T{block}", "## {", "## }", "## {}", "## a } {", "## é {#} "] {
                assert_eq!(id(line, notation), None, "{line} {notation:?}");
            }
        }
    }
}
