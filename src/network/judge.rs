//! From answers to a verdict: the state machine of one URL.
//!
//! Pure: an answer goes in, the next request or the verdict comes out. It asks as little as it can (a HEAD for most) and
//! as much as it must before it says something bad: what is gone was said twice, what redirects for ever did so twice,
//! what answers like an address that nobody ever had was compared with one.

mod task;
#[cfg(test)]
mod tests;

use url::Url;

use super::answer::{Answer, Failure, Method, Response, TlsFault, Validators, Want};
use super::hosts::Hosts;
use super::page::RemotePage;
use super::redirect::{self, Kind};
use super::scheduler::{Turn, Why, stable_hash};
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
        let page = task.anchors || task.look || task.url.scheme() == "http";
        let body = if task.anchors { Want::Text(Want::MOST) } else { LOOK };
        let walk = if page {
            Walk::new(&task.url, Method::Get, body)
        } else {
            Walk::new(&task.url, Method::Head, Want::Nothing)
        };
        // Ids come with a body, and an unchanged page has none.
        let validators = if task.anchors { Validators::default() } else { task.validators.clone() };
        let walk = walk.with(validators);
        let judged = Judged {
            verdict: Verdict::Alive,
            status: None,
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
                    self.hosts.parking(&self.walk.at).filter(|_| !redirect::same_site(&self.task.url, &self.walk.at))
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
            Why::Silent => Verdict::Unreachable(Trouble::HostSilent),
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
            if self.walk.method() == Method::Head {
                self.walk.by_get(Want::Nothing);
            }
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
        if let Some(wall) = walls::of(&response) {
            return self.done(Verdict::Blocked(wall));
        }
        match response.status {
            200..=299 | 304 => self.fine(response),
            404 | 410 => self.gone(response.status),
            _ if self.walk.method() == Method::Head => {
                self.walk.by_get(Want::Nothing);
                Step::Ask(Turn::First, self.walk.ask(self.hosts))
            }
            408 | 425 | 500..=599 if self.attempts < MOST_ATTEMPTS => {
                self.attempts += 1;
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

    /// Said once it may be a slip, or a server that does not know HEAD; said twice it is so.
    fn gone(&mut self, status: u16) -> Step {
        if let Some(known) = self.hosts.false_gone(&self.walk.at) {
            return self.done(Verdict::Blocked(Wall::Known(known.why.clone())));
        }
        let now = Gone::Status(status);
        if matches!(self.earlier, Some(Earlier::Gone(Gone::Status(_)))) {
            return self.done(Verdict::Gone(now));
        }
        self.earlier = Some(Earlier::Gone(now));
        if self.walk.method() == Method::Head {
            self.walk.by_get(Want::Nothing);
            return Step::Ask(Turn::First, self.walk.ask(self.hosts));
        }
        self.later(1)
    }

    fn fine(&mut self, response: Response) -> Step {
        self.judged.validators = response.headers.validators();
        let to = self.walk.at.clone();
        let page = RemotePage::of(&response);
        if let Some(known) =
            response.body.as_ref().and_then(|body| self.hosts.parked(&body.text)).filter(|_| small(&response))
        {
            return self.done(Verdict::Hijacked(Trick::Parked(known.why.clone())));
        }
        let title = page.as_ref().map(|page| page.title.clone()).unwrap_or_default();
        let missing = page.as_ref().is_some_and(RemotePage::says_missing);
        self.judged.page = page.filter(|_| self.task.anchors);
        if self.walk.hops.is_empty() {
            return if missing { self.sibling(Trick::SoftNotFound, Verdict::Alive, title) } else { self.secure(title) };
        }
        let permanent = redirect::is_permanent(&self.walk.hops);
        let status = self.walk.hops.first().map_or(0, |hop| hop.status);
        let kind = redirect::kind(&self.task.url, &to, self.hosts);
        let stable = self.task.led_to.as_ref() == Some(&to);
        let changed = self.task.led_to.as_ref().is_some_and(|led| *led != to);
        let moved = Redirect { to: to.clone(), permanent: permanent && kind == Kind::Same, status, stable };
        match kind {
            Kind::Login => self.done(Verdict::Blocked(Wall::Login)),
            Kind::OtherHome => {
                self.done(Verdict::Hijacked(Trick::OtherHome(to.host_str().unwrap_or_default().to_owned())))
            }
            Kind::OwnHome => self.sibling(Trick::SoftNotFound, Verdict::Moved(moved), title),
            _ if missing => self.sibling(Trick::SoftNotFound, Verdict::Moved(moved), title),
            Kind::Same if moved.permanent && !stable && !changed => {
                self.stage = Stage::Again(moved);
                self.restart(&self.task.url.clone(), Want::Nothing)
            }
            Kind::Same | Kind::Other => self.moved(moved),
        }
    }

    fn moved(&mut self, moved: Redirect) -> Step {
        let from = &self.task.url;
        let twin = from.scheme() == "http"
            && moved.to.scheme() == "https"
            && from.host_str() == moved.to.host_str()
            && from.path() == moved.to.path()
            && from.query() == moved.to.query();
        if twin {
            self.judged.secure = Some(moved.to.clone());
        }
        self.done(Verdict::Moved(moved))
    }

    /// Asks what the server says to an address beside this one that nobody ever had.
    fn sibling(&mut self, trick: Trick, otherwise: Verdict, title: String) -> Step {
        let mut url = self.task.url.clone();
        let path = url.path().trim_end_matches('/');
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let invented = format!("{folder}/{:x}", stable_hash(url.as_str().as_bytes()));
        url.set_path(&invented);
        url.set_query(None);
        // Where this one ended is compared with where that one ends.
        self.judged.verdict = otherwise.clone();
        self.stage = Stage::Sibling(trick, otherwise, format!("{}\n{title}", self.walk.at));
        self.restart(&url, LOOK)
    }

    /// Asks whether the same page answers on https.
    fn secure(&mut self, title: String) -> Step {
        let mut url = self.task.url.clone();
        let plain =
            url.scheme() == "http" && url.port().is_none() && !title.is_empty() && self.judged.status != Some(304);
        if !plain || url.set_scheme("https").is_err() {
            return self.done(Verdict::Alive);
        }
        self.judged.verdict = Verdict::Alive;
        self.stage = Stage::Secure(title);
        self.restart(&url, LOOK)
    }

    fn restart(&mut self, url: &Url, body: Want) -> Step {
        self.walk = Walk::new(url, Method::Get, body);
        Step::Ask(Turn::Last, self.walk.ask(self.hosts))
    }

    /// A second way has arrived.
    fn compared(&mut self, response: &Response) -> Step {
        let fine = matches!(response.status, 200..=299);
        let title = RemotePage::of(response).map(|page| page.title).unwrap_or_default();
        match std::mem::replace(&mut self.stage, Stage::Main) {
            Stage::Main => self.inconclusive(),
            Stage::Again(mut moved) => {
                moved.stable = fine && self.walk.at == moved.to && redirect::is_permanent(&self.walk.hops);
                self.moved(moved)
            }
            Stage::Sibling(trick, otherwise, ended) => {
                let same = if self.walk.hops.is_empty() {
                    ended.split_once('\n').is_some_and(|(_, own)| !title.is_empty() && own == title)
                } else {
                    ended.split_once('\n').is_some_and(|(at, _)| at == self.walk.at.as_str())
                };
                self.done(if fine && same { Verdict::Hijacked(trick) } else { otherwise })
            }
            Stage::Secure(own) => {
                let stays = self.walk.at.scheme() == "https" && self.walk.hops.is_empty();
                if fine && stays && own == title {
                    self.judged.secure = Some(self.walk.at.clone());
                }
                self.done(Verdict::Alive)
            }
        }
    }

    /// A second way told nothing: what was known before it stands.
    fn inconclusive(&mut self) -> Step {
        match std::mem::replace(&mut self.stage, Stage::Main) {
            Stage::Again(moved) => self.moved(moved),
            Stage::Sibling(_, otherwise, _) => self.done(otherwise),
            Stage::Secure(_) | Stage::Main => self.done(self.judged.verdict.clone()),
        }
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
        self.judged.verdict = verdict;
        Step::Done(Box::new(self.judged.clone()))
    }
}

/// Pages of parked domains are short; a long one that speaks of such things is an article.
fn small(response: &Response) -> bool {
    response.body.as_ref().is_some_and(|body| body.text.len() < 40_000)
}

fn words(gone: Gone) -> String {
    match gone {
        Gone::Status(status) => status.to_string(),
        Gone::NoSuchHost => "no such host".to_owned(),
    }
}
