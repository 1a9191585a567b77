//! The date of a post as Hexo takes it.
//!
//! Source: hexo-front-matter 4.2 and the processors of hexo 8.1. YAML's timestamps are read in the zone of the machine as
//! they are written; one with a zone is moved to UTC first. The machine is taken to stand in the zone of the site, as
//! Hexo's documentation asks. Where it does not (a service that builds in UTC), addresses have the day of that machine:
//! Hexo makes its moments anew from the instant, and forgets `timezone` there.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::page::front_matter::{NotADate, read_by_new_date};
use crate::site::facts::Scalar;

/// A date of the front matter.
#[must_use]
pub fn of(scalar: &Scalar) -> Option<DateTime> {
    let when = match read_by_new_date(&scalar.text) {
        Ok(when) | Err(NotADate::OtherSpelling(when)) => when,
        Err(_) => return None,
    };
    let written = when.date.to_datetime(when.time.unwrap_or_default());
    match when.offset {
        Some(offset) => Some(Offset::UTC.to_datetime(offset.to_timestamp(written).ok()?)),
        None => Some(written),
    }
}

/// The same instant for a machine that stands in UTC, if it is another day there.
#[must_use]
pub fn elsewhere(date: DateTime, zone: &TimeZone) -> Option<DateTime> {
    let there = Offset::UTC.to_datetime(zone.to_timestamp(date).ok()?);
    (there.date() != date.date()).then_some(there)
}
