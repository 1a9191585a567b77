//! Jekyll itself, through a small Ruby program: `site.pages` in a template would not show what is written where.

use std::path::Path;
use std::process::Command;

use crate::archive::{Pages, Published};

/// Its version, if it is installed.
pub fn version() -> Option<String> {
    let output = Command::new("jekyll").arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Builds the site in a folder.
pub fn build(folder: &Path) -> Pages {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/jekyll.rb");
    let output = Command::new("ruby").arg(script).arg(folder).env("TZ", "UTC").env("LANG", "C.UTF-8").output().unwrap();
    assert!(output.status.success(), "jekyll fails: {}", String::from_utf8_lossy(&output.stderr));
    let mut pages = Pages::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let file: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| file[key].as_str().unwrap().to_owned();
        if text("kind") == "page" {
            let ids = file["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
            pages.insert(text("file"), Published { url: text("url"), ids });
        }
    }
    std::fs::remove_dir_all(folder.join("_site")).unwrap();
    pages
}
