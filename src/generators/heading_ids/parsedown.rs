//! The ids of Parsedown's table of contents, which Cecil uses: made from the heading's source, accents taken off.
//!
//! Source: ParsedownToc 1.6 (`createAnchorID`, `transliterate`, `sanitizeAnchor`) and its tests. Its tables for Greek and
//! Cyrillic are not repeated here: those letters stay as they are.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::characters::{is_digit, is_letter};
use super::heading::HeadingText;

/// Lower case, Latin letters without accents, one hyphen for any run of what is no letter and no digit.
pub fn slug(heading: &HeadingText<'_>) -> Option<String> {
    let mut id = String::with_capacity(heading.raw.len());
    let mut push = |c: char| {
        if is_letter(c) || is_digit(c) {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    };
    for c in heading.raw.to_lowercase().nfc() {
        match c {
            'å' => "aa".chars().for_each(&mut push),
            'æ' => "ae".chars().for_each(&mut push),
            'ø' => "oe".chars().for_each(&mut push),
            'ß' => "ss".chars().for_each(&mut push),
            'þ' => "th".chars().for_each(&mut push),
            'ð' => push('d'),
            'ı' => push('i'),
            'ł' => push('l'),
            '©' => "(c)".chars().for_each(&mut push),
            '®' => "(r)".chars().for_each(&mut push),
            '™' => "(tm)".chars().for_each(&mut push),
            'à'..='ž' => c.nfd().filter(|c| !is_combining_mark(*c)).for_each(&mut push),
            c => push(c),
        }
    }
    if id.ends_with('-') {
        id.pop();
    }
    Some(id)
}
