//! Fragments that many pages ask for, in a site whose layouts hold nothing here: what all pages have is not theirs, it comes from
//! the layout around them (`#comments`).

use crate::hash::Map;

use crate::discover::Tree;
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// Two pages may have the same slip, one copied from the other.
const PAGES: usize = 3;

/// Takes back what was asked of the pages there.
pub fn look(site: &mut Site, _: &Tree) {
    if !site.registries.layouts_unseen {
        return;
    }
    let mut asked: Map<Box<str>, Vec<u32>> = Map::default();
    for target in site.targets.iter().flatten() {
        let Target::Page { page, fragment: Some(fragment) } = target else { continue };
        if site.lacks(*page, fragment) {
            asked.entry(fragment.clone()).or_default().push(*page);
        }
    }
    asked.retain(|_, pages| {
        pages.sort_unstable();
        pages.dedup();
        pages.len() >= PAGES
    });
    if asked.is_empty() {
        return;
    }
    for target in site.targets.iter_mut().flatten() {
        let of_layout = |pages: &Vec<u32>, page| pages.binary_search(page).is_ok();
        if let Target::Page { page, fragment: Some(fragment) } = target
            && asked.get(fragment).is_some_and(|pages| of_layout(pages, page))
        {
            *target = Target::Unchecked(Unknown::Layout);
        }
    }
}
