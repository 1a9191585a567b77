//! Settings written in Python, read without running it: assignments at the margin whose value is made of literals.
//!
//! Strings, numbers, truth values, lists, tuples, dictionaries (`dict(a=1)` too), names that were assigned before, sums
//! of these, texts filled in (`.format`, `%`, `f'…'`), and paths that `os.path` puts together are understood; what another
//! call or a condition decides is left out, and so unknown: one value of a dictionary, where the others are plain.

mod extensions;
mod paths;
mod targets;
#[cfg(test)]
mod tests;
mod texts;

use serde_json::{Map, Value};

/// Nested deeper than this, nothing is read.
const DEPTH: usize = 32;

/// The values of a file by name. A name whose value is not understood is null.
#[must_use]
pub fn read(text: &str) -> Map<String, Value> {
    read_after(text, Map::new())
}

/// The same where names are known already: those of the files that this one imports.
#[must_use]
pub fn read_after(text: &str, known: Map<String, Value>) -> Map<String, Value> {
    let mut found = known;
    let mut at = 0;
    while at < text.len() {
        let next = statement(text, at, &mut found);
        // Another one may stand behind it on its line.
        at = match text.get(next..).unwrap_or_default() {
            rest if rest.starts_with(';') => next + rest.len() - rest.trim_start_matches([';', ' ', '\t']).len(),
            rest => next + rest.find('\n').map_or(rest.len(), |end| end + 1),
        };
    }
    found
}

/// Reads one statement, and says where it ends.
fn statement(text: &str, at: usize, found: &mut Map<String, Value>) -> usize {
    let mut parser = Parser { text, at, known: found };
    let adds = parser.adds_to();
    let names = if let Some(name) = &adds { vec![name.clone()] } else { parser.targets() };
    if names.is_empty() {
        let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        for name in targets::otherwise(line) {
            // What a condition decides: a value from before is the usual one.
            found.entry(name).or_insert(Value::Null);
        }
        return at;
    }
    let value = parser.sum(0).filter(|_| parser.ends_line());
    let end = parser.at;
    let value = match adds {
        None => value,
        Some(name) => found.get(&name).cloned().zip(value).and_then(|(old, more)| added(old, more)),
    };
    for name in names {
        found.insert(name, value.clone().unwrap_or(Value::Null));
    }
    end
}

/// `a + b` of texts and lists.
fn added(a: Value, b: Value) -> Option<Value> {
    match (a, b) {
        (Value::String(a), Value::String(b)) => Some(Value::String(a + &b)),
        (Value::Array(mut a), Value::Array(b)) => {
            a.extend(b);
            Some(Value::Array(a))
        }
        _ => None,
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    known: &'a Map<String, Value>,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Skips blanks, and with `lines` also line ends and comments.
    fn blanks(&mut self, lines: bool) {
        loop {
            let rest = self.rest();
            let next = rest.trim_start_matches([' ', '\t', '\r']);
            let skipped = rest.len() - next.len();
            let more = match next.as_bytes() {
                [b'\n', ..] if lines => 1,
                [b'\\', b'\n', ..] => 2,
                [b'#', ..] if lines => next.find('\n').unwrap_or(next.len()),
                _ => 0,
            };
            self.at += skipped + more;
            if more == 0 {
                return;
            }
        }
    }

    fn ends_line(&mut self) -> bool {
        self.blanks(false);
        matches!(self.rest().as_bytes().first(), None | Some(b'\n' | b'#' | b';'))
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    /// Values joined by `+`.
    fn sum(&mut self, depth: usize) -> Option<Value> {
        let mut sum = self.filled(depth)?;
        loop {
            self.blanks(depth > 0);
            if !self.eat('+') {
                return Some(sum);
            }
            let more = self.filled(depth)?;
            sum = added(sum, more)?;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.blanks(depth > 0);
        if depth > DEPTH {
            return None;
        }
        match self.rest().chars().next()? {
            '[' => self.list(']', depth),
            '(' => self.list(')', depth),
            '{' => self.map(depth),
            '"' | '\'' => self.strings(depth),
            c if c.is_ascii_digit() || matches!(c, '-' | '.') => self.number(),
            c if c.is_alphabetic() || c == '_' => self.word(depth),
            _ => None,
        }
    }

    fn list(&mut self, close: char, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        let mut commas = 0;
        loop {
            self.blanks(true);
            if self.eat(close) {
                // Parentheses around one value are no tuple.
                let single = close == ')' && commas == 0 && items.len() == 1;
                return if single { items.pop() } else { Some(Value::Array(items)) };
            }
            items.push(self.sum(depth + 1)?);
            self.blanks(true);
            commas += usize::from(self.eat(','));
            if commas < items.len() && !self.rest().starts_with(close) {
                return None;
            }
        }
    }

    fn map(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut map = Map::new();
        loop {
            self.blanks(true);
            if self.eat('}') {
                return Some(Value::Object(map));
            }
            let key = self.sum(depth + 1)?;
            self.blanks(true);
            if !self.eat(':') {
                return None;
            }
            let start = self.at;
            let value = self.sum(depth + 1).filter(|_| {
                self.blanks(true);
                self.rest().starts_with([',', '}'])
            });
            let value = match value {
                Some(value) => value,
                None if key == "extensions" => match self.extensions(start) {
                    Some(list) => list,
                    None => self.passed_over(start)?,
                },
                None => self.passed_over(start)?,
            };
            map.insert(key.as_str().map_or_else(|| key.to_string(), str::to_owned), value);
            self.eat(',');
        }
    }

    /// Goes behind a value that is not understood, to the comma or brace after it; the value is null. Nothing where the
    /// text ends before.
    fn passed_over(&mut self, start: usize) -> Option<Value> {
        self.at = start;
        let mut open = 0_usize;
        loop {
            let next = self.rest().chars().next()?;
            match next {
                '"' | '\'' => {
                    if self.string(true).is_none() {
                        // It has no end, so nothing behind it is read again.
                        self.at = self.text.len();
                        return None;
                    }
                    continue;
                }
                '#' => {
                    self.blanks(true);
                    continue;
                }
                ',' | '}' | ']' if open == 0 => return Some(Value::Null),
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' => open = open.checked_sub(1)?,
                _ => {}
            }
            self.at += next.len_utf8();
        }
    }

    /// What stands in the parentheses of `dict(name=value)`.
    fn named(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut map = Map::new();
        loop {
            self.blanks(true);
            if self.eat(')') {
                return Some(Value::Object(map));
            }
            let rest = self.rest();
            let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let name = rest.get(..length).filter(|name| !name.is_empty())?.to_owned();
            self.at += length;
            self.blanks(true);
            if !self.eat('=') {
                return None;
            }
            let value = self.sum(depth + 1)?;
            map.insert(name, value);
            self.blanks(true);
            if !self.eat(',') && !self.rest().starts_with(')') {
                return None;
            }
        }
    }

    /// Texts side by side are one.
    fn strings(&mut self, depth: usize) -> Option<Value> {
        let mut out = self.string(false)?;
        loop {
            self.blanks(depth > 0);
            if self.starts_filled() {
                self.at += 1;
                out += &self.string_of_names()?;
            } else if self.rest().starts_with(['"', '\'']) {
                out += &self.string(false)?;
            } else {
                return Some(Value::String(out));
            }
        }
    }

    fn string(&mut self, raw: bool) -> Option<String> {
        let rest = self.rest();
        let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote))?;
        let inside = rest.get(quote.len()..)?;
        let mut out = String::new();
        let mut chars = inside.char_indices();
        while let Some((at, c)) = chars.next() {
            if inside.get(at..).is_some_and(|rest| rest.starts_with(quote)) {
                self.at += quote.len() + at + quote.len();
                return Some(out);
            }
            match c {
                '\\' if raw => out.extend(['\\', chars.next()?.1]),
                '\\' => match chars.next()?.1 {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    '\n' => {}
                    c @ ('\\' | '"' | '\'') => out.push(c),
                    c @ ('x' | 'u' | 'U') => {
                        let length = match c {
                            'x' => 2,
                            'u' => 4,
                            _ => 8,
                        };
                        let code: String = chars.by_ref().take(length).map(|(_, digit)| digit).collect();
                        out.push(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)?);
                    }
                    c => out.extend(['\\', c]),
                },
                '\n' if quote.len() == 1 => return None,
                c => out.push(c),
            }
        }
        None
    }

    fn number(&mut self) -> Option<Value> {
        let rest = self.rest();
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')).count();
        let text = rest.get(..length)?.replace('_', "");
        self.at += length;
        if let Ok(whole) = text.parse::<i64>() {
            return Some(whole.into());
        }
        text.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Value::Number)
    }

    fn word(&mut self, depth: usize) -> Option<Value> {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let word = rest.get(..length)?.to_owned();
        self.at += length;
        if self.rest().starts_with(['"', '\'']) {
            return match word.to_ascii_lowercase().as_str() {
                "u" | "b" => self.strings(depth),
                "r" | "ur" | "br" | "rb" => self.string(true).map(Value::String),
                "f" => self.string_of_names().map(Value::String),
                _ => None,
            };
        }
        match word.as_str() {
            "True" => Some(Value::Bool(true)),
            "False" => Some(Value::Bool(false)),
            "None" => Some(Value::Null),
            "dict" if self.rest().starts_with('(') => self.named(depth),
            // The folder of the settings is the one that all paths are read from.
            "__file__" => Some(Value::String("settings.py".to_owned())),
            name if self.is_text_with_method(name) => self.known.get(name).cloned(),
            _ if self.rest().starts_with(['.', '(']) => self.path_call(&word, depth),
            name => self.known.get(name).filter(|value| !value.is_null()).cloned(),
        }
    }
}
