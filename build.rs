//! Packs `rules/` into the binary, and stops the build at the file and line of a rule that is malformed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

// The reader of rule files, shared with the reader of users' rules; what only that one needs is unused here.
#[allow(dead_code, unused_imports, missing_docs, reason = "shared with the crate, which uses and documents all of it")]
#[path = "src/rules/format/mod.rs"]
mod format;
#[allow(dead_code, reason = "shared with the crate")]
#[path = "src/severity.rs"]
mod severity;

/// What is written to `OUT_DIR`.
#[derive(Default)]
struct Packed {
    rules: Vec<format::RuleMeta>,
    examples: BTreeMap<String, Vec<format::Example>>,
    data: BTreeMap<String, String>,
    errors: Vec<String>,
}

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut packed = Packed::default();
    for path in yaml_files(&root.join("rules"))? {
        let relative = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        pack(&mut packed, &relative, &fs::read_to_string(&path)?);
    }
    check_lists(&mut packed);
    packed.rules.sort_by(|a, b| a.id.cmp(&b.id));
    fs::write(out.join("rules.json"), serde_json::to_string(&packed.rules)?)?;
    fs::write(out.join("examples.json"), serde_json::to_string(&packed.examples)?)?;
    fs::write(out.join("data.rs"), table(&packed.data))?;
    say("rerun-if-changed=rules");
    say("rerun-if-changed=build.rs");
    packed.errors.iter().for_each(|error| say(&format!("error={error}")));
    Ok(())
}

/// One file: a list below `rules/data`, a rule anywhere else.
fn pack(packed: &mut Packed, path: &str, text: &str) {
    let name = path.trim_start_matches("rules/").trim_end_matches(".yaml");
    let read = match name.strip_prefix("data/") {
        Some(list) => format::from_yaml::<serde_json::Value>(text).map(|value| {
            packed.data.insert(list.to_owned(), value.to_string());
        }),
        None => format::parse(name, text).map(|mut rule| {
            packed.examples.insert(rule.id.clone(), std::mem::take(&mut rule.examples));
            packed.rules.push(rule);
        }),
    };
    if let Err(error) = read {
        packed.errors.push(format!("{path}:{error}"));
    }
}

/// A list that a `url_list` names must be there and be one.
fn check_lists(packed: &mut Packed) {
    for rule in &packed.rules {
        let defaults = rule.options.iter().map(|(name, spec)| (name.clone(), spec.default.clone())).collect();
        for statement in rule.check.statements(&defaults).unwrap_or_default() {
            let format::Kind::UrlList(format::UrlList { list: Some(list), .. }) = statement.kind else { continue };
            let text = packed.data.get(&list).map_or("null", String::as_str);
            if let Err(error) = serde_json::from_str::<Vec<format::UrlEntry>>(text) {
                packed.errors.push(format!("rules/data/{list}.yaml:1: wanted by {}: {error}", rule.id));
            }
        }
    }
}

/// The lists as one sorted Rust array.
fn table(data: &BTreeMap<String, String>) -> String {
    let entries: String = data.iter().map(|(name, text)| format!("    ({name:?}, {text:?}),\n")).collect();
    format!("const DATA: &[(&str, &str)] = &[\n{entries}];\n")
}

fn yaml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(yaml_files(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// A word to cargo.
#[allow(clippy::print_stdout, reason = "it is how a build script speaks to cargo")]
fn say(instruction: &str) {
    println!("cargo::{instruction}");
}
