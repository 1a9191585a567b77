//! The options of a rule: a closed list of types, small enough to be documented in one line each.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One option of a rule.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OptionSpec {
    /// What may be written.
    #[serde(rename = "type")]
    pub kind: OptionType,
    /// The only words allowed, for strings and lists of strings; empty for any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// What holds where nothing is configured.
    pub default: Value,
    /// What it changes, in one line.
    pub help: String,
}

/// The type of an option, as it is written after `type:`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "Value", into = "Value")]
pub enum OptionType {
    /// `boolean`
    Boolean,
    /// `integer`: a whole number from 0.
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `size`: bytes, as a number or `500KB`, `2MB` (decimal), `64KiB`.
    Size,
    /// `duration`: seconds, as a number or `20s`, `5m`, `12h`, `7d`, `2w`.
    Duration,
    /// `date`: `2024-05-31`.
    Date,
    /// `[string]`: a list of one of the above.
    List(Box<OptionType>),
    /// `{string: integer}`: a table from names to one of the above, or to a list.
    Map(Box<OptionType>),
}

const WORDS: [(&str, OptionType); 7] = [
    ("boolean", OptionType::Boolean),
    ("integer", OptionType::Integer),
    ("number", OptionType::Number),
    ("string", OptionType::String),
    ("size", OptionType::Size),
    ("duration", OptionType::Duration),
    ("date", OptionType::Date),
];

impl TryFrom<Value> for OptionType {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let unknown = || {
            let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
            format!("unknown option type {value}: write one of {}, [type] or {{string: type}}", words.join(", "))
        };
        match &value {
            Value::String(word) => {
                WORDS.iter().find(|(known, _)| known == word).map(|(_, kind)| kind.clone()).ok_or_else(unknown)
            }
            Value::Array(items) => match items.as_slice() {
                [of] => Ok(OptionType::List(Box::new(of.clone().try_into()?))),
                _ => Err(unknown()),
            },
            Value::Object(map) if map.len() == 1 => match map.get("string") {
                Some(of) => Ok(OptionType::Map(Box::new(of.clone().try_into()?))),
                None => Err(unknown()),
            },
            _ => Err(unknown()),
        }
    }
}

impl From<OptionType> for Value {
    fn from(kind: OptionType) -> Value {
        match kind {
            OptionType::List(of) => Value::Array(vec![(*of).into()]),
            OptionType::Map(of) => Value::Object([("string".to_owned(), (*of).into())].into_iter().collect()),
            plain => {
                let word = WORDS.iter().find(|(_, kind)| *kind == plain).map(|(word, _)| *word);
                Value::String(word.unwrap_or_default().to_owned())
            }
        }
    }
}

impl std::fmt::Display for OptionType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OptionType::List(of) => write!(f, "[{of}]"),
            OptionType::Map(of) => write!(f, "{{string: {of}}}"),
            plain => f.write_str(WORDS.iter().find(|(_, kind)| kind == plain).map_or("", |(word, _)| word)),
        }
    }
}

impl OptionSpec {
    /// Checks a value that somebody wrote for this option.
    ///
    /// # Errors
    /// What is wrong with the value, and what may be written.
    pub fn accepts(&self, value: &Value) -> Result<(), String> {
        self.kind.accepts(value)?;
        let words: Vec<&Value> = match value {
            Value::Array(items) => items.iter().collect(),
            one => vec![one],
        };
        let strange = words.into_iter().filter_map(Value::as_str).find(|word| !self.values.iter().any(|v| v == word));
        match strange {
            Some(word) if !self.values.is_empty() => {
                Err(format!("`{word}` is not one of `{}`", self.values.join("`, `")))
            }
            _ => Ok(()),
        }
    }
}

impl OptionType {
    fn accepts(&self, value: &Value) -> Result<(), String> {
        let fits = match (self, value) {
            (OptionType::Boolean, Value::Bool(_)) | (OptionType::String, Value::String(_)) => true,
            (OptionType::Integer | OptionType::Size | OptionType::Duration, Value::Number(n)) => n.is_u64(),
            (OptionType::Number, Value::Number(_)) => true,
            (OptionType::Size, Value::String(text)) => parse_size(text).is_some(),
            (OptionType::Duration, Value::String(text)) => parse_duration(text).is_some(),
            (OptionType::Date, Value::String(text)) => is_date(text),
            (OptionType::List(of), Value::Array(items)) => return items.iter().try_for_each(|item| of.accepts(item)),
            (OptionType::Map(of), Value::Object(map)) => return map.values().try_for_each(|item| of.accepts(item)),
            _ => false,
        };
        if fits {
            return Ok(());
        }
        let example = match self {
            OptionType::Size => " such as `500KB`",
            OptionType::Duration => " such as `20s` or `7d`",
            OptionType::Date => " such as `2024-05-31`",
            OptionType::Integer => " of 0 or more",
            _ => "",
        };
        Err(format!("`{value}` is not a {self}{example}")
            .replace("a integer", "an integer")
            .replace("`\"", "`")
            .replace("\"`", "`"))
    }
}

/// Bytes from `500KB`, `1.5MB`, `64KiB`, `10 MB` or a bare number.
#[must_use]
pub fn parse_size(text: &str) -> Option<u64> {
    let (number, unit) = split(text);
    let factor = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return None,
    };
    scaled(number, factor)
}

/// A time span from `20s`, `500ms`, `5m`, `12h`, `7d`, `2w` or a bare number of seconds.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    let (number, unit) = split(text);
    let milliseconds = match unit {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        "w" => 604_800_000,
        _ => return None,
    };
    scaled(number, milliseconds).map(Duration::from_millis)
}

fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    (number, unit.trim_start())
}

/// `1.5` times a factor, without a float's rounding: digits after the point divide the factor.
fn scaled(number: &str, factor: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut total = whole.parse::<u64>().ok()?.checked_mul(factor)?;
    let mut unit = factor;
    for digit in fraction.bytes() {
        unit /= 10;
        total = total.checked_add(u64::from(digit.checked_sub(b'0').filter(|d| *d < 10)?) * unit)?;
    }
    Some(total)
}

/// Year, month and day in their ranges; whether the month has that day is left to whoever compares dates.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let between = |text: &str, length: usize, from: u32, to: u32| {
        text.len() == length && text.parse::<u32>().is_ok_and(|n| (from..=to).contains(&n))
    };
    between(year, 4, 0, 9999) && between(month, 2, 1, 12) && between(day, 2, 1, 31)
}
