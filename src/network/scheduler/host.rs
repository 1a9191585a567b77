//! One host: its queue, its gate, and how it has behaved so far.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::{Jitter, Moment, Turn};

/// So many periods in a row that brought nothing but the next period are enough.
const MOST_PAUSES: u32 = 3;
/// So many failures to answer at all, with no answer between, are the host's and not the page's.
const SILENCE: u32 = 4;
/// What a server counts in whole seconds has a rest that it does not say.
const GRACE: Duration = Duration::from_millis(100);

/// What came of a request, as far as it says something about the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// An answer, whatever it says.
    Answer,
    /// An answer that asks to be left alone, for that time if it says one. Also an answer that says that the last of
    /// a contingent was used.
    Pause(Option<Duration>),
    /// The last of a contingent was used for this answer, which is good.
    Exhausted(Duration),
    /// None: nobody was reached, or somebody who did not answer in time.
    Silence {
        /// There was a connection.
        reached: bool,
    },
}

/// Why a host is given up for this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It asks for a longer pause than anybody waits for, or for one pause after the other.
    Throttled(Option<Duration>),
    /// Nobody answers.
    Silent {
        /// Somebody did, or was there at least.
        reached: bool,
    },
}

/// In which line of the scheduler a host stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    No,
    Ready,
    Again,
}

/// What can be done with a host.
pub enum State {
    /// Nothing is queued, or the answers that are under way must come first.
    Nothing,
    /// A first attempt can be sent.
    Ready,
    /// A second attempt can be sent.
    Again,
    /// Not before that moment.
    Until(Moment),
}

/// One host.
#[derive(Debug)]
pub struct Host<T> {
    pub name: Box<str>,
    pub listed: Listed,
    pub wake: Option<Moment>,
    pub paused_until: Moment,
    /// The time from one request to the next, where the host wants one.
    gap: Duration,
    /// Not before that moment, for the gap's sake.
    next: Moment,
    fresh: VecDeque<T>,
    later: BTreeMap<(Moment, u64), T>,
    number: u64,
    in_flight: usize,
    pauses: u32,
    silences: u32,
    reached: bool,
    /// The request that is under way decides whether a host that was silent is given up.
    probing: bool,
    given_up: Option<Why>,
}

impl<T> Host<T> {
    pub fn new(name: &str) -> Self {
        Host {
            name: name.into(),
            listed: Listed::No,
            wake: None,
            paused_until: Moment::ZERO,
            gap: Duration::ZERO,
            next: Moment::ZERO,
            fresh: VecDeque::new(),
            later: BTreeMap::new(),
            number: 0,
            in_flight: 0,
            pauses: 0,
            silences: 0,
            reached: false,
            probing: false,
            given_up: None,
        }
    }

    pub fn push(&mut self, turn: Turn, at: Moment, work: T) {
        match turn {
            Turn::First => self.fresh.push_front(work),
            Turn::Last => self.fresh.push_back(work),
            Turn::Later(_) => {
                self.number += 1;
                self.later.insert((at, self.number), work);
            }
        }
    }

    /// What was just sent counts as the first.
    pub fn space(&mut self, now: Moment, gap: Duration) {
        self.gap = self.gap.max(gap);
        self.next = self.next.max(now + gap);
    }

    pub fn has_work(&self) -> bool {
        !self.fresh.is_empty() || !self.later.is_empty()
    }

    pub fn is_busy(&self) -> bool {
        self.in_flight > 0 || self.has_work()
    }

    /// True when it answers nothing any more.
    pub fn given_up(&self) -> Option<Why> {
        self.given_up
    }

    fn is_silent(&self) -> bool {
        self.silences >= SILENCE
    }

    /// Nobody answered for a while: a second attempt goes first, alone, and the others wait for what comes of it.
    fn is_doubted(&self) -> bool {
        self.is_silent() && !self.later.is_empty()
    }

    pub fn state(&self, now: Moment, per_host: usize) -> State {
        let most = if self.is_doubted() { 1 } else { per_host };
        if !self.has_work() || self.in_flight >= most {
            return State::Nothing;
        }
        let closed = self.paused_until.max(self.next);
        if closed > now {
            return State::Until(closed);
        }
        if !self.fresh.is_empty() && !self.is_doubted() {
            return State::Ready;
        }
        match self.later.first_key_value() {
            Some(((at, _), _)) if *at > now => State::Until(*at),
            Some(_) => State::Again,
            None => State::Nothing,
        }
    }

    pub fn take(&mut self, now: Moment, per_host: usize) -> Option<T> {
        let work = match self.state(now, per_host) {
            State::Ready => self.fresh.pop_front(),
            State::Again => self.later.pop_first().map(|(_, work)| work),
            State::Nothing | State::Until(_) => None,
        }?;
        self.next = now + self.gap;
        self.probing = self.is_silent();
        self.in_flight += 1;
        Some(work)
    }

    /// Takes in what came of a request; says so when the host is given up.
    pub fn heard(&mut self, now: Moment, heard: Heard, patience: Duration, jitter: &mut Jitter) -> Option<Why> {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.wake = None;
        self.reached |= !matches!(heard, Heard::Silence { reached: false });
        if !matches!(heard, Heard::Silence { .. }) {
            self.silences = 0;
        }
        match heard {
            Heard::Answer => self.pauses = 0,
            Heard::Exhausted(time) if time <= patience => self.paused_until = self.paused_until.max(now + time + GRACE),
            // It has answered so far; should it mean that, it will say so.
            Heard::Exhausted(_) => {}
            Heard::Pause(asked) => {
                // The answers that were under way when the gate fell belong to the same period.
                if self.paused_until <= now {
                    self.pauses += 1;
                }
                if asked.is_some_and(|time| time > patience) || self.pauses > MOST_PAUSES {
                    self.given_up = Some(Why::Throttled(asked));
                } else {
                    let wait = asked.unwrap_or_else(|| jitter.backoff(self.pauses)) + GRACE;
                    let under_way = asked.is_none() && self.paused_until > now;
                    self.paused_until = if under_way { self.paused_until } else { self.paused_until.max(now + wait) };
                }
            }
            Heard::Silence { .. } => {
                self.silences = self.silences.saturating_add(1);
                if self.probing {
                    self.given_up = Some(Why::Silent { reached: self.reached });
                }
            }
        }
        self.given_up
    }

    pub fn drain(&mut self) -> Vec<T> {
        let later = std::mem::take(&mut self.later);
        self.fresh.drain(..).chain(later.into_values()).collect()
    }
}
