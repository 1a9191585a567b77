//! The format of a rule file, `rules/<area>/<name>.yaml`, and everything that can be wrong with one.
//!
//! `build.rs` includes this folder as it stands, so the rules that are built in and the rules that users write are read
//! and refused by the same code. It therefore uses nothing of the crate but [`crate::severity`].

mod check;
mod example;
mod kinds;
mod locate;
mod options;
#[cfg(test)]
mod tests;
mod validate;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::severity::{Confidence, Severity};

pub use check::{Check, Statement};
pub use example::{Answer, Content, Example, FileSpec, Fixed, ImageKind, ProbeError};
pub use kinds::{
    DateIs, FileExists, Forbidden, Kind, Length, Match, OneOf, OneOrMany, Pattern, Required, Selector, Substitute,
    TypeIs, Unique, Unit, UrlEntry, UrlList, ValueType,
};
pub use options::{OptionSpec, OptionType, parse_duration, parse_size};

/// What a rule file says; the fields are those of the file.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RuleMeta {
    /// `area/name`, the file's path without its ending.
    pub id: String,
    /// What is wrong, in one line without a full stop.
    pub summary: String,
    /// Severity unless the configuration says otherwise; a finding may be less severe, never more.
    pub severity: Severity,
    /// How sure its findings are; one finding may be less sure.
    pub confidence: Confidence,
    /// When it runs.
    pub level: Level,
    /// What it looks at.
    pub scope: Scope,
    /// What `--fix` may do.
    pub fix: FixKind,
    /// Why a reader suffers.
    pub rationale: String,
    /// What can be set, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, OptionSpec>,
    /// How it is found.
    pub check: Check,
    /// Tests and documentation in one; empty in the embedded catalogue (see [`crate::rules::meta::examples`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
    /// Why no bad example is possible, for the few rules about what nobody can write down.
    #[serde(default, rename = "no-bad-example", skip_serializing_if = "Option::is_none")]
    pub no_bad_example: Option<String>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<String>,
}

impl RuleMeta {
    /// The part of the id before the slash.
    #[must_use]
    pub fn area(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }
}

/// Which runs a rule belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Every run.
    Standard,
    /// With `--level strict`.
    Strict,
    /// Only where it is named: in the configuration or with `--rule`.
    OptIn,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// One page at a time.
    Page,
    /// The whole site.
    Site,
    /// The site and what servers answer (`--online`).
    Network,
}

/// What `--fix` may do for a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixKind {
    /// Nothing.
    None,
    /// Repair where the rule is certain.
    Safe,
    /// Repair with `--unsafe-fixes`.
    Unsafe,
}

impl Level {
    /// The word for it, as rule files and the command line write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::Standard => "standard",
            Level::Strict => "strict",
            Level::OptIn => "opt-in",
        }
    }
}

impl Scope {
    /// The word for it, as rule files write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Scope::Page => "page",
            Scope::Site => "site",
            Scope::Network => "network",
        }
    }
}

impl FixKind {
    /// The word for it, as rule files write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FixKind::None => "none",
            FixKind::Safe => "safe",
            FixKind::Unsafe => "unsafe",
        }
    }
}

/// What is wrong with a rule file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message)
    }
}

impl std::error::Error for FormatError {}

/// Reads and validates one rule file. `id` is what its path says: `links/missing-page` for `rules/links/missing-page.yaml`.
///
/// # Errors
/// The first thing that is wrong with the file, with its line.
pub fn parse(id: &str, text: &str) -> Result<RuleMeta, FormatError> {
    let rule: RuleMeta = from_yaml(text)?;
    validate::rule(id, &rule).map_err(|problem| problem.locate(text))?;
    Ok(rule)
}

/// Reads any YAML into a type; the error has the line and no trailing place of its own.
///
/// # Errors
/// What the YAML reader or the type refuses.
pub fn from_yaml<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, FormatError> {
    serde_yaml::from_str(text).map_err(|error| {
        let whole = error.to_string();
        let place = error.location();
        let message = place.as_ref().and_then(|_| whole.rfind(" at line ")).and_then(|at| whole.get(..at));
        FormatError { line: place.map_or(1, |p| p.line()), message: message.unwrap_or(&whole).to_owned() }
    })
}
