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
use super::{Folder, Generator, Loaded, around};

/// The generator.
pub struct VitePress;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("vitepress"));

/// The configuration's file, where the folder is the one that the program is told of.
fn config_file<'d>(folder: &Folder<'_>) -> Option<&'d str> {
    DATA.markers.iter().map(String::as_str).find(|name| folder.has(name))
}

/// That folder, which lies below the root where the sources lie beside it (`srcDir: '../content'`).
fn site_folder(folder: &Folder<'_>) -> String {
    if config_file(folder).is_some() {
        return String::new();
    }
    let of = |path: &str| {
        DATA.markers.iter().find_map(|name| Some(path.strip_suffix(name.as_str())?.strip_suffix('/')?.to_owned()))
    };
    folder.below("").filter_map(of).min_by_key(|site| site.matches('/').count()).unwrap_or_default()
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

    fn root<'f>(&self, folder: &Folder<'f>) -> &'f str {
        let source = config_file(folder).map(|name| config::source(folder, name)).unwrap_or_default();
        let above = around::root_above(folder.root, std::iter::once(source.as_str()));
        let content = source.trim_start_matches("../");
        let is_there = || Folder { tree: folder.tree, root: above }.has_folder(content);
        if content.is_empty() || !is_there() { folder.root } else { above }
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let config = config::Config::read(folder, &site_folder(folder));
        Loaded { model: Box::new(model::Site::new(config)), problems: Vec::new() }
    }
}
