//! How a date is spelt: what is remembered of its text while that is read.

use super::When;

/// How the day is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `2024-01-05`
    Dashes,
    /// `2024/01/05`
    Slashes,
    /// `20240105`
    Compact,
    /// `15 Oct 2023`, `Sun, 15 Oct 2023`
    DayFirst,
    /// `October 15, 2023`
    MonthFirst,
    /// `2024.01.05`, `31/12/2023`, `15.10.2023`: only Ruby reads these.
    Loose,
    /// `12/31/2023`: only JavaScript's `new Date` reads this.
    American,
    /// Typographic dashes, `12-31-2023`, `5 août 2024`, `2024年1月5日`: nobody reads these.
    Odd,
    /// `5 octobre 2024`: Ruby reads this for the first letters of the month.
    LikeEnglish,
}

/// What stands between day and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// `T`
    T,
    /// Blanks, or no time.
    Space,
    /// A colon, a comma …
    Other,
}

/// How the zone is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    None,
    /// `Z`, `UTC`, `GMT`
    Utc,
    /// `+0100`, `+01:00`, `+01`
    Offset,
    /// `CEST`, `Europe/Paris`: no fixed distance.
    Named,
}

/// A date with its spelling.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parsed<'a> {
    pub when: When,
    pub form: Form,
    pub separator: Separator,
    /// The separator is a colon, which nobody reads.
    pub colon: bool,
    /// Month, day, minute and second have two digits.
    pub padded: bool,
    /// The hour has two digits.
    pub padded_hour: bool,
    /// The time has seconds.
    pub seconds: bool,
    /// `.123`, as written.
    pub fraction: &'a str,
    pub zone: Zone,
    pub zone_colon: bool,
    /// No blank before the zone.
    pub zone_glued: bool,
    /// One of Go's layouts with a month's name.
    pub go_layout: bool,
}

/// A place in the text.
#[derive(Default)]
pub(super) struct Cursor<'a>(pub &'a str);

impl<'a> Cursor<'a> {
    pub fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let length = self.0.len() - self.0.trim_start_matches(wanted).len();
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    pub fn digits(&mut self) -> &'a str {
        self.take(|c| c.is_ascii_digit())
    }

    pub fn blanks(&mut self) -> &'a str {
        self.take(|c| c == ' ' || c == '\t')
    }

    pub fn eat(&mut self, wanted: char) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}
