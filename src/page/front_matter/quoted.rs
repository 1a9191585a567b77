//! A quoted text of YAML over one line or several: where it ends and what it says.
//!
//! Source: YAML 1.2.2, sections 7.3.1 and 7.3.2: a line end is a blank, an empty line a line end, and blanks around a
//! line end are nothing.

use std::ops::Range;

/// A quoted text that was read.
pub(super) struct Quoted {
    /// Where it stands in the file, quotes included.
    pub(super) at: Range<usize>,
    /// What it says, where that is not what stands between the quotes.
    pub(super) says: Option<Box<str>>,
}

/// The text whose quotation mark stands at `open` of the file, if it ends before `end` and holds nothing but what is read
/// here: printable text, line ends, a doubled `'`, and `\"` and `\\`. Its key stands `indent` blanks from the margin.
pub(super) fn read(file: &str, open: usize, end: usize, indent: usize) -> Option<Quoted> {
    let bytes = file.as_bytes().get(..end)?;
    let quote = *bytes.get(open)?;
    let mut at = open + 1;
    let mut escaped = false;
    let close = loop {
        let rest = bytes.get(at..)?;
        let next = at + if quote == b'"' { memchr::memchr2(b'"', b'\\', rest)? } else { memchr::memchr(quote, rest)? };
        match (*bytes.get(next)?, bytes.get(next + 1)) {
            (b'\\', Some(b'"' | b'\\')) | (b'\'', Some(b'\'')) => escaped = true,
            (b'\\', _) => return None,
            _ => break next,
        }
        at = next + 2;
    };
    let inside = file.get(open + 1..close)?;
    let mut says = None;
    if inside.contains('\n') && may_be_more(inside, indent) {
        return None;
    }
    if escaped || inside.contains('\n') {
        says = Some(unfolded(inside, quote)?).filter(|text| **text != *inside);
    }
    Some(Quoted { at: open..close + 1, says })
}

/// True where a line of the text is not set in from its key and one of them looks like another key or item: then the
/// quotation mark that ends the text may be the start of another one, and other readers see other ends.
fn may_be_more(inside: &str, indent: usize) -> bool {
    let below = || inside.split('\n').skip(1);
    let structure = |line: &str| {
        let line = line.trim_matches(' ');
        line.starts_with('-') || line.ends_with(':') || line.contains(": ") || line.contains(['"', '\''])
    };
    let margin = |line: &str| line.bytes().position(|byte| byte != b' ').is_some_and(|blanks| blanks <= indent);
    below().any(margin) && below().any(structure)
}

/// What the text between two quotation marks says.
fn unfolded(inside: &str, quote: u8) -> Option<Box<str>> {
    let mut text = String::with_capacity(inside.len());
    let mut empty = 0;
    let mut lines = inside.split('\n').enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let last = lines.peek().is_none();
        if number > 0 && (line.starts_with("---") || line.starts_with("...")) {
            return None;
        }
        let line = if number > 0 { line.trim_start_matches(' ') } else { line };
        let line = if last { line } else { line.trim_end_matches(' ') };
        if line.is_empty() && number > 0 && !last {
            empty += 1;
            continue;
        }
        match empty {
            _ if number == 0 => {}
            0 => text.push(' '),
            count => text.extend(std::iter::repeat_n('\n', count)),
        }
        empty = 0;
        let mut rest = line;
        while let Some(sign) = memchr::memchr(if quote == b'"' { b'\\' } else { quote }, rest.as_bytes()) {
            text.push_str(rest.get(..sign)?);
            text.push_str(rest.get(sign + 1..sign + 2)?);
            rest = rest.get(sign + 2..)?;
        }
        text.push_str(rest);
    }
    Some(text.into_boxed_str())
}
