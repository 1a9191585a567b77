//! What goes into a judge and what comes out of it.

use std::collections::BTreeSet;

use url::Url;

use super::super::answer::{Ask, Method};
use super::super::headers::Validators;
use super::super::page::RemotePage;
use super::super::scheduler::Turn;
use super::super::verdict::{Trouble, Verdict, Wall};
use crate::secrets;

/// One URL and what is wanted of it.
#[derive(Debug, Clone)]
pub struct Task {
    /// The URL; its fragment does not matter.
    pub url: Url,
    /// What ids of its page are wanted.
    pub fragments: BTreeSet<String>,
    /// Its page is looked at: the first of its host, to see what is shown there.
    pub look: bool,
    /// From the ledger: what the last good answer was marked with.
    pub validators: Validators,
    /// From the ledger: where it led on an earlier day.
    pub led_to: Option<Url>,
}

impl Task {
    /// Whether it is there, and nothing else.
    #[must_use]
    pub fn bare(url: Url) -> Self {
        Task { url, fragments: BTreeSet::new(), look: false, validators: Validators::default(), led_to: None }
    }
}

/// What is known of one URL.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// The last status.
    pub status: Option<u16>,
    /// Where its redirects ended, if there were any.
    pub end: Option<Url>,
    /// The page, where its ids were wanted and it is one.
    pub page: Option<RemotePage>,
    /// For `http:`, the address at `https:` that shows the same page.
    pub secure: Option<Url>,
    /// To make the next request conditional.
    pub validators: Validators,
    /// The ledger's word for how it was asked.
    pub asked: Method,
}

impl Judged {
    /// The evidence, as it follows the URL in a message, with the address that it is about where that is another one.
    #[must_use]
    pub fn evidence(&self) -> String {
        let evidence = self.verdict.evidence();
        match (&self.end, &self.verdict) {
            (Some(end), Verdict::Gone(_) | Verdict::Throttled(_) | Verdict::Flaky(..))
            | (Some(end), Verdict::Blocked(Wall::Robots(_) | Wall::Known(_) | Wall::Status(_)))
            | (
                Some(end),
                Verdict::Unreachable(
                    Trouble::Timeout
                    | Trouble::Connection(_)
                    | Trouble::Dns
                    | Trouble::Tls(_)
                    | Trouble::Server(_)
                    | Trouble::Protocol
                    | Trouble::Rules(_),
                ),
            ) => format!("leads to `{}`, which {evidence}", secrets::hidden(end.as_str())),
            _ => evidence,
        }
    }
}

/// What to do next.
#[derive(Debug)]
pub enum Step {
    /// Send this, in its turn.
    Ask(Turn, Ask),
    /// Nothing more to ask.
    Done(Box<Judged>),
}
