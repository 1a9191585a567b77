//! Paths of sources and of pages, as Eleventy makes one of the other.

use jiff::civil::DateTime;

use crate::discover::{file_name, join, parent, without_extension};

/// Formats that become pages; other formats are copied.
pub const TEMPLATES: [&str; 11] =
    ["md", "html", "liquid", "njk", "hbs", "mustache", "ejs", "haml", "pug", "webc", "vto"];

/// `2024-01-05` as a day.
pub fn day(text: &str) -> Option<DateTime> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { *b == b'-' } else { b.is_ascii_digit() });
    shaped.then(|| text.parse::<jiff::civil::Date>().ok()).flatten().map(|date| date.at(0, 0, 0, 0))
}

/// A name without a date and what stands before it.
pub fn undated(name: &str) -> &str {
    let starts = 0..name.len().saturating_sub(10);
    let mut dates = starts.filter(|at| {
        let digits = |from: usize, to: usize| {
            name.as_bytes().get(at + from..at + to).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
        };
        let hyphen = |place: usize| name.as_bytes().get(at + place) == Some(&b'-');
        digits(0, 4) && hyphen(4) && digits(5, 7) && hyphen(7) && digits(8, 10) && hyphen(10)
    });
    dates.next().and_then(|at| name.get(at + 11..)).unwrap_or(name)
}

/// The path below a folder.
pub fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    match folder {
        "" => Some(path),
        folder if path == folder => Some(""),
        folder => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

/// The address of a page without a permalink.
pub fn usual(inside: &str) -> String {
    let (folder, name) = (parent(inside), file_name(without_extension(inside)));
    let bare = name == "index" || (!folder.is_empty() && file_name(folder) == name);
    rooted(&if bare { folder.to_owned() + "/" } else { format!("{}/", join(folder, name)) })
}

/// A path from the root.
pub fn rooted(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}
