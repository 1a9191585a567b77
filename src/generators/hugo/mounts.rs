//! Folders that the configuration lays into the content tree, or copies to the site's root.

use serde_json::Value;

use super::languages::Language;
use crate::discover::join;
use crate::generators::values::{list, text};

/// A folder whose files appear in the content tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// The folder, relative to the site's root.
    pub source: String,
    /// Where its files appear, relative to the content tree's root.
    pub target: String,
    /// The language of its files, by number, where it is set.
    pub language: Option<usize>,
}

impl Mount {
    /// The place of a file in the content tree, where it lies in this folder.
    #[must_use]
    pub fn place_of(&self, path: &str) -> Option<String> {
        let rest = match self.source.as_str() {
            "" => path,
            source => path.strip_prefix(source)?.strip_prefix('/')?,
        };
        Some(join(&self.target, rest))
    }
}

/// Two places of the content tree that show the same files: the one that is not the files' first, and that one. Source:
/// what Hugo 0.168 made of a folder that is mounted twice, and of one in a folder that is mounted, too.
#[must_use]
pub fn mounted_twice(mounts: &[Mount]) -> Vec<(&Mount, String, &str)> {
    let mut twice = Vec::new();
    for (at, inner) in mounts.iter().enumerate() {
        let first = mounts.iter().position(|mount| mount.source == inner.source) == Some(at);
        for outer in mounts.iter().filter(|outer| first && *outer != inner && outer.language == inner.language) {
            let place =
                if outer.source == inner.source { Some(outer.target.clone()) } else { outer.place_of(&inner.source) };
            twice.extend(place.filter(|place| *place != inner.target).map(|place| (inner, place, &*inner.target)));
        }
    }
    twice
}

/// The content folders: mounts of the configuration, else one folder for each language or one for all. A folder that two
/// languages share belongs to the default one; in the others it stands in.
#[must_use]
pub fn mounts(value: &Value, languages: &[Language], default: usize) -> Vec<Mount> {
    let number = |key: &str| languages.iter().position(|language| language.key.eq_ignore_ascii_case(key));
    let mut all = Vec::new();
    for mount in value.pointer("/module/mounts").and_then(Value::as_array).into_iter().flatten() {
        let (Some(source), Some(target)) = (text(mount.get("source")), text(mount.get("target"))) else { continue };
        let Some(target) = below(&target, "content") else { continue };
        let matrix = list(mount.pointer("/sites/matrix/languages"));
        let language = text(mount.get("lang")).or_else(|| matrix.into_iter().next()).and_then(|key| number(&key));
        all.push(Mount { source: folder(&source), target, language });
    }
    if !all.is_empty() {
        return all;
    }
    let common = text(value.get("contentdir")).map_or_else(|| "content".to_owned(), |dir| folder(&dir));
    for (at, language) in languages.iter().enumerate() {
        let own = value.get("languages").and_then(|all| all.get(&language.key)).and_then(|own| own.get("contentdir"));
        match text(own) {
            Some(dir) => all.push(Mount { source: folder(&dir), target: String::new(), language: Some(at) }),
            None if all.iter().any(|mount| mount.source == common) => {}
            None => all.push(Mount { source: common.clone(), target: String::new(), language: None }),
        }
    }
    // A folder that several languages have is the default one's first: links are mostly to its pages.
    let main = all.iter().position(|mount| mount.language == Some(default));
    if let Some(main) = main
        && let Some(first) = all.iter().position(|mount| all.get(main).is_some_and(|main| main.source == mount.source))
    {
        all.swap(first, main);
    }
    all
}

/// Where nothing says so, folders named after the site's languages and nothing else: the configuration that says what
/// they are is made elsewhere. At least two of them, the default language among them.
#[must_use]
pub fn language_folders<'a>(
    mounts: &[Mount],
    files: impl Iterator<Item = &'a str>,
    languages: &[Language],
    default: usize,
) -> Option<Vec<Mount>> {
    let [Mount { source, target, language: None }] = mounts else { return None };
    if languages.len() < 2 || !target.is_empty() {
        return None;
    }
    let mut seen: Vec<usize> = Vec::new();
    for file in files {
        let Some(inside) = file.strip_prefix(source.as_str()).and_then(|rest| rest.strip_prefix('/')) else { continue };
        let (top, _) = inside.split_once('/')?;
        let language = languages.iter().position(|language| language.key.eq_ignore_ascii_case(top))?;
        if !seen.contains(&language) {
            seen.push(language);
        }
    }
    let mount = |language: usize| {
        let key = languages.get(language).map_or("", |language| language.key.as_str());
        Mount { source: join(source, key), target: String::new(), language: Some(language) }
    };
    (seen.len() > 1 && seen.contains(&default)).then(|| seen.into_iter().map(mount).collect())
}

/// The folders that are copied to the site's root.
#[must_use]
pub fn statics(value: &Value) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for mount in value.pointer("/module/mounts").and_then(Value::as_array).into_iter().flatten() {
        if text(mount.get("target")).as_deref() == Some("static") {
            all.extend(text(mount.get("source")).map(|source| folder(&source)));
        }
    }
    let mut named = list(value.get("staticdir"));
    for number in 0..10 {
        named.extend(list(value.get(format!("staticdir{number}"))));
    }
    for (_, language) in value.get("languages").and_then(Value::as_object).into_iter().flatten() {
        named.extend(list(language.get("staticdir")));
    }
    all.extend(named.iter().map(|dir| folder(dir)));
    if all.is_empty() { vec!["static".to_owned()] } else { all }
}

fn folder(path: &str) -> String {
    path.trim_start_matches("./").trim_matches('/').to_owned()
}

/// The part of a mount's target below `root`.
fn below(target: &str, root: &str) -> Option<String> {
    let rest = target.trim_matches('/').strip_prefix(root)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| rest.trim_start_matches('/').to_owned())
}
