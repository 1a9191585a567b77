//! `slugize` of hexo-util: names of categories in URLs, and ids of headings.
//!
//! Source: hexo-util 4.0 `slugize` and `escapeDiacritic`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters with a stroke, a hook or a ligature, and what is written for them; those with an accent need no table.
const SPELLED: [(&str, &str); 24] = [
    ("ØǾƆƟ", "O"),
    ("øǿɔɵ", "o"),
    ("ßſȿ", "s"),
    ("ẞⱾ", "S"),
    ("ÆǢǼ", "AE"),
    ("æǣǽ", "ae"),
    ("Œ", "OE"),
    ("œ", "oe"),
    ("ĐƋƉƊ", "D"),
    ("đƌɖɗ", "d"),
    ("Ħ", "H"),
    ("ħɥ", "h"),
    ("ıɨ", "i"),
    ("ŁĿȽ", "L"),
    ("łŀƚɫ", "l"),
    ("ŉƞɲ", "n"),
    ("ŦȾƬƮ", "T"),
    ("ŧⱦƭʈ", "t"),
    ("Ƶ", "Z"),
    ("ƶ", "z"),
    ("Ɨ", "I"),
    ("ƀɓ", "b"),
    ("ƒ", "f"),
    ("ǝɛɇ", "e"),
];

/// Accented Latin letters become plain, runs of punctuation and blanks a hyphen; none stays at either end.
#[must_use]
pub fn slugize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c < ' ' {
            return;
        }
        if is_special(c) {
            gap = true;
            return;
        }
        if std::mem::take(&mut gap) && !out.is_empty() {
            out.push('-');
        }
        out.push(c);
    };
    for c in text.chars() {
        match plain(c) {
            Some(Plain::Letter(letter)) => push(letter),
            Some(Plain::Text(letters)) => letters.chars().for_each(&mut push),
            None => push(c),
        }
    }
    out
}

enum Plain {
    Letter(char),
    Text(&'static str),
}

/// What an accented letter is without its accent; nothing for every other character.
fn plain(c: char) -> Option<Plain> {
    if c.is_ascii() {
        return None;
    }
    if let Some((_, letters)) = SPELLED.iter().find(|(from, _)| from.contains(c)) {
        return Some(Plain::Text(letters));
    }
    let latin = matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{24b6}'..='\u{24e9}')
        || matches!(c, '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}');
    if !latin {
        return None;
    }
    let mut parts = std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part));
    match (parts.next(), parts.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => Some(Plain::Letter(letter)),
        _ => None,
    }
}

/// Blanks as JavaScript knows them, and ASCII punctuation.
fn is_special(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_whitespace() && c != '\u{85}' || c == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::slugize;

    #[test]
    fn as_hexo_util_answers() {
        for (text, slug) in [
            ("Hello, World!", "Hello-World"),
            ("  L’été à Łódź -- ça va? ", "L’ete-a-Lodz-ca-va"),
            ("日本語 の　テスト。", "日本語-の-テスト。"),
            ("Straße ＡＢ Ⓐ ﬁ½", "Strase-AB-A-ﬁ½"),
            ("e\u{301}t", "e\u{301}t"),
            ("a\tb", "ab"),
            ("!!!", ""),
        ] {
            assert_eq!(slugize(text), slug);
        }
    }
}
