//! Docusaurus.
//!
//! Source of its behaviour: docusaurus 3.9 itself (`plugin-content-docs`, `-blog`, `-pages`, `mdx-loader`, `utils`) and
//! its documentation; `tests/oracles` compares with the real program.

mod config;
mod content;
mod links;
mod model;
mod mounts;
mod navigation;
mod urls;
mod wrapped;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::js_config::Module;
use super::{Folder, Generator, Loaded, around};

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
        around::root_above(folder.root, config.instances.iter().map(|instance| instance.path.as_str()))
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let site = around::site_folder(folder, &DATA.markers);
        let config =
            config::Config::read(folder, &site).unwrap_or_else(|| config::Config::new(folder, &Module::default(), ""));
        Loaded { model: Box::new(model::Site::new(folder, config)), problems: Vec::new() }
    }
}
