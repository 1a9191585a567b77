//! Files that the walk passed over because an ignore file names them, and that a link asks for all the same.
//!
//! git publishes what is in its index whatever `.gitignore` says (somebody added it by force); what is not, is missing
//! on the server. Only links that lead nowhere are looked at, so a site without such links costs nothing.

use std::path::Path;

use super::Site;
use super::target::Target;
use crate::discover::{Tree, extension, join, parent};
use crate::generators::Role;
use crate::git::{Git, Tracked};
use crate::page::links::LinkKind;

/// Gives missing files back to the links that ask for them: those that git has, and images that lie on this disk only
/// (`images/untracked` tells of these).
pub fn restore(site: &mut Site, tree: &Tree, git: &Git) {
    let mut found: Vec<(usize, usize, String, bool)> = Vec::new();
    for (number, (page, targets)) in site.pages.iter().zip(&site.targets).enumerate().filter(|(_, (p, _))| p.checked) {
        for (at, (link, target)) in page.links.iter().zip(targets).enumerate() {
            let Target::Missing { path } = target else { continue };
            if extension(path).is_empty() {
                continue;
            }
            if let Some(file) = on_disk(site, tree, &page.path, path) {
                found.push((number, at, file, link.kind == LinkKind::Image));
            }
        }
    }
    if found.is_empty() {
        return;
    }
    let index = git.index();
    for (page, link, file, image) in found {
        let kept = index.is_none_or(|index| image || index.tracked(&file) == Tracked::Yes);
        if let Some(target) = site.targets.get_mut(page).and_then(|targets| targets.get_mut(link)).filter(|_| kept) {
            *target = Target::Asset(file.into());
        }
    }
}

/// The file (relative to the base) that would be published at `path`, if it is there and the walk did not see it.
fn on_disk(site: &Site, tree: &Tree, page: &str, path: &str) -> Option<String> {
    let below = path.trim_start_matches('/');
    let name = crate::discover::file_name(path);
    let candidates = site.model.settings().public.iter().map(|folder| join(folder, below));
    let mut candidates = candidates.chain([join(parent(page), name)]);
    candidates.find_map(|candidate| {
        let published = match site.model.role(&candidate) {
            Role::Asset(output) => output == path,
            Role::Beside { folder, .. } => *folder == *parent(page),
            _ => false,
        };
        let file = join(&site.root, &candidate);
        (published && !tree.has_file(&file) && is_inside(tree.base(), &file)).then_some(file)
    })
}

/// True for a file below the base, with no symbolic link that leads out of it.
fn is_inside(base: &Path, file: &str) -> bool {
    let path = base.join(file);
    // One question answers for nearly every link that leads nowhere; to follow each folder of a path takes ten.
    if !path.is_file() {
        return false;
    }
    let real = path.canonicalize();
    real.is_ok_and(|real| base.canonicalize().is_ok_and(|base| real.starts_with(base)))
}
