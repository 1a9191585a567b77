//! Links from the root that forget the folder that the site is published in.
//!
//! `/guides/` in a site at `https://example.org/docs` leads to `https://example.org/guides/`. Some programs, plugins and hosts
//! put the folder in by themselves, so a link without it is only wrong where the writers themselves write it nearly always,
//! or where nothing is there that would.

use crate::discover::Tree;
use crate::page::links::{Link, Origin};
use crate::site::Site;
use crate::site::destination::{self, Shape, below, shape};
use crate::site::facts::PageFacts;
use crate::site::server::look_up;
use crate::site::target::Target;

/// So many links with the folder show that it has to be written …
const ENOUGH: usize = 5;
/// … and so many for each one without.
const SHARE: usize = 5;

/// Calls links missing that lead to a page only without the folder.
pub fn look(site: &mut Site, _: &Tree) {
    let settings = site.model.settings();
    let unknown = settings.folders || settings.unknown_generator || settings.unreadable;
    if settings.base_path.is_empty() || settings.adds_base || unknown {
        return;
    }
    let (mut with, mut without) = (0, Vec::new());
    for (page, (facts, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        for (number, (link, target)) in facts.links.iter().zip(targets).enumerate() {
            match written(site, facts, link, target) {
                Some(Written::With) => with += 1,
                Some(Written::Without(path)) => without.push((page, number, path)),
                None => {}
            }
        }
    }
    if !settings.base_is_written && (with < ENOUGH || with < SHARE * without.len()) {
        return;
    }
    for (page, number, path) in without {
        if let Some(target) = site.targets.get_mut(page).and_then(|targets| targets.get_mut(number)) {
            *target = Target::Missing { path: path.into() };
        }
    }
}

enum Written {
    With,
    Without(String),
}

/// How a link from the root to something of this site is written, if it means what it says.
fn written(site: &Site, page: &PageFacts, link: &Link, target: &Target) -> Option<Written> {
    let settings = site.model.settings();
    let plain = match &link.origin {
        Origin::FrontMatter { key } => settings.base_is_written && settings.link_keys.contains(&&**key),
        origin => matches!(origin, Origin::Inline | Origin::Reference { .. } | Origin::Html(_)),
    };
    if !plain || link.is_dynamic() || !page.is_published() || !matches!(target, Target::Page { .. } | Target::Asset(_))
    {
        return None;
    }
    let Shape::Path { path, fragment } = shape(&link.destination) else { return None };
    let path = destination::join("/", &destination::decode(path)).filter(|_| path.starts_with('/'))?;
    let leads_there = |path: &str| look_up(site, path, fragment) == *target;
    match below(&path, &settings.base_path) {
        // Where the generator puts the folder in, what is written leads elsewhere than it says.
        Some(path) => leads_there(path).then_some(Written::With),
        // Another site may well be meant at the top of the host.
        None if settings.base_is_written && path == "/" => None,
        None => leads_there(&path).then_some(Written::Without(path)),
    }
}
