//! What is found is kept while it is found, so that nothing is lost when a run ends early, and nothing is held against
//! servers for what this machine lacks.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use url::Url;

use crate::network::judge::Judged;
use crate::network::ledger::Ledger;
use crate::network::page::Fragment;
use crate::network::plan::Wanted;
use crate::network::runner::{Progress, Watch, host_of};
use crate::network::verdict::{Unprobed, Verdict};

/// The ledger is written at most so often, and never for more than one part in so many of the time: with a hundred thousand
/// links it is long.
const SAVE_EVERY: (Duration, u32) = (Duration::from_secs(3), 20);
/// So many servers, and not one that answers: it is not them.
const NOT_THEM: usize = 8;

/// Writes what is found while it is found, so that nothing is lost when the run ends early.
pub struct Keeper<'k> {
    urls: &'k [Url],
    wanted: &'k [Wanted],
    ledger: &'k mut Ledger,
    watch: &'k mut (dyn Watch + Send),
    now: Timestamp,
    saved: Instant,
    /// How long is waited before the ledger is written again.
    pause: Duration,
    /// Some server answered something.
    pub answered: bool,
    /// Failures that are not noted before that, or before the end.
    held: Vec<(usize, Judged)>,
    trouble: Option<String>,
}

impl<'k> Keeper<'k> {
    /// For these URLs; `wanted` is what is wanted of each.
    pub fn new(
        urls: &'k [Url],
        wanted: &'k [Wanted],
        ledger: &'k mut Ledger,
        watch: &'k mut (dyn Watch + Send),
        now: Timestamp,
    ) -> Self {
        Keeper {
            urls,
            wanted,
            ledger,
            watch,
            now,
            saved: Instant::now(),
            pause: SAVE_EVERY.0,
            answered: false,
            held: Vec::new(),
            trouble: None,
        }
    }

    /// Notes and writes what is left. Says of how many servers none answered, where that is held against nobody, and what kept
    /// the ledger from being written.
    pub fn end_with(&mut self, results: &[Result<Judged, Unprobed>]) -> (Option<usize>, Option<String>) {
        let silent = self.settle(results);
        self.save();
        (silent, self.trouble.take())
    }

    fn save(&mut self) {
        let began = Instant::now();
        if self.trouble.is_none()
            && let Err(why) = self.ledger.save(self.now)
        {
            self.trouble = Some(format!("what was probed is not remembered: {why}"));
        }
        self.pause = SAVE_EVERY.0.max(began.elapsed() * SAVE_EVERY.1);
        self.saved = Instant::now();
    }

    /// Of how many servers none answered, where they are so many that it is not them.
    pub fn is_silent(&self, results: &[Result<Judged, Unprobed>]) -> Option<usize> {
        let failed = self.held.iter().filter(|(number, _)| matches!(results.get(*number), Some(Ok(_))));
        let servers: BTreeSet<_> = failed.filter_map(|(number, _)| self.urls.get(*number).map(host_of)).collect();
        (!self.answered && servers.len() >= NOT_THEM).then_some(servers.len())
    }

    /// Notes the failures that were held back, except where nobody at all answered.
    fn settle(&mut self, results: &[Result<Judged, Unprobed>]) -> Option<usize> {
        let silent = self.is_silent(results);
        for (number, judged) in std::mem::take(&mut self.held) {
            if silent.is_none() && matches!(results.get(number), Some(Ok(_))) {
                self.record(number, &judged);
            }
        }
        silent
    }

    fn record(&mut self, number: usize, judged: &Judged) {
        let (Some(url), Some(wanted)) = (self.urls.get(number), self.wanted.get(number)) else { return };
        let has = |fragment: &&String| {
            let state = judged.page.as_ref().map(|page| page.fragment(fragment));
            // What cannot be known will not be known tomorrow either.
            judged.verdict.is_fine() && state.is_none_or(|state| state != Fragment::Missing)
        };
        let found: Vec<String> = wanted.fragments.iter().filter(has).cloned().collect();
        self.ledger.record(url, judged, &found, self.now);
    }
}

impl Watch for Keeper<'_> {
    fn tick(&mut self, progress: &Progress<'_>) {
        self.watch.tick(progress);
        if self.ledger.unsaved() > 0 && self.saved.elapsed() >= self.pause {
            self.save();
        }
    }

    fn stop(&self) -> bool {
        self.watch.stop()
    }

    fn judged(&mut self, number: usize, judged: &Judged) {
        self.answered |= judged.status.is_some() || judged.end.is_some();
        if self.answered || !matches!(judged.verdict, Verdict::Unreachable(_)) {
            self.record(number, judged);
        } else {
            self.held.push((number, judged.clone()));
        }
        self.watch.judged(number, judged);
    }

    fn end(&mut self) {
        self.watch.end();
    }
}
