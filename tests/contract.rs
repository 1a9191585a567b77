//! What is generated from the rules is fresh. `BLESS=1 cargo test --test contract` writes it anew.

use std::fs;
use std::path::{Path, PathBuf};

use postlint::cli::rules::markdown;
use postlint::config::schema;
use postlint::rules::meta::{catalogue, examples};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a file with what it should hold, or writes it.
fn fresh(path: &str, wanted: &str) {
    let file = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, wanted).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == wanted, "{path} is stale: run `BLESS=1 cargo test --test contract`");
}

#[test]
fn the_schema_of_the_configuration_is_fresh() {
    fresh("schema/postlint.schema.json", &format!("{:#}\n", schema::document()));
}

#[test]
fn the_readme_lists_every_rule() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let (before, rest) = text.split_once("<!-- rules -->\n").expect("README.md has a line `<!-- rules -->`");
    let (_, after) = rest.split_once("<!-- /rules -->").expect("README.md has a line `<!-- /rules -->`");
    fresh("README.md", &format!("{before}<!-- rules -->\n{}<!-- /rules -->{after}", markdown()));
}

#[test]
fn every_rule_file_is_embedded_and_shown_at_work() {
    let mut files = Vec::new();
    collect(&root().join("rules"), &mut files);
    let mut ids: Vec<String> = files
        .iter()
        .map(|file| file.strip_prefix(root().join("rules")).unwrap().with_extension(""))
        .map(|path| path.to_str().unwrap().replace('\\', "/"))
        .filter(|id| !id.starts_with("data/"))
        .collect();
    ids.sort();
    let known: Vec<&str> = catalogue().rules().iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, known);
    for rule in catalogue().rules() {
        assert!(examples(&rule.id).len() >= 2, "{} needs a bad and a good example", rule.id);
    }
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            into.push(path);
        }
    }
}
