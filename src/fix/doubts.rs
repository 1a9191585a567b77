//! Repairs that the first look only suggested: what others bring to light later does not make them certain.

use crate::hash::{Map, Set};

use super::plan::Repair;
use crate::finding::{FilePath, Finding, RuleId, Safety};

/// The findings of the first look that had no safe repair, by file and rule; of several with the same words, all.
#[derive(Debug, Default)]
pub struct Doubts(Map<(FilePath, RuleId), Set<Box<str>>>);

impl Doubts {
    /// Of what was found before the first repair.
    pub fn of(first: &[Finding]) -> Doubts {
        let key = |finding: &Finding| (finding.file.clone(), finding.rule.clone());
        let is_safe = |finding: &&Finding| finding.fixes.iter().any(|fix| fix.safety == Safety::Safe);
        let mut doubted: Map<_, Set<Box<str>>> = Map::default();
        for finding in first.iter().filter(|finding| !is_safe(finding)) {
            doubted.entry(key(finding)).or_default().insert(finding.message.as_str().into());
        }
        for finding in first.iter().filter(is_safe) {
            if let Some(messages) = doubted.get_mut(&key(finding)) {
                messages.remove(finding.message.as_str());
            }
        }
        Doubts(doubted)
    }

    /// True for a repair that is safe only since others were made.
    pub fn concern(&self, finding: &Finding, repair: &Repair) -> bool {
        let doubted = || self.0.get(&(finding.file.clone(), finding.rule.clone()));
        repair.fix.safety == Safety::Safe
            && doubted().is_some_and(|messages| messages.contains(finding.message.as_str()))
    }
}
