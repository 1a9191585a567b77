//! What a step of the build puts beside the sources before the generator runs, or into the output after it has: a workflow
//! that checks out the notes of another repository, a script that copies all pictures to the top of the site.
//!
//! A file that a pattern names and that is there is published at the place that the command says. Of what comes from
//! another repository nothing is known but the folder that it is put into.

use globset::{GlobBuilder, GlobMatcher};

use crate::discover::{Tree, file_name, join, parent};
use crate::generators::{Folder, Role};
use crate::site::Site;
use crate::site::build_steps::{self, Put};
use crate::site::destination;
use crate::site::facts::PageFacts;
use crate::site::target::{Target, Unknown};

/// Folders that generators and scripts of all kinds publish; those are never among the sources.
const OUTPUTS: [&str; 9] = ["output", "public", "_site", "dist", "build", "site", "_book", "out", "www"];

/// What is published by a command, told by the address.
enum Published {
    /// All below an address.
    Below(String),
    /// Files with such a name in the folder of an address, if one of the paths is such a file.
    Files { folder: String, pattern: GlobMatcher },
}

/// Takes back what was called missing there.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { .. } | Target::NoSource { .. });
    if !site.targets.iter().flatten().any(lost) {
        return;
    }
    let steps = build_steps::read(&Folder { tree, root: "" }, &site.root);
    let put: Vec<Published> = steps.iter().filter_map(|put| published(site, tree, put)).collect();
    if put.is_empty() {
        return;
    }
    for target in site.targets.iter_mut().flatten() {
        let path = match target {
            Target::Missing { path } => path.to_string(),
            Target::NoSource { wanted } => format!("/{}", wanted.trim_start_matches('/')),
            _ => continue,
        };
        if put.iter().any(|put| put.has(&path, tree)) {
            *target = Target::Unchecked(Unknown::MadePages);
        }
    }
}

impl Published {
    fn has(&self, path: &str, tree: &Tree) -> bool {
        match self {
            Published::Below(folder) => destination::is_in_folder(path, folder),
            Published::Files { folder, pattern } => {
                let name = path.strip_prefix(folder.as_str()).filter(|name| !name.contains('/'));
                name.is_some_and(|name| tree.named(name).iter().any(|file| pattern.is_match(&***file)))
            }
        }
    }
}

fn published(site: &Site, tree: &Tree, put: &Put) -> Option<Published> {
    let to = put.to.trim_end_matches('/');
    let inside = if site.root.is_empty() { to } else { destination::below(to, &site.root).unwrap_or(to) };
    let inside = inside.trim_start_matches('/');
    let Some(what) = put.what.as_deref().map(|what| what.trim_end_matches('.').trim_end_matches('/')) else {
        let folder = address(site, tree, inside)?;
        // What is put into the place of the whole output is the site as it was built, or the branch that it goes to.
        let is_output = folder == "/" && in_output(site, tree, inside).is_some();
        return (!is_output && !tree.has_folder(to)).then_some(Published::Below(folder));
    };
    if what == "$" {
        // Not the whole site, nor a whole part of it, for what nobody can tell.
        let folder = address(site, tree, inside)?;
        return (folder.matches('/').count() > 2).then_some(Published::Below(folder));
    }
    if what.contains(['*', '?', '[', '{']) {
        let folder = address(site, tree, inside)?;
        if put.whole && folder != "/" {
            return Some(Published::Below(folder));
        }
        let glob = GlobBuilder::new(what).literal_separator(true).build().ok()?;
        return Some(Published::Files { folder, pattern: glob.compile_matcher() });
    }
    if put.whole {
        let folder = address(site, tree, inside)?;
        // The whole site is never given up for what a step puts at its top.
        let named = if folder == "/" { format!("/{}/", file_name(what)) } else { folder };
        return Some(Published::Below(named));
    }
    let into = put.to.ends_with('/') || tree.has_folder(to);
    let file = if into { join(inside, file_name(what)) } else { inside.to_owned() };
    let folder = address(site, tree, parent(&file))?;
    Some(Published::Below(folder + file_name(&file).trim_end_matches(".md")))
}

/// The address of a folder that files are put into, with a slash at its end.
fn address(site: &Site, tree: &Tree, folder: &str) -> Option<String> {
    if let Some(rest) = in_output(site, tree, folder) {
        return Some(closed(rest));
    }
    let page = join(folder, "page.md");
    if let Role::Page { kind, collection } = site.model.role(&page) {
        let facts = PageFacts::unread(join(&site.root, &page).as_str().into(), page.as_str().into(), kind, collection);
        let output = site.model.place(&facts).output?;
        return Some(output.get(..output.rfind("page")?)?.to_owned());
    }
    let mut public = site.model.settings().public.iter().filter(|public| !public.is_empty());
    public.find_map(|public| destination::below(folder, public)).map(closed)
}

fn closed(path: &str) -> String {
    match path.trim_matches('/') {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}

/// What follows the folder of the output, which is at the top of the site or in a hidden folder, and not in the repository.
fn in_output<'a>(site: &Site, tree: &Tree, folder: &'a str) -> Option<&'a str> {
    let mut end = 0;
    let mut hidden = true;
    for part in folder.split('/') {
        end += part.len();
        if hidden && OUTPUTS.contains(&part) {
            let output = folder.get(..end)?;
            return folder.get(end..).filter(|_| !tree.has_folder(&join(&site.root, output)));
        }
        hidden = part.starts_with('.');
        end += 1;
    }
    None
}
