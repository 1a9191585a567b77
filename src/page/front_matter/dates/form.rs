//! The spellings of a date, read generously and by hand: what stands where decides which generator reads it.

use jiff::civil::Date;

use super::clock::time;
use super::spelling::{Cursor, Form, Parsed, Separator, Zone};
use super::words::{Name, is_particle, is_weekday, month};
use super::{NotADate, When};

/// Reads a date that has exactly one meaning.
pub(super) fn parse(text: &str) -> Result<Parsed<'_>, NotADate> {
    parse_with(text, false)
}

/// Like [`parse`], with `03/04/2024` taken for the third of April.
pub(super) fn parse_day_first(text: &str) -> Result<Parsed<'_>, NotADate> {
    parse_with(text, true)
}

/// The day at the start of a text, whatever follows after a blank or comma.
pub(super) fn parse_start(text: &str) -> Result<Parsed<'_>, NotADate> {
    let end = text.find([' ', ',', 'T']).ok_or(NotADate::Unreadable)?;
    parse_with(text.get(..end).unwrap_or_default().trim_end_matches('-'), true)
}

/// `Fri Sep  3 11:21:31 CEST 2021`, as `date` and Git print it: the year stands last.
pub(super) fn parse_year_last(text: &str) -> Result<(When, Zone), NotADate> {
    let mut words = text.split_ascii_whitespace();
    let mut next = || words.next().ok_or(NotADate::Unreadable);
    let (weekday, month, day, time, zone) = (next()?, next()?, next()?, next()?, next()?);
    let year = next().ok();
    let (zone, year) = year.map_or(("", zone), |year| (zone, year));
    if !is_weekday(weekday) || year.len() != 4 {
        return Err(NotADate::Unreadable);
    }
    let turned = format!("{month} {day} {year} {time} {zone}");
    let parsed = parse(turned.trim_end())?;
    Ok((parsed.when, parsed.zone))
}

fn parse_with(text: &str, day_first: bool) -> Result<Parsed<'_>, NotADate> {
    let mut cursor = Cursor(text);
    let (date, form, padded, mut go_layout) = day(&mut cursor, day_first)?;
    let when = When { date, time: None, offset: None };
    let mut parsed = Parsed {
        when,
        form,
        separator: Separator::Space,
        colon: false,
        padded,
        padded_hour: true,
        seconds: false,
        fraction: "",
        zone: Zone::None,
        zone_colon: false,
        zone_glued: true,
        go_layout,
    };
    if !cursor.0.is_empty() {
        time(&mut cursor, &mut parsed)?;
        go_layout &= parsed.seconds && parsed.zone != Zone::None && text.as_bytes().get(3) == Some(&b',');
        parsed.go_layout = go_layout;
    }
    if cursor.0.trim().is_empty() { Ok(parsed) } else { Err(NotADate::Unreadable) }
}

type Day = (Date, Form, bool, bool);

fn day(cursor: &mut Cursor<'_>, day_first: bool) -> Result<Day, NotADate> {
    let first = cursor.digits();
    match first.len() {
        0 => named_month(cursor, false),
        8 => {
            let (year, rest) = first.split_at(4);
            let (month, day) = rest.split_at(2);
            Ok((civil(year, month, day)?, Form::Compact, true, false))
        }
        4 => {
            let separator = cursor.take(|c| !c.is_ascii_digit());
            let month = cursor.digits();
            let again = cursor.take(|c| !c.is_ascii_digit());
            let day = cursor.digits();
            let form = match separator {
                "-" => Form::Dashes,
                "/" => Form::Slashes,
                "." => Form::Loose,
                "年" | "년 " | "년"
                    if matches!(again.trim_end(), "月" | "월") && cursor.0.starts_with(['日', '일']) =>
                {
                    cursor.take(|c| matches!(c, '日' | '일'));
                    return Ok((civil(first, month, day)?, Form::Odd, true, false));
                }
                "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}" | "\u{2014}" | "\u{2212}" => Form::Odd,
                _ => return Err(NotADate::Unreadable),
            };
            if again != separator || !matches!(month.len(), 1 | 2) || !matches!(day.len(), 1 | 2) {
                return Err(NotADate::Unreadable);
            }
            Ok((civil(first, month, day)?, form, month.len() == 2 && day.len() == 2, false))
        }
        1 | 2 => {
            let separator = cursor.take(|c| matches!(c, '/' | '.' | '-'));
            if separator.len() != 1 || !cursor.0.starts_with(|c: char| c.is_ascii_digit()) {
                ordinal(cursor);
                cursor.take(|c| matches!(c, '.' | '-' | ' ' | '/'));
                return month_after_day(cursor, first, separator.is_empty());
            }
            let second = cursor.digits();
            let again = cursor.take(|c| matches!(c, '/' | '.' | '-'));
            let year = cursor.digits();
            if again != separator || year.len() != 4 {
                // `08-02-21`: which is the year?
                let short = again == separator && year.len() == 2 && matches!(second.len(), 1 | 2);
                return Err(if short { NotADate::Ambiguous } else { NotADate::Unreadable });
            }
            // Only a number above twelve says that it is the day.
            let number = |text: &str| text.parse::<u8>().unwrap_or(u8::MAX);
            match (number(first), number(second)) {
                (13.., 13..) => Err(NotADate::Impossible),
                (13.., _) => Ok((civil(year, second, first)?, Form::Loose, true, false)),
                (_, 13..) => {
                    let form = if separator == "/" { Form::American } else { Form::Odd };
                    Ok((civil(year, first, second)?, form, true, false))
                }
                (a, b) if a == b || day_first => Ok((civil(year, second, first)?, Form::Loose, true, false)),
                _ => Err(NotADate::Ambiguous),
            }
        }
        _ => Err(NotADate::Unreadable),
    }
}

/// `Oct 15, 2023`, `Sunday, 15 October 2023`.
fn named_month(cursor: &mut Cursor<'_>, weekday_seen: bool) -> Result<Day, NotADate> {
    let word = cursor.take(|c| c.is_alphabetic() || c == '-');
    if !weekday_seen && is_weekday(word) {
        cursor.take(|c| matches!(c, ',' | '.' | ' '));
        if !cursor.0.starts_with(|c: char| c.is_ascii_digit()) {
            return named_month(cursor, true);
        }
        let day = cursor.digits();
        if cursor.eat('-') {
            return Err(NotADate::Unreadable);
        }
        let plain = !ordinal(cursor);
        cursor.take(|c| matches!(c, '.' | ' '));
        return month_after_day(cursor, day, plain);
    }
    let month = month(word).filter(|month| month.name == Name::English).ok_or(NotADate::Unreadable)?.number;
    cursor.take(|c| matches!(c, '.' | ' '));
    let day = cursor.digits();
    ordinal(cursor);
    cursor.take(|c| matches!(c, ',' | ' '));
    let year = cursor.digits();
    if year.len() != 4 {
        return Err(NotADate::Unreadable);
    }
    Ok((civil(year, month, day)?, Form::MonthFirst, day.len() == 2, false))
}

fn month_after_day(cursor: &mut Cursor<'_>, day: &str, plain: bool) -> Result<Day, NotADate> {
    let mut word = cursor.take(char::is_alphabetic);
    if is_particle(word) {
        cursor.take(|c| matches!(c, ' ' | '\'' | '’'));
        word = cursor.take(char::is_alphabetic);
    }
    let month = month(word).ok_or(NotADate::Unreadable)?;
    let gap = cursor.take(|c| matches!(c, '.' | ' ' | ',' | '-' | '/'));
    if is_particle(cursor.0.split(' ').next().unwrap_or_default()) {
        cursor.take(|c| c.is_alphabetic() || c == ' ');
    }
    let year = cursor.digits();
    if year.len() != 4 {
        return Err(NotADate::Unreadable);
    }
    let form = match month.name {
        Name::English => Form::DayFirst,
        Name::LikeEnglish => Form::LikeEnglish,
        Name::Foreign => Form::Odd,
    };
    let go = plain && form == Form::DayFirst && word.len() == 3 && gap == " " && day.len() == 2;
    Ok((civil(year, month.number, day)?, form, day.len() == 2, go))
}

/// Takes what makes a number an ordinal; true where there is something of the kind.
fn ordinal(cursor: &mut Cursor<'_>) -> bool {
    const SUFFIXES: [&str; 10] = ["st", "nd", "rd", "th", "er", "ère", "ero", "º", "°", "ª"];
    let ended = |rest: &&str| !rest.starts_with(char::is_alphabetic);
    let found = SUFFIXES.iter().find_map(|suffix| cursor.0.strip_prefix(suffix).filter(ended));
    cursor.0 = found.unwrap_or(cursor.0);
    found.is_some()
}

fn civil(year: &str, month: &str, day: &str) -> Result<Date, NotADate> {
    let number = |text: &str| text.parse::<i16>().map_err(|_| NotADate::Unreadable);
    let small = |n: i16| i8::try_from(n).map_err(|_| NotADate::Impossible);
    let (year, month, day) = (number(year)?, small(number(month)?)?, small(number(day)?)?);
    Date::new(year, month, day).map_err(|_| NotADate::Impossible)
}
