//! Where pieces of JavaScript end, by brackets and quotes alone.

/// The place of the bracket that closes the one at the start.
pub fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    let mut comment = false;
    let mut before = 0;
    for (at, byte) in text.bytes().enumerate() {
        if comment {
            comment = byte != b'\n';
        } else if let Some(open) = quote {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                byte if byte == open => quote = None,
                _ => {}
            }
        } else {
            match byte {
                b'/' if before == b'/' => comment = true,
                b'"' | b'\'' | b'`' => quote = Some(byte),
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' if depth == 1 => return Some(at),
                b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        before = byte;
    }
    None
}

/// The end of a statement or of a value in a list: a line's end where no bracket is open, a semicolon, a comma, a bracket
/// that it has not opened.
pub fn statement_end(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') if depth == 0 => return at,
            (None, b')' | b']' | b'}') => depth -= 1,
            (None, b';' | b',' | b'\n') if depth == 0 && !text.get(..at).unwrap_or_default().trim().is_empty() => {
                return at;
            }
            _ => {}
        }
    }
    text.len()
}

/// The code without what is said about it.
pub fn without_comments(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    let mut quote: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        let skipped = match quote {
            None if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            None if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
        if skipped > 0 {
            rest = rest.get(skipped..).unwrap_or_default();
            continue;
        }
        quote = match quote {
            Some(open) if open == c => None,
            None if matches!(c, '"' | '\'' | '`') => Some(c),
            open => open,
        };
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}
