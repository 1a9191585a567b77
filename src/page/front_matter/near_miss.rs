//! Heads that were meant to be front matter and are not: the generator prints them as text.
//!
//! A near miss needs evidence (lines of the form `key: value` right behind the fence), because `---` is also how
//! Markdown draws a line across the page.

use super::read;
use super::recover::starts_yaml_key;
use super::split::{Format, Head, bom_len, is_blank, line_at, split};
use crate::source::Span;

/// What is wrong with the fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NearMissKind {
    /// Blank lines stand before the first fence.
    BlankLinesBefore,
    /// A comment stands before the first fence.
    CommentBefore,
    /// The first fence is indented.
    Indented,
    /// `--`, `----`, or dashes that an editor has made long.
    WrongFence,
    /// Text stands in the line of the first fence.
    TextAfterFence,
    /// The first fence is right, and the closing one is missing.
    NotClosed,
    /// The first fence is right, and the closing one is indented, too long or too short.
    WrongClosing,
    /// Keys with values and a closing fence, but no opening one.
    NotOpened,
}

/// A head that its author takes for front matter and the generator does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearMiss {
    /// The wrong fence; the first line where there is none.
    pub span: Span,
    /// What is wrong.
    pub kind: NearMissKind,
    /// The language of what was meant.
    pub format: Format,
}

/// Looks for a near miss in a page for which [`split`] found nothing.
#[must_use]
pub fn near_miss(page: &str) -> Option<NearMiss> {
    if split(page, false).is_some() {
        return None;
    }
    let bom = bom_len(page);
    let mut start = bom;
    let (mut end, mut next) = line_at(page, start);
    while next > start && page.get(start..end)?.trim().is_empty() {
        start = next;
        (end, next) = line_at(page, start);
    }
    if page.get(start..)?.starts_with("<!--") {
        return behind_comment(page, start);
    }
    let line = page.get(start..end)?.trim_end_matches(is_blank);
    let bare = line.trim_start();
    let fence = Span::new(start, start + line.len());
    let (format, shape) = fence_shape(bare)?;
    let lines = Lines::after(page, next, format);
    let miss = |span, kind| Some(NearMiss { span, kind, format });
    match shape {
        // A lone dash or two also start a list or a signature: only a closed head counts.
        Shape::Exact if start == bom && bare.len() == line.len() => match lines.closing {
            Some(span) if lines.keys > 0 => miss(span, NearMissKind::WrongClosing),
            _ if lines.first_is_key => miss(fence, NearMissKind::NotClosed),
            _ => None,
        },
        Shape::Exact if !lines.is_meant() => None,
        Shape::Exact if start > bom && bare.len() == line.len() => {
            miss(Span::new(bom, start), NearMissKind::BlankLinesBefore)
        }
        Shape::Exact => miss(fence, NearMissKind::Indented),
        Shape::Wrong => lines.is_meant().then_some(NearMiss { span: fence, kind: NearMissKind::WrongFence, format }),
        Shape::Text(text) => {
            let keyed = is_key(text.trim(), format);
            (keyed || lines.is_meant()).then_some(NearMiss { span: fence, kind: NearMissKind::TextAfterFence, format })
        }
        Shape::Key => {
            let closed = lines.closing_is_exact && lines.keys >= 1;
            closed.then_some(NearMiss { span: fence, kind: NearMissKind::NotOpened, format })
        }
    }
}

/// A whole front matter behind a comment, which most generators take for the start of the text.
fn behind_comment(page: &str, start: usize) -> Option<NearMiss> {
    let end = start + page.get(start..)?.find("-->")? + "-->".len();
    let rest = page.get(end..)?;
    let at = end + rest.len() - rest.trim_start().len();
    let whole =
        |head: &Head| head.format != Format::Json && read(page.get(at..).unwrap_or_default(), head).root.len() > 1;
    let head = split(page.get(at..)?, false).filter(whole)?;
    Some(NearMiss { span: Span::new(start, end), kind: NearMissKind::CommentBefore, format: head.format })
}

enum Shape<'a> {
    Exact,
    Wrong,
    Text(&'a str),
    Key,
}

fn fence_shape(bare: &str) -> Option<(Format, Shape<'_>)> {
    match bare {
        "---" => return Some((Format::Yaml, Shape::Exact)),
        "+++" => return Some((Format::Toml, Shape::Exact)),
        _ => {}
    }
    // An en or em dash is what some editors make of two or three hyphens.
    let dash = |c: char| matches!(c, '-' | '\u{2013}' | '\u{2014}');
    if bare.len() >= 2 && bare.chars().all(dash) {
        return Some((Format::Yaml, Shape::Wrong));
    }
    if bare.len() >= 2 && bare.bytes().all(|b| b == b'+') {
        return Some((Format::Toml, Shape::Wrong));
    }
    let text = |fence: &'static str| bare.strip_prefix(fence).filter(|rest| rest.starts_with([' ', '\t']));
    if let Some(rest) = text("---") {
        return Some((Format::Yaml, Shape::Text(rest)));
    }
    if let Some(rest) = text("+++") {
        return Some((Format::Toml, Shape::Text(rest)));
    }
    is_key(bare, Format::Yaml).then_some((Format::Yaml, Shape::Key))
}

/// What the lines behind a fence look like, as far as they look like front matter.
struct Lines {
    keys: usize,
    first_is_key: bool,
    /// A line that closes the head, or would if it were written right.
    closing: Option<Span>,
    closing_is_exact: bool,
}

impl Lines {
    fn after(page: &str, mut at: usize, format: Format) -> Self {
        let mut found = Lines { keys: 0, first_is_key: false, closing: None, closing_is_exact: false };
        let mut first = true;
        while at < page.len() {
            let (end, next) = line_at(page, at);
            let line = page.get(at..end).unwrap_or_default().trim_end_matches(is_blank);
            let bare = line.trim_start();
            if let Some((fence, Shape::Exact | Shape::Wrong)) = fence_shape(bare)
                && fence == format
            {
                found.closing = Some(Span::new(at, at + line.len()));
                found.closing_is_exact = matches!(line, "---" | "+++");
                break;
            }
            if is_key(line, format) {
                found.keys += 1;
                found.first_is_key |= first;
            } else if !(bare.is_empty() || line.len() > bare.len() || bare.starts_with(['#', '-', ']', '}', '[', '"']))
            {
                break;
            }
            first &= bare.is_empty() || bare.starts_with('#');
            at = next;
        }
        found
    }

    /// Enough to say that a front matter was meant.
    fn is_meant(&self) -> bool {
        self.first_is_key && (self.closing.is_some() || self.keys >= 2)
    }
}

/// `key: value`, `key:`, `key = value`.
fn is_key(line: &str, format: Format) -> bool {
    if format == Format::Toml {
        let Some((key, _)) = line.split_once('=') else { return line.starts_with('[') && line.ends_with(']') };
        let key = key.trim_end();
        return !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    }
    let key = line.split(':').next().unwrap_or_default().trim_end();
    let rest = line.split_once(':').map_or("", |(_, rest)| rest);
    starts_yaml_key(line) && key.len() <= 40 && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        use NearMissKind::*;
        for (page, kind, at) in [
            ("\n\n---\ntitle: x\n---\n", BlankLinesBefore, "\n\n"),
            (" ---\ntitle: x\n---\n", Indented, " ---"),
            ("--\ntitle: x\n--\n", WrongFence, "--"),
            ("----\ntitle: x\n---\n", WrongFence, "----"),
            ("\u{2014}-\ntitle: x\ntags: y\n", WrongFence, "\u{2014}-"),
            ("+++ template = \"x\" +++\n", TextAfterFence, "+++ template = \"x\" +++"),
            ("--- title: x\n---\n", TextAfterFence, "--- title: x"),
            ("---\ntitle: x\n\nProse.\n", NotClosed, "---"),
            ("\u{feff}---\r\ntitle: x\r\n ---\r\nProse.\r\n", WrongClosing, " ---"),
            ("title: x\ndate: y\n---\nProse\n", NotOpened, "title: x"),
            ("+++\na = 1\n++++\n", WrongClosing, "++++"),
            ("<!-- a\n-->\n\n---\ntitle: x\ntags: y\n---\n", CommentBefore, "<!-- a\n-->"),
        ] {
            let miss = near_miss(page).unwrap_or_else(|| panic!("{page:?}"));
            assert_eq!((miss.kind, miss.span.of(page)), (kind, at), "{page:?}");
        }
    }

    #[test]
    fn what_is_only_markdown() {
        for page in [
            "",
            "\n",
            "Prose\n---\n",
            "---\n\nProse\n",
            "---\nProse: not at all a key, as it has. Sentences.",
            "# Title\n\n---\ntitle: x\n---\n",
            "- a\n- b\n",
            "--\nA signature\n",
            "Note: a heading\n---\nProse\n",
            "---\ntitle: x\n---\n",
            "http://example.org\nhttp://example.com\n---\n",
            "{% include a %}\n",
            "<!-- a -->\n\n---\nProse\n\n---\n",
        ] {
            let miss = near_miss(page);
            assert!(miss.is_none() || page.starts_with("---\nProse:"), "{page:?}: {miss:?}");
        }
    }
}
