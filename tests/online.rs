//! An online run from end to end, with servers that are handed their answers: nothing here opens a socket.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

#[path = "rules/answers.rs"]
mod answers;
mod program;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use postlint::config::{self, Config, Sources};
use postlint::engine::{self, Request};
use postlint::finding::Confidence;
use postlint::fix::{self, All, Into};
use postlint::network::answer::{Ask, Pending, Prober};
use postlint::network::archive::Archive;
use postlint::network::ledger::{Ledger, Place};
use postlint::network::online::{Online, Options};
use postlint::network::runner::Nobody;
use postlint::outcome::Outcome;
use postlint::report::{Color, Format, Report, Style, merge, parts, write};
use postlint::rules::format::Answer;
use postlint::rules::meta::Level;
use program::Folder;
use serde_json::Value;

/// What the servers of `fixtures/online` say.
const ANSWERS: &str = r##"{
    "https://garden.example/": 200,
    "https://garden.example/map": {"body": "<title>Map</title><h2 id=north>North</h2><h2 id=east>East</h2>"},
    "https://gone.example/first": {"error": "nxdomain"},
    "https://news.example/2020/article": 410,
    "https://docs.example/guide/start": {"status": 301, "location": "https://manual.example/guide/start"},
    "https://manual.example/guide/start": {"body": "<title>Start</title><h2 id=setup>Setup</h2>"},
    "http://paper.example/a.html": {"body": "<title>Bread</title>"},
    "https://paper.example/a.html": {"body": "<title>Bread</title>"},
    "https://shop.example/bread": {"status": 302, "location": "https://sedo.com/search?domain=shop.example"},
    "https://busy.example/talk": 503,
    "https://pictures.example/loaf.png": {"type": "image/png"}
}"##;

/// Counts the requests.
struct Counted(Arc<dyn Prober>, Mutex<Vec<String>>);

impl Prober for Counted {
    fn ask(&self, ask: Ask) -> Pending<'_> {
        self.1.lock().unwrap().push(ask.url.to_string());
        self.0.ask(ask)
    }
}

fn configuration(folder: &Path) -> Config {
    let mut config =
        config::load(Sources { start: folder, repository: folder, explicit: None, isolated: false }).unwrap();
    config.select(&[], &[], Level::Strict).unwrap();
    config
}

fn handed() -> BTreeMap<String, Answer> {
    serde_json::from_str(ANSWERS).unwrap()
}

fn online(config: &Config, ledger: Ledger, shard: Option<(u32, u32)>, day: &str) -> (Online, Arc<Counted>) {
    let prober = Arc::new(Counted(answers::prober(&handed()).unwrap(), Mutex::default()));
    let options = Options { shard, ..answers::options(config, day.parse().unwrap()).unwrap() };
    (Online::new(prober.clone(), options, ledger, Box::new(Nobody)), prober)
}

/// A folder with one page and a configuration.
fn small(page: &str, configuration: &str) -> Folder {
    let folder = Folder::fixture("online");
    let path = folder.path();
    std::fs::remove_dir_all(path.join("_posts")).unwrap();
    std::fs::write(path.join("index.md"), format!("---\ntitle: A\nlang: en\n---\n{page}")).unwrap();
    std::fs::write(path.join("postlint.yaml"), configuration).unwrap();
    folder
}

fn request<'a>(folder: &Path, config: &'a Config, online: Option<&'a Online>) -> Request<'a> {
    Request {
        base: folder.canonicalize().unwrap(),
        paths: Vec::new(),
        memory: Default::default(),
        config,
        min_confidence: Confidence::Medium,
        now: jiff::civil::date(2024, 6, 1).at(0, 0, 0, 0),
        threads: 2,
        online,
    }
}

fn told(outcome: &Outcome) -> Vec<String> {
    let links =
        outcome.findings.iter().filter(|finding| finding.rule.ends_with("-url") || finding.rule.ends_with("anchor"));
    links.map(|finding| format!("{} {} {}", finding.severity.word(), finding.rule, finding.message)).collect()
}

fn json(outcome: &Outcome) -> Value {
    let mut out = Vec::new();
    let style = Style::new(Color::Never, |_| None, None);
    write(Format::Json, &Report::new(outcome, style), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn every_link_has_its_verdict_at_its_own_place() {
    let folder = Folder::fixture("online");
    let config = configuration(folder.path());
    let (online, prober) = online(&config, Ledger::open(Place::nowhere()), None, "2024-06-01");
    let outcome = engine::check(&request(folder.path(), &config, Some(&online))).unwrap();
    assert_eq!(
        told(&outcome),
        [
            "error links/dead-url `https://news.example/2020/article` is gone for good: its server says 410",
            "error links/dead-url `https://news.example/2020/article#comments` is gone for good: its server says 410",
            "hint links/redirected-url `https://docs.example/guide/start#setup` has moved for good to `https://manual.example/guide/start#setup`",
            "hint links/insecure-url `http://paper.example/a.html` is not encrypted, and the same page is at `https:`",
            "hint links/unverified-url `https://www.linkedin.com/in/nobody` cannot be judged by a program: LinkedIn turns every program away",
            "warning links/hijacked-url `https://shop.example/bread` shows a page that sells or parks the domain (Sedo)",
            "hint links/unverified-url `https://busy.example/talk` has a server that is out of order (503)",
            "warning links/missing-anchor `https://garden.example/map` has no heading or element with the id `south`",
        ]
    );
    let summary = &outcome.summary;
    assert_eq!(summary.hidden.suppressed, 1, "the silenced one");
    let counts = summary.online.unwrap();
    assert_eq!((counts.external_links, counts.checked, counts.unjudged), (10, 10, 2));
    assert_eq!(summary.unchecked.external_links, 0);
    assert_eq!(summary.unchecked.other["external_links_that_could_not_be_judged"], 2);
    let asked = prober.1.lock().unwrap();
    let times = |url: &str| asked.iter().filter(|one| *one == url).count();
    assert_eq!(times("https://garden.example/map"), 1, "once, though it is linked twice");
    assert_eq!(times("https://blog.example/"), 0, "the site's own address is known");
    assert!(!asked.iter().any(|url| url.contains('#') || url.contains("linkedin")), "{asked:?}");
}

#[test]
fn nothing_is_asked_or_said_without_online() {
    let folder = Folder::fixture("online");
    let config = configuration(folder.path());
    let outcome = engine::check(&request(folder.path(), &config, None)).unwrap();
    assert_eq!(told(&outcome), Vec::<String>::new());
    assert_eq!(outcome.summary.unchecked.external_links, 10);
    assert!(outcome.summary.online.is_none());
    assert!(
        !outcome.findings.iter().any(|finding| finding.rule.starts_with("suppressions/")),
        "{:?}",
        outcome.findings
    );
}

#[test]
fn a_repair_asks_every_url_once() {
    let folder = Folder::fixture("online");
    let config = configuration(folder.path());
    let (online, prober) = online(&config, Ledger::open(Place::nowhere()), None, "2024-06-01");
    let request = request(folder.path(), &config, Some(&online));
    let repaired = fix::repair(request, &mut All { risky: false }, &Into::Files(Default::default)).unwrap();
    assert_eq!(repaired.outcome.summary.fixed, 2);
    let text = std::fs::read_to_string(folder.path().join("_posts/2020-05-01-links.md")).unwrap();
    assert!(text.contains("https://manual.example/guide/start#setup") && text.contains("https://paper.example/a.html"));
    let asked = prober.1.lock().unwrap();
    let moved = asked.iter().filter(|url| url.as_str() == "https://docs.example/guide/start").count();
    assert_eq!(moved, 2, "the move was heard twice, and no more: {asked:?}");
}

#[test]
fn what_was_fine_is_not_asked_again_for_a_week() {
    let folder = Folder::fixture("online");
    let cache = tempfile::tempdir().unwrap();
    let config = configuration(folder.path());
    let ledger = || Ledger::open(Place::at(cache.path().join("links.jsonl")));
    let run = |day: &str| {
        let (online, prober) = online(&config, ledger(), None, day);
        let outcome = engine::check(&request(folder.path(), &config, Some(&online))).unwrap();
        let asked = prober.1.lock().unwrap().clone();
        (told(&outcome), asked)
    };
    let (first, asked) = run("2024-06-01");
    let (second, again) = run("2024-06-02");
    // What is remembered is reported all the same, but for the page whose fragment must be looked for again.
    assert_eq!(first, second);
    assert!(again.len() < asked.len(), "{again:?}");
    let fine = ["https://garden.example/", "https://pictures.example/loaf.png", "https://docs.example/guide/start"];
    assert!(!again.iter().any(|url| fine.contains(&url.as_str())), "{again:?}");
    assert!(again.iter().any(|url| url == "https://news.example/2020/article"), "a failure is always asked again");
    // On the third day the server that is out of order counts as dead.
    let (third, _) = run("2024-06-03");
    let dead = "error links/dead-url `https://busy.example/talk` has a server that is out of order (503), on 3 days";
    assert!(third.contains(&dead.to_owned()), "{third:#?}");
    assert!(run("2024-07-20").1.len() < asked.len(), "the move needs to be heard once only");
}

#[test]
fn a_dead_page_is_looked_for_in_the_archive_as_the_post_knew_it() {
    let folder = Folder::fixture("online");
    let config = configuration(folder.path());
    let copy = "https://archive.example/web/20200503101500/https://news.example/2020/article";
    let closest =
        format!(r#"{{"archived_snapshots":{{"closest":{{"available":true,"status":"200","url":"{copy}"}}}}}}"#);
    let mut answers = handed();
    // The question names the day of the post.
    let question =
        "https://archive.example/available?url=https%3A%2F%2Fnews.example%2F2020%2Farticle&timestamp=20200501*";
    let json =
        |body: &str| serde_json::from_value::<Answer>(serde_json::json!({"type": "application/json", "body": body}));
    answers.insert(question.to_owned(), json(&closest).unwrap());
    answers.insert("https://archive.example/available*".to_owned(), json(r#"{"archived_snapshots":{}}"#).unwrap());
    answers.insert(copy.to_owned(), serde_json::from_str("200").unwrap());
    let archive = Some(Archive::new(url::Url::parse("https://archive.example/available").unwrap()));
    let options = Options { archive, ..answers::options(&config, "2024-06-01".parse().unwrap()).unwrap() };
    let prober = answers::prober(&answers).unwrap();
    let online = Online::new(prober, options, Ledger::open(Place::nowhere()), Box::new(Nobody));
    let outcome = engine::check(&request(folder.path(), &config, Some(&online))).unwrap();
    let dead: Vec<_> = outcome.findings.iter().filter(|finding| &*finding.rule == "links/dead-url").collect();
    assert_eq!(dead.len(), 2);
    for finding in dead {
        assert!(finding.help.as_ref().unwrap().contains("a copy of 2020-05-03"), "{:?}", finding.help);
        assert!(finding.applicable(false).is_none(), "whether a copy will do is for the writer to say");
        assert_eq!(finding.applicable(true).unwrap().edits[0].text, copy);
    }
}

#[test]
fn shards_make_one_report() {
    let folder = Folder::fixture("online");
    let config = configuration(folder.path());
    let run = |shard: Option<(u32, u32)>| {
        let (online, _) = online(&config, Ledger::open(Place::nowhere()), shard, "2024-06-01");
        engine::check(&request(folder.path(), &config, Some(&online))).unwrap()
    };
    let outcome = run(None);
    let whole = json(&outcome);
    let parts: Vec<(String, Value)> =
        (1..=3).map(|index| (format!("{index}.json"), json(&run(Some((index, 3)))))).collect();
    let checked: Vec<u64> =
        parts.iter().map(|(_, part)| part["summary"]["online"]["checked"].as_u64().unwrap()).collect();
    assert!(checked.iter().sum::<u64>() == 10 && checked.iter().all(|n| *n < 10), "{checked:?}");
    let merged = merge::merge(parts).unwrap();
    assert_eq!(merged["findings"], whole["findings"]);
    for key in ["files", "errors", "warnings", "hints", "fixable", "hidden", "unchecked"] {
        assert_eq!(merged["summary"][key], whole["summary"][key], "{key}");
    }
    // In every format, with the excerpts of the files as they are; where they are not, or others, without.
    let shown = |outcome: &Outcome, format: Format| {
        let mut out = Vec::new();
        write(format, &Report::new(outcome, Style::new(Color::Never, |_| None, None)), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        // What a generator is called and the site's language are not in the document.
        text.lines().filter(|line| !line.contains("here: a ")).map(|line| format!("{line}\n")).collect::<String>()
    };
    let read = parts::outcome(&merged, folder.path()).unwrap();
    for format in Format::ALL.iter().filter(|format| !matches!(format, Format::Json | Format::Jsonl)) {
        assert_eq!(shown(&read, *format), shown(&outcome, *format), "{format:?}");
    }
    let concise = shown(&outcome, Format::Concise);
    let page = folder.path().join("_posts/2020-05-01-links.md");
    let text = std::fs::read_to_string(&page).unwrap();
    std::fs::write(&page, text.replace("busy.example", "idle.example")).unwrap();
    for base in [folder.path(), Path::new("/nowhere")] {
        let elsewhere = parts::outcome(&merged, base).unwrap();
        assert_eq!(shown(&elsewhere, Format::Concise), concise);
        assert!(!shown(&elsewhere, Format::Full).contains("on a server that is out of order"));
    }
}

#[test]
fn however_many_shards_there_are_they_make_the_same_report() {
    let folder = Folder::fixture("online");
    let config = configuration(folder.path());
    let run = |shard: Option<(u32, u32)>| {
        let (online, prober) = online(&config, Ledger::open(Place::nowhere()), shard, "2024-06-01");
        let report = json(&engine::check(&request(folder.path(), &config, Some(&online))).unwrap());
        let mut hosts: Vec<String> = prober.1.lock().unwrap().clone();
        hosts.sort();
        (report, hosts)
    };
    let (whole, all) = run(None);
    for of in [1, 2, 4, 7, 30] {
        let (parts, asked): (Vec<Value>, Vec<Vec<String>>) = (1..=of).map(|index| run(Some((index, of)))).unzip();
        let merged =
            merge::merge(parts.into_iter().enumerate().map(|(n, part)| (format!("{n}.json"), part)).collect()).unwrap();
        assert_eq!(merged["findings"], whole["findings"], "{of}");
        for key in ["external_links", "checked", "unjudged"] {
            assert_eq!(merged["summary"]["online"][key], whole["summary"]["online"][key], "{of} {key}");
        }
        let mut asked = asked.concat();
        asked.sort();
        assert_eq!(asked, all, "{of}: each request is one part's, and no part's twice");
    }
}

#[test]
fn entries_of_ignore_have_an_end_and_a_use() {
    let configuration = "network:\n  ignore:\n    - { url: 'https://news.example/**', until: 2024-06-01, reason: being moved }\n    \
                         - { url: 'https://gone.example/**', until: 2024-05-31 }\n    - { url: 'https://nowhere.example/**' }\n";
    let folder = small("[a](https://news.example/2020/article) [b](https://gone.example/first)\n", configuration);
    let config = self::configuration(folder.path());
    let (online, prober) = online(&config, Ledger::open(Place::nowhere()), None, "2024-06-01");
    let outcome = engine::check(&request(folder.path(), &config, Some(&online))).unwrap();
    assert_eq!(told(&outcome), ["error links/dead-url `https://gone.example/first` has a host that does not exist"]);
    assert!(!prober.1.lock().unwrap().iter().any(|url| url.contains("news.example")));
    let notes = online.notes(true);
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(
        notes[0].contains("gone.example") && notes[0].contains("has expired, so its links are asked again"),
        "{notes:?}"
    );
    assert!(notes[1].contains("nowhere.example") && notes[1].contains("matches no link: remove it"), "{notes:?}");
    assert_eq!(online.notes(false).len(), 1, "who looks at some pages does not know what the others link to");
}

/// A network in which every connection to a public server hangs.
struct Walled;

impl Prober for Walled {
    fn ask(&self, _: Ask) -> Pending<'_> {
        let hangs = postlint::network::answer::Failure::Timeout(postlint::network::answer::Phase::Connect);
        Box::pin(std::future::ready(Err(hangs)))
    }
}

#[test]
fn what_a_firewall_on_our_side_does_is_held_against_nobody() {
    let of = |hosts: u32| {
        let page: String = (0..hosts).map(|n| format!("[x](https://h{n}.example/)\n\n")).collect();
        let folder = small(&page, "network: { strikes: { unreachable: 1 } }\n");
        let config = configuration(folder.path());
        let options = answers::options(&config, "2024-06-01".parse().unwrap()).unwrap();
        let online = Online::new(Arc::new(Walled), options, Ledger::open(Place::nowhere()), Box::new(Nobody));
        let outcome = engine::check(&request(folder.path(), &config, Some(&online))).unwrap();
        let dead = told(&outcome).iter().filter(|line| line.contains("dead-url")).count();
        (dead, told(&outcome).len(), online.notes(true))
    };
    let (dead, all, notes) = of(12);
    assert_eq!((dead, all), (0, 12), "each is told as not verified");
    assert!(notes[0].contains("none of 12 servers answered: is there a proxy or a firewall on the way?"), "{notes:?}");
    let (dead, all, notes) = of(3);
    assert_eq!((dead, all, notes.len()), (3, 3, 0), "three servers may well be gone");
}

/// Every connection hangs but that to one server.
struct Spared;

impl Prober for Spared {
    fn ask(&self, ask: Ask) -> Pending<'_> {
        if ask.url.host_str() != Some("fine.example") {
            return Walled.ask(ask);
        }
        Box::pin(std::future::ready(Ok(postlint::network::answer::Response::new(200))))
    }
}

#[test]
fn servers_that_are_gone_get_their_strikes_where_all_others_are_spared() {
    let page: String = (0..12).map(|n| format!("[x](https://h{n}.example/)\n\n")).collect();
    let folder = small(&(page + "[y](https://fine.example/)\n"), "network: { strikes: { unreachable: 3 } }\n");
    let config = configuration(folder.path());
    let cache = tempfile::tempdir().unwrap();
    let dead = |day: &str| {
        let options = answers::options(&config, day.parse().unwrap()).unwrap();
        let ledger = Ledger::open(Place::at(cache.path().join("links.jsonl")));
        let online = Online::new(Arc::new(Spared), options, ledger, Box::new(Nobody));
        let outcome = engine::check(&request(folder.path(), &config, Some(&online))).unwrap();
        assert!(online.notes(true).is_empty(), "{:?}", online.notes(true));
        told(&outcome).iter().filter(|line| line.contains("dead-url")).count()
    };
    assert_eq!(["2024-06-01", "2024-06-02", "2024-06-03"].map(dead), [0, 0, 12]);
}

#[test]
fn a_merged_report_has_every_format_and_ends_like_a_run() {
    let one = Folder::with(&[("index.md", "# A\n\n[a](gone.md)\n")]);
    let two = Folder::with(&[("sub/index.md", "# B\n\n[b]()\n"), ("sub/b.md", "# C\n")]);
    let both = tempfile::tempdir().unwrap();
    for (name, folder) in [("1.json", &one), ("2.json", &two)] {
        std::fs::write(both.path().join(name), folder.run(&["--format", "json"]).out).unwrap();
    }
    let merge = |flags: &[&str]| {
        let mut command = program::postlint(both.path());
        program::run(command.args(["merge", "1.json", "2.json"]).args(flags))
    };
    let plain = merge(&[]);
    assert_eq!((plain.code, plain.json()["findings"].as_array().unwrap().len()), (1, 2), "{plain:?}");
    let run = merge(&["--format", "concise", "--format", "jsonl=all.jsonl", "--fail-on", "never"]);
    assert_eq!((run.code, run.findings().len()), (0, 2), "{run:?}");
    assert!(run.out.starts_with("index.md:3:5: error links/missing-page"), "{}", run.out);
    assert_eq!(std::fs::read_to_string(both.path().join("all.jsonl")).unwrap().lines().count(), 3);
    // A report from elsewhere shows no file from here, and nothing that is none.
    let mut forged = plain.json();
    forged["findings"][0]["file"] = "../../../../../../etc/passwd".into();
    std::fs::write(both.path().join("1.json"), forged.to_string()).unwrap();
    let mut command = program::postlint(both.path());
    let run = program::run(command.args(["merge", "1.json", "--format", "full"]));
    assert!(run.code == 1 && !run.out.contains("root:"), "{run:?}");
    forged["findings"][0]["span"] = serde_json::json!({"start": 9, "end": 3});
    std::fs::write(both.path().join("1.json"), forged.to_string()).unwrap();
    let run = program::run(program::postlint(both.path()).args(["merge", "1.json", "--format", "full"]));
    assert!(run.code == 2 && run.err.contains("ends before it starts"), "{run:?}");
}

#[test]
fn flags_of_an_online_run_need_one() {
    let folder = Folder::fixture("online");
    for flags in [&["--allow-private"][..], &["--budget", "9s"], &["--shard", "1/2"], &["--archive"]] {
        let run = folder.check(flags);
        assert_eq!(run.code, 2, "{flags:?}");
        assert!(run.err.contains("--online"), "{}", run.err);
    }
    for (flag, value) in [("--budget", "soon"), ("--shard", "3/2")] {
        let run = folder.check(&["--online", flag, value]);
        assert_eq!(run.code, 2, "{flag} {value}");
    }
}

/// What a run finds, what it counts, what it asks.
fn run_of(folder: &Folder, asks: bool) -> (Outcome, Vec<String>) {
    let config = configuration(folder.path());
    let (online, prober) = online(&config, Ledger::open(Place::nowhere()), None, "2024-06-01");
    let outcome = engine::check(&request(folder.path(), &config, asks.then_some(&online))).unwrap();
    let asked = prober.1.lock().unwrap().clone();
    (outcome, asked)
}

#[test]
fn what_is_silenced_everywhere_is_not_asked() {
    let all = "links/dead-url links/redirected-url links/hijacked-url links/insecure-url links/unverified-url";
    let folder = small(
        &format!(
            "<!-- postlint-ignore {all}: kept -->\n[a](https://gone.example/first) and [b](https://garden.example/map).\n\n\
             [c](https://garden.example/map)\n\n<!-- postlint-ignore links: kept -->\n\
             [d](https://news.example/2020/article#x)\n\n<!-- postlint-ignore links/dead-url: kept -->\n\
             [e](https://busy.example/talk)\n"
        ),
        "",
    );
    let (outcome, asked) = run_of(&folder, true);
    assert!(!asked.iter().any(|url| url.contains("gone.example") || url.contains("news.example")), "{asked:?}");
    assert!(asked.iter().any(|url| url.contains("garden.example")), "it is linked elsewhere as well");
    assert!(asked.iter().any(|url| url.contains("busy.example")), "there is more to say about it");
    let counts = outcome.summary.online.unwrap();
    assert_eq!((counts.external_links, counts.checked, counts.left.silenced), (4, 2, 2));
    assert_eq!(outcome.summary.unchecked.external_links, 2);
    let unused =
        |outcome: &Outcome| outcome.findings.iter().filter(|finding| &*finding.rule == "suppressions/unused").count();
    assert_eq!(unused(&outcome), 0, "{:?}", outcome.findings);
    assert_eq!(unused(&run_of(&folder, false).0), 0);
}

#[test]
fn silence_for_an_anchor_of_another_site_is_not_unused_where_nobody_looked() {
    let folder = small(
        "<!-- postlint-ignore links/missing-anchor: comes and goes -->\n[a](https://garden.example/map#south)\n\n\
         <!-- postlint-ignore links/missing-anchor: nothing here has one -->\n[b](https://garden.example/map) and [c](#x)\n",
        "",
    );
    let unused = |online: bool| -> Vec<u32> {
        let (outcome, _) = run_of(&folder, online);
        let unused = outcome.findings.iter().filter(|finding| &*finding.rule == "suppressions/unused");
        unused.map(|finding| finding.span.start).collect()
    };
    assert_eq!(unused(false), Vec::<u32>::new());
    assert_eq!(unused(true), Vec::<u32>::new());
    let text = std::fs::read_to_string(folder.path().join("index.md")).unwrap().replace(" and [c](#x)", "");
    std::fs::write(folder.path().join("index.md"), text).unwrap();
    assert_eq!(unused(false).len(), 1, "no link with a fragment is behind it");
}

#[test]
fn what_robots_txt_forbids_is_counted_and_not_asked() {
    let page = "[a](https://garden.example/map) [b](https://garden.example/private/x) [c](https://gone.example/)\n";
    let folder = small(page, "network: { robots: true, ignore: [{ url: \"https://busy.example/**\" }] }");
    let mut answers = handed();
    let rules = r#"{"type": "text/plain", "body": "User-agent: *\nDisallow: /private\n"}"#;
    answers.insert("https://garden.example/robots.txt".to_owned(), serde_json::from_str(rules).unwrap());
    let config = configuration(folder.path());
    let prober = Arc::new(Counted(answers::prober(&answers).unwrap(), Mutex::default()));
    let options = answers::options(&config, "2024-06-01".parse().unwrap()).unwrap();
    let online = Online::new(prober.clone(), options, Ledger::open(Place::nowhere()), Box::new(Nobody));
    let outcome = engine::check(&request(folder.path(), &config, Some(&online))).unwrap();
    let asked = prober.1.lock().unwrap();
    assert!(!asked.iter().any(|url| url.contains("/private")), "{asked:?}");
    assert_eq!(asked.iter().filter(|url| url.ends_with("/robots.txt")).count(), 2, "{asked:?}");
    assert_eq!(told(&outcome).len(), 1, "the host that is gone");
    let counts = outcome.summary.online.unwrap();
    assert_eq!((counts.external_links, counts.checked, counts.left.robots), (3, 2, 1));
    let mut out = Vec::new();
    let style = Style::new(Color::Never, |_| None, None);
    write(Format::Full, &Report::new(&outcome, style), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("not checked: 1 external link (1 by robots.txt)"), "{text}");
    assert!(online.notes(true).iter().any(|note| note.contains("matches no link")), "{:?}", online.notes(true));
}

#[test]
fn addresses_that_are_none_or_monsters_are_counted_and_nothing_more() {
    let mut page: String = [
        "https://b\u{fc}cher.example/",
        "https://\u{430}\u{440}\u{440}\u{4cf}\u{435}.com/",
        "https://example.org:99999/",
        "https://example.org:0/",
        "http://[::1/",
        "https://xn--zzzzzz99.example/",
        "https://a..b.example/",
        "//",
        "mailto:nobody",
    ]
    .iter()
    .map(|url| format!("[x]({url})\n\n"))
    .collect();
    page.push_str(&format!("[long](https://example.org/{})\n\n", "x".repeat(1 << 20)));
    (0..20_000).for_each(|n| page.push_str(&format!("[x](https://host{}.example/p/{n}#y)\n", n % 500)));
    let folder = small(&page, "");
    let (outcome, asked) = run_of(&folder, true);
    let counts = outcome.summary.online.unwrap();
    assert!(counts.external_links > 20_000 && counts.checked >= 20_000, "{counts:?}");
    assert!(counts.left.no_address > 0, "{counts:?}");
    assert_eq!(counts.checked + counts.left.no_address, counts.external_links, "{counts:?}");
    assert!(asked.iter().any(|url| url == "https://xn--bcher-kva.example/"), "asked in the spelling of the network");
    assert!(outcome.findings.iter().all(|finding| &*finding.rule != "file/internal"));
}
