//! front-matter/invalid-date: a date that does not exist, or that the generator cannot read.

use serde_json::Value;

use super::{untyped_date as untyped, write_date};
use crate::finding::{Confidence, Fix, Safety};
use crate::generators::data::KeyType;
use crate::page::front_matter::{
    DateReader, Dialect as YamlDialect, Entry, Format, FrontMatter, NotADate, date_proposal, is_iso_8601,
    read_as_quarto, read_by_new_date, read_date, time_apart,
};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::severity::Severity;
use crate::site::facts::Kind;

struct InvalidDate;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(InvalidDate))
}

impl PageRule for InvalidDate {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let sound = |front: &&FrontMatter| front.errors.is_empty() && !front.recovered;
        let Some(front) = page.front.filter(sound).filter(|_| page.facts.kind != Kind::Loose) else { return };
        let read = |name: &str| is_date_key(page, name) && !page.model.drops_key(page.facts, name);
        for (name, entry) in front.entries(page.text).filter(|(name, _)| read(name)) {
            if !page.model.wants_yaml_dates(page.facts) || !untyped::check(page, front, name, entry, report) {
                one(page, front, name, entry, report);
            }
        }
    }
}

/// True for a key that the generator reads a date from.
pub fn is_date_key(page: &Page<'_>, name: &str) -> bool {
    let data = page.generator.data();
    data.dates.iter().any(|known| known == name || (data.keys_ignore_case && known.eq_ignore_ascii_case(name)))
}

/// True for `2024`, `2024-05`, `May 2024`: where the words of a date may be any, these are one.
fn is_year_or_month(text: &str) -> bool {
    let parts = || text.split(['-', '/', '.', ',', ' ']).filter(|part| !part.is_empty());
    let is_year = |part: &&str| part.len() == 4 && part.parse::<u16>().is_ok_and(|year| (1900..2200).contains(&year));
    let is_month = |part: &&str| {
        part.len() <= 2 && part.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month))
            || part.len() >= 3 && part.chars().all(char::is_alphabetic)
    };
    let (years, months) = (parts().filter(is_year).count(), parts().filter(is_month).count());
    years == 1 && months <= 1 && years + months == parts().count()
}

/// True for `23 04 2020`, the numbers of a day in an order that Quarto knows (`dd MM yyyy`).
fn is_three_numbers(text: &str) -> bool {
    let mut parts = text.split_whitespace().map(str::parse::<u16>);
    let mut next = |most: u16| matches!(parts.next(), Some(Ok(number)) if (1..=most).contains(&number));
    next(31) && next(12) && next(2200) && parts.next().is_none()
}

/// True for a day that exists with minutes or seconds that do not (`2024-01-02 18:30:75`): js-yaml takes them for so many
/// more.
fn rolls_over(text: &str) -> bool {
    let is_time = |time: &str| {
        let mut parts = time.splitn(3, ':');
        let hour = parts.next().filter(|hour| hour.len() <= 2).and_then(|hour| hour.parse::<u8>().ok());
        let mut pair = || parts.next().and_then(|part| part.split_at_checked(2));
        let is_number = |pair: &str| pair.bytes().all(|byte| byte.is_ascii_digit());
        let minutes = pair().is_some_and(|(minutes, rest)| is_number(minutes) && rest.is_empty());
        let seconds = pair().is_some_and(|(seconds, rest)| {
            is_number(seconds)
                && rest.trim_start().bytes().all(|byte| byte.is_ascii_digit() || b".+-:Z".contains(&byte))
        });
        hour.is_some_and(|hour| hour < 24) && minutes && seconds
    };
    text.trim()
        .split_once(['T', 't', ' '])
        .is_some_and(|(day, time)| read_date(day, DateReader::JavaScript).is_ok() && is_time(time.trim_start()))
}

fn one(page: &Page<'_>, front: &FrontMatter, name: &str, entry: &Entry, report: &mut Reporter<'_>) {
    let Some(text) = entry.value.text(page.text) else { return };
    if text.contains("{{") || text.contains("{%") {
        return;
    }
    // `date: null` says that there is none.
    let plain = entry.value.span.of(page.text) == text;
    if plain && matches!(text.trim(), "null" | "Null" | "NULL" | "~") {
        return;
    }
    let data = page.generator.data();
    // `` `r Sys.Date()` `` is run before anything reads it.
    if data.dates_in_any_form && text.contains('`') {
        return;
    }
    if data.dates_in_any_form && (is_year_or_month(text) || is_three_numbers(text)) {
        return;
    }
    // A bare number is none.
    let number = plain && text.trim().bytes().all(|byte| byte.is_ascii_digit());
    if data.months_are_dates && !number && is_iso_8601(text) {
        return;
    }
    if data.date_words.iter().any(|word| word == text.trim()) {
        return;
    }
    // What is false is no date for JavaScript, which then looks further.
    let falsy = matches!(page.model.settings().yaml, YamlDialect::JsYaml3 | YamlDialect::JsYaml4);
    if falsy && matches!(text.trim(), "false" | "False" | "FALSE") {
        return;
    }
    // `published: true` is a switch.
    if matches!(text.trim(), "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
        && !name.eq_ignore_ascii_case("date")
    {
        return;
    }
    // Where the generator itself reads no date, a mere number is something else: an order.
    let own = data.keys.get(name).is_none_or(|key| key.types.contains(&KeyType::Date));
    if !own && text.trim().parse::<u16>().is_ok_and(|number| number < 1000) {
        return;
    }
    let reader = DateReader::of(page.model.settings().yaml);
    let proposal = date_proposal(text).filter(|new| read_date(new, reader).is_ok());
    // A reader of any form (dateutil) passes over apostrophes.
    let by_new_date = data.dates_by_new_date || page.model.reads_by_new_date(page.facts, name);
    let read = match (data.dates_in_any_form, by_new_date) {
        (true, true) => read_as_quarto(text),
        (true, _) => read_date(&time_apart(text.trim_matches('\'')), reader),
        (_, true) => read_by_new_date(text),
        _ => read_date(text, reader),
    };
    // JavaScript takes the first number for the month, as everybody does who writes it so.
    let month_first = by_new_date && text.contains('/') && read == Err(NotADate::Ambiguous);
    let message = match read {
        Ok(_) | Err(NotADate::Empty | NotADate::Placeholder) => return,
        Err(NotADate::Ambiguous) if data.dates_in_any_form => return,
        Err(NotADate::OtherSpelling(_)) if data.dates_in_any_form && !by_new_date => return,
        // Shown as it is written.
        Err(NotADate::OtherSpelling(_) | NotADate::Ambiguous | NotADate::Unreadable)
            if page.model.is_text(page.facts, name) =>
        {
            return;
        }
        Err(NotADate::Impossible) => format!("`{text}` is a day or time that does not exist"),
        Err(NotADate::OtherSpelling(_)) => format!("`{text}` is a date in a form that {} does not read", data.title),
        Err(NotADate::Ambiguous) => format!("`{text}` does not say which number is the month"),
        Err(NotADate::Unreadable) => format!("`{text}` is no date that {} can read", data.title),
    };
    let help = match &proposal {
        Some(new) => format!("write `{new}`"),
        None => "write year, month and day as in `2024-01-31`, and a time as in `2024-01-31 18:30:00 +0100`".to_owned(),
    };
    let fix = proposal.and_then(|new| {
        let (span, written) = write_date(front, page.text, &entry.value, &new)?;
        Some(Fix::replace(format!("write `{new}`"), Safety::Safe, page.file(), span, written))
    });
    let rolled = falsy && plain && front.format == Format::Yaml && rolls_over(text);
    let note = match rolled {
        _ if month_first => "JavaScript takes the first number for the month; people elsewhere read a day",
        true => "js-yaml counts on from there: the page has a time that nobody wrote",
        false if data.dates_in_any_form && by_new_date => "readers see `Invalid Date` in its place",
        false => "the build stops, or the page is sorted and addressed by a wrong day",
    };
    let draft = report.at(page.file(), entry.value.span, message).note(note).help(help).maybe_fix(fix);
    let draft = match (month_first, rolled) {
        (true, _) => draft.at_most(Severity::Hint),
        (_, true) => draft.at_most(Severity::Warning),
        _ => draft,
    };
    // Of other pages and other keys the generator itself reads no date: a template may.
    let read = name.eq_ignore_ascii_case("date") && page.facts.kind != Kind::Page;
    if read { draft.done() } else { draft.confidence(Confidence::Medium).done() }
}
