//! Jekyll.
//!
//! Source of its behaviour: jekyll 4.3 itself and its documentation; `tests/oracles` compares with the real program.

mod authors;
mod config;
mod dates;
mod defaults;
mod github_pages;
mod links;
mod media;
mod model;
mod paths;
mod plugins;
mod redirect_from;
mod settings;
pub mod urls;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::package_json::Packages;
use super::{Folder, Generator, Loaded, config_file, eleventy, placeholders, quartz};
use crate::discover::{file_name, parent};

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
        let Some(config) = CONFIG.iter().find(|name| folder.has(name)) else { return by_other_name(folder) };
        // Hexo has a `_config.yml` too; it is asked first, and its themes and plugins are no sites.
        if Packages::read(folder).has("hexo") {
            return None;
        }
        // Pretzel reads the same folders in another way.
        let is_pretzel = |text: String| text.lines().any(|line| line.starts_with("pretzel:"));
        if is_left_out(folder, config) || folder.read(config).is_some_and(is_pretzel) {
            return None;
        }
        // Eleventy's sources, in which the configuration of before was left.
        let above = Folder { root: parent(folder.root), ..*folder };
        if !folder.root.is_empty() && eleventy::takes(&above, file_name(folder.root)) {
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
        // GitHub is told to build nothing, and nothing else says that Jekyll does.
        if folder.has(".nojekyll") {
            return None;
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
        // For GitHub Pages a theme's name is written into one, whatever builds the site.
        let alone = |other: &&&dyn Generator| !["hexo", "jekyll", "obsidian", "plain"].contains(&other.name());
        if super::ALL.iter().filter(alone).any(|other| other.detect(folder).is_some()) {
            return None;
        }
        // Quartz is cloned beside the notes, and a script runs it.
        if quartz::is_run_by_a_script(folder) {
            return None;
        }
        let hidden = |path: &str| path.starts_with('.') || path.contains("/.");
        let page = |path: &&str| !hidden(path) && (path.ends_with(".md") || path.ends_with(".markdown"));
        let page = folder.below("").find(page)?;
        Some(format!("`{config}` and pages such as `{page}` are there"))
    }

    fn load(&self, folder: &Folder<'_>, now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        let usual = CONFIG.iter().find(|name| folder.has(name)).copied();
        let name = usual.or_else(|| config_of_one_kind(folder)).unwrap_or(CONFIG[0]);
        let value = config_file::read(folder, name, &mut problems);
        let model = model::Site::new(folder, &value, now);
        if !folder.has_folder("_plugins") {
            // A plugin may know more of them.
            let config = config::Config::new(&value);
            problems.extend(
                config.unknown_placeholder().map(|unknown| placeholders::problem(folder, name, unknown, "Jekyll")),
            );
        }
        problems.extend(config_file::twice(folder, name));
        problems.extend(authors::problems(folder, &config::Config::new(&value).data_dir));
        Loaded { model: Box::new(model), problems }
    }
}

/// True for the documentation that came with a copied theme: the site around it leaves the folder out, and its address is
/// another one.
fn is_left_out(folder: &Folder<'_>, name: &str) -> bool {
    let read = |folder: &Folder<'_>, name: &str| config::Config::new(&config_file::read(folder, name, &mut Vec::new()));
    let mut root = folder.root;
    while !root.is_empty() {
        root = parent(root);
        let outer = Folder { root, ..*folder };
        let Some(around) = CONFIG.iter().find(|name| outer.has(name)).map(|name| read(&outer, name)) else { continue };
        let inside = folder.root.get(root.len()..).unwrap_or_default().trim_start_matches('/');
        let elsewhere = || matches!((&around.url, read(folder, name).url), (Some(own), Some(other)) if *own != other);
        if paths::Paths::new(&around).excluded(inside) && elsewhere() {
            return true;
        }
    }
    false
}

/// A site that is built with `--config _config_prod.yml` and has no configuration of the usual name: the Gemfile tells whose
/// it is.
fn by_other_name(folder: &Folder<'_>) -> Option<String> {
    // Jekyll asks for no configuration; posts alone may be anybody's, and so may such folders below the top.
    let is_top = folder.root.is_empty() && !folder.has("package.json");
    let parts = ["_layouts", "_includes"].into_iter().find(|name| folder.has_folder(name));
    if let Some(parts) = parts.filter(|_| is_top && folder.has_folder("_posts")) {
        return Some(format!("`_posts/` and `{parts}/` are there"));
    }
    let name = config_of_one_kind(folder)?;
    let gems = folder.read("Gemfile")?;
    (gems.contains("jekyll") || gems.contains("github-pages"))
        .then(|| format!("`{name}` and `_layouts/` are there and the Gemfile names Jekyll"))
}

/// `_config_prod.yml`, `_config.production.yml`: the one for readers where there are several.
fn config_of_one_kind<'f>(folder: &Folder<'f>) -> Option<&'f str> {
    let is_one = |path: &&str| path.starts_with("_config") && (path.ends_with(".yml") || path.ends_with(".yaml"));
    folder.below("").filter(is_one).min_by_key(|path| !path.contains("prod"))
}
