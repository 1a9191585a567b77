//! `check:` as it is written, and the statements that it becomes once the options are known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::kinds::{
    DateIs, FileExists, Forbidden, Kind, Length, Match, OneOf, Pattern, Required, Substitute, TypeIs, Unique, UrlList,
};

/// How a rule finds its findings.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(from = "Value", into = "Value")]
pub enum Check {
    /// A function in `src/rules/<area>/<name>.rs`.
    Code,
    /// One or more statements, as written: `$name` stands for the value of an option (see [`Check::statements`]).
    Declared(Vec<Value>),
}

/// One statement of a declarative check, its options filled in.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What is asked.
    pub kind: Kind,
    /// What a finding says; `{value}`, `{key}` … are filled in.
    pub message: String,
    /// Why it hurts, where the message does not say.
    pub note: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl From<Value> for Check {
    /// Takes anything: what is no statement is refused by [`Check::statements`], where the line is known.
    fn from(value: Value) -> Self {
        match value {
            Value::String(word) if word == "code" => Check::Code,
            Value::Array(items) => Check::Declared(items),
            one => Check::Declared(vec![one]),
        }
    }
}

impl From<Check> for Value {
    fn from(check: Check) -> Value {
        match check {
            Check::Code => Value::String("code".to_owned()),
            Check::Declared(items) => Value::Array(items),
        }
    }
}

/// A statement as it is written: one kind and its words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    required: Option<Required>,
    forbidden: Option<Forbidden>,
    r#type: Option<TypeIs>,
    one_of: Option<OneOf>,
    pattern: Option<Pattern>,
    length: Option<Length>,
    date: Option<DateIs>,
    unique: Option<Unique>,
    r#match: Option<Match>,
    substitute: Option<Substitute>,
    file_exists: Option<FileExists>,
    url_list: Option<UrlList>,
    message: String,
    note: Option<String>,
    help: Option<String>,
}

impl Check {
    /// True for `check: code`.
    #[must_use]
    pub fn is_code(&self) -> bool {
        matches!(self, Check::Code)
    }

    /// The statements with each `$name` replaced by the option's value; empty for code.
    ///
    /// # Errors
    /// An unknown kind, selector or option; what is missing or too much.
    pub fn statements(&self, options: &BTreeMap<String, Value>) -> Result<Vec<Statement>, String> {
        let Check::Declared(items) = self else { return Ok(Vec::new()) };
        if items.is_empty() || !items.iter().all(Value::is_object) {
            return Err(
                "`check` is `code`, one statement such as `{required: …, message: …}`, or a list of them".to_owned()
            );
        }
        items.iter().map(|item| Statement::read(item, options)).collect()
    }
}

impl Statement {
    fn read(item: &Value, options: &BTreeMap<String, Value>) -> Result<Self, String> {
        let mut item = item.clone();
        fill(&mut item, options)?;
        let written: Written = serde_json::from_value(item).map_err(|error| error.to_string())?;
        let kinds = [
            written.required.map(Kind::Required),
            written.forbidden.map(Kind::Forbidden),
            written.r#type.map(Kind::Type),
            written.one_of.map(Kind::OneOf),
            written.pattern.map(Kind::Pattern),
            written.length.map(Kind::Length),
            written.date.map(Kind::Date),
            written.unique.map(Kind::Unique),
            written.r#match.map(Kind::Match),
            written.substitute.map(Kind::Substitute),
            written.file_exists.map(Kind::FileExists),
            written.url_list.map(Kind::UrlList),
        ];
        let mut kinds = kinds.into_iter().flatten();
        match (kinds.next(), kinds.next()) {
            (Some(kind), None) => {
                Ok(Statement { kind, message: written.message, note: written.note, help: written.help })
            }
            (None, _) => Err("a statement of `check` needs a kind: required, forbidden, type, one_of …".to_owned()),
            (Some(_), Some(_)) => Err("a statement of `check` has one kind; write a list for several".to_owned()),
        }
    }
}

/// Replaces strings that are `$name` by the option of that name.
fn fill(value: &mut Value, options: &BTreeMap<String, Value>) -> Result<(), String> {
    match value {
        Value::String(text) => {
            let Some(name) = text.strip_prefix('$').filter(|name| is_name(name)) else { return Ok(()) };
            let option = options.get(name).ok_or_else(|| format!("`check` uses `${name}`, which is no option"))?;
            *value = option.clone();
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| fill(item, options)),
        Value::Object(map) => map.values_mut().try_for_each(|item| fill(item, options)),
        _ => Ok(()),
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
