//! Links to sources by their path from a folder that we do not take for the root: the build is told on its command line where the
//! pages begin, or a program counts from somewhere else.
//!
//! Of a few such links somebody has moved the pages. Where more of them are dead than alive, and each of the dead ones names a
//! source below one and the same folder, that folder is where they count from.

use crate::hash::{Map, Set};

use crate::discover::{Tree, extension, file_name, without_extension};
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// So many different paths are no slips.
const MANY: usize = 10;
/// So many pages must have them.
const PAGES: usize = 3;
/// One in so many may be nowhere.
const SLIPS: usize = 10;

/// Takes back what was called missing there.
pub fn look(site: &mut Site, tree: &Tree) {
    if site.targets.iter().flatten().filter(|target| is_lost(target)).count() < MANY {
        return;
    }
    let below = |path: &str| {
        let name = file_name(path);
        let endings = if extension(name).is_empty() { &[".md", ".mdx"][..] } else { &[""] };
        let mut folders = Vec::new();
        for ending in endings {
            for file in tree.named(&[name, ending].concat()) {
                let bare = if ending.is_empty() { file } else { without_extension(file) };
                let folder = bare.strip_suffix(path).and_then(|folder| folder.strip_suffix('/'));
                folders.extend(folder.map(str::to_owned));
            }
        }
        folders
    };
    let (mut found, mut dead, mut lost, mut pages) = (0, 0, Set::default(), Set::default());
    for (number, (page, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        for (link, target) in page.links.iter().zip(targets).filter(|(link, _)| names_source(link)) {
            match target {
                _ if is_lost(target) => {
                    dead += 1;
                    lost.insert(path_of(link));
                    pages.insert(number);
                }
                Target::Page { .. } => found += 1,
                _ => {}
            }
        }
    }
    if lost.len() < MANY || pages.len() < PAGES || dead <= found {
        return;
    }
    let all = lost.len();
    let found: Vec<(&str, Vec<String>)> = lost.into_iter().map(|path| (path, below(path))).collect();
    let mut roots: Map<&str, usize> = Map::default();
    found.iter().flat_map(|(_, folders)| folders).for_each(|root| *roots.entry(root).or_default() += 1);
    let enough = |count: usize| all.saturating_sub(count) * SLIPS <= all;
    let Some(root) = roots.iter().filter(|(_, count)| enough(**count)).map(|(root, _)| *root).min() else { return };
    let is_there = |folders: &[String]| folders.iter().any(|folder| folder == root);
    let there: Set<String> =
        found.iter().filter(|(_, folders)| is_there(folders)).map(|(path, _)| (*path).to_owned()).collect();
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            if is_lost(target) && names_source(link) && there.contains(path_of(link)) {
                *target = Target::Unchecked(Unknown::Misfit);
            }
        }
    }
}

fn is_lost(target: &Target) -> bool {
    matches!(target, Target::Missing { .. } | Target::NoSource { .. })
}

/// True for a path with a folder, in the way of notes or of files.
fn names_source(link: &Link) -> bool {
    let path = path_of(link);
    let written = matches!(link.origin, Origin::WikiLink | Origin::Inline | Origin::Reference { .. });
    let from_here = !link.destination.starts_with('/') && !path.starts_with('.') && !path.contains(':');
    written && from_here && link.kind == LinkKind::Link && path.contains('/')
}

/// What a link names, without what follows.
fn path_of(link: &Link) -> &str {
    let path = link.destination.split(['#', '?', '|']).next().unwrap_or_default();
    path.trim().trim_end_matches('/')
}
