//! What the authors' own link checker is told to pass over: they know that nothing here tells where it leads.
//!
//! `lychee.toml` and its kin list patterns of addresses. One that fits anything (`^/`) says more of that checker than of
//! the site, and is left aside.

use regex::Regex;
use serde_json::Value;

use crate::discover::{Tree, extension, join};
use crate::generators::{Folder, config_file, values};
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// The files, and the key of their list.
///
/// Source: lychee's "Configuration File" and "Excluding Links", markdown-link-check's "Config file format".
const FILES: [(&str, &str); 8] = [
    ("lychee.toml", "exclude"),
    (".lychee.toml", "exclude"),
    (".github/lychee.toml", "exclude"),
    (".lycheeignore", ""),
    (".markdown-link-check.json", "ignorePatterns"),
    ("markdown-link-check.json", "ignorePatterns"),
    (".mlc_config.json", "ignorePatterns"),
    ("mlc_config.json", "ignorePatterns"),
];
/// Addresses that nobody means: a pattern which fits one of them fits nearly anything.
const NOBODYS: [&str; 4] = ["/qzx-vjk/", "./qzx-vjk.md", "qzx-vjk.html", "#qzx"];

/// Takes back what was called missing and is on such a list.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { .. } | Target::NoSource { .. });
    if !site.targets.iter().flatten().any(lost) {
        return;
    }
    let folder = Folder { tree, root: "" };
    let mut roots = vec![site.root.clone(), String::new()];
    roots.dedup();
    let patterns: Vec<Regex> = roots
        .iter()
        .flat_map(|root| FILES.iter().map(move |(name, key)| (join(root, name), key)))
        .filter(|(file, _)| folder.has(file))
        .flat_map(|(file, key)| written(&folder, &file, key))
        .filter_map(|pattern| Regex::new(&pattern).ok())
        .filter(|pattern| !NOBODYS.iter().any(|address| pattern.is_match(address)))
        .collect();
    if patterns.is_empty() {
        return;
    }
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            let path = match target {
                Target::Missing { path } => path,
                Target::NoSource { wanted } => wanted,
                _ => continue,
            };
            if patterns.iter().any(|pattern| pattern.is_match(&link.destination) || pattern.is_match(path)) {
                *target = Target::Unchecked(Unknown::OtherSite);
            }
        }
    }
}

/// The patterns of a file.
fn written(folder: &Folder<'_>, file: &str, key: &str) -> Vec<String> {
    if key.is_empty() {
        let text = folder.read(file).unwrap_or_default();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        return lines.map(str::to_owned).collect();
    }
    let value = match &*extension(file) {
        "json" => folder.read(file).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        _ => config_file::read(folder, file, &mut Vec::new()),
    };
    let list = value.get(key);
    let objects =
        list.and_then(Value::as_array).into_iter().flatten().filter_map(|one| values::text(one.get("pattern")));
    objects.chain(values::list(list)).collect()
}
