//! Astro itself; the sites of its archives say in each page which file it comes from.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::archive::{Pages, Published};

/// A folder with `node_modules/{astro,@astrojs/mdx,@astrojs/starlight}`: what `POSTLINT_ASTRO` names.
fn modules() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("POSTLINT_ASTRO")?).join("node_modules");
    folder.is_dir().then_some(folder)
}

/// Their versions, if they are installed.
pub fn version() -> Option<String> {
    let modules = modules()?;
    let version = |name: &str| -> Option<String> {
        let text = std::fs::read_to_string(modules.join(name).join("package.json")).ok()?;
        let value: serde_json::Value = serde_json::from_str(&text).ok()?;
        Some(value["version"].as_str()?.to_owned())
    };
    Some(format!("astro {}, starlight {}", version("astro")?, version("@astrojs/starlight")?))
}

/// What Astro knows of the files of content lies in `node_modules`, which all sites share here: one at a time.
static ONE: Mutex<()> = Mutex::new(());

/// Builds the site in a folder.
pub fn build(folder: &Path) -> Pages {
    let modules = modules().unwrap();
    let _alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = std::fs::remove_dir_all(modules.join(".astro"));
    std::os::unix::fs::symlink(&modules, folder.join("node_modules")).unwrap();
    let output = Command::new("node")
        .arg(modules.join("astro/astro.js"))
        .arg("build")
        .current_dir(folder)
        .env("ASTRO_TELEMETRY_DISABLED", "1")
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "astro fails: {said}");
    let root = folder.canonicalize().unwrap();
    let mut pages = Pages::new();
    let mut files = Vec::new();
    files_below(&root.join("dist"), &mut files);
    for file in files {
        let Ok(html) = std::fs::read_to_string(&file) else { continue };
        let value = |before: &str| html.split_once(before).and_then(|(_, rest)| rest.split('"').next());
        let source = value("name=\"source\" content=\"").or_else(|| value("href=\"https://edit.example/"));
        let (Some(source), Some(url)) = (source, value("rel=\"canonical\" href=\"")) else { continue };
        let source = percent_encoding::percent_decode_str(source).decode_utf8_lossy().replace("&#38;", "&");
        let source = source.strip_prefix(root.to_str().unwrap()).unwrap_or(&source).trim_start_matches('/').to_owned();
        let url = url.strip_prefix("https://example.org").unwrap_or(url).to_owned();
        // A language shows what it has not translated under its own address; postlint lists each file once.
        let folder =
            source.strip_prefix("src/content/docs/").and_then(|rest| rest.split_once('/')).map(|(name, _)| name);
        let below = url.strip_prefix("/base").unwrap_or(&url);
        let own = folder.is_some_and(|folder| below.starts_with(&format!("/{folder}/")));
        let shorter = pages.get(&source).is_none_or(|other| url.len() < other.url.len());
        let published = Published { url, ids: ids(&html) };
        if own || shorter {
            pages.insert(source, published);
        }
    }
    for made in ["dist", ".astro"] {
        let _ = std::fs::remove_dir_all(folder.join(made));
    }
    let _ = std::fs::remove_file(folder.join("node_modules"));
    pages
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            files.push(path);
        }
    }
}

/// The ids of a page's text.
fn ids(html: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or(tag);
        let Some((_, value)) = tag.split_once(" id=\"") else { continue };
        let id = value.split('"').next().unwrap_or_default();
        let footnote = id.starts_with("user-content-fn") || id == "footnote-label";
        if tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !footnote {
            ids.push(id.to_owned());
        }
    }
    ids
}
