//! Generators from npm: taken from the folder that an environment variable names, else installed into a temporary one
//! where that is asked for.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use crate::archive::{Pages, Published};

/// The folder that holds `node_modules` with these packages: what the variable names, or, with `POSTLINT_ORACLES` naming
/// the generator (or `all`), a new one.
pub fn folder(variable: &str, generator: &str, packages: &[&str]) -> Option<PathBuf> {
    // Two tests ask for one generator; only one of them may install it.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock().ok()?;
    if let Some(folder) = std::env::var_os(variable) {
        return Some(PathBuf::from(folder));
    }
    let asked = std::env::var("POSTLINT_ORACLES").unwrap_or_default();
    if !asked.split(',').any(|name| name == "all" || name == generator) {
        return None;
    }
    let folder = std::env::temp_dir().join(format!("postlint-oracle-{generator}"));
    if folder.join("node_modules").join(name_of(packages.first()?)).is_dir() {
        return Some(folder);
    }
    std::fs::create_dir_all(&folder).ok()?;
    std::fs::write(folder.join("package.json"), "{\"private\": true}").ok()?;
    let install = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
    let status = Command::new("npm").args(install).args(packages).current_dir(&folder).output().ok()?.status;
    status.success().then_some(folder)
}

/// `@scope/name@1` without its version.
fn name_of(package: &str) -> &str {
    package.rfind('@').filter(|at| *at > 0).and_then(|at| package.get(..at)).unwrap_or(package)
}

/// Runs one of the programs beside this file, which prints a line of JSON for each page; `zone` is the machine's.
pub fn run(script: &str, site: &Path, modules: &Path, zone: &str) -> Pages {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles").join(script);
    let output = Command::new("node").arg(&script).arg(site).arg(modules).env("TZ", zone).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} fails: {said}", script.display());
    let mut pages = Pages::new();
    for line in String::from_utf8(output.stdout).unwrap().lines().filter(|line| line.starts_with('{')) {
        let page: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| page[key].as_str().unwrap().to_owned();
        let ids = page["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        pages.insert(text("file"), Published { url: text("url"), ids });
    }
    pages
}

/// The version of an installed package.
pub fn version(folder: &Path, package: &str) -> Option<String> {
    let text = std::fs::read_to_string(folder.join("node_modules").join(package).join("package.json")).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(format!("{package} {}", value.get("version")?.as_str()?))
}
