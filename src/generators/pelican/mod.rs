//! Pelican.
//!
//! Source of its behaviour: pelican 4 itself and its documentation; `tests/oracles` compares with the real program.

mod command;
mod config;
mod files;
mod links;
mod metadata;
mod model;
mod plugins;
mod slugs;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::{Folder, Generator, Loaded};
use crate::discover::extension;

/// The generator.
pub struct Pelican;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("pelican"));

/// Settings that hardly anything but Pelican has; with `SITENAME` they tell its settings from those of another program.
const TELLING: [&str; 10] = [
    "ARTICLE_URL",
    "ARTICLE_SAVE_AS",
    "ARTICLE_PATHS",
    "PAGE_URL",
    "DEFAULT_PAGINATION",
    "DEFAULT_CATEGORY",
    "DEFAULT_DATE_FORMAT",
    "FEED_ALL_ATOM",
    "OUTPUT_PATH",
    "STATIC_PATHS",
];

/// The file with the settings: `pelicanconf.py`, or one of another name (`pelican -s settings.py`) that says the same things.
fn settings_file(folder: &Folder<'_>) -> Option<&'static str> {
    let (usual, others) = DATA.markers.split_first()?;
    if folder.has(usual) {
        return Some(usual);
    }
    others.iter().map(String::as_str).find(|name| {
        let settings = folder.read(name).map(|text| super::python_settings::read(&text)).unwrap_or_default();
        settings.contains_key("SITENAME") && TELLING.iter().any(|name| settings.contains_key(*name))
    })
}

/// Texts that Pelican or a usual plugin renders and that are not read here.
const OTHERS: [&str; 5] = ["rst", "html", "htm", "ipynb", "org"];

impl Generator for Pelican {
    fn name(&self) -> &'static str {
        "pelican"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let settings = settings_file(folder)?;
        let config = config::Config::load(folder, settings);
        let page = folder
            .below(&config.content)
            .find(|path| DATA.is_markdown(path) || matches!(&*extension(path), "rst" | "ipynb"))?;
        Some(format!("`{settings}` and texts such as `{page}` are there"))
    }

    fn load(&self, folder: &Folder<'_>, now: DateTime) -> Loaded {
        let config = config::Config::load(folder, settings_file(folder).unwrap_or("pelicanconf.py"));
        Loaded { model: Box::new(model::Site::new(folder, config, now)), problems: Vec::new() }
    }
}
