//! Reads the expressions of routes without running them: what an expression is, seen from one entry of a collection.
//!
//! Names, members, `||`, `??`, `? :`, templates, a few functions on texts, and functions of the site's own that only do
//! such things are followed. Everything else is unknown.

use crate::hash::Map;

use regex::Regex;

use super::code::{Code, after_types};
use super::entry::Text;
use super::moment::Part;
use crate::generators::js_config::tokens::{Spot, Token, tokens};

/// What an expression is.
#[derive(Debug, Clone)]
pub enum Value {
    /// An entry of the collection.
    Entry,
    /// Its front matter.
    Data,
    /// A text.
    Is(Text),
    /// A text cut at a sign.
    Cut(Text, String, i64, Option<i64>),
    /// What a pattern finds in a text.
    Found(Text, Regex),
    /// `new Date(text)`, or a date that the schema has made of a key.
    Moment(Text),
    /// Its `getMonth()`, which counts from 0.
    MonthBefore(Text),
    /// The entries of a collection; of no name for an empty list.
    Entries(String),
    /// A number, such as that of a list's page.
    Number,
    /// `true`, `false`.
    Flag(bool),
    /// Other code.
    Unknown,
}

/// No address is filled up to more.
const LONG: i64 = 64;
/// So deep do functions call each other.
const DEEP: usize = 5;

/// The functions that code may call.
pub trait Functions {
    /// What the function that a file calls so gives back.
    fn call(&self, file: &str, name: &str, given: &[Value], depth: usize) -> Value;
}

/// The names that are known at a place of a file.
pub struct Scope<'f> {
    /// The site's own functions.
    pub files: &'f dyn Functions,
    /// The file that is read.
    pub file: &'f str,
    /// What names stand for.
    pub names: Map<String, Value>,
    /// How many functions have been entered.
    pub depth: usize,
}

impl Scope<'_> {
    /// What a whole piece of code is.
    #[must_use]
    pub fn value(&self, code: Code<'_>) -> Value {
        if !code.is_short() {
            return Value::Unknown;
        }
        let (value, end) = self.choice(code, 0);
        if end == code.spots.len() { value } else { Value::Unknown }
    }

    /// An expression that begins at a place, as far as it goes.
    fn choice(&self, code: Code<'_>, at: usize) -> (Value, usize) {
        let (asked, at) = self.either(code, at);
        if !code.is(at, "?") {
            return (asked, at);
        }
        let (then, at) = self.choice(code, at + 1);
        if !code.is(at, ":") {
            return (Value::Unknown, at);
        }
        let (other, at) = self.choice(code, at + 1);
        (chosen(asked, then, other), at)
    }

    fn either(&self, code: Code<'_>, at: usize) -> (Value, usize) {
        let (mut value, mut at) = self.sum(code, at);
        while let Some(Token::Sign(sign)) = code.token(at) {
            let sign = *sign;
            if !matches!(sign, "||" | "??" | "&&" | "===" | "!==" | "==" | "!=" | ">=" | "<=" | "<" | ">") {
                break;
            }
            let (next, end) = self.sum(code, at + 1);
            value = if matches!(sign, "||" | "??") { chosen(value.clone(), value, next) } else { Value::Unknown };
            at = end;
        }
        (value, at)
    }

    fn sum(&self, code: Code<'_>, at: usize) -> (Value, usize) {
        let (mut value, mut at) = self.chain(code, at);
        while code.is(at, "+") || code.is(at, "-") {
            let number = matches!(code.token(at + 1), Some(Token::Number(_)));
            let one = code.is(at, "+") && matches!(code.token(at + 1), Some(Token::Number(n)) if *n as i64 == 1);
            let (next, end) = self.chain(code, at + 1);
            value = match (value, next) {
                (Value::Is(first), Value::Is(second)) => Value::Is(Text::Joined(vec![first, second])),
                (Value::MonthBefore(text), _) if one => Value::Is(Text::Moment(Box::new(text), Part::Month)),
                (Value::Unknown | Value::Number | Value::MonthBefore(_), _) if number => Value::Number,
                _ => Value::Unknown,
            };
            at = end;
        }
        (value, at)
    }

    /// A name or a literal, with its members and calls.
    #[must_use]
    pub fn chain(&self, code: Code<'_>, at: usize) -> (Value, usize) {
        let (mut value, mut at) = self.first(code, at);
        loop {
            if code.is(at, "!") && (code.is(at + 1, ".") || at + 1 >= code.spots.len()) {
                at += 1;
            } else if (code.is(at, ".") || code.is(at, "?.")) && code.word(at + 1).is_some() {
                let name = code.word(at + 1).unwrap_or_default();
                at += 2;
                let arguments = code.is(at, "(").then(|| code.part(at + 1, code.close(at)));
                if arguments.is_some() {
                    at = code.close(at) + 1;
                }
                value = self.member(value, name, arguments);
            } else if code.is(at, "[") {
                value = match code.token(at + 1) {
                    Some(Token::Number(number)) if code.close(at) == at + 2 => item(&value, *number as i64),
                    _ => Value::Unknown,
                };
                at = code.close(at) + 1;
            } else if code.is_word(at, "as") {
                at += 2;
            } else {
                return (value, at);
            }
        }
    }

    fn first(&self, code: Code<'_>, at: usize) -> (Value, usize) {
        match code.token(at) {
            Some(Token::Text(text)) => (Value::Is(Text::Fixed(text.to_string())), at + 1),
            Some(Token::Template(inside)) => (self.template(inside), at + 1),
            Some(Token::Number(_)) => (Value::Number, at + 1),
            Some(Token::Sign("(")) => {
                let close = code.close(at);
                if code.is(close + 1, "=>") {
                    return (Value::Unknown, code.spots.len());
                }
                (self.value(code.part(at + 1, close)), close + 1)
            }
            Some(Token::Sign("[")) => {
                let close = code.close(at);
                let inside = code.part(at + 1, close);
                if inside.spots.is_empty() {
                    return (Value::Entries(String::new()), close + 1);
                }
                // `[...posts]`
                let copied = inside.is(0, "...").then(|| self.value(inside.part(1, inside.spots.len())));
                (copied.filter(|value| matches!(value, Value::Entries(_))).unwrap_or(Value::Unknown), close + 1)
            }
            Some(Token::Sign("{")) => (Value::Unknown, code.close(at) + 1),
            Some(Token::Word("await")) => self.chain(code, at + 1),
            Some(Token::Word("new")) if code.is_word(at + 1, "Date") && code.is(at + 2, "(") => {
                let close = code.close(at + 2);
                let moment = match self.value(code.part(at + 3, close)) {
                    Value::Is(text) | Value::Moment(text) => Value::Moment(text),
                    _ => Value::Unknown,
                };
                (moment, close + 1)
            }
            Some(Token::Word("undefined" | "null")) => (Value::Is(Text::Fixed(String::new())), at + 1),
            Some(Token::Word("true")) => (Value::Flag(true), at + 1),
            Some(Token::Word("false")) => (Value::Flag(false), at + 1),
            Some(Token::Word(name)) => {
                let after = after_types(code, at + 1);
                if code.is(after, "(") {
                    let close = code.close(after);
                    return (self.call(name, code.part(after + 1, close)), close + 1);
                }
                let known = self.names.get(*name).cloned();
                (known.unwrap_or(if is_number(name) { Value::Number } else { Value::Unknown }), at + 1)
            }
            _ => (Value::Unknown, at + 1),
        }
    }

    fn template(&self, inside: &str) -> Value {
        let mut parts = Vec::new();
        let mut rest = inside;
        while let Some((fixed, code)) = rest.split_once("${") {
            let Some((code, after)) = code.split_once('}') else { return Value::Unknown };
            let spots = tokens(code);
            let Value::Is(text) = self.value(Code { spots: &spots }) else { return Value::Unknown };
            parts.extend([Text::Fixed(fixed.to_owned()), text]);
            rest = after;
        }
        parts.push(Text::Fixed(rest.to_owned()));
        Value::Is(Text::Joined(parts))
    }

    /// `value.name` or `value.name(…)`.
    fn member(&self, value: Value, name: &str, arguments: Option<Code<'_>>) -> Value {
        let given = arguments.map(Code::pieces).unwrap_or_default();
        let number = |which: usize| match given.get(which).map(|code| code.spots) {
            Some([Spot { token: Token::Number(number), .. }]) => Some(*number as i64),
            Some([Spot { token: Token::Sign("-"), .. }, Spot { token: Token::Number(number), .. }]) => {
                Some(-(*number as i64))
            }
            _ => None,
        };
        match (value, name, &arguments) {
            (Value::Entry, "id", None) => Value::Is(Text::Id),
            (Value::Entry, "slug", None) => Value::Is(Text::Slug),
            (Value::Entry, "filePath", None) => Value::Is(Text::File),
            (Value::Entry, "data", None) => Value::Data,
            (Value::Data, key, None) => Value::Is(Text::Key(key.to_owned())),
            (Value::Is(text @ Text::Key(_)) | Value::Moment(text), _, Some(_)) if moment(&text, name).is_some() => {
                moment(&text, name).unwrap_or(Value::Unknown)
            }
            (Value::Is(text), "toString" | "trim", Some(_)) => Value::Is(text),
            (Value::MonthBefore(_), "toString", Some(_)) => Value::Number,
            (Value::Is(text), "padStart", Some(_)) => match (number(0), given.get(1).map(|code| code.spots)) {
                (Some(length), Some([Spot { token: Token::Text(sign), .. }])) if sign.chars().count() == 1 => {
                    let sign = sign.chars().next().unwrap_or(' ');
                    Value::Is(Text::Padded(Box::new(text), usize::try_from(length.min(LONG)).unwrap_or_default(), sign))
                }
                _ => Value::Unknown,
            },
            (Value::Number, "toString", Some(_)) => Value::Number,
            (Value::Is(text), "toLowerCase" | "toLocaleLowerCase", Some(_)) => Value::Is(Text::Lower(Box::new(text))),
            (Value::Is(text), "slice" | "substring", Some(_)) => match (number(0), given.len()) {
                (Some(from), 1) if from >= 0 => {
                    Value::Is(Text::From(Box::new(text), usize::try_from(from).unwrap_or_default()))
                }
                _ => Value::Unknown,
            },
            (Value::Is(text), "replace" | "replaceAll", Some(_)) => replaced(text, name == "replaceAll", &given),
            (Value::Is(text), "match", Some(_)) => match given.first().map(|code| code.spots) {
                Some([Spot { token: Token::Pattern(pattern, ""), .. }]) => match Regex::new(pattern) {
                    Ok(pattern) => Value::Found(text, pattern),
                    Err(_) => Value::Unknown,
                },
                _ => Value::Unknown,
            },
            (Value::Is(text), "split", Some(_)) => match given.first().map(|code| code.spots) {
                Some([Spot { token: Token::Text(sign), .. }]) if !sign.is_empty() => {
                    Value::Cut(text, sign.to_string(), 0, None)
                }
                _ => Value::Unknown,
            },
            (Value::Cut(text, sign, from, to), "pop", Some(_)) => part(text, sign, from, to, -1),
            (Value::Cut(text, sign, from, to), "shift", Some(_)) => part(text, sign, from, to, 0),
            (Value::Cut(text, sign, from, to), "at", Some(_)) => match number(0) {
                Some(at) => part(text, sign, from, to, at),
                None => Value::Unknown,
            },
            (Value::Cut(text, sign, 0, None), "slice", Some(_)) => match (number(0), number(1), given.len()) {
                (Some(from), None, 1) => Value::Cut(text, sign, from, None),
                (Some(from), Some(to), 2) => Value::Cut(text, sign, from, Some(to)),
                _ => Value::Unknown,
            },
            (Value::Cut(text, sign, from, to), "join", Some(_)) => match given.first().map(|code| code.spots) {
                Some([Spot { token: Token::Text(by), .. }]) if **by == *sign => {
                    Value::Is(Text::Parts(Box::new(text), sign, from, to))
                }
                _ => Value::Unknown,
            },
            (Value::Entries(name), "filter" | "sort" | "toSorted" | "reverse" | "toReversed" | "slice", Some(_)) => {
                Value::Entries(name)
            }
            _ => Value::Unknown,
        }
    }

    /// `name(…)`.
    fn call(&self, name: &str, arguments: Code<'_>) -> Value {
        let given: Vec<Value> = arguments.pieces().into_iter().map(|piece| self.value(piece)).collect();
        match (name, given.first()) {
            ("getCollection", Some(Value::Is(Text::Fixed(collection)))) => return Value::Entries(collection.clone()),
            ("getCollection", _) => return Value::Unknown,
            ("String", Some(Value::Is(text))) => return Value::Is(text.clone()),
            ("String", Some(Value::Number | Value::MonthBefore(_))) => return Value::Number,
            _ if self.depth >= DEEP || self.names.contains_key(name) => return Value::Unknown,
            _ => {}
        }
        self.files.call(self.file, name, &given, self.depth + 1)
    }
}

/// What a method of a date gives.
fn moment(text: &Text, method: &str) -> Option<Value> {
    let part = |part: Part| Some(Value::Is(Text::Moment(Box::new(text.clone()), part)));
    match method {
        "getFullYear" | "getUTCFullYear" => part(Part::Year),
        "getDate" | "getUTCDate" => part(Part::Day),
        "toISOString" => part(Part::Iso),
        "getMonth" | "getUTCMonth" => Some(Value::MonthBefore(text.clone())),
        _ => None,
    }
}

/// `asked ? then : other`
fn chosen(asked: Value, then: Value, other: Value) -> Value {
    match (asked, then, other) {
        (Value::Flag(yes), then, other) => {
            if yes {
                then
            } else {
                other
            }
        }
        (Value::Is(asked), Value::Is(then), Value::Is(other)) => {
            Value::Is(Text::Choice(Box::new(asked), Box::new(then), Box::new(other)))
        }
        (_, Value::Number, Value::Number) => Value::Number,
        // `includeDrafts ? posts : posts.filter(…)`
        (_, Value::Entries(then), Value::Entries(other)) => either_list(then, other),
        // `getPosts() ?? []`
        (Value::Entries(name), Value::Entries(then), Value::Unknown) if name == then => Value::Entries(name),
        _ => Value::Unknown,
    }
}

/// The entries of one of two lists; the empty list is of any collection.
#[must_use]
pub fn either_list(one: String, other: String) -> Value {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => Value::Entries(other),
        (_, true) => Value::Entries(one),
        _ if one == other => Value::Entries(one),
        _ => Value::Unknown,
    }
}

/// `value[number]`
#[must_use]
pub fn item(value: &Value, number: i64) -> Value {
    match value {
        Value::Cut(text, sign, from, to) => part(text.clone(), sign.clone(), *from, *to, number),
        Value::Found(text, pattern) => match usize::try_from(number) {
            Ok(group) => Value::Is(Text::Group(Box::new(text.clone()), pattern.clone(), group)),
            Err(_) => Value::Unknown,
        },
        _ => Value::Unknown,
    }
}

/// The part of a text that is cut, by its number.
fn part(text: Text, sign: String, from: i64, to: Option<i64>, at: i64) -> Value {
    match (from, to) {
        (0, None) => Value::Is(Text::Parts(Box::new(text), sign, at, (at != -1).then_some(at + 1))),
        (from, None) if from < 0 && at == 0 => {
            Value::Is(Text::Parts(Box::new(text), sign, from, (from != -1).then_some(from + 1)))
        }
        _ => Value::Unknown,
    }
}

/// `.replace(what, by)`
fn replaced(text: Text, everywhere: bool, given: &[Code<'_>]) -> Value {
    let [what, by] = given else { return Value::Unknown };
    let [Spot { token: Token::Text(by), .. }] = by.spots else { return Value::Unknown };
    let found = match what.spots {
        [Spot { token: Token::Pattern(pattern, flags), .. }] => {
            let any_case = if flags.contains('i') { "(?i)" } else { "" };
            Regex::new(&format!("{any_case}{pattern}")).ok().map(|found| (found, flags.contains('g')))
        }
        [Spot { token: Token::Text(found), .. }] => {
            Regex::new(&regex::escape(found)).ok().map(|found| (found, everywhere))
        }
        _ => None,
    };
    match found {
        Some((found, all)) => Value::Is(Text::Replaced(Box::new(text), found, by.to_string(), all)),
        None => Value::Unknown,
    }
}

/// Names that everybody gives to numbers of pages and to years.
#[must_use]
pub fn is_number(name: &str) -> bool {
    matches!(name, "page" | "pageNum" | "pageNumber" | "currentPage" | "year" | "i" | "index" | "n")
}
