//! `_quarto.yml` and `_metadata.yml` as far as they decide what is published where.
//!
//! Source: the pages "Project Options" and "Website Options" of Quarto's reference.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde_json::Value;

use super::navigation;
use crate::discover::{file_name, parent};
use crate::generators::navigation::NavEntry;
use crate::generators::values::{list, text};
use crate::generators::{Folder, Problem, config_file};

/// The configuration of a Quarto project.
pub struct Config {
    /// Scheme and host of `site-url`.
    pub url: Option<String>,
    /// Its path.
    pub base: String,
    /// `lang`.
    pub language: Option<String>,
    /// The languages of `babelquarto`, which stand before the ending of a file's name: `index.fr.qmd`.
    pub languages: Vec<String>,
    /// `output-dir`, where what was built before may lie.
    pub output: String,
    /// `project.render`, where it names files: patterns, and whether they take away.
    render: Vec<(bool, Gitignore)>,
    /// Scripts or tools that write documents before the build.
    pub makers: Vec<&'static str>,
    /// Pages that `website.drafts` names.
    pub drafts: Vec<String>,
    /// `default-image-extension` is set: what pictures without an ending are called.
    pub sets_image_extension: bool,
    /// The filter `interlinks` looks up what links name between backticks.
    pub interlinks: bool,
    /// `project.resources`: patterns of files that are copied.
    pub resources: Vec<String>,
    /// What the menus name.
    pub menu: Vec<NavEntry>,
    /// The values of each `_metadata.yml` by its folder, the deepest last.
    pub metadata: Vec<(String, Value)>,
}

impl Config {
    /// Reads the project's file and those of its folders.
    pub fn load(folder: &Folder<'_>, name: &str, problems: &mut Vec<Problem>) -> Config {
        let value = config_file::read(folder, name, problems);
        let project = value.get("project").cloned().unwrap_or(Value::Null);
        let kind = text(project.get("type")).unwrap_or_default();
        let of = |key: &str| ["website", "book"].iter().find_map(|part| value.get(part)?.get(key));
        let address = text(of("site-url")).unwrap_or_default();
        let (host, path) = match address.split_once("://") {
            Some((scheme, rest)) => {
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                (Some(format!("{scheme}://{host}")), path.to_owned())
            }
            None => (None, String::new()),
        };
        let base = text(of("site-path")).unwrap_or(path);
        let base = base.trim_matches('/');
        let makers =
            [("`pre-render`", project.get("pre-render").is_some()), ("`quartodoc`", value.get("quartodoc").is_some())];
        let mut metadata: Vec<(String, Value)> = folder
            .below("")
            .filter(|path| matches!(file_name(path), "_metadata.yml" | "_metadata.yaml"))
            .map(|path| (parent(path).to_owned(), config_file::read(folder, path, &mut Vec::new())))
            .collect();
        metadata.sort_by_key(|(folder, _)| folder.len());
        let output = text(project.get("output-dir")).unwrap_or_else(|| {
            match kind.as_str() {
                "website" => "_site",
                "book" => "_book",
                _ => "",
            }
            .to_owned()
        });
        let filters = |values: &Value| list(values.get("filters")).iter().any(|name| file_name(name) == "interlinks");
        let interlinks = filters(&value) || metadata.iter().any(|(_, values)| filters(values));
        let sets_image_extension = folder.read(name).is_some_and(|text| text.contains("default-image-extension"));
        Config {
            sets_image_extension,
            interlinks,
            url: host,
            base: if base.is_empty() { String::new() } else { format!("/{base}") },
            language: text(value.get("lang")),
            languages: list(value.pointer("/babelquarto/languages"))
                .into_iter()
                .chain(names(value.pointer("/babelquarto/languagecodes")))
                .collect(),
            output: output.trim_matches(['.', '/']).to_owned(),
            render: match list(project.get("render")) {
                // A book renders its chapters and nothing else.
                none if none.is_empty() && kind == "book" => chapters(value.get("book")),
                written => written,
            }
            .iter()
            .map(|written| pattern(written))
            .collect(),
            makers: makers.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect(),
            drafts: list(of("drafts")),
            menu: navigation::read(folder, name),
            resources: list(project.get("resources")),
            metadata,
        }
    }
}

impl Config {
    /// True when the project renders this document: the last pattern that fits it or a folder above it decides.
    #[must_use]
    pub fn renders(&self, path: &str) -> bool {
        // Where all patterns take away, everything is there first.
        let mut rendered = self.render.iter().all(|(without, _)| *without);
        for (without, pattern) in &self.render {
            if pattern.matched_path_or_any_parents(path, false).is_ignore() {
                rendered = !without;
            }
        }
        rendered
    }
}

/// The documents that a book names: chapters, parts and appendices, at any depth.
fn chapters(book: Option<&Value>) -> Vec<String> {
    let mut named = Vec::new();
    let mut open: Vec<&Value> =
        ["chapters", "appendices", "references"].iter().filter_map(|part| book?.get(part)).collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(path) if crate::discover::extension(path) != *"" => {
                named.push(format!("/{}", path.trim_start_matches("./")));
            }
            Value::Array(items) => open.extend(items),
            Value::Object(map) => {
                open.extend(["part", "chapters", "file", "href"].iter().filter_map(|key| map.get(*key)));
            }
            _ => {}
        }
    }
    named
}

/// The `name` of each item.
fn names(items: Option<&Value>) -> impl Iterator<Item = String> {
    items.and_then(Value::as_array).into_iter().flatten().filter_map(|item| text(item.get("name")))
}

/// One pattern of `project.render`; one that cannot be read fits nothing.
fn pattern(written: &str) -> (bool, Gitignore) {
    let (without, glob) = written.strip_prefix('!').map_or((false, written), |glob| (true, glob));
    let mut builder = GitignoreBuilder::new("");
    let _ = builder.add_line(None, glob);
    (without, builder.build().unwrap_or_else(|_| Gitignore::empty()))
}
