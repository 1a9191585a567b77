//! Quartz, which publishes a vault of notes.
//!
//! Source: Quartz's documentation ("Authoring content", "Configuration", the plugins' pages) and its sources at 4.5
//! (`quartz/util/path.ts`, `quartz/plugins`); it is installed from its repository and was not run.

mod build;
mod config;
mod model;
mod notes;
mod slugs;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use self::build::content;
use self::config::Config;
use self::model::Site;
use super::data::Data;
use super::{Folder, Generator, Loaded, config_file};

pub use self::build::is_run_by_a_script;

/// The generator.
pub struct Quartz;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("quartz"));

impl Generator for Quartz {
    fn name(&self) -> &'static str {
        "quartz"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let name = ["quartz.config.ts", "quartz.config.yaml"].into_iter().find(|name| folder.has(name))?;
        let content = content(folder);
        // A copy of the engine whose notes are in another repository is one all the same, of which nothing can be checked.
        let engine = || folder.has_folder("quartz").then(|| format!("`{name}` and `quartz/` are there"));
        folder.has_folder(&content).then(|| format!("`{name}` and `{content}/` are there")).or_else(engine)
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        // Whoever moves to Quartz 5 may leave the former configuration where it was.
        let script = if folder.has("quartz.config.yaml") { None } else { folder.read("quartz.config.ts") };
        let config = match script {
            Some(text) => Config::of_script(&text),
            None => Config::of_yaml(&config_file::read(folder, "quartz.config.yaml", &mut problems)),
        };
        let mut site = Site::new(config, content(folder));
        // A copy of the engine that does not yet count aliases among the names of notes writes redirects of them alone.
        const READER: &str = "quartz/plugins/transformers/frontmatter.ts";
        let reader = folder.read(READER).filter(|text| folder.has(READER) && !text.is_empty());
        site.aliases_answer = reader.is_none_or(|text| text.contains("allSlugs.push("));
        Loaded { model: Box::new(site), problems }
    }
}
