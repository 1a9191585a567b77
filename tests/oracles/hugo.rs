//! Hugo itself, with templates that say which file a page comes from.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::archive::{Pages, Published};

/// The program: what `POSTLINT_HUGO` names, else `hugo`.
fn program() -> PathBuf {
    std::env::var_os("POSTLINT_HUGO").map_or_else(|| "hugo".into(), PathBuf::from)
}

/// Its version, if it is installed and current: before 0.150 paths and ids were made differently.
pub fn version() -> Option<String> {
    let output = Command::new(program()).arg("version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.split_once("hugo v0.")?.1.split(['-', '+', ' ']).next()?.to_owned();
    let minor: u32 = version.split('.').next()?.parse().ok()?;
    (minor >= 150).then(|| format!("hugo 0.{version}"))
}

/// Builds the site in a folder.
pub fn build(folder: &Path) -> Pages {
    let page = "{{ with .File }}{{ printf \"\\n@source %s\\n@url %s\\n\" .Filename $.RelPermalink | safeHTML }}\
                {{ end }}{{ .Content }}";
    let templates = [
        ("single.html", page),
        ("list.html", page),
        (
            "../alias.html",
            "{{ printf \"\\n@alias %s\\n@base %s\\n@home %s\\n\" .Permalink (relURL \"\") site.Home.Permalink | safeHTML }}",
        ),
    ];
    let layouts = folder.join("layouts/_default");
    std::fs::create_dir_all(&layouts).unwrap();
    for (name, text) in templates {
        std::fs::write(layouts.join(name), text).unwrap();
    }
    // What becomes of a slash in a title is a matter of the version.
    let version = version().unwrap_or_default();
    std::fs::write(folder.join(".hugo-version"), version.trim_start_matches("hugo ")).unwrap();
    let output = Command::new(program()).arg("-s").arg(folder).env("TZ", "UTC").output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "hugo fails: {said}");
    let root = folder.canonicalize().unwrap();
    let public = root.join("public");
    let mut files = Vec::new();
    files_below(&public, &mut files);
    let mut pages = Pages::new();
    let mut aliases = Vec::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let line = |mark: &str| text.lines().find_map(|line| line.strip_prefix(mark));
        if let (Some(source), Some(url)) = (line("@source "), line("@url ")) {
            let source = Path::new(source).strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            pages.insert(source, Published { url: url.to_owned(), ids: ids(&text) });
        } else if let (Some(target), Some(base)) = (line("@alias "), line("@base ")) {
            if line("@home ") == Some(target) {
                // Hugo's own: `/en/` leads to `/`, or the other way round.
                continue;
            }
            let path = file.strip_prefix(&public).unwrap().to_str().unwrap();
            let alias = format!("@{base}{}", path.strip_suffix("index.html").unwrap_or(path));
            aliases.push((target.strip_prefix("https://example.org").unwrap_or(target).to_owned(), alias));
        }
    }
    aliases.sort();
    for (target, alias) in aliases {
        for page in pages.values_mut().filter(|page| page.url == target) {
            page.ids.push(alias.clone());
        }
    }
    for made in ["public", "layouts", "resources"] {
        let _ = std::fs::remove_dir_all(root.join(made));
    }
    let _ = std::fs::remove_file(root.join(".hugo_build.lock"));
    pages
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// Values of `id` and `name` in the tags of a page.
fn ids(html: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or(tag);
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        for name in [" id=", " name="] {
            let Some((_, value)) = tag.split_once(name) else { continue };
            let quote = value.chars().next().unwrap_or(' ');
            let end = if matches!(quote, '"' | '\'') { quote } else { ' ' };
            ids.push(value.trim_start_matches(end).split(end).next().unwrap_or_default().to_owned());
        }
    }
    ids
}
