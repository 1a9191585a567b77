//! VitePress' ids.
//!
//! Source: `@mdit-vue/shared` 2.1 (`slugify`), `markdown-it-anchor` as VitePress 1.6 calls it.

use unicode_normalization::UnicodeNormalization;

use super::heading::{HeadingText, Kind};

/// Compatibility forms taken apart, accents removed, punctuation and blanks to hyphens, lower case; no digit at the start.
pub fn slug(heading: &HeadingText<'_>) -> Option<String> {
    let mut text = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::Text | Kind::LinkText => push_without_emoji(&run.text, &mut text),
            Kind::Escaped | Kind::Code | Kind::Autolink => text.push_str(&run.text),
            Kind::Reference => text.push_str(run.source),
            // A line end joins the words around it.
            Kind::Break | Kind::Html | Kind::ImageAlt | Kind::Footnote => {}
        }
    }
    Some(of_text(&text))
}

/// The id of a text alone. VitePress sends the fragments of Markdown links through it too (`normalizeHash` of its link plugin).
#[must_use]
pub fn of_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut gap = false;
    for c in text.trim().nfkd() {
        match c {
            // Only the first block of combining marks is meant.
            '\u{300}'..='\u{36f}' | '\0'..='\u{1f}' => {}
            c if is_special(c) => gap = true,
            c => {
                if std::mem::take(&mut gap) && !out.is_empty() {
                    out.push('-');
                }
                out.push(c);
            }
        }
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) {
        out.insert(0, '_');
    }
    out.to_lowercase()
}

/// Appends a text without `:tada:` and its like, which become pictures before the id is made.
fn push_without_emoji(text: &str, out: &mut String) {
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let name = word.strip_prefix(':').and_then(|rest| rest.strip_suffix(':')).unwrap_or_default();
        let emoji = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_+-".contains(&b));
        if name.is_empty() || !emoji {
            out.push_str(word);
        }
    }
}

fn is_special(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_whitespace() || matches!(c, '“' | '”' | '‘' | '’' | '\u{feff}')
}
