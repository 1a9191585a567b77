//! The closed list of checks that a rule file can state without code, and the selectors that say where they look.
//!
//! It is a list and not a language on purpose: each kind reads as one sentence, can be explained in one line, and cannot
//! be slow. What it cannot say is `check: code`.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// The closed list.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Something must be there and not empty.
    Required(Required),
    /// Something must not be there.
    Forbidden(Forbidden),
    /// A front-matter value has that type.
    Type(TypeIs),
    /// Each value is one of a list.
    OneOf(OneOf),
    /// Each value matches a regular expression.
    Pattern(Pattern),
    /// Each value is no shorter and no longer.
    Length(Length),
    /// Each value is a date, and lies between two.
    Date(DateIs),
    /// No value stands twice in the site.
    Unique(Unique),
    /// Two places of a page say the same.
    Match(Match),
    /// One wording is replaced by another.
    Substitute(Substitute),
    /// Each value names a file of the site.
    FileExists(FileExists),
    /// No URL is on a list.
    UrlList(UrlList),
}

/// `required`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Required {
    /// Where.
    #[serde(rename = "in")]
    pub place: Selector,
    /// Keys under a `front-matter` selector.
    #[serde(default)]
    pub keys: Vec<String>,
}

/// `forbidden`: any value at all, unless `values` or `pattern` narrow it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Forbidden {
    /// Where.
    #[serde(rename = "in")]
    pub places: OneOrMany<Selector>,
    /// These values; in running text these words.
    #[serde(default)]
    pub values: Vec<String>,
    /// What matches.
    pub pattern: Option<String>,
    /// `Foo` is `foo`.
    #[serde(default)]
    pub ignore_case: bool,
}

/// `type`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeIs {
    /// Where.
    #[serde(rename = "in")]
    pub places: OneOrMany<Selector>,
    /// Any of these.
    pub is: OneOrMany<ValueType>,
}

/// `one_of`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneOf {
    /// Where.
    #[serde(rename = "in")]
    pub places: OneOrMany<Selector>,
    /// What may stand there.
    pub values: Vec<String>,
    /// `Foo` is `foo`.
    #[serde(default)]
    pub ignore_case: bool,
}

/// `pattern`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Where.
    #[serde(rename = "in")]
    pub places: OneOrMany<Selector>,
    /// What each value must match somewhere; `^…$` for the whole.
    pub matches: String,
}

/// `length`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// Where.
    #[serde(rename = "in")]
    pub places: OneOrMany<Selector>,
    /// At least.
    pub min: Option<u64>,
    /// At most.
    pub max: Option<u64>,
    /// What is counted.
    #[serde(default)]
    pub unit: Unit,
}

/// `date`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DateIs {
    /// Where.
    #[serde(rename = "in")]
    pub places: OneOrMany<Selector>,
    /// `2024-05-31`; that day is allowed.
    pub not_before: Option<String>,
    /// `2024-05-31`; that day is allowed.
    pub not_after: Option<String>,
}

/// `unique`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unique {
    /// Where.
    #[serde(rename = "in")]
    pub place: Selector,
    /// `Foo` is `foo`.
    #[serde(default)]
    pub ignore_case: bool,
}

/// `match`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Match {
    /// The place that is reported.
    #[serde(rename = "in")]
    pub place: Selector,
    /// The place it is compared with.
    pub with: Selector,
    /// `Foo` is `foo`.
    #[serde(default)]
    pub ignore_case: bool,
}

/// `substitute`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Substitute {
    /// Where.
    #[serde(rename = "in")]
    pub places: OneOrMany<Selector>,
    /// Wrong wording to right wording; whole words.
    pub swap: BTreeMap<String, String>,
    /// `Foo` is `foo`.
    #[serde(default)]
    pub ignore_case: bool,
}

/// `file_exists`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileExists {
    /// Where.
    #[serde(rename = "in")]
    pub places: OneOrMany<Selector>,
    /// The folder that the values are relative to, from the site's root.
    #[serde(default)]
    pub under: String,
}

/// `url_list`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrlList {
    /// Where.
    #[serde(rename = "in")]
    pub places: OneOrMany<Selector>,
    /// Name of a list in `rules/data`.
    pub list: Option<String>,
    /// The list itself.
    #[serde(default)]
    pub urls: Vec<UrlEntry>,
}

/// One entry of a list of URLs.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct UrlEntry {
    /// What people call it.
    pub name: String,
    /// Hosts (`goo.gl`; `*.geocities.com` for what is below it), each with an optional path that the URL's must begin with.
    pub urls: Vec<String>,
    /// Since when, `2024-05-31`; the day, the month or the year, as far as it is known.
    #[serde(deserialize_with = "day_or_year")]
    pub since: String,
    /// Where that can be read.
    pub source: String,
    /// What lives on below `urls`, written the same way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Words of its own instead of the statement's `message`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What a writer can do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// Where a check looks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Selector {
    /// `front-matter` or `front-matter.seo.title`: the value under these keys; each item where it is a list.
    FrontMatter(Vec<String>),
    /// `body.text`: running text, without code.
    Text,
    /// `body.links`: the destinations of links.
    Links,
    /// `body.images`: the destinations of images.
    Images,
    /// `body.headings`: the text of headings.
    Headings,
    /// `path`: the file's path from the site's root.
    Path,
}

/// What a front-matter value can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueType {
    /// Text.
    String,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A date, with or without a time.
    Date,
    /// A list.
    List,
    /// Keys and values.
    Table,
}

/// What a length counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Unicode scalar values.
    #[default]
    Characters,
    /// Words between spaces.
    Words,
    /// Entries of a list.
    Items,
}

/// One thing, or a list of them.
#[derive(Debug, Clone)]
pub enum OneOrMany<T> {
    /// One.
    One(T),
    /// Several.
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    /// All of them.
    pub fn all(&self) -> &[T] {
        match self {
            OneOrMany::One(one) => std::slice::from_ref(one),
            OneOrMany::Many(many) => many,
        }
    }
}

/// `2020` is a number to YAML and a year to us.
fn day_or_year<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match Value::deserialize(from)? {
        Value::String(text) => Ok(text),
        Value::Number(year) => Ok(year.to_string()),
        other => Err(D::Error::custom(format!("`{other}` is no date: write `2024-05-31`, `2024-05` or `2024`"))),
    }
}

// Not `untagged`: that would forget why the one thing was refused.
impl<'de, T: DeserializeOwned> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(from)?;
        let read = match value {
            Value::Array(_) => serde_json::from_value(value).map(OneOrMany::Many),
            one => serde_json::from_value(one).map(OneOrMany::One),
        };
        read.map_err(D::Error::custom)
    }
}

impl TryFrom<String> for Selector {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "body.text" => Ok(Selector::Text),
            "body.links" => Ok(Selector::Links),
            "body.images" => Ok(Selector::Images),
            "body.headings" => Ok(Selector::Headings),
            "path" => Ok(Selector::Path),
            "front-matter" => Ok(Selector::FrontMatter(Vec::new())),
            other => match other.strip_prefix("front-matter.") {
                Some(path) if path.split('.').all(|key| !key.is_empty()) => {
                    Ok(Selector::FrontMatter(path.split('.').map(str::to_owned).collect()))
                }
                _ => Err(format!(
                    "unknown selector `{other}`: write `front-matter.<key>`, `body.text`, `body.links`, `body.images`, \
                     `body.headings` or `path`"
                )),
            },
        }
    }
}
