//! Folders that the site's own pages lead to again and again, and in which nothing is published that we know of.
//!
//! One broken link is a slip; a dozen different addresses in one folder where the site has nothing at all are pages that
//! something else makes: another build that is put beside this one, a step of the deployment, a program that copies the
//! sources to another place first. Of these nothing can be called missing.

use std::collections::{HashMap, HashSet};

use super::Site;
use super::index::{Entry, url_of};
use super::target::{Target, Unknown};
use crate::discover::parent;
use crate::page::links::LinkKind;

/// So many different addresses of one folder are no slips.
const MANY: usize = 12;
/// So many pages must name them: one old page may hold a whole list.
const PAGES: usize = 3;

/// What one folder is asked for.
#[derive(Default)]
struct Asked<'a> {
    paths: HashSet<&'a str>,
    pages: HashSet<usize>,
}

/// Takes back what was called missing in such folders.
pub fn take_back(site: &mut Site) {
    let mut asked: HashMap<&str, Asked<'_>> = HashMap::new();
    for (number, (page, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        for (link, target) in page.links.iter().zip(targets) {
            let Target::Missing { path } = target else { continue };
            let Some(folder) = folder_of(path).filter(|_| link.kind == LinkKind::Link) else { continue };
            let group = asked.entry(folder).or_default();
            group.paths.insert(path.trim_end_matches('/'));
            group.pages.insert(number);
        }
    }
    asked.retain(|_, group| group.paths.len() >= MANY && group.pages.len() >= PAGES);
    if asked.is_empty() {
        return;
    }
    for (output, entry) in site.index.iter() {
        // An old address that redirects says nothing of who publishes there.
        if !matches!(entry, Entry::Alias(..)) {
            asked.remove(parent(url_of(output).trim_end_matches('/')));
        }
    }
    let folders: HashSet<String> = asked.into_keys().map(str::to_owned).collect();
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            if let Target::Missing { path } = target
                && link.kind == LinkKind::Link
                && folder_of(path).is_some_and(|folder| folders.contains(folder))
            {
                *target = Target::Unchecked(Unknown::MadePages);
            }
        }
    }
}

/// The folder of an address; none at the top, where every site publishes something.
fn folder_of(path: &str) -> Option<&str> {
    Some(parent(path.trim_end_matches('/'))).filter(|folder| !folder.is_empty())
}
