//! The step that only `--online` takes: which links are asked, and the rules that look at the answers.

use rayon::prelude::*;

use super::Request;
use super::policy::Ready;
use crate::finding::Finding;
use crate::hash::Set;
use crate::network::online::Answers;
use crate::network::plan::{self, Plan};
use crate::network::web::Web;
use crate::outcome;
use crate::rules::rule::NetworkRule;
use crate::site::Site;
use crate::site::facts::PageFacts;
use crate::site::target::Target;

/// What the step brought.
#[derive(Default)]
pub struct Probed {
    /// What the rules say.
    pub findings: Vec<Finding>,
    /// Nothing where nothing was asked because nobody wanted it.
    pub counts: Option<outcome::Online>,
}

/// Asks what the chosen pages link to and runs the rules. Nothing happens without `--online`, or when no rule wants to know.
pub fn probe(request: &Request<'_>, sites: &[Site], rules: &[Ready<Box<dyn NetworkRule>>]) -> Probed {
    let Some(online) = request.online.filter(|_| !rules.is_empty()) else { return Probed::default() };
    let anchors = rules.iter().any(|rule| rule.code.reads_pages());
    let mut plan = Plan::new();
    for (page, destination) in destinations(request, sites) {
        plan::add(&mut plan, destination, anchors, page.place.date.map(|date| date.date()));
    }
    let answers = online.answers(&plan);
    let strikes = online.options().strikes;
    let findings = sites
        .par_iter()
        .flat_map(|site| rules.par_iter().map(move |rule| (site, rule)))
        .flat_map_iter(|(site, rule)| of_rule(&Web { site, answers: &answers, strikes }, rule))
        .collect();
    Probed { findings, counts: Some(counts(request, sites, &answers)) }
}

/// What the chosen pages link to on other sites.
fn destinations<'s>(request: &'s Request<'_>, sites: &'s [Site]) -> impl Iterator<Item = (&'s PageFacts, &'s str)> {
    let links = sites.iter().flat_map(Site::links);
    links
        .filter(|(page, _, target)| **target == Target::External && request.chooses(&page.file))
        .map(|(page, link, _)| (page, &*link.destination))
}

fn of_rule(web: &Web<'_>, rule: &Ready<Box<dyn NetworkRule>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    rule.run(&web.site.root.as_str().into(), &mut findings, |code, report| code.check(web, report));
    findings
}

fn counts(request: &Request<'_>, sites: &[Site], answers: &Answers) -> outcome::Online {
    let shard = request.online.and_then(|online| online.options().shard);
    let mut counts = outcome::Online { shard, ..outcome::Online::default() };
    let mut seen: Set<&str> = Set::default();
    for (_, destination) in destinations(request, sites) {
        if !seen.insert(destination.split('#').next().unwrap_or_default()) {
            continue;
        }
        counts.external_links += 1;
        if let Ok(known) = answers.of(destination) {
            counts.checked += 1;
            counts.unjudged += usize::from(known.judged.verdict.is_unjudged());
        }
    }
    counts
}
