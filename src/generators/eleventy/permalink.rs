//! Permalinks with template tags: `/{{ page.date | date: "%Y/%m" }}/{{ title | slugify }}/`.
//!
//! What is made of literals, of the page's own values and of known filters is worked out; of everything else only the
//! start of the address is known.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::code::Code;
use super::slugify::{slug, slugify};
use crate::generators::calendar;
use crate::page::dialect::Templates;
use crate::page::templates::{self, Argument, Filter, Syntax, TemplateCall};

/// What the tags may ask for.
pub struct Page<'a> {
    /// `page.fileSlug`.
    pub slug: &'a str,
    /// `page.filePathStem`.
    pub stem: &'a str,
    /// `page.date`.
    pub date: Option<DateTime>,
    /// The value of a key of the page's data.
    pub key: &'a dyn Fn(&str) -> Option<String>,
    /// Where filters are defined.
    pub code: &'a Code,
}

/// The permalink, or its literal start.
pub fn expand(template: &str, page: &Page<'_>) -> Result<String, String> {
    let mut out = String::with_capacity(template.len() + 16);
    let mut at = 0;
    for call in templates::calls(template, Templates::Liquid) {
        let span = call.span.range();
        out.push_str(template.get(at..span.start).unwrap_or_default());
        at = span.end;
        match value(template, &call, page) {
            Some(text) => out.push_str(&text),
            None => return Err(out),
        }
    }
    out.push_str(template.get(at..).unwrap_or_default());
    Ok(out)
}

/// The permalink of the first page of several, or of the others: what stands in
/// `{% if pagination.pageNumber > 0 %}…{% endif %}` is for these.
pub fn of_page(template: String, first: bool) -> String {
    let template = if template.contains("{{ if ") { without_vento(&template) } else { template };
    let Some((before, rest)) = template.split_once("{%") else { return template };
    let Some((condition, rest)) = rest.split_once("%}") else { return template };
    let words: String = condition.trim_matches(['-', ' ']).split_whitespace().collect();
    let of_others: bool = match words.strip_prefix("ifpagination.pageNumber") {
        Some(">0" | ">=1" | "!=0" | "") => true,
        Some("==0" | "<1") => false,
        _ => return template,
    };
    let leaves_out = of_others == first;
    let Some((inside, end)) = rest.split_once("{%") else { return template };
    let is = |tag: &str, word: &str| tag.split("%}").next().is_some_and(|tag| tag.trim_matches(['-', ' ']) == word);
    let behind = |tag: &str| tag.split_once("%}").map_or_else(String::new, |(_, behind)| behind.to_owned());
    if is(end, "endif") {
        let kept = if leaves_out { "" } else { inside };
        return format!("{before}{kept}{}", behind(end));
    }
    let other = behind(end);
    match other.split_once("{%") {
        Some((other, end_of)) if is(end, "else") && is(end_of, "endif") => {
            let kept = if leaves_out { other } else { inside };
            format!("{before}{kept}{}", behind(end_of))
        }
        _ => template,
    }
}

/// Conditions of Vento, `{{ if x }}…{{ /if }}`, as Liquid and Nunjucks write them.
fn without_vento(template: &str) -> String {
    let tags = [("{{ if ", "{% if "), ("{{ /if }}", "{% endif %}"), ("{{ else }}", "{% else %}")];
    let mut out = tags.iter().fold(template.to_owned(), |text, (vento, liquid)| text.replace(vento, liquid));
    if let Some(end) = out.find("{% if ").and_then(|at| Some(at + out.get(at..)?.find("}}")?)) {
        out.replace_range(end..end + 2, "%}");
    }
    out
}

enum Piece {
    Text(String),
    Date(DateTime),
}

fn value(raw: &str, call: &TemplateCall, page: &Page<'_>) -> Option<String> {
    let [one] = &*call.arguments else { return None };
    if call.syntax != Syntax::Output {
        return None;
    }
    let mut piece = start(raw, one, page)?;
    for filter in &*call.filters {
        piece = filtered(raw, piece, filter, page)?;
    }
    match piece {
        Piece::Text(text) => Some(text),
        Piece::Date(_) => None,
    }
}

fn start(raw: &str, argument: &Argument, page: &Page<'_>) -> Option<Piece> {
    let text = argument.value.of(raw);
    if argument.quote.is_some() {
        return Some(Piece::Text(text.to_owned()));
    }
    Some(match text {
        "page.fileSlug" => Piece::Text(page.slug.to_owned()),
        "page.filePathStem" => Piece::Text(page.stem.to_owned()),
        "page.date" | "date" => Piece::Date(page.date?),
        key => Piece::Text((page.key)(key)?),
    })
}

fn filtered(raw: &str, piece: Piece, filter: &Filter, page: &Page<'_>) -> Option<Piece> {
    let name = filter.name.of(raw);
    let argument = || filter.arguments.first().filter(|a| a.quote.is_some()).map(|a| a.value.of(raw));
    Some(Piece::Text(match (piece, name) {
        // Liquid's own, which knows no pattern without `%`.
        (Piece::Date(date), "date") if page.code.filter("date").is_none() => {
            calendar::strftime(date, argument().filter(|pattern| pattern.contains('%'))?)?
        }
        (Piece::Date(date), own) => {
            let code = page.code.filter(own)?;
            by_code(code, argument(), in_zone(date, code)?)?
        }
        (Piece::Text(text), "slugify") if page.code.filter("slugify").is_none() => slugify(&text),
        (Piece::Text(text), "slug") if page.code.filter("slug").is_none() => slug(&text),
        (Piece::Text(text), "downcase" | "lower") => text.to_lowercase(),
        (Piece::Text(text), "append") => format!("{text}{}", argument()?),
        (Piece::Text(text), "prepend") => format!("{}{text}", argument()?),
        _ => return None,
    }))
}

/// The date in the time zone that a filter's code names; nothing where code makes the name.
fn in_zone(date: DateTime, code: &str) -> Option<DateTime> {
    let named = ["zone:", "timeZone:", "setZone("].iter().find_map(|sign| code.split_once(sign));
    let Some((_, rest)) = named else { return Some(date) };
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let name = rest.get(1..)?.split(quote).next()?;
    let zone = TimeZone::get(name).ok()?;
    Some(zone.to_datetime(TimeZone::UTC.to_timestamp(date).ok()?))
}

/// A filter of the site's own that writes a date: by the pattern in its text, or by how it takes an ISO date apart.
fn by_code(text: &str, argument: Option<&str>, date: DateTime) -> Option<String> {
    for call in ["toFormat(", ".format("] {
        let Some((_, pattern)) = text.split_once(call) else { continue };
        if let Some(quote) = pattern.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
            let pattern = pattern.get(1..)?.split(quote).next()?;
            return tokens(pattern, date);
        }
        // The name of what the permalink hands over.
        let name = pattern.split([')', ',']).next().unwrap_or_default();
        if let Some(pattern) = argument.filter(|_| name.chars().all(char::is_alphanumeric)) {
            return tokens(pattern, date);
        }
    }
    if text.contains("nunjucks-date-filter") {
        return tokens(argument?, date);
    }
    let iso = format!("{}-{}-{}", calendar::year(date), calendar::two(date.month()), calendar::two(date.day()));
    if !text.contains("toISOString()") {
        return None;
    }
    let slashes = text.contains("split('-').join('/')") || text.contains("split(\"-\").join(\"/\")");
    let slashes = slashes || text.contains("replace(/-/g, '/')") || text.contains("replaceAll('-', '/')");
    let day = text.contains("split('T')[0]") || text.contains("split(\"T\")[0]") || text.contains("slice(0, 10)");
    day.then(|| if slashes { iso.replace('-', "/") } else { iso })
}

/// Luxon's and Day.js' patterns, as far as they are digits: `yyyy/MM/dd`, `YYYY-MM-DD`.
fn tokens(pattern: &str, date: DateTime) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let behind = rest.trim_start_matches(c);
        let length = (rest.len() - behind.len()) / c.len_utf8();
        match (c, length) {
            ('y' | 'Y', 4) | ('y', 1) => out.push_str(&calendar::year(date)),
            ('y' | 'Y', 2) => out.push_str(calendar::year(date).get(2..)?),
            ('M' | 'L', 2) => out.push_str(&calendar::two(date.month())),
            ('M' | 'L', 1) => out.push_str(&date.month().to_string()),
            ('d' | 'D', 2) => out.push_str(&calendar::two(date.day())),
            ('d' | 'D', 1) => out.push_str(&date.day().to_string()),
            _ if c.is_alphabetic() => return None,
            _ => out.push_str(rest.get(..rest.len() - behind.len())?),
        }
        rest = behind;
    }
    Some(out)
}
