//! Repairs what can be proven, and not a byte more.
//!
//! ```text
//! findings ─► plan: which fixes, apart from each other ─► apply in memory ─► verify: only the intended part differs
//!    ▲                                                                      ─► compare: gone, and nothing new came
//!    └──────────────── until nothing is left ◄── keep, or refuse with the reason ◄──────┘
//!                                                     └─► write: old file or new file, never half of one
//! ```
//! A fix that fails a check is dropped and its finding says why. Files are written once, after the last pass.

mod blame;
mod choose;
mod compare;
mod diff;
mod disk;
mod doubts;
mod drafts;
mod leftovers;
mod patch;
mod place;
mod plan;
mod review;
mod run;
mod verify;
mod write;

use crate::hash::Map;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::engine::{Error, Request, Session};
use crate::finding::FilePath;
use crate::outcome::Outcome;

pub use choose::{All, Choose};
pub use diff::unified;
pub use drafts::Change;
pub use patch::{Moved, Patch, meet};
pub use plan::{Repair, apart, applicable};
pub use review::Review;
pub use write::Failure;

/// A site after its repair.
#[derive(Debug)]
pub struct Repaired {
    /// What is left, and what was repaired.
    pub outcome: Outcome,
    /// The texts before and after, in the order of paths; of files that could not be written there is none.
    pub changes: Vec<Change>,
    /// Files that were not written although they should have been.
    pub failures: Vec<Failure>,
}

/// Where the repaired texts go.
#[derive(Debug, Clone, Copy)]
pub enum Into {
    /// To the files. The function is called when the first is about to be written, and returns a flag: once it is set,
    /// what has not begun is left.
    Files(fn() -> Arc<AtomicBool>),
    /// Nowhere: they are only shown.
    Memory,
}

/// Checks the site, repairs what `choose` names, and writes it.
///
/// # Errors
/// See [`Error`]. A file that cannot be written is no error but a [`Failure`].
pub fn repair(mut request: Request<'_>, choose: &mut dyn Choose, into: &Into) -> Result<Repaired, Error> {
    let session = Session::of_several_runs(&request)?;
    let mut repairing = run::Repairing::new(&session, &mut request);
    let mut checked = repairing.run(choose)?;
    let mut changes = repairing.changes();
    let mut failures = Vec::new();
    if let Into::Files(stop) = into
        && !changes.is_empty()
    {
        let groups = groups(&changes, repairing.together());
        let base = checked.outcome.base.clone();
        failures = session.install(|| write::write(&disk::Real, &base, &groups, &stop()));
        if !failures.is_empty() {
            let failed: Vec<FilePath> = failures.iter().map(|failure| failure.file.clone()).collect();
            checked = repairing.without(&failed)?;
            changes.retain(|change| !failed.contains(&change.file));
        }
    }
    let mut outcome = std::mem::take(&mut checked.outcome);
    checked.outcome.findings.clone_from(&outcome.findings);
    outcome.fixed_findings = repairing.repaired(&checked);
    outcome.fixed_findings.retain(|finding| !choose.silenced(finding));
    let counted = crate::outcome::Summary::of(&outcome.findings);
    let summary = &mut outcome.summary;
    (summary.fixable, summary.fixable_unsafe) = (counted.fixable, counted.fixable_unsafe);
    summary.refused = counted.refused;
    summary.fixed = outcome.fixed_findings.len();
    summary.milliseconds = session.milliseconds();
    outcome.before = changes.iter().map(|change| (change.file.clone(), change.before.clone())).collect();
    Ok(Repaired { outcome, changes, failures })
}

/// Changes by what belongs together: most files stand alone.
fn groups<'c>(changes: &'c [Change], together: &[Vec<FilePath>]) -> Vec<Vec<&'c Change>> {
    let number: Map<&FilePath, usize> =
        changes.iter().zip(0..).map(|(change, number)| (&change.file, number)).collect();
    let mut leader: Vec<usize> = (0..changes.len()).collect();
    for files in together {
        let numbers: Vec<usize> = files.iter().filter_map(|file| number.get(file).copied()).collect();
        let leaders: Vec<usize> = numbers.iter().filter_map(|number| leader.get(*number).copied()).collect();
        let Some(first) = leaders.iter().min().copied() else { continue };
        for one in leader.iter_mut().filter(|one| leaders.contains(one)) {
            *one = first;
        }
    }
    let mut groups: Vec<Vec<&Change>> = changes.iter().map(|_| Vec::new()).collect();
    for (change, leader) in changes.iter().zip(leader) {
        if let Some(group) = groups.get_mut(leader) {
            group.push(change);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}
