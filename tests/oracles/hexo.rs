//! Hexo itself, through a small program over its own API: which source became which file is not in its output.

use std::path::{Path, PathBuf};

use super::npm;
use crate::archive::Pages;

const PACKAGES: [&str; 3] = ["hexo@8", "hexo-renderer-marked@7", "hexo-renderer-markdown-it@7"];

fn folder() -> Option<PathBuf> {
    npm::folder("POSTLINT_HEXO", "hexo", &PACKAGES)
}

/// Its version, if it is installed.
pub fn version() -> Option<String> {
    npm::version(&folder()?, "hexo")
}

/// Builds the site in a folder. Its configuration may name a time zone: the machine is then taken to stand in it.
pub fn build(site: &Path) -> Pages {
    let config = std::fs::read_to_string(site.join("_config.yml")).unwrap();
    let zone = config.lines().find_map(|line| line.strip_prefix("timezone: ")).unwrap_or("UTC").to_owned();
    let pages = npm::run("hexo.js", site, &folder().unwrap(), &zone);
    let _ = std::fs::remove_file(site.join("db.json"));
    pages
}
