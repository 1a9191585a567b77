//! Walks through the tokens of a route's code: brackets, pieces between commas, statements.

use crate::generators::js_config::tokens::{Spot, Token};

/// A piece of code.
#[derive(Clone, Copy)]
pub struct Code<'t> {
    /// Its tokens.
    pub spots: &'t [Spot<'t>],
}

/// A piece that opens, asks or joins more often is a program, and no address: it is not followed, however deep it goes.
const MOST: usize = 200;

impl<'t> Code<'t> {
    /// True for a piece that is short enough to be followed.
    #[must_use]
    pub fn is_short(self) -> bool {
        let leads_on = |spot: &&Spot<'_>| match &spot.token {
            Token::Sign(sign) => matches!(*sign, "(" | "[" | "{" | "?" | "||" | "??" | "&&" | "+" | "."),
            Token::Word(word) => matches!(*word, "await" | "if"),
            _ => false,
        };
        self.spots.iter().filter(leads_on).nth(MOST).is_none()
    }

    /// The token at a place.
    #[must_use]
    pub fn token(self, at: usize) -> Option<&'t Token<'t>> {
        self.spots.get(at).map(|spot| &spot.token)
    }

    /// True for this sign.
    #[must_use]
    pub fn is(self, at: usize, sign: &str) -> bool {
        matches!(self.token(at), Some(Token::Sign(found)) if *found == sign)
    }

    /// True for this word.
    #[must_use]
    pub fn is_word(self, at: usize, word: &str) -> bool {
        self.word(at) == Some(word)
    }

    /// The word at a place.
    #[must_use]
    pub fn word(self, at: usize) -> Option<&'t str> {
        match self.token(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The tokens from one place to before another.
    #[must_use]
    pub fn part(self, from: usize, to: usize) -> Code<'t> {
        Code { spots: self.spots.get(from..to.min(self.spots.len())).unwrap_or_default() }
    }

    /// The place of the bracket that closes the one at `open`, or the end.
    #[must_use]
    pub fn close(self, open: usize) -> usize {
        let mut depth = 0usize;
        for at in open..self.spots.len() {
            if let Some(Token::Sign(sign)) = self.token(at) {
                match *sign {
                    "(" | "[" | "{" => depth += 1,
                    ")" | "]" | "}" => {
                        depth = depth.saturating_sub(1);
                        if depth == 0 {
                            return at;
                        }
                    }
                    _ => {}
                }
            }
        }
        self.spots.len()
    }

    /// The pieces between commas.
    #[must_use]
    pub fn pieces(self) -> Vec<Code<'t>> {
        let (mut all, mut from, mut at) = (Vec::new(), 0, 0);
        while at < self.spots.len() {
            match self.token(at) {
                Some(Token::Sign("(" | "[" | "{")) => at = self.close(at),
                Some(Token::Sign(",")) => {
                    all.push(self.part(from, at));
                    from = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        if from < self.spots.len() {
            all.push(self.part(from, self.spots.len()));
        }
        all
    }

    /// Where the statement that begins at a place ends: at its semicolon, or at a line that cannot go on with it.
    #[must_use]
    pub fn statement_end(self, start: usize) -> usize {
        let mut at = start;
        while at < self.spots.len() {
            match self.token(at) {
                Some(Token::Sign(";" | ")" | "]" | "}")) => return at,
                _ if at > start && self.begins_line(at) && !self.goes_on(at) => return at,
                Some(Token::Sign("(" | "[" | "{")) => at = self.close(at),
                _ => {}
            }
            at += 1;
        }
        at
    }

    /// Where the value behind a `return` ends; a line break after the word leaves none.
    #[must_use]
    pub fn returned_end(self, start: usize) -> usize {
        if self.begins_line(start) { start } else { self.statement_end(start) }
    }

    fn begins_line(self, at: usize) -> bool {
        self.spots.get(at).is_some_and(|spot| spot.first)
    }

    /// True where a line goes on with the statement before it.
    fn goes_on(self, at: usize) -> bool {
        match self.token(at) {
            // No expression has these words, so that even `as Post<Data>` before them is whole.
            Some(Token::Word("import")) if self.is(at + 1, ".") || self.is(at + 1, "(") => self.is_open(at),
            Some(Token::Word(word)) if STATEMENTS.contains(word) => false,
            Some(Token::Word("in" | "instanceof") | Token::Template(_)) => true,
            Some(Token::Sign("{")) => self.is(at.max(1) - 1, ")") || self.is_open(at),
            Some(Token::Sign("!" | "@" | "#" | "~" | "...")) => self.is_open(at),
            Some(Token::Sign(sign @ ("+" | "-"))) if self.is(at + 1, sign) => self.is_open(at),
            Some(Token::Sign(_)) => true,
            _ => self.is_open(at),
        }
    }

    /// True where what stands before a place asks for more.
    fn is_open(self, at: usize) -> bool {
        let Some(last) = at.checked_sub(1) else { return false };
        let before = |sign: &str| last.checked_sub(1).is_some_and(|at| self.is(at, sign));
        match self.token(last) {
            Some(Token::Word(word)) => OPEN.contains(word) && !before(".") && !before("?."),
            Some(Token::Sign(")" | "]" | "}" | ";")) => false,
            // `count++`
            Some(Token::Sign(sign @ ("+" | "-"))) => !before(sign),
            // `post!`
            Some(Token::Sign("!")) => {
                let value = last.checked_sub(1).and_then(|at| self.token(at));
                !matches!(value, Some(Token::Word(_) | Token::Sign(")" | "]")))
            }
            Some(Token::Sign(_)) => true,
            _ => false,
        }
    }
}

/// Words that begin statements and stand in no expression.
const STATEMENTS: [&str; 13] =
    ["const", "let", "var", "return", "if", "for", "while", "do", "switch", "try", "throw", "import", "export"];

/// Words that something has to follow, be it on the next line.
const OPEN: [&str; 17] = [
    "await",
    "new",
    "typeof",
    "void",
    "delete",
    "in",
    "of",
    "instanceof",
    "case",
    "const",
    "let",
    "var",
    "as",
    "satisfies",
    "else",
    "import",
    "from",
];

/// Behind the types of a call: `get<Post>(…)`.
#[must_use]
pub fn after_types(code: Code<'_>, at: usize) -> usize {
    if !code.is(at, "<") {
        return at;
    }
    let close = (at..at + 8).find(|at| code.is(*at, ">")).filter(|close| code.is(close + 1, "("));
    close.map_or(at, |close| close + 1)
}
