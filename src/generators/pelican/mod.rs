//! Pelican.
//!
//! Source of its behaviour: pelican 4 itself and its documentation; `tests/oracles` compares with the real program.

mod config;
mod links;
mod metadata;
mod model;
mod slugs;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::{Folder, Generator, Loaded};
use crate::discover::extension;

/// The generator.
pub struct Pelican;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("pelican"));

/// The file with the settings.
const SETTINGS: &str = "pelicanconf.py";

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
        let config = config::Config::load(folder);
        let page = folder.below(&config.content).find(|path| DATA.is_markdown(path) || extension(path) == "rst")?;
        Some(format!("`{SETTINGS}` and texts such as `{page}` are there"))
    }

    fn load(&self, folder: &Folder<'_>, now: DateTime) -> Loaded {
        let config = config::Config::load(folder);
        Loaded { model: Box::new(model::Site::new(folder, config, now)), problems: Vec::new() }
    }
}
