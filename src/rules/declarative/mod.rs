//! Runs the checks that rule files state without code: the closed list of [`super::format::Kind`].

use std::collections::BTreeMap;

use serde_json::Value;

use super::format::{RuleMeta, Statement};

/// A rule's statements, ready to run.
#[derive(Debug)]
pub struct Declarative {
    /// The statements.
    pub statements: Vec<Statement>,
}

/// Makes a rule from its file and its options.
///
/// # Errors
/// What the options make impossible, a malformed or too large regular expression.
pub fn compile(rule: &RuleMeta, options: &BTreeMap<String, Value>) -> Result<Declarative, String> {
    Ok(Declarative { statements: rule.check.statements(options)? })
}
