//! Astro, with Starlight.
//!
//! Source of its behaviour: astro 5.18 and starlight 0.36 themselves (`content/utils`, `content/loaders/glob`,
//! `core/routing`, `starlight/utils/slugs`) and their documentation; `tests/oracles` compares with the real programs.
//! Addresses of collections are made by the site's code: they are known where a route hands an entry's id or slug on,
//! and unknown elsewhere.

mod collections;
mod config;
mod languages;
mod layouts;
mod links;
mod markdown_plugins;
mod model;
mod navigation;
mod plugins;
mod routes;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::{Folder, Generator, Loaded};

/// The generator.
pub struct Astro;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("astro"));

impl Generator for Astro {
    fn name(&self) -> &'static str {
        "astro"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let config = DATA.markers.iter().find(|name| folder.has(name))?;
        let package = folder.read("package.json").unwrap_or_default();
        let named = ["\"@astrojs/starlight\"", "\"astro\""].into_iter().find(|name| package.contains(name));
        Some(match named {
            Some("\"astro\"") => format!("`{config}` is there and package.json names Astro"),
            Some(_) => format!("`{config}` is there and package.json names Starlight"),
            None => format!("`{config}` is there"),
        })
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        Loaded { model: Box::new(model::Site::new(folder, config::Config::read(folder))), problems: Vec::new() }
    }
}
