//! Is this prose at all? A model names a language for checksums, version lists and irb sessions too; a text that is
//! not made of words is not judged. Written so that scripts without blanks between words, and scripts whose vowels
//! are marks, pass as prose like the others.

use super::script::{Letters, Script};

/// Letters per hundred characters that are not blank.
const LETTERS: u32 = 75;
/// From this many letters per hundred in scripts without blanks, words are not counted.
const WITHOUT_BLANKS: u32 = 30;
/// So many letters such a text must have instead.
const FEWEST_LETTERS: u32 = 20;
/// Words a text must have …
const FEWEST_WORDS: u32 = 8;
/// … and words per hundred tokens.
const WORDS: u32 = 70;
/// Tokens per hundred with a comma, a colon, a bracket: sentences have 10 to 25; lists of names, talk programmes and
/// type signatures have more than this.
const MARKED: u32 = 40;

/// What a text is made of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Makeup {
    /// Its letters by script.
    pub letters: Letters,
    visible: u32,
    without_blanks: u32,
    tokens: u32,
    words: u32,
    marked: u32,
}

/// What a character does in a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Blank,
    Letter(Script),
    /// May stand between letters: an apostrophe, a hyphen.
    Joins,
    /// May stand before or after a word, not in it: a comma, a bracket.
    Closes,
    /// Makes the token anything but a word: a digit, a sign of code.
    Breaks,
}

impl Role {
    fn of(character: char) -> Role {
        match Script::of(character) {
            Some(script) => Role::Letter(script),
            None if character.is_whitespace() => Role::Blank,
            None if character.is_numeric() => Role::Breaks,
            None if matches!(character, '’' | '‑' | '·') => Role::Joins,
            None => Role::Closes,
        }
    }
}

/// The roles of ASCII, which most prose is made of.
static ASCII: [Role; 128] = {
    let mut roles = [Role::Closes; 128];
    let mut byte = 0;
    while byte < 128 {
        roles[byte] = match byte as u8 {
            b'\t'..=b'\r' | b' ' => Role::Blank,
            b'a'..=b'z' | b'A'..=b'Z' => Role::Letter(Script::Latin),
            b'\'' | b'-' => Role::Joins,
            b'0'..=b'9' | b'_' | b'=' | b'/' | b'\\' | b'@' | b'$' | b'{' | b'<' | b'|' | b'#' => Role::Breaks,
            _ => Role::Closes,
        };
        byte += 1;
    }
    roles
};

/// The token at hand.
#[derive(Default)]
struct Token {
    begun: bool,
    letters: bool,
    marked: bool,
    /// Something stood after a letter that may only stand at the end.
    closed: bool,
    broken: bool,
}

impl Makeup {
    /// Looks at every character once.
    pub fn of<'a>(pieces: impl Iterator<Item = &'a str>) -> Makeup {
        let mut makeup = Makeup::default();
        let mut token = Token::default();
        for character in pieces.flat_map(str::chars) {
            let role = ASCII.get(character as usize).copied().unwrap_or_else(|| Role::of(character));
            if role == Role::Blank {
                makeup.end(&mut token);
                continue;
            }
            makeup.visible += 1;
            token.begun = true;
            match role {
                Role::Letter(script) => {
                    makeup.letters.add(script);
                    makeup.without_blanks += u32::from(script.has_no_blanks());
                    token.broken |= token.closed;
                    token.letters = true;
                }
                Role::Breaks => token.broken = true,
                Role::Closes => {
                    token.closed |= token.letters;
                    token.marked = true;
                }
                Role::Joins | Role::Blank => {}
            }
        }
        makeup.end(&mut token);
        makeup
    }

    fn end(&mut self, token: &mut Token) {
        self.tokens += u32::from(token.begun);
        self.words += u32::from(token.letters && !token.broken);
        self.marked += u32::from(token.marked);
        *token = Token::default();
    }

    /// True when the text reads as sentences.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        let letters = self.letters.all();
        if letters == 0 || 100 * u64::from(letters) < u64::from(LETTERS) * u64::from(self.visible) {
            return false;
        }
        if 100 * u64::from(self.without_blanks) >= u64::from(WITHOUT_BLANKS) * u64::from(letters) {
            return self.without_blanks >= FEWEST_LETTERS;
        }
        let tokens = u64::from(self.tokens);
        self.words >= FEWEST_WORDS
            && 100 * u64::from(self.words) >= u64::from(WORDS) * tokens
            && 100 * u64::from(self.marked) < u64::from(MARKED) * tokens
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_prose(text: &str) -> bool {
        Makeup::of([text].into_iter()).is_prose()
    }

    #[test]
    fn sentences_are_prose_in_every_script() {
        for text in [
            "She wrote a letter to the editor, and the editor (who rarely answers) answered within a day.",
            "L’équipe s’est réunie hier soir pour parler de l’avenir du projet et de ses bénévoles.",
            "Мы проверили все ссылки на сайте и нашли только две, которые больше не работают.",
            "この文章には空白がありませんが、もちろん普通の日本語の文章です。",
            "ข้อความนี้เขียนเป็นภาษาไทยโดยไม่มีช่องว่างระหว่างคำ",
            "यह वाक्य हिन्दी में लिखा गया है और इसमें आठ से अधिक शब्द हैं।",
        ] {
            assert!(is_prose(text), "{text}");
        }
    }

    #[test]
    fn lists_code_and_sums_are_not() {
        for text in [
            "3f786850e387550fdab836ed7e6dc881de23001b 89e6c98d92887913cadf06b2adb97f26cde4849b",
            "v1.2.3, v1.2.4, v1.3.0, v2.0.0-rc1, v2.0.0-rc2, v2.0.0, v2.0.1, v2.1.0, v2.2.0",
            "irb(main):001:0> foo.bar(1) => [1, 2, 3] irb(main):002:0> exit",
            "border-top-width: 1px; border-top-style: solid; z-index: 12; margin: 0 0 0 4px;",
            "Type: { source: string; width: number; height: number; format: Format; orientation?: number; }",
            "Anna Berg, Tom Reuter, Lena Voss, Karl Haas, Ida Blum, Max Frey, Eva Roth, Jan Kern, Uta Lang",
            "",
            "¯\\_(ツ)_/¯",
        ] {
            assert!(!is_prose(text), "{text}");
        }
    }
}
