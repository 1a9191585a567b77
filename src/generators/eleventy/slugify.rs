//! Slugs as Eleventy's two filters make them: `slugify` (`@sindresorhus/slugify`; its Id Attribute Plugin takes it too) and
//! the older `slug` (the package `slugify`). They agree on little but plain words.
//!
//! Source: Eleventy 3.1, `src/Filters/Slugify.js` and `Slug.js`; what becomes of letters stands in `rules/data/slugs.yaml`.

use crate::hash::Map;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The file: characters by what they become.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    slugify: Map<String, String>,
    slugify_pairs: Map<String, String>,
    slug: Map<String, String>,
}

/// What becomes of a character.
struct Letters {
    slugify: Map<char, String>,
    pairs: Map<String, String>,
    slug: Map<char, String>,
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let file: File = crate::data::read("slugs");
    let by_letter = |table: Map<String, String>| -> Map<char, String> {
        let letters = table.iter().flat_map(|(becomes, all)| all.chars().map(|c| (c, becomes.clone())));
        letters.collect()
    };
    Letters { slugify: by_letter(file.slugify), pairs: file.slugify_pairs, slug: by_letter(file.slug) }
});

/// The filter `slugify`: letters of other scripts are spelt in Latin ones where the table knows them, `&` is `and`,
/// everything else that is no letter or digit becomes a hyphen.
#[must_use]
pub fn slugify(text: &str) -> String {
    let plain =
        if text.is_ascii() && !text.contains(['&', '^', '`']) { text.to_ascii_lowercase() } else { spelt(text) };
    let mut out = String::with_capacity(plain.len());
    let mut gap = false;
    let mut before = ' ';
    for (at, c) in plain.char_indices() {
        let rest = || plain.get(at + 1..).unwrap_or_default().chars();
        // `don't` and `it's` stay one word.
        if c == '\'' && before.is_ascii_alphanumeric() && matches!(rest().next(), Some('s' | 't')) {
            let is_end = rest().nth(1).is_none_or(char::is_whitespace);
            if is_end {
                continue;
            }
        }
        before = c;
        if !c.is_ascii_alphanumeric() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !out.is_empty() {
            out.push('-');
        }
        out.push(c);
    }
    out
}

/// The text in small Latin letters, as far as the table knows how.
fn spelt(text: &str) -> String {
    let text: String = text.nfc().collect();
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if let Some(next) = letters.peek().filter(|_| !c.is_ascii()) {
            let pair: String = [c, *next].into_iter().flat_map(char::to_lowercase).collect();
            if let Some(becomes) = LETTERS.pairs.get(&pair) {
                plain.push_str(becomes);
                letters.next();
                continue;
            }
        }
        match LETTERS.slugify.get(&c) {
            Some(becomes) => plain.push_str(becomes),
            None if is_mark(c) => {}
            None if c.is_ascii() => plain.push(c.to_ascii_lowercase()),
            None => plain.extend(c.nfd().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase)),
        }
    }
    plain
}

/// Unicode's property Diacritic, as far as it stands between letters that are spelt.
fn is_mark(c: char) -> bool {
    matches!(c, '^' | '`' | '¨' | '¯' | '´' | '·' | '¸' | '\u{2b0}'..='\u{2ff}')
        || is_combining_mark(c) && !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}')
}

/// The filter `slug`: letters and signs by its table, some signs stay, others go without a trace, and blanks become
/// hyphens.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '-' => plain.push(' '),
            c if c.is_whitespace() || c == '\u{feff}' => plain.push(' '),
            _ => match LETTERS.slug.get(&c) {
                // A dash is what blanks become.
                Some(becomes) => plain.push_str(if becomes == "-" { " " } else { becomes }),
                None if c.is_ascii_alphanumeric() || "_*+~.()'\"!:@".contains(c) => plain.push(c.to_ascii_lowercase()),
                None => {}
            },
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::{slug, slugify};

    /// Each title, and what Eleventy 3.1.2 makes of it.
    #[test]
    fn as_eleventys_two_filters() {
        for (title, new, old) in [
            ("It's R&D -- déjà vu, 日本 v1.2!", "its-r-and-d-deja-vu-v1-2", "it's-randd-deja-vu-v1.2!"),
            ("Größe & Maß", "groesse-and-mass", "grosse-and-mass"),
            ("don’t it’s", "don-t-it-s", "don't-it's"),
            ("don't it's", "dont-its", "don't-it's"),
            ("C++ & C#", "c-and-c", "c++-and-c"),
            ("Node.js v2.0", "node-js-v2-0", "node.js-v2.0"),
            ("100% €5 a/b x@y", "100-e5-a-b-x-y", "100percent-euro5-ab-x@y"),
            ("“q” – z…", "q-z", "\"q\"-z..."),
            ("foo_bar - `code`s^2", "foo-bar-codes2", "foo_bar-codes2"),
            ("Привет мир, подъезд", "privet-mir-podyezd", "privet-mir-poduezd"),
            ("Łódź Ålesund Ærø", "lodz-alesund-aero", "lodz-alesund-aero"),
        ] {
            assert_eq!((slugify(title).as_str(), slug(title).as_str()), (new, old), "{title}");
        }
    }
}
