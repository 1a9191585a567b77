//! pandoc's `auto_identifiers`, which Quarto uses.
//!
//! Source: the pandoc manual, "Extension: auto_identifiers"; the golden table has what pandoc writes.

use super::characters::{is_digit, is_letter};
use super::dashes::push_with_dashes;
use super::heading::{HeadingText, Kind};

/// Letters, digits and `_-.`, blanks as hyphens, in lower case, from the first letter on.
pub fn slug(heading: &HeadingText<'_>) -> Option<String> {
    of_text(&visible_text(heading, push_typographic))
}

/// The same without its typography (`-smart`): hyphens and points stay as they are written.
pub fn plain(heading: &HeadingText<'_>) -> Option<String> {
    of_text(&visible_text(heading, push_without_tex))
}

fn of_text(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    // Character by character: Haskell knows no final sigma.
    let kept: String = text.chars().flat_map(char::to_lowercase).filter(|c| c.is_whitespace() || is_kept(*c)).collect();
    for word in kept.split_whitespace() {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    let start = out.find(char::is_alphabetic).unwrap_or(out.len());
    Some(out.split_off(start))
}

fn is_kept(c: char) -> bool {
    matches!(c, '_' | '-' | '.') || is_letter(c) || is_digit(c) || c.is_numeric()
}

/// What pandoc's `stringify` gives: image alternatives too, after its typography.
fn visible_text(heading: &HeadingText<'_>, push: fn(&str, &mut String)) -> String {
    let mut out = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::Text | Kind::LinkText => push(&run.text, &mut out),
            Kind::Html if run.source.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br")) => out.push(' '),
            Kind::Html => {}
            // The label counts as text.
            Kind::Footnote => out.push_str(run.source.trim_start_matches("[^").trim_end_matches(']')),
            Kind::Break => out.push('\n'),
            _ => out.push_str(&run.text),
        }
    }
    out
}

/// `\name` is TeX, which leaves no text.
fn push_without_tex(text: &str, out: &mut String) {
    let Some((before, name)) = text.split_once('\\').filter(|(_, name)| begins_name(name)) else {
        return out.push_str(text);
    };
    out.push_str(before);
    push_without_tex(name.trim_start_matches(|c: char| c.is_ascii_alphabetic()), out);
}

fn begins_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Besides, dashes and `...` become signs of their own, and vanish.
fn push_typographic(text: &str, out: &mut String) {
    let mut rest = text;
    if let Some((before, name)) = rest.split_once('\\').filter(|(_, name)| begins_name(name)) {
        push_typographic(before, out);
        return push_typographic(name.trim_start_matches(|c: char| c.is_ascii_alphabetic()), out);
    }
    while let Some((before, after)) = rest.split_once("...") {
        push_with_dashes(before, out);
        out.push('…');
        rest = after;
    }
    push_with_dashes(rest, out);
}
