//! Programs that make sites and that postlint does not know, by what only they leave in a folder.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Folder, config_file};
use crate::discover::file_name;

/// The folders (with `/` at the end, empty for all) in which lies what only a program has that makes a site of their
/// pages, with the name of that; links and ids follow its rules there.
#[must_use]
pub fn other_builders<'t>(folder: &Folder<'t>) -> Vec<(String, &'t str)> {
    let vendored = |path: &str| path.split('/').any(|part| matches!(part, "node_modules" | "vendor" | "themes"));
    let mut found: Vec<(String, &str)> = Vec::new();
    for path in folder.below("").filter(|path| !vendored(path)) {
        let mut start = 0;
        for part in path.split('/') {
            let below = path.get(..start).unwrap_or_default();
            let is_its = OTHER_BUILDERS.iter().any(|builder| builder.file == part && builder.fits(folder, below));
            if is_its && found.last().is_none_or(|(known, _)| known != below) {
                found.push((below.to_owned(), part));
            }
            start += part.len() + 1;
        }
    }
    found
}

/// The folder that Netlify publishes after a command has filled it: nothing in the repository tells by which addresses.
#[must_use]
pub fn built_on_netlify(folder: &Folder<'_>) -> Option<String> {
    let settings = config_file::read(folder, "netlify.toml", &mut Vec::new());
    let build = settings.get("build")?;
    let text = |key: &str| build.get(key)?.as_str().filter(|text| !text.trim().is_empty());
    let published = text("publish")?.trim_matches(['.', '/']);
    let made = text("command").is_some() && !published.is_empty() && !folder.has_folder(published);
    made.then(|| published.to_owned())
}

/// The configuration of an application for browsers and the folders of its sources, where all texts lie in these: it makes
/// addresses and ids itself.
#[must_use]
pub fn shown_by_an_application(
    folder: &Folder<'_>,
    is_markdown: impl Fn(&str) -> bool,
) -> Option<(&'static str, Vec<String>)> {
    const NAMES: [&str; 9] = [
        "angular.json",
        "next.config.js",
        "next.config.mjs",
        "next.config.ts",
        "nuxt.config.ts",
        "svelte.config.js",
        "vite.config.js",
        "vite.config.ts",
        "vue.config.js",
    ];
    const SOURCES: [&str; 5] = ["src/", "public/", "static/", "app/", "assets/"];
    let name = NAMES.into_iter().find(|name| folder.has(name))?;
    let is_readme = |path: &str| file_name(path).get(..6).is_some_and(|start| start.eq_ignore_ascii_case("readme"));
    let is_text = |path: &&str| path.contains('/') && !path.starts_with('.') && is_markdown(path) && !is_readme(path);
    let mut found: Vec<String> = Vec::new();
    for path in folder.below("").filter(is_text) {
        let source = SOURCES.iter().find(|source| path.starts_with(**source))?;
        if !found.iter().any(|known| known == source) {
            found.push((*source).to_owned());
        }
    }
    (!found.is_empty()).then_some((name, found))
}

/// True when a program that postlint does not know builds the whole folder.
#[must_use]
pub fn has_another_builder(folder: &Folder<'_>) -> bool {
    let of_root = |builder: &Builder| folder.has(&builder.file) && builder.fits(folder, "");
    OTHER_BUILDERS.iter().any(of_root)
}

/// One entry of the list of programs that make sites and that postlint does not know.
#[derive(Debug, Default, Deserialize)]
struct Builder {
    /// The name of a file or folder that only sites of this program have.
    file: String,
    /// A file that must lie beside it, where its own name is a common one.
    #[serde(default)]
    beside: Vec<String>,
    /// What its text must say, in a folder below the root: at the root a file of the kind speaks of everything.
    #[serde(default)]
    says: Option<String>,
}

impl Builder {
    fn fits(&self, folder: &Folder<'_>, below: &str) -> bool {
        let beside = self.beside.is_empty() || self.beside.iter().any(|name| folder.has(&format!("{below}{name}")));
        let says = |wanted: &String| {
            let text = folder.read(&format!("{below}{}", self.file)).filter(|_| !below.is_empty());
            text.is_some_and(|text| text.contains(wanted.as_str()))
        };
        beside && self.says.as_ref().is_none_or(says)
    }
}

static OTHER_BUILDERS: LazyLock<Vec<Builder>> = LazyLock::new(|| crate::data::read("other-builders"));
