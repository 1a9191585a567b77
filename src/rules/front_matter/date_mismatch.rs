//! front-matter/date-mismatch: the front matter's day is not the file name's.

use jiff::civil::Date;
use serde_json::Value;

use super::write_date;
use crate::discover::{file_name, parent, without_extension};
use crate::finding::{Confidence, Fix, Safety, Severity};
use crate::page::front_matter::{DateReader, Entry, FrontMatter, When, read_date};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::facts::Kind;

struct DateMismatch;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(DateMismatch))
}

impl PageRule for DateMismatch {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let Some(front) = page.front.filter(|_| page.facts.kind == Kind::Post) else { return };
        let (what, name) = name(&page.facts.path);
        let Some((written, day)) = day_of_name(name) else { return };
        // Whoever has to begin a name with a date and has none writes zeroes.
        if day.year() <= 1 || is_numbered(page, day.day(), written.len() == without_extension(name).len()) {
            return;
        }
        let entry = match page.generator.data().keys_ignore_case {
            true => front.entry_ignoring_case(page.text, "date"),
            false => front.entry(page.text, "date"),
        };
        let Some(entry) = entry else { return };
        let Some(text) = entry.value.text(page.text) else { return };
        let Ok(when) = read_date(text, DateReader::of(page.model.settings().yaml)) else { return };
        let days = (when.date - day).get_days().abs();
        // A post written late in the evening has another day in another time zone.
        let explained = days == 1 && (when.time.is_some() || when.offset.is_some());
        if days == 0 || explained {
            return;
        }
        let folders_agree = lies_in_month(&page.facts.path, when.date) && !lies_in_month(&page.facts.path, day);
        let fix = if folders_agree { None } else { repair(page, front, entry, &when, day) };
        let draft = report
            .at(page.file(), entry.value.span, format!("the {what} name says `{written}` and this is `{}`", when.date))
            .note("readers see one date, and whoever looks for the file goes by the other")
            .help(format!("write `{day}` if the {what} name is right, else rename it to `{}-…`", when.date))
            .maybe_fix(fix);
        // A draft's date is that of no day yet; programs write one all the same.
        let draft = match page.facts.key("draft").and_then(|key| key.text()) == Some("true") {
            true => draft.at_most(Severity::Hint),
            false => draft,
        };
        // A post that was begun on one day and finished on another: its name keeps the first.
        // So is one that is published months later; nobody sets the day back by a slip.
        let begun = days <= WEEKS || when.date > day;
        let draft = if begun && !is_slip(when.date, day) || is_swapped(when.date, day) {
            draft.at_most(Severity::Hint)
        } else {
            draft
        };
        if days == 1 { draft.confidence(Confidence::Medium).done() } else { draft.done() }
    }
}

/// True where the number behind year and month is the episode's, not the day: the front matter says so, or the title begins
/// with it, or holds it where the name has nothing else (`bare`).
fn is_numbered(page: &Page<'_>, number: i8, bare: bool) -> bool {
    const KEYS: [&str; 6] = ["episode", "episode_number", "ep", "number", "issue", "no"];
    let is_it = |text: &str| text.trim().trim_start_matches('#').parse::<i8>() == Ok(number);
    let first = |title: &str| {
        let end = title.find(|c: char| !c.is_ascii_digit()).unwrap_or(title.len());
        // `016`, and not the first of `16 ways`.
        let (digits, _) = title.split_at(end);
        digits.len() > 2 && is_it(digits)
    };
    KEYS.iter().any(|key| page.facts.key(key).and_then(|key| key.text()).is_some_and(is_it))
        || page.facts.title().is_some_and(|title| {
            first(&title.text) || bare && title.text.split(|c: char| !c.is_ascii_digit()).any(is_it)
        })
}

/// True for `2020/02/a-post.md` and a day of February 2020: the folders make the address, and the name is the odd one.
fn lies_in_month(path: &str, day: Date) -> bool {
    let mut folders = parent(path).split('/').zip(parent(path).split('/').skip(1));
    folders.any(|(year, month)| {
        year.parse() == Ok(day.year()) && year.len() == 4 && month.len() == 2 && month.parse() == Ok(day.month())
    })
}

/// So many days a post may take to be written.
const WEEKS: i32 = 31;

/// True where one number of the two differs: `2024-01-05` and `2023-01-05`.
fn is_slip(a: Date, b: Date) -> bool {
    a.day() == b.day() && (a.month() == b.month() || a.year() == b.year())
}

/// True where one digit of the two differs.
fn is_one_digit(a: Date, b: Date) -> bool {
    let (a, b) = (a.to_string(), b.to_string());
    a.bytes().zip(b.bytes()).filter(|(one, other)| one != other).count() == 1
}

/// True for `2024-01-12` and `2024-12-01`: folders may be named so throughout.
fn is_swapped(a: Date, b: Date) -> bool {
    a.year() == b.year() && a.day() == b.month() && a.month() == b.day()
}

/// What is named after the day: the file, or the folder of a bundle (`2024-01-31-a-post/index.fr.md`).
fn name(path: &str) -> (&'static str, &str) {
    match file_name(path) {
        index if index.starts_with("index.") => ("folder's", file_name(parent(path))),
        name => ("file", name),
    }
}

/// The date at the start of a post's file name, as written and as a day: `2024-1-31-a-post.md`.
fn day_of_name(name: &str) -> Option<(&str, Date)> {
    let mut fields = [0_i16; 3];
    let mut at = 0;
    let mut dots = false;
    for (field, most) in fields.iter_mut().zip([4, 2, 2]) {
        let digits = name.bytes().skip(at).take(most).take_while(u8::is_ascii_digit).count();
        // `2025.1.1` is a version.
        if digits == 0 || (most == 4 || dots) && digits < most {
            return None;
        }
        *field = name.get(at..at + digits)?.parse().ok()?;
        at += digits + 1;
        if !matches!(name.as_bytes().get(at - 1), Some(b'-' | b'_' | b'.')) {
            return None;
        }
        dots |= most == 4 && name.as_bytes().get(at - 1) == Some(&b'.');
    }
    let [year, month, day] = fields;
    let day = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    Some((name.get(..at - 1)?, day))
}

/// The file name's day in the place of the other; the time stays.
fn repair(page: &Page<'_>, front: &FrontMatter, entry: &Entry, when: &When, day: Date) -> Option<Fix> {
    let text = entry.value.text(page.text)?;
    let new = match text.trim().strip_prefix(when.date.to_string().as_str()) {
        Some(rest) => format!("{day}{rest}"),
        None if when.time.is_none() => day.to_string(),
        None => return None,
    };
    let (span, written) = write_date(front, page.text, &entry.value, &new)?;
    // Two days that differ in more than a digit are two days that were meant.
    let safety =
        if is_one_digit(when.date, day) || is_swapped(when.date, day) { Safety::Unsafe } else { Safety::Manual };
    Some(Fix::replace(format!("write the day of the name, `{day}`"), safety, page.file(), span, written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_file_names() {
        let day = |name| day_of_name(name).map(|(written, day)| (written, day.to_string()));
        assert_eq!(day("2024-1-31-a.md"), Some(("2024-1-31", "2024-01-31".to_owned())));
        assert_eq!(day("2019-02-06_a.md"), Some(("2019-02-06", "2019-02-06".to_owned())));
        assert_eq!(day("2024.01.31.md"), Some(("2024.01.31", "2024-01-31".to_owned())));
        assert_eq!(day("2025.1.1-changelog.md"), None);
        assert_eq!(day("2024-02-30-a.md"), None);
        assert_eq!(day("24-02-03-a.md"), None);
        assert_eq!(day("2024-02"), None);
        assert_eq!(day("a-2024-02-03.md"), None);
    }
}
