//! Links between files where another program builds the site.
//!
//! postlint has no model of every generator, and what it has none of it does not judge. But nearly all of them take a
//! relative link to `other.md`, or to a picture, for the path of the file. Whether this one does shows by its links:
//! where nineteen of twenty lead to the file that they name, the rest are slips.

use crate::hash::Set;

use crate::discover::{Tree, extension, parent};
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::Site;
use crate::site::destination::{self, Shape, shape};
use crate::site::facts::{Kind, PageFacts};
use crate::site::server::look_up;
use crate::site::target::{Target, Unknown};

/// So many links tell how a site links.
const ENOUGH: usize = 20;
/// One in so many may lead nowhere.
const SLIPS: usize = 20;

/// Judges what leads nowhere after all.
pub fn look(site: &mut Site, _: &Tree) {
    let settings = site.model.settings();
    if !settings.unknown_generator && settings.built_below.is_empty() {
        return;
    }
    let folders: Set<&str> = site.pages.iter().map(|page| parent(&page.path)).collect();
    let mut judged = Vec::new();
    for kind in [LinkKind::Link, LinkKind::Image] {
        let (mut found, mut lost) = (0, Vec::new());
        for (number, (page, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
            if !is_built_elsewhere(site, page) {
                continue;
            }
            for (place, (link, target)) in page.links.iter().zip(targets).enumerate() {
                let Some(path) = names_file(page, link, kind) else { continue };
                // A folder that is not there is made by the build.
                let is_there = || match kind {
                    LinkKind::Link => folders.contains(parent(path.trim_start_matches('/'))),
                    LinkKind::Image => site.has_output_folder(parent(&path)),
                };
                match target {
                    Target::Page { .. } | Target::Asset(_) => found += 1,
                    Target::Unchecked(Unknown::Generator) if is_there() => lost.push((number, place, path)),
                    _ => {}
                }
            }
        }
        if found < ENOUGH || lost.len() * SLIPS > found {
            continue;
        }
        for (number, place, path) in lost {
            if let target @ (Target::Missing { .. } | Target::WrongCase(_)) = look_up(site, &path, None) {
                judged.push((number, place, target));
            }
        }
    }
    for (page, link, target) in judged {
        if let Some(place) = site.targets.get_mut(page).and_then(|targets| targets.get_mut(link)) {
            *place = target;
        }
    }
}

/// True for a page that another program builds.
fn is_built_elsewhere(site: &Site, page: &PageFacts) -> bool {
    let settings = site.model.settings();
    let below = || settings.built_below.iter().any(|folder| page.path.starts_with(folder.as_str()));
    page.kind == Kind::Loose && (settings.unknown_generator || below())
}

/// The path from the root to the file that a link names by a relative path.
fn names_file(page: &PageFacts, link: &Link, kind: LinkKind) -> Option<String> {
    let markdown = matches!(link.origin, Origin::Inline | Origin::Reference { .. });
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    if link.kind != kind || !markdown || link.is_dynamic() || path.starts_with('/') {
        return None;
    }
    let fits = match kind {
        LinkKind::Link => matches!(&*extension(path), "md" | "mdx" | "markdown"),
        LinkKind::Image => destination::is_image(path),
    };
    let folder = format!("/{}", parent(&page.path));
    fits.then(|| destination::join(&folder, &destination::decode(path)))?
}
