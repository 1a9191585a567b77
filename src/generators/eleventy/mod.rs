//! Eleventy.
//!
//! Source of its behaviour: Eleventy 3.1 itself and its documentation; `tests/oracles` compares with the real program. A
//! site is configured by a program, which is read without being run: what it does not say literally is not known.

mod code;
mod config;
mod data_files;
mod js_scan;
mod layouts;
mod links;
mod model;
mod paths;
mod permalink;
mod permalink_code;
mod plugins;
mod redirects;
mod script_pages;
pub mod slugify;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::package_json::Packages;
use super::{Folder, Generator, Loaded, config_file};

/// The generator.
pub struct Eleventy;

/// Names of the configuration, in the order in which Eleventy looks for them.
const CONFIG: [&str; 7] = [
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
    ".eleventy.cjs",
    ".eleventy.mjs",
];

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("eleventy"));

impl Generator for Eleventy {
    fn name(&self) -> &'static str {
        "eleventy"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let package = Packages::read(folder).has("@11ty/eleventy");
        let config = config_of(folder).or_else(|| package.then(|| without_config(folder)).flatten())?;
        // A plugin's package has a file of that name too, but nothing that could become a page.
        let templates = ["md", "njk", "liquid", "html"];
        let page = folder.below("").find(|path| {
            templates.contains(&&*crate::discover::extension(path))
                && !matches!(*path, "README.md" | "CHANGELOG.md" | "CONTRIBUTING.md" | "LICENSE.md")
        })?;
        Some(match package {
            true => format!("`{config}` is there and package.json names @11ty/eleventy"),
            false => format!("`{config}` and templates such as `{page}` are there"),
        })
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let name = &*config_of(folder).unwrap_or_else(|| CONFIG[0].to_owned());
        let code = code::Code::read(folder, name);
        let packages = Packages::read(folder);
        let config = config::Config::new(folder, name, &code, &packages);
        Loaded { model: Box::new(model::Site::new(folder, config, code)), problems: Vec::new() }
    }
}

/// What shows a site that does without a configuration.
fn without_config(folder: &Folder<'_>) -> Option<String> {
    let template = || folder.below("").find(|path| path.ends_with(".11ty.js") && !path.contains("node_modules/"));
    folder.has_folder("_includes").then(|| "_includes/".to_owned()).or_else(|| template().map(str::to_owned))
}

/// True where this folder's configuration names one below it, of which it makes its pages.
#[must_use]
pub fn takes(folder: &Folder<'_>, name: &str) -> bool {
    let says = |text: String| {
        ['"', '\'', '`']
            .iter()
            .any(|quote| ["", "./"].iter().any(|start| text.contains(&format!("{quote}{start}{name}{quote}"))))
    };
    Packages::read(folder).has("@11ty/eleventy")
        && config_of(folder).and_then(|config| folder.read(&config)).is_some_and(says)
}

/// The configuration: one of the names that Eleventy looks for, else the file that a script of `package.json` names.
fn config_of(folder: &Folder<'_>) -> Option<String> {
    if let Some(name) = CONFIG.iter().find(|name| folder.has(name)) {
        return Some((*name).to_owned());
    }
    let scripts = config_file::read(folder, folder.has("package.json").then_some("package.json")?, &mut Vec::new());
    let scripts = scripts.get("scripts")?.as_object()?.values().filter_map(|script| script.as_str());
    let told = |script: &str| {
        let (_, rest) = script.split_once("eleventy")?;
        let (_, rest) = rest.split_once("--config")?;
        let path = rest.trim_start_matches(['=', ' ']).split([' ', '&', ';']).next()?;
        let path = path.trim_matches(['"', '\'']).trim_start_matches("./");
        folder.has(path).then(|| path.to_owned())
    };
    scripts.filter_map(told).next()
}
