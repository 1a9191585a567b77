//! Cuts JavaScript and TypeScript into tokens, as far as a reader of object literals needs it. Linear, never fails:
//! what is not understood becomes a sign of one byte.

use std::borrow::Cow;

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'t> {
    /// A name or a keyword.
    Word(&'t str),
    /// A string, or a template without `${…}`.
    Text(Cow<'t, str>),
    /// A number.
    Number(f64),
    /// A regular expression without its slashes, and its flags.
    Pattern(&'t str, &'t str),
    /// A template with `${…}`, what stands between its backticks: a value that only running tells.
    Template(&'t str),
    /// A number that is none.
    Opaque,
    /// Punctuation; the few of two or three bytes that matter are one token: `=>`, `...`, `?.`, `||`, `??`, `==`.
    Sign(&'t str),
}

/// A token and what stands before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot<'t> {
    /// The token.
    pub token: Token<'t>,
    /// True when it is the first of its line.
    pub first: bool,
}

const SIGNS: [&str; 12] = ["...", "===", "!==", "=>", "?.", "||", "??", "&&", "==", "!=", ">=", "<="];

/// The tokens of a text, without comments.
#[must_use]
pub fn tokens(text: &str) -> Vec<Spot<'_>> {
    let bytes = text.as_bytes();
    let mut all: Vec<Spot<'_>> = Vec::with_capacity(text.len() / 6);
    let (mut at, mut first) = (0, true);
    while let Some(&byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let (token, end) = match byte {
            b'\n' => {
                first = true;
                at += 1;
                continue;
            }
            b' ' | b'\t' | b'\r' => {
                at += 1;
                continue;
            }
            b'/' if rest.starts_with("//") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            b'/' if rest.starts_with("/*") => {
                let length = rest.get(2..).and_then(|inner| inner.find("*/")).map_or(rest.len(), |end| end + 4);
                first |= rest.get(..length).is_some_and(|comment| comment.contains('\n'));
                at += length;
                continue;
            }
            b'"' | b'\'' => string(text, at),
            b'`' => template(text, at),
            b'/' if !ends_value(all.last()) => match regex_end(bytes, at) {
                Some(end) => (pattern(text.get(at..end).unwrap_or_default()), end),
                None => (Token::Sign("/"), at + 1),
            },
            b'0'..=b'9' => number(text, at),
            _ => match word_end(rest) {
                0 => {
                    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign)).map_or(1, |sign| sign.len());
                    let length =
                        if rest.is_char_boundary(sign) { sign } else { rest.chars().next().map_or(1, char::len_utf8) };
                    (Token::Sign(rest.get(..length).unwrap_or_default()), at + length)
                }
                length => (Token::Word(rest.get(..length).unwrap_or_default()), at + length),
            },
        };
        all.push(Spot { token, first });
        first = false;
        at = end.min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    all
}

fn word_end(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$' || c == '@')).unwrap_or(rest.len())
}

/// After a value a slash divides; elsewhere it begins a regular expression.
fn ends_value(last: Option<&Spot<'_>>) -> bool {
    match last.map(|spot| &spot.token) {
        Some(Token::Word(word)) => !matches!(*word, "return" | "typeof" | "case" | "in" | "of" | "await" | "void"),
        Some(Token::Sign(sign)) => matches!(*sign, ")" | "]"),
        Some(_) => true,
        None => false,
    }
}

fn string(text: &str, start: usize) -> (Token<'_>, usize) {
    let bytes = text.as_bytes();
    let quote = bytes.get(start).copied().unwrap_or(b'"');
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'\n' => break,
            _ if byte == quote => break,
            _ => at += 1,
        }
    }
    let end = at.min(bytes.len());
    (Token::Text(unescaped(text.get(start + 1..end).unwrap_or_default())), end + 1)
}

/// A template; nested ones and the code in them are skipped.
fn template(text: &str, start: usize) -> (Token<'_>, usize) {
    let bytes = text.as_bytes();
    // Depth of braces in each `${` that is open; an even level of this list is text, code otherwise.
    let (mut open, mut plain, mut at): (Vec<Option<usize>>, bool, usize) = (vec![None], true, start + 1);
    while let (Some(&byte), Some(inner)) = (bytes.get(at), open.last_mut()) {
        at += 1;
        match (inner, byte) {
            (_, b'\\') => at += 1,
            (None, b'`') => {
                open.pop();
            }
            (None, b'$') if bytes.get(at) == Some(&b'{') => {
                at += 1;
                plain = false;
                open.push(Some(0));
            }
            (Some(_), b'`') => open.push(None),
            (Some(depth), b'{') => *depth += 1,
            (Some(0), b'}') => {
                open.pop();
            }
            (Some(depth), b'}') => *depth -= 1,
            (Some(_), b'"' | b'\'') => at = string(text, at - 1).1,
            _ => {}
        }
    }
    let inside = text.get(start + 1..at.saturating_sub(1)).unwrap_or_default();
    (if plain { Token::Text(unescaped(inside)) } else { Token::Template(inside) }, at)
}

fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('u') => {
                let digits: String = chars.as_str().chars().take(4).collect();
                if let Some(char) = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
                    out.push(char);
                    chars.nth(3);
                }
            }
            Some('\n') | None => {}
            Some(other) => out.push(other),
        }
    }
    Cow::Owned(out)
}

fn number(text: &str, start: usize) -> (Token<'_>, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_')).unwrap_or(rest.len());
    let written = rest.get(..length).unwrap_or_default().replace('_', "");
    (written.parse().map_or(Token::Opaque, Token::Number), start + length)
}

/// What stands between the slashes of a regular expression, and its flags.
fn pattern(written: &str) -> Token<'_> {
    let close = written.rfind('/').unwrap_or_default();
    Token::Pattern(written.get(1..close).unwrap_or_default(), written.get(close + 1..).unwrap_or_default())
}

/// The end of a regular expression that begins here, with its flags; it stays on its line.
fn regex_end(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut class) = (start + 1, false);
    loop {
        match bytes.get(at)? {
            b'\n' => return None,
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            b'/' if !class => break,
            _ => {}
        }
        at += 1;
    }
    let flags = bytes.get(at + 1..)?.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    Some(at + 1 + flags)
}
