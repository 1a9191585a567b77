//! Hugo.
//!
//! Source of its behaviour: Hugo's manual and Hugo 0.168 itself, whose answers are recorded in `fixtures/oracles`.

mod cascade;
mod config;
mod config_files;
mod content;
mod elsewhere;
mod figures;
mod front;
mod languages;
mod layouts;
mod links;
mod model;
mod mounts;
mod notes;
mod outputs;
mod paths;
mod permalinks;
mod place;
mod version;

use std::sync::LazyLock;

use jiff::civil::DateTime;
use serde_json::Value;

use super::config_file;
use super::data::Data;
use super::{Folder, Generator, Loaded, Problem, placeholders};
use crate::discover::{extension, join, parent};

/// The generator.
pub struct Hugo;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("hugo"));

impl Generator for Hugo {
    fn name(&self) -> &'static str {
        "hugo"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        if parent(folder.root).split('/').any(|part| part == "themes") {
            // A theme brings a configuration of its own and is no site, nor is the example that lies in it.
            return None;
        }
        match config_files::root_file(folder) {
            // A list is data of something else: a configuration has keys.
            Some("hugo.json") if folder.read("hugo.json").is_some_and(|text| text.trim_start().starts_with('[')) => {
                None
            }
            // So is a workflow that somebody keeps elsewhere.
            Some(name @ ("hugo.yml" | "hugo.yaml")) if folder.read(name).is_some_and(|text| is_workflow(&text)) => None,
            Some(name) if name.starts_with("hugo.") => Some(format!("`{name}` is there")),
            Some(name) => {
                // Zola and many programs have a `config.toml`; Hugo's has other keys and other folders beside it.
                let text = folder.read(name)?.to_ascii_lowercase();
                let zola = text.contains("base_url") && !text.contains("baseurl");
                let own = looks_like_hugo(folder).map(str::to_owned).or_else(|| content_folder(folder, name))?;
                let keys = ["baseurl", "languagecode", "defaultcontentlanguage", "permalinks", "taxonomies", "theme"];
                // What is indented in YAML belongs to a table: `ui:` of AstroWind has a `theme`, too.
                let yaml = matches!(&*extension(name), "yaml" | "yml");
                let written = |key: &&str| match yaml {
                    true => text.lines().any(|line| line.trim_start_matches(['"', '\'']).starts_with(*key)),
                    false => text.contains(*key),
                };
                let reads = keys.iter().any(written) || folder.has_folder("archetypes");
                (!zola && reads).then(|| format!("`{name}` and `{own}/` are there"))
            }
            None if folder.has_folder("config/_default") => {
                let own = looks_like_hugo(folder)?;
                Some(format!("`config/_default/` and `{own}/` are there"))
            }
            None => None,
        }
    }

    fn load(&self, folder: &Folder<'_>, now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        let value = config_files::read(folder, &mut problems);
        let mut config = config::Config::new(&value);
        config.minor = version::minor(folder);
        config.spelling.titles = paths::Titles::of(config.minor);
        config.copied = elsewhere::copied_html(folder, &config);
        let model = model::Site::new(folder, config, now);
        problems.extend(unknown_tokens(folder, &value));
        problems.extend(config_files::all(folder).into_iter().filter_map(|path| config_file::twice(folder, path)));
        Loaded { model: Box::new(model), problems }
    }
}

/// Hugo's own folders, which tell a site's root apart from another project with a `config.toml`.
fn looks_like_hugo(folder: &Folder<'_>) -> Option<&'static str> {
    let folders = ["content", "archetypes", "layouts", "themes", "static"];
    folders.into_iter().find(|name| folder.has_folder(name) || folder.has(&join(name, ".gitkeep")))
}

/// The folder of content that a configuration names, where it lies elsewhere: only Hugo's has this key.
fn content_folder(folder: &Folder<'_>, name: &str) -> Option<String> {
    let value = config_files::lower(config_file::read(folder, name, &mut Vec::new()));
    let named = value.get("contentdir")?.as_str()?.trim_start_matches("./").trim_matches('/').to_owned();
    folder.has_folder(&named).then_some(named)
}

/// True for what a code host does when something is pushed.
fn is_workflow(text: &str) -> bool {
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    has("jobs:") && (has("on:") || has("\"on\":") || has("'on':"))
}

/// A pattern with a token that Hugo does not know, in the first file that has it.
fn unknown_tokens(folder: &Folder<'_>, value: &Value) -> Option<Problem> {
    let of_languages = value.get("languages").and_then(Value::as_object);
    let tables = of_languages.into_iter().flat_map(|all| all.values()).chain([value]);
    let mut open: Vec<&Value> = tables.filter_map(|table| table.get("permalinks")).collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => open.extend(map.values()),
            Value::String(pattern) => {
                let Some(token) = permalinks::unknown_token(pattern) else { continue };
                let files = config_files::root_file(folder).into_iter().chain(folder.below("config"));
                let names = |file: &&str| folder.read(file).is_some_and(|text| text.contains(&format!(":{token}")));
                let file = files.into_iter().find(names)?;
                return Some(placeholders::problem(folder, file, token, "Hugo"));
            }
            _ => {}
        }
    }
    None
}
