//! The lists that a Jekyll site keeps: authors and layouts.
//!
//! Where authors are kept is a habit, not a rule: `_data/authors.yml`, `_data/authors/*.yml`, `authors:` in the
//! configuration, a collection `_authors` whose id is one of several keys or the file's name. The list that most of the
//! site's own posts agree with is the registry; where none does, there is none.

use std::collections::BTreeSet;

use serde_json::Value;

use super::config::Config;
use crate::discover::{extension, file_name};
use crate::generators::template_files::TemplateFiles;
use crate::generators::{Folder, Problem, Registries, Registry, config_file};
use crate::site::facts::{Kind, PageFacts, Value as Front};

/// What people call the list of those who write.
const NAMES: [&str; 4] = ["authors", "people", "members", "team"];
/// Share of the posts' authors that a list must know to be the registry.
const AGREED: (usize, usize) = (1, 2);

/// Finds the lists.
#[must_use]
pub fn registries(folder: &Folder<'_>, pages: &[PageFacts], config: &Config, templates: &TemplateFiles) -> Registries {
    let (mut authors, layouts) = (authors(folder, pages, config), layouts(folder, config));
    if let Some(authors) = authors.as_mut().filter(|_| templates.shows_any_author) {
        authors.otherwise = Some("a template shows the name as it is written here");
    }
    // A theme that is not here may list posts by year, each with its id.
    let layouts_make_ids = templates.make_ids || config.theme;
    Registries {
        authors,
        layouts,
        ids: templates.ids.clone(),
        layouts_make_ids,
        layouts_unseen: templates.blank,
        keys: templates.keys.clone(),
        ..Registries::default()
    }
}

/// What keeps the lists of `_data` from being read. A list of maps is none of our formats' roots and is not looked at.
#[must_use]
pub fn problems(folder: &Folder<'_>, data_dir: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for name in NAMES {
        for ext in ["yml", "yaml", "json", "toml"] {
            let path = format!("{data_dir}/{name}.{ext}");
            let text = if folder.has(&path) { folder.read(&path) } else { None };
            let first = |text: String| {
                text.lines()
                    .map(str::trim)
                    .find(|l| !l.is_empty() && !l.starts_with(['#', '-']) || l.starts_with("- "))
                    .map(str::to_owned)
            };
            if text.and_then(first).is_some_and(|line| !line.starts_with(['-', '['])) {
                let _ = config_file::read(folder, &path, &mut problems);
            }
        }
    }
    for problem in &mut problems {
        problem.message = format!("the list of authors cannot be read, so no author is known: {}", problem.message);
    }
    // The site is known without its list of authors.
    problems.iter_mut().for_each(|problem| problem.hides = false);
    problems
}

fn authors(folder: &Folder<'_>, pages: &[PageFacts], config: &Config) -> Option<Registry> {
    let used: BTreeSet<&str> = pages
        .iter()
        .filter(|page| page.kind == Kind::Post)
        .flat_map(|page| ["author", "authors"].into_iter().filter_map(|key| page.key(key)))
        .flat_map(|key| key.scalars())
        .flat_map(|scalar| scalar.text.split(',').map(str::trim))
        .collect();
    if used.is_empty() {
        return None;
    }
    let known = |registry: &Registry| used.iter().filter(|name| registry.names.iter().any(|n| n == *name)).count();
    candidates(folder, pages, config)
        .into_iter()
        .map(|registry| (known(&registry), registry))
        .filter(|(hits, _)| *hits > 0 && hits * AGREED.1 >= used.len() * AGREED.0)
        .max_by_key(|(hits, _)| *hits)
        .map(|(_, registry)| registry)
}

fn candidates(folder: &Folder<'_>, pages: &[PageFacts], config: &Config) -> Vec<Registry> {
    let mut all = Vec::new();
    let data = |path: &str| config_file::read(folder, path, &mut Vec::new());
    for name in NAMES {
        let mut names = Vec::new();
        for path in folder.below(&format!("{}/{name}", config.data_dir)) {
            names.push(stem(path).to_owned());
        }
        push(&mut all, format!("`{}/{name}/`", config.data_dir), names);
        for ext in ["yml", "yaml", "json", "toml"] {
            let path = format!("{}/{name}.{ext}", config.data_dir);
            if folder.has(&path) {
                lists_of(&data(&path), &format!("`{path}`"), &mut all);
            }
        }
    }
    lists_of(data("_config.yml").get("authors").unwrap_or(&Value::Null), "`authors` in `_config.yml`", &mut all);
    for label in NAMES {
        let documents: Vec<&PageFacts> = pages.iter().filter(|page| &*page.collection == label).collect();
        let keys: BTreeSet<&str> = documents
            .iter()
            .filter_map(|page| page.front.as_ref())
            .flat_map(|front| &front.keys)
            .filter(|key| matches!(key.value, Front::Scalar(_)))
            .map(|key| &*key.name)
            .collect();
        for key in keys {
            let names = documents.iter().filter_map(|page| page.key(key)?.text().map(str::to_owned)).collect();
            push(&mut all, format!("the `{key}` of the pages in `_{label}/`"), names);
        }
        push(&mut all, format!("`_{label}/`"), documents.iter().map(|page| stem(&page.path).to_owned()).collect());
    }
    all
}

/// The keys of a map, and the values of each key of a list of maps.
fn lists_of(value: &Value, from: &str, all: &mut Vec<Registry>) {
    match value {
        Value::Object(map) => push(all, from.to_owned(), map.keys().cloned().collect()),
        Value::Array(items) => {
            let keys: BTreeSet<&String> =
                items.iter().filter_map(Value::as_object).flat_map(|map| map.keys()).collect();
            for key in keys {
                let names = items.iter().filter_map(|item| item.get(key)?.as_str().map(str::to_owned)).collect();
                push(all, format!("the `{key}` of each entry in {from}"), names);
            }
        }
        _ => {}
    }
}

fn push(all: &mut Vec<Registry>, from: String, mut names: Vec<String>) {
    names.sort_unstable();
    names.dedup();
    if !names.is_empty() {
        all.push(Registry::new(from, names));
    }
}

/// The layouts of `_layouts`; nothing when a theme may bring more.
fn layouts(folder: &Folder<'_>, config: &Config) -> Option<Registry> {
    if config.theme || !folder.has_folder(&config.layouts_dir) {
        return None;
    }
    let from = config.layouts_dir.clone();
    let inside = |path: &str| path.strip_prefix(&from)?.strip_prefix('/').map(str::to_owned);
    let mut names: Vec<String> = folder
        .below(&config.layouts_dir)
        .filter_map(inside)
        .filter_map(|path| path.rsplit_once('.').map(|(name, _)| name.to_owned()))
        .collect();
    names.extend(["none".to_owned(), "null".to_owned()]);
    names.sort_unstable();
    names.dedup();
    Some(Registry::new(format!("`{}/`", config.layouts_dir), names))
}

fn stem(path: &str) -> &str {
    let name = file_name(path);
    let cut = name.len().saturating_sub(extension(path).len() + 1);
    name.get(..cut).filter(|stem| !stem.is_empty()).unwrap_or(name)
}
