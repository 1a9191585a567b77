//! Parts of a date, as JavaScript's `Date` gives them to an address on a server whose clock is UTC, as those that build sites
//! are.

use jiff::tz::Offset;

use crate::page::front_matter::{NotADate, read_by_new_date};

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `getFullYear()`
    Year,
    /// `getMonth() + 1`
    Month,
    /// `getDate()`
    Day,
    /// `toISOString()`
    Iso,
}

/// That part of a date which is written so; nothing where it is none.
#[must_use]
pub fn of(text: &str, part: Part) -> Option<String> {
    let when = match read_by_new_date(text) {
        Ok(when) | Err(NotADate::OtherSpelling(when)) => when,
        Err(_) => return None,
    };
    let written = when.date.to_datetime(when.time.unwrap_or_default());
    let utc = match when.offset {
        Some(offset) => Offset::UTC.to_datetime(offset.to_timestamp(written).ok()?),
        None => written,
    };
    // Near midnight the day hangs on the zone of the machine that builds, which may be the writer's own.
    if part != Part::Iso && utc.date() != when.date {
        return None;
    }
    Some(match part {
        Part::Year => utc.year().to_string(),
        Part::Month => utc.month().to_string(),
        Part::Day => utc.day().to_string(),
        Part::Iso => utc.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_the_server() {
        assert_eq!(of("2024-01-02", Part::Month).as_deref(), Some("1"));
        assert_eq!(of("2024-01-02T01:00:00+02:00", Part::Day), None);
        assert_eq!(of("2024-01-02T09:00:00+02:00", Part::Day).as_deref(), Some("2"));
        assert_eq!(of("Jan 5, 2024", Part::Year).as_deref(), Some("2024"));
        assert_eq!(of("2024-01-02", Part::Iso).as_deref(), Some("2024-01-02T00:00:00.000Z"));
        assert_eq!(of("soon", Part::Year), None);
    }
}
