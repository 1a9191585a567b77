//! Permalink patterns: `/:year/:sections[1:]/:slug/`.
//!
//! Source: the page "Permalinks" of Hugo's manual, and what Hugo does with the patterns of the test site.

use jiff::civil::DateTime;
use percent_encoding::percent_decode_str;

use super::paths::Spelling;
use crate::generators::calendar;

/// Kinds of pages that patterns can be given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The home page; patterns do not change it.
    Home,
    /// A page with content of its own.
    Page,
    /// The list of a section.
    Section,
    /// The list of a taxonomy's terms.
    Taxonomy,
    /// The list of a term's pages.
    Term,
}

impl Kind {
    /// The kind of that name in the configuration.
    #[must_use]
    pub fn named(name: &str) -> Option<Kind> {
        Some(match name {
            "page" => Kind::Page,
            "section" => Kind::Section,
            "taxonomy" => Kind::Taxonomy,
            "term" => Kind::Term,
            _ => return None,
        })
    }

    /// Its name in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Home => "home",
            Kind::Page => "page",
            Kind::Section => "section",
            Kind::Taxonomy => "taxonomy",
            Kind::Term => "term",
        }
    }
}

/// What the tokens stand for.
#[derive(Debug, Clone, Default)]
pub struct Parts<'a> {
    /// The page's date; Hugo's zero date (1 January of the year 1) where it has none.
    pub date: Option<DateTime>,
    /// The folders that are sections, outermost first.
    pub sections: Vec<&'a str>,
    /// `title`.
    pub title: &'a str,
    /// `slug`.
    pub slug: Option<&'a str>,
    /// The file's name without language and extension, or its folder's for a bundle.
    pub basename: &'a str,
}

/// Expands the pattern. Hugo fails on tokens that it does not know: of such a pattern only the folder before the first of
/// them is left, as before a title of which nobody knows how it is spelt.
pub fn expand(pattern: &str, parts: &Parts<'_>, spelling: Spelling) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some((before, token)) = rest.split_once(':') {
        out.push_str(before);
        let name_end = token.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(token.len());
        let (name, after) = token.split_at(name_end);
        let range_end = if after.starts_with('[') { after.find(']').map_or(0, |at| at + 1) } else { 0 };
        let (range, after) = after.split_at(range_end);
        match value(name, range, parts, spelling) {
            Some(text) => out.push_str(&text),
            // `:` alone, or before a sign, is text.
            None if name.is_empty() => out.extend([":", range]),
            None => {
                out.truncate(out.rfind('/').map_or(0, |at| at + 1));
                return Err(out);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// True for an address (without slashes around it) that the pattern may make: `/blog/tag/:slug` → `blog/tag/rust`.
#[must_use]
pub fn may_make(pattern: &str, bare: &str) -> bool {
    let mut parts = bare.split('/');
    let fits = |wanted: &str| {
        parts.next().is_some_and(|part| if wanted.contains(':') { !part.is_empty() } else { part == wanted })
    };
    pattern.trim_matches('/').split('/').all(fits) && parts.next().is_none()
}

/// The first token of a pattern that Hugo does not know.
#[must_use]
pub fn unknown_token(pattern: &str) -> Option<&str> {
    let parts = Parts::default();
    let names = pattern.split(':').skip(1).map(|after| {
        after
            .get(..after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len()))
            .unwrap_or_default()
    });
    // What stands in brackets is a slice: `:sections[1:last]`.
    let mut names =
        names.filter(|name| !name.is_empty() && *name != "last" && !name.bytes().all(|b| b.is_ascii_digit()));
    names.find(|name| value(name, "", &parts, Spelling::default()).is_none())
}

fn value(name: &str, range: &str, parts: &Parts<'_>, spelling: Spelling) -> Option<String> {
    let date = parts.date.unwrap_or(DateTime::constant(1, 1, 1, 0, 0, 0, 0));
    // Escapes are resolved here, and only here: `%c3%a9` is `é` in a pattern and stays as it is without one.
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let slug = || parts.slug.map(|slug| spelling.text(&plain(slug)));
    Some(match name {
        "year" => date.year().to_string(),
        "month" => calendar::two(date.month()),
        "monthname" => calendar::month_name(date).to_lowercase(),
        "day" => calendar::two(date.day()),
        "weekday" => date.weekday().to_sunday_zero_offset().to_string(),
        "weekdayname" => calendar::weekday_name(date).to_lowercase(),
        "yearday" => date.day_of_year().to_string(),
        "section" | "sectionslug" => parts.sections.first().map(|name| spelling.file(name)).unwrap_or_default(),
        "sections" | "sectionslugs" => {
            let slice = slice(&parts.sections, range);
            slice.iter().map(|name| spelling.file(name)).collect::<Vec<_>>().join("/")
        }
        "title" => spelling.title(&plain(parts.title))?,
        "slug" => slug().map_or_else(|| spelling.title(&plain(parts.title)), Some)?,
        "filename" | "contentbasename" => spelling.file(parts.basename),
        "slugorfilename" | "slugorcontentbasename" => slug().unwrap_or_else(|| spelling.file(parts.basename)),
        layout => formatted(layout, date)?.to_lowercase(),
    })
}

/// `[1:]`, `[:1]`, `[0]`, `[last]`, `[1:last]` of the sections; an upper bound is exclusive.
fn slice<'s, 'a>(sections: &'s [&'a str], range: &str) -> &'s [&'a str] {
    let Some(inner) = range.strip_prefix('[').and_then(|range| range.strip_suffix(']')) else { return sections };
    let length = sections.len();
    let last = length.saturating_sub(1);
    let index = |text: &str, empty: usize| match text {
        "" => empty,
        "last" => last,
        number => number.parse::<usize>().unwrap_or(length).min(length),
    };
    let (from, to) = match inner.split_once(':') {
        Some((from, to)) => (index(from, 0), index(to, length)),
        None => (index(inner, 0), index(inner, 0).saturating_add(1).min(length)),
    };
    sections.get(from..to).unwrap_or_default()
}

/// A token that is a layout of Go's `time` package: `:2006`, `:01`, `:January`.
fn formatted(layout: &str, date: DateTime) -> Option<String> {
    let mut out = String::new();
    let mut rest = layout;
    let mut known = false;
    // Longest first, so that `2006` is not read as `2`, `006`.
    const PIECES: [&str; 17] = [
        "January", "Monday", "2006", "002", "Jan", "Mon", "01", "02", "03", "04", "05", "06", "15", "1", "2", "4", "5",
    ];
    while let Some(c) = rest.chars().next() {
        let piece = PIECES.iter().find(|piece| rest.starts_with(**piece));
        let step = piece.map_or(c.len_utf8(), |piece| piece.len());
        match piece {
            Some(piece) => {
                known = true;
                out.push_str(&date_piece(piece, date));
            }
            None => out.push(c),
        }
        rest = rest.get(step..).unwrap_or_default();
    }
    known.then_some(out)
}

fn date_piece(piece: &str, date: DateTime) -> String {
    match piece {
        "January" => calendar::month_name(date).to_owned(),
        "Jan" => calendar::short(calendar::month_name(date)).to_owned(),
        "Monday" => calendar::weekday_name(date).to_owned(),
        "Mon" => calendar::short(calendar::weekday_name(date)).to_owned(),
        "2006" => calendar::year(date),
        "06" => calendar::short_year(date),
        "01" => calendar::two(date.month()),
        "1" => date.month().to_string(),
        "002" => calendar::day_of_year(date),
        "02" => calendar::two(date.day()),
        "2" => date.day().to_string(),
        "15" => calendar::two(date.hour()),
        "03" => calendar::two((date.hour() + 11) % 12 + 1),
        "04" => calendar::two(date.minute()),
        "4" => date.minute().to_string(),
        "05" => calendar::two(date.second()),
        _ => date.second().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pattern: &str, sections: &[&str]) -> String {
        let date = Some(DateTime::constant(2024, 12, 25, 23, 30, 0, 0));
        let parts = Parts { date, sections: sections.to_vec(), title: "A Title", slug: None, basename: "File Name" };
        expand(pattern, &parts, Spelling::default()).unwrap_or_else(|below| format!("{below}…"))
    }

    #[test]
    fn tokens_are_replaced() {
        assert_eq!(with("/:year/:month/:monthname/:day/:yearday/", &[]), "/2024/12/december/25/360/");
        assert_eq!(with("/:weekday-:weekdayname/:slug/:title", &[]), "/3-wednesday/a-title/a-title");
        assert_eq!(with("/:2006/:06/:1/:2/:January/:002", &[]), "/2024/24/12/25/december/360");
        assert_eq!(with("/:slugorcontentbasename/x:unheard/y", &[]), "/file-name/…");
        assert_eq!(unknown_token("/:sections[1:last]/:unheard[0]/"), Some("unheard"));
    }

    #[test]
    fn sections_can_be_sliced() {
        let all = ["docs", "a", "b"];
        assert_eq!(with("/:section/:sections", &all), "/docs/docs/a/b");
        assert_eq!(with("/:sections[0]/:sections[last]/:sections[1:]", &all), "/docs/b/a/b");
        assert_eq!(with("/:sections[1:last]/:sections[:1]/:sections[7]", &all), "/a/docs/");
    }
}
