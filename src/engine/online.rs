//! The step that only `--online` takes: which links are asked, and the rules that look at the answers.

use crate::hash::Map;

use rayon::prelude::*;

use super::Request;
use super::policy::{Ready, severity};
use crate::finding::{FilePath, Finding};
use crate::hash::Set;
use crate::network::online::Answers;
use crate::network::plan::{self, Plan};
use crate::network::verdict::Unprobed;
use crate::network::web::Web;
use crate::outcome;
use crate::page::links::Link;
use crate::rules::rule::NetworkRule;
use crate::site::Site;
use crate::site::facts::PageFacts;
use crate::site::target::Target;
use crate::suppress::Suppressions;

/// What each page silences.
type Silence = Map<FilePath, Suppressions>;

/// What the step brought.
#[derive(Default)]
pub struct Probed {
    /// What the rules say.
    pub findings: Vec<Finding>,
    /// Nothing where nothing was asked because nobody wanted it.
    pub counts: Option<outcome::Online>,
}

/// Asks what the chosen pages link to and runs the rules. Nothing happens without `--online`, or when no rule wants to know.
/// What the pages silence everywhere is not asked.
pub fn probe(
    request: &Request<'_>,
    sites: &[Site],
    rules: &[Ready<Box<dyn NetworkRule>>],
    suppressions: &mut Silence,
) -> Probed {
    let Some(online) = request.online.filter(|_| !rules.is_empty()) else { return Probed::default() };
    let anchors = rules.iter().any(|rule| rule.code.reads_pages());
    let mut plan = Plan::new();
    let add = |plan: &mut Plan, page: &PageFacts, link: &Link| {
        plan::add(plan, &link.destination, anchors, page.place.date.map(|date| date.date()));
    };
    let mut silent = Vec::new();
    for (page, link) in destinations(request, sites) {
        if is_silent(request, page, link, rules, suppressions) {
            silent.push((page, link));
        } else {
            add(&mut plan, page, link);
        }
    }
    silent.retain(|(page, link)| {
        let asked = plan::address(&link.destination).is_none_or(|url| plan.contains_key(&url));
        if asked {
            add(&mut plan, page, link);
        }
        !asked
    });
    for (page, link) in &silent {
        if let Some(own) = suppressions.get_mut(&page.file) {
            rules.iter().for_each(|rule| own.spare(&rule.id, link.place().start));
        }
    }
    let silent: Set<&str> = silent.into_iter().map(|(_, link)| without_fragment(&link.destination)).collect();
    let answers = online.answers(&plan);
    let strikes = online.options().strikes;
    let findings = sites
        .par_iter()
        .flat_map(|site| rules.par_iter().map(move |rule| (site, rule)))
        .flat_map_iter(|(site, rule)| of_rule(&Web { site, answers: &answers, strikes }, rule))
        .collect();
    Probed { findings, counts: Some(counts(request, sites, &answers, &silent)) }
}

/// What the chosen pages link to on other sites.
fn destinations<'s>(request: &'s Request<'_>, sites: &'s [Site]) -> impl Iterator<Item = (&'s PageFacts, &'s Link)> {
    let links = sites.iter().flat_map(Site::links);
    links
        .filter(|(page, _, target)| **target == Target::External && request.chooses(&page.file))
        .map(|(page, link, _)| (page, link))
}

/// Where the pages that ask for silence link to other sites, and whether with a fragment.
pub fn places<'s>(sites: &'s [Site], of: &Silence) -> Map<&'s FilePath, Vec<(u32, bool)>> {
    let mut places: Map<&FilePath, Vec<(u32, bool)>> = Map::default();
    if !of.is_empty() {
        let external = sites
            .iter()
            .flat_map(Site::links)
            .filter(|(page, _, target)| **target == Target::External && of.contains_key(&page.file));
        for (page, link, _) in external {
            places.entry(&page.file).or_default().push((link.place().start, link.destination.contains('#')));
        }
    }
    places
}

/// True when no rule could say anything about this link that would be heard: each one is silenced in the page at this place,
/// or off in this file.
fn is_silent(
    request: &Request<'_>,
    page: &PageFacts,
    link: &Link,
    rules: &[Ready<Box<dyn NetworkRule>>],
    suppressions: &Silence,
) -> bool {
    let own = suppressions.get(&page.file);
    let (at, fragment) = (link.place().start, link.destination.contains('#'));
    rules.iter().filter(|rule| fragment || !rule.code.reads_pages()).all(|rule| {
        own.is_some_and(|own| own.cover(&rule.id, at))
            || severity(request.config, &rule.id, &page.file, rule.severity).is_none()
    })
}

fn without_fragment(destination: &str) -> &str {
    destination.split('#').next().unwrap_or_default()
}

fn of_rule(web: &Web<'_>, rule: &Ready<Box<dyn NetworkRule>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    rule.run(&web.site.root.as_str().into(), &mut findings, |code, report| code.check(web, report));
    findings
}

fn counts(request: &Request<'_>, sites: &[Site], answers: &Answers, silent: &Set<&str>) -> outcome::Online {
    let shard = request.online.and_then(|online| online.options().shard);
    let mut counts = outcome::Online { shard, ..outcome::Online::default() };
    let mut seen: Set<&str> = Set::default();
    for (_, link) in destinations(request, sites) {
        let destination = without_fragment(&link.destination);
        if !seen.insert(destination) {
            continue;
        }
        counts.external_links += 1;
        let left = &mut counts.left;
        let why = match answers.of(destination) {
            Ok(known) => {
                counts.checked += 1;
                counts.unjudged += usize::from(known.judged.verdict.is_unjudged());
                continue;
            }
            Err(_) if silent.contains(destination) => &mut left.silenced,
            Err(Unprobed::Ignored) => &mut left.ignored,
            Err(Unprobed::Robots) => &mut left.robots,
            Err(Unprobed::Budget) => &mut left.budget,
            Err(Unprobed::Interrupted) => &mut left.interrupted,
            Err(Unprobed::NoNetwork) => &mut left.offline,
            Err(Unprobed::OtherShard) => &mut left.other_shards,
            Err(Unprobed::NoUrl) => &mut left.no_address,
        };
        *why += 1;
    }
    counts
}
