//! Zola.
//!
//! Source: Zola's documentation and its own sources at 0.22 (`components/content`, `components/config`,
//! `components/utils`, its `test_site`); no registry has the program, so nothing here was compared with a run of it.

mod config;
mod content;
mod links;
mod model;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::{Folder, Generator, Loaded, config_file};

/// The generator.
pub struct Zola;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("zola"));

impl Generator for Zola {
    fn name(&self) -> &'static str {
        "zola"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        if folder.has("zola.toml") {
            return Some("`zola.toml` is there".to_owned());
        }
        // Hugo and many programs have a `config.toml` too; Zola cannot do without this key, which Hugo spells `baseURL`.
        let text = folder.read("config.toml")?;
        let top = text.lines().take_while(|line| !line.trim_start().starts_with('['));
        let has_key = top.into_iter().any(|line| {
            let rest = line.trim_start().strip_prefix("base_url");
            rest.is_some_and(|rest| rest.trim_start().starts_with('='))
        });
        let places = ["content", "templates", "themes", "static", "sass"];
        let place = places.into_iter().find(|name| folder.has_folder(name))?;
        has_key.then(|| format!("`config.toml` has `base_url`, and `{place}/` is there"))
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        let name = if folder.has("zola.toml") { "zola.toml" } else { "config.toml" };
        let value = config_file::read(folder, name, &mut problems);
        let model = model::Site::new(folder, config::Config::new(&value));
        Loaded { model: Box::new(model), problems }
    }
}
