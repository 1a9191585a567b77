//! Pelican itself, through a small Python program that asks it for its articles and pages.

use std::path::Path;

use crate::archive::Pages;
use crate::mkdocs;

/// Its version, if it is installed.
pub fn version() -> Option<String> {
    mkdocs::said(&["-c", "import pelican, markdown; print('pelican', pelican.__version__)"])
}

/// Builds the site in a folder.
pub fn build(folder: &Path) -> Pages {
    let pages = mkdocs::run("pelican_site.py", folder);
    for made in ["output", "__pycache__", "cache"] {
        let _ = std::fs::remove_dir_all(folder.join(made));
    }
    pages
}
