//! Hexo.
//!
//! Source of its behaviour: hexo 8.1, hexo-util 4.0, hexo-renderer-marked 7.0 and hexo-renderer-markdown-it 7.1 themselves
//! and Hexo's documentation; `tests/oracles` compares with the real program.

mod config;
mod dates;
mod links;
mod model;
mod paths;
mod permalinks;
mod posts;
mod scripts;
mod sha1;
mod site;
pub mod slugize;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::package_json::Packages;
use super::{Folder, Generator, Loaded, config_file};
use crate::discover::{file_name, join, parent};

/// The generator.
pub struct Hexo;

/// Names of the configuration, the first that exists counts.
const CONFIG: [&str; 3] = ["_config.yml", "_config.yaml", "_config.json"];

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("hexo"));

impl Generator for Hexo {
    fn name(&self) -> &'static str {
        "hexo"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let config = config_of(folder)?;
        // A theme has a configuration and a `source/`, too, and may name hexo among its packages.
        let above = parent(folder.root);
        if file_name(above) == "themes" && CONFIG.iter().any(|name| folder.tree.has_file(&join(parent(above), name))) {
            return None;
        }
        let package = Packages::read(folder).has("hexo");
        let source = ["source/_posts", "source/_drafts", "source"].into_iter().find(|name| folder.has_folder(name));
        // Octopress is a Jekyll site with the same folders; its layouts lie among the sources.
        let jekyll = folder.has_folder("source/_layouts")
            || folder.read("Gemfile").is_some_and(|gems| gems.contains("jekyll") || gems.contains("octopress"));
        match (package, source) {
            (true, Some(source)) => Some(format!("package.json names hexo, `{config}` and `{source}/` are there")),
            (false, Some(source @ ("source/_posts" | "source/_drafts"))) if !jekyll => {
                let beside = ["scaffolds", "themes", "source/_data"].into_iter().find(|name| folder.has_folder(name));
                let more = beside.map(|name| format!(", `{name}/` too")).unwrap_or_default();
                Some(format!("`{config}` and `{source}/` are there{more}"))
            }
            // The package may be that of a theme or plugin; a configuration that names its folder of sources is a site's.
            (true, None) if folder.read(config).is_some_and(|text| text.contains("source_dir:")) => {
                Some(format!("package.json names hexo and `{config}` has `source_dir`"))
            }
            _ => None,
        }
    }

    fn load(&self, folder: &Folder<'_>, now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        let name = config_of(folder).unwrap_or(CONFIG[0]);
        let value = config_file::read_with_wide_tabs(folder, name, &mut problems);
        let packages = Packages::read(folder);
        let config = config::Config::new(&value, &packages);
        let model = site::Site::new(folder, config, &packages, now);
        Loaded { model: Box::new(model), problems }
    }
}

/// The site's configuration; where there is none of the usual name, one that the build is told of (`--config
/// _config.prod.yml`), the one for readers first.
fn config_of<'f>(folder: &Folder<'f>) -> Option<&'f str> {
    let usual = CONFIG.iter().find(|name| folder.has(name)).copied();
    let is_one = |path: &&str| path.starts_with("_config.") && (path.ends_with(".yml") || path.ends_with(".yaml"));
    let other = || folder.below("").filter(is_one).min_by_key(|path| !path.contains("prod"));
    usual.or_else(|| Packages::read(folder).has("hexo").then(other).flatten())
}
