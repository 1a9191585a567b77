//! Cecil.
//!
//! Source: Cecil's documentation ("Content", "Configuration") and its sources at 8.x (`src/Collection/Page`,
//! `src/Util/Slugifier.php`, `src/Url.php`); the program needs PHP and was not run.

mod config;
mod model;
mod paths;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::{Folder, Generator, Loaded, config_file};

/// The generator.
pub struct Cecil;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("cecil"));

/// The configuration's names, the newest first.
const FILES: [&str; 3] = ["cecil.yml", "cecil.yaml", "config.yml"];

impl Generator for Cecil {
    fn name(&self) -> &'static str {
        "cecil"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let name = FILES.into_iter().find(|name| folder.has(name))?;
        if name != "config.yml" {
            return Some(format!("`{name}` is there"));
        }
        // Many programs have a `config.yml`.
        let twig = folder.below("layouts").any(|path| path.ends_with(".twig"));
        (twig && folder.has_folder("pages")).then(|| "`config.yml`, `pages/` and Twig templates are there".to_owned())
    }

    fn load(&self, folder: &Folder<'_>, now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        let name = FILES.into_iter().find(|name| folder.has(name)).unwrap_or("cecil.yml");
        let value = config_file::read(folder, name, &mut problems);
        Loaded { model: Box::new(model::Site::new(config::Config::new(&value), now)), problems }
    }
}
