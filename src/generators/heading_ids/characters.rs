//! The classes of characters that heading-id algorithms are written in.
//!
//! The standard library has no test for "decimal digit" or "connector punctuation" in the whole of Unicode, and every
//! generator's own language (Ruby's `\p{Word}`, Go's `unicode.IsLetter`) draws the line a little differently.

use unicode_normalization::char::is_combining_mark;

/// Zero of each block of ten decimal digits beyond ASCII (Unicode 15, general category `Nd`).
const DIGIT_ZEROS: [u32; 65] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136,
    0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0,
    0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// A decimal digit (`\p{Nd}`): `7`, `٧`, but not `½` or `²`.
pub fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    let code = u32::from(c);
    let block = DIGIT_ZEROS.partition_point(|&zero| zero <= code);
    block.checked_sub(1).and_then(|i| DIGIT_ZEROS.get(i)).is_some_and(|&zero| code - zero < 10)
}

/// A combining mark (`\p{M}`), such as the accent of a decomposed `é`.
pub fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

/// Connector punctuation (`\p{Pc}`): the underscore and its kin.
pub fn is_connector(c: char) -> bool {
    matches!(c, '_' | '\u{203F}' | '\u{2040}' | '\u{2054}' | '\u{FE33}' | '\u{FE34}')
        || matches!(c, '\u{FE4D}'..='\u{FE4F}' | '\u{FF3F}')
}

/// A letter in the narrow sense (`\p{L}`): no mark, no `Ⅳ`, no `Ⓐ`.
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    let circled = matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}');
    c.is_alphabetic() && !c.is_numeric() && !circled && !is_mark(c)
}

/// What Ruby calls `\p{Word}`: letters in the widest sense, marks, decimal digits, connectors.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphabetic() || is_mark(c) || is_digit(c) || is_connector(c)
}

/// The lower case of one character without looking at its neighbours and never more than one character, as Go does.
pub fn simple_lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_part_where_the_generators_do() {
        assert!(is_digit('٧') && is_digit('𝟗') && is_digit('９') && !is_digit('½') && !is_digit('²') && !is_digit('Ⅳ'));
        assert!(is_letter('é') && is_letter('中') && !is_letter('Ⅳ') && !is_letter('ⓐ') && !is_letter('\u{301}'));
        assert!(is_word('Ⅳ') && is_word('ⓐ') && is_word('\u{301}') && is_word('‿') && !is_word('½') && !is_word('–'));
        assert_eq!(simple_lower('İ'), 'i');
    }
}
