//! What `new Date(text)` of Node reads beside ISO 8601: numbers and names in nearly any order.
//!
//! Source: V8, `src/date/dateparser-inl.h` (the legacy parser): up to three numbers make the day, a month may be named
//! anywhere, a number before a colon belongs to the time, words before the first number are passed over, text in
//! parentheses too. Hexo hands every date that YAML did not read to it.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::When;
use super::spelling::Cursor;

/// The date that V8 reads in a text.
pub(super) fn parse(text: &str) -> Option<When> {
    let mut reader = Reader { cursor: Cursor(text), ..Reader::default() };
    reader.day_of_iso();
    while !reader.cursor.0.is_empty() {
        reader.step()?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader<'a> {
    cursor: Cursor<'a>,
    /// Year, month and day in the order of the text.
    day: Vec<i32>,
    named_month: Option<i32>,
    /// Hour, minute, second and milliseconds.
    time: Vec<i32>,
    /// No further number belongs to the time.
    timed: bool,
    afternoon: Option<i32>,
    /// Minutes from UTC.
    zone: Option<i32>,
    number_seen: bool,
}

impl Reader<'_> {
    /// `2024-01-05` at the start is read as ISO 8601 whatever follows it.
    fn day_of_iso(&mut self) {
        let Some(day) = self.cursor.0.get(..10).and_then(|day| day.parse::<Date>().ok()) else { return };
        self.cursor.0 = self.cursor.0.get(10..).unwrap_or_default();
        self.day = vec![day.year().into(), day.month().into(), day.day().into()];
        self.number_seen = true;
        if self.cursor.0.starts_with('T') && self.cursor.0.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
            self.cursor.eat('T');
        }
    }

    fn step(&mut self) -> Option<()> {
        let first = self.cursor.0.chars().next()?;
        if first.is_ascii_digit() {
            let number = self.number()?;
            self.number_seen = true;
            self.place(number)
        } else if first >= 'A' {
            let word = self.cursor.take(|c| c >= 'A');
            self.word(word)
        } else if matches!(first, '+' | '-') && (self.zone == Some(0) || !self.time.is_empty()) {
            self.cursor.eat(first);
            self.offset(if first == '-' { -1 } else { 1 })
        } else if matches!(first, '+' | '-' | ')') && self.number_seen {
            None
        } else if self.cursor.eat('(') {
            self.cursor.take(|c| c != ')');
            self.cursor.eat(')');
            Some(())
        } else {
            self.cursor.eat(first);
            Some(())
        }
    }

    fn number(&mut self) -> Option<i32> {
        let digits = self.cursor.digits().trim_start_matches('0');
        if digits.is_empty() { Some(0) } else { digits.parse().ok() }
    }

    fn place(&mut self, number: i32) -> Option<()> {
        let expected = match self.time.len() {
            _ if self.timed => false,
            1 | 2 => (0..60).contains(&number),
            3 => (0..1000).contains(&number),
            _ => false,
        };
        if self.cursor.eat(':') {
            self.time.push(number);
            return (!self.timed && self.time.len() < 4).then_some(());
        }
        if expected && self.cursor.eat('.') {
            self.time.push(number);
            self.timed = true;
            return (!self.cursor.digits().is_empty()).then_some(());
        }
        if expected {
            self.time.push(number);
            self.timed = true;
            let rest = self.cursor.0;
            return (rest.is_empty() || rest.starts_with([' ', '\t', '+', '-', 'Z', 'z'])).then_some(());
        }
        self.day.push(number);
        self.cursor.eat('-');
        (self.day.len() <= 3).then_some(())
    }

    fn word(&mut self, word: &str) -> Option<()> {
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let word = word.to_ascii_lowercase();
        let month = MONTHS.iter().zip(1..).find(|(name, _)| word.starts_with(*name));
        if let Some((_, month)) = month {
            self.named_month = Some(month);
            self.cursor.eat('-');
            return Some(());
        }
        let hours = match word.as_str() {
            "am" | "pm" if !self.time.is_empty() => {
                self.afternoon = Some(if word == "pm" { 12 } else { 0 });
                return Some(());
            }
            "z" | "ut" | "utc" | "gmt" => 0,
            "edt" => -4,
            "est" | "cdt" => -5,
            "cst" | "mdt" => -6,
            "mst" | "pdt" => -7,
            "pst" => -8,
            _ => return (!self.number_seen && !self.cursor.0.starts_with(|c: char| c.is_ascii_digit())).then_some(()),
        };
        if self.number_seen {
            self.zone = Some(hours * 60);
        }
        Some(())
    }

    fn offset(&mut self, sign: i32) -> Option<()> {
        let digits = self.cursor.digits();
        let number: i32 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        self.number_seen = true;
        let (hours, minutes) = match digits.len() {
            _ if self.cursor.eat(':') => (number, self.cursor.digits().parse().unwrap_or(0)),
            1 | 2 => (number, 0),
            3 | 4 => (number / 100, number % 100),
            _ => return None,
        };
        // A day has 1,440 minutes; more is no offset.
        let (hours, minutes) = (i32::from(u16::try_from(hours).ok()?), i32::from(u16::try_from(minutes).ok()?));
        self.zone = Some(sign * (hours * 60 + minutes));
        Some(())
    }

    fn finish(self) -> Option<When> {
        let number = |at: usize| self.day.get(at).copied();
        let (first, second) = (number(0)?, number(1).unwrap_or(1));
        let (year, month, day) = match self.named_month {
            Some(month) if (1..=31).contains(&first) => (number(1).unwrap_or(1), month, first),
            Some(month) => (first, month, second),
            None if !(1..=12).contains(&first) => (first, second, number(2).unwrap_or(1)),
            None => (number(2).unwrap_or(1), first, second),
        };
        let year = match year {
            0..=49 => year + 2000,
            50..=99 => year + 1900,
            _ => year,
        };
        let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        let part = |at: usize| i8::try_from(self.time.get(at).copied().unwrap_or(0)).ok();
        let hour = match self.afternoon {
            Some(later) => part(0).filter(|hour| (1..=12).contains(hour))? % 12 + i8::try_from(later).ok()?,
            None => part(0)?,
        };
        // The 24th hour is the first of the next day, if it has only begun.
        let (date, hour) = match (hour, self.time.get(1..)) {
            (24, rest) if rest.is_none_or(|rest| rest.iter().all(|part| *part == 0)) => (date.tomorrow().ok()?, 0),
            _ => (date, hour),
        };
        let time = Time::new(hour, part(1)?, part(2)?, 0).ok()?;
        let offset = self.zone.and_then(|minutes| Offset::from_seconds(minutes * 60).ok());
        Some(When { date, time: (!self.time.is_empty()).then_some(time), offset })
    }
}
