//! From the name of a file to a piece of a URL, as Cecil does it.
//!
//! Source: `src/Util/Slugifier.php`, `src/Collection/Page/PrefixSuffix.php` and the tests of both.

use crate::generators::slug;

/// A path as a slug: dots, underscores and slashes stay, everything else that is no ASCII letter or digit becomes `-`.
#[must_use]
pub fn slugify(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(first) = rest.chars().next() {
        // A run of other scripts is spelt as one word.
        let run = rest.find(|c: char| c.is_ascii() != first.is_ascii()).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(run);
        rest = after;
        if first.is_ascii() {
            for c in piece.chars() {
                match c.to_ascii_lowercase() {
                    c @ ('.' | '_' | '/' | 'a'..='z' | '0'..='9') => out.push(c),
                    _ if out.ends_with('-') => {}
                    _ => out.push('-'),
                }
            }
        } else {
            out.push_str(&slug::slugify(piece));
        }
    }
    out.trim_matches('-').trim_start_matches('/').to_owned()
}

/// A file's name (without extension) taken apart: `2017-10-19_post.fr` → (`2017-10-19`, `post`, `fr`).
#[must_use]
pub fn parts(name: &str) -> (Option<&str>, &str, Option<&str>) {
    let (name, language) = match name.rsplit_once('.') {
        Some((before, code)) if is_language(code) => (before, Some(code)),
        _ => (name, None),
    };
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let end = if is_day(name) { 10 } else { digits };
    match name.split_at_checked(end) {
        Some((prefix, rest)) if end > 0 && rest.starts_with(['-', '_']) => {
            (Some(prefix), rest.get(1..).unwrap_or_default(), language)
        }
        _ => (None, name, language),
    }
}

/// `fr`, `fr-FR`
fn is_language(code: &str) -> bool {
    let (language, region) = code.split_once('-').map_or((code, None), |(language, region)| (language, Some(region)));
    language.len() == 2
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && region.is_none_or(|region| region.len() == 2 && region.bytes().all(|b| b.is_ascii_uppercase()))
}

/// True for a text that begins with a day: `2017-10-19`.
#[must_use]
pub fn is_day(text: &str) -> bool {
    let Some(day) = text.get(..10) else { return false };
    let shape = day.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    let within = |from: usize, most: u8| {
        let number = day.get(from..from + 2).and_then(|two| two.parse::<u8>().ok());
        number.is_some_and(|number| (1..=most).contains(&number))
    };
    shape && within(5, 12) && within(8, 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(slugify("Post 1"), "post-1");
        assert_eq!(slugify("Path and slug/L'été v1.2_a"), "path-and-slug/l-ete-v1.2_a");
        assert_eq!(slugify("été’s — end!"), "etes-end");
        assert_eq!(parts("2017-10-19_post-with-prefix-2"), (Some("2017-10-19"), "post-with-prefix-2", None));
        assert_eq!(parts("1-page.fr"), (Some("1"), "page", Some("fr")));
        assert_eq!(parts("index.fr-FR"), (None, "index", Some("fr-FR")));
        assert_eq!(parts("2024 in review"), (None, "2024 in review", None));
    }
}
