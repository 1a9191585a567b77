//! The second look: what is fine may be a trick, what moved for good must say so again, and what is at http may be at https.

use std::collections::BTreeSet;

use url::Url;

use super::{Judge, LOOK, Stage, Step};
use crate::network::answer::{Method, Response, Want};
use crate::network::page::RemotePage;
use crate::network::redirect::{self, Kind};
use crate::network::scheduler::{Turn, stable_hash};
use crate::network::verdict::{Redirect, Trick, Verdict, Wall};
use crate::network::walk::Walk;

/// Pages of parked domains say little: one that speaks of such things at length is an article.
const MOST_OF_PARKED: usize = 3000;

impl Judge<'_> {
    pub(super) fn fine(&mut self, response: Response) -> Step {
        self.judged.validators = response.headers.validators();
        let to = self.walk.at.clone();
        let page = RemotePage::of(&response, &self.task.fragments);
        if let Some(known) = page
            .as_ref()
            .filter(|page| page.visible < MOST_OF_PARKED)
            .and(response.body.as_ref())
            .and_then(|body| self.hosts.parked(&body.text))
        {
            return self.done(Verdict::Hijacked(Trick::Parked(known.why.clone())));
        }
        let title = page.as_ref().map(|page| page.title.clone()).unwrap_or_default();
        let missing = page.as_ref().is_some_and(RemotePage::says_missing);
        self.judged.page = page.filter(|_| !self.task.fragments.is_empty());
        if self.walk.hops.is_empty() {
            return if missing { self.sibling(Trick::SoftNotFound, Verdict::Alive, title) } else { self.secure(title) };
        }
        let permanent = redirect::is_permanent(&self.walk.hops);
        let status = self.walk.hops.first().map_or(0, |hop| hop.status);
        let kind = redirect::kind(&self.task.url, &to);
        let stable = self.task.led_to.as_ref() == Some(&to);
        let changed = self.task.led_to.as_ref().is_some_and(|led| *led != to);
        let moved = Redirect { to: to.clone(), permanent: permanent && kind == Kind::Same, status, stable };
        match kind {
            Kind::Login => self.done(Verdict::Blocked(Wall::Login)),
            Kind::OtherHome => {
                let trick = Trick::OtherHome(to.host_str().unwrap_or_default().to_owned());
                self.sibling(trick, Verdict::Moved(moved), title)
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
    pub(super) fn compared(&mut self, response: &Response) -> Step {
        let fine = matches!(response.status, 200..=299);
        let title = RemotePage::of(response, &BTreeSet::new()).map(|page| page.title).unwrap_or_default();
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
    pub(super) fn inconclusive(&mut self) -> Step {
        match std::mem::replace(&mut self.stage, Stage::Main) {
            Stage::Again(moved) => self.moved(moved),
            Stage::Sibling(_, otherwise, _) => self.done(otherwise),
            Stage::Secure(_) | Stage::Main => self.done(self.judged.verdict.clone()),
        }
    }
}
