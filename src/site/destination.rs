//! A destination taken apart: what kind of thing it points at, judged by its text alone.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::debris;
use super::mail::is_mail_address;

pub use crate::discover::is_image;

/// What a destination is, before anything is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape<'a> {
    /// Nothing.
    Empty,
    /// `#id` in the same page, perhaps behind a query.
    Fragment(&'a str),
    /// `http:`, `https:` or `//host`.
    Web {
        /// Host, lower-cased, without user, password and port.
        host: Cow<'a, str>,
        /// From the path on, undecoded: `/a?b#c`; empty when there is none.
        rest: &'a str,
    },
    /// Another scheme: `mailto:`, `data:` …
    Scheme(&'a str),
    /// A path, perhaps with query and fragment.
    Path {
        /// The path, undecoded.
        path: &'a str,
        /// What follows `#`, undecoded.
        fragment: Option<&'a str>,
    },
}

/// Takes a destination apart.
#[must_use]
pub fn shape(destination: &str) -> Shape<'_> {
    let text = destination.trim();
    if text.is_empty() {
        return Shape::Empty;
    }
    if let Some(fragment) = text.strip_prefix('#') {
        return Shape::Fragment(fragment);
    }
    // `?query` alone asks for the page itself.
    if text.starts_with('?') {
        return Shape::Fragment(text.split_once('#').map_or("", |(_, fragment)| fragment));
    }
    if let Some(rest) = text.strip_prefix("//") {
        return web(rest);
    }
    if let Some(scheme) = scheme(text) {
        let rest = text.get(scheme.len() + 1..).unwrap_or_default();
        if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
            return web(rest.trim_start_matches(['/', '\\']));
        }
        return Shape::Scheme(scheme);
    }
    let end = memchr::memchr2(b'#', b'?', text.as_bytes()).unwrap_or(text.len());
    let (path, rest) = text.split_at(end);
    Shape::Path { path, fragment: rest.split_once('#').map(|(_, fragment)| fragment) }
}

/// The scheme before the first colon, if the text begins with one.
#[must_use]
pub fn scheme(text: &str) -> Option<&str> {
    let goes_on = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let length = text.bytes().take_while(goes_on).count();
    let begins = text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    (begins && text.as_bytes().get(length) == Some(&b':')).then(|| text.get(..length)).flatten()
}

fn web(rest: &str) -> Shape<'_> {
    // In one look, since this is asked of every link and more than once.
    let (mut start, mut end) = (0, rest.len());
    let (mut colon, mut capitals) = (None, false);
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'/' | b'?' | b'#' | b'\\' => {
                end = at;
                break;
            }
            b'@' => (start, colon, capitals) = (at + 1, None, false),
            b':' => colon = colon.or(Some(at)),
            b'A'..=b'Z' => capitals = true,
            _ => {}
        }
    }
    let literal = rest.as_bytes().get(start) == Some(&b'[');
    let host = rest.get(start..colon.filter(|_| !literal).unwrap_or(end)).unwrap_or_default();
    let host = if capitals { Cow::Owned(host.to_ascii_lowercase()) } else { Cow::Borrowed(host) };
    Shape::Web { host, rest: rest.get(end..).unwrap_or_default() }
}

/// True for an absolute URL.
#[must_use]
pub fn is_web(destination: &str) -> bool {
    matches!(shape(destination), Shape::Web { .. })
}

/// Percent-decodes a path or fragment; invalid UTF-8 stays undecoded.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// Joins a path to the folder of the output that it stands in, resolving `.` and `..`. Nothing when it climbs above the
/// root.
#[must_use]
pub fn join(folder: &str, path: &str) -> Option<String> {
    // Most links begin at the root and have nothing to resolve.
    if path.starts_with('/') && !path.as_bytes().windows(2).any(|pair| matches!(pair, b"//" | b"/.")) {
        return Some(path.to_owned());
    }
    let (joined, climbs) = walk(folder, path);
    (!climbs).then_some(joined)
}

/// The same where a path may climb above the root: browsers stop there.
#[must_use]
pub fn join_as_browsers(folder: &str, path: &str) -> String {
    walk(folder, path).0
}

/// The joined path, and whether a step went above the root.
fn walk(folder: &str, path: &str) -> (String, bool) {
    let mut climbs = false;
    let mut out = String::with_capacity(folder.len() + path.len() + 2);
    let above = if path.starts_with('/') { "" } else { folder };
    for part in above.split('/').filter(|part| !part.is_empty()) {
        out.push('/');
        out.push_str(part);
    }
    let mut last = "";
    for part in path.split('/') {
        last = part;
        match part {
            "" | "." => {}
            ".." => {
                climbs |= out.is_empty();
                out.truncate(memchr::memrchr(b'/', out.as_bytes()).unwrap_or_default());
            }
            part => {
                out.push('/');
                out.push_str(part);
            }
        }
    }
    if out.is_empty() || matches!(last, "" | "." | "..") {
        out.push('/');
    }
    (out, climbs)
}

/// The path below the site's base path.
#[must_use]
pub fn below<'a>(path: &'a str, base: &str) -> Option<&'a str> {
    if base.is_empty() {
        return Some(path);
    }
    match path.strip_prefix(base)? {
        "" => Some("/"),
        rest => rest.starts_with('/').then_some(rest),
    }
}

/// True for an address that begins so (`/keps/`), also that of the folder itself without its slash.
#[must_use]
pub fn is_in_folder(path: &str, start: &str) -> bool {
    path.starts_with(start) || start.strip_suffix('/') == Some(path)
}

/// True for a path that was meant to be an address: a host without its scheme, a mail address, a URL behind a stray
/// character.
#[must_use]
pub fn is_malformed(path: &str) -> bool {
    looks_like_host(path)
        || is_mail_address(path)
        || behind_stray(path).is_some()
        || mended_scheme(path).is_some()
        || without_colon(path).is_some()
        || ssh(path).is_some()
        || debris::is_some(path)
}

/// Host and path of the address by which a program fetches a repository: `git@example.org:a/b.git`.
#[must_use]
pub fn ssh(text: &str) -> Option<(&str, &str)> {
    let (host, path) = text.strip_prefix("git@")?.split_once(':')?;
    (looks_like_host(host) && !path.is_empty() && !path.contains(char::is_whitespace)).then_some((host, path))
}

/// True where something is still put in, before the page is a page or by whoever copies it: `{{ url }}`, `${path}`,
/// `%url%`, `[url]`, `NNNN-title.md`.
#[must_use]
pub fn is_to_be_filled_in(text: &str) -> bool {
    let between = |open: &str, close: &str| {
        text.split_once(open).is_some_and(|(_, rest)| rest.find(close).is_some_and(|length| length > 0))
    };
    let name = |word: &str| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
    text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).is_some_and(name)
        || between("{{", "}}")
        || between("${", "}")
        || between("<%", "%>")
        || between("{$", "}")
        || between("{@", "}")
        // A picture that Holder draws when the page is shown.
        || text.starts_with("holder.js/")
        || text.split(['/', '?', '&', '=']).any(|part| {
            part.strip_prefix('%').and_then(|part| part.strip_suffix('%')).is_some_and(name)
                || part.split(['-', '_', '.']).any(is_row_of_one_letter)
        })
}

/// True for a file that Pagefind writes beside a finished site: `/pagefind/pagefind-ui.js`, `/_pagefind/` up to its version 0.
#[must_use]
pub fn is_of_search(path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(folder, name)| {
        name.starts_with("pagefind") && (folder.ends_with("/pagefind") || folder.ends_with("/_pagefind"))
    })
}

/// True for the id of a video alone, which a script of the site opens: eleven characters, capitals, small letters and
/// digits among them, that are no path.
///
/// Source: YouTube's ids are 64 bits in URL-safe base64.
#[must_use]
pub fn is_video_id(text: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| text.as_bytes().iter().any(kind);
    text.len() == 11
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
}

/// `NNNN` and `XXXX` stand for a number that is given later.
fn is_row_of_one_letter(word: &str) -> bool {
    word.len() >= 3 && [b'N', b'X'].iter().any(|letter| word.bytes().all(|byte| byte == *letter))
}

/// The URL behind characters that do not belong to it: `(https://example.org)`, ` http://example.org`.
#[must_use]
pub fn behind_stray(text: &str) -> Option<&str> {
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}');
    let stray = |c: char| c.is_whitespace() || hidden(c) || "([{<\"'`«“‘:;,.|*_".contains(c);
    let known = |url: &&str| {
        ["http://", "https://"]
            .iter()
            .any(|scheme| url.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)))
    };
    let url = Some(text.trim_start_matches(stray)).filter(known).or_else(|| behind_slip(text).filter(known));
    let url = url.or_else(|| debris::pasted(text).filter(known))?;
    (url.len() < text.len()).then_some(url)
}

/// What follows one or two signs that no address begins with: a key that was hit beside the right one, a letter of the
/// script around it, slashes before the scheme.
fn behind_slip(text: &str) -> Option<&str> {
    const FEW: usize = 2;
    let at = memchr::memmem::find(text.as_bytes().get(..24).unwrap_or(text.as_bytes()), b"://")?;
    let start = at
        .checked_sub("https".len())
        .filter(|start| text.get(*start..at).is_some_and(|s| s.eq_ignore_ascii_case("https")));
    let start = start.or_else(|| at.checked_sub("http".len()))?;
    let before = text.get(..start)?;
    let slip = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '#' | '?' | '%' | '$' | '{' | '}' | '@');
    (before.chars().count() <= FEW && before.chars().all(slip)).then(|| text.get(start..)).flatten()
}

/// The URL whose scheme lost its colon: `http//example.org`.
#[must_use]
pub fn without_colon(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("//")?;
    // `http;//`, `https///`: another sign in its place.
    let scheme = scheme.strip_suffix(';').unwrap_or(scheme);
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let known = ["http", "https"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let dotted = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    (dotted && host.chars().all(plain)).then(|| format!("{known}://{rest}"))
}

/// The URL whose scheme has signs between its letters, blanks around its colon or that of another keyboard:
/// `h,ttps://example.org`, `http ://example.org`, `https：//example.org`.
#[must_use]
pub fn mended_scheme(text: &str) -> Option<String> {
    let (before, rest) = text.split_once([':', '：'])?;
    let (scheme, rest) = (before.trim(), rest.trim_start().strip_prefix("//")?);
    let letters: String = scheme.chars().filter(|c| !",;.'`_-".contains(*c)).collect();
    let known = letters.eq_ignore_ascii_case("http") || letters.eq_ignore_ascii_case("https");
    let inside = |end: Option<char>| end.is_some_and(char::is_alphabetic);
    let inside = inside(scheme.chars().next()) && inside(scheme.chars().next_back());
    let whole = format!("{letters}://{}", rest.trim_start());
    (known && inside && whole != text).then_some(whole)
}

/// True for a text that begins like a host name with a top-level domain in everyday use, followed by nothing or a path:
/// `www.example.com`, `github.com/x`.
#[must_use]
pub fn looks_like_host(text: &str) -> bool {
    const DOMAINS: [&str; 55] = [
        "com", "org", "net", "edu", "gov", "io", "dev", "app", "info", "biz", "co", "me", "tv", "eu", "fr", "de", "uk",
        "es", "it", "nl", "be", "ch", "at", "pl", "pt", "br", "ru", "jp", "cn", "kr", "in", "ca", "au", "se", "no",
        "dk", "fi", "cz", "us", "ie", "ly", "gl", "xyz", "blog", "cloud", "tech", "social", "site", "online", "works",
        "news", "wiki", "studio", "design", "space",
    ];
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split_once(':').map_or(host, |(host, port)| if port.parse::<u16>().is_ok() { host } else { "" });
    let labels: Vec<&str> = host.split('.').collect();
    let named = labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    named
        && (labels.first().is_some_and(|first| first.eq_ignore_ascii_case("www"))
            || labels.last().is_some_and(|last| DOMAINS.contains(&last.to_ascii_lowercase().as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert_eq!(shape(" "), Shape::Empty);
        assert_eq!(shape("#a"), Shape::Fragment("a"));
        assert_eq!(shape("?q=1#a"), Shape::Fragment("a"));
        assert_eq!(shape("mailto:a@b.c"), Shape::Scheme("mailto"));
        assert_eq!(shape("a/b.md?x=1#y"), Shape::Path { path: "a/b.md", fragment: Some("y") });
        let Shape::Web { host, rest } = shape("https://u:p@Example.org:80/a#b") else { panic!("no web address") };
        assert_eq!((&*host, rest), ("example.org", "/a#b"));
    }

    #[test]
    fn paths_are_joined_as_browsers_do() {
        assert_eq!(join("/a/b", "c.html").as_deref(), Some("/a/b/c.html"));
        assert_eq!(join("/a/b", "../c/").as_deref(), Some("/a/c/"));
        assert_eq!(join("/a", "/x/./y").as_deref(), Some("/x/y"));
        assert_eq!(join("/a", "..").as_deref(), Some("/"));
        assert_eq!(join("/a", "../../x"), None);
        assert_eq!(join_as_browsers("/a", "../../../x/../y"), "/y");
    }

    #[test]
    fn hosts_without_a_scheme() {
        for host in ["www.kelkoo.fr", "github.com/x", "Sonian.com", "example.org:8080/a"] {
            assert!(looks_like_host(host), "{host}");
        }
        for path in ["about.html", "a.md", "notes/b.com", "v1.2", "..", "./a.io", "index"] {
            assert!(!looks_like_host(path), "{path}");
        }
    }

    #[test]
    fn schemes_with_signs_between_their_letters() {
        assert_eq!(mended_scheme("h,ttps://a.org/b").as_deref(), Some("https://a.org/b"));
        for other in ["'https://a.org'", "https://a.org", "https;://a.org", "sh-ttps://a.org", "x"] {
            assert_eq!(mended_scheme(other), None, "{other}");
        }
    }
}
