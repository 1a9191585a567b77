//! One entry of `rules:`: a word, or a table with severity, fix policy and the rule's own options.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::known::Known;
use super::origin::{Origin, Sourced};
use crate::did_you_mean::did_you_mean;
use crate::severity::Severity;

/// Whether a rule reports, and how loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// Not at all.
    Off,
    /// With this severity.
    At(Severity),
}

/// What may be done with a rule's fixes, instead of what the rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FixPolicy {
    /// `--fix` applies the unsafe ones, too.
    Safe,
    /// `--fix` applies none, `--unsafe-fixes` all.
    Unsafe,
    /// No fix is offered.
    Never,
}

/// What is configured for one rule.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// Severity, or off.
    pub switch: Option<Sourced<Switch>>,
    /// What may be done with its fixes.
    pub fix: Option<Sourced<FixPolicy>>,
    /// Options by name.
    pub options: BTreeMap<String, Sourced<Value>>,
}

impl Setting {
    /// Takes over what the other one says.
    pub fn lay_over(&mut self, other: &Setting) {
        if other.switch.is_some() {
            self.switch.clone_from(&other.switch);
        }
        if other.fix.is_some() {
            self.fix.clone_from(&other.fix);
        }
        self.options.extend(other.options.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
}

impl Switch {
    /// From `off`, `hint`, `warning` or `error`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "off" => Switch::Off,
            "hint" => Switch::At(Severity::Hint),
            "warning" => Switch::At(Severity::Warning),
            "error" => Switch::At(Severity::Error),
            _ => return None,
        })
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Switch::Off => "off",
            Switch::At(severity) => severity.word(),
        }
    }
}

impl FixPolicy {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FixPolicy::Safe => "safe",
            FixPolicy::Unsafe => "unsafe",
            FixPolicy::Never => "never",
        }
    }
}

/// Reads one entry. `whole` is false in `overrides:`, where a rule's options cannot differ from file to file.
/// `origin` tells where a key of the entry stands (the entry itself for an empty key); `complain` takes every mistake
/// with the key that it stands at.
pub fn read(
    name: &str,
    value: &Value,
    whole: bool,
    known: &Known<'_>,
    origin: &dyn Fn(&str) -> Origin,
    complain: &mut dyn FnMut(&str, String),
) -> Setting {
    let mut setting = Setting::default();
    let Some(rule) = known.rule_or_area(name) else {
        complain("", format!("unknown rule `{name}`{}", did_you_mean(name, known.names())));
        return setting;
    };
    let table = match value {
        Value::Object(table) => table,
        Value::String(word) if Switch::from_word(word).is_some() => {
            setting.switch = Switch::from_word(word).map(|switch| Sourced::new(switch, origin("")));
            return setting;
        }
        other => {
            complain("", format!("`{name}` is off, hint, warning, error or a table, not `{}`", plain(other)));
            return setting;
        }
    };
    for (key, value) in table {
        let word = value.as_str().unwrap_or_default();
        match key.as_str() {
            "severity" => match Switch::from_word(word) {
                Some(switch) => setting.switch = Some(Sourced::new(switch, origin(key))),
                None => complain(key, format!("a severity is off, hint, warning or error, not `{}`", plain(value))),
            },
            "fix" => match FixPolicy::deserialize(value) {
                Ok(policy) => setting.fix = Some(Sourced::new(policy, origin(key))),
                Err(_) => complain(key, format!("`fix` is safe, unsafe or never, not `{}`", plain(value))),
            },
            option => match rule.options().and_then(|options| options.get(option)) {
                Some(_) if !whole => {
                    complain(key, format!("`{option}` cannot differ by path: set it in `rules:` for the whole site"));
                }
                Some(spec) => match spec.accepts(value) {
                    Ok(()) => {
                        setting.options.insert(option.to_owned(), Sourced::new(value.clone(), origin(key)));
                    }
                    Err(problem) => complain(key, format!("`{option}`: {problem}")),
                },
                None => {
                    let near = did_you_mean(option, rule.keys());
                    complain(key, format!("`{name}` has no option `{option}`{near}"));
                }
            },
        }
    }
    setting
}

/// A value as people write it, without quotes.
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
