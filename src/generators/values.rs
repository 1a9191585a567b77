//! Reading values of a generator's configuration, tolerant as the generators are.

use std::collections::HashSet;

use serde_json::Value;

use super::Folder;

/// A scalar as text; nothing for null, lists and maps.
#[must_use]
pub fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A list of texts; a scalar counts as a list of one.
#[must_use]
pub fn list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(|item| text(Some(item))).collect(),
        other => text(other).into_iter().collect(),
    }
}

/// A boolean, also written as a text.
#[must_use]
pub fn flag(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text == "true" => Some(true),
        Value::String(text) if text == "false" => Some(false),
        _ => None,
    }
}

/// The ids that templates write into pages as they stand: `<section id="comments">`.
#[must_use]
pub fn ids_of_templates<'a>(folder: &Folder<'_>, files: impl Iterator<Item = &'a str>) -> HashSet<String> {
    let mut ids = HashSet::new();
    for file in files {
        let text = folder.read(file).unwrap_or_default();
        for start in ["id=\"", "id='", "name=\""] {
            let quote = if start.ends_with('"') { '"' } else { '\'' };
            for (at, _) in text.match_indices(start) {
                let value = text.get(at + start.len()..).and_then(|rest| rest.split(quote).next()).unwrap_or_default();
                if !value.is_empty() && value.len() < 100 && !value.contains(['{', '<', ' ']) {
                    ids.insert(value.to_owned());
                }
            }
        }
    }
    ids
}
