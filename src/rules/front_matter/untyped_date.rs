//! A part of front-matter/invalid-date, for pages whose dates YAML itself has to read (the posts of Material's blog): a text
//! that says a day all the same, in quotes or with slashes, stops the build.

use super::write_date;
use crate::finding::{Fix, Safety};
use crate::page::front_matter::{DateReader, Entry, FrontMatter, Node, NodeKind, Style, date_proposal, read_date};
use crate::rules::page::Page;
use crate::rules::rule::Reporter;

/// Reports what is no date of YAML's below this key; true where something was.
pub fn check(page: &Page<'_>, front: &FrontMatter, name: &str, entry: &Entry, report: &mut Reporter<'_>) -> bool {
    let NodeKind::Map(inner) = &entry.value.kind else { return one(page, front, name, &entry.value, report) };
    if !inner.is_empty() && !inner.iter().any(|entry| entry.name(page.text) == "created") {
        let message = format!("`{name}` does not say when the post was `created`");
        report
            .at(page.file(), entry.key.span, message)
            .note("the site cannot be built with it")
            .help("add `created: 2024-01-31` below it")
            .done();
        return true;
    }
    let mut told = false;
    for entry in inner {
        let name = format!("{name}.{}", entry.name(page.text));
        told |= one(page, front, &name, &entry.value, report);
    }
    told
}

fn one(page: &Page<'_>, front: &FrontMatter, name: &str, node: &Node, report: &mut Reporter<'_>) -> bool {
    let (Some(scalar), None) = (node.scalar(), node.tag) else { return false };
    let text = scalar.text(page.text).trim();
    if text.is_empty() || scalar.style == Style::Plain && is_timestamp(text) {
        return false;
    }
    let day = if is_timestamp(text) { Some(text.to_owned()) } else { date_proposal(text) };
    let day = day.filter(|day| is_timestamp(day) && read_date(day, DateReader::Ruby).is_ok());
    // A day that does not exist is told as one.
    if day.is_none() && is_timestamp(text) {
        return false;
    }
    let place = match scalar.style {
        Style::Single | Style::Double => Some((node.span, day.clone())),
        _ => {
            day.as_deref().and_then(|day| write_date(front, page.text, node, day)).map(|(span, new)| (span, Some(new)))
        }
    };
    let fix = place.and_then(|(span, new)| {
        let new = new?;
        Some(Fix::replace(format!("write `{new}`"), Safety::Safe, page.file(), span, new))
    });
    let help = match &day {
        Some(day) => format!("write `{day}`, without quotes"),
        None => "write year, month and day as in `2024-01-31`, without quotes".to_owned(),
    };
    let written = node.span.of(page.text).trim();
    report
        .at(page.file(), node.span, format!("`{name}: {written}` is a text to YAML, and no date"))
        .note("the site cannot be built with it")
        .help(help)
        .maybe_fix(fix)
        .done();
    true
}

/// What PyYAML takes for a day, or a day with a time.
fn is_timestamp(text: &str) -> bool {
    let day = text.get(..10).unwrap_or_default();
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = day.split('-');
    let whole = matches!((parts.next(), parts.next(), parts.next(), parts.next()), (Some(y), Some(m), Some(d), None)
        if digits(y, 4) && digits(m, 2) && digits(d, 2));
    // Before a time one digit is enough.
    let begins = || text.split_once('-').is_some_and(|(year, _)| digits(year, 4));
    whole && text.len() == 10 || text.matches(':').count() >= 2 && begins()
}
