//! Docusaurus.
//!
//! Source of its behaviour: docusaurus 3.9 itself (`plugin-content-docs`, `-blog`, `-pages`, `mdx-loader`, `utils`) and
//! its documentation; `tests/oracles` compares with the real program.

mod config;
mod links;
mod model;
mod mounts;
mod urls;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::js_config::Module;
use super::{Folder, Generator, Loaded};
use crate::discover::{file_name, join, parent};

/// The generator.
pub struct Docusaurus;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("docusaurus"));

impl Generator for Docusaurus {
    fn name(&self) -> &'static str {
        "docusaurus"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let config = DATA.markers.iter().find(|name| folder.has(name))?;
        let named = folder.read("package.json").is_some_and(|text| text.contains("\"@docusaurus/"));
        Some(if named {
            format!("`{config}` is there and package.json names Docusaurus")
        } else {
            format!("`{config}` is there")
        })
    }

    fn root<'f>(&self, folder: &Folder<'f>) -> &'f str {
        let Some(config) = config::Config::read(folder, "") else { return folder.root };
        let up = config.instances.iter().map(|instance| instance.path.matches("../").count()).max().unwrap_or(0);
        (0..up).fold(folder.root, |root, _| parent(root))
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let site = site_folder(folder);
        let config = config::Config::read(folder, &site).unwrap_or_else(|| config::Config::new(&Module::default(), ""));
        Loaded { model: Box::new(model::Site::new(folder, config)), problems: Vec::new() }
    }
}

/// The folder of the configuration: the root, or one below it when content lies beside it.
fn site_folder(folder: &Folder<'_>) -> String {
    let is_config = |path: &&str| DATA.markers.iter().any(|name| name == file_name(path));
    let nearest = folder.below("").filter(is_config).min_by_key(|path| path.matches('/').count());
    nearest.map(|path| parent(path).to_owned()).unwrap_or_default()
}

/// A path written in the configuration as one from the site's root; one that leaves it keeps its `../`.
fn from_root(site: &str, path: &str) -> String {
    let mut parts: Vec<&str> = site.split('/').filter(|part| !part.is_empty()).collect();
    let mut up = 0;
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match part {
            ".." if parts.pop().is_none() => up += 1,
            ".." => {}
            part => parts.push(part),
        }
    }
    format!("{}{}", "../".repeat(up), parts.iter().fold(String::new(), |all, part| join(&all, part)))
}
