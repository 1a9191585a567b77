//! Dates as the generators read them.
//!
//! Ruby, Go and JavaScript accept different spellings, and a date that one of them cannot read fails the build or
//! hides the post. We read generously first ([`form`]) and ask then whether this generator reads that spelling, so
//! that the answer can be "a date, but not for Hugo", with the spelling that Hugo wants.

mod by_month;
mod clock;
mod form;
mod iso;
mod new_date;
mod spelling;
mod words;

use std::borrow::Cow;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::scalar::Dialect;
pub use iso::is_iso_8601;
use spelling::{Form, Parsed, Separator, Zone};

/// Whose reading of dates counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateReader {
    /// Jekyll: YAML timestamps, and whatever Ruby's `Time.parse` makes sense of.
    Ruby,
    /// Hugo: a fixed list of layouts.
    Go,
    /// Eleventy, Astro, Docusaurus, Hexo …: ISO 8601, and what `new Date` reads in every engine.
    JavaScript,
    /// Zola: RFC 3339, with or without time and zone, or a timestamp of YAML, whose month, day and hour may have one digit.
    Rfc3339,
}

impl DateReader {
    /// The reader that comes with a generator's YAML.
    #[must_use]
    pub fn of(dialect: Dialect) -> DateReader {
        match dialect {
            Dialect::Psych11 | Dialect::Lines => DateReader::Ruby,
            Dialect::GoYaml => DateReader::Go,
            Dialect::JsYaml3 | Dialect::JsYaml4 | Dialect::Json => DateReader::JavaScript,
            Dialect::Serde | Dialect::Toml => DateReader::Rfc3339,
        }
    }
}

/// A date that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The day as written, in the writer's zone.
    pub date: Date,
    /// The time of day, where one is written.
    pub time: Option<Time>,
    /// The distance from UTC, where one is written and known.
    pub offset: Option<Offset>,
}

/// Why a text is no date for a generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADate {
    /// Nothing is written.
    Empty,
    /// `TBD`, `YYYY-MM-DD`, `0000-01-01`: still to be filled in.
    Placeholder,
    /// A day or time that does not exist: `2024-02-30`, `25:00`.
    Impossible,
    /// A date for people, and not in a spelling that this generator reads.
    OtherSpelling(When),
    /// `03/04/2024`: nobody but Ruby (day first) claims to know which is the month.
    Ambiguous,
    /// No date at all.
    Unreadable,
}

/// Reads a date as the generator does.
pub fn read_date(text: &str, reader: DateReader) -> Result<When, NotADate> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NotADate::Empty);
    }
    if is_placeholder(text) {
        return Err(NotADate::Placeholder);
    }
    let parsed = match form::parse(text) {
        // All but RFC 3339 know what `date` prints; JavaScript knows few zones by name.
        Err(NotADate::Unreadable) if let Ok((when, zone)) = form::parse_year_last(text) => {
            let read = match reader {
                DateReader::Ruby | DateReader::Go => true,
                DateReader::JavaScript => zone != Zone::Named,
                DateReader::Rfc3339 => false,
            };
            return if read { Ok(when) } else { Err(NotADate::OtherSpelling(when)) };
        }
        // Ruby takes the day first, and what follows a readable day for decoration.
        Err(NotADate::Ambiguous) if reader == DateReader::Ruby => form::parse_day_first(text)?,
        Err(NotADate::Unreadable) if reader == DateReader::Ruby => match form::parse_start(text) {
            Ok(parsed) => parsed,
            Err(NotADate::Unreadable) => return by_month::parse(text),
            Err(other) => return Err(other),
        },
        other => other?,
    };
    if accepts(&parsed, reader) { Ok(parsed.when) } else { Err(NotADate::OtherSpelling(parsed.when)) }
}

/// The same date in a spelling that every generator reads, when the text has exactly one meaning and is not spelt so
/// already. The order of day and month is never guessed.
#[must_use]
pub fn date_proposal(text: &str) -> Option<String> {
    let text = text.trim();
    if is_placeholder(text) {
        return None;
    }
    let parsed = form::parse(text).ok()?;
    let mut out = parsed.when.date.to_string();
    if let Some(time) = parsed.when.time {
        let glued = parsed.separator != Separator::Space;
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        out.push(if glued { 'T' } else { ' ' });
        out.push_str(&format!("{hour:02}:{minute:02}:{second:02}{}", parsed.fraction));
        match parsed.zone {
            Zone::None => {}
            Zone::Named => return None,
            Zone::Utc if glued => out.push('Z'),
            Zone::Utc => out.push_str(" +0000"),
            Zone::Offset => {
                let seconds = parsed.when.offset?.seconds();
                let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
                let (blank, colon) = if glued { ("", ":") } else { (" ", "") };
                out.push_str(&format!("{blank}{sign}{:02}{colon}{:02}", minutes / 60, minutes % 60));
            }
        }
    } else if parsed.zone != Zone::None {
        return None;
    }
    (out != text).then_some(out)
}

fn accepts(parsed: &Parsed<'_>, reader: DateReader) -> bool {
    let Parsed { form, separator, padded, padded_hour, seconds, zone, zone_colon, zone_glued, .. } = *parsed;
    let timed = parsed.when.time.is_some();
    let iso = form == Form::Dashes && separator != Separator::Other;
    match reader {
        DateReader::Ruby => {
            !(matches!(form, Form::Odd | Form::American) || separator == Separator::Other && parsed.colon)
        }
        DateReader::JavaScript => match form {
            // With a full time, js-yaml takes a month, a day and an hour of one digit, too.
            Form::Dashes => iso && (padded && padded_hour || timed && seconds) && (!timed || zone != Zone::Named),
            Form::Slashes | Form::MonthFirst | Form::DayFirst | Form::American => separator == Separator::Space,
            _ => false,
        },
        DateReader::Rfc3339 => {
            iso && match timed {
                false => padded && padded_hour,
                true => seconds && (matches!(zone, Zone::None | Zone::Utc) || zone == Zone::Offset && zone_colon),
            }
        }
        DateReader::Go => match form {
            // Go reads an hour of one digit, too.
            Form::Dashes if iso && padded => match (timed, zone) {
                (false, _) | (true, Zone::None) => !timed || seconds,
                (true, Zone::Named) => false,
                // `2006-01-02T15:04:05Z07:00`, `…-0700`; with blanks `… -07:00`, `… -0700`, and both glued.
                (true, Zone::Utc) => seconds && zone_glued,
                (true, Zone::Offset) => seconds && (separator == Separator::Space || zone_glued),
            },
            Form::DayFirst => parsed.go_layout,
            _ => false,
        },
    }
}

/// The text with a blank between day and time where a hyphen stands (`2019-12-01-19:48`): dateutil does not mind it.
#[must_use]
pub fn time_apart(text: &str) -> Cow<'_, str> {
    let glued = text.split_at_checked(10).and_then(|(day, rest)| Some((day, rest.strip_prefix('-')?)));
    let is_day = |day: &str| day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match glued {
        Some((day, time)) if is_day(day) && time.contains(':') => format!("{day} {time}").into(),
        _ => text.into(),
    }
}

/// Reads a date as a generator does that hands to `new Date` of Node what its YAML did not read. Of `03/04/2024` Node takes
/// the first number for the month; that is still said to be ambiguous.
pub fn read_by_new_date(text: &str) -> Result<When, NotADate> {
    match read_date(text, DateReader::JavaScript) {
        Err(why @ (NotADate::Unreadable | NotADate::OtherSpelling(_))) => new_date::parse(text.trim()).ok_or(why),
        // Of what is no time elsewhere, it takes the end of a day.
        Err(why @ NotADate::Impossible) if text.contains("24:00") => new_date::parse(text.trim()).ok_or(why),
        other => other,
    }
}

/// Reads a date as Quarto does, which hands to `new Date` of V8 whatever is in none of a few forms, the day first in none.
///
/// Source: quarto-cli `src/core/date.ts`, `parsePandocDate`.
pub fn read_as_quarto(text: &str) -> Result<When, NotADate> {
    let read = read_date(&time_apart(text.trim_matches('\'')), DateReader::JavaScript);
    if matches!(read, Err(NotADate::Empty | NotADate::Placeholder | NotADate::Impossible | NotADate::Ambiguous)) {
        return read;
    }
    match new_date::parse(text.trim()) {
        // Not a week or an hour, of which V8 makes some day.
        Some(when) if text.contains(&when.date.year().to_string()) => Ok(when),
        _ => match read {
            // dayjs reads the year first, with or without signs.
            Err(NotADate::OtherSpelling(when)) if text.trim().bytes().all(|byte| byte.is_ascii_digit()) => Ok(when),
            Ok(when) if text.contains(|c: char| c.is_alphabetic() && !matches!(c, 'T' | 'Z')) => {
                Err(NotADate::OtherSpelling(when))
            }
            read => read,
        },
    }
}

/// True for a text that is still to be filled in.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if matches!(
        lower.trim_end_matches(['.', '?', '!']),
        "tbd" | "tba" | "todo" | "tbc" | "fixme" | "date" | "n/a" | "xxx"
    ) {
        return true;
    }
    if lower.starts_with("0000-") || lower.starts_with("9999-") {
        return true;
    }
    // Whatever stands for the digits of a date comes at least twice: nearly no text needs a closer look.
    let twice = |pair: &[u8]| matches!(pair, b"yy" | b"mm" | b"dd" | b"xx");
    if !lower.as_bytes().windows(2).any(twice) {
        return false;
    }
    let letters = |wanted: &str| lower.contains(wanted);
    letters("yyyy")
        || letters("yy-mm")
        || letters("mm-dd")
        || letters("mm/dd")
        || letters("dd/mm")
        || letters("-xx")
        || letters("xxxx")
}

#[cfg(test)]
mod tests;
