//! Slugs as `@sindresorhus/slugify` makes them: Eleventy's filter `slugify` and its Id Attribute Plugin.

use deunicode::deunicode_char;

/// Letters of other scripts are spelt in Latin ones where a table knows them, `&` is `and`, everything else that is no
/// letter or digit becomes a hyphen.
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => plain.push_str(" and "),
            // `don't` and `it’s` stay one word.
            '’' => plain.push('\''),
            c if c.is_ascii() => plain.push(c),
            '\u{300}'..='\u{36f}' => {}
            c if is_spelt(c) => plain.push_str(deunicode_char(c).unwrap_or(" ")),
            _ => plain.push(' '),
        }
    }
    let mut out = String::with_capacity(plain.len());
    let mut gap = false;
    let mut rest = plain.chars().flat_map(char::to_lowercase).peekable();
    let mut before = ' ';
    while let Some(c) = rest.next() {
        if c == '\'' && before.is_ascii_alphanumeric() && matches!(rest.peek(), Some('s' | 't')) {
            continue;
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

/// Latin, Greek and Cyrillic letters.
fn is_spelt(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use super::slugify;

    #[test]
    fn words_are_joined_by_hyphens() {
        assert_eq!(slugify("It's R&D -- déjà vu, 日本 v1.2!"), "its-r-and-d-deja-vu-v1-2");
    }
}
