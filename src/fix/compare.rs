//! Which findings went away and which came, when texts changed.
//!
//! A finding is known by its rule and by where its place moved to; else, if nothing was rewritten there, by its words.

use crate::hash::Map;

use super::patch::{Moved, Patch};
use crate::finding::{FilePath, Finding};
use crate::source::Span;

/// What changed between two runs.
#[derive(Debug, Default)]
pub struct Difference<'a> {
    /// Findings of the first run that the second does not have, by their number in the first.
    pub gone: Vec<usize>,
    /// Findings that only the second run has.
    pub new: Vec<&'a Finding>,
}

/// Compares the findings of two runs; `patches` lead from the texts of the first to those of the second.
#[must_use]
pub fn compare<'a>(
    before: &[&Finding],
    after: impl Iterator<Item = &'a Finding>,
    patches: &Map<FilePath, Patch>,
) -> Difference<'a> {
    let mut groups: Map<(&str, &str), Group<'_, 'a>> = Map::default();
    for (number, finding) in before.iter().enumerate() {
        let group = groups.entry((&*finding.file, &*finding.rule)).or_default();
        group.before.push((number, finding, place(finding, patches)));
    }
    for finding in after {
        match groups.get_mut(&(&*finding.file, &*finding.rule)) {
            Some(group) => group.after.push(finding),
            None => {
                drop(groups.insert((&finding.file, &finding.rule), Group { before: Vec::new(), after: vec![finding] }))
            }
        }
    }
    let mut difference = Difference::default();
    for group in groups.into_values() {
        group.settle(&mut difference);
    }
    difference.gone.sort_unstable();
    difference.new.sort_by(|a, b| a.order(b));
    difference
}

/// Where the start of a finding is after the patches.
fn place(finding: &Finding, patches: &Map<FilePath, Patch>) -> Start {
    let at = finding.span.start;
    match patches.get(&finding.file) {
        Some(patch) if finding.span != Span::FILE => {
            let rewritten = !patch.leaves(Span { start: at, end: at + 1 });
            Start { moved: patch.place(at), rewritten }
        }
        _ => Start { moved: Moved { least: at, most: at }, rewritten: false },
    }
}

/// The start of a finding in the new text.
#[derive(Clone, Copy)]
struct Start {
    moved: Moved,
    /// What stood there was replaced.
    rewritten: bool,
}

/// The findings of one rule in one file.
#[derive(Default)]
struct Group<'b, 'a> {
    before: Vec<(usize, &'b Finding, Start)>,
    after: Vec<&'a Finding>,
}

impl<'a> Group<'_, 'a> {
    fn settle(mut self, difference: &mut Difference<'a>) {
        self.pair(|old, start, new| start.moved.may_be(new.span.start) && old.message == new.message);
        self.pair(|_, start, new| start.moved.may_be(new.span.start));
        // Some findings stand at the first of several places, and that may have become another one.
        self.pair(|old, start, new| !start.rewritten && old.message == new.message);
        difference.gone.extend(self.before.iter().map(|(number, ..)| *number));
        difference.new.append(&mut self.after);
    }

    /// Takes away what is the same finding.
    fn pair(&mut self, same: impl Fn(&Finding, Start, &Finding) -> bool) {
        if self.after.is_empty() {
            return;
        }
        let after = &mut self.after;
        self.before.retain(|(_, old, start)| {
            let found = after.iter().position(|new| same(old, *start, new));
            if let Some(at) = found {
                after.remove(at);
            }
            found.is_none()
        });
    }
}
