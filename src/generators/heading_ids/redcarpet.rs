//! Redcarpet's ids (`with_toc_data`), which Jekyll had before kramdown: four algorithms, one after the other.
//!
//! Each reads the heading's HTML, so a letter that HTML escapes (`'`, `"`, `&`) fares differently from other signs. A
//! repeated heading repeats its id.
//!
//! Source: redcarpet 3.0 to 3.6 `ext/redcarpet/html.c` (`rndr_header`, `header_anchor`, `rndr_header_anchor`); the golden
//! table has what 3.5 writes.

use super::heading::{HeadingText, Kind};

/// Since 3.4: one hyphen for any run of signs, blanks and letters beyond ASCII; what HTML escapes is left out.
pub fn slug(heading: &HeadingText<'_>) -> Option<String> {
    let html = html(heading, |_, _| {});
    let id = dashed(&html);
    // Tags count in the sum, and are not kept here.
    let bare = heading.runs.iter().all(|run| matches!(run.kind, Kind::Text | Kind::Escaped | Kind::Reference));
    Some(if id.is_empty() && bare { numbered(heading) } else { id })
}

/// 3.3: the names of what HTML escapes stay (`what-39-s-new`).
pub fn with_escapes(heading: &HeadingText<'_>) -> Option<String> {
    Some(dashed(&html(heading, |name, out| out.push_str(name))))
}

/// 3.1 and 3.2: a hyphen for any run of blanks, every other sign as it is.
pub fn spaced(heading: &HeadingText<'_>) -> Option<String> {
    let mut id = String::with_capacity(heading.raw.len());
    for c in heading.runs.iter().filter(|run| shown(run.kind)).flat_map(|run| run.text.chars()) {
        match c {
            ' ' if id.ends_with('-') => {}
            ' ' => id.push('-'),
            c => id.push(c.to_ascii_lowercase()),
        }
    }
    Some(id)
}

/// Up to 3.0: `toc_0`, `toc_1` and so on.
#[expect(clippy::unnecessary_wraps, reason = "all algorithms have this form")]
pub fn counted(_: &HeadingText<'_>) -> Option<String> {
    Some("toc_0".to_owned())
}

/// True for what stands between tags.
fn shown(kind: Kind) -> bool {
    !matches!(kind, Kind::Html | Kind::ImageAlt | Kind::Footnote)
}

/// The heading's text; what HTML escapes is handed to `escape`.
fn html(heading: &HeadingText<'_>, escape: impl Fn(&str, &mut String)) -> String {
    let mut out = String::with_capacity(heading.raw.len());
    for run in heading.runs.iter().filter(|run| shown(run.kind)) {
        match run.kind {
            // Of the lines above an underline, the last is the heading.
            Kind::Break => out.clear(),
            Kind::Reference => escape(run.source, &mut out),
            _ => {}
        }
        if matches!(run.kind, Kind::Break | Kind::Reference) {
            continue;
        }
        let mut rest = &*run.text;
        while let Some(c) = rest.chars().next() {
            let unknown = if run.kind == Kind::Text { named(rest) } else { None };
            match unknown.or_else(|| reference(c)) {
                Some(name) => escape(name, &mut out),
                None => out.push(c),
            }
            let length = unknown.map_or(c.len_utf8(), str::len);
            rest = rest.get(length..).unwrap_or_default();
        }
    }
    out
}

/// The reference at the start of a text, of whatever name: `&unknown;`.
fn named(text: &str) -> Option<&str> {
    let name = text.strip_prefix('&')?;
    let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).filter(|length| *length > 0)?;
    name.get(length..)?.starts_with(';').then(|| text.get(..length + 2))?
}

/// How a character is escaped in HTML.
fn reference(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => return None,
    })
}

/// In small letters, with one hyphen for any run of what is dropped, and none at either end.
fn dashed(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_ascii() || "\t -&+$,/:;=?@\"#{}|^~[]`\\*()%.!'".contains(c) {
            if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        } else {
            id.push(c.to_ascii_lowercase());
        }
    }
    if id.ends_with('-') {
        id.pop();
    }
    id
}

/// The name of a heading without a letter of ASCII: a sum over the bytes of its HTML.
fn numbered(heading: &HeadingText<'_>) -> String {
    let html = html(heading, |name, out| out.push_str(name));
    let sum = html.bytes().fold(5381_u64, |sum, byte| sum.wrapping_mul(33).wrapping_add(byte.into()));
    format!("part-{sum:x}")
}
