//! Slugs as Pelican makes them: spelt in ASCII, then one substitution after the other.
//!
//! Source: pelican 4 `utils.py` (`slugify`), `settings.py` (`SLUG_REGEX_SUBSTITUTIONS`).

use deunicode::deunicode_char;
use regex::{Regex, RegexBuilder};
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::generators::slug::without_tags;
use crate::generators::values::{flag, text};

/// What decides a slug.
pub struct Slugs {
    /// Patterns and what replaces them; nothing when a pattern cannot be read.
    general: Option<Vec<(Regex, String)>>,
    category: Option<Vec<(Regex, String)>>,
    author: Option<Vec<(Regex, String)>>,
    keeps_case: bool,
    keeps_unicode: bool,
}

/// What a slug is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlugOf {
    /// An article or page.
    Page,
    /// A category.
    Category,
    /// An author.
    Author,
}

/// Pelican's own substitutions.
const DEFAULT: [(&str, &str); 4] = [(r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-")];

impl Slugs {
    /// Reads the settings.
    pub fn new(settings: &Map<String, Value>) -> Slugs {
        let of = |name: &str| settings.get(&format!("{name}_REGEX_SUBSTITUTIONS")).map(compiled);
        let general = of("SLUG")
            .unwrap_or_else(|| DEFAULT.iter().map(|(from, to)| Some((pattern(from)?, (*to).to_owned()))).collect());
        Slugs {
            category: of("CATEGORY").unwrap_or_else(|| general.clone()),
            author: of("AUTHOR").unwrap_or_else(|| general.clone()),
            general,
            keeps_case: flag(settings.get("SLUGIFY_PRESERVE_CASE")).unwrap_or(false),
            keeps_unicode: flag(settings.get("SLUGIFY_USE_UNICODE")).unwrap_or(false),
        }
    }

    /// The slug of a text; nothing when the settings are beyond us.
    #[must_use]
    pub fn slug(&self, text: &str, of: SlugOf) -> Option<String> {
        let substitutions = match of {
            SlugOf::Page => &self.general,
            SlugOf::Category => &self.category,
            SlugOf::Author => &self.author,
        };
        let bare = without_tags(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut slug: String = unescaped(&bare).nfkc().collect();
        if !self.keeps_unicode {
            slug = slug.chars().map(spelt).collect();
        }
        for (from, to) in substitutions.as_ref()? {
            slug = from.replace_all(&slug, to.as_str()).into_owned();
        }
        if !self.keeps_case {
            slug = slug.to_lowercase();
        }
        Some(slug.trim().to_owned())
    }
}

/// A character in ASCII; the tables that Pelican uses end with the basic plane.
fn spelt(c: char) -> &'static str {
    if u32::from(c) > 0xffff { "" } else { deunicode_char(c).unwrap_or_default() }
}

fn compiled(value: &Value) -> Option<Vec<(Regex, String)>> {
    let pair = |item: &Value| {
        let parts = item.as_array()?;
        let (from, to) = (text(parts.first())?, text(parts.get(1))?);
        Some((pattern(&from)?, replacement(&to)))
    };
    value.as_array()?.iter().map(pair).collect()
}

/// Python's pattern as one of ours.
fn pattern(python: &str) -> Option<Regex> {
    let ours = python.replace(r"\Z", r"\z");
    RegexBuilder::new(&ours).case_insensitive(true).size_limit(1 << 20).build().ok()
}

/// `\1` and `\g<name>` as `${1}` and `${name}`.
fn replacement(python: &str) -> String {
    let mut out = String::new();
    let mut rest = python.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek().copied()) {
            ('$', _) => out.push_str("$$"),
            ('\\', Some(digit)) if digit.is_ascii_digit() => {
                rest.next();
                out.push_str(&format!("${{{digit}}}"));
            }
            ('\\', Some('g')) => {
                rest.next();
                let name: String = rest.by_ref().skip(1).take_while(|c| *c != '>').collect();
                out.push_str(&format!("${{{name}}}"));
            }
            _ => out.push(c),
        }
    }
    out
}

/// The entities that titles have.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}"), ("&amp;", "&")];
    known.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
