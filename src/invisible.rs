//! Characters that nobody sees: which there are, and where one is at its place.
//!
//! Joiners belong to emoji and to the scripts of Persia and India, zero-width spaces to scripts without blanks and to
//! writers who keep Markdown from seeing an asterisk; elsewhere they came with a copy from a browser or a chat.

use crate::source::Span;

/// The name of an invisible character. Soft hyphens are none: who writes one means it.
pub fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte order mark",
        '\u{200e}' | '\u{200f}' | '\u{61c}' => "a direction mark",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a bidirectional control",
        '\u{2061}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => "an invisible control",
        '\t' | '\n' | '\r' => return None,
        '\u{0}'..='\u{1f}' | '\u{7f}' => "a control character",
        _ => return None,
    })
}

/// False when no character of the text has a [`name`]; as fast as a text can be read.
pub fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let control = |byte: u8| (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7f);
    // Without a way out in between, so that the compiler looks at many bytes at once.
    bytes.iter().fold(false, |any, byte| any | control(*byte))
        || memchr::memchr3_iter(0xe2, 0xef, 0xd8, bytes).any(|at| {
            matches!(
                bytes.get(at..).unwrap_or_default(),
                [0xe2, 0x80, 0x8b..=0x8f | 0xaa..=0xae, ..]
                    | [0xe2, 0x81, 0xa0..=0xaf, ..]
                    | [0xef, 0xbb, 0xbf, ..]
                    | [0xef, 0xbf, 0xb9..=0xbb, ..]
                    | [0xd8, 0x9c, ..]
            )
        })
}

/// Its name with its number: `a zero-width space (U+200B)`.
pub fn described(c: char) -> String {
    let name = if c == '\u{a0}' { "a no-break space" } else { name(c).unwrap_or("a hidden character") };
    format!("{name} (U+{:04X})", u32::from(c))
}

/// True for controls of the writing direction, which are at home on pages in Arabic or Hebrew.
pub fn is_directional(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// True for a letter that is written from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{5ff}' | '\u{600}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// True for a letter of Thai, Lao, Burmese, Khmer or Tibetan.
pub fn has_no_blanks(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// True for an invisible character that has no business between its neighbours.
pub fn stray(before: Option<char>, c: char, after: Option<char>) -> bool {
    if name(c).is_none() {
        return false;
    }
    let around = [before, after];
    match c {
        // The only text of an element, so that nobody takes it for an empty one: `<i class="icon">&zwnj;</i>`.
        _ if before == Some('>') && after == Some('<') && !c.is_control() => false,
        // In a number of many digits a break is wanted, as `<wbr>` would make it.
        '\u{200b}' if before == Some(',') && after.is_some_and(|c| c.is_ascii_digit()) => false,
        '\u{200b}' => !around.into_iter().flatten().any(wants_breaks) && !keeps_apart(before, after),
        // Beside an asterisk it keeps Markdown from seeing one thing, or makes it see another.
        '\u{200c}' | '\u{200d}' | '\u{2060}' if around.into_iter().flatten().any(is_mark) => false,
        '\u{200c}' => around.iter().all(|c| c.is_none_or(is_plain)) && !around.iter().all(|c| c.is_some_and(is_latin)),
        '\u{200d}' => around.iter().all(|c| c.is_none_or(is_plain)),
        '\u{2060}' => around.iter().any(|c| c.is_none_or(char::is_whitespace)),
        _ => true,
    }
}

/// True between signs that would become one without it: two letters of a flag, an emoji and a colour of skin, a number
/// and its key.
fn keeps_apart(before: Option<char>, after: Option<char>) -> bool {
    let is_flag = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{1f1e6}'..='\u{1f1ff}'));
    is_flag(before) && is_flag(after)
        || after.is_some_and(|c| matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}' | '\u{fe0f}'))
}

/// True for a control within a word: it is what a copy has left of a dash, an apostrophe or two letters in one
/// (`de<U+001C>nita`), and taking it away joins what it stood between. Of Chinese and Japanese no word is torn by it.
/// Elsewhere it was a sign of its own more often than not: `1.35 m <U+0001> 2.4 m`, `a <U+0003> = 0`.
pub fn stands_for_something(text: &str, hidden: Span) -> bool {
    let written = hidden.of(text);
    if !written.contains(|c: char| c.is_control()) {
        return false;
    }
    let (before, after) = around(text, hidden);
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_ideograph(c));
    // What input programs for Chinese and Korean leave behind, and what office programs break lines with, never was a sign.
    let beside_ideograph = || {
        let start = text.get(..hidden.start as usize).unwrap_or_default();
        let end = text.get(hidden.end as usize..).unwrap_or_default();
        let near = [start.trim_end().chars().next_back(), end.trim_start().chars().next()];
        near.into_iter().flatten().any(|c| is_ideograph(c) || is_hangul(c))
    };
    if letter(before) && letter(after) {
        return true;
    }
    let (mut breaks, mut typed) = (true, true);
    for c in written.chars().filter(|c| c.is_control()) {
        breaks &= matches!(c, '\u{b}' | '\u{c}');
        typed &= c == '\u{8}' || matches!(c, '\u{1c}'..='\u{1f}');
    }
    // A break alone between two blanks was an operator in a formula.
    let alone = before == Some(' ') && after == Some(' ');
    !(breaks && !alone || typed && beside_ideograph())
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}')
}

/// True for a word joiner that holds a dash or a mark to the word beside it.
pub fn is_typography(text: &str, hidden: Span) -> bool {
    let (before, after) = around(text, hidden);
    let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    hidden.of(text).contains('\u{2060}') && [before, after].into_iter().flatten().any(mark)
}

/// The characters beside it.
fn around(text: &str, hidden: Span) -> (Option<char>, Option<char>) {
    let before = text.get(..hidden.start as usize).and_then(|before| before.chars().next_back());
    (before, text.get(hidden.end as usize..).and_then(|after| after.chars().next()))
}

/// A sign or syllable of Chinese or Japanese.
#[must_use]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// What a reader misses where a stretch of hidden characters goes: a blank if one of them broke the line between two words.
pub fn instead(text: &str, hidden: Span) -> &'static str {
    let breaks = hidden.of(text).contains(['\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}']);
    let (before, after) = around(text, hidden);
    let ends = before.is_some_and(|c| c.is_alphanumeric() && !is_ideograph(c) || ",;:.!?…)]”»’'\"".contains(c));
    let begins = after.is_some_and(|c| c.is_alphanumeric() && !is_ideograph(c) || "([“«‘'\"".contains(c));
    if breaks && ends && begins { " " } else { "" }
}

/// Scripts without blanks, and the signs that Markdown and templates read: next to these a break is meant.
fn wants_breaks(c: char) -> bool {
    let script = has_no_blanks(c)
        || matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}');
    // Behind a dash, a long word may be broken.
    script || is_mark(c) || "@#{}<>|\\:/.-—–".contains(c)
}

/// What Markdown takes for a sign.
fn is_mark(c: char) -> bool {
    "*_`~[]".contains(c)
}

fn is_plain(c: char) -> bool {
    c.is_ascii() || c.is_whitespace() || is_latin(c)
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && (c < '\u{250}' || ('\u{1e00}'..='\u{1eff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_invisible_character_is_overlooked() {
        for c in ('\0'..=char::MAX).filter(|c| name(*c).is_some()) {
            assert!(may_hold(&format!("é {c} text")), "U+{:04X}", u32::from(c));
        }
        assert!(!may_hold("Ça va ? «\u{a0}Oui\u{a0}», dit-il…\r\n\tنعم – 日本語"));
    }

    #[test]
    fn joiners_have_their_place() {
        assert!(stray(Some('a'), '\u{200b}', Some(' ')) && stray(None, '\u{feff}', Some('a')));
        assert!(!stray(Some('*'), '\u{200b}', Some('a')) && !stray(Some('ไ'), '\u{200b}', Some('ท')));
        assert!(!stray(Some('ی'), '\u{200c}', Some('خ')));
        assert!(!stray(Some('👩'), '\u{200d}', Some('💻')) && stray(Some('a'), '\u{200d}', Some('b')));
        assert!(!stray(Some('*'), '\u{200c}', Some('[')) && !stray(Some('—'), '\u{200b}', Some('t')));
        assert!(!stray(Some('f'), '\u{200c}', Some('l')) && stray(Some('f'), '\u{200c}', Some(' ')));
    }
}
