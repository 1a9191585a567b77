//! UTF-8 that a program read as Windows-1252 and saved again: `Ã©` for `é`.
//!
//! Each byte of a character became a character of its own. The way back is exact: take the bytes and read them again.

use crate::source::Span;

/// A stretch of damaged text, with what it said.
#[derive(Debug, PartialEq, Eq)]
pub struct Damage {
    /// The damaged characters; undamaged ones of the same word may stand between them.
    pub span: Span,
    /// What was there; nothing for what is lost (U+FFFD).
    pub repaired: Option<String>,
}

/// The damage in a piece of a text, in order. One stretch ends where a word ends.
pub fn find(text: &str, piece: Span) -> Vec<Damage> {
    let mut all: Vec<Damage> = Vec::new();
    let bytes = piece.of(text).as_bytes();
    let base = piece.start as usize;
    let mut done = 0;
    for at in memchr::memchr3_iter(0xc2, 0xc3, 0xef, bytes) {
        let place = base + at;
        if place < done || !suspicious(bytes.get(at..).unwrap_or_default()) {
            continue;
        }
        if let Some(damage) = whole_run(text, place, done.max(base), piece) {
            done = damage.span.end as usize;
            all.push(damage);
            continue;
        }
        let Some((length, character)) = sequence(text, place, piece) else { continue };
        done = place + length;
        let said = character.map(String::from);
        match all.last_mut() {
            Some(last) if last.repaired.is_some() == said.is_some() && joined(text, last.span.end as usize, place) => {
                let between = text.get(last.span.end as usize..place).unwrap_or_default();
                if let (Some(so_far), Some(said)) = (&mut last.repaired, said) {
                    so_far.push_str(between);
                    so_far.push_str(&said);
                }
                last.span.end = Span::new(done, done).end;
            }
            _ => all.push(Damage { span: Span::new(place, done), repaired: said }),
        }
    }
    for damage in &mut all {
        // Twice damaged, twice repaired.
        while let Some(again) = damage.repaired.as_deref().and_then(again) {
            damage.repaired = Some(again);
        }
    }
    all
}

/// Marks around a quotation.
const QUOTES: [char; 13] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '«', '»', '「', '」', '『'];

/// True for a single letter that stands alone before a no-break space (`Å `, as a symbol): the two look like a damaged
/// letter, and one such pair proves nothing.
pub fn is_a_letter_alone(text: &str, damage: &Damage) -> bool {
    let mut written = damage.span.of(text).chars();
    let pair = (written.next(), written.next(), written.next());
    let before = text.get(..damage.span.start as usize).and_then(|before| before.chars().next_back());
    let after = text.get(damage.span.end as usize..).and_then(|after| after.chars().next());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    matches!(pair, (Some('À'..='ß'), Some('\u{a0}'), None))
        && damage.repaired.as_deref().is_some_and(|said| said.chars().all(char::is_alphabetic))
        && !letter(before)
        && !letter(after)
}

/// True when the same words also stand there undamaged: the text is about such damage, and shows it.
pub fn is_shown(text: &str, damage: &Damage, around: Span) -> bool {
    let letters = |c: char| !c.is_alphabetic();
    let (start, end) = (damage.span.start as usize, damage.span.end as usize);
    let before = text.get(around.start as usize..start).unwrap_or_default();
    let after = text.get(end..around.end as usize).unwrap_or_default();
    let head = before.rsplit(letters).next().unwrap_or_default();
    let tail = after.split(letters).next().unwrap_or_default();
    let Some(said) = &damage.repaired else {
        // `“���”`: in quotation marks it is what the text is about.
        if before.ends_with(QUOTES) && after.starts_with(QUOTES) {
            return true;
        }
        // `(�)`, and what the sentence calls by its name.
        let spoken = ["U+FFFD", "0xFFFD", "eplacement character", "EPLACEMENT CHARACTER", "替换字符", "替代字符"];
        if before.ends_with('(') && after.starts_with(')') || spoken.iter().any(|name| around.of(text).contains(name)) {
            return true;
        }
        if speaks_of_encodings(around.of(text)) {
            return true;
        }
        // One character is lost: a word that has just one more there.
        let fits = |word: &str| {
            let middle = word.strip_prefix(head).and_then(|rest| rest.strip_suffix(tail));
            middle.is_some_and(|middle| middle.chars().count() == 1)
        };
        return head.len() + tail.len() >= 3 && around.of(text).split(letters).any(fits);
    };
    // `“â€“”`: in quotation marks it is what the text is about.
    if before.ends_with(QUOTES) && after.starts_with(QUOTES) {
        return true;
    }
    let word = [head, said, tail].concat();
    word.chars().count() >= 4 && around.of(text).contains(&word) || speaks_of_encodings(around.of(text))
}

/// True for a paragraph that tells what such damage is called, or of what it is made.
fn speaks_of_encodings(text: &str) -> bool {
    const WORDS: [&str; 26] = [
        "mojibake",
        "character set",
        "charset",
        "character encoding",
        "garbled",
        "latin-1",
        "latin1",
        "iso-8859",
        "iso8859",
        "windows-1252",
        "cp1252",
        "utf-8",
        "zeichensalat",
        "krakozyabr",
        "кракозябр",
        "文字化け",
        "乱码",
        "亂碼",
        "编码",
        "解码",
        "編碼",
        "解碼",
        "utf8",
        "utf-16",
        "gbk",
        "big5",
    ];
    let small = text.to_lowercase();
    WORDS.iter().any(|word| small.contains(word))
}

/// Bytes that damage can begin with: `Â`, `Ã`, `Ä`, `Å`, `â` before a character that was a byte from 0x80 to 0xBF; a
/// control that was a letter; or U+FFFD.
fn suspicious(bytes: &[u8]) -> bool {
    match bytes {
        [0xc3, first, next, ..] => {
            matches!(first, 0x82..=0x85 | 0xa2) && matches!(next, 0xc2 | 0xc5 | 0xc6 | 0xcb | 0xe2)
        }
        [0xc2, control, ..] => matches!(control, 0x80..=0x9f),
        [0xef, 0xbf, 0xbd, ..] => true,
        _ => false,
    }
}

/// False when [`find`] finds nothing anywhere in the text.
pub fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The bytes that decide are rare in every language; `c3`, with which half of it begins, is in every French word.
    let mut places = memchr::memchr3_iter(0xc2, 0xcb, 0xef, bytes).chain(memchr::memchr3_iter(0xc5, 0xc6, 0xe2, bytes));
    let from = |at: usize| bytes.get(at..).unwrap_or_default();
    places.any(|at| suspicious(from(at)) || at.checked_sub(2).is_some_and(|before| suspicious(from(before))))
}

/// Text in another alphabet that was read byte by byte: `ç¬¬` for `第`. All characters around the place that can have
/// been bytes must together be UTF-8, and say something that is not European.
fn whole_run(text: &str, place: usize, from: usize, piece: Span) -> Option<Damage> {
    const LONGEST: usize = 4096;
    let byte = |c: char| match c {
        '\u{80}'..='\u{9f}' => u8::try_from(u32::from(c)).ok(),
        c => byte_of(c),
    };
    let before = text.get(from..place)?;
    let start = before.char_indices().rev().take_while(|(_, c)| byte(*c).is_some()).last();
    let start = from + start.map_or(before.len(), |(at, _)| at);
    let rest = text.get(start..piece.end as usize)?;
    let bytes: Vec<u8> = rest.chars().take(LONGEST).map_while(byte).collect();
    let length: usize = rest.chars().take(bytes.len()).map(char::len_utf8).sum();
    let said = String::from_utf8(bytes).ok()?;
    let foreign = said.chars().filter(|c| !is_latin(*c)).count();
    (foreign >= 2 && foreign * 2 >= said.chars().count() && !said.chars().any(char::is_control))
        .then(|| Damage { span: Span::new(start, start + length), repaired: Some(said) })
}

/// True where a sign of Windows-1252 is one that belongs there. A control alone may as well be the bullet of a font, copied
/// from a PDF with what stood beside it.
fn is_due(text: &str, at: usize, length: usize, said: char) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + length..).and_then(|after| after.chars().next());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match said {
        // Between letters it is rather what is left of a dash in UTF-8, or of an apostrophe.
        '“' | '”' => !(letter(before) && letter(after)),
        '„' | '‚' => !letter(before) && letter(after),
        '‘' | '’' | '–' | '—' => true,
        // It is also a line's end, for other machines.
        '…' => letter(before),
        '•' => !letter(before) && !letter(after),
        '€' => [before, after].into_iter().flatten().any(|c| c.is_ascii_digit() || c == ' '),
        '™' => letter(before) && !letter(after),
        // In PDF files ligatures had these places: `con\u{8e}dence` was `confidence`.
        'ƒ' => false,
        said if said.is_uppercase() && before.is_some_and(char::is_lowercase) => false,
        said if said.is_alphabetic() && said != 'ˆ' => letter(before) || letter(after),
        _ => false,
    }
}

/// False for a sign that cannot stand where the repair would put it: `clé ¥n`, `éc²ous`, `à ±,25`.
pub fn is_plausible(text: &str, damage: &Damage) -> bool {
    let Some(said) = damage.repaired.as_deref() else { return true };
    let before = text.get(..damage.span.start as usize).and_then(|before| before.chars().next_back());
    let after = text.get(damage.span.end as usize..).and_then(|after| after.chars().next());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let fits = |before: Option<char>, sign: char, after: Option<char>| match sign {
        '±' => after.is_some_and(|c| c.is_ascii_digit() || c.is_whitespace()),
        '¥' | '¤' | '¦' | '¬' | '¯' | '²' | '³' | '¹' | '¼' | '½' | '¾' => !letter(after),
        '«' | '»' | '¿' | '¡' => !(letter(before) && letter(after)),
        _ => true,
    };
    let all: Vec<Option<char>> = std::iter::once(before).chain(said.chars().map(Some)).chain([after]).collect();
    all.windows(3).all(|three| match three {
        [before, Some(sign), after] => fits(*before, *sign, *after),
        _ => true,
    })
}

/// True for a quotation mark, brought back or of which it is not certain that it was one.
pub fn is_quotation_mark(text: &str, damage: &Damage) -> bool {
    let control = || windows(u8::try_from(u32::from(damage.span.of(text).chars().next()?)).ok()?);
    let sign = damage.repaired.as_deref().map_or_else(control, |said| said.chars().next());
    sign.is_some_and(|sign| matches!(sign, '‘' | '’' | '‚' | '“' | '”' | '„' | '‹' | '›'))
}

/// True where what is around a place was bytes too, so that a part of it alone says nothing.
fn is_a_part(text: &str, at: usize, length: usize) -> bool {
    let byte = |c: char| !c.is_ascii() && (matches!(c, '\u{80}'..='\u{9f}') || byte_of(c).is_some_and(|b| b >= 0xa0));
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + length..).and_then(|after| after.chars().next());
    before.is_some_and(byte) || after.is_some_and(byte)
}

/// `例如 �，`, `(�)`: a mark alone in front of a sign is shown. A quotation mark that was lost stands beside a word or behind
/// the end of a sentence.
fn is_the_sign_itself(text: &str, at: usize) -> bool {
    const OPENING: &str = "([{\"'`“‘„«「『（【";
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + '\u{fffd}'.len_utf8()..).and_then(|after| after.chars().next());
    let is_free = before.is_none_or(|c| c.is_whitespace() || OPENING.contains(c));
    is_free && after.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace() && c != '\u{fffd}')
}

fn joined(text: &str, end: usize, start: usize) -> bool {
    text.get(end..start).is_some_and(|between| !between.contains(char::is_whitespace))
}

/// The length of the damage at a place, and the character that it was.
fn sequence(text: &str, at: usize, piece: Span) -> Option<(usize, Option<char>)> {
    let rest = text.get(at..piece.end as usize)?;
    let first = rest.chars().next()?;
    if first == '\u{fffd}' {
        return Some((first.len_utf8(), None)).filter(|_| !is_the_sign_itself(text, at));
    }
    if let '\u{80}'..='\u{9f}' = first {
        // Windows-1252 read as Latin-1: `\u{92}` for `’`.
        let said = windows(u8::try_from(u32::from(first)).ok()?).filter(|_| !is_a_part(text, at, first.len_utf8()))?;
        return Some((first.len_utf8(), Some(said).filter(|said| is_due(text, at, first.len_utf8(), *said))));
    }
    // The last byte of `”` is no sign of Windows-1252; where the mark that opens is damaged, too, it is what closes.
    const CLOSING: &str = "â€?";
    if rest.starts_with(CLOSING) && text.get(piece.start as usize..at).is_some_and(|before| before.contains("â€œ"))
    {
        return Some((CLOSING.len(), Some('”')));
    }
    let count = if first == 'â' { 3 } else { 2 };
    let mut bytes = [0_u8; 3];
    let mut length = 0;
    for (to, c) in bytes.iter_mut().zip(rest.chars().take(count)) {
        *to = byte_of(c)?;
        length += c.len_utf8();
    }
    let said = std::str::from_utf8(bytes.get(..count)?).ok()?.chars().next()?;
    let second = rest.chars().nth(1)?;
    (is_latin(said) && (count == 3 || !is_quoted(text, at, length, second))).then_some((length, Some(said)))
}

/// `“IRMÃ”` ends in a real letter before a real quotation mark.
fn is_quoted(text: &str, at: usize, length: usize, second: char) -> bool {
    let punctuation = "“”‘’«»‹›„‚…–—•".contains(second);
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + length..).and_then(|after| after.chars().next());
    punctuation && !before.is_some_and(char::is_lowercase) && !after.is_some_and(char::is_alphabetic)
}

/// Letters of European languages and their punctuation.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}' | '\u{202f}'..='\u{203a}' | '€' | '™')
}

fn again(text: &str) -> Option<String> {
    let whole = Span::new(0, text.len());
    let mut out = String::new();
    let mut end = 0;
    for at in text.char_indices().map(|(at, _)| at) {
        if at < end || !suspicious(text.as_bytes().get(at..).unwrap_or_default()) {
            continue;
        }
        if let Some((length, Some(said))) = sequence(text, at, whole) {
            out.push_str(text.get(end..at)?);
            out.push(said);
            end = at + length;
        }
    }
    out.push_str(text.get(end..)?);
    (end > 0).then_some(out)
}

/// The characters of Windows-1252 from 0x80 to 0x9F; a blank where there is none.
const WINDOWS: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

fn windows(byte: u8) -> Option<char> {
    WINDOWS.get(usize::from(byte).checked_sub(0x80)?).copied().filter(|c| *c != ' ')
}

/// The byte that a program saw as this character.
fn byte_of(c: char) -> Option<u8> {
    if let Some(at) = WINDOWS.iter().position(|known| *known == c && c != ' ') {
        return u8::try_from(at + 0x80).ok();
    }
    u8::try_from(u32::from(c)).ok().filter(|byte| *byte >= 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> Vec<(&str, Option<String>)> {
        let found = find(text, Span::new(0, text.len()));
        found.into_iter().map(|damage| (damage.span.of(text), damage.repaired)).collect()
    }

    #[test]
    fn what_was_read_wrongly_is_read_again() {
        let one = |damaged, said: &str| vec![(damaged, Some(said.to_owned()))];
        assert_eq!(repaired("un cafÃ© noir"), one("Ã©", "é"));
        assert_eq!(repaired("un rÃ©sumÃ©."), one("Ã©sumÃ©", "ésumé"));
        assert_eq!(repaired("itâ€™s"), one("â€™", "’"));
        assert_eq!(repaired("20\u{c2}\u{a0}%"), one("\u{c2}\u{a0}", "\u{a0}"));
        assert_eq!(repaired("cafÃƒÂ©"), one("ÃƒÂ©", "é"));
        assert_eq!(repaired("Å“uvre"), one("Å“", "œ"));
        assert_eq!(repaired("it\u{92}s"), one("\u{92}", "’"));
        assert_eq!(repaired("Box\u{99} it"), one("\u{99}", "™"));
        assert_eq!(repaired("Read\u{99}em"), vec![("\u{99}", None)], "the rest of an apostrophe, or a sign");
        assert_eq!(
            repaired("![\u{e7}\u{ac}\u{ac}\u{e4}\u{b8}\u{80}](a.png)"),
            one("\u{e7}\u{ac}\u{ac}\u{e4}\u{b8}\u{80}", "第一")
        );
        assert!(
            repaired("\u{e5}\u{9f} \u{e6}\u{9c}\u{ac}\u{e5}\u{9b}").is_empty(),
            "bytes are lost: it cannot be told"
        );
        assert_eq!(repaired("caf\u{fffd} a"), vec![("\u{fffd}", None)]);
        assert_eq!(repaired("He went.\u{fffd} I"), vec![("\u{fffd}", None)]);
        assert!(repaired("such as \u{fffd}, or (\u{fffd})").is_empty());
    }

    #[test]
    fn real_letters_are_left_alone() {
        for text in
            ["SÃO PAULO", "“IRMÃ”", "«Ã»", "„Ä“ und “Å”", "Âge, âge, Ägypten, Ångström", "pâté – 5€", "ÂÃ", "château…"]
        {
            assert!(repaired(text).is_empty(), "{text}");
        }
    }
}
