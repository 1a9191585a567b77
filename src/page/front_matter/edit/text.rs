//! How a text must be written so that every generator reads it back as the same text.

use std::fmt::Write as _;

use crate::page::front_matter::node::Style;
use crate::page::front_matter::scalar::{Dialect, ScalarType, resolve};
use crate::page::front_matter::split::Format;

/// The YAML dialects whose readings must agree.
const DIALECTS: [Dialect; 5] = [Dialect::Psych11, Dialect::JsYaml3, Dialect::JsYaml4, Dialect::GoYaml, Dialect::Serde];

/// A text in quotes: single ones where they save escapes, else double ones. Valid in YAML and TOML.
#[must_use]
pub fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) && !text.contains('\'') && !text.contains(needs_escape) {
        format!("'{text}'")
    } else {
        double(text)
    }
}

/// A text in double quotes with escapes that YAML, TOML and JSON share.
fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if needs_escape(c) => {
                // All characters of this kind lie in the basic plane.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Control characters, line separators and the byte order mark.
fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// True when a text without quotes is read back as this text by every YAML reader, as far as its structure goes.
/// `flow`: inside brackets.
#[must_use]
pub fn is_plain_safe(text: &str, flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let indicator = matches!(
        first,
        '-' | '?'
            | ':'
            | ','
            | '['
            | ']'
            | '{'
            | '}'
            | '#'
            | '&'
            | '*'
            | '!'
            | '|'
            | '>'
            | '\''
            | '"'
            | '%'
            | '@'
            | '`'
            | '='
            | '<'
    );
    // A dash before a letter or digit starts no list.
    let sign = first == '-' && text[1..].starts_with(|c: char| c.is_alphanumeric()) && !flow;
    let brackets = flow && text.contains([',', '[', ']', '{', '}', ':', '#']);
    !(indicator && !sign
        || brackets
        || text.contains(needs_escape)
        || text.contains(": ")
        || text.contains(":\u{a0}")
        || text.contains(" #")
        || text.contains("{{")
        || text.contains("{%")
        || text.ends_with(':')
        || text.trim() != text
        || text.starts_with("..."))
}

/// A scalar as the format wants it, in the style of the one that it replaces (`old`) if that can hold it.
#[must_use]
pub fn scalar_text(text: &str, style: Style, format: Format, old: &str, flow: bool) -> String {
    let native = |dialect| {
        let same = std::mem::discriminant(&resolve(text, Style::Plain, dialect))
            == std::mem::discriminant(&resolve(old, Style::Plain, dialect));
        same && resolve(text, Style::Plain, dialect) != ScalarType::Str
    };
    match (format, style) {
        (Format::Lines, _) => text.to_owned(),
        (Format::Yaml, Style::Plain) => {
            let typed = DIALECTS
                .iter()
                .all(|&dialect| native(dialect) || resolve(text, Style::Plain, dialect) == ScalarType::Str);
            if is_plain_safe(text, flow) && typed { text.to_owned() } else { quoted(text) }
        }
        (Format::Yaml, Style::Single) if !text.contains(needs_escape) => format!("'{}'", text.replace('\'', "''")),
        (Format::Toml, Style::Single) if !text.contains(needs_escape) && !text.contains('\'') => format!("'{text}'"),
        (Format::Toml, Style::Plain) if native(Dialect::Toml) => text.to_owned(),
        (Format::Json, Style::Plain) if native(Dialect::Json) => text.to_owned(),
        _ => double(text),
    }
}

/// A key as the format wants it.
#[must_use]
pub fn key_text(name: &str, format: Format) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let bare = match format {
        Format::Yaml => {
            is_plain_safe(name, true)
                && DIALECTS.iter().all(|&dialect| resolve(name, Style::Plain, dialect) == ScalarType::Str)
        }
        Format::Toml | Format::Lines => !name.is_empty() && name.chars().all(word),
        Format::Json | Format::Script => false,
    };
    if bare { name.to_owned() } else { double(name) }
}
