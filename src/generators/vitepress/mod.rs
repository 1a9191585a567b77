//! VitePress.
//!
//! Source of its behaviour: VitePress 1.6 itself and its documentation ("Routing", "Site config", "Markdown extensions");
//! `tests/oracles` compares with the real program.

mod config;
mod dates;
mod dead_links;
mod dynamic;
mod model;
mod navigation;
mod rewrites;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::package_json::Packages;
use super::{Folder, Generator, Loaded};

/// The generator.
pub struct VitePress;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("vitepress"));

/// The configuration's file, below the root.
fn config_file<'d>(folder: &Folder<'_>) -> Option<&'d str> {
    DATA.markers.iter().map(String::as_str).find(|name| folder.has(name))
}

impl Generator for VitePress {
    fn name(&self) -> &'static str {
        "vitepress"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let config = config_file(folder)?;
        let package = Packages::read(folder).has("vitepress");
        Some(match package {
            true => format!("`{config}` is there and package.json names vitepress"),
            false => format!("`{config}` is there"),
        })
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let config = config::Config::read(folder, config_file(folder).unwrap_or_default());
        Loaded { model: Box::new(model::Site::new(config)), problems: Vec::new() }
    }
}
