//! What a network rule may ask: the site, and what servers answered.

use std::sync::Arc;

use super::online::{Answers, Known};
use super::strikes::Strikes;
use crate::page::links::Link;
use crate::site::Site;
use crate::site::facts::PageFacts;
use crate::site::target::Target;

/// A site among others.
pub struct Web<'a> {
    /// The site.
    pub site: &'a Site,
    /// What servers answered.
    pub answers: &'a Answers,
    /// When failures become findings.
    pub strikes: Strikes,
}

impl Web<'_> {
    /// Each link of a checked page to elsewhere that has a verdict.
    pub fn links(&self) -> impl Iterator<Item = (&PageFacts, &Link, &Arc<Known>)> {
        let external = self.site.links().filter(|(_, _, target)| **target == Target::External);
        external.filter_map(|(page, link, _)| Some((page, link, self.answers.of(&link.destination).ok()?)))
    }

    /// True when what is known of a URL is enough to call it dead.
    #[must_use]
    pub fn is_out(&self, known: &Known) -> bool {
        self.strikes.out(&known.judged.verdict, known.days)
    }
}
