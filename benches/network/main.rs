//! Is a run as fast as it may be, and no faster? Against hundreds of hosts on this machine, with the program itself, beside
//! lychee where there is one.
//!
//! ```text
//! cargo bench --bench network                       all scenes
//! cargo bench --bench network -- slow-first         one of them: mixed, slow-first, throttled, silent
//! POSTLINT_LYCHEE=path/to/lychee cargo bench …      side by side: lychee at our limits per host, and as it comes
//! ```
//! Linux only: there, all of 127.0.0.0/8 is this machine. Ends with an error when a promise is broken. The ideal is what the
//! busiest host needs at the limits that the run kept.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::indexing_slicing)]

mod crowd;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// What the program grants one host (`network.per-host`).
const PER_HOST: f64 = 2.0;

fn main() {
    // cargo gives its own arguments.
    if std::env::args().any(|argument| argument == "serve") {
        return crowd::serve();
    }
    if !cfg!(target_os = "linux") {
        println!("skipped: needs the addresses of Linux");
        return;
    }
    let lychee = std::env::var("POSTLINT_LYCHEE").ok();
    let mut server =
        Command::new(std::env::current_exe().unwrap()).arg("serve").stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let port: u16 = line.trim().parse().unwrap();
    let chosen: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let scenes = [mixed(port), slow_first(port), throttled(port), silent(port)];
    let known = chosen.iter().all(|name| scenes.iter().any(|scene| scene.id == name));
    let broken: Vec<String> = scenes
        .into_iter()
        .filter(|scene| known && (chosen.is_empty() || chosen.iter().any(|name| name == scene.id)))
        .flat_map(|scene| scene.run(port, lychee.as_deref()))
        .collect();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(known, "there is no such scene: {chosen:?}");
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Links in their order, and what must hold of a run.
struct Scene {
    id: &'static str,
    name: &'static str,
    links: Vec<String>,
    /// At most so much longer than the busiest host needs.
    ratio: f64,
    /// What waiting that was asked for adds, in seconds.
    pause: f64,
    /// By then the fast hosts are done.
    fast: f64,
}

/// 10,000 links to 500 hosts; 25 are slow, 5 are dead.
fn mixed(port: u16) -> Scene {
    let host = |number: u32| match number {
        0..25 => format!("127.2.0.{}:{port}", number + 1),
        // Nobody listens at port 1, nor may it be asked; the port beside ours is free as a rule.
        25..30 => format!("127.4.0.{number}:{}", port - 1),
        _ => format!("127.1.{}.{}:{port}", number / 200, number % 200 + 1),
    };
    let links = (0..10_000).map(|number| format!("http://{}/p/{number}", host(number % 500))).collect();
    Scene { id: "mixed", name: "10,000 links, 500 hosts, 5 % slow, 1 % dead", links, ratio: 1.3, pause: 0.0, fast: 5.0 }
}

/// A slow host's links before a fast one's.
fn slow_first(port: u16) -> Scene {
    let slow = (0..300).map(|number| format!("http://127.2.0.{}:{port}/p/{number}", number % 15 + 1));
    let fast = (0..100).map(|number| format!("http://127.1.0.{}:{port}/p/{number}", number % 5 + 1));
    Scene {
        id: "slow-first",
        name: "300 slow links before 100 fast ones",
        links: slow.chain(fast).collect(),
        ratio: 1.3,
        pause: 0.0,
        fast: 2.0,
    }
}

/// A host that wants a break.
fn throttled(port: u16) -> Scene {
    let links = (0..40).map(|number| format!("http://127.3.0.1:{port}/p/{number}")).collect();
    Scene { id: "throttled", name: "40 links to a host that asks for 4 s", links, ratio: 1.3, pause: 4.0, fast: 1.0 }
}

/// Hosts that take every connection and never answer: two rounds of two requests and one that decides, twenty seconds
/// each, and they are left.
fn silent(port: u16) -> Scene {
    let silent = (0..18).map(|number| format!("http://127.5.0.{}:{port}/p/{number}", number % 3 + 1));
    let fast = (0..100).map(|number| format!("http://127.1.0.{}:{port}/p/{number}", number % 5 + 1));
    Scene {
        id: "silent",
        name: "18 links to three hosts that never answer, before 100 fast ones",
        links: silent.chain(fast).collect(),
        ratio: 1.3,
        pause: 60.0,
        fast: 2.0,
    }
}

/// How a program did.
struct Run {
    seconds: f64,
    megabytes: f64,
    figures: Value,
    said: String,
}

impl Scene {
    /// Shows the figures; what does not hold.
    fn run(&self, port: u16, lychee: Option<&str>) -> Vec<String> {
        let site = tempfile::tempdir().unwrap();
        let mut text = String::from("# Links\n\n");
        for link in &self.links {
            writeln!(text, "- <{link}>").unwrap();
        }
        std::fs::write(site.path().join("index.md"), text).unwrap();
        println!("{}", self.name);
        let mut ours = Command::new(env!("CARGO_BIN_EXE_postlint"));
        ours.args([
            "check",
            "--online",
            "--allow-private",
            "--isolated",
            "--level",
            "strict",
            "--format",
            "json",
            "--quiet",
            ".",
        ]);
        let run = run(ours, site.path(), port);
        self.show("postlint", &run);
        let own = ours_bad(&run.said);
        // As it comes, it asks a host for ten things at a time, every 50 ms for another.
        let ours = ["--host-concurrency", "2", "--host-request-interval", "1ms", "--max-concurrency", "512"];
        for (name, flags) in [("lychee, our limits", &ours[..]), ("lychee, its own", &[])] {
            let Some(lychee) = lychee else { continue };
            let mut theirs = Command::new(lychee);
            theirs.args(["--no-progress", "--format", "json"]).args(flags).arg("index.md");
            let run = self::run(theirs, site.path(), port);
            self.show(name, &run);
            let other = lychee_bad(&run.said);
            println!(
                "    bad: {} for both, {} only for postlint {:?}, {} only for lychee {:?}",
                own.intersection(&other).count(),
                own.difference(&other).count(),
                own.difference(&other).next(),
                other.difference(&own).count(),
                other.difference(&own).next()
            );
        }
        self.broken(&run)
    }

    fn show(&self, name: &str, run: &Run) {
        let figure = |key: &str| run.figures[key].as_f64().unwrap_or_default();
        println!(
            "  {name:18} {:6.2} s ({:.2} of the ideal), fast hosts done after {:5.2} s, {:4.0} MB, {} requests ({} refused), \
             at most {} at a time per host",
            run.seconds,
            run.seconds / self.ideal(run),
            figure("last_fast"),
            run.megabytes,
            figure("requests"),
            figure("refused"),
            figure("most_open"),
        );
    }

    fn ideal(&self, run: &Run) -> f64 {
        let figure = |key: &str| run.figures[key].as_f64().unwrap_or_default();
        self.pause + figure("longest") / figure("most_open").max(PER_HOST)
    }

    fn broken(&self, run: &Run) -> Vec<String> {
        let figure = |key: &str| run.figures[key].as_f64().unwrap_or_default();
        let mut broken = Vec::new();
        let mut demand = |holds: bool, what: String| {
            if !holds {
                broken.push(format!("{}: {what}", self.name))
            }
        };
        demand(run.seconds <= self.ratio * self.ideal(run), format!("{} s, ideal {} s", run.seconds, self.ideal(run)));
        demand(figure("last_fast") <= self.fast, format!("fast hosts done after {} s", figure("last_fast")));
        demand(figure("most_open") <= PER_HOST, format!("{} requests at a time", figure("most_open")));
        demand(run.megabytes <= 100.0, format!("{} MB", run.megabytes));
        demand(figure("refused") <= 4.0, format!("{} requests while a break was asked for", figure("refused")));
        broken
    }
}

fn run(mut command: Command, site: &Path, port: u16) -> Run {
    let _ = crowd::figures(port);
    let cache = tempfile::tempdir().unwrap();
    let output = std::fs::File::create(cache.path().join("output")).unwrap();
    let began = Instant::now();
    let mut child = command
        .current_dir(site)
        .env("XDG_CACHE_HOME", cache.path())
        .env_remove("CI_NODE_INDEX")
        .stdout(output)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut megabytes = 0.0;
    while child.try_wait().unwrap().is_none() {
        megabytes = most_memory(&child).unwrap_or(megabytes);
        std::thread::sleep(Duration::from_millis(10));
    }
    let seconds = began.elapsed().as_secs_f64();
    let said = std::fs::read_to_string(cache.path().join("output")).unwrap();
    Run { seconds, megabytes, figures: crowd::figures(port), said }
}

fn most_memory(child: &Child) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

/// The URLs that our report is not content with.
fn ours_bad(said: &str) -> BTreeSet<String> {
    let report: Value = serde_json::from_str(said).expect("a report");
    let findings = report["findings"].as_array().unwrap();
    let url = |finding: &Value| Some(finding["message"].as_str()?.split('`').nth(1)?.to_owned());
    findings.iter().filter_map(url).filter(|url| url.starts_with("http")).collect()
}

fn lychee_bad(said: &str) -> BTreeSet<String> {
    let Ok(report) = serde_json::from_str::<Value>(said) else { return BTreeSet::new() };
    let lists = ["error_map", "timeout_map"].map(|key| report[key].as_object().cloned().unwrap_or_default());
    let all = lists.iter().flat_map(|list| list.values()).filter_map(Value::as_array).flatten();
    all.filter_map(|error| Some(error["url"].as_str()?.to_owned())).collect()
}
