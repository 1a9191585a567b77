//! The files that make up a Pelican site's settings and theme: settings are often divided among several (`from base
//! import *`), and what is not read would count as not set.

use serde_json::{Map, Value};

use crate::generators::{Folder, python_settings};
use crate::site::destination;

/// So deep are files followed that import further ones.
const DEEP: u32 = 4;
/// So many files are read for one site.
const MOST: u32 = 24;

/// The settings of a file with those that it takes from files beside it; true where more come from files that are not
/// there.
pub fn read(folder: &Folder<'_>, file: &str) -> (Map<String, Value>, bool) {
    let mut reading = Reading { left: MOST, by_code: false };
    let settings = reading.settings(folder, file, DEEP);
    (settings, reading.by_code)
}

struct Reading {
    left: u32,
    by_code: bool,
}

impl Reading {
    fn settings(&mut self, folder: &Folder<'_>, file: &str, deep: u32) -> Map<String, Value> {
        let text = folder.read(file).unwrap_or_default();
        let mut known = Map::new();
        for line in text.lines() {
            let Some((module, names)) = line.strip_prefix("from ").and_then(|rest| rest.split_once(" import ")) else {
                continue;
            };
            let names = names.split('#').next().unwrap_or_default().trim();
            let module = module.trim().trim_start_matches('.').replace('.', "/");
            let files = [format!("{module}.py"), format!("{module}/__init__.py")];
            let found = files.iter().find(|file| deep > 0 && self.left > 0 && folder.has(file));
            let Some(found) = found else {
                self.by_code |= names == "*";
                continue;
            };
            self.left -= 1;
            let all = self.settings(folder, found, deep - 1);
            let names: Vec<&str> = names.trim_matches(['(', ')']).split(',').map(str::trim).collect();
            known.extend(all.into_iter().filter(|(name, _)| names == ["*"] || names.contains(&name.as_str())));
        }
        self.by_code |= ["globals()", "locals()", "exec("].iter().any(|code| text.contains(code));
        python_settings::read_after(&text, known)
    }
}

/// Folders of the theme's templates; where code says which theme it is, of each that lies in the tree.
pub fn templates(folder: &Folder<'_>, theme: Option<&Value>) -> Vec<String> {
    match theme {
        None => Vec::new(),
        Some(Value::String(theme)) => {
            let own = format!("{}/templates", normal(theme));
            if folder.has_folder(&own) { vec![own] } else { Vec::new() }
        }
        Some(_) => {
            let articles = folder.below("").filter_map(|path| path.strip_suffix("/article.html"));
            articles.filter(|path| path.ends_with("templates")).map(str::to_owned).collect()
        }
    }
}

/// A path below another, without dots and slashes around it.
pub fn normal(path: &str) -> String {
    destination::join("/", path).unwrap_or_default().trim_matches('/').to_owned()
}
