//! A copy of the text that the parser can read, and the way back to the original's bytes.
//!
//! Quoted texts may go on in the first column for Psych, PyYAML and js-yaml, but not for our parser:
//! ```yaml
//! excerpt: "one line
//! and another"
//! ```
//! One in 180 real front matters does so. We indent such lines in a copy, let the parser read that, and map every
//! offset back. Blanks at the start of a continued line mean nothing, so the texts stay the same.

use super::MAX_DEPTH;
use super::split::line_at;

/// How offsets in the parsed text become offsets in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Offsets {
    /// Where the text starts in the file.
    base: usize,
    /// For each insertion, in order: where it starts in the parsed text, and how many bytes were inserted before it
    /// and with it.
    inserted: Vec<(usize, usize, usize)>,
}

impl Offsets {
    /// A text that is parsed as it stands, `base` bytes into its file.
    pub(super) fn at(base: usize) -> Self {
        Offsets { base, inserted: Vec::new() }
    }

    /// An offset of the parsed text as an offset of the file.
    pub(super) fn file(&self, at: usize) -> usize {
        let next = self.inserted.partition_point(|&(start, ..)| start < at);
        let shift = match next.checked_sub(1).and_then(|last| self.inserted.get(last)) {
            // Inside the insertion: the place where it was inserted.
            Some(&(start, before, with)) => (at - start + before).min(with),
            None => 0,
        };
        self.base + at - shift
    }
}

/// A text of the same length with a blank for each tab that begins a line inside brackets: there Psych, js-yaml and both of
/// Hugo's readers take a tab for a blank. `None` where there is none.
pub(super) fn flow_without_tabs(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut begins, mut changed) = (0_usize, true, false);
    let (mut quote, mut before) = (None, ':');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let tab = c == '\t' && begins && depth > 0 && quote.is_none();
        out.push(if tab { ' ' } else { c });
        changed |= tab;
        begins = c == '\n' || (begins && matches!(c, ' ' | '\t'));
        // A bracket opens a list only where a value may begin.
        let value = begins_value(before) || depth > 0;
        match (quote, c) {
            (Some(mark), _) if c == mark => quote = None,
            (Some('"'), '\\') => out.extend(chars.next()),
            (Some(_), _) => {}
            (None, '"' | '\'') if begins_value(before) => quote = Some(c),
            (None, '#') if out.len() < 2 || matches!(before_blank(&out), ' ' | '\t' | '\n') => {
                while let Some(rest) = chars.next_if(|c| *c != '\n') {
                    out.push(rest);
                }
            }
            (None, '[' | '{') if value => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    changed.then_some(out)
}

/// The tabs that begin a line inside a quoted text: white space there for every parser.
pub(super) fn tabs_in_quotes(text: &str) -> Vec<usize> {
    let mut tabs = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (start, (end, next)) = (at, line_at(text, at));
        at = next;
        let closed = open_quote(text, start, end).and_then(|open| closing_quote(text, open));
        // The next quote may be the one that opens the value of another line.
        let Some(close) = closed.filter(|&close| close >= end && !opens_a_value(text, close)) else { continue };
        while at <= close && at < text.len() {
            let indent =
                text.as_bytes().iter().enumerate().skip(at).take_while(|(_, byte)| matches!(byte, b' ' | b'\t'));
            tabs.extend(indent.filter(|(_, byte)| **byte == b'\t').map(|(place, _)| place));
            (_, at) = line_at(text, at);
        }
    }
    tabs
}

/// The same text with a blank for each of these tabs; `None` where there is none.
pub(super) fn quotes_without_tabs(text: &str) -> Option<String> {
    let tabs = tabs_in_quotes(text);
    let mut out = String::with_capacity(if tabs.is_empty() { 0 } else { text.len() });
    let mut done = 0;
    for &tab in &tabs {
        out.push_str(text.get(done..tab).unwrap_or_default());
        out.push(' ');
        done = tab + 1;
    }
    (!tabs.is_empty()).then(|| out + text.get(done..).unwrap_or_default())
}

/// True for a quote that stands behind the key or the dash of its line.
pub(super) fn opens_a_value(text: &str, quote: usize) -> bool {
    let before = text.get(..quote).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let bare = before.trim_end_matches([' ', '\t']);
    bare.len() < before.len() && (bare.ends_with(':') || bare.trim_start() == "-")
}

fn begins_value(before: char) -> bool {
    matches!(before, ':' | ',' | '[' | '{' | '-')
}

/// What stands before the character that was written last.
fn before_blank(out: &str) -> char {
    out.chars().rev().nth(1).unwrap_or('\n')
}

/// Deeper than any line that we read can be; keeps the copy small when a line is endless.
const MAX_INDENT: usize = 4 * MAX_DEPTH;

/// Where blanks are missing: `(offset, how many)` in bytes of the original text, in their order.
pub(super) type Indents = Vec<(usize, usize)>;

/// Finds the quoted scalar that is open at `at` (a line start, in the text given) and says how its lines must be
/// indented. `None` when no quote is open there or it is never closed.
pub(super) fn continued(text: &str, at: usize, floor: usize) -> Option<Indents> {
    let mut line_start = line_start_before(text, at)?;
    let open = loop {
        let (end, _) = line_at(text, line_start);
        if let Some(open) = open_quote(text, line_start, end) {
            break open;
        }
        if line_start <= floor {
            return None;
        }
        line_start = line_start_before(text, line_start)?;
    };
    let close = closing_quote(text, open)?;
    // The quote stands right of every key and dash that it belongs to, so its own column is deep enough.
    let indent = (open - line_start).clamp(1, MAX_INDENT);
    let mut indents = Vec::new();
    let (_, mut line) = line_at(text, open);
    while line <= close && line < text.len() {
        let have = indentation(text, line);
        let (end, next) = line_at(text, line);
        if have < indent && line + have < end {
            indents.push((line, indent - have));
        }
        line = next;
    }
    (!indents.is_empty()).then_some(indents)
}

/// The copy with all lines indented.
pub(super) fn indented(text: &str, base: usize, indents: &Indents) -> (String, Offsets) {
    let total: usize = indents.iter().map(|&(_, blanks)| blanks).sum();
    let mut copy = String::with_capacity(text.len() + total);
    let mut offsets = Offsets::at(base);
    let (mut done, mut shift) = (0, 0);
    for &(line, blanks) in indents {
        copy.push_str(text.get(done..line).unwrap_or_default());
        offsets.inserted.push((copy.len(), shift, shift + blanks));
        copy.extend(std::iter::repeat_n(' ', blanks));
        shift += blanks;
        done = line;
    }
    copy.push_str(text.get(done..).unwrap_or_default());
    (copy, offsets)
}

/// Number of blanks at a line's start.
pub(super) fn indentation(text: &str, line: usize) -> usize {
    text.as_bytes().get(line..).unwrap_or_default().iter().take_while(|&&b| b == b' ').count()
}

/// Start of the line before the one that starts at `at`.
fn line_start_before(text: &str, at: usize) -> Option<usize> {
    let before = text.as_bytes().get(..at.min(text.len()))?;
    let end = before.strip_suffix(b"\n").map_or(before.len(), <[u8]>::len);
    if at == 0 { None } else { Some(memchr::memrchr(b'\n', before.get(..end)?).map_or(0, |n| n + 1)) }
}

/// The quote in this line that opens a scalar and is not closed in the line.
pub(super) fn open_quote(text: &str, start: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(..end)?;
    let mut at = start;
    // A quote opens a scalar only where a value may start; elsewhere (`don't`) it is a letter like others.
    let mut value_may_start = true;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' if value_may_start => match closing_quote(text, at) {
                Some(close) if close < end => {
                    at = close;
                    value_may_start = false;
                }
                _ => return Some(at),
            },
            b'#' if at == start || matches!(bytes.get(at - 1), Some(b' ' | b'\t')) => return None,
            b' ' | b'\t' => {
                value_may_start |= at > start && matches!(bytes.get(at - 1), Some(b':' | b'-' | b'?' | b','));
            }
            b'[' | b'{' if value_may_start => {}
            b',' => value_may_start = true,
            b'-' | b'?' if value_may_start && matches!(bytes.get(at + 1), Some(b' ' | b'\t')) => {}
            b'!' | b'&' if value_may_start => {
                // A tag or an anchor; the value comes after it.
                while bytes.get(at + 1).is_some_and(|b| !matches!(b, b' ' | b'\t')) {
                    at += 1;
                }
            }
            _ => value_may_start = false,
        }
        at += 1;
    }
    None
}

/// The quote that closes the one at `open`.
pub(super) fn closing_quote(text: &str, open: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.get(open)?;
    let mut at = open + 1;
    loop {
        let rest = bytes.get(at..)?;
        if quote == b'"' {
            at += memchr::memchr2(b'"', b'\\', rest)?;
            if bytes.get(at) == Some(&b'"') {
                return Some(at);
            }
        } else {
            at += memchr::memchr(b'\'', rest)?;
            if bytes.get(at + 1) != Some(&b'\'') {
                return Some(at);
            }
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back() {
        let text = "a: \"x\ny\nz\"\nb: 1";
        let indents = continued(text, 6, 0).unwrap();
        let (copy, offsets) = indented(text, 10, &indents);
        assert_eq!(copy, "a: \"x\n   y\n   z\"\nb: 1");
        for (at, _) in copy.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let original = offsets.file(at) - 10;
            assert_eq!(text.as_bytes()[original], copy.as_bytes()[at], "at {at}");
        }
        assert_eq!(offsets.file(6), 16);
    }

    #[test]
    fn only_quotes_that_open_a_value_count() {
        for (line, open) in [
            ("a: don't", None),
            ("a: \"b\"", None),
            ("a: 'it''s", Some(3)),
            ("- \"b", Some(2)),
            ("a: [x, 'y", Some(7)),
            ("a: !t \"b", Some(6)),
            ("a: b # \"c", None),
            ("\"a\": \"b", Some(5)),
        ] {
            assert_eq!(open_quote(line, 0, line.len()), open, "{line}");
        }
    }
}
