//! The calendar as permalink patterns write it: English names of months and weekdays, numbers with leading zeros.
//!
//! Every generator has placeholders of its own for the same parts of a date; what they stand for is the same.

use jiff::civil::{DateTime, Weekday};

/// `January` … `December`.
#[must_use]
pub fn month_name(date: DateTime) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(date.month() - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default()
}

/// `Monday` … `Sunday`.
#[must_use]
pub fn weekday_name(date: DateTime) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The first three letters of a name: `Jan`, `Mon`.
#[must_use]
pub fn short(name: &'static str) -> &'static str {
    name.get(..3).unwrap_or(name)
}

/// `2024`.
#[must_use]
pub fn year(date: DateTime) -> String {
    format!("{:04}", date.year())
}

/// `24` of 2024.
#[must_use]
pub fn short_year(date: DateTime) -> String {
    two(date.year().rem_euclid(100))
}

/// `001` … `366`.
#[must_use]
pub fn day_of_year(date: DateTime) -> String {
    format!("{:03}", date.day_of_year())
}

/// A month, a day, an hour … with two digits: `07`.
#[must_use]
pub fn two(number: impl Into<i64>) -> String {
    format!("{:02}", number.into())
}

/// A date by a pattern of `%Y`, `%-d` …, as Liquid and Python have it; nothing for parts that depend on the machine.
#[must_use]
pub fn strftime(date: DateTime, format: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = format.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let mut letter = rest.next()?;
        let bare = letter == '-';
        if bare {
            letter = rest.next()?;
        }
        let number = |value: i32, width: usize| if bare { value.to_string() } else { format!("{value:0width$}") };
        match letter {
            'Y' => out.push_str(&date.year().to_string()),
            'y' => out.push_str(&number(i32::from(date.year().rem_euclid(100)), 2)),
            'm' => out.push_str(&number(i32::from(date.month()), 2)),
            'd' => out.push_str(&number(i32::from(date.day()), 2)),
            'H' => out.push_str(&number(i32::from(date.hour()), 2)),
            'M' => out.push_str(&number(i32::from(date.minute()), 2)),
            'S' => out.push_str(&number(i32::from(date.second()), 2)),
            'j' => out.push_str(&number(i32::from(date.day_of_year()), 3)),
            'b' | 'h' => out.push_str(short(month_name(date))),
            'B' => out.push_str(month_name(date)),
            'a' => out.push_str(short(weekday_name(date))),
            'A' => out.push_str(weekday_name(date)),
            '%' => out.push('%'),
            _ => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_date() {
        let date = DateTime::constant(2005, 2, 3, 4, 5, 6, 0);
        assert_eq!((month_name(date), weekday_name(date), short(month_name(date))), ("February", "Thursday", "Feb"));
        assert_eq!((year(date), short_year(date), day_of_year(date)), ("2005".into(), "05".into(), "034".into()));
        assert_eq!(two(date.month()), "02");
    }
}
