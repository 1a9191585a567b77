//! What `init` learns from the site as it is: words that its writers mean, hosts that they take images from, languages
//! that they write in. Proposed as configuration, so that the first run speaks of slips and not of habits.

use crate::hash::Set;
use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Checked, Request, Session};
use crate::finding::FilePath;
use crate::page::links::LinkKind;
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::target::Target;

/// A word on so many pages is no slip: whoever writes it there means it.
const PAGES: usize = 3;
/// A host of so many images is used on purpose.
const IMAGES: usize = 3;
/// A language of one page in so many is one of the site's.
const SHARE: usize = 20;
/// Rules that ask for words.
const SPELLING: [&str; 2] = ["front-matter/misspelling", "language/term-casing"];

/// What is proposed, each list sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learnt {
    /// Words for `words`.
    pub words: Vec<String>,
    /// Hosts for the option `allow` of `images/hotlinked`.
    pub image_hosts: Vec<String>,
    /// Languages for `site.languages`, the one of most pages first.
    pub languages: Vec<String>,
}

impl Learnt {
    /// Reads the site; nothing is learnt where there is none.
    #[must_use]
    pub fn of(request: &Request<'_>) -> Learnt {
        let Ok(checked) = Session::new(request).and_then(|session| session.check(request)) else {
            return Learnt::default();
        };
        Learnt { words: words(&checked), image_hosts: image_hosts(&checked.sites), languages: languages(&checked) }
    }
}

fn words(checked: &Checked) -> Vec<String> {
    let spelt = checked.outcome.findings.iter().filter(|finding| SPELLING.contains(&&*finding.rule));
    let places: Set<(&FilePath, u32)> = spelt.map(|finding| (&finding.file, finding.span.start)).collect();
    let mut pages: BTreeMap<String, BTreeSet<&FilePath>> = BTreeMap::new();
    for page in checked.sites.iter().flat_map(|site| &site.pages) {
        for slip in page.slips.iter().filter(|slip| places.contains(&(&page.file, slip.span.start))) {
            pages.entry(slip.word.to_string()).or_default().insert(&page.file);
        }
    }
    pages.into_iter().filter(|(_, pages)| pages.len() >= PAGES).map(|(word, _)| word).collect()
}

fn image_hosts(sites: &[Site]) -> Vec<String> {
    let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, link, target) in sites.iter().flat_map(Site::links) {
        if link.kind == LinkKind::Image
            && *target == Target::External
            && let Shape::Web { host, .. } = shape(&link.destination)
        {
            *hosts.entry(host.into_owned()).or_default() += 1;
        }
    }
    hosts.into_iter().filter(|(_, count)| *count >= IMAGES).map(|(host, _)| host).collect()
}

fn languages(checked: &Checked) -> Vec<String> {
    let Some(site) = checked.outcome.sites.first() else { return Vec::new() };
    let known = site.languages.iter().filter(|(tag, count)| *tag != "und" && **count * SHARE >= site.pages.max(1));
    let mut known: Vec<(&String, usize)> = known.map(|(tag, count)| (tag, *count)).collect();
    known.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    known.into_iter().map(|(tag, _)| tag.clone()).collect()
}
