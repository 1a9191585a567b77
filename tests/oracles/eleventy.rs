//! Eleventy itself, built in memory.

use std::path::{Path, PathBuf};

use super::npm;
use crate::archive::Pages;

// Later versions ask for a package that not every registry has.
const PACKAGES: [&str; 3] = ["@11ty/eleventy@3.1.2", "markdown-it-anchor@9", "markdown-it-attrs@4"];

fn folder() -> Option<PathBuf> {
    npm::folder("POSTLINT_ELEVENTY", "eleventy", &PACKAGES)
}

/// Its version, if it is installed.
pub fn version() -> Option<String> {
    npm::version(&folder()?, "@11ty/eleventy")
}

/// Builds the site in a folder.
pub fn build(site: &Path) -> Pages {
    npm::run("eleventy.mjs", site, &folder().unwrap(), "UTC")
}
