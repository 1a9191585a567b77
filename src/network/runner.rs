//! Drives scheduler, judges and prober: the one place with a clock.
//!
//! tokio is started here, for one run, and only when there is something to ask.

mod signs;
#[cfg(test)]
mod tests;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::{Id, JoinSet};
use tokio::time::{Instant, sleep, timeout};

use super::answer::{Answer, Ask, Failure, Phase, Prober};
use super::hosts::Hosts;
use super::judge::{Judge, Judged, Step, Task};
use super::pace;
use super::robots::{Leave, Manners, Read};
use super::scheduler::{Heard, HostId, Limits, Moment, Next, Scheduler, Turn, Why};
use super::verdict::{Unprobed, Verdict};
use crate::hash::Map;
use signs::Signs;
pub use watch::{Nobody, Progress, Watch};

/// The longest sleep, so that progress is shown and Ctrl-C is heard.
const TICK: Duration = Duration::from_millis(100);

/// How a run is made.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How much at a time, and how long.
    pub limits: Limits,
    /// For the jitter.
    pub seed: u64,
    /// The moment that the run begins at, for dates that servers send.
    pub start: Timestamp,
    /// Each server's robots.txt is asked for first, and kept to.
    pub robots: bool,
}

/// What came of each task, in their order.
pub type Results = Vec<Result<Judged, Unprobed>>;

/// Asks for everything, and returns when it is known or the time is up. Starts tokio.
///
/// # Errors
/// When tokio cannot be started.
pub fn run(
    tasks: Vec<Task>,
    prober: Arc<dyn Prober>,
    settings: Settings,
    watch: &mut dyn Watch,
) -> std::io::Result<Results> {
    if tasks.is_empty() {
        return Ok(Vec::new());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let results = runtime.block_on(drive(tasks, prober, settings, watch));
    // A name that is still being looked up is not waited for.
    runtime.shutdown_background();
    Ok(results)
}

/// The same within tokio.
pub async fn drive(tasks: Vec<Task>, prober: Arc<dyn Prober>, settings: Settings, watch: &mut dyn Watch) -> Results {
    let mut run = Run::new(tasks, settings, watch);
    run.begin();
    let mut under_way: JoinSet<Answer> = JoinSet::new();
    let mut whose: Map<Id, (HostId, Whom)> = Map::default();
    let why = loop {
        let now = run.now();
        match run.scheduler.next(now) {
            Next::Send(host, (whom, ask)) => {
                run.signs.sent(host, ask.url.domain().is_some());
                let prober = Arc::clone(&prober);
                let handle = under_way.spawn(async move { prober.ask(ask).await });
                whose.insert(handle.id(), (host, whom));
            }
            Next::Done => {
                run.signs.settle(&prober).await;
                break Unprobed::Budget;
            }
            Next::Over => break Unprobed::Budget,
            Next::Wait(until) => {
                let wait = until.map_or(TICK, |until| until.saturating_sub(now)).min(TICK);
                // A request that panics is one without an answer.
                let answer = match timeout(wait, under_way.join_next_with_id()).await {
                    Ok(Some(Ok((id, answer)))) => Some((id, answer)),
                    Ok(Some(Err(error))) => Some((error.id(), Err(Failure::Protocol(error.to_string())))),
                    Ok(None) => {
                        sleep(wait).await;
                        None
                    }
                    Err(_) => None,
                };
                if let Some((host, whom, answer)) =
                    answer.and_then(|(id, answer)| whose.remove(&id).map(|(host, whom)| (host, whom, answer)))
                {
                    run.heard(host, whom, answer);
                }
                run.signs.look(run.now(), &prober).await;
                if run.signs.say_offline() {
                    break Unprobed::NoNetwork;
                }
                run.tick();
                if run.watch.stop() {
                    break Unprobed::Interrupted;
                }
            }
        }
    };
    run.watch.end();
    run.finish(why)
}

/// Whom an answer is for.
#[derive(Debug, Clone, Copy)]
enum Whom {
    /// The link of that number.
    Link(usize),
    /// Everybody who waits for the rules of that server.
    Rules(usize),
}

/// A request of a link that waits for the rules of its server.
type Waiting = (usize, Turn, Ask);

struct Run<'w> {
    /// Each until its URL is judged.
    judges: Vec<Option<Judge<'static>>>,
    hosts: Vec<String>,
    results: Vec<Option<Result<Judged, Unprobed>>>,
    scheduler: Scheduler<(Whom, Ask)>,
    /// Nothing where nobody wants it.
    manners: Option<Manners<Waiting>>,
    /// The hosts of its servers.
    servers: Vec<String>,
    began: Instant,
    ticked: Moment,
    start: Timestamp,
    done: usize,
    signs: Signs,
    watch: &'w mut dyn Watch,
}

impl<'w> Run<'w> {
    fn new(tasks: Vec<Task>, settings: Settings, watch: &'w mut dyn Watch) -> Self {
        let hosts = tasks.iter().map(|task| host_of(&task.url)).collect();
        let results = tasks.iter().map(|_| None).collect();
        Run {
            judges: tasks.into_iter().map(|task| Some(Judge::new(task, Hosts::built_in()))).collect(),
            hosts,
            results,
            scheduler: Scheduler::new(settings.limits, settings.seed),
            manners: settings.robots.then(Manners::default),
            servers: Vec::new(),
            began: Instant::now(),
            ticked: Moment::ZERO,
            start: settings.start,
            done: 0,
            signs: Signs::default(),
            watch,
        }
    }

    fn judge(&mut self, index: usize) -> Option<&mut Judge<'static>> {
        self.judges.get_mut(index)?.as_mut()
    }

    fn now(&self) -> Moment {
        self.began.elapsed()
    }

    fn begin(&mut self) {
        for index in 0..self.judges.len() {
            if let Some(step) = self.judge(index).map(Judge::begin) {
                self.step(index, step);
            }
        }
    }

    fn step(&mut self, index: usize, step: Step) {
        match step {
            Step::Done(judged) => self.judged(index, Ok(*judged)),
            Step::Ask(turn, ask) => {
                // A hop into a host that has enough to do waits like everybody else.
                let own = self.hosts.get(index) == Some(&host_of(&ask.url));
                let turn = if turn == Turn::First && !own { Turn::Last } else { turn };
                self.with_leave((index, turn, ask));
            }
        }
    }

    /// Sends what its server has nothing against.
    fn with_leave(&mut self, request: Waiting) {
        let leave = match &mut self.manners {
            Some(manners) => {
                let ask = request.2.clone();
                manners.leave(&ask, request)
            }
            None => Leave::Go(request),
        };
        match leave {
            Leave::Go((index, turn, ask)) => self.queue(Whom::Link(index), turn, ask),
            Leave::First(server, ask) => {
                self.servers.push(host_of(&ask.url));
                self.queue(Whom::Rules(server), Turn::Last, ask);
            }
            Leave::Wait => {}
            Leave::No((index, ..)) => self.barred(index, None),
            Leave::Unknown((index, ..), why) => self.barred(index, Some(why)),
        }
    }

    /// A request must not be sent: a rule forbids it, or the rules could not be had, and why.
    fn barred(&mut self, index: usize, unknown: Option<String>) {
        let Some(judge) = self.judge(index) else { return };
        if let Some(step) = judge.barred() {
            return self.step(index, step);
        }
        let result = unknown.map_or(Err(Unprobed::Robots), |why| Ok(judge.unruled(why)));
        self.judged(index, result);
    }

    fn queue(&mut self, whom: Whom, turn: Turn, ask: Ask) {
        let host = host_of(&ask.url);
        if let Err((why, (whom, _))) = self.scheduler.add(self.now(), &host, turn, (whom, ask)) {
            self.give_up(whom, why);
        }
    }

    fn give_up(&mut self, whom: Whom, why: Why) {
        let links = match (whom, &mut self.manners) {
            (Whom::Link(index), _) => vec![index],
            (Whom::Rules(server), Some(manners)) => {
                manners.give_up(server).into_iter().map(|(index, ..)| index).collect()
            }
            (Whom::Rules(_), None) => Vec::new(),
        };
        for index in links {
            if let Some(judged) = self.judge(index).map(|judge| judge.given_up(why)) {
                self.judged(index, Ok(judged));
            }
        }
    }

    /// What came of asking a server for its rules.
    fn ruled(&mut self, server: usize, answer: Answer) {
        match self.manners.as_mut().map(|manners| manners.read(server, answer)) {
            Some(Read::Ask(turn, ask)) => self.queue(Whom::Rules(server), turn, ask),
            Some(Read::Known(waiting, delay)) => {
                if let (Some(delay), Some(host)) = (delay, self.servers.get(server)) {
                    self.scheduler.space(self.began.elapsed(), host, delay);
                }
                waiting.into_iter().for_each(|request| self.with_leave(request));
            }
            None => {}
        }
    }

    fn judged(&mut self, index: usize, result: Result<Judged, Unprobed>) {
        if let Ok(judged) = &result {
            self.watch.judged(index, judged);
        }
        if let Some(judge) = self.judges.get_mut(index) {
            *judge = None;
        }
        if let Some(slot) = self.results.get_mut(index).filter(|slot| slot.is_none()) {
            *slot = Some(result);
            self.done += 1;
        }
    }

    fn heard(&mut self, host: HostId, whom: Whom, answer: Answer) {
        let now = self.now();
        let wall =
            self.start.checked_add(jiff::SignedDuration::try_from(now).unwrap_or_default()).unwrap_or(self.start);
        self.signs.heard(host, &answer);
        if let Some((why, left)) = self.scheduler.heard(now, host, said(&answer, wall)) {
            for (whom, _) in left {
                self.give_up(whom, why);
            }
        }
        let index = match whom {
            Whom::Link(index) => index,
            Whom::Rules(server) => return self.ruled(server, answer),
        };
        if matches!(answer, Err(Failure::NoNetwork)) {
            self.judged(index, Err(Unprobed::NoNetwork));
        } else if let Some(step) = self.judge(index).map(|judge| judge.take(answer)) {
            self.step(index, step);
        }
    }

    fn tick(&mut self) {
        let now = self.now();
        if now < self.ticked + TICK {
            return;
        }
        self.ticked = now;
        let pause = self.scheduler.longest_pause(now).map(|(host, until)| (host, until.saturating_sub(now)));
        self.watch.tick(&Progress {
            done: self.done,
            all: self.judges.len(),
            hosts: self.scheduler.busy(),
            under_way: self.scheduler.in_flight(),
            pause,
            elapsed: now,
        });
    }

    fn finish(self, why: Unprobed) -> Results {
        let offline = self.signs.say_offline();
        let known = self.results.into_iter().map(|result| match result {
            // Nobody was reached: that a name was not found says nothing about it.
            Some(Ok(judged)) if !offline || !matches!(judged.verdict, Verdict::Unreachable(_)) => Ok(judged),
            Some(Err(why)) => Err(why),
            _ if offline => Err(Unprobed::NoNetwork),
            _ => Err(why),
        });
        known.collect()
    }
}

/// What an answer says about its host.
fn said(answer: &Answer, now: Timestamp) -> Heard {
    match answer {
        Ok(response) => match (pace::pause(response, now), response.headers.exhausted(now)) {
            (Some(pause), _) => Heard::Pause(pause),
            (None, Some(time)) => Heard::Exhausted(time),
            (None, None) => Heard::Answer,
        },
        Err(Failure::Timeout(Phase::Head) | Failure::Closed(Phase::Connect)) => Heard::Silence { reached: true },
        Err(
            Failure::Timeout(_)
            | Failure::Refused
            | Failure::Unreachable
            | Failure::DnsTrouble(_)
            | Failure::Closed(Phase::Resolve),
        ) => Heard::Silence { reached: false },
        Err(_) => Heard::Answer,
    }
}

/// Who has a queue: the host, with its port where that is not the usual one.
#[must_use]
pub fn host_of(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
