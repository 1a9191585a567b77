//! Which repairs of a batch are at fault when something went wrong, and why they are not made.
//!
//! A batch is tried as a whole, because nearly every one is right. What goes wrong has a place, and mostly one repair
//! that touches it: that one is refused, with the reason. Where several may be at fault, half of them wait.

use crate::hash::Map;

use super::patch::Patch;
use super::plan::Repair;
use crate::engine::Checked;
use crate::finding::{FilePath, Finding, RuleId};
use crate::source::Span;

/// A repair that was not made.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Where its finding is.
    pub file: FilePath,
    /// Whose finding.
    pub rule: RuleId,
    /// What would have been done.
    pub title: String,
    /// The finding's place in the present text.
    pub span: Span,
    /// Why it was not, as a clause.
    pub why: String,
}

impl Refusal {
    /// The refusal of a finding's repair.
    pub fn of(finding: &Finding, repair: &Repair, why: String) -> Refusal {
        let (file, rule) = (finding.file.clone(), finding.rule.clone());
        Refusal { file, rule, title: repair.fix.title.clone(), span: finding.span, why }
    }
}

/// Finds out which repairs of a batch are at fault.
pub struct Blame<'b> {
    batch: &'b [Repair],
    now: &'b Checked,
    suspects: Vec<(Vec<usize>, String)>,
}

impl<'b> Blame<'b> {
    /// For a batch of repairs of these findings.
    pub fn new(batch: &'b [Repair], now: &'b Checked) -> Self {
        Blame { batch, now, suspects: Vec::new() }
    }

    /// True when nothing went wrong.
    pub fn is_empty(&self) -> bool {
        self.suspects.is_empty()
    }

    /// This very repair.
    pub fn repair(&mut self, number: usize, why: &str) {
        self.suspects.push((vec![number], why.to_owned()));
    }

    /// One of those that change the file.
    pub fn file(&mut self, file: &FilePath, why: &str) {
        self.suspects.push((self.those(|repair| repair.edits(file)), why.to_owned()));
    }

    /// A new finding: whoever wrote where it stands, else in its file, else in a file that it names, else anybody.
    pub fn finding(&mut self, new: &Finding, patches: &Map<FilePath, Patch>) {
        let written = |repair: &Repair| {
            repair.fix.edits.iter().any(|edit| {
                let Some(patch) = patches.get(&edit.file).filter(|_| edit.file == new.file) else { return false };
                let at = patch.place(edit.span.start);
                at.least <= new.span.end && new.span.start <= at.most
            })
        };
        let mut suspects = self.those(written);
        if suspects.is_empty() {
            suspects = self.those(|repair| repair.edits(&new.file));
        }
        if suspects.is_empty() {
            suspects = self.those(|repair| new.related.iter().any(|related| repair.edits(&related.file)));
        }
        if suspects.is_empty() {
            suspects = self.those(|_| true);
        }
        self.suspects.push((suspects, format!("it would bring `{}`: {}", new.rule, new.message)));
    }

    fn those(&self, are: impl Fn(&Repair) -> bool) -> Vec<usize> {
        (0..).zip(self.batch).filter(|(_, repair)| are(repair)).map(|(number, _)| number).collect()
    }

    /// The repairs to leave out: one that stands alone is refused; of several, half wait for another pass.
    pub fn settle(self, refusals: &mut Vec<Refusal>) -> Vec<usize> {
        let mut without = Vec::new();
        for (suspects, why) in self.suspects {
            match suspects.as_slice() {
                [one] => {
                    without.push(*one);
                    let Some(repair) = self.batch.get(*one) else { continue };
                    let findings = repair.findings.iter().filter_map(|number| self.now.outcome.findings.get(*number));
                    refusals.extend(findings.map(|finding| Refusal::of(finding, repair, why.clone())));
                }
                several => without.extend(several.iter().skip(several.len() / 2)),
            }
        }
        without
    }
}
