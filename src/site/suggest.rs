//! Why a path leads nowhere, and what was probably meant: found by looking at what the site does have.

use super::Site;
use super::destination;
use super::index::{Entry, last_name, url_of};
use crate::discover::{extension, file_name, fold};
use crate::page::links::Link;

/// What a path that leads nowhere was probably meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The path to write, from the site's base (decoded).
    pub path: String,
    /// Why it is missing, as a sentence's end: "the page is published without a trailing slash".
    pub why: String,
    /// True when nothing else can be meant.
    pub certain: bool,
}

/// Looks for what a missing path (decoded, from the site's base) was meant to be, the surest first.
#[must_use]
pub fn suggest(site: &Site, path: &str) -> Vec<Suggestion> {
    let image = destination::is_image(path);
    let found = slash(site, path)
        .or_else(|| source_path(site, path))
        .or_else(|| if image { wordpress_size(site, path).or_else(|| other_extension(site, path)) } else { None });
    if let Some(found) = found {
        return vec![found];
    }
    let moved = elsewhere(site, path);
    if moved.is_empty() { near(site, path).into_iter().collect() } else { moved }
}

/// `/a/` where `/a.html` is published.
fn slash(site: &Site, path: &str) -> Option<Suggestion> {
    let bare = path.trim_end_matches('/');
    if bare.is_empty() {
        return None;
    }
    let sure = |path: String, why: &str| Some(Suggestion { path, why: why.to_owned(), certain: true });
    let html = format!("{bare}.html");
    if path.ends_with('/') {
        if site.index.get(&html).is_some() {
            return sure(html, "the page is published as a file, without a slash at the end");
        }
        return match site.index.get(bare) {
            Some(Entry::Asset(_)) => sure(bare.to_owned(), "it is a file, so no slash may follow"),
            _ => None,
        };
    }
    let stem = bare.strip_suffix(".html").or_else(|| bare.strip_suffix(".htm"))?;
    site.index.get(&format!("{stem}/index.html"))?;
    sure(format!("{stem}/"), "the page is published as a folder, without `.html`")
}

/// The path of a source file where its URL is asked for.
fn source_path(site: &Site, path: &str) -> Option<Suggestion> {
    let page = site.number_of(path.trim_start_matches('/')).and_then(|number| site.page(number))?;
    let output = page.place.output.as_deref().filter(|_| page.is_published())?;
    Some(Suggestion {
        path: url_of(output).to_owned(),
        why: format!("that is the source file; the site publishes it at `{}`", url_of(output)),
        certain: true,
    })
}

/// `photo-300x200.jpg` where only `photo.jpg` is left.
fn wordpress_size(site: &Site, path: &str) -> Option<Suggestion> {
    let (stem, ext) = path.rsplit_once('.')?;
    let (base, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    let whole = format!("{base}.{ext}");
    (number(width) && number(height) && matches!(site.index.get(&whole), Some(Entry::Asset(_)))).then(|| Suggestion {
        path: whole,
        why: format!("WordPress made the `-{size}` copy; only the original is here"),
        certain: true,
    })
}

/// `photo.jpg` where `photo.jpeg` exists.
fn other_extension(site: &Site, path: &str) -> Option<Suggestion> {
    const IMAGES: [&str; 8] = ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "JPG"];
    let (stem, ext) = path.rsplit_once('.')?;
    let mut found = IMAGES
        .iter()
        .filter(|other| **other != ext)
        .map(|other| format!("{stem}.{other}"))
        .filter(|other| matches!(site.index.get(other), Some(Entry::Asset(_))));
    let path = found.next()?;
    let why = format!("the file here ends in `.{}`", extension(&path));
    let certain = found.next().is_none();
    Some(Suggestion { path, why, certain })
}

/// The same name in another folder: the page or file was moved, or its URL got a date.
fn elsewhere(site: &Site, path: &str) -> Vec<Suggestion> {
    let name = last_name(path);
    if name.chars().count() < 4 || matches!(name, "index" | "about" | "readme") {
        return Vec::new();
    }
    let image = destination::is_image(path);
    let fits = |output: &&String| match site.index.get(output) {
        Some(Entry::Page(number)) => !image && site.page(*number).is_some_and(|page| page.is_published()),
        Some(Entry::Asset(_)) => extension(output) == extension(path),
        _ => false,
    };
    let found: Vec<&String> = site.index.named(name).iter().filter(fits).take(4).collect();
    // A slug of several words is no accident; `logo.png` may be anything.
    let telling = name.matches(['-', '_']).count() >= 2 || name.chars().count() >= 16;
    let certain = found.len() == 1 && telling && !image;
    let why = if image { "a file of that name lies there" } else { "a page of that name is published there" };
    found
        .into_iter()
        .map(|output| Suggestion { path: url_of(output).to_owned(), why: why.to_owned(), certain })
        .collect()
}

/// A name one or two letters away in the same folder, or a page's slug anywhere.
fn near(site: &Site, path: &str) -> Option<Suggestion> {
    let wanted = fold(last_name(path));
    let letters = wanted.chars().count();
    if letters < 5 {
        return None;
    }
    let allowed = if letters < 9 { 1 } else { 2 };
    let folder = crate::discover::parent(path.trim_end_matches('/'));
    let ext = extension(path);
    let mut best: Option<(usize, &str)> = None;
    let mut several = false;
    for (name, output) in site.index.resembling(&wanted, allowed) {
        let distance = strsim::damerau_levenshtein(&wanted, name);
        if distance == 0 || distance > allowed || numbers_differ(&wanted, name) {
            continue;
        }
        if extension(output) != ext && !matches!(site.index.get(output), Some(Entry::Page(_))) {
            continue;
        }
        let here = crate::discover::parent(url_of(output).trim_end_matches('/')) == folder;
        let rank = distance * 2 + usize::from(!here);
        match best {
            Some((known, _)) if known < rank => {}
            Some((known, other)) if known == rank && other != output => several = true,
            _ => {
                best = Some((rank, output));
                several = false;
            }
        }
    }
    let (_, output) = best.filter(|_| !several)?;
    Some(Suggestion { path: url_of(output).to_owned(), why: "that name is nearly the same".to_owned(), certain: false })
}

/// `devoxx-2014` is not `devoxx-2015` misspelt.
fn numbers_differ(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) != digits(b)
}

/// The destination that leads to `path` (decoded, from the site's base), written as the link is: relative stays
/// relative where it was, percent signs where they were, query and fragment kept.
#[must_use]
pub fn destination_to(site: &Site, link: &Link, path: &str) -> String {
    let written = &*link.destination;
    let tail = written.find(['?', '#']).and_then(|at| written.get(at..)).unwrap_or_default();
    let base = &site.model.settings().base_path;
    let with_base = if base.is_empty() { path.to_owned() } else { format!("{base}{path}") };
    let encoded = written.contains('%');
    format!("{}{tail}", if encoded { encode(&with_base) } else { with_base.replace(' ', "%20") })
}

/// `written` with the spelling of `found`, part by part from the end: both name the same path but for letter case and
/// Unicode form. Nothing when they do not fit.
#[must_use]
pub fn respell(written: &str, found: &str) -> Option<String> {
    let end = written.find(['?', '#']).unwrap_or(written.len());
    let (path, tail) = (written.get(..end)?, written.get(end..)?);
    let decoded = destination::decode(path);
    let mut right: Vec<&str> = url_of(found).split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = path.split('/').collect();
    let mut out: Vec<String> = Vec::with_capacity(parts.len());
    for part in parts.iter().rev() {
        if matches!(*part, "" | "." | "..") {
            out.push((*part).to_owned());
            continue;
        }
        let own = destination::decode(part);
        let other = right.pop()?;
        let cut = other.strip_suffix(".html").filter(|stem| fold(stem) == fold(&own));
        let other = if own == "index.html" { "index.html" } else { cut.unwrap_or(other) };
        if own == "index.html" {
            right.push(other);
            out.push((*part).to_owned());
            continue;
        }
        if fold(&own) != fold(other) {
            return None;
        }
        out.push(if own == other {
            (*part).to_owned()
        } else if part.contains('%') || other.contains(' ') {
            encode(other)
        } else {
            other.to_owned()
        });
    }
    out.reverse();
    let new = out.join("/");
    (new != path && fold(&destination::decode(&new)) == fold(&decoded)).then(|| format!("{new}{tail}"))
}

fn encode(path: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b'!')
        .remove(b'\'')
        .remove(b'(')
        .remove(b')')
        .remove(b'*')
        .remove(b'@')
        .remove(b'&')
        .remove(b'+')
        .remove(b',')
        .remove(b'=')
        .remove(b':');
    percent_encoding::utf8_percent_encode(path, KEPT).to_string()
}

/// The name of a path for people: its last part.
#[must_use]
pub fn short(path: &str) -> &str {
    file_name(path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_taken_over_part_by_part() {
        assert_eq!(respell("../Img/a.PNG?x#y", "/img/A.png").as_deref(), Some("../img/A.png?x#y"));
        assert_eq!(respell("caf%C3%A9.png", "/a/cafe\u{301}.png").as_deref(), Some("cafe%CC%81.png"));
        assert_eq!(respell("/About", "/about.html").as_deref(), Some("/about"));
        assert_eq!(respell("/About/", "/about/index.html").as_deref(), Some("/about/"));
        assert_eq!(respell("/x", "/y"), None);
    }

    #[test]
    fn years_are_not_misspelt() {
        assert!(numbers_differ("devoxx-2014", "devoxx-2015"));
        assert!(!numbers_differ("devox-2014", "devoxx-2014"));
    }
}
