//! Pictures that are written with the site's own host and lie where a program put them that uploads what is pasted.
//!
//! A dozen different pictures in one folder, shown or linked to, on several pages, not one of which is here: the folder is on
//! the server and in no repository, even if the site publishes others of that name. So is one that has its own folders for
//! years and months, where the newest posts show what lies in there.

use crate::hash::{Map, Set};

use crate::discover::{Tree, extension, is_image, parent};
use crate::page::links::{Link, LinkKind};
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::hosts::{Hosts, Owner};
use crate::site::target::{Target, Unknown};

/// So many different pictures of one folder are no slips.
const MANY: usize = 12;
/// So many pages must show them.
const PAGES: usize = 3;

/// Takes back what was called missing in such folders.
pub fn look(site: &mut Site, _: &Tree) {
    let mut asked: Map<&str, (Set<&str>, Set<usize>)> = Map::default();
    for (number, link, target) in pictures(site) {
        if let Target::Missing { path } = target
            && is_own(&site.hosts, link)
        {
            let (paths, pages) = asked.entry(parent(path)).or_default();
            paths.insert(path);
            pages.insert(number);
        }
    }
    let mut folders = still_filled(site, &asked);
    asked.retain(|_, (paths, pages)| paths.len() >= MANY && pages.len() >= PAGES);
    if asked.is_empty() && folders.is_empty() {
        return;
    }
    for (_, link, target) in pictures(site) {
        if let Target::Asset(file) = target
            && is_own(&site.hosts, link)
        {
            let source = format!("/{}", parent(file));
            for (at, _) in source.match_indices('/') {
                asked.remove(source.get(at..).unwrap_or_default());
            }
        }
    }
    folders.extend(asked.into_keys().map(str::to_owned));
    let hosts = site.hosts.clone();
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            let taken = matches!(target, Target::Missing { path } if is_file(path) && lies_in(path, &folders));
            if taken && is_own(&hosts, link) {
                *target = Target::Unchecked(Unknown::MadePages);
            }
        }
    }
}

/// Folders at the top of the site that it has nothing of, and whose pictures the newest posts show: what a blog has left behind
/// when it moved is only on its older ones.
fn still_filled(site: &Site, asked: &Map<&str, (Set<&str>, Set<usize>)>) -> Set<String> {
    const MANY_IN_ALL: usize = 50;
    const PAGES_IN_ALL: usize = 10;
    let mut tops: Map<&str, (usize, Set<usize>)> = Map::default();
    for (folder, (paths, pages)) in asked {
        let end = folder.get(1..).and_then(|rest| rest.find('/')).map_or(folder.len(), |at| at + 1);
        let (count, all) = tops.entry(folder.get(..end).unwrap_or_default()).or_default();
        *count += paths.len();
        all.extend(pages);
    }
    tops.retain(|top, (count, pages)| {
        *count >= MANY_IN_ALL && pages.len() >= PAGES_IN_ALL && top.len() > 1 && !site.has_top(top)
    });
    if tops.is_empty() {
        return Set::default();
    }
    let date = |number: usize| site.pages.get(number).and_then(|page| page.place.date);
    let has_own = |number: usize| {
        let targets = site.targets.get(number).into_iter().flatten();
        let links = site.pages.get(number).into_iter().flat_map(|page| &page.links);
        links.zip(targets).any(|(link, target)| link.kind == LinkKind::Image && matches!(target, Target::Asset(_)))
    };
    let here = (0..site.pages.len()).filter(|number| has_own(*number)).filter_map(date).max();
    let newest = |pages: &Set<usize>| pages.iter().filter_map(|number| date(*number)).max();
    let filled = tops
        .into_iter()
        .filter(|(_, (_, pages))| newest(pages).is_some_and(|newest| here.is_none_or(|here| newest >= here)));
    filled.map(|(top, _)| top.to_owned()).collect()
}

/// True for a path in one of the folders, at any depth.
fn lies_in(path: &str, folders: &Set<String>) -> bool {
    std::iter::successors(Some(parent(path)), |folder| Some(parent(folder)).filter(|up| !up.is_empty()))
        .any(|folder| folders.contains(folder))
}

/// True for what is no page: a picture, a document.
fn is_file(path: &str) -> bool {
    let ending = extension(path);
    (2..=5).contains(&ending.len()) && !matches!(&*ending, "html" | "htm" | "php" | "md")
}

/// The pictures of all pages, with the number of the page.
fn pictures(site: &Site) -> impl Iterator<Item = (usize, &Link, &Target)> {
    let pages = site.pages.iter().zip(&site.targets).enumerate();
    let all = pages.flat_map(|(number, (page, targets))| {
        page.links.iter().zip(targets).map(move |(link, target)| (number, link, target))
    });
    all.filter(|(_, link, target)| {
        link.kind == LinkKind::Image || matches!(target, Target::Missing { path } if is_image(path))
    })
}

/// True for an absolute URL on the site's own host.
fn is_own(hosts: &Hosts, link: &Link) -> bool {
    matches!(shape(&link.destination), Shape::Web { host, .. } if hosts.of(&host) == Some(Owner::Own))
}
