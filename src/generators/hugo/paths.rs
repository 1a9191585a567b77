//! From the name of a file, a slug or a title to a piece of a URL, as Hugo does it.
//!
//! Source: Hugo 0.168's behaviour, `fixtures/oracles/hugo-urls.tsv`.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use crate::generators::heading_ids::characters::{is_digit, is_letter, is_mark};

/// What the site's configuration says about the spelling of paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spelling {
    /// `disablePathToLower`.
    pub keep_case: bool,
    /// `removePathAccents`.
    pub remove_accents: bool,
    /// What becomes of the slashes of a title.
    pub titles: Titles,
}

/// What becomes of slashes in a title that a permalink asks for.
///
/// Source: Hugo 0.165 and 0.166, built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Titles {
    /// The version is not known.
    #[default]
    Unknown,
    /// They part folders, as anywhere.
    Parted,
    /// A title is one part of a path, never several.
    Whole,
}

impl Titles {
    /// Of the version `0.minor`.
    #[must_use]
    pub fn of(minor: Option<u32>) -> Titles {
        const WHOLE: u32 = 166;
        minor.map_or(Titles::Unknown, |minor| if minor < WHOLE { Titles::Parted } else { Titles::Whole })
    }
}

/// Bytes that stand for themselves in a URL's path.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
const PATH: AsciiSet = PLAIN.remove(b'$').remove(b'&').remove(b'+').remove(b',').remove(b':').remove(b';');
const KEPT: AsciiSet = PATH.remove(b'=').remove(b'@').remove(b'%').remove(b'!').remove(b'\'').remove(b'(').remove(b')');

impl Spelling {
    /// A path of a content file (without extension): blanks become hyphens one by one.
    #[must_use]
    pub fn file(self, path: &str) -> String {
        if self.keep_case { self.text(path) } else { self.text(&path.replace(' ', "-")) }
    }

    /// A slug or another text: one hyphen for any run of blanks.
    #[must_use]
    pub fn text(self, text: &str) -> String {
        let clean = self.sanitized(text);
        if self.keep_case { clean } else { clean.to_lowercase() }
    }

    /// A title; nothing for one with a slash where nobody knows what becomes of that.
    #[must_use]
    pub fn title(self, title: &str) -> Option<String> {
        match self.titles {
            _ if !title.contains(['/', '\\']) => Some(self.text(title)),
            Titles::Whole => Some(self.text(&title.replace(['/', '\\'], "-"))),
            Titles::Parted => Some(self.text(title)),
            Titles::Unknown => None,
        }
    }

    /// Without the characters that Hugo keeps out of paths.
    fn sanitized(self, text: &str) -> String {
        let text: Cow<'_, str> = if self.remove_accents {
            Cow::Owned(text.nfd().filter(|&c| !is_mark(c)).nfc().collect())
        } else {
            Cow::Borrowed(text)
        };
        let mut out = String::with_capacity(text.len());
        let (mut gap, mut after_hyphen) = (false, false);
        for (at, c) in text.char_indices() {
            if is_allowed(c) || (c == '%' && is_escape(text.as_bytes().get(at..))) {
                after_hyphen = c == '-';
                if gap && !after_hyphen {
                    out.push('-');
                }
                gap = false;
                out.push(c);
            } else if !out.is_empty() && !after_hyphen && c.is_whitespace() {
                gap = true;
            }
        }
        out
    }
}

fn is_allowed(c: char) -> bool {
    matches!(c, '.' | '/' | '\\' | '_' | '#' | '+' | '~' | '-' | '@') || is_letter(c) || is_digit(c) || is_mark(c)
}

fn is_escape(rest: Option<&[u8]>) -> bool {
    matches!(rest, Some([b'%', a, b, ..]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

/// A path as it stands in a URL. What is percent-encoded already stays so.
#[must_use]
pub fn escape(path: &str) -> String {
    utf8_percent_encode(path, &KEPT).to_string()
}

/// A path with exactly one slash between its parts and one at its start; `.` and `..` are resolved.
#[must_use]
pub fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_paths() {
        let plain = Spelling::default();
        assert_eq!(plain.file("Two--Hyphens and  blanks"), "two--hyphens-and--blanks");
        assert_eq!(plain.text("Étape n° 1 : l’été"), "étape-n-1-lété");
        let title = |minor| Spelling { titles: Titles::of(minor), ..plain }.title("CI/CD: 50% #1");
        assert_eq!(title(Some(166)).as_deref(), Some("ci-cd-50-#1"));
        assert_eq!(title(Some(165)).as_deref(), Some("ci/cd-50-#1"));
        assert_eq!(title(None), None);
        assert_eq!(plain.title("A: b").as_deref(), Some("a-b"));
        assert_eq!(plain.text("My Slug/With, Things"), "my-slug/with-things");
        let other = Spelling { keep_case: true, remove_accents: true, ..plain };
        assert_eq!(other.file("Café  Étoile%20"), "Cafe-Etoile%20");
    }

    #[test]
    fn urls_are_escaped_and_cleaned() {
        assert_eq!(escape("/été/a#b c+d@e"), "/%C3%A9t%C3%A9/a%23b%20c+d@e");
        assert_eq!(clean("//a/./b/../c/"), "/a/c/");
        assert_eq!(clean("/"), "/");
    }
}
