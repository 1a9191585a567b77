//! Pictures that are not where their paths lead, and all of which lie elsewhere under their names: a plugin or a program of
//! the site's own looks files up by name.
//!
//! Of a few such pictures somebody has moved the files. Nobody publishes a site of which dozens are not shown, though each
//! of them is in the repository.

use crate::hash::Set;

use crate::discover::{Tree, file_name};
use crate::page::links::LinkKind;
use crate::site::Site;
use crate::site::index::{Index, last_name};
use crate::site::target::{Target, Unknown};

/// So many different pictures are no slips.
const MANY: usize = 10;
/// So many pages must show them.
const PAGES: usize = 3;
/// One in so many may be nowhere.
const SLIPS: usize = 20;

/// Takes back what was called missing there.
pub fn look(site: &mut Site, tree: &Tree) {
    // Programs for notes look files up by name themselves, and how they do is known; others have no plugin that would.
    let settings = site.model.settings();
    if settings.dialect.wikilinks || settings.files_by_path {
        return;
    }
    let (mut paths, mut pages, mut lost, mut found) = (Set::default(), Set::default(), Vec::new(), 0);
    for (number, (page, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        for (_, target) in page.links.iter().zip(targets).filter(|(link, _)| link.kind == LinkKind::Image) {
            match target {
                Target::Asset(_) => found += 1,
                Target::Missing { path } => {
                    lost.push(path);
                    paths.insert(path);
                    pages.insert(number);
                }
                _ => {}
            }
        }
    }
    if paths.len() < MANY || pages.len() < PAGES {
        return;
    }
    // What a plugin copies by itself only lies in the sources: not where most pictures are found as they are written.
    let sources = (lost.len() > found).then_some(tree);
    let mut nowhere = lost.iter().filter(|path| !lies_elsewhere(&site.index, sources, path));
    let lost = lost.len();
    if nowhere.nth(lost / SLIPS).is_some() {
        return;
    }
    // In a folder that nothing builds a path is a path, as its other pictures show.
    if settings.folders && !settings.unknown_generator && found > lost {
        return;
    }
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            if matches!(target, Target::Missing { path } if link.kind == LinkKind::Image && lies_elsewhere(&site.index, sources, path))
            {
                *target = Target::Unchecked(Unknown::Misfit);
            }
        }
    }
}

/// True where a file of that name is published, or lies in the sources.
fn lies_elsewhere(index: &Index, sources: Option<&Tree>, path: &str) -> bool {
    !index.named(last_name(path)).is_empty() || sources.is_some_and(|tree| !tree.named(file_name(path)).is_empty())
}
