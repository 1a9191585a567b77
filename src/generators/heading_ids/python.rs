//! Python-Markdown's `toc` extension (MkDocs, Pelican): its own two slugs and those of pymdownx, which Material proposes.
//!
//! Source: Python-Markdown 3 `markdown/extensions/toc.py`, pymdown-extensions `pymdownx/slugs.py`; the golden table has
//! what they write.

use unicode_normalization::UnicodeNormalization;

use super::characters::is_letter;
use super::heading::{HeadingText, Kind};
use crate::generators::slug::without_tags;

/// `toc`'s own: ASCII letters of what is left after accents are taken off.
pub fn ascii(heading: &HeadingText<'_>) -> Option<String> {
    Some(toc(&visible_text(heading), false, "-"))
}

/// The default with `separator: "_"`.
pub fn underscored(heading: &HeadingText<'_>) -> Option<String> {
    Some(toc(&visible_text(heading), false, "_"))
}

/// `slugify_unicode`: letters and digits of any script.
pub fn unicode(heading: &HeadingText<'_>) -> Option<String> {
    Some(toc(&visible_text(heading), true, "-"))
}

/// `pymdownx.slugs.slugify(case="lower")`.
pub fn pymdownx_lower(heading: &HeadingText<'_>) -> Option<String> {
    Some(pymdownx(&visible_text(heading), true, "-"))
}

/// `pymdownx.slugs.slugify()`.
pub fn pymdownx_cased(heading: &HeadingText<'_>) -> Option<String> {
    Some(pymdownx(&visible_text(heading), false, "-"))
}

/// The slug of a text by pymdownx: word characters and hyphens stay, each space becomes the separator.
#[must_use]
pub fn pymdownx(text: &str, lower: bool, separator: &str) -> String {
    let composed: String = text.nfc().collect();
    let bare = without_tags(&composed);
    let bare = bare.trim();
    let text = if lower { bare.to_lowercase() } else { bare.to_owned() };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => out.push_str(separator),
            c if c == '-' || is_word(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// The slug of a text by Python-Markdown: word characters; runs of blanks and separators become one.
#[must_use]
pub fn toc(text: &str, unicode: bool, separator: &str) -> String {
    let ascii = || text.nfkd().filter(char::is_ascii).collect::<String>();
    let text = if unicode { text.to_owned() } else { ascii() };
    let kept: String = text.chars().filter(|c| is_word(*c) || c.is_whitespace() || *c == '-').collect();
    let mut out = String::with_capacity(kept.len());
    let mut in_run = false;
    for c in kept.trim().to_lowercase().chars() {
        let joins = c.is_whitespace() || separator.contains(c);
        match (joins, in_run) {
            (false, _) => out.push(c),
            (true, false) => out.push_str(separator),
            (true, true) => {}
        }
        in_run = joins;
    }
    out
}

/// Python's `\w`: letters, numbers of every kind, the underscore; no marks.
fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { is_letter(c) || c.is_numeric() }
}

/// Text, code and link texts, blanks as one; no tags, no image alternatives. Blanks that are written as entities stay.
fn visible_text(heading: &HeadingText<'_>) -> String {
    let mut out = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::ImageAlt | Kind::Html | Kind::Footnote => {}
            Kind::Reference => out.push_str(&run.text),
            _ => {
                for c in run.text.chars() {
                    match c {
                        c if !c.is_whitespace() => out.push(c),
                        _ if out.is_empty() || out.ends_with(' ') => {}
                        _ => out.push(' '),
                    }
                }
            }
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}
