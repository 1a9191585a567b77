//! Texts that settings make of others, `'{}index.html'.format(ARTICLE_URL)`: an address is often said once and used twice.

use serde_json::Value;

use super::Parser;

/// The methods of texts that are understood.
const METHODS: [&str; 6] = ["format", "rstrip", "lstrip", "strip", "replace", "join"];

impl Parser<'_> {
    /// A value with the methods, keys and `%` behind it.
    pub(super) fn filled(&mut self, depth: usize) -> Option<Value> {
        let mut value = self.value(depth)?;
        loop {
            self.blanks(depth > 0);
            if let Some(method) = self.method() {
                self.at += 1 + method.len();
                value = self.called(method, &value, depth)?;
            } else if value.is_object() && self.eat('[') {
                let key = self.sum(depth + 1)?;
                value = value.get(key.as_str()?).filter(|value| !value.is_null())?.clone();
                if !self.eat(']') {
                    return None;
                }
            } else if value.is_string() && self.eat('%') {
                let values = match self.value(depth)? {
                    Value::Array(all) => all,
                    one => vec![one],
                };
                value = Value::String(percent(value.as_str()?, &values)?);
            } else {
                return Some(value);
            }
        }
    }

    /// True for a known text that one of these methods is asked of.
    pub(super) fn is_text_with_method(&self, name: &str) -> bool {
        self.method().is_some() && self.known.get(name).is_some_and(Value::is_string)
    }

    /// True before `f'…'`.
    pub(super) fn starts_filled(&self) -> bool {
        matches!(self.rest().as_bytes(), [b'f' | b'F', b'"' | b'\'', ..])
    }

    /// `f'{ARTICLE_URL}index.html'` behind its letter.
    pub(super) fn string_of_names(&mut self) -> Option<String> {
        let pattern = self.string(false)?;
        braces(&pattern, |name| self.known.get(name)?.as_str().map(str::to_owned))
    }

    fn method(&self) -> Option<&'static str> {
        let rest = self.rest().strip_prefix('.')?;
        METHODS.into_iter().find(|name| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with('(')))
    }

    fn called(&mut self, method: &str, of: &Value, depth: usize) -> Option<Value> {
        let of = of.as_str()?;
        let start = self.at;
        let given = self.list(')', depth);
        if method == "format" && given.is_none() {
            self.at = start;
            let named = self.named(depth)?;
            return braces(of, |name| named.get(name)?.as_str().map(str::to_owned)).map(Value::String);
        }
        let given = match given? {
            // Parentheses around one list are that list.
            Value::Array(all) if method != "join" => all,
            one => vec![one],
        };
        let text = |at: usize| given.get(at).and_then(Value::as_str);
        let signs: Vec<char> = text(0).unwrap_or(" \n\t").chars().collect();
        Some(Value::String(match method {
            "format" => {
                let mut count = 0..;
                braces(of, |name| {
                    let number = if name.is_empty() { count.next()? } else { name.parse().ok()? };
                    text(number).map(str::to_owned)
                })?
            }
            "rstrip" => of.trim_end_matches(&*signs).to_owned(),
            "lstrip" => of.trim_start_matches(&*signs).to_owned(),
            "strip" => of.trim_matches(&*signs).to_owned(),
            "replace" => of.replace(text(0)?, text(1)?),
            _ => {
                let parts = given.first()?.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
                parts.join(of)
            }
        }))
    }
}

/// Fills what stands in braces; nothing where one is no plain name. Doubled braces are one.
fn braces(pattern: &str, mut value: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        out += rest.get(..at)?;
        let tail = rest.get(at..)?;
        if tail.starts_with("{{") || tail.starts_with("}}") {
            out += tail.get(..1)?;
            rest = tail.get(2..)?;
        } else {
            let (name, after) = tail.strip_prefix('{')?.split_once('}')?;
            out += &value(name.trim())?;
            rest = after;
        }
    }
    Some(out + rest)
}

/// Fills each `%s`.
fn percent(pattern: &str, values: &[Value]) -> Option<String> {
    let mut values = values.iter();
    let mut out = String::new();
    let mut parts = pattern.split('%');
    out += parts.next()?;
    while let Some(part) = parts.next() {
        if let Some(after) = part.strip_prefix('s') {
            out += values.next()?.as_str()?;
            out += after;
        } else if part.is_empty() {
            out.push('%');
            out += parts.next()?;
        } else {
            return None;
        }
    }
    values.next().is_none().then_some(out)
}
