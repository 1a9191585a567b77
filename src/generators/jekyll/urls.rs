//! Jekyll's URLs: permalink styles, placeholders, slugs.
//!
//! Source: jekyll 4.3 `lib/jekyll/{url,utils,document,page}.rb`, `lib/jekyll/drops/url_drop.rb`, and the page
//! "Permalinks" of its documentation.

use jiff::civil::DateTime;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::discover::file_name;
use crate::generators::calendar;

/// What `URL.escape_path` leaves as it is: `pchar` of RFC 3986 and the slash.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// The template behind the name of a permalink style; any other text is a template itself.
#[must_use]
pub fn style(name: &str) -> &str {
    match name {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        other => other,
    }
}

/// What the site's permalink style adds to the URLs of pages and of collections without one of their own.
#[must_use]
pub fn suffix(permalink: &str) -> &'static str {
    match permalink {
        "pretty" => "/",
        // `weekdate` is missing here in Jekyll too: pages of such a site are asked for without their extension.
        "date" | "ordinal" | "none" => ":output_ext",
        template if template.ends_with('/') => "/",
        template if template.ends_with(":output_ext") => ":output_ext",
        _ => "",
    }
}

/// Which characters a slug keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slug {
    /// Letters, marks and decimal digits.
    Default,
    /// Also ``._~!$&'()+,;=@``, and the case is kept: for `:title`.
    Title,
}

/// `Jekyll::Utils.slugify`: runs of other characters become a hyphen; one at each end goes away.
#[must_use]
pub fn slugify(text: &str, mode: Slug) -> String {
    let keep = |c: char| {
        c.is_ascii_alphanumeric()
            || (mode == Slug::Title && "._~!$&'()+,;=@".contains(c))
            || (!c.is_ascii() && (c.is_alphabetic() || is_mark(c) || is_decimal(c)))
    };
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if keep(c) {
            if std::mem::take(&mut gap) {
                out.push('-');
            }
            out.push(c);
        } else {
            gap = true;
        }
    }
    if gap {
        out.push('-');
    }
    let out = out.strip_prefix('-').unwrap_or(&out);
    let out = out.strip_suffix('-').unwrap_or(out);
    if mode == Slug::Title { out.to_owned() } else { out.to_lowercase() }
}

/// `\p{M}`.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// `\p{Nd}` beyond ASCII: decimal digits are numeric, have the value 0–9 and no fraction; letters and marks were asked
/// before. The blocks of digits are runs of ten.
fn is_decimal(c: char) -> bool {
    c.is_numeric()
        && !matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}' | '\u{2070}'..='\u{218b}' | '\u{2460}'..='\u{2793}' | '\u{3007}'..='\u{32bf}')
}

/// What stands behind the placeholders of one document.
#[derive(Debug, Default, Clone)]
pub struct Parts<'a> {
    /// `:path`: for documents the path in the collection without the extension, for pages the folder.
    pub path: &'a str,
    /// `:basename` of pages and `:name` of documents: the file's name without extension.
    pub basename: &'a str,
    /// The slug of the front matter or the file name, for `:title` and `:slug`.
    pub slug: &'a str,
    /// `:title` is the slug as it is, which Jekyll did before 3.
    pub raw_title: bool,
    /// `:collection`.
    pub collection: &'a str,
    /// `:categories` and `:slugified_categories`, in order.
    pub categories: &'a [String],
    /// The document's date and time in the site's time zone.
    pub date: Option<DateTime>,
    /// `.html`, or what the file becomes.
    pub output_ext: &'a str,
}

/// Fills the permalink template of a page in; a placeholder that Jekyll does not know stays as it is.
#[must_use]
pub fn expand(template: &str, parts: &Parts<'_>) -> String {
    fill(template, parts, &mut None)
}

/// Fills the permalink template of a post or an item in: `/:year/:title/` → `/2024/a-post/`. One with a placeholder that
/// has no value here stops the build, unless a plugin of the site knows it: then the address is known as far as the
/// folder before it.
pub fn expand_document(template: &str, parts: &Parts<'_>) -> Result<String, String> {
    let mut unknown = None;
    let url = fill(template, parts, &mut unknown);
    match unknown.map(|at| url.get(..at).and_then(|start| Some(start.rsplit_once('/')?.0))) {
        None => Ok(url),
        Some(start) => Err(format!("{}/", start.unwrap_or_default())),
    }
}

/// The first placeholder of a template that Jekyll knows of no document.
#[must_use]
pub fn unknown_placeholder(template: &str) -> Option<&str> {
    let any = DateTime::constant(2024, 1, 1, 0, 0, 0, 0);
    let parts = Parts { date: Some(any), ..Parts::default() };
    let mut names = template.split(':').skip(1).map(|after| {
        after
            .get(..after.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(after.len()))
            .unwrap_or_default()
    });
    names.find(|name| {
        !name.is_empty() && !(1..=name.len()).any(|n| name.get(..n).is_some_and(|n| value(n, &parts).is_some()))
    })
}

/// `unknown` becomes the place of the first placeholder that has no value.
fn fill(template: &str, parts: &Parts<'_>, unknown: &mut Option<usize>) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    out.push('/');
    let mut rest = template;
    while let Some(at) = rest.find(':') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let after = rest.get(at + 1..).unwrap_or_default();
        let end = after.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(after.len());
        // The longest known name wins: `:title_x` is `:title` and `_x`.
        let known = (1..=end).rev().find_map(|n| Some((n, value(after.get(..n)?, parts)?)));
        match known {
            Some((n, text)) => {
                out.extend(utf8_percent_encode(&text, KEPT));
                rest = after.get(n..).unwrap_or_default();
            }
            None => {
                if end > 0 && unknown.is_none() {
                    *unknown = Some(sanitize(out.clone()).len());
                }
                out.push(':');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    sanitize(out)
}

/// `URL#sanitize_url`: no `..`, no `./`, no double slash.
fn sanitize(url: String) -> String {
    // Nearly none has one of them.
    if !url.as_bytes().windows(2).any(|pair| matches!(pair, b".." | b"./" | b"//")) {
        return url;
    }
    let url = url.replace("..", "/").replace("./", "");
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

fn value(name: &str, parts: &Parts<'_>) -> Option<String> {
    let joined = |f: &dyn Fn(&String) -> String| {
        let mut seen: Vec<String> = Vec::new();
        for category in parts.categories.iter().map(f) {
            if !seen.contains(&category) {
                seen.push(category);
            }
        }
        seen.join("/")
    };
    Some(match name {
        "path" => parts.path.to_owned(),
        "basename" => parts.basename.to_owned(),
        "name" => slugify(parts.basename, Slug::Default),
        "title" if parts.raw_title => parts.slug.to_owned(),
        "title" => slugify(parts.slug, Slug::Title),
        "slug" => slugify(parts.slug, Slug::Default),
        "collection" => parts.collection.to_owned(),
        "categories" => joined(&|c| c.to_lowercase()),
        "slugified_categories" => joined(&|c| slugify(c, Slug::Default)),
        "output_ext" => parts.output_ext.to_owned(),
        _ => return date_value(name, parts.date?),
    })
}

fn date_value(name: &str, at: DateTime) -> Option<String> {
    let iso = || at.date().iso_week_date();
    Some(match name {
        "year" => calendar::year(at),
        "short_year" => calendar::short_year(at),
        "month" => calendar::two(at.month()),
        "i_month" => at.month().to_string(),
        "short_month" => calendar::short(calendar::month_name(at)).to_owned(),
        "long_month" => calendar::month_name(at).to_owned(),
        "day" => calendar::two(at.day()),
        "i_day" => at.day().to_string(),
        "y_day" => calendar::day_of_year(at),
        "w_year" => iso().year().to_string(),
        "week" => calendar::two(iso().week()),
        "w_day" => at.weekday().to_monday_one_offset().to_string(),
        "short_day" => calendar::short(calendar::weekday_name(at)).to_owned(),
        "long_day" => calendar::weekday_name(at).to_owned(),
        "hour" => calendar::two(at.hour()),
        "minute" => calendar::two(at.minute()),
        "second" => calendar::two(at.second()),
        _ => return None,
    })
}

/// The file that a URL is written to, decoded: `/a/` → `/a/index.html`, `/a` → `/a.html`. A permalink in the front
/// matter may bring its own extension.
///
/// Source: `Page#destination`, `Document#destination`, `Renderer#output_ext`.
#[must_use]
pub fn output(url: &str, ext: &str, own_permalink: bool) -> String {
    let path = percent_encoding::percent_decode_str(url).decode_utf8_lossy();
    if path.ends_with('/') {
        format!("{path}index.html")
    } else if path.ends_with(ext) || (own_permalink && file_name(&path).trim_start_matches('.').contains('.')) {
        path.into_owned()
    } else {
        format!("{path}{ext}")
    }
}

/// The address of a page that `redirect_from` makes: `/a` is written to `/a.html`.
///
/// Source: `RedirectPage#set_paths` of jekyll-redirect-from.
#[must_use]
pub fn redirected(from: &str) -> String {
    let path = format!("/{}", from.trim_start_matches('/'));
    if path.ends_with('/') || file_name(&path).contains('.') { path } else { format!("{path}.html") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_as_jekyll_makes_them() {
        assert_eq!(slugify("Duchess France", Slug::Title), "Duchess-France");
        assert_eq!(slugify("L'\u{e9}t\u{e9}, d\u{e9}j\u{e0}?", Slug::Default), "l-\u{e9}t\u{e9}-d\u{e9}j\u{e0}");
        assert_eq!(slugify("c++ & (java)", Slug::Title), "c++-&-(java)");
        assert_eq!(slugify("--a--", Slug::Default), "a");
    }

    #[test]
    fn templates_are_filled_in_and_escaped() {
        let categories = ["Conf\u{e9}rences".to_owned(), "Tech".to_owned(), "tech".to_owned()];
        let parts = Parts {
            slug: "Un t\u{ea}te",
            categories: &categories,
            date: Some(jiff::civil::date(2022, 5, 2).at(0, 0, 0, 0)),
            output_ext: ".html",
            ..Parts::default()
        };
        assert_eq!(expand(style("date"), &parts), "/conf%C3%A9rences/tech/2022/05/02/Un-t%C3%AAte.html");
        assert_eq!(expand("/:year/W:week/:short_day/:title_x", &parts), "/2022/W18/Mon/Un-t%C3%AAte_x");
        assert_eq!(expand("a//:i_day/../:nope", &parts), "/a/2/:nope");
        assert_eq!(expand_document("a//:i_day/../x:nope/:title", &parts), Err("/a/2/".to_owned()));
        assert_eq!(expand_document("/a:1/:title", &parts).as_deref(), Ok("/a:1/Un-t%C3%AAte"));
        assert_eq!(unknown_placeholder("/:categories/:number/:title:output_ext"), Some("number"));
    }
}
