//! markdown-it-anchor, and Eleventy's own plugin for ids: what Eleventy sites have when they have ids.
//!
//! Source: markdown-it-anchor 9, the Id Attribute Plugin of Eleventy 3.1 with `@sindresorhus/slugify` 2.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::heading::{HeadingText, Kind};
use crate::generators::eleventy::slugify::slugify;

/// What `encodeURIComponent` leaves as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Trimmed, lower case, blanks to hyphens, the rest percent-encoded.
pub fn anchor(heading: &HeadingText<'_>) -> Option<String> {
    let mut text = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::Html | Kind::ImageAlt | Kind::Footnote | Kind::Break => {}
            _ => text.push_str(&run.text),
        }
    }
    let words: Vec<&str> = text.trim().split(char::is_whitespace).filter(|word| !word.is_empty()).collect();
    Some(utf8_percent_encode(&words.join("-").to_lowercase(), KEPT).to_string())
}

/// The Id Attribute Plugin: a slug of the text.
pub fn id_attribute(heading: &HeadingText<'_>) -> Option<String> {
    let mut text = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            // The text of a comment counts.
            Kind::Html => {
                text.push_str(run.source.strip_prefix("<!--").map_or("", |text| text.trim_end_matches("-->")))
            }
            Kind::ImageAlt | Kind::Footnote => {}
            _ => text.push_str(&run.text),
        }
    }
    (!heading.runs.is_empty()).then(|| slugify(&text))
}
