//! Pages with a number in their name of which the site has none: `eip-20.md`, `eip-721.md` and dozens of others are in
//! another repository, from which a step before the build copies them.

use crate::hash::{Map, Set};

use crate::discover::{Tree, file_name};
use crate::page::links::Link;
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::target::{Target, Unknown};

/// So many different names are no slips …
const MANY: usize = 25;
/// … and so many pages must name them.
const PAGES: usize = 5;

/// Takes back what was called missing of such a series.
pub fn look(site: &mut Site, _: &Tree) {
    let mut all: Map<String, (Set<&str>, Set<&str>)> = Map::default();
    for (page, link, target) in site.links() {
        if let Some((form, name)) = one_of_series(link, target) {
            let (names, pages) = all.entry(form).or_default();
            names.insert(name);
            pages.insert(&page.path);
        }
    }
    let mut elsewhere: Set<String> = all
        .into_iter()
        .filter(|(_, (names, pages))| names.len() >= MANY && pages.len() >= PAGES)
        .map(|(form, _)| form)
        .collect();
    if elsewhere.is_empty() {
        return;
    }
    for page in &site.pages {
        elsewhere.remove(&form(file_name(&page.path)));
    }
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            if one_of_series(link, target).is_some_and(|(form, _)| elsewhere.contains(&form)) {
                *target = Target::Unchecked(Unknown::OtherSite);
            }
        }
    }
}

/// The form and the name of a source file that a link names and that is nowhere.
fn one_of_series<'l>(link: &'l Link, target: &Target) -> Option<(String, &'l str)> {
    if !matches!(target, Target::Missing { .. } | Target::NoSource { .. }) {
        return None;
    }
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    let name = file_name(path);
    let numbered = name.ends_with(".md") && name.contains(|c: char| c.is_ascii_digit());
    numbered.then(|| (form(name), name))
}

/// A name with `#` for each number in it.
fn form(name: &str) -> String {
    let mut form = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '0'..='9' if form.ends_with('#') => {}
            '0'..='9' => form.push('#'),
            other => form.push(other),
        }
    }
    form
}
