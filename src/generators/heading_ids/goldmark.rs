//! goldmark, the Markdown of Hugo: three kinds of id (`autoHeadingIDType`), each in two generations.
//!
//! Hugo up to 0.14x made ids from the heading's *source*, later versions from its text; sites built with either are
//! alive, and a link is only broken when it fits neither. See [`super::Algorithm::also_accepted`].

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::bare_urls::without_urls;
use super::characters::{is_digit, is_letter, is_mark, simple_lower};
use super::dashes::push_with_dashes;
use super::first_node::Inside;
use super::heading::{HeadingText, Kind};
use super::references::without_references;

/// Type `github` from the text.
pub fn github(heading: &HeadingText<'_>) -> Option<String> {
    Some(github_of(&visible_text(heading)?))
}

/// Type `github` from the source.
pub fn github_raw(heading: &HeadingText<'_>) -> Option<String> {
    Some(github_of(last_line(heading.raw)))
}

/// Type `github-ascii` from the text.
pub fn github_ascii(heading: &HeadingText<'_>) -> Option<String> {
    Some(ascii_of(&visible_text(heading)?))
}

/// Type `github-ascii` from the source.
pub fn github_ascii_raw(heading: &HeadingText<'_>) -> Option<String> {
    Some(ascii_of(last_line(heading.raw)))
}

/// Type `blackfriday` from the text.
pub fn blackfriday(heading: &HeadingText<'_>) -> Option<String> {
    Some(blackfriday_of(&visible_text(heading)?))
}

/// Type `blackfriday` from the source.
pub fn blackfriday_raw(heading: &HeadingText<'_>) -> Option<String> {
    Some(blackfriday_of(last_line(heading.raw)))
}

fn github_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '-' | ' ' => out.push('-'),
            c if c == '_' || is_letter(c) || is_digit(c) => out.push(simple_lower(c)),
            _ => {}
        }
    }
    out
}

fn ascii_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let plain: String = text.nfd().filter(|&c| !is_mark(c)).nfc().collect();
    for c in plain.trim().chars() {
        match c {
            '-' | ' ' => out.push('-'),
            c if c == '_' || c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    out
}

fn blackfriday_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if is_letter(c) || c.is_numeric() {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.push(simple_lower(c));
        } else {
            gap = true;
        }
    }
    out
}

/// goldmark keeps the last line only of a heading that is underlined.
fn last_line(raw: &str) -> &str {
    raw.rsplit('\n').next().unwrap_or(raw)
}

/// The text after typography, without URLs; none if there is nothing at all (then there is no id either).
///
/// Of a link, an image or emphasis only the first node counts: see [`super::first_node`].
fn visible_text(heading: &HeadingText<'_>) -> Option<String> {
    let mut out = String::with_capacity(heading.raw.len());
    let mut plain = 0; // where the plain text began that may hold a bare URL
    let mut inside = Inside::default();
    for run in &heading.runs {
        if run.within.container > 0 && run.kind != Kind::Break {
            drop_urls(&mut out, plain);
            inside.take(run, &mut out);
            plain = out.len();
            continue;
        }
        if run.kind != Kind::Text {
            drop_urls(&mut out, plain);
        }
        match run.kind {
            Kind::Text | Kind::LinkText => push_with_dashes(&run.text, &mut out),
            Kind::ImageAlt | Kind::Escaped => out.push_str(&run.text),
            // Numeric references are read as their digits, named ones as their character.
            Kind::Reference if run.source.starts_with("&#") => out.push_str(run.source),
            Kind::Reference => out.push_str(&run.text),
            Kind::Code => out.push_str(&without_references(&run.text)),
            Kind::Break => out.clear(),
            Kind::Html | Kind::Autolink | Kind::Footnote => {}
        }
        if run.kind != Kind::Text {
            plain = out.len();
        }
    }
    drop_urls(&mut out, plain);
    (!out.is_empty()).then_some(out)
}

fn drop_urls(out: &mut String, from: usize) {
    if let Some(Cow::Owned(rest)) = out.get(from..).map(without_urls) {
        out.truncate(from);
        out.push_str(&rest);
    }
}
