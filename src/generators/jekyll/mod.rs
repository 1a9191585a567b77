//! Jekyll.
//!
//! Source of its behaviour: jekyll 4.3 itself and its documentation; `tests/oracles` compares with the real program.

mod authors;
mod config;
mod dates;
mod defaults;
mod github_pages;
mod links;
mod model;
mod paths;
mod plugins;
mod settings;
pub mod urls;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::package_json::Packages;
use super::{Folder, Generator, Loaded, config_file, placeholders};

/// The generator.
pub struct Jekyll;

/// Names of the configuration, the last one that exists wins nothing: Jekyll reads `_config.yml` first.
const CONFIG: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("jekyll"));

impl Generator for Jekyll {
    fn name(&self) -> &'static str {
        "jekyll"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let config = CONFIG.iter().find(|name| folder.has(name))?;
        // Hexo has a `_config.yml` too; it is asked first, and its themes and plugins are no sites.
        if Packages::read(folder).has("hexo") {
            return None;
        }
        if let Some(name) = ["_posts", "_layouts", "_includes", "_drafts", "_sass", "source/_layouts"]
            .iter()
            .find(|n| folder.has_folder(n))
        {
            return Some(format!("`{config}` and `{name}/` are there"));
        }
        if folder.read("Gemfile").is_some_and(|gems| gems.contains("jekyll") || gems.contains("github-pages")) {
            return Some(format!("`{config}` is there and the Gemfile names Jekyll"));
        }
        // Jupyter Book and the R books keep a `_config.yml` of another kind beside these.
        if ["_toc.yml", "_bookdown.yml", "_quarto.yml"].iter().any(|other| folder.has(other)) {
            return None;
        }
        // A theme of Hexo has a `_config.yml` of its own; Jekyll's folders begin with an underscore.
        if folder.has_folder("layout") && folder.has_folder("source") {
            return None;
        }
        // A folder of Hugo's, in which an old configuration was left.
        if *config != "_config.yml" && folder.has_folder("content") && folder.has_folder("archetypes") {
            return None;
        }
        let page = folder.below("").find(|path| path.ends_with(".md") || path.ends_with(".markdown"))?;
        Some(format!("`{config}` and pages such as `{page}` are there"))
    }

    fn load(&self, folder: &Folder<'_>, now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        let name = CONFIG.iter().find(|name| folder.has(name)).copied().unwrap_or(CONFIG[0]);
        let value = config_file::read(folder, name, &mut problems);
        let model = model::Site::new(folder, &value, now).marked_unreadable(!problems.is_empty());
        if !folder.has_folder("_plugins") {
            // A plugin may know more of them.
            let config = config::Config::new(&value);
            problems.extend(
                config.unknown_placeholder().map(|unknown| placeholders::problem(folder, name, unknown, "Jekyll")),
            );
        }
        problems.extend(authors::problems(folder, &config::Config::new(&value).data_dir));
        Loaded { model: Box::new(model), problems }
    }
}
