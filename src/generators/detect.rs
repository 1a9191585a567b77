//! Which sites a tree holds, and whose they are.

use super::loose::is_vendored;
use super::{ALL, Folder, Generator};
use crate::discover::{Tree, extension, file_name, join};
use crate::finding::FilePath;
use crate::hash::Set;

/// A generator's site found in the tree.
pub struct Found {
    /// Its root, relative to the tree's base.
    pub root: String,
    /// Whose it is.
    pub generator: &'static dyn Generator,
    /// Why we think so.
    pub evidence: String,
}

/// Finds the sites in a tree: each folder that holds a marker of a generator, and whose generator agrees.
#[must_use]
pub fn detect(tree: &Tree) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let markers = ALL.iter().flat_map(|generator| &generator.data().markers);
    let names: Set<&str> = markers.map(|marker| file_name(marker)).collect();
    let mut files: Vec<&FilePath> =
        tree.files().iter().chain(tree.folders()).filter(|file| names.contains(file_name(file))).collect();
    files.sort_unstable();
    for yields in [false, true] {
        look(tree, &files, yields, &mut found);
    }
    let outer: Vec<(String, &dyn Generator)> = found.iter().map(|site| (site.root.clone(), site.generator)).collect();
    found.retain(|site| !outer.iter().any(|(outer, generator)| is_part(&site.root, outer, *generator)));
    found
}

/// True for the example that a theme brings for itself, below a site that uses the theme, and for what lies in a folder
/// that the site leaves out: nobody builds it.
fn is_part(root: &str, outer: &str, generator: &dyn Generator) -> bool {
    let below =
        if outer.is_empty() { Some(root) } else { root.strip_prefix(outer).and_then(|rest| rest.strip_prefix('/')) };
    below.is_some_and(|below| below.starts_with("themes/") || below == "exampleSite" || generator.leaves_out(below))
}

/// True for a folder that tells a code host what to do: `.github/workflows/hugo.yml` builds a site and is none.
fn is_of_code_host(folder: &str) -> bool {
    matches!(folder, ".github" | ".gitlab" | ".forgejo" | ".gitea" | ".circleci")
}

/// True for a folder that a generator writes for itself, its configuration as it read it included.
fn is_written(folder: &str) -> bool {
    matches!(folder, ".docusaurus" | ".astro" | ".cache")
}

/// Adds the sites of the generators that yield to others, or of those that do not.
fn look(tree: &Tree, files: &[&FilePath], yields: bool, found: &mut Vec<Found>) {
    for file in files {
        for generator in ALL.iter().filter(|generator| generator.data().yields == yields) {
            let Some(root) = root_of(file, &generator.data().markers).filter(|_| !is_vendored(file)) else { continue };
            if root.split('/').any(|folder| is_of_code_host(folder) || is_written(folder)) {
                continue;
            }
            let around = |site: &Found| {
                let inside = site.root.is_empty() || root.strip_prefix(&*site.root).is_some_and(|r| r.starts_with('/'));
                site.root == root || yields && inside
            };
            if found.iter().any(around) {
                continue;
            }
            let folder = Folder { tree, root };
            if let Some(evidence) = generator.detect(&folder) {
                let root = generator.root(&folder);
                if found.iter().any(|site| site.root == root) {
                    continue;
                }
                let evidence = match rival(&folder, *generator) {
                    Some(other) => format!("{evidence}; {other}"),
                    None => evidence,
                };
                found.push(Found { root: root.to_owned(), generator: *generator, evidence });
            }
        }
    }
}

/// Another generator that would take the folder for its own too: one of the two is a leftover, and we cannot know which.
fn rival(folder: &Folder<'_>, taken: &dyn Generator) -> Option<String> {
    let shared = |marker: &String| taken.data().markers.contains(marker);
    let others = ALL.iter().filter(|other| other.name() != taken.name() && !other.data().yields);
    let marked = others.filter(|other| other.data().markers.iter().any(|marker| folder.has(marker) && !shared(marker)));
    let found = marked.filter_map(|other| Some((other, other.detect(folder)?))).next();
    found.map(|(other, why)| {
        format!("{} is there too ({why}): `site.generator: {}` would choose it", other.data().title, other.name())
    })
}

/// The root that a marker stands for: `config/_default/hugo.toml` lies two folders below it.
fn root_of<'f>(file: &'f str, markers: &[String]) -> Option<&'f str> {
    let name = file_name(file);
    let ends = markers.iter().filter(|marker| file_name(marker) == name).filter_map(|marker| {
        let root = file.strip_suffix(marker.as_str())?;
        Some((marker.len(), if root.is_empty() { root } else { root.strip_suffix('/')? }))
    });
    ends.max_by_key(|(length, _)| *length).map(|(_, root)| root)
}

/// The configuration of a site, where it is code and holds nothing: nobody has such a one, it was left away (a data set, a
/// sparse checkout), and what it says is not known.
#[must_use]
pub fn blank_configuration(folder: &Folder<'_>, generator: &dyn Generator) -> Option<String> {
    let is_code = |marker: &str| matches!(&*extension(marker), "js" | "mjs" | "cjs" | "ts" | "mts" | "cts" | "py");
    let markers = &generator.data().markers;
    let code: Set<&str> = markers.iter().map(|marker| file_name(marker)).filter(|name| is_code(name)).collect();
    if code.is_empty() {
        return None;
    }
    let own = |path: &&str| {
        code.contains(file_name(path))
            && root_of(path, markers).is_some_and(|root| {
                let inner = Folder { tree: folder.tree, root: &join(folder.root, root) };
                generator.root(&inner) == folder.root
            })
    };
    let blank = |path: &str| folder.read(path).is_some_and(|text| text.trim_ascii().is_empty());
    folder.below("").filter(own).find(|path| blank(path)).map(str::to_owned)
}

/// The generator of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn Generator> {
    ALL.iter().copied().find(|generator| generator.name() == name)
}
