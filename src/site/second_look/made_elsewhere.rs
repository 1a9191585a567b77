//! Folders that the site's own pages lead to again and again, and in which nothing is published that we know of.
//!
//! One broken link is a slip; a dozen different addresses in one folder where the site has nothing at all are pages that
//! something else makes: another build that is put beside this one, a step of the deployment, a program that copies the
//! sources to another place first. Of these nothing can be called missing. Nor can pictures that the pages name, again and
//! again, by the paths that they have in the sources (`/public/a.png`): the site would have none if nothing changed that.

use crate::hash::{Map, Set};

use super::is_translated_readme;
use crate::discover::{Tree, parent};
use crate::generators::Sources;
use crate::page::links::{Link, LinkKind};
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::hosts::Owner;
use crate::site::index::{Entry, url_of};
use crate::site::target::{Target, Unknown};

/// So many different addresses of one folder are no slips.
const MANY: usize = 12;
/// So many pages must name them: one old page may hold a whole list.
const PAGES: usize = 3;

/// What is asked for in one folder, or under one pattern.
#[derive(Default)]
struct Asked<'a> {
    paths: Set<&'a str>,
    pages: Set<usize>,
}

impl Asked<'_> {
    fn are_many(&self) -> bool {
        self.paths.len() >= MANY && self.pages.len() >= PAGES
    }
}

/// Takes back what was called missing in such folders.
pub fn look(site: &mut Site, _: &Tree) {
    let mut asked: Map<&str, Asked<'_>> = Map::default();
    let mut patterns: Map<String, Asked<'_>> = Map::default();
    let pages = || site.pages.iter().zip(&site.targets).enumerate();
    let pages = || pages().filter(|(_, (page, _))| !is_translated_readme(site, page));
    for (number, (page, targets)) in pages() {
        for (link, target) in page.links.iter().zip(targets) {
            let Target::Missing { path } = target else { continue };
            if !is_asked_for(site, link, path) {
                continue;
            }
            for (pattern, part) in patterns_of(path) {
                let group = patterns.entry(pattern).or_default();
                group.paths.insert(part);
                group.pages.insert(number);
            }
            let Some(folder) = folder_of(path) else { continue };
            let group = asked.entry(folder).or_default();
            group.paths.insert(path.trim_end_matches('/'));
            group.pages.insert(number);
        }
    }
    asked.retain(|_, group| group.are_many());
    patterns.retain(|_, group| group.are_many());
    if asked.is_empty() && patterns.is_empty() {
        return;
    }
    for (output, entry) in site.index.iter() {
        // An old address that redirects says nothing of who publishes there.
        if !matches!(entry, Entry::Alias(..)) {
            asked.remove(parent(url_of(output).trim_end_matches('/')));
            patterns_of(output).for_each(|(pattern, _)| drop(patterns.remove(&pattern)));
        }
    }
    let folders: Set<String> = asked.into_keys().map(str::to_owned).collect();
    let taken = |link: &Link, path: &str| {
        let folder = folder_of(path).is_some_and(|folder| folders.contains(folder));
        let pattern = !patterns.is_empty() && patterns_of(path).any(|(pattern, _)| patterns.contains_key(&pattern));
        (folder || pattern) && is_asked_for(site, link, path)
    };
    let mut back = Vec::new();
    for (page, (facts, targets)) in pages() {
        for (at, (link, target)) in facts.links.iter().zip(targets).enumerate() {
            if matches!(target, Target::Missing { path } if taken(link, path)) {
                back.push((page, at));
            }
        }
    }
    for (page, at) in back {
        if let Some(target) = site.targets.get_mut(page).and_then(|targets| targets.get_mut(at)) {
            *target = Target::Unchecked(Unknown::MadePages);
        }
    }
}

/// True for a link, and for a picture that the sources have at this very path.
fn is_asked_for(site: &Site, link: &Link, path: &str) -> bool {
    // Nobody builds anything for an address that the site has left.
    let former =
        matches!(shape(&link.destination), Shape::Web { host, .. } if site.hosts.of(&host) == Some(Owner::Former));
    // Nor is anything built of a folder of notes: a path from note to note is one of files.
    let settings = site.model.settings();
    let of_files = settings.folders
        && !settings.unknown_generator
        && matches!(shape(&link.destination), Shape::Path { path, .. } if !path.starts_with('/') && path.ends_with(".md"));
    !former && !of_files && (link.kind == LinkKind::Link || Sources::has(site, path.trim_start_matches('/')))
}

/// An address with one of its inner folders left open, and that folder: `/core/9_1/api/all.html` is one of
/// `/core/*/api/all.html`. Only where a file is named: two folders that differ are as likely two subjects.
fn patterns_of(path: &str) -> impl Iterator<Item = (String, &str)> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let named = parts.last().is_some_and(|name| name.contains('.') && !name.starts_with("index."));
    let inner = if named && parts.len() <= 8 { 1..parts.len().saturating_sub(1) } else { 0..0 };
    inner.filter_map(move |at| {
        let open = *parts.get(at)?;
        let pattern: Vec<&str> = parts.iter().enumerate().map(|(i, part)| if i == at { "*" } else { part }).collect();
        Some((pattern.join("/"), open))
    })
}

/// The folder of an address; none at the top, where every site publishes something.
fn folder_of(path: &str) -> Option<&str> {
    Some(parent(path.trim_end_matches('/'))).filter(|folder| !folder.is_empty())
}
