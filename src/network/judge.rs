//! From answers to a verdict: the state machine of one URL.
//!
//! Pure: an answer goes in, the next request or the verdict comes out. It asks as little as it can (a HEAD for most) and
//! as much as it must before it says something bad: what is gone was said twice, what redirects for ever did so twice,
//! what answers like an address that nobody ever had was compared with one.

mod second;
mod task;
#[cfg(test)]
mod tests;

use super::answer::{Answer, Failure, Method, Response, TlsFault, Want};
use super::headers::Validators;
use super::hosts::Hosts;
use super::redirect;
use super::scheduler::{Turn, Why};
use super::verdict::{Gone, Redirect, Trick, Trouble, Verdict, Wall};
use super::walk::{Stop, Walk, Walked};
use super::walls;
use crate::network::pace::is_throttled;

pub use task::{Judged, Step, Task};

/// Enough of a page for its title and for what parked domains show.
const LOOK: Want = Want::Text(64 << 10);
/// So often something that may pass is asked again.
const MOST_ATTEMPTS: u32 = 2;
/// So often a throttled request is sent again after its host's pause.
const MOST_THROTTLED: u32 = 3;

/// What the present way is for.
#[derive(Debug)]
enum Stage {
    /// To see whether it is there.
    Main,
    /// To hear a permanent redirect again.
    Again(Redirect),
    /// To see what an address that nobody ever had says; what is suspected otherwise.
    Sibling(Trick, Verdict, String),
    /// To see whether https shows the same.
    Secure(String),
}

/// The state machine of one URL.
#[derive(Debug)]
pub struct Judge<'h> {
    hosts: &'h Hosts,
    task: Task,
    walk: Walk,
    stage: Stage,
    attempts: u32,
    throttled: u32,
    /// What was said before that is not the last word: gone, or nothing.
    earlier: Option<Earlier>,
    judged: Judged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Earlier {
    Gone(Gone),
    NoAnswer,
}

impl<'h> Judge<'h> {
    /// For a task.
    #[must_use]
    pub fn new(task: Task, hosts: &'h Hosts) -> Self {
        let anchors = !task.fragments.is_empty();
        let page = anchors || task.look || task.url.scheme() == "http";
        let body = if anchors { Want::Text(Want::MOST) } else { LOOK };
        let walk = if page {
            Walk::new(&task.url, Method::Get, body)
        } else {
            Walk::new(&task.url, Method::Head, Want::Nothing)
        };
        // Ids come with a body, and an unchanged page has none.
        let validators = if anchors { Validators::default() } else { task.validators.clone() };
        let walk = walk.with(validators);
        let judged = Judged {
            verdict: Verdict::Alive,
            status: None,
            end: None,
            page: None,
            secure: None,
            validators: Validators::default(),
            asked: walk.method(),
        };
        Judge { hosts, task, walk, stage: Stage::Main, attempts: 0, throttled: 0, earlier: None, judged }
    }

    /// The first step.
    pub fn begin(&mut self) -> Step {
        match self.hosts.wall(&self.task.url) {
            Some(known) => self.done(Verdict::Blocked(Wall::Known(known.why.clone()))),
            None => Step::Ask(Turn::Last, self.walk.ask(self.hosts)),
        }
    }

    /// The step after an answer.
    pub fn take(&mut self, answer: Answer) -> Step {
        let walked = self.walk.take(answer, self.hosts);
        match walked {
            Walked::On(ask) => {
                if let Some(known) =
                    self.hosts.parking(&self.walk.at).filter(|_| !redirect::is_meant(&self.task.url, &self.walk.at))
                {
                    return self.settle(Verdict::Hijacked(Trick::Parked(known.why.clone())));
                }
                if let Some(known) = self.hosts.wall(&self.walk.at) {
                    return self.settle(Verdict::Blocked(Wall::Known(known.why.clone())));
                }
                Step::Ask(Turn::First, ask)
            }
            Walked::Stopped(stop) => self.settle(match stop {
                Stop::Unsafe(why) => Verdict::Unsafe(why),
                Stop::Wall(wall) => Verdict::Blocked(wall),
                Stop::Trouble(trouble) => Verdict::Unreachable(trouble),
            }),
            Walked::Failed(failure) => self.failed(&failure),
            Walked::Arrived(response) => self.arrived(response),
        }
    }

    /// The verdict when the host is given up before this URL was asked, or asked to the end.
    #[must_use]
    pub fn given_up(&self, why: Why) -> Judged {
        let verdict = match why {
            Why::Throttled(time) => Verdict::Throttled(time),
            Why::Silent { reached: false } => Verdict::Unreachable(Trouble::HostSilent),
            Why::Silent { reached: true } => Verdict::Unreachable(Trouble::HostSlow),
        };
        let mut judged = self.judged.clone();
        judged.verdict = match &self.stage {
            Stage::Main => verdict,
            Stage::Again(redirect) => Verdict::Moved(redirect.clone()),
            Stage::Sibling(_, otherwise, _) => otherwise.clone(),
            Stage::Secure(_) => judged.verdict,
        };
        judged
    }

    /// The verdict when the rules of a server, which might forbid the next request, could not be had.
    #[must_use]
    pub fn unruled(&self, why: String) -> Judged {
        Judged { verdict: Verdict::Unreachable(Trouble::Rules(why)), ..self.judged.clone() }
    }

    /// The step when the next request must not be sent (robots.txt); nothing where nothing is known without it.
    pub fn barred(&mut self) -> Option<Step> {
        (!matches!(self.stage, Stage::Main)).then(|| self.inconclusive())
    }

    fn failed(&mut self, failure: &Failure) -> Step {
        if !matches!(self.stage, Stage::Main) {
            return self.inconclusive();
        }
        let lasting = matches!(
            failure,
            Failure::Tls(
                TlsFault::Expired
                    | TlsFault::NotYetValid
                    | TlsFault::WrongHost
                    | TlsFault::UnknownIssuer
                    | TlsFault::Revoked
            ) | Failure::TooLarge(_)
                | Failure::NoNetwork
        );
        if *failure == Failure::NoSuchHost {
            if self.earlier == Some(Earlier::Gone(Gone::NoSuchHost)) {
                return self.done(Verdict::Gone(Gone::NoSuchHost));
            }
            self.earlier = Some(Earlier::Gone(Gone::NoSuchHost));
            return self.later(1);
        }
        if !lasting && self.attempts < MOST_ATTEMPTS {
            self.attempts += 1;
            self.earlier = self.earlier.or(Some(Earlier::NoAnswer));
            // Some servers let a HEAD hang.
            let body = if self.walk.method() == Method::Head { Want::Nothing } else { self.walk.body() };
            self.walk.again(Method::Get, body);
            return self.later(self.attempts);
        }
        self.done(match self.earlier {
            Some(Earlier::Gone(gone)) => Verdict::Flaky(words(gone), failure.to_string()),
            _ => Verdict::Unreachable(Trouble::of(failure)),
        })
    }

    fn arrived(&mut self, response: Response) -> Step {
        self.judged.status = Some(response.status);
        if is_throttled(&response) {
            if self.throttled < MOST_THROTTLED {
                self.throttled += 1;
                return Step::Ask(Turn::Last, self.walk.ask(self.hosts));
            }
            return self.settle(Verdict::Throttled(None));
        }
        if !matches!(self.stage, Stage::Main) {
            return self.compared(&response);
        }
        if let Some(wall) = walls::of(&response, self.hosts) {
            return self.done(Verdict::Blocked(wall));
        }
        match response.status {
            200..=299 | 304 => self.fine(response),
            404 | 410 => self.gone(response.status),
            _ if self.walk.method() == Method::Head => {
                self.walk.again(Method::Get, Want::Nothing);
                Step::Ask(Turn::First, self.walk.ask(self.hosts))
            }
            408 | 425 | 500..=599 if self.attempts < MOST_ATTEMPTS => {
                self.attempts += 1;
                self.whole();
                self.later(self.attempts)
            }
            status @ (408 | 425 | 500..=599) => self.done(match self.earlier {
                Some(Earlier::Gone(gone)) => Verdict::Flaky(words(gone), status.to_string()),
                _ => Verdict::Unreachable(Trouble::Server(status)),
            }),
            401 | 407 => self.done(Verdict::Blocked(Wall::Login)),
            status => self.done(Verdict::Blocked(Wall::Status(status))),
        }
    }

    /// Said once it may be a slip, or a server that does not know HEAD. Said again after a while, to a request as a
    /// browser sends it and from the beginning of the way, it is so.
    fn gone(&mut self, status: u16) -> Step {
        if let Some(known) = self.hosts.false_gone(&self.walk.at) {
            return self.done(Verdict::Blocked(Wall::Known(known.why.clone())));
        }
        let now = Gone::Status(status);
        if matches!(self.earlier, Some(Earlier::Gone(Gone::Status(_)))) {
            return self.done(Verdict::Gone(now));
        }
        self.earlier = Some(Earlier::Gone(now));
        self.whole();
        self.later(1)
    }

    /// From here on as a browser asks, and with the text: a wall may show in it.
    fn whole(&mut self) {
        let body = if self.walk.body() == Want::Nothing { LOOK } else { self.walk.body() };
        self.walk.again(Method::Get, body);
    }

    /// What stopped the way is the verdict about the URL, or says nothing about it.
    fn settle(&mut self, verdict: Verdict) -> Step {
        if matches!(self.stage, Stage::Main) { self.done(verdict) } else { self.inconclusive() }
    }

    fn later(&mut self, attempt: u32) -> Step {
        Step::Ask(Turn::Later(attempt), self.walk.ask(self.hosts))
    }

    fn done(&mut self, verdict: Verdict) -> Step {
        self.judged.asked = self.walk.method();
        if matches!(self.stage, Stage::Main) && !self.walk.hops.is_empty() {
            self.judged.end = Some(self.walk.at.clone());
        }
        self.judged.verdict = verdict;
        Step::Done(Box::new(self.judged.clone()))
    }
}

fn words(gone: Gone) -> String {
    match gone {
        Gone::Status(status) => status.to_string(),
        Gone::NoSuchHost => "no such host".to_owned(),
    }
}
