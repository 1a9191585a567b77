//! The JSON Schema of `postlint.yaml`: completion and red lines in editors, and the list of known keys for our own errors.

use schemars::{Schema, SchemaGenerator, json_schema, schema_for};
use serde_json::{Map, Value, json};

use super::file::ConfigFile;
use crate::rules::meta::{OptionSpec, OptionType, RuleMeta, catalogue};

const WORDS: [&str; 4] = ["off", "hint", "warning", "error"];

/// The schema, as it is kept in `schema/postlint.schema.json`.
#[must_use]
pub fn document() -> Value {
    let mut schema = schema_for!(ConfigFile).to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), json!("postlint.yaml"));
        root.insert("description".to_owned(), json!("Configuration of postlint"));
    }
    schema
}

/// `rules:` with every built-in rule, its options and their defaults.
pub(super) fn rules(_: &mut SchemaGenerator) -> Schema {
    table(|rule| setting(rule, true))
}

/// `rules:` of an override: severity and fix only.
pub(super) fn override_rules(_: &mut SchemaGenerator) -> Schema {
    table(|rule| setting(rule, false))
}

/// `20s`, `7d`, or seconds.
pub(super) fn duration(_: &mut SchemaGenerator) -> Schema {
    Schema::try_from(kind(&OptionType::Duration)).unwrap_or_default()
}

fn table(setting: impl Fn(&RuleMeta) -> Value) -> Schema {
    let rules = catalogue().rules();
    let mut areas: Vec<&str> = rules.iter().map(RuleMeta::area).collect();
    areas.dedup();
    let mut properties: Map<String, Value> = rules.iter().map(|rule| (rule.id.clone(), setting(rule))).collect();
    for area in &areas {
        let all =
            json!({ "description": format!("Every rule of {area}"), "anyOf": [{ "enum": WORDS }, common(Map::new())] });
        properties.insert((*area).to_owned(), all);
    }
    // Rules of the site's own have other areas; what is unknown in ours is a typo.
    let foreign = format!("^(?!(?:{})(?:/|$))[a-z0-9-]+(?:/[a-z0-9-]+)?$", areas.join("|"));
    json_schema!({
        "type": "object",
        "properties": properties,
        "patternProperties": { foreign: true },
        "additionalProperties": false
    })
}

fn setting(rule: &RuleMeta, options: bool) -> Value {
    let own = rule.options.iter().filter(|_| options).map(|(name, spec)| (name.clone(), option(spec))).collect();
    let description = format!("{} (default: {})", rule.summary, rule.severity.word());
    json!({ "description": description, "anyOf": [{ "enum": WORDS }, common(own)] })
}

fn common(mut properties: Map<String, Value>) -> Value {
    properties.insert("severity".to_owned(), json!({ "enum": WORDS }));
    properties.insert("fix".to_owned(), json!({ "enum": ["safe", "unsafe", "never"] }));
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn option(spec: &OptionSpec) -> Value {
    let mut schema = kind(&spec.kind);
    if !spec.values.is_empty() {
        match schema.get_mut("items") {
            Some(items) => *items = json!({ "enum": spec.values }),
            None => schema = json!({ "enum": spec.values }),
        }
    }
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), json!(spec.help));
        schema.insert("default".to_owned(), spec.default.clone());
    }
    schema
}

fn kind(kind: &OptionType) -> Value {
    match kind {
        OptionType::Boolean => json!({ "type": "boolean" }),
        OptionType::Integer => json!({ "type": "integer", "minimum": 0 }),
        OptionType::Number => json!({ "type": "number" }),
        OptionType::String => json!({ "type": "string" }),
        OptionType::Size => {
            json!({ "type": ["integer", "string"], "minimum": 0, "pattern": r"^[0-9.]+ ?([kKmMgG]([iI]?[bB])?|[bB])?$" })
        }
        OptionType::Duration => {
            json!({ "type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9.]+ ?(ms|s|m|min|h|d|w)?$" })
        }
        OptionType::Date => json!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$" }),
        OptionType::List(of) => json!({ "type": "array", "items": self::kind(of) }),
        OptionType::Map(of) => json!({ "type": "object", "additionalProperties": self::kind(of) }),
    }
}

/// Calls `found` for each key that the file's structure does not know, with the keys known at that place. What stands
/// below `rules` has better messages of its own.
pub(super) fn unknown_keys(value: &Value, found: &mut dyn FnMut(&[String], &[String])) {
    let schema = document();
    walk(value, &schema, &schema, &mut Vec::new(), found);
}

fn walk(
    value: &Value,
    schema: &Value,
    root: &Value,
    path: &mut Vec<String>,
    found: &mut dyn FnMut(&[String], &[String]),
) {
    let schema = match schema.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix('#')) {
        Some(pointer) => root.pointer(pointer).unwrap_or(schema),
        None => schema,
    };
    match value {
        Value::Object(_) if path.last().is_some_and(|key| key == "rules") => {}
        Value::Object(map) => {
            let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
            let known: Vec<String> = properties.keys().cloned().collect();
            for (key, value) in map {
                path.push(key.clone());
                match properties.get(key) {
                    Some(schema) => walk(value, schema, root, path, found),
                    None => found(path, &known),
                }
                path.pop();
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                path.push(index.to_string());
                walk(value, schema.get("items").unwrap_or(&Value::Null), root, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}
