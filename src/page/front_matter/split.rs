//! Where front matter starts and ends.
//!
//! We cut it ourselves instead of asking the Markdown parser: the parser's own option misses a byte order mark, an
//! empty block and a blank first line, all of which the generators read. What is cut here is exactly what the
//! generator will hand to its YAML, TOML or JSON reader.

use crate::source::Span;

/// The language that a front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Between `---` and `---` (or `...`).
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
    /// An object in braces at the start of the file, or between `---json` and `---`.
    Json,
    /// Program text (`---js`): the generator runs it, nobody else can read it.
    Script,
    /// `Key: value` lines, as Python-Markdown's `meta` reads them: every value is a text.
    Lines,
}

/// How the lines of the front matter end; edits write the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LineEnd {
    /// `\n`
    #[default]
    Lf,
    /// `\r\n`
    CrLf,
}

impl LineEnd {
    /// The characters themselves.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            LineEnd::Lf => "\n",
            LineEnd::CrLf => "\r\n",
        }
    }

    /// How the first line of the text ends.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match memchr::memchr(b'\n', text.as_bytes()) {
            Some(at) if text[..at].ends_with('\r') => LineEnd::CrLf,
            _ => LineEnd::Lf,
        }
    }
}

/// The place of a front matter in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The language between the fences.
    pub format: Format,
    /// With both fences, without the last line end.
    pub outer: Span,
    /// What stands between the fence lines; empty for `---` `---`. For a JSON object it is the object.
    pub inner: Span,
    /// Byte offset in the file at which the body starts.
    pub body_start: u32,
    /// How the opening fence's line ends.
    pub line_end: LineEnd,
    /// The file starts with a byte order mark.
    pub bom: bool,
}

/// The byte order mark, if any, is no part of the text.
#[must_use]
pub fn bom_len(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The line that starts at `at`: its end without the line end, and where the next one starts.
pub(super) fn line_at(text: &str, at: usize) -> (usize, usize) {
    let rest = &text.as_bytes()[at.min(text.len())..];
    match memchr::memchr(b'\n', rest) {
        Some(0) => (at, at + 1),
        Some(length) if rest[length - 1] == b'\r' => (at + length - 1, at + length + 1),
        Some(length) => (at + length, at + length + 1),
        None => (text.len(), text.len()),
    }
}

/// True for a blank that may stand after a fence.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r')
}

/// Finds the front matter of a file. With `leading_space` blank lines and blanks before the first fence are allowed,
/// as Zola does; every other generator wants the fence in the first column of the first line.
#[must_use]
pub fn split(text: &str, leading_space: bool) -> Option<Head> {
    let bom = bom_len(text);
    let mut start = bom;
    if leading_space {
        let rest = &text[bom..];
        start += rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
    }
    let (line_end, after) = line_at(text, start);
    let first = text[start..line_end].trim_end_matches(is_blank);
    let head = |format, outer_end, inner: Span, body: usize| Head {
        format,
        outer: Span::new(start, outer_end),
        inner,
        body_start: Span::new(body, body).start,
        line_end: LineEnd::of(&text[start..]),
        bom: bom > 0,
    };
    if first.starts_with('{') {
        let end = object_end(text, start)?;
        let (line, body) = line_at(text, end);
        let alone = text[end..line].trim_matches(is_blank).is_empty();
        return Some(head(Format::Json, end, Span::new(start, end), if alone { body } else { end }));
    }
    let (format, fences) = opening(first)?;
    let mut at = after;
    while at < text.len() {
        let (end, next) = line_at(text, at);
        let line = text[at..end].trim_end_matches(is_blank);
        if fences.contains(&line) {
            return Some(head(format, at + line.len(), Span::new(after, at), next));
        }
        at = next;
    }
    None
}

/// The same for gray-matter, which asks of the closing fence only that a line begins with it: of `-----` two hyphens are
/// left to the page.
#[must_use]
pub fn split_at_hyphens(text: &str, leading_space: bool) -> Option<Head> {
    let head = split(text, leading_space);
    let bom = bom_len(text);
    let rest = text.get(bom..)?;
    let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
    let start = if leading_space { bom + blank } else { bom };
    let (end, inner) = line_at(text, start);
    let first = text.get(start..end)?.trim_end_matches(is_blank);
    let Some((format, _)) = opening(first).filter(|_| first.starts_with("---")) else { return head };
    let until = head.map_or(text.len(), |head| head.inner.end as usize);
    let lines = text.get(inner..until)?;
    let at = if lines.starts_with("---") { Some(0) } else { lines.find("\n---").map(|at| at + 1) };
    let Some(at) = at.map(|at| inner + at) else { return head };
    let after = at + "---".len();
    let (end, next) = line_at(text, after);
    let alone = text.get(after..end)?.trim_end_matches(is_blank).is_empty();
    let body = if alone { next } else { after };
    Some(Head {
        format,
        outer: Span::new(start, after),
        inner: Span::new(inner, at),
        body_start: Span::new(body, body).start,
        line_end: LineEnd::of(text),
        bom: bom > 0,
    })
}

/// The same for Hugo, whose front matter begins behind three signs and ends with three at the start of a line, whatever
/// follows either: `+++ title = "A"`.
///
/// Source: `lexFrontMatterSection` of Hugo's `parser/pageparser/pagelexer.go`.
#[must_use]
pub fn split_at_signs(text: &str) -> Option<Head> {
    let bom = bom_len(text);
    let rest = text.get(bom..)?;
    let start = bom + rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
    let signs = text.get(start..start + 3)?;
    let format = match signs {
        "---" => Format::Yaml,
        "+++" => Format::Toml,
        _ => return None,
    };
    let (end, next) = line_at(text, start);
    let bare = text.get(start + 3..end)?.trim_end_matches(is_blank).is_empty();
    let inner = if bare { next } else { start + 3 };
    let mut at = next;
    while at < text.len() {
        let (end, next) = line_at(text, at);
        if text.get(at..end)?.starts_with(signs) {
            let after = at + 3;
            let body = if text.get(after..end)?.trim_end_matches(is_blank).is_empty() { next } else { after };
            return Some(Head {
                format,
                outer: Span::new(start, after),
                inner: Span::new(inner, at),
                body_start: Span::new(body, body).start,
                line_end: LineEnd::of(text.get(start..)?),
                bom: bom > 0,
            });
        }
        at = next;
    }
    None
}

/// The same for a generator (Hexo) whose fences of hyphens may be longer than three, and which takes what stands before
/// the first fence for front matter where the file does not begin with one.
#[must_use]
pub fn split_loosely(text: &str) -> Option<Head> {
    if let Some(head) = split(text, false) {
        return Some(head);
    }
    let start = bom_len(text);
    // One line break before the fence is taken for the beginning of what the fence further down ends, and YAML passes over
    // the first one as over the start of a document. Two are a whole front matter without keys.
    let after_one = text.get(start..)?.strip_prefix("\r\n").or_else(|| text.get(start..)?.strip_prefix('\n'));
    if after_one.is_some_and(|rest| rest.starts_with("---")) {
        let head = split(text, true).filter(|head| head.format == Format::Yaml);
        return head.filter(|head| head.outer.of(text).ends_with("---"));
    }
    let fence = |line: &str| line.len() >= 3 && line.bytes().all(|b| b == b'-');
    let line = |at: usize, end: usize| text.get(at..end).unwrap_or_default().trim_end_matches(is_blank);
    let (end, after) = line_at(text, start);
    let opening = Some(line(start, end)).filter(|line| fence(line));
    let inner = if opening.is_some() { after } else { start };
    let mut at = inner;
    while at < text.len() {
        let (end, next) = line_at(text, at);
        let closing = line(at, end);
        if fence(closing) && opening.is_none_or(|opening| opening == closing) {
            return Some(Head {
                format: Format::Yaml,
                outer: Span::new(start, at + closing.len()),
                inner: Span::new(inner, at),
                body_start: Span::new(next, next).start,
                line_end: LineEnd::of(text),
                bom: start > 0,
            });
        }
        at = next;
    }
    None
}

/// What an opening fence announces, and the lines that close it.
fn opening(line: &str) -> Option<(Format, &'static [&'static str])> {
    const DASHES: &[&str] = &["---"];
    match line {
        "---" => Some((Format::Yaml, &["---", "..."])),
        "+++" => Some((Format::Toml, &["+++"])),
        "---yaml" | "---yml" => Some((Format::Yaml, DASHES)),
        "---toml" => Some((Format::Toml, DASHES)),
        "---json" => Some((Format::Json, DASHES)),
        "---js" | "---javascript" | "---coffee" => Some((Format::Script, DASHES)),
        _ => None,
    }
}

/// End of the JSON object that starts at `start`, if what stands there looks like one: a page may well begin with
/// `{% include … %}` or `{: .class}`.
fn object_end(text: &str, start: usize) -> Option<usize> {
    let rest = text.as_bytes().get(start..)?;
    let first = rest.get(1..)?.iter().find(|b| !b.is_ascii_whitespace())?;
    if rest.first() != Some(&b'{') || !matches!(first, b'"' | b'}') {
        return None;
    }
    let (mut depth, mut at, mut quoted) = (0_usize, 0, false);
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(start + at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Format, &str, &str)> {
        split(text, false).map(|head| (head.format, head.inner.of(text), &text[head.body_start as usize..]))
    }

    #[test]
    fn fences_of_every_format() {
        assert_eq!(parts("---\na: 1\n---\nbody"), Some((Format::Yaml, "a: 1\n", "body")));
        assert_eq!(parts("--- \t\na: 1\n...\nbody"), Some((Format::Yaml, "a: 1\n", "body")));
        assert_eq!(parts("+++\na = 1\n---\n+++"), Some((Format::Toml, "a = 1\n---\n", "")));
        assert_eq!(parts("{\"a\": \"}\"}\n\nbody"), Some((Format::Json, "{\"a\": \"}\"}", "\nbody")));
        assert_eq!(parts("---json\n{}\n---\nb"), Some((Format::Json, "{}\n", "b")));
        assert_eq!(parts("---js\n{a: f()}\n---\n").map(|p| p.0), Some(Format::Script));
    }

    #[test]
    fn empty_blank_first_line_bom_and_crlf() {
        assert_eq!(parts("---\n---\n"), Some((Format::Yaml, "", "")));
        assert_eq!(parts("---\n\na: 1\n---"), Some((Format::Yaml, "\na: 1\n", "")));
        let text = "\u{feff}---\r\na: 1\r\n---\r\nbody";
        let head = split(text, false).unwrap();
        assert_eq!((head.bom, head.line_end, head.outer.start), (true, LineEnd::CrLf, 3));
        assert_eq!(parts(text), Some((Format::Yaml, "a: 1\r\n", "body")));
    }

    #[test]
    fn fences_that_are_long_or_left_out() {
        let parts = |text: &str| {
            split_loosely(text).map(|h| (h.inner.of(text).to_owned(), text[h.body_start as usize..].to_owned()))
        };
        let found = Some(("a: 1\n".to_owned(), "b\n---\n".to_owned()));
        assert_eq!(parts("-----\na: 1\n-----\nb\n---\n"), found);
        assert_eq!(parts("a: 1\n----\nb\n---\n"), found);
        assert_eq!(parts("a: 1\nb\n"), None);
        assert_eq!(parts("----\na: 1\n---\nb\n"), None);
        assert_eq!(parts("\n---\na: 1\n---\nb\n---\n"), found);
        assert_eq!(parts("\n\n---\na: 1\n---\nb\n"), Some(("\n\n".to_owned(), "a: 1\n---\nb\n".to_owned())));
    }

    #[test]
    fn a_closing_fence_with_more_behind_it() {
        let parts = |text: &str| {
            split_at_hyphens(text, false)
                .map(|h| (h.inner.of(text).to_owned(), text[h.body_start as usize..].to_owned()))
        };
        let found = |body: &str| Some(("a: 1\n".to_owned(), body.to_owned()));
        assert_eq!(parts("---\na: 1\n-----\nb\n"), found("--\nb\n"));
        assert_eq!(parts("---\na: 1\n--- b\n---\n"), found(" b\n---\n"));
        assert_eq!(parts("---\na: 1\n---\nb\n"), found("b\n"));
        assert_eq!(parts("---\n-----\nb\n"), Some((String::new(), "--\nb\n".to_owned())));
        assert_eq!(parts("----\na: 1\n----\n"), None);
        assert_eq!(parts("---\na: 1\n"), None);
    }

    #[test]
    fn what_is_no_front_matter() {
        for text in [
            "",
            "text\n\n---\na: 1\n---\n",
            "---\n\nprose only\n",
            "{% include x %}\n}",
            "{: .a}\n",
            "\n---\na: 1\n---\n",
        ] {
            assert_eq!(parts(text), None, "{text:?}");
        }
        assert!(split("\n ---\na: 1\n---\n", true).is_some());
    }
}
