//! Who decides which repairs are made: the flags alone, or a person at a terminal ([`Review`](super::Review)).

use crate::hash::Map;

use super::patch::Patch;
use super::plan::{self, Repair};
use crate::engine::Checked;
use crate::finding::{FilePath, Finding};

/// Says which repairs to make.
pub trait Choose {
    /// The repairs to make of these findings. Asked anew in each pass, until it names none that can still be made.
    fn choose(&mut self, checked: &Checked, texts: &Map<FilePath, String>) -> Vec<Repair>;

    /// True when a finding that a repair brings is no harm, because a later pass repairs it.
    fn repairs(&self, finding: &Finding) -> bool;

    /// True, once for each, when a finding that is gone was silenced and not repaired.
    fn silenced(&mut self, _: &Finding) -> bool {
        false
    }

    /// Repairs were made, and places moved.
    fn moved(&mut self, _: &Map<FilePath, Patch>) {}
}

/// All that `--fix` or `--unsafe-fixes` may apply.
#[derive(Debug, Clone, Copy)]
pub struct All {
    /// `--unsafe-fixes`.
    pub risky: bool,
}

impl Choose for All {
    fn choose(&mut self, checked: &Checked, _: &Map<FilePath, String>) -> Vec<Repair> {
        plan::applicable(&checked.outcome.findings, self.risky)
    }

    fn repairs(&self, finding: &Finding) -> bool {
        finding.applicable(self.risky).is_some()
    }
}
