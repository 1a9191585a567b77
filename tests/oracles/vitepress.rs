//! VitePress itself, with its default theme.

use std::path::{Path, PathBuf};

use super::npm;
use crate::archive::Pages;

fn folder() -> Option<PathBuf> {
    npm::folder("POSTLINT_VITEPRESS", "vitepress", &["vitepress@1"])
}

/// Its version, if it is installed.
pub fn version() -> Option<String> {
    npm::version(&folder()?, "vitepress")
}

/// Builds the site in a folder.
pub fn build(site: &Path) -> Pages {
    let pages = npm::run("vitepress.mjs", site, &folder().unwrap(), "UTC");
    let _ = std::fs::remove_dir_all(site.join(".vitepress/cache"));
    pages
}
