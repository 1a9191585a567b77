//! The date of a post as Jekyll takes it: it decides the URL, so the time zone matters.
//!
//! Source: jekyll 4.3 `Utils.parse_date` (`Time.parse(text).localtime`), psych's timestamps. An unquoted
//! `2024-01-05 23:30:00` is read by YAML as UTC and then moved to the site's zone; the same in quotes is read by Ruby
//! in the site's zone.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::page::front_matter::{DateReader, NotADate, read_date};

/// The site's `timezone`; without one UTC, as on the machines that build sites.
#[must_use]
pub fn zone(name: Option<&str>) -> TimeZone {
    name.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC)
}

/// A date in the site's zone; `quoted` when it stands in quotes or does not come from YAML.
#[must_use]
pub fn local(text: &str, quoted: bool, zone: &TimeZone) -> Option<DateTime> {
    let when = match read_date(text, DateReader::Ruby) {
        Ok(when) | Err(NotADate::OtherSpelling(when)) => when,
        Err(_) => return None,
    };
    let written = when.date.to_datetime(when.time.unwrap_or_default());
    let timestamp = when.time.is_some() && !quoted && has_seconds(text);
    let offset = when.offset.or_else(|| timestamp.then_some(Offset::UTC));
    match offset {
        Some(offset) => Some(zone.to_datetime(offset.to_timestamp(written).ok()?)),
        None => Some(written),
    }
}

/// A time without seconds is no timestamp of YAML but a text, which Ruby reads in the site's zone.
fn has_seconds(text: &str) -> bool {
    let clock = text.split(['T', 't', ' ', '\t']).find(|part| part.contains(':')).unwrap_or_default();
    clock.split(['+', '-', 'Z', 'z']).next().is_some_and(|clock| clock.matches(':').count() >= 2)
}

/// The date in a post's file name. A year of two digits is meant as Ruby means it: `69` is 1969, `68` is 2068.
#[must_use]
pub fn of_name(day: &str, zone: &TimeZone) -> Option<DateTime> {
    match day.split_once('-')? {
        (year, _) if year.len() == 2 => {
            let century = if year < "69" { "20" } else { "19" };
            local(&format!("{century}{day}"), true, zone)
        }
        _ => local(day, true, zone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_move_days() {
        let pacific = zone(Some("America/Los_Angeles"));
        let day = |text, quoted, zone: &TimeZone| local(text, quoted, zone).unwrap().date().to_string();
        assert_eq!(day("2013-05-06 02:12:52 +0200", false, &pacific), "2013-05-05");
        assert_eq!(day("2013-05-06 02:12:52", false, &pacific), "2013-05-05");
        assert_eq!(day("2013-05-06 02:12:52", true, &pacific), "2013-05-06");
        assert_eq!(day("2013-05-06 02:12", false, &pacific), "2013-05-06");
        assert_eq!(day("2013-05-06T02:12", false, &pacific), "2013-05-06");
        assert_eq!(day("2013-05-06T02:12:52", false, &pacific), "2013-05-05");
        assert_eq!(day("2013-05-06", false, &pacific), "2013-05-06");
        assert_eq!(day("2013-05-06 02:12:52 +0500", false, &TimeZone::UTC), "2013-05-05");
    }
}
