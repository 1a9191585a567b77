//! Who watches a run, and what is seen of it.

use std::time::Duration;

use crate::network::judge::Judged;

/// How far a run is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'p> {
    /// URLs with a verdict.
    pub done: usize,
    /// All URLs.
    pub all: usize,
    /// Hosts that are being asked or waited for.
    pub hosts: usize,
    /// Requests under way.
    pub under_way: usize,
    /// A host that asked to be left alone, and for how long still.
    pub pause: Option<(&'p str, Duration)>,
    /// Time since the run began.
    pub elapsed: Duration,
}

/// Watches a run, and may end it.
pub trait Watch {
    /// About ten times a second.
    fn tick(&mut self, _: &Progress<'_>) {}

    /// True when the run shall end now, with what it has.
    fn stop(&self) -> bool {
        false
    }

    /// The URL of that number has its verdict.
    fn judged(&mut self, _: usize, _: &Judged) {}

    /// Nothing more will come.
    fn end(&mut self) {}
}

/// Nobody watches.
pub struct Nobody;

impl Watch for Nobody {}
