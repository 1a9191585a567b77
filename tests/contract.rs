//! What is generated from the rules is fresh. `BLESS=1 cargo test --test contract` writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};

use postlint::cli::rules::markdown;
use postlint::config::{Config, schema};
use postlint::rules::list;
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
        assert!(!examples(&rule.id).is_empty(), "{} needs a bad and a good example", rule.id);
    }
}

/// Areas that the engine reports itself, without a function of their own.
const ENGINE: [&str; 2] = ["file", "suppressions"];

#[test]
fn every_rule_has_code_and_all_code_has_a_rule() {
    let code = |id: &str| list::RULES.iter().any(|(known, _)| *known == id);
    for rule in catalogue().rules() {
        let by_engine = ENGINE.contains(&rule.area()) || rule.id == "site/configuration";
        assert_eq!(rule.check.is_code() && !by_engine, code(&rule.id), "src/rules/list.rs and rules/{}.yaml", rule.id);
    }
    for (id, _) in list::RULES {
        assert!(catalogue().get(id).is_some(), "there is no rules/{id}.yaml");
    }
}

#[test]
fn every_rule_takes_its_own_defaults_and_the_options_of_its_examples() {
    let config = Config::default();
    for rule in catalogue().rules() {
        list::code(rule, &config.options(rule)).unwrap_or_else(|error| panic!("{}: {error}", rule.id));
        for example in examples(&rule.id) {
            let mut config = Config::default();
            config.set_options(&rule.id, &example.options);
            list::code(rule, &config.options(rule))
                .unwrap_or_else(|error| panic!("{}, {}: {error}", rule.id, example.name));
        }
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
