//! A clock made of numbers: the scheduler is driven by servers that only exist as latencies.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use proptest::prelude::*;

use super::*;

const fn ms(number: u64) -> Duration {
    Duration::from_millis(number)
}

/// What a server of the test does with a request that reaches it at that moment.
type Behaviour = Box<dyn Fn(Moment) -> (Duration, Heard)>;

struct World {
    scheduler: Scheduler<(String, usize)>,
    servers: BTreeMap<String, Behaviour>,
    /// Each request: host, number, sent, answered.
    log: Vec<(String, usize, Moment, Moment)>,
    given_up: Vec<(Why, usize)>,
    most_in_flight: BTreeMap<String, usize>,
    now: Moment,
}

impl World {
    fn new(limits: Limits) -> Self {
        World {
            scheduler: Scheduler::new(limits, 7),
            servers: BTreeMap::new(),
            log: Vec::new(),
            given_up: Vec::new(),
            most_in_flight: BTreeMap::new(),
            now: Moment::ZERO,
        }
    }

    fn host(&mut self, name: &str, urls: usize, does: impl Fn(Moment) -> (Duration, Heard) + 'static) {
        self.servers.insert(name.to_owned(), Box::new(does));
        for number in 0..urls {
            self.scheduler.add(Moment::ZERO, name, Turn::Last, (name.to_owned(), number)).unwrap();
        }
    }

    /// Runs to the end; a pause or silence is tried again, up to twice.
    fn run(&mut self) {
        let mut under_way = BinaryHeap::new();
        let mut flying: BTreeMap<String, usize> = BTreeMap::new();
        let mut attempts: BTreeMap<(String, usize), u32> = BTreeMap::new();
        for _ in 0..1_000_000 {
            match self.scheduler.next(self.now) {
                Next::Send(id, work) => {
                    let (takes, heard) = self.servers[&work.0](self.now);
                    let silence = matches!(heard, Heard::Silence { .. });
                    let pause = matches!(heard, Heard::Pause(_));
                    self.log.push((work.0.clone(), work.1, self.now, self.now + takes));
                    let count = flying.entry(work.0.clone()).or_default();
                    *count += 1;
                    let most = self.most_in_flight.entry(work.0.clone()).or_default();
                    *most = (*most).max(*count);
                    under_way.push(Reverse((self.now + takes, id, work, silence, pause, self.log.len())));
                    let _ = heard;
                }
                Next::Wait(wake) => {
                    let answer = under_way.peek().map(|Reverse((at, ..))| *at);
                    let at = [wake, answer].into_iter().flatten().min().expect("something must come");
                    assert!(at > self.now || answer == Some(at), "no progress at {:?}", self.now);
                    self.now = at;
                    if answer == Some(at)
                        && let Some(Reverse((at, id, work, silence, pause, _))) = under_way.pop()
                    {
                        *flying.get_mut(&work.0).unwrap() -= 1;
                        let (_, heard) = self.servers[&work.0](self.log_sent(&work, at));
                        let left = self.scheduler.heard(self.now, id, heard);
                        self.given_up.extend(
                            left.into_iter().flat_map(|(why, left)| left.into_iter().map(move |work| (why, work.1))),
                        );
                        let tried = attempts.entry(work.clone()).or_default();
                        *tried += 1;
                        let turn = if silence { Turn::Later(*tried) } else { Turn::Last };
                        if (silence && *tried <= 2) || pause {
                            let host = work.0.clone();
                            if let Err((why, work)) = self.scheduler.add(self.now, &host, turn, work) {
                                self.given_up.push((why, work.1));
                            }
                        }
                    }
                }
                Next::Done | Next::Over => return,
            }
        }
        panic!("it does not end");
    }

    fn log_sent(&self, work: &(String, usize), answered: Moment) -> Moment {
        let found = self.log.iter().rev().find(|(host, n, _, at)| *host == work.0 && *n == work.1 && *at == answered);
        found.map(|(_, _, sent, _)| *sent).unwrap()
    }

    fn last_answer(&self, host: &str) -> Moment {
        self.log.iter().filter(|(name, ..)| name == host).map(|(_, _, _, at)| *at).max().unwrap_or_default()
    }
}

#[test]
fn a_slow_host_holds_nobody_up() {
    let mut world = World::new(Limits { overall: 16, ..Limits::default() });
    world.host("slow", 300, |_| (ms(1000), Heard::Answer));
    world.host("fast", 100, |_| (ms(10), Heard::Answer));
    world.run();
    assert_eq!(world.last_answer("fast"), ms(500), "100 requests, two at a time, 10 ms each");
    assert_eq!(world.last_answer("slow"), ms(150_000));
}

#[test]
fn hosts_take_turns() {
    let mut world = World::new(Limits { overall: 1, ..Limits::default() });
    world.host("a", 3, |_| (ms(10), Heard::Answer));
    world.host("b", 3, |_| (ms(10), Heard::Answer));
    world.run();
    let order: Vec<&str> = world.log.iter().map(|(host, ..)| host.as_str()).collect();
    assert_eq!(order, ["a", "b", "a", "b", "a", "b"]);
}

#[test]
fn one_period_of_a_throttled_host_is_waited_for_once() {
    let mut world = World::new(Limits { per_host: 4, ..Limits::default() });
    let closed = |now: Moment| now < ms(4000);
    world.host("t", 40, move |now| {
        let heard = if closed(now) { Heard::Pause(Some(ms(4000) - now)) } else { Heard::Answer };
        (ms(20), heard)
    });
    world.host("other", 10, |_| (ms(20), Heard::Answer));
    world.run();
    let refused = world.log.iter().filter(|(host, _, sent, _)| host == "t" && closed(*sent)).count();
    assert_eq!(refused, 4, "only what was under way when the gate fell");
    assert!(world.last_answer("t") < ms(4000 + 200 + 40 / 4 * 20 + 20), "{:?}", world.last_answer("t"));
    assert!(world.last_answer("other") < ms(100));
    assert!(world.given_up.is_empty());
}

#[test]
fn a_host_that_asks_for_too_much_is_given_up() {
    let mut world = World::new(Limits::default());
    world.host("t", 10, |_| (ms(20), Heard::Pause(Some(Duration::from_secs(3600)))));
    world.run();
    assert_eq!(world.given_up.len(), 10);
    assert!(world.log.len() <= 2 && world.now < ms(100));
    let again = world.scheduler.add(world.now, "t", Turn::First, ("t".to_owned(), 99));
    assert!(matches!(again, Err((Why::Throttled(Some(_)), _))));
}

#[test]
fn pause_after_pause_ends_too() {
    let mut world = World::new(Limits::default());
    world.host("t", 10, |_| (ms(20), Heard::Pause(None)));
    world.run();
    assert_eq!(world.given_up.len(), 10);
    assert!(world.now < Duration::from_secs(40), "{:?}", world.now);
}

#[test]
fn a_silent_host_is_asked_a_few_times_and_then_left() {
    let mut world = World::new(Limits::default());
    world.host("dead", 500, |_| (Duration::from_secs(20), Heard::Silence { reached: false }));
    world.host("fine", 5, |_| (ms(20), Heard::Answer));
    world.run();
    assert!(world.log.len() < 15, "{}", world.log.len());
    assert!(world.now < Duration::from_secs(90), "{:?}", world.now);
    assert!(world.given_up.iter().all(|(why, _)| *why == Why::Silent { reached: false }) && world.given_up.len() > 490);
}

#[test]
fn a_host_that_comes_back_is_asked_for_everything() {
    let mut world = World::new(Limits::default());
    world
        .host("h", 50, |now| (ms(100), if now < ms(1000) { Heard::Silence { reached: false } } else { Heard::Answer }));
    world.run();
    assert!(world.given_up.is_empty());
    let answered: std::collections::BTreeSet<usize> =
        world.log.iter().filter(|(_, _, sent, _)| *sent >= ms(1000)).map(|(_, n, ..)| *n).collect();
    assert_eq!(answered.len(), 50);
}

#[test]
fn the_deadline_leaves_the_rest() {
    let mut world = World::new(Limits { deadline: Some(ms(1000)), ..Limits::default() });
    world.host("slow", 100, |_| (ms(300), Heard::Answer));
    world.run();
    assert_eq!(world.now, ms(1000));
    assert_eq!(world.scheduler.in_flight() + world.scheduler.drain().len(), 100 - 6);
}

#[test]
fn shards_share_the_hosts_out() {
    for of in 1..8 {
        for n in 0..200 {
            let host = format!("host{n}.example");
            assert_eq!((1..=of).filter(|index| in_shard(&host, *index, of)).count(), 1);
        }
    }
    let first = (0..200).filter(|n| in_shard(&format!("host{n}.example"), 1, 2)).count();
    assert!((70..130).contains(&first), "{first}");
}

proptest! {
    #[test]
    fn everything_is_answered_or_given_up_and_no_limit_is_passed(
        hosts in prop::collection::vec((1_usize..12, 1_u64..500, 0_u8..5, 0_u64..3000), 1..12),
        per_host in 1_usize..4,
        overall in 1_usize..10,
    ) {
        let mut world = World::new(Limits { per_host, overall, ..Limits::default() });
        let mut all = 0;
        for (number, (urls, latency, kind, until)) in hosts.iter().copied().enumerate() {
            all += urls;
            world.host(&format!("h{number}"), urls, move |now| {
                let early = now < ms(until);
                let heard = match kind {
                    1 if early => Heard::Pause(Some(ms(until) - now)),
                    2 if early => Heard::Silence { reached: true },
                    3 => Heard::Exhausted(ms(until)),
                    _ => Heard::Answer,
                };
                (ms(latency), heard)
            });
        }
        for (number, (.., until)) in hosts.iter().enumerate().filter(|(_, host)| host.2 == 4) {
            world.scheduler.space(Moment::ZERO, &format!("h{number}"), ms(*until));
        }
        world.run();
        for (number, (.., until)) in hosts.iter().enumerate().filter(|(_, host)| host.2 == 4) {
            let name = format!("h{number}");
            let sent: Vec<Moment> = world.log.iter().filter(|(host, ..)| *host == name).map(|(_, _, at, _)| *at).collect();
            prop_assert!(sent.windows(2).all(|two| two[1] - two[0] >= ms(*until)), "{sent:?}");
        }
        prop_assert!(world.most_in_flight.values().all(|most| *most <= per_host));
        let asked: std::collections::BTreeSet<(String, usize)> =
            world.log.iter().map(|(host, n, ..)| (host.clone(), *n)).collect();
        prop_assert!(asked.len() + world.given_up.len() >= all);
        prop_assert_eq!(world.scheduler.queued() + world.scheduler.in_flight(), 0);
        // Nothing is sent while its host's gate is down.
        for (number, (_, _, kind, until)) in hosts.iter().copied().enumerate().filter(|(_, host)| host.2 == 1) {
            let name = format!("h{number}");
            let first = world.log.iter().find(|(host, ..)| *host == name).map(|(_, _, _, at)| *at).unwrap_or_default();
            let closed = |at: Moment| at > first && at < ms(until);
            prop_assert!(kind == 1 && !world.log.iter().any(|(host, _, sent, _)| *host == name && closed(*sent)));
        }
    }
}
