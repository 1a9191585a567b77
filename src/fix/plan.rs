//! Which repairs are made in one pass: all that do not meet, in an order that no thread and no list of rules decides.

use crate::hash::Map;
use std::collections::BTreeMap;

use super::patch::{Patch, meet};
use crate::finding::{FilePath, Finding, Fix};
use crate::source::Span;

/// A repair with the findings that ask for it.
#[derive(Debug, Clone)]
pub struct Repair {
    /// What is done.
    pub fix: Fix,
    /// The findings, by their number in the run.
    pub findings: Vec<usize>,
}

impl Repair {
    /// True when it changes the file.
    #[must_use]
    pub fn edits(&self, file: &str) -> bool {
        self.fix.edits.iter().any(|edit| &*edit.file == file)
    }
}

/// The repairs that `--fix` (or, with `risky`, `--unsafe-fixes`) would make.
#[must_use]
pub fn applicable(findings: &[Finding], risky: bool) -> Vec<Repair> {
    let numbered = findings.iter().enumerate();
    numbered
        .filter_map(|(number, f)| Some(Repair { fix: f.applicable(risky)?.clone(), findings: vec![number] }))
        .collect()
}

/// Puts repairs in order, makes one of equal ones, and leaves those that meet an earlier one for the next pass.
#[must_use]
pub fn apart(mut repairs: Vec<Repair>) -> Vec<Repair> {
    repairs.retain(|repair| !repair.fix.edits.is_empty());
    for repair in &mut repairs {
        repair.fix.edits.sort();
    }
    // Safe before risky: what is certain does not wait for what is probable.
    repairs.sort_by(|a, b| {
        (a.fix.safety, &a.fix.edits, &a.fix.title, &a.findings).cmp(&(
            b.fix.safety,
            &b.fix.edits,
            &b.fix.title,
            &b.findings,
        ))
    });
    let mut taken: Map<FilePath, BTreeMap<Span, usize>> = Map::default();
    let mut chosen: Vec<Repair> = Vec::new();
    for repair in repairs {
        if let Some(same) = twin(&repair, &taken, &chosen) {
            if let Some(twin) = chosen.get_mut(same) {
                twin.findings.extend(repair.findings);
            }
            continue;
        }
        if !free(&repair.fix, &taken) {
            continue;
        }
        for edit in &repair.fix.edits {
            taken.entry(edit.file.clone()).or_default().insert(edit.span, chosen.len());
        }
        chosen.push(repair);
    }
    chosen
}

/// An earlier repair that does the same.
fn twin(repair: &Repair, taken: &Map<FilePath, BTreeMap<Span, usize>>, chosen: &[Repair]) -> Option<usize> {
    let first = repair.fix.edits.first()?;
    let number = *taken.get(&first.file)?.get(&first.span)?;
    (chosen.get(number)?.fix.edits == repair.fix.edits).then_some(number)
}

fn free(fix: &Fix, taken: &Map<FilePath, BTreeMap<Span, usize>>) -> bool {
    let own = fix.edits.windows(2).all(|pair| match pair {
        [a, b] => a.file != b.file || !meet(a.span, b.span),
        _ => true,
    });
    own && fix.edits.iter().all(|edit| {
        let Some(others) = taken.get(&edit.file) else { return true };
        // Taken spans are apart, so only the nearest two on each side can meet this one.
        let before = others.range(..=edit.span).rev().take(2);
        let after = others.range(edit.span..).take(2);
        before.chain(after).all(|(other, _)| !meet(*other, edit.span))
    })
}

/// The repairs as one patch for each file.
#[must_use]
pub fn patches<'a>(repairs: impl Iterator<Item = &'a Repair>) -> Map<FilePath, Patch> {
    let mut edits: Map<FilePath, Vec<(Span, String)>> = Map::default();
    for edit in repairs.flat_map(|repair| &repair.fix.edits) {
        edits.entry(edit.file.clone()).or_default().push((edit.span, edit.text.clone()));
    }
    edits.into_iter().filter_map(|(file, edits)| Some((file, Patch::new(edits)?))).collect()
}
