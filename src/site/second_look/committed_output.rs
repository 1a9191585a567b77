//! What only the committed output holds.
//!
//! Where the built site lies in the repository and nothing there builds it anew, the output is what readers get, and what
//! once came into it stays: generators do not empty the folder. A file at the very address of a link is there for them.

use crate::discover::{Tree, join};
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// What generators call the folder of their output.
const FOLDERS: [&str; 6] = ["public", "_site", "output", "dist", "site", "docs"];

/// Files that say that the site is built elsewhere.
const BUILT: [&str; 8] = [
    ".github/workflows",
    ".gitlab-ci.yml",
    ".travis.yml",
    ".circleci",
    "netlify.toml",
    "vercel.json",
    "amplify.yml",
    "firebase.json",
];

/// Takes back what the committed output answers.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { .. });
    if site.model.settings().folders || !site.targets.iter().flatten().any(lost) {
        return;
    }
    if BUILT.iter().any(|name| tree.has_file(name) || tree.has_folder(name)) {
        return;
    }
    let root = site.root.as_str();
    let mut outputs: Vec<String> = FOLDERS.iter().map(|folder| join(root, folder)).collect();
    outputs.retain(|folder| tree.has_file(&join(folder, "index.html")));
    if outputs.is_empty() {
        return;
    }
    for target in site.targets.iter_mut().flatten() {
        let Target::Missing { path } = target else { continue };
        let below = path.trim_start_matches('/');
        let is_file = |folder: &String| tree.has_file(&join(folder, below));
        if !below.is_empty() && outputs.iter().any(is_file) {
            *target = Target::Unchecked(Unknown::CommittedOutput);
        }
    }
}
