//! Keys of a page's front matter as Hugo reads them: without regard to case, dates from several keys.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::config::Config;
use crate::page::front_matter::{DateReader, NotADate, When, read_date};
use crate::site::facts::{Key, PageFacts, Value};

/// The value of a key.
#[must_use]
pub fn key<'p>(page: &'p PageFacts, name: &str) -> Option<&'p Key> {
    page.front.as_ref()?.keys.iter().rev().find(|key| key.name.eq_ignore_ascii_case(name))
}

/// The text of a key that holds one scalar; empty counts as absent.
#[must_use]
pub fn text<'p>(page: &'p PageFacts, name: &str) -> Option<&'p str> {
    key(page, name)?.text().filter(|text| !text.is_empty())
}

/// A truth value, also written as a text.
#[must_use]
pub fn flag(page: &PageFacts, name: &str) -> Option<bool> {
    match text(page, name)?.to_ascii_lowercase().as_str() {
        "true" | "t" | "1" => Some(true),
        "false" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// `draft`, or what `published` says where it is a switch.
///
/// Source: Hugo's `hugolib/page__meta.go`, where `draft` is written over by `published`.
#[must_use]
pub fn is_draft(page: &PageFacts) -> Option<bool> {
    let published = || text(page, "published").filter(|text| matches!(*text, "true" | "false"));
    published().map(|text| text == "false").or_else(|| flag(page, "draft"))
}

/// `build.render` (`_build` before Hugo 0.145).
#[must_use]
pub fn render(page: &PageFacts) -> Option<&str> {
    let Value::Map(keys) = &key(page, "build").or_else(|| key(page, "_build"))?.value else { return None };
    keys.iter().find(|key| key.name.eq_ignore_ascii_case("render"))?.text()
}

/// The first of the keys that holds a date.
fn first(page: &PageFacts, keys: &[&str]) -> Option<When> {
    keys.iter().find_map(|name| when(text(page, name)?))
}

fn when(text: &str) -> Option<When> {
    match read_date(text, DateReader::Go) {
        Ok(when) | Err(NotADate::OtherSpelling(when)) => Some(when),
        Err(_) => None,
    }
}

const DATE: [&str; 6] = ["date", "publishdate", "pubdate", "published", "lastmod", "modified"];
const PUBLISH: [&str; 4] = ["publishdate", "pubdate", "published", "date"];
const EXPIRY: [&str; 2] = ["expirydate", "unpublishdate"];

/// The page's date in its own time zone, as its URL shows it, from the places that the configuration names. `named` is
/// the date in the file's name.
#[must_use]
pub fn date(page: &PageFacts, named: Option<&str>, config: &Config) -> Option<DateTime> {
    let from = |place: &str| match place.to_ascii_lowercase().as_str() {
        ":default" => first(page, &DATE),
        ":filename" => when(named?),
        key if key.starts_with(':') => None,
        key => first(page, &[key]),
    };
    let found = if config.dates.is_empty() { first(page, &DATE) } else { config.dates.iter().find_map(|p| from(p)) };
    found.map(|when| when.date.to_datetime(when.time.unwrap_or_default()))
}

/// When the page appears, in UTC.
#[must_use]
pub fn appears(page: &PageFacts) -> Option<DateTime> {
    first(page, &PUBLISH).and_then(utc)
}

/// When the page disappears, in UTC.
#[must_use]
pub fn disappears(page: &PageFacts) -> Option<DateTime> {
    first(page, &EXPIRY).and_then(utc)
}

fn utc(when: When) -> Option<DateTime> {
    let written = when.date.to_datetime(when.time.unwrap_or_default());
    match when.offset {
        Some(offset) => Some(Offset::UTC.to_datetime(offset.to_timestamp(written).ok()?)),
        None => Some(written),
    }
}

/// `2024-01-02-a-name` → (`2024-01-02`, `a-name`).
#[must_use]
pub fn dated(stem: &str) -> Option<(&str, &str)> {
    let (day, rest) = stem.split_at_checked(10)?;
    let shape = day.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    shape.then(|| (day, rest.trim_matches(|c: char| matches!(c, '-' | '_') || c.is_whitespace())))
}
