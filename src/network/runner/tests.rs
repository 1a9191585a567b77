//! Whole runs on a clock that is paused: what takes minutes there takes none here.

use std::collections::BTreeMap;
use std::sync::Mutex;

use url::Url;

use super::*;
use crate::network::answer::{Pending, Response};
use crate::network::headers::Validators;
use crate::network::verdict::{Trouble, Verdict};

/// A server that is a function of host, path and time since the start.
type Server = Box<dyn Fn(&Ask, Duration) -> (Duration, Answer) + Send + Sync>;

struct World {
    server: Server,
    began: Instant,
    log: Mutex<Vec<(String, Duration, Duration)>>,
}

impl Prober for World {
    fn ask(&self, ask: Ask) -> Pending<'_> {
        Box::pin(async move {
            let sent = self.began.elapsed();
            let (takes, answer) = (self.server)(&ask, sent);
            sleep(takes).await;
            let host = ask.url.host_str().unwrap_or_default().to_owned();
            self.log.lock().unwrap().push((host, sent, self.began.elapsed()));
            answer
        })
    }
}

fn tasks(urls: &[(&str, usize)]) -> Vec<Task> {
    let each = |(host, number): &(&str, usize)| {
        let host = (*host).to_owned();
        (0..*number).map(move |n| Task {
            url: Url::parse(&format!("https://{host}/{n}")).unwrap(),
            fragments: std::collections::BTreeSet::new(),
            look: false,
            validators: Validators::default(),
            led_to: None,
        })
    };
    urls.iter().flat_map(each).collect()
}

fn settings(limits: Limits) -> Settings {
    Settings { limits, seed: 3, start: "2024-01-01T00:00:00Z".parse().unwrap(), robots: false }
}

fn go(
    tasks: Vec<Task>,
    limits: Limits,
    watch: &mut dyn Watch,
    server: impl Fn(&Ask, Duration) -> (Duration, Answer) + Send + Sync + 'static,
) -> (Results, Vec<(String, Duration, Duration)>, Duration) {
    go_with(tasks, settings(limits), watch, server)
}

fn go_with(
    tasks: Vec<Task>,
    settings: Settings,
    watch: &mut dyn Watch,
    server: impl Fn(&Ask, Duration) -> (Duration, Answer) + Send + Sync + 'static,
) -> (Results, Vec<(String, Duration, Duration)>, Duration) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let began = Instant::now();
        let world = Arc::new(World { server: Box::new(server), began, log: Mutex::new(Vec::new()) });
        let results = drive(tasks, world.clone(), settings, watch).await;
        let took = began.elapsed();
        let log = world.log.lock().unwrap().clone();
        (results, log, took)
    })
}

/// With robots.txt: what its server says about it, and everything else is there.
fn mannerly(
    urls: &[(&str, usize)],
    robots: impl Fn(&Ask, Duration) -> Answer + Send + Sync + 'static,
) -> (Vec<String>, Vec<(String, Duration, Duration)>, Duration) {
    let settings = Settings { robots: true, ..settings(Limits::default()) };
    let (results, log, took) = go_with(tasks(urls), settings, &mut Nobody, move |ask, sent| {
        let answer = if ask.url.path() == "/robots.txt" { robots(ask, sent) } else { Ok(Response::new(200)) };
        (ms(10), answer)
    });
    let word = |result: &Result<Judged, Unprobed>| match result {
        Ok(judged) => judged.verdict.word().to_owned(),
        Err(why) => format!("{why:?}"),
    };
    (results.iter().map(word).collect(), log, took)
}

const fn ms(number: u64) -> Duration {
    Duration::from_millis(number)
}

#[test]
fn slow_hosts_hold_nobody_up() {
    let limits = Limits { overall: 64, ..Limits::default() };
    let (results, log, took) =
        go(tasks(&[("slow.example", 40), ("fast.example", 40)]), limits, &mut Nobody, |ask, _| {
            let slow = ask.url.host_str() == Some("slow.example");
            (if slow { ms(1000) } else { ms(50) }, Ok(Response::new(200)))
        });
    assert!(results.iter().all(|result| matches!(result, Ok(judged) if judged.verdict == Verdict::Alive)));
    let last = |host: &str| log.iter().filter(|(of, ..)| of == host).map(|(_, _, at)| *at).max().unwrap();
    assert!(last("fast.example") <= ms(1010), "{:?}", last("fast.example"));
    assert!(took >= ms(20_000) && took <= ms(20_100), "{took:?}");
}

#[test]
fn one_retry_after_is_waited_for_once() {
    let (results, log, took) = go(tasks(&[("a.example", 40)]), Limits::default(), &mut Nobody, |_, sent| {
        let closed = sent < ms(4000);
        let answer = if closed { Response::new(429).with("retry-after", "4") } else { Response::new(200) };
        (ms(20), Ok(answer))
    });
    assert!(results.iter().all(|result| matches!(result, Ok(judged) if judged.verdict == Verdict::Alive)));
    assert_eq!(log.len(), 42, "two were under way when the gate fell");
    assert!(took < ms(4000 + 20 + 200 + 20 * 20 + 100), "{took:?}");
    assert!(log.iter().all(|(_, sent, _)| *sent < ms(100) || *sent >= ms(4000)));
}

#[test]
fn the_budget_ends_it_and_the_rest_is_not_checked() {
    let limits = Limits { deadline: Some(Duration::from_secs(3)), ..Limits::default() };
    let (results, _, took) = go(tasks(&[("a.example", 10), ("b.example", 2)]), limits, &mut Nobody, |_, _| {
        (ms(1000), Ok(Response::new(200)))
    });
    assert_eq!(took, ms(3000));
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 6);
    assert!(results.iter().filter_map(|result| result.as_ref().err()).all(|why| *why == Unprobed::Budget));
}

#[test]
fn a_host_that_is_silent_costs_little() {
    let (results, log, took) =
        go(tasks(&[("dead.example", 300), ("a.example", 3)]), Limits::default(), &mut Nobody, |ask, _| {
            if ask.url.host_str() == Some("dead.example") {
                (ms(20_000), Err(Failure::Timeout(Phase::Connect)))
            } else {
                (ms(50), Ok(Response::new(200)))
            }
        });
    assert!(took < Duration::from_secs(120), "{took:?}");
    assert!(log.len() < 20, "{}", log.len());
    let verdicts: Vec<&Verdict> = results.iter().flatten().map(|judged| &judged.verdict).collect();
    assert_eq!(verdicts.len(), 303);
    assert!(
        verdicts[..300]
            .iter()
            .all(|verdict| matches!(verdict, Verdict::Unreachable(Trouble::Timeout | Trouble::HostSilent)))
    );
}

#[test]
fn without_a_network_nothing_is_said_about_anybody() {
    let hosts: Vec<String> = (0..30).map(|n| format!("h{n}.example")).collect();
    let urls: Vec<(&str, usize)> = hosts.iter().map(|host| (host.as_str(), 2)).collect();
    let (results, log, _) = go(tasks(&urls), Limits::default(), &mut Nobody, |_, _| {
        (ms(1), Err(Failure::DnsTrouble("try again".to_owned())))
    });
    assert!(results.iter().all(|result| matches!(result, Err(Unprobed::NoNetwork))));
    assert!(log.len() <= 60);
    let (results, ..) =
        go(tasks(&[("a.example", 2)]), Limits::default(), &mut Nobody, |_, _| (ms(1), Err(Failure::NoNetwork)));
    assert!(results.iter().all(|result| matches!(result, Err(Unprobed::NoNetwork))));
}

/// A world whose names can be looked up, or not, and which counts how often that is asked.
struct Named(Arc<World>, bool);

impl Prober for Named {
    fn ask(&self, ask: Ask) -> Pending<'_> {
        self.0.ask(ask)
    }

    fn knows_names(&self) -> crate::network::answer::Knowing<'_> {
        let knows = self.1;
        Box::pin(async move {
            sleep(ms(3000)).await;
            knows
        })
    }
}

/// One answer for each host, after some time, where names are known or not: the words, and how long it took.
fn in_doubt(knows: bool, hosts: &'static [(&'static str, u64, Option<Failure>)]) -> (Vec<String>, Duration) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let began = Instant::now();
        let server = move |ask: &Ask, _| {
            let known = hosts.iter().find(|(host, ..)| ask.url.host_str() == Some(host)).unwrap();
            (ms(known.1), known.2.clone().map_or_else(|| Ok(Response::new(200)), Err))
        };
        let world = Arc::new(World { server: Box::new(server), began, log: Mutex::new(Vec::new()) });
        let urls: Vec<(&str, usize)> = hosts.iter().map(|(host, ..)| (*host, 1)).collect();
        let results =
            drive(tasks(&urls), Arc::new(Named(world, knows)), settings(Limits::default()), &mut Nobody).await;
        let word = |result: &Result<Judged, Unprobed>| match result {
            Ok(judged) => judged.verdict.word().to_owned(),
            Err(why) => format!("{why:?}"),
        };
        (results.iter().map(word).collect(), began.elapsed())
    })
}

#[test]
fn no_network_is_said_soon_and_never_wrongly() {
    const LOST: Option<Failure> = Some(Failure::Timeout(Phase::Resolve));
    // Lookups hang: said when they are given up, not after three attempts each.
    let (words, took) = in_doubt(false, &[("a.example", 5000, LOST), ("b.example", 5000, LOST)]);
    assert_eq!(words, ["NoNetwork", "NoNetwork"]);
    assert!(took < ms(5500), "{took:?}");
    // Lookups fail at once.
    let (words, took) = in_doubt(false, &[("a.example", 1, Some(Failure::Unreachable))]);
    assert_eq!(words, ["NoNetwork"]);
    assert!(took < ms(3500), "{took:?}");
    // The names of two hosts are broken, and the third one takes its time; or nobody else was asked, and names are known.
    let (words, _) = in_doubt(false, &[("a.example", 1, LOST), ("b.example", 1, LOST), ("c.example", 9000, None)]);
    assert_eq!(words, ["unreachable", "unreachable", "alive"]);
    let (words, _) = in_doubt(true, &[("a.example", 1, LOST)]);
    assert_eq!(words, ["unreachable"]);
    // Somebody refused: there is a network.
    let (words, _) = in_doubt(false, &[("a.example", 1, LOST), ("b.example", 1, Some(Failure::Refused))]);
    assert_eq!(words, ["unreachable", "unreachable"]);
    // What the gate does not let through needs no network.
    const INNER: Option<Failure> = Some(Failure::Unsafe(crate::network::answer::Refusal::Scheme));
    let (words, _) = in_doubt(false, &[("a.example", 1, LOST), ("b.example", 1, INNER)]);
    assert_eq!(words, ["NoNetwork", "unsafe"]);
}

#[test]
fn a_host_that_lets_some_hang_is_not_called_absent_for_the_others() {
    let of = |phase| {
        let (results, ..) = go(tasks(&[("a.example", 30)]), Limits::default(), &mut Nobody, move |_, _| {
            (ms(15_000), Err(Failure::Timeout(phase)))
        });
        let Some(Ok(judged)) = results.last() else { panic!() };
        judged.verdict.clone()
    };
    assert_eq!(of(Phase::Head), Verdict::Unreachable(Trouble::HostSlow));
    assert_eq!(of(Phase::Connect), Verdict::Unreachable(Trouble::HostSilent));
}

#[test]
fn ctrl_c_keeps_what_is_known() {
    struct Stop(usize, BTreeMap<usize, &'static str>, bool);
    impl Watch for Stop {
        fn stop(&self) -> bool {
            self.1.len() >= self.0
        }
        fn judged(&mut self, number: usize, judged: &Judged) {
            self.1.insert(number, judged.verdict.word());
        }
        fn end(&mut self) {
            self.2 = true;
        }
    }
    let mut watch = Stop(4, BTreeMap::new(), false);
    let (results, _, took) =
        go(tasks(&[("a.example", 50)]), Limits::default(), &mut watch, |_, _| (ms(500), Ok(Response::new(200))));
    assert!(took <= ms(1200), "{took:?}");
    assert!(watch.2);
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), watch.1.len());
    assert!(results.iter().filter_map(|result| result.as_ref().err()).all(|why| *why == Unprobed::Interrupted));
}

#[test]
fn a_prober_that_panics_is_a_url_without_an_answer() {
    std::panic::set_hook(Box::new(|_| {}));
    let (results, ..) = go(tasks(&[("a.example", 2)]), Limits::default(), &mut Nobody, |ask, _| {
        assert!(ask.url.path() != "/1", "a defect");
        (ms(1), Ok(Response::new(200)))
    });
    let _ = std::panic::take_hook();
    let words: Vec<&str> = results.iter().flatten().map(|judged| judged.verdict.word()).collect();
    assert_eq!(words, ["alive", "unreachable"]);
}

#[test]
fn many_hosts_take_as_long_as_the_slowest_of_them_needs() {
    let hosts: Vec<String> = (0..500).map(|n| format!("h{n}.example")).collect();
    let urls: Vec<(&str, usize)> = hosts.iter().map(|host| (host.as_str(), 20)).collect();
    let (results, log, took) = go(tasks(&urls), Limits { overall: 512, ..Limits::default() }, &mut Nobody, |ask, _| {
        let number: u64 =
            ask.url.host_str().and_then(|host| host.trim_start_matches('h').split('.').next()?.parse().ok()).unwrap();
        (if number.is_multiple_of(20) { ms(1000) } else { ms(50) }, Ok(Response::new(200)))
    });
    assert_eq!((results.len(), log.len()), (10_000, 10_000));
    // Twenty URLs of a slow host, two at a time, one second each.
    assert!(took <= ms(13_000), "{took:?}");
}

#[test]
fn the_rules_of_a_server_are_asked_for_once_and_kept() {
    let (words, log, _) = mannerly(&[("a.example", 4), ("b.example", 2)], |ask, _| {
        let shut = if ask.url.host_str() == Some("a.example") { "/1" } else { "/x" };
        Ok(Response::new(200).text(&format!("User-agent: *\nDisallow: {shut}\n")))
    });
    assert_eq!(words, ["alive", "Robots", "alive", "alive", "alive", "alive"]);
    assert_eq!(log.len(), 5 + 2, "two of them for the rules");
}

#[test]
fn the_pause_that_a_server_wants_is_between_its_requests_only() {
    let (words, log, took) = mannerly(&[("slow.example", 4), ("b.example", 20)], |ask, _| {
        let delay = if ask.url.host_str() == Some("slow.example") { "Crawl-delay: 2" } else { "" };
        Ok(Response::new(200).text(&format!("User-agent: *\n{delay}\n")))
    });
    assert!(words.iter().all(|word| word == "alive"), "{words:?}");
    let sent: Vec<u64> =
        log.iter().filter(|(host, ..)| host == "slow.example").map(|(_, sent, _)| sent.as_secs()).collect();
    assert_eq!(sent, [0, 2, 4, 6, 8]);
    assert!(log.iter().filter(|(host, ..)| host == "b.example").all(|(_, _, at)| *at < ms(300)));
    assert!(took < ms(8200), "{took:?}");
}

#[test]
fn rules_that_cannot_be_had() {
    let of = |robots: fn(&Ask, Duration) -> Answer| mannerly(&[("a.example", 2)], robots);
    for nothing in [
        |_: &Ask, _| Ok(Response::new(404)),
        |_: &Ask, _| Ok(Response::new(403)),
        |_: &Ask, _| Err(Failure::NoSuchHost),
        |ask: &Ask, _| Ok(Response::new(301).with("location", ask.url.as_str())),
    ] {
        assert_eq!(of(nothing).0, ["alive", "alive"]);
    }
    let (words, log, _) = of(|_, _| Ok(Response::new(500)));
    assert_eq!((words, log.len()), (vec!["unreachable".to_owned(), "unreachable".to_owned()], 1));
    assert_eq!(of(|_, _| Err(Failure::Timeout(Phase::Head))).0, ["unreachable", "unreachable"]);
    let (words, log, _) = of(|_, _| Err(Failure::Refused));
    assert_eq!((words, log.len()), (vec!["unreachable".to_owned(), "unreachable".to_owned()], 3), "and nothing else");
    // Elsewhere, and behind a pause.
    let (words, ..) = of(|ask, sent| match ask.url.host_str() {
        Some("a.example") => Ok(Response::new(301).with("location", "https://b.example/robots.txt")),
        _ if sent < ms(2000) => Ok(Response::new(429).with("retry-after", "2")),
        _ => Ok(Response::new(200).text("User-agent: postlint\nDisallow: /0")),
    });
    assert_eq!(words, ["Robots", "alive"]);
    let (words, ..) = of(|_, _| Ok(Response::new(429).with("retry-after", "9999")));
    assert_eq!(words, ["throttled", "throttled"]);
}

#[test]
fn a_hop_that_is_not_allowed_is_not_made() {
    let settings = Settings { robots: true, ..settings(Limits::default()) };
    let (results, log, _) = go_with(tasks(&[("a.example", 1)]), settings, &mut Nobody, |ask, _| {
        let answer = match (ask.url.host_str().unwrap_or_default(), ask.url.path()) {
            ("a.example", "/robots.txt") => Response::new(404),
            ("a.example", _) => Response::new(302).with("location", "https://b.example/private"),
            (_, "/robots.txt") => Response::new(200).text("User-agent: *\nDisallow: /private"),
            _ => Response::new(200),
        };
        (ms(1), Ok(answer))
    });
    assert!(matches!(results[..], [Err(Unprobed::Robots)]));
    assert_eq!(log.len(), 3);
}
