//! From tokens to values: statements at the top, expressions where a value is exported or named.

use std::collections::hash_map::Entry;

use super::imports::Import;
use super::templates;
use super::tokens::{Spot, Token, tokens};
use super::{Module, Step, Value};

/// How deep literals may nest; deeper ones are unknown.
const DEPTH: usize = 48;

/// Reads a file.
pub fn module(text: &str) -> Module {
    let spots = tokens(text);
    let closing = closing(&spots);
    let mut reader = Reader { spots, closing, module: Module::default() };
    let end = reader.spots.len();
    reader.statements(0, end, 0);
    reader.module
}

/// For each opening bracket the place of its closing one; the end where it has none.
fn closing(spots: &[Spot<'_>]) -> Vec<usize> {
    let mut all = vec![spots.len(); spots.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, spot) in spots.iter().enumerate() {
        match spot.token {
            Token::Sign("(" | "[" | "{") => open.push(at),
            Token::Sign(")" | "]" | "}") => {
                if let Some(place) = open.pop().and_then(|opened| all.get_mut(opened)) {
                    *place = at;
                }
            }
            _ => {}
        }
    }
    all
}

struct Reader<'t> {
    spots: Vec<Spot<'t>>,
    closing: Vec<usize>,
    module: Module,
}

impl<'t> Reader<'t> {
    fn token(&self, at: usize) -> Option<&Token<'t>> {
        self.spots.get(at).map(|spot| &spot.token)
    }

    fn word(&self, at: usize) -> Option<&'t str> {
        if let Some(Token::Word(word)) = self.token(at) { Some(word) } else { None }
    }

    fn is(&self, at: usize, sign: &str) -> bool {
        matches!(self.token(at), Some(Token::Sign(found)) if *found == sign)
    }

    fn close(&self, at: usize) -> usize {
        self.closing.get(at).copied().unwrap_or(self.spots.len())
    }

    /// The place after what begins here: a bracket counts with all that is in it.
    fn after(&self, at: usize) -> usize {
        match self.token(at) {
            Some(Token::Sign("(" | "[" | "{")) => self.close(at) + 1,
            _ => at + 1,
        }
    }

    /// Reads statements; the value of the last `return` among them.
    fn statements(&mut self, start: usize, end: usize, depth: usize) -> Option<Value> {
        let (mut at, mut returned) = (start, None);
        while at < end {
            at = match self.word(at) {
                Some("const" | "let" | "var") => self.declaration(at, end, depth),
                Some("function") if self.word(at + 1).is_some() => {
                    let name = self.word(at + 1).unwrap_or_default().to_owned();
                    let (value, next) = self.function(at, end, depth);
                    self.define(name, value);
                    next
                }
                Some("import") if depth == 0 => self.import(at + 1, end),
                Some("return") => {
                    let (value, next) = self.expression(at + 1, end, depth);
                    returned = Some(value);
                    next
                }
                Some("default") if at > 0 && self.word(at - 1) == Some("export") => self.export(at + 1, end, depth),
                Some("default") if at > 1 && self.word(at - 1) == Some("as") => self.export_name(at - 2),
                // `export { config as default }`: look inside.
                Some("export") if self.is(at + 1, "{") => at + 2,
                Some("export") if self.is(at + 1, "=") => self.export(at + 2, end, depth),
                Some("module") if depth == 0 && self.word(at + 2) == Some("exports") && self.is(at + 3, "=") => {
                    self.export(at + 4, end, depth)
                }
                // `(module.exports = {…})`: a type was written before it in a comment.
                _ if depth == 0 && self.is(at, "(") && self.word(at + 1) == Some("module") => at + 1,
                // A name that is given another value later is no constant.
                Some(name) if self.is(at + 1, "=") && self.module.names.contains_key(name) => {
                    self.module.names.insert(name.to_owned(), Value::Unknown);
                    at + 2
                }
                _ => self.after(at),
            };
        }
        returned
    }

    /// `import name, { a, b as c } from 'file'`.
    fn import(&mut self, start: usize, end: usize) -> usize {
        let mut found: Vec<(String, Option<String>)> = Vec::new();
        let (mut at, mut inside) = (start, false);
        while at < end {
            match self.token(at) {
                Some(Token::Text(from)) => {
                    let from = from.to_string();
                    let imports = found.into_iter().map(|(local, name)| Import { local, name, from: from.clone() });
                    self.module.imports.extend(imports);
                    return at + 1;
                }
                Some(Token::Word("from" | "type")) => {}
                // The name that counts here is the second.
                Some(Token::Word("as")) => {
                    if let (Some(local), Some(last)) = (self.word(at + 1), found.last_mut()) {
                        local.clone_into(&mut last.0);
                    }
                    at += 1;
                }
                Some(Token::Word(name)) => {
                    let local = (*name).to_owned();
                    found.push((local.clone(), (inside && local != "default").then_some(local)));
                }
                Some(Token::Sign(sign @ ("{" | "}"))) => inside = *sign == "{",
                Some(Token::Sign(",")) => {}
                // `import * as all`, `import(…)`: not taken over.
                _ => return at,
            }
            at += 1;
        }
        at
    }

    fn export(&mut self, at: usize, end: usize, depth: usize) -> usize {
        let (value, next) = self.expression(at, end, depth);
        self.module.exported = Some(value);
        next
    }

    fn export_name(&mut self, at: usize) -> usize {
        let name = self.word(at).unwrap_or_default().to_owned();
        self.module.exported = Some(Value::Path(vec![Step { name, arguments: None }]));
        at + 3
    }

    fn define(&mut self, name: String, value: Value) {
        match self.module.names.entry(name) {
            Entry::Vacant(place) => {
                place.insert(value);
            }
            // Two of one name in different functions: whose is meant cannot be told.
            Entry::Occupied(mut place) => {
                place.insert(Value::Unknown);
            }
        }
    }

    /// `const name: Type = value, other = value`.
    fn declaration(&mut self, at: usize, end: usize, depth: usize) -> usize {
        let mut at = at + 1;
        loop {
            let Some(name) = self.word(at) else { return at };
            let mut next = at + 1;
            if self.is(next, ":") {
                while next < end && !self.is(next, "=") && !self.is(next, ";") {
                    next = self.after(next);
                }
            }
            if !self.is(next, "=") {
                return next;
            }
            let (value, next) = self.expression(next + 1, end, depth);
            self.define(name.to_owned(), value);
            if !self.is(next, ",") {
                return next;
            }
            at = next + 1;
        }
    }

    /// `function name(…): Type {…}` or `function (…) {…}`.
    fn function(&mut self, at: usize, end: usize, depth: usize) -> (Value, usize) {
        let mut at = at + 1;
        while at < end && !self.is(at, "{") {
            at = self.after(at);
        }
        self.body(at, end, depth)
    }

    /// `{…; return value}`.
    fn body(&mut self, at: usize, end: usize, depth: usize) -> (Value, usize) {
        let close = self.close(at).min(end);
        let value = if depth < DEPTH { self.statements(at + 1, close, depth + 1) } else { None };
        (Value::Function(Box::new(value.unwrap_or(Value::Unknown))), close + 1)
    }

    /// An expression and the place after it. Whatever is joined by an operator is unknown.
    fn expression(&mut self, start: usize, end: usize, depth: usize) -> (Value, usize) {
        if depth > DEPTH {
            return (Value::Unknown, self.skip(start, end));
        }
        let (value, at) = self.primary(start, end, depth + 1);
        if self.ends(at, end) {
            return (value, at);
        }
        // `value as const`, `value satisfies Config`: the type says nothing here.
        if matches!(self.word(at), Some("as" | "satisfies")) {
            return (value, self.skip(at + 1, end));
        }
        // `process.env.BASE || '/'`: without the variable, the text counts.
        let environment = matches!(&value, Value::Path(steps) if steps.iter().any(|step| step.name == "env"));
        if environment && (self.is(at, "||") || self.is(at, "??")) {
            return self.expression(at + 1, end, depth + 1);
        }
        (Value::Unknown, self.skip(at, end))
    }

    /// True where an expression ends: at a comma, a closing bracket, a line that begins with a word.
    fn ends(&self, at: usize, end: usize) -> bool {
        if at >= end {
            return true;
        }
        let first = self.spots.get(at).is_some_and(|spot| spot.first);
        match self.token(at) {
            Some(Token::Sign("," | ";" | ")" | "]" | "}" | ":")) => true,
            Some(Token::Word(word)) => first && !matches!(*word, "in" | "instanceof" | "as" | "satisfies"),
            _ => false,
        }
    }

    fn skip(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        // The branches of `a ? b : c` belong to the expression.
        while at < end && (self.is(at, ":") || !self.ends(at, end)) {
            at = self.after(at);
        }
        at.min(end)
    }

    fn primary(&mut self, at: usize, end: usize, depth: usize) -> (Value, usize) {
        let Some(token) = self.token(at).filter(|_| at < end).cloned() else { return (Value::Unknown, at) };
        match token {
            Token::Text(text) => (Value::Text(text.into_owned()), at + 1),
            Token::Number(number) => (Value::Number(number), at + 1),
            Token::Pattern(pattern, _) => (Value::Pattern(pattern.to_owned()), at + 1),
            Token::Template(inside) => (templates::filled(inside, &self.module), at + 1),
            Token::Opaque => (Value::Unknown, at + 1),
            Token::Sign("{") => (self.map(at, depth), self.close(at) + 1),
            Token::Sign("[") => (Value::List(self.list(at, depth)), self.close(at) + 1),
            Token::Sign("(") => self.parenthesis(at, end, depth),
            Token::Sign("-") => match self.token(at + 1) {
                Some(Token::Number(number)) => (Value::Number(-number), at + 2),
                _ => (Value::Unknown, at + 1),
            },
            Token::Sign(_) => (Value::Unknown, at),
            Token::Word(word) => match word {
                "true" => (Value::Flag(true), at + 1),
                "false" => (Value::Flag(false), at + 1),
                "null" | "undefined" => (Value::Null, at + 1),
                "await" => self.expression(at + 1, end, depth),
                "async" if self.word(at + 1).is_some() || self.is(at + 1, "(") => self.primary(at + 1, end, depth),
                "function" => self.function(at, end, depth),
                "new" | "typeof" | "class" => (Value::Unknown, at + 1),
                _ if self.is(at + 1, "=>") => self.arrow(at + 1, end, depth),
                _ => self.path(at, end, depth),
            },
        }
    }

    /// `(…) => …`, or an expression in parentheses.
    fn parenthesis(&mut self, at: usize, end: usize, depth: usize) -> (Value, usize) {
        let after = self.close(at) + 1;
        if self.is(after, "=>") {
            return self.arrow(after, end, depth);
        }
        if self.is(after, ":") && self.word(after + 1).is_some() {
            // A return type, unless this is a branch of `a ? (b) : c`.
            let arrow = (after + 1..(after + 12).min(end)).find(|place| self.is(*place, "=>"));
            if let Some(arrow) = arrow {
                return self.arrow(arrow, end, depth);
            }
        }
        let (value, _) = self.expression(at + 1, after.saturating_sub(1), depth);
        (value, after)
    }

    fn arrow(&mut self, at: usize, end: usize, depth: usize) -> (Value, usize) {
        if self.is(at + 1, "{") {
            return self.body(at + 1, end, depth);
        }
        let (value, next) = self.expression(at + 1, end, depth);
        (Value::Function(Box::new(value)), next)
    }

    /// Names, members and calls.
    fn path(&mut self, at: usize, end: usize, depth: usize) -> (Value, usize) {
        let mut steps = Vec::new();
        let mut at = at;
        while let Some(name) = self.word(at).filter(|_| at < end) {
            at += 1;
            if self.is(at, "<") {
                at = self.after_types(at, end);
            }
            let mut arguments = None;
            if self.is(at, "(") {
                arguments = Some(self.list(at, depth));
                at = self.close(at) + 1;
            }
            steps.push(Step { name: name.to_owned(), arguments });
            if !(self.is(at, ".") || self.is(at, "?.")) {
                break;
            }
            at += 1;
        }
        (Value::Path(steps), at)
    }

    /// `call<A, B>(…)`: the place of the parenthesis, or where it stands when these are no types.
    fn after_types(&self, at: usize, end: usize) -> usize {
        let close = (at..(at + 24).min(end)).find(|place| self.is(*place, ">"));
        close.map(|close| close + 1).filter(|next| self.is(*next, "(")).unwrap_or(at)
    }

    /// The values between brackets.
    fn list(&mut self, open: usize, depth: usize) -> Vec<Value> {
        let (mut at, end) = (open + 1, self.close(open));
        let mut values = Vec::new();
        while at < end {
            if self.is(at, ",") {
                at += 1;
                continue;
            }
            let spread = self.is(at, "...");
            let (value, next) = self.expression(at + usize::from(spread), end, depth);
            values.push(if spread { Value::Unknown } else { value });
            at = next.max(at + 1);
        }
        values
    }

    /// The entries between braces.
    fn map(&mut self, open: usize, depth: usize) -> Value {
        let (mut at, end) = (open + 1, self.close(open));
        let mut entries: Vec<(String, Value)> = Vec::new();
        while at < end {
            let key = match self.token(at) {
                Some(Token::Sign("...")) => "...".to_owned(),
                Some(Token::Word("async" | "get")) if self.word(at + 1).is_some() => {
                    at += 1;
                    continue;
                }
                Some(Token::Word(word)) => (*word).to_owned(),
                Some(Token::Text(text)) => text.to_string(),
                Some(Token::Number(number)) => number.to_string(),
                // A computed key may be any.
                Some(Token::Sign("[")) => {
                    at = self.skip(self.after(at) + 1, end);
                    entries.push(("...".to_owned(), Value::Unknown));
                    continue;
                }
                _ => {
                    at = self.after(at);
                    continue;
                }
            };
            let (value, next) = if key == "..." || self.is(at + 1, ":") {
                self.expression(at + if key == "..." { 1 } else { 2 }, end, depth)
            } else if self.is(at + 1, "(") {
                self.function(at, end, depth)
            } else {
                (Value::Path(vec![Step { name: key.clone(), arguments: None }]), at + 1)
            };
            entries.push((key, value));
            at = next.max(at + 1);
        }
        Value::Map(entries)
    }
}
