//! The time of day and the zone of a date, read as generously as the day before them.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::NotADate;
use super::spelling::{Cursor, Parsed, Separator, Zone};

/// The time of day behind what separates it from the day, and its zone.
pub(super) fn time<'a>(cursor: &mut Cursor<'a>, parsed: &mut Parsed<'a>) -> Result<(), NotADate> {
    let separator = cursor.take(|c| !c.is_ascii_digit() && c != '+' && c != 'Z');
    parsed.separator = match separator {
        "T" | "t" => Separator::T,
        _ if separator.trim().is_empty() => Separator::Space,
        ":" | "," | ", " | " at " | " à " | " um " | "_" | " - " => Separator::Other,
        _ => return Err(NotADate::Unreadable),
    };
    parsed.colon = separator == ":";
    if cursor.0.is_empty() {
        return if separator.trim().is_empty() { Ok(()) } else { Err(NotADate::Unreadable) };
    }
    let mut parts = [""; 3];
    let mut count = 0;
    for part in &mut parts {
        *part = cursor.digits();
        if !matches!(part.len(), 1 | 2) {
            return Err(NotADate::Unreadable);
        }
        count += 1;
        if !cursor.eat(':') {
            break;
        }
    }
    if cursor.0.starts_with(['.', ',']) {
        let rest = cursor.0;
        cursor.0 = &rest[1..];
        let digits = cursor.digits();
        parsed.fraction = if rest.starts_with('.') { &rest[..=digits.len()] } else { "" };
        if digits.is_empty() || rest.starts_with(',') {
            return Err(NotADate::Unreadable);
        }
    }
    if separator == ":" && count == 2 {
        // `2022-08-02:00:00.000Z`: the hour or the minute got lost. Midnight is the same either way.
        if parts.iter().any(|part| part.bytes().any(|b| b != b'0')) {
            return Err(NotADate::Unreadable);
        }
        count = 3;
    }
    if count == 1 || (count == 2 && !parsed.fraction.is_empty()) {
        return Err(NotADate::Unreadable);
    }
    parsed.seconds = count == 3;
    parsed.padded_hour = parts[0].len() == 2;
    parsed.padded &= parts[1..count].iter().all(|part| part.is_empty() || part.len() == 2);
    let number =
        |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<i8>().map_err(|_| NotADate::Impossible) };
    let (mut hour, minute, second) = (number(parts[0])?, number(parts[1])?, number(parts[2])?);
    hour = twelve_hours(cursor, hour, parsed)?;
    parsed.when.time = Some(Time::new(hour, minute, second, 0).map_err(|_| NotADate::Impossible)?);
    zone(cursor, parsed)
}

/// `9:30 am`; readable for Ruby and JavaScript, and for nobody else.
fn twelve_hours(cursor: &mut Cursor<'_>, hour: i8, parsed: &mut Parsed<'_>) -> Result<i8, NotADate> {
    let rest = cursor.0.trim_start().to_ascii_lowercase();
    let later = match rest.get(..2) {
        Some("am") => 0,
        Some("pm") => 12,
        _ => return Ok(hour),
    };
    if !(1..=12).contains(&hour) {
        return Err(NotADate::Impossible);
    }
    cursor.blanks();
    cursor.0 = cursor.0.get(2..).unwrap_or_default();
    parsed.padded = false;
    Ok(hour % 12 + later)
}

fn zone(cursor: &mut Cursor<'_>, parsed: &mut Parsed<'_>) -> Result<(), NotADate> {
    let blanks = cursor.blanks();
    parsed.zone_glued = blanks.is_empty();
    let negative = cursor.0.starts_with('-');
    if !negative && !cursor.0.starts_with('+') {
        let word = cursor.take(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '_' | '[' | ']'));
        parsed.zone = match word {
            "" => Zone::None,
            "Z" | "z" | "UTC" | "GMT" => Zone::Utc,
            _ => Zone::Named,
        };
        if parsed.zone == Zone::Utc {
            parsed.when.offset = Some(Offset::UTC);
            parsed.zone_glued &= word.len() == 1;
        }
        return Ok(());
    }
    cursor.0 = &cursor.0[1..];
    let digits = cursor.digits();
    parsed.zone_colon = cursor.eat(':');
    let minutes = if parsed.zone_colon { cursor.digits() } else { digits.get(2..).unwrap_or_default() };
    let hours = if parsed.zone_colon { digits } else { digits.get(..2).unwrap_or(digits) };
    let number =
        |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<i32>().map_err(|_| NotADate::Impossible) };
    if hours.is_empty() || hours.len() > 2 || !matches!(minutes.len(), 0 | 2) {
        return Err(NotADate::Unreadable);
    }
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 23 || minutes > 59 {
        return Err(NotADate::Impossible);
    }
    let seconds = (hours * 60 + minutes) * 60;
    parsed.when.offset = Offset::from_seconds(if negative { -seconds } else { seconds }).ok();
    parsed.zone = Zone::Offset;
    // Ruby writes the zone's name after it: `+0200 CEST`.
    cursor.blanks();
    cursor.take(|c| c.is_ascii_uppercase());
    Ok(())
}
