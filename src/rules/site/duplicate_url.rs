//! site/duplicate-url: two pages, aliases or files that claim one URL.

use std::collections::BTreeMap;

use serde_json::Value;

use super::claims::{page_of, place};
use super::redirects;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{Kind, PageFacts};
use crate::site::index::{Entry, url_of};

struct DuplicateUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(DuplicateUrl))
}

impl SiteRule for DuplicateUrl {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        if site.model.settings().unknown_generator {
            return;
        }
        let mut claims: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for clash in site.index.clashes() {
            let all = claims.entry(&clash.output).or_insert_with(|| vec![&clash.first]);
            all.push(&clash.second);
        }
        for (output, entries) in claims {
            let published: Vec<&Entry> = entries.into_iter().filter(|entry| is_published(site, entry)).collect();
            let Some((first, others)) = published.split_first() else { continue };
            for other in others {
                one(site, output, first, other, report);
            }
        }
        redirects::over_pages(site, report);
        redirects::circles(site, report);
        // A code host shows files by the names that they have.
        if site.pages.iter().any(|page| page.kind != Kind::Loose) {
            redirects::capitals(site, report);
        }
    }
}

/// True for what is certainly there to claim an address: a file that holds nothing is still to be written, with the address
/// that it will have. Of a head that could not be parsed nobody knows which redirects it asks for.
fn is_published(site: &Site, entry: &Entry) -> bool {
    let is_read = |page: &PageFacts| page.front.as_ref().is_none_or(|front| front.sound);
    let there = |page: &PageFacts| page.is_published() && !page.place.doubtful && !page.blank;
    let claims = |page: &PageFacts| there(page) && (!matches!(entry, Entry::Alias(..)) || is_read(page));
    page_of(site, entry).is_none_or(claims)
}

fn one(site: &Site, output: &str, first: &Entry, second: &Entry, report: &mut Reporter<'_>) {
    let (one, other) = (page_of(site, first), page_of(site, second));
    match (one, other) {
        // A file over a file is how a site overrules its theme.
        (None, None) => return,
        (Some(one), Some(other)) if std::ptr::eq(one, other) || are_translations(site, one, other) => return,
        _ => {}
    }
    // Other names of a note are shared on purpose: whoever follows one comes to a note that has it.
    let names =
        matches!((first, second), (Entry::Alias(..), Entry::Alias(..))) && site.model.settings().aliases_are_names;
    let alias = matches!(first, Entry::Alias(..)) || matches!(second, Entry::Alias(..));
    if names || alias && site.model.settings().aliases_may_be_nothing {
        return;
    }
    let (file, span) = place(site, second);
    let (first_file, first_span) = place(site, first);
    let what = |entry: &Entry| match entry {
        Entry::Page(_) => "page",
        Entry::Alias(..) => "redirect",
        Entry::Asset(_) => "file",
    };
    let by = if file == first_file {
        format!("another {}", what(first))
    } else {
        format!("the {} `{first_file}`", what(first))
    };
    let by = match first {
        Entry::Alias(..) if file != first_file => format!("a redirect in `{first_file}`"),
        _ => by,
    };
    let message = format!("this {} and {by} both claim `{}`", what(second), url_of(output));
    report
        .at(&file, span, message)
        .related(&first_file, first_span, "claims the same URL")
        .note("only one of them is published; which one is chance")
        .help("give one of them another address, or remove it")
        .done();
}

/// Plugins for several languages publish translations under one permalink, each below its language.
fn are_translations(site: &Site, one: &PageFacts, other: &PageFacts) -> bool {
    let language = |page: &PageFacts| page.language.declared.as_ref().map(|declared| declared.tag.clone());
    site.model.settings().languages.len() > 1 && language(one) != language(other)
}
