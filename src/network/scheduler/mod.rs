//! Who is asked next, and when: the part that is fair to servers and to the reader's time.
//!
//! A state machine without sockets or clock: moments and answers go in, what to send and when to wake come out. Each host
//! has one queue and one gate. A request waits in its host's queue and not in a slot, so a slow host holds nobody but
//! itself; a host that asks to be left alone is left alone by all of its requests at once, for one period and not for one
//! each. Hosts take turns, what failed is asked again after everything else.

mod host;
mod jitter;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use crate::hash::Map;

pub use host::{Heard, Why};
use host::{Host, Listed};
pub use jitter::Jitter;

/// A moment, counted from the beginning of the run.
pub type Moment = Duration;

/// How much at a time, and how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Requests to one host at a time.
    pub per_host: usize,
    /// Requests at a time; sockets and memory bound it.
    pub overall: usize,
    /// When the run ends, whatever is left.
    pub deadline: Option<Moment>,
    /// The longest pause that is waited for; a host that asks for more is given up for this run.
    pub patience: Duration,
    /// The wait before something is asked for the second time.
    pub retry: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            per_host: 2,
            overall: 512,
            deadline: None,
            patience: Duration::from_secs(120),
            retry: Duration::from_secs(2),
        }
    }
}

/// A host by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostId(u32);

/// What to do now.
#[derive(Debug, PartialEq, Eq)]
pub enum Next<T> {
    /// Send this to that host, and tell [`Scheduler::heard`] what came of it.
    Send(HostId, T),
    /// Nothing can be sent before that moment, or before an answer comes where there is none.
    Wait(Option<Moment>),
    /// Nothing is queued and nothing is under way.
    Done,
    /// The deadline has come.
    Over,
}

/// Where in its host's queue a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// At the end.
    Last,
    /// At the front: it goes on with what has begun.
    First,
    /// After everything else, not before some time; the number of earlier attempts makes that longer.
    Later(u32),
}

/// The queues of all hosts.
#[derive(Debug)]
pub struct Scheduler<T> {
    limits: Limits,
    names: Map<Box<str>, HostId>,
    hosts: Vec<Host<T>>,
    /// Hosts with something that can be sent at once, in turn.
    ready: VecDeque<HostId>,
    /// Hosts with nothing but second attempts.
    again: VecDeque<HostId>,
    /// When to look at a host again.
    wakes: BinaryHeap<Reverse<(Moment, HostId)>>,
    in_flight: usize,
    queued: usize,
    jitter: Jitter,
}

impl<T> Scheduler<T> {
    /// With nothing to do. The seed decides the jitter, so that a test's run is the same each time.
    #[must_use]
    pub fn new(limits: Limits, seed: u64) -> Self {
        Scheduler {
            limits,
            names: Map::default(),
            hosts: Vec::new(),
            ready: VecDeque::new(),
            again: VecDeque::new(),
            wakes: BinaryHeap::new(),
            in_flight: 0,
            queued: 0,
            jitter: Jitter::new(seed, limits.retry),
        }
    }

    /// Queues a request to a host. It comes back with the reason where the host was given up.
    ///
    /// # Errors
    /// See [`Why`].
    pub fn add(&mut self, now: Moment, host: &str, turn: Turn, work: T) -> Result<(), (Why, T)> {
        let id = match self.names.get(host) {
            Some(id) => *id,
            None => {
                let id = HostId(u32::try_from(self.hosts.len()).unwrap_or(u32::MAX));
                self.names.insert(host.into(), id);
                self.hosts.push(Host::new(host));
                id
            }
        };
        let at = match turn {
            Turn::Later(attempts) => now + self.jitter.backoff(attempts),
            _ => now,
        };
        let Some(host) = self.hosts.get_mut(id.0 as usize) else { return Ok(()) };
        if let Some(why) = host.given_up() {
            return Err((why, work));
        }
        host.push(turn, at, work);
        self.queued += 1;
        self.list(now, id);
        Ok(())
    }

    /// A host wants that much time from one request to the next; the longest that it asks for counts.
    pub fn space(&mut self, now: Moment, host: &str, gap: Duration) {
        let id = self.names.get(host).map_or(usize::MAX, |id| id.0 as usize);
        if let Some(host) = self.hosts.get_mut(id) {
            host.space(now, gap);
        }
    }

    /// What to do at this moment. Ask again until it says to wait.
    pub fn next(&mut self, now: Moment) -> Next<T> {
        if self.limits.deadline.is_some_and(|deadline| now >= deadline) {
            return Next::Over;
        }
        while let Some(Reverse((at, id))) = self.wakes.peek().copied() {
            if at > now {
                break;
            }
            self.wakes.pop();
            self.list(now, id);
        }
        let full = self.in_flight >= self.limits.overall;
        while !full && let Some(id) = self.ready.pop_front().or_else(|| self.again.pop_front()) {
            let per_host = self.limits.per_host;
            let Some(host) = self.hosts.get_mut(id.0 as usize) else { continue };
            host.listed = Listed::No;
            if let Some(work) = host.take(now, per_host) {
                self.in_flight += 1;
                self.queued -= 1;
                self.list(now, id);
                return Next::Send(id, work);
            }
            self.list(now, id);
        }
        if self.in_flight == 0 && self.queued == 0 {
            return Next::Done;
        }
        let wake = self.wakes.peek().filter(|_| !full).map(|Reverse((at, _))| *at);
        Next::Wait(match (wake, self.limits.deadline) {
            (Some(wake), Some(deadline)) => Some(wake.min(deadline)),
            (wake, deadline) => wake.or(deadline),
        })
    }

    /// Takes in what came of a request to a host. What is returned will not be sent: the host is given up, and why.
    pub fn heard(&mut self, now: Moment, id: HostId, heard: Heard) -> Option<(Why, Vec<T>)> {
        self.in_flight = self.in_flight.saturating_sub(1);
        let (limits, jitter) = (self.limits, &mut self.jitter);
        let host = self.hosts.get_mut(id.0 as usize)?;
        let why = host.heard(now, heard, limits.patience, jitter);
        let left = why.map(|why| (why, host.drain()));
        self.queued -= left.as_ref().map_or(0, |(_, left)| left.len());
        self.list(now, id);
        left.filter(|(_, left)| !left.is_empty())
    }

    /// Everything that is still queued; what is under way is not in it.
    pub fn drain(&mut self) -> Vec<T> {
        self.queued = 0;
        self.hosts.iter_mut().flat_map(Host::drain).collect()
    }

    /// Requests that are under way.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// Requests that wait.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.queued
    }

    /// Hosts that something waits for, or that are being asked.
    #[must_use]
    pub fn busy(&self) -> usize {
        self.hosts.iter().filter(|host| host.is_busy()).count()
    }

    /// The host that holds the others up longest, and until when: for the progress line.
    #[must_use]
    pub fn longest_pause(&self, now: Moment) -> Option<(&str, Moment)> {
        let paused = self.hosts.iter().filter(|host| host.paused_until > now && host.has_work());
        paused.max_by_key(|host| host.paused_until).map(|host| (&*host.name, host.paused_until))
    }

    /// The name of a host.
    #[must_use]
    pub fn name(&self, id: HostId) -> &str {
        self.hosts.get(id.0 as usize).map_or("", |host| &host.name)
    }

    /// Puts a host where it will be looked at next.
    fn list(&mut self, now: Moment, id: HostId) {
        let Some(host) = self.hosts.get_mut(id.0 as usize) else { return };
        match host.state(now, self.limits.per_host) {
            host::State::Nothing => {}
            host::State::Ready if host.listed != Listed::Ready => {
                host.listed = Listed::Ready;
                self.ready.push_back(id);
            }
            host::State::Again if host.listed == Listed::No => {
                host.listed = Listed::Again;
                self.again.push_back(id);
            }
            host::State::Ready | host::State::Again => {}
            host::State::Until(at) if host.wake != Some(at) => {
                host.wake = Some(at);
                self.wakes.push(Reverse((at, id)));
            }
            host::State::Until(_) => {}
        }
    }
}

/// The part of all hosts that shard `index` of `of` (from 1) takes: whole hosts, the same in every run and on every
/// machine, so that each host has one gate.
#[must_use]
pub fn in_shard(host: &str, index: u32, of: u32) -> bool {
    of <= 1 || stable_hash(host.as_bytes()) % u64::from(of) == u64::from(index.saturating_sub(1))
}

/// FNV-1a: what must be the same on every machine and in every version of a library.
#[must_use]
pub fn stable_hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
