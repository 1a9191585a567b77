//! What lies in this repository by reference: other repositories, which an export or a shallow checkout has not, and folders
//! behind a symbolic link, which are not followed. What is in them is theirs.

use crate::discover::{Tree, join};
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// Takes back what was called missing there.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { .. } | Target::NoSource { .. });
    if !site.targets.iter().flatten().any(lost) {
        return;
    }
    let text = std::fs::read_to_string(tree.base().join(".gitmodules")).unwrap_or_default();
    let path = |line: &str| {
        let (key, path) = line.split_once('=')?;
        (key.trim() == "path").then(|| path.trim().trim_matches('"').trim_end_matches('/').to_owned())
    };
    let links = tree.skipped().iter().filter(|skipped| skipped.is_link()).map(|link| link.path.to_string());
    let folders: Vec<String> = text.lines().filter_map(path).chain(links).filter(|path| !path.is_empty()).collect();
    if folders.is_empty() {
        return;
    }
    let inside = |file: &str| {
        let holds = |folder: &String| {
            file.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        folders.iter().any(holds)
    };
    let public = site.model.settings().public.clone();
    for target in site.targets.iter_mut().flatten() {
        let asked = match target {
            Target::Missing { path } => path.trim_matches('/'),
            Target::NoSource { wanted } => wanted,
            _ => continue,
        };
        let mut places = public.iter().map(String::as_str).chain([""]);
        if places.any(|folder| inside(&join(&site.root, &join(folder, asked)))) {
            *target = Target::Unchecked(Unknown::OtherSite);
        }
    }
}
