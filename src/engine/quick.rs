//! A run that is asked about a few pages, as a hook's is, need not read every other page to its end.
//!
//! What a page is (its address, keys, terms, title) stands in its head. What it says matters to others only where it
//! speaks of them. So of pages that nobody named the head is read, and the rest only if their text may mention a named
//! page; the anchors of pages that a named page leads to are read when it is known which these are. Where something
//! about the named pages depends on what all the others say, everything is read after all: the findings are the same.

use std::collections::BTreeSet;

use super::policy::Ready;
use super::read::Place;
use super::{Request, pages};
use crate::finding::Finding;
use crate::page::links::Origin;
use crate::rules::rule::SiteRule;
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// True when what is known says all there is to say about the named pages: where a link leads nowhere, only all links
/// together tell whether something else publishes there.
pub fn is_enough(request: &Request<'_>, site: &Site, rules: &[Ready<Box<dyn SiteRule>>]) -> bool {
    let named = || site.pages.iter().zip(&site.targets).filter(|(page, _)| request.chooses(&page.file));
    for (page, targets) in named() {
        if page.language.verdict.foreign().is_some() {
            return false;
        }
        for (link, target) in page.links.iter().zip(targets) {
            let depends = match target {
                Target::Page { page, fragment } => fragment.as_ref().is_some_and(|part| site.lacks(*page, part)),
                Target::External => site.hosts.may_be_former(&link.destination),
                // Only all links tell whether they are paths of files there.
                Target::Unchecked(Unknown::Generator) => true,
                Target::Missing { .. } | Target::NoSource { .. } | Target::Outside | Target::WrongCase(_) => true,
                _ => false,
            };
            if depends || matches!(link.origin, Origin::Parameter { .. }) {
                return false;
            }
        }
    }
    let doubted = rules.iter().filter(|rule| rule.code.compares_texts());
    doubted.flat_map(|rule| super::finish::of_rule(site, rule)).all(|finding: Finding| !request.selects(&finding))
}

/// Reads the anchors of pages that named pages lead to.
pub fn complete(place: &Place<'_>, site: &mut Site) {
    let request = place.request;
    let mut wanted = BTreeSet::new();
    for (page, targets) in site.pages.iter().zip(&site.targets) {
        if request.chooses(&page.file) {
            wanted.extend(targets.iter().filter_map(|target| match target {
                Target::Page { page, fragment: Some(_) } => Some(*page),
                _ => None,
            }));
        }
    }
    for number in wanted {
        let other = site.page(number).filter(|page| page.checked && !request.chooses(&page.file));
        let Some(anchors) = other.and_then(|page| pages::anchors(place, site, page)) else { continue };
        if let Some(page) = site.pages.get_mut(number as usize) {
            page.anchors = anchors;
        }
    }
}
