//! Where Hugo keeps its configuration, and how the files are laid over each other.
//!
//! Source: the page "Configuration" of Hugo's manual. Keys are matched without regard to case, so they are lower-cased
//! here, once.

use serde_json::{Map, Value};

use crate::discover::{extension, file_name};
use crate::generators::{Folder, Problem, config_file};

/// The configuration at the root; the first that exists is read. The last ones are names that sites give to the one for
/// publishing, which the build gets on its command line.
pub const ROOT: [&str; 12] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config-production.toml",
    "config.production.toml",
    "config-prod.toml",
    "config.prod.toml",
];

/// Folders of `config/`, the later ones over the earlier: a build is for production unless told otherwise.
const FOLDERS: [&str; 2] = ["config/_default", "config/production"];

/// The name of the configuration at the root, if there is one.
#[must_use]
pub fn root_file(folder: &Folder<'_>) -> Option<&'static str> {
    ROOT.iter().copied().find(|name| folder.has(name))
}

/// All files of the configuration, in the order in which they are laid over each other.
#[must_use]
pub fn all<'f>(folder: &Folder<'f>) -> Vec<&'f str> {
    let mut all: Vec<&str> = root_file(folder).into_iter().collect();
    for parent in FOLDERS {
        let mut files: Vec<&str> = folder.below(parent).collect();
        // `hugo.toml` first: the others are parts of it.
        files.sort_by_key(|path| !is_root(path));
        all.extend(files.into_iter().filter(|path| matches!(&*extension(path), "toml" | "yaml" | "yml" | "json")));
    }
    all
}

/// All of it as one object.
#[must_use]
pub fn read(folder: &Folder<'_>, problems: &mut Vec<Problem>) -> Value {
    let mut merged = Value::Object(Map::new());
    for path in all(folder) {
        let value = lower(config_file::read(folder, path, problems));
        merge(&mut merged, if is_root(path) || !path.contains('/') { value } else { nested(path, value) });
    }
    merged
}

fn is_root(path: &str) -> bool {
    matches!(stem(path), "hugo" | "config")
}

fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `params.toml` is what `params` holds, `menus.fr.toml` what `languages.fr.menus` does, `languages.fr.toml` what
/// `languages.fr` does.
fn nested(path: &str, value: Value) -> Value {
    let wrap = |key: &str, value: Value| {
        let key = key.to_ascii_lowercase();
        // A file may repeat the key that its name says.
        match value {
            Value::Object(mut map) if map.len() == 1 && map.contains_key(&key) => {
                Value::Object(map.remove_entry(&key).into_iter().collect())
            }
            value => Value::Object([(key, value)].into_iter().collect()),
        }
    };
    match stem(path).split_once('.') {
        Some(("languages", language)) => wrap("languages", wrap(language, value)),
        Some((key, language)) => wrap("languages", wrap(language, wrap(key, value))),
        None => wrap(stem(path), value),
    }
}

pub fn lower(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            Value::Object(map.into_iter().map(|(key, value)| (key.to_ascii_lowercase(), lower(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(lower).collect()),
        other => other,
    }
}

/// Lays `over` on `under`, map by map.
fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                merge(under.entry(key).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (under, over) => *under = over,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn later_files_lie_over_earlier_ones() {
        let mut all = lower(json!({"baseURL": "https://a.example/", "Params": {"a": 1, "b": 2}}));
        merge(&mut all, nested("config/_default/params.toml", json!({"b": 3})));
        merge(&mut all, nested("config/_default/languages.toml", json!({"fr": {"weight": 1}})));
        merge(&mut all, nested("config/_default/menus.fr.toml", json!({"main": []})));
        merge(&mut all, nested("config/_default/languages.fr.toml", json!({"contentDir": "content/fr"})));
        let expected = json!({
            "baseurl": "https://a.example/",
            "params": {"a": 1, "b": 3},
            "languages": {"fr": {"weight": 1, "menus": {"main": []}, "contentDir": "content/fr"}}
        });
        assert_eq!(all, expected);
    }
}
