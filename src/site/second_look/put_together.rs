//! Sources that a step before the build puts together: links in them are right for where they are put, and wrong from
//! where they lie.
//!
//! It shows by the links themselves. One that leads out of the folder of pages is a slip; dozens that all lead to files of
//! the repository beside it are not (a script copies both into one place first). In a folder without a generator, paths
//! that never lead anywhere from their own file, and always do from a folder above it, are those of a book that a program
//! makes of the chapters. And a page with front matter there is written for a site that another repository builds, which
//! may have any address. The forms of a code host are read where an issue is written.

use crate::hash::Set;

use super::is_translated_readme;
use crate::discover::{Tree, extension, parent};
use crate::generators::Sources;
use crate::page::links::Link;
use crate::site::Site;
use crate::site::destination::{self, Shape, shape};
use crate::site::facts::{Kind, PageFacts};
use crate::site::target::{Target, Unknown};

/// So many are no slips.
const MANY: usize = 12;
/// So many pages must have them.
const PAGES: usize = 3;

/// What was seen of one kind of link.
#[derive(Default)]
struct Seen {
    links: usize,
    pages: Set<u32>,
}

impl Seen {
    fn add(&mut self, page: u32) {
        self.links += 1;
        self.pages.insert(page);
    }

    fn are_many(&self) -> bool {
        self.links >= MANY && self.pages.len() >= PAGES
    }
}

/// Takes back what was said of links there.
pub fn look(site: &mut Site, _: &Tree) {
    if leaves_on_purpose(site) {
        let lost =
            |target: &Target| matches!(target, Target::Outside | Target::Missing { .. } | Target::NoSource { .. });
        let of_site = site.targets.iter_mut().flatten().filter(|target| lost(target));
        of_site.for_each(|target| *target = Target::Unchecked(Unknown::MadePages));
        return;
    }
    let paths: Vec<Paths> = (0u32..).zip(&site.pages).map(|(number, page)| paths_of(site, number, page)).collect();
    let of_book = |paths: &&Paths| paths.above > 0;
    let all = |of: fn(&Paths) -> usize| paths.iter().map(of).sum::<usize>();
    // Nobody makes a book of a folder of notes, whose program takes each path from the note.
    let notes = site.model.settings().dialect.wikilinks;
    let book = !notes
        && all(|paths| paths.above) >= MANY
        && all(|paths| paths.above) > all(|paths| paths.right)
        && paths.iter().filter(of_book).count() >= PAGES;
    let elsewhere = &site.model.settings().built_below;
    let is_built = |page: &PageFacts| elsewhere.iter().any(|folder| page.path.starts_with(folder.as_str()));
    let by_front_matter = site.model.settings().front_matter_is_for_elsewhere;
    let translated = site.pages.iter().filter(|page| book && is_translated_readme(site, page));
    let translated: Set<&str> = translated.map(|page| &*page.path).collect();
    for ((paths, page), targets) in paths.iter().zip(&site.pages).zip(&mut site.targets) {
        if is_built(page) || page.kind == Kind::Loose && page.is_form() {
            targets.iter_mut().for_each(forget);
        } else if by_front_matter && page.front.is_some() {
            // A path that names no file is the address of a page there.
            let addresses = page.links.iter().zip(targets.iter_mut()).filter(|(link, _)| is_address(link));
            addresses.for_each(|(_, target)| forget(target));
        }
        // One file may be the source of another in the folder above.
        if book && !translated.contains(&*page.path) || !notes && paths.above >= MANY && paths.right == 0 {
            targets.iter_mut().for_each(forget);
        }
    }
}

/// What leads nowhere, and parts of pages: chapters lead to each other as parts of one.
fn forget(target: &mut Target) {
    match target {
        Target::Missing { .. } | Target::Outside | Target::WrongCase(_) => {
            *target = Target::Unchecked(Unknown::Generator)
        }
        Target::Page { fragment, .. } => *fragment = None,
        _ => {}
    }
}

/// Relative paths of one file: how many are right from where it lies, and how many only from a folder above.
#[derive(Default)]
struct Paths {
    right: usize,
    above: usize,
}

fn paths_of(site: &Site, number: u32, page: &PageFacts) -> Paths {
    let mut paths = Paths::default();
    let targets = site.targets.get(number as usize);
    if page.kind != Kind::Loose || !page.path.contains('/') || is_translated_readme(site, page) {
        return paths;
    }
    for (link, target) in page.links.iter().zip(targets.into_iter().flatten()) {
        match target {
            Target::Page { .. } | Target::Asset(_) if is_relative(link) => paths.right += 1,
            Target::Missing { .. } | Target::Outside if is_relative(link) => {
                let mut above = page.path.match_indices('/').rev().skip(1).map(|(at, _)| at).chain([0]);
                let is_there = |at: usize| from(page.path.get(..at)?, link).filter(|path| site.has(path));
                paths.above += usize::from(above.any(|at| is_there(at).is_some()));
            }
            _ => {}
        }
    }
    paths
}

/// True for `/docs/`, `../setup/`, `setup#ids`: no name of a file.
fn is_address(link: &Link) -> bool {
    matches!(shape(&link.destination), Shape::Path { path, .. } if path.starts_with('/') || extension(path).is_empty())
}

fn is_relative(link: &Link) -> bool {
    matches!(shape(&link.destination), Shape::Path { path, .. } if !path.starts_with('/')) && !link.is_dynamic()
}

/// True when many links leave the site, and nearly all of these lead to files that are there in the repository.
fn leaves_on_purpose(site: &Site) -> bool {
    let (mut there, mut lost) = (Seen::default(), 0);
    for (number, link, _) in each(site).filter(|(_, _, target)| **target == Target::Outside) {
        match site.page(number).and_then(|page| from(parent(&page.path), link)).is_some_and(|path| site.has(&path)) {
            true => there.add(number),
            false => lost += 1,
        }
    }
    there.are_many() && there.links > lost * 9
}

/// The source file that a link names, as a path from a folder.
fn from(folder: &str, link: &Link) -> Option<String> {
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    let path = destination::join(&format!("/{folder}"), &destination::decode(path))?;
    Some(path.trim_matches('/').to_owned())
}

/// Each link with the number of its page and its target.
fn each(site: &Site) -> impl Iterator<Item = (u32, &Link, &Target)> {
    let pages = (0u32..).zip(site.pages.iter().zip(&site.targets));
    pages.flat_map(|(number, (page, targets))| {
        page.links.iter().zip(targets).map(move |(link, target)| (number, link, target))
    })
}
