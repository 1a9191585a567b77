//! A date that Ruby finds by the name of its month: `September 2014`, `April, 08 2014`, `2014 April 5`.
//!
//! Source: Ruby, `ext/date/date_parse.c` (`parse_eu`, `parse_us`): an English month's first three letters anywhere, a
//! day on either side of it, the year as a number of more than two digits. Only what has a year is taken for a date here:
//! Ruby takes a lone `May` too, and gives it the year in which the site is built.

use jiff::civil::Date;

use super::words::starts_like_month;
use super::{NotADate, When};

/// The date that Ruby reads in a text with a month's name; the time of day is left out.
pub(super) fn parse(text: &str) -> Result<When, NotADate> {
    let is_part = |c: char| c.is_alphanumeric() || c == ':';
    let (mut month, mut year, mut day) = (None, None, None);
    for word in text.split(|c| !is_part(c)).filter(|word| !word.is_empty() && !word.contains(':')) {
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, _) = word.split_at(digits);
        match digits {
            0 => month = month.or_else(|| starts_like_month(word)),
            1 | 2 => day = day.or_else(|| number.parse::<i8>().ok()),
            4 if word.len() == 4 => year = year.or_else(|| number.parse::<i16>().ok()),
            _ => return Err(NotADate::Unreadable),
        }
    }
    let (Some(month), Some(year)) = (month, year) else { return Err(NotADate::Unreadable) };
    let date = Date::new(year, month, day.unwrap_or(1)).map_err(|_| NotADate::Impossible)?;
    Ok(When { date, time: None, offset: None })
}
