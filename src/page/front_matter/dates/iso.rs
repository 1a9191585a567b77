//! The forms of ISO 8601 that say less than a day, or a day by its week: `2014-04`, `2014-W05`, `2014-123`, `2014-04-05T12`.
//!
//! Source: Gatsby 5 `schema/types/date.ts`, `ISO_8601_FORMAT`.

use super::{DateReader, read_date};

/// True for such a form.
#[must_use]
pub fn is_iso_8601(text: &str) -> bool {
    let Some((year, rest)) = text.trim().split_at_checked(4) else { return false };
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u16>().ok()).flatten();
    let is = |text: &str, length: usize, most: u16| {
        text.len() == length && number(text).is_some_and(|number| (1..=most).contains(&number))
    };
    if number(year).is_none() {
        return false;
    }
    let bare = rest.strip_prefix('-').unwrap_or(rest);
    let hyphen = bare.len() < rest.len();
    if let Some(week) = bare.strip_prefix('W') {
        let (week, day) = week.split_at_checked(2).unwrap_or((week, ""));
        let day = if hyphen { day.strip_prefix('-') } else { Some(day).filter(|day| !day.is_empty()) };
        return is(week, 2, 53) && day.map_or(week.len() == bare.len() - 1, |day| is(day, 1, 7));
    }
    match bare.len() {
        0 => !hyphen,
        2 => hyphen && is(bare, 2, 12),
        3 => is(bare, 3, 366),
        4 => !hyphen && read_date(&format!("{year}-{}-{}", &bare[..2], &bare[2..]), DateReader::JavaScript).is_ok(),
        // `2014-04-05T12`, `2014-04-05T12+02:00`
        _ => text.trim().split_once(['T', ' ']).is_some_and(|(day, hour)| {
            let (hour, zone) = hour.split_at(hour.find(['Z', '+', '-']).unwrap_or(hour.len()));
            let digits = zone.bytes().filter(u8::is_ascii_digit).count();
            let offset =
                zone.get(1..).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b':'));
            let fits = matches!(zone, "" | "Z") || offset && matches!(digits, 2 | 4);
            if !fits {
                return false;
            }
            hour.len() == 2
                && number(hour).is_some_and(|hour| hour < 24)
                && read_date(day, DateReader::JavaScript).is_ok()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::is_iso_8601;

    #[test]
    fn less_than_a_day_and_days_by_their_week() {
        let forms = [
            "2014",
            "2014-04",
            "20140405",
            "2014-W05",
            "2014W05",
            "2014-W05-3",
            "2014W053",
            "2014-123",
            "2014123",
            "2014-04-05T12",
            "2014-04-05T00-05:00",
        ];
        assert!(forms.iter().all(|form| is_iso_8601(form)));
        let others = [
            "2014-13",
            "2014-",
            "April",
            "2014-W54",
            "2014-400",
            "20141305",
            "2014-4",
            "2014-04-05T25",
            "2014-04-05T12+5",
            "2014-W05-",
            "",
        ];
        assert!(others.iter().all(|form| !is_iso_8601(form)));
    }
}
