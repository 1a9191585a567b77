//! Pictures that are written with the site's own host and lie where a program put them that uploads what is pasted.
//!
//! A dozen different pictures in one folder, shown or linked to, on several pages, not one of which is here: the folder is on the server and
//! in no repository, even if the site publishes others of that name.

use std::collections::{HashMap, HashSet};

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
    let mut asked: HashMap<&str, (HashSet<&str>, HashSet<usize>)> = HashMap::new();
    for (number, link, target) in pictures(site) {
        if let Target::Missing { path } = target
            && is_own(&site.hosts, link)
        {
            let (paths, pages) = asked.entry(parent(path)).or_default();
            paths.insert(path);
            pages.insert(number);
        }
    }
    asked.retain(|_, (paths, pages)| paths.len() >= MANY && pages.len() >= PAGES);
    if asked.is_empty() {
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
    let folders: HashSet<String> = asked.into_keys().map(str::to_owned).collect();
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

/// True for a path in one of the folders, at any depth.
fn lies_in(path: &str, folders: &HashSet<String>) -> bool {
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
