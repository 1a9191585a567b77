//! Repositories that lie in this one by reference: what is in them is theirs, and an export or a shallow checkout has it not.

use crate::discover::{Tree, join};
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// Takes back what was called missing there.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { .. } | Target::NoSource { .. });
    if !site.targets.iter().flatten().any(lost) {
        return;
    }
    let Ok(text) = std::fs::read_to_string(tree.base().join(".gitmodules")) else { return };
    let path = |line: &str| {
        let (key, path) = line.split_once('=')?;
        (key.trim() == "path").then(|| path.trim().trim_matches('"').trim_end_matches('/').to_owned())
    };
    let folders: Vec<String> = text.lines().filter_map(path).filter(|path| !path.is_empty()).collect();
    let inside = |file: &str| {
        folders.iter().any(|folder| {
            file.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let public = site.model.settings().public.clone();
    for target in site.targets.iter_mut().flatten() {
        let is_theirs = match target {
            Target::Missing { path } => {
                let below = path.trim_matches('/');
                let places = public.iter().map(String::as_str).chain([""]);
                places.into_iter().any(|folder| inside(&join(&site.root, &join(folder, below))))
            }
            Target::NoSource { wanted } => inside(&join(&site.root, wanted)),
            _ => false,
        };
        if is_theirs {
            *target = Target::Unchecked(Unknown::OtherSite);
        }
    }
}
