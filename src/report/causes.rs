//! Which findings to tell, and in which order, when there is no room for all.
//!
//! Thirty-seven links to one moved page are one thing to a reader; and the first twenty of five hundred missing images
//! say less than one of each kind.

use crate::hash::Map;

use crate::finding::{Finding, Severity};

/// Findings of one rule that say the same, or have one cause.
#[derive(Debug)]
pub struct Cause<'a> {
    /// The one that is shown.
    pub first: &'a Finding,
    /// The other places.
    pub others: Vec<&'a Finding>,
}

/// The causes of findings, the most serious first, then as they come.
#[must_use]
pub fn causes(findings: &[Finding]) -> Vec<Cause<'_>> {
    let mut known: Map<(Severity, &str, &str), usize> =
        Map::with_capacity_and_hasher(findings.len(), Default::default());
    let mut causes: Vec<Cause> = Vec::new();
    for finding in findings {
        let next = causes.len();
        let alike = finding.cause.as_deref().unwrap_or(&finding.message);
        let at = *known.entry((finding.severity, &*finding.rule, alike)).or_insert(next);
        match causes.get_mut(at) {
            Some(cause) => cause.others.push(finding),
            None => causes.push(Cause { first: finding, others: Vec::new() }),
        }
    }
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.first.severity));
    causes
}

/// At most `most` of the causes: by severity, and within it one of each rule before a second of any. They keep their order.
#[must_use]
pub fn choose(causes: Vec<Cause<'_>>, most: usize) -> Vec<Cause<'_>> {
    if causes.len() <= most {
        return causes;
    }
    let mut order = by_variety(&causes);
    order.truncate(most);
    order.sort_unstable();
    let mut chosen = order.into_iter().peekable();
    causes.into_iter().enumerate().filter(|(at, _)| chosen.next_if_eq(at).is_some()).map(|(_, cause)| cause).collect()
}

/// All findings in the order in which they are worth a scarce place: the first of each cause as in [`choose`], then the rest.
#[must_use]
pub fn ranked(findings: &[Finding]) -> Vec<&Finding> {
    let causes = causes(findings);
    let order = by_variety(&causes);
    let firsts = order.iter().filter_map(|&at| causes.get(at)).map(|cause| cause.first);
    let others = causes.iter().flat_map(|cause| cause.others.iter().copied());
    let mut all: Vec<&Finding> = firsts.chain(others).collect();
    all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    all
}

/// Indices of causes: by severity, then by how many of the same rule came before.
fn by_variety(causes: &[Cause<'_>]) -> Vec<usize> {
    let mut rounds: Map<(Severity, &str), usize> = Map::default();
    let mut order: Vec<_> = Vec::with_capacity(causes.len());
    for (at, cause) in causes.iter().enumerate() {
        let round = rounds.entry((cause.first.severity, &*cause.first.rule)).or_default();
        order.push((std::cmp::Reverse(cause.first.severity), *round, at));
        *round += 1;
    }
    order.sort_unstable();
    order.into_iter().map(|(_, _, at)| at).collect()
}
