//! What the ledger keeps, forgets and refuses; time is a value.

use std::fs;

use jiff::SignedDuration;

use super::*;
use crate::network::answer::Method;
use crate::network::headers::Validators;
use crate::network::verdict::{Gone, Trouble};

const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

fn at(day: i64) -> Timestamp {
    let start: Timestamp = "2024-01-01T12:00:00Z".parse().unwrap();
    start + SignedDuration::from_hours(24 * day)
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn judged(verdict: Verdict) -> Judged {
    let validators = Validators { etag: Some("\"x\"".to_owned()), last_modified: None };
    Judged { verdict, status: Some(200), end: None, page: None, secure: None, validators, asked: Method::Head }
}

fn open(folder: &std::path::Path) -> Ledger {
    Ledger::open(Place::at(folder.join("cache/links.jsonl")))
}

#[test]
fn a_good_record_is_believed_longer_each_time() {
    let a = url("https://a.example/");
    let mut entry = None;
    let mut believed = Vec::new();
    let mut day = 0;
    for _ in 0..6 {
        let now = Entry::after(entry.as_ref(), &a, &judged(Verdict::Alive), &[], at(day));
        let until = (1..200).find(|later| now.still_fine(at(day + later), WEEK).is_none()).unwrap();
        believed.push(until);
        day += until;
        entry = Some(now);
    }
    assert!(believed.is_sorted() && believed[0] <= 9 && believed[0] >= 5, "{believed:?}");
    assert!(believed[5] > 3 * believed[0] && believed[5] <= 35, "{believed:?}");
}

#[test]
fn urls_of_one_day_do_not_fall_due_on_one_day() {
    let mut days = BTreeMap::new();
    for number in 0..200 {
        let entry =
            Entry::after(None, &url(&format!("https://a.example/{number}")), &judged(Verdict::Alive), &[], at(0));
        let due = (1..30).find(|day| entry.still_fine(at(*day), WEEK).is_none()).unwrap();
        *days.entry(due).or_insert(0) += 1;
    }
    assert!(days.len() >= 3 && days.values().all(|count| *count < 120), "{days:?}");
}

#[test]
fn failures_are_counted_by_days_and_never_believed() {
    let a = url("https://a.example/");
    let dead = judged(Verdict::Unreachable(Trouble::Timeout));
    let mut entry = Entry::after(None, &a, &judged(Verdict::Alive), &[], at(0));
    for day in [1, 1, 2, 5] {
        entry = Entry::after(Some(&entry), &a, &dead, &[], at(day));
        assert!(entry.still_fine(at(day), WEEK).is_none());
        assert_eq!(entry.validators(), Validators::default());
    }
    assert_eq!((entry.strikes.len(), entry.record), (3, 0));
    assert_eq!(entry.fine, Some("2024-01-01".parse().unwrap()));
    entry = Entry::after(Some(&entry), &a, &judged(Verdict::Alive), &[], at(6));
    assert!(entry.strikes.is_empty());
}

#[test]
fn a_clock_that_went_back_makes_everything_due() {
    let entry = Entry::after(None, &url("https://a.example/"), &judged(Verdict::Alive), &[], at(5));
    assert!(entry.still_fine(at(4), WEEK).is_none());
}

#[test]
fn what_is_written_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(folder.path());
    assert!(ledger.notes().is_empty());
    ledger.record(&url("https://b.example/"), &judged(Verdict::Gone(Gone::Status(404))), &[], at(0));
    ledger.record(&url("https://a.example/é"), &judged(Verdict::Alive), &["one".to_owned()], at(0));
    ledger.save(at(0)).unwrap();
    let again = open(folder.path());
    assert_eq!(again.entries, ledger.entries);
    assert_eq!(again.entries.len(), 2);
    let names: Vec<_> = fs::read_dir(folder.path().join("cache")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("tmp")), "{names:?}");
}

#[test]
fn two_runs_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let path = path.clone();
            std::thread::spawn(move || {
                for number in 0..25 {
                    let mut ledger = open(&path);
                    let own = url(&format!("https://a.example/{thread}/{number}"));
                    ledger.record(&own, &judged(Verdict::Alive), &[], at(0));
                    ledger.record(
                        &url("https://a.example/both"),
                        &judged(Verdict::Unreachable(Trouble::Timeout)),
                        &[],
                        at(thread),
                    );
                    ledger.save(at(0)).unwrap();
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let ledger = open(folder.path());
    assert!(ledger.notes().is_empty(), "{:?}", ledger.notes());
    assert_eq!(ledger.entries.len(), 101);
    assert_eq!(ledger.entries["https://a.example/both"].strikes.len(), 4);
}

#[test]
fn a_damaged_file_is_used_as_far_as_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(folder.path());
    for name in ["a", "b", "c"] {
        ledger.record(&url(&format!("https://{name}.example/")), &judged(Verdict::Alive), &[], at(0));
    }
    ledger.save(at(0)).unwrap();
    let path = folder.path().join("cache/links.jsonl");
    let whole = fs::read(&path).unwrap();
    for offset in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[offset] ^= 0x15;
        let mut notes = Vec::new();
        let read = file::parse(&String::from_utf8_lossy(&bytes), &mut notes);
        assert!(read.iter().all(|(url, entry)| ledger.entries.get(url) == Some(entry)), "{offset}");
        assert!(read.len() == 3 || !notes.is_empty(), "{offset}");
    }
    fs::write(&path, b"\xff\xfe nothing of the kind").unwrap();
    let ledger = open(folder.path());
    assert!(ledger.entries.is_empty());
    assert_eq!(ledger.notes().len(), 1);
}

#[test]
fn entries_of_two_branches_are_merged() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(folder.path());
    ledger.record(&url("https://a.example/"), &judged(Verdict::Unreachable(Trouble::Timeout)), &[], at(1));
    ledger.save(at(1)).unwrap();
    let path = folder.path().join("cache/links.jsonl");
    let one = fs::read_to_string(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let mut ledger = open(folder.path());
    ledger.record(&url("https://a.example/"), &judged(Verdict::Unreachable(Trouble::Timeout)), &[], at(2));
    ledger.save(at(2)).unwrap();
    let both = one + fs::read_to_string(&path).unwrap().lines().nth(1).unwrap() + "\n";
    let read = file::parse(&both, &mut Vec::new());
    assert_eq!(read["https://a.example/"].strikes.len(), 2);
}

#[test]
fn a_pull_request_does_not_bring_its_own_answers() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path();
    let git = |arguments: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.arg("-C").arg(base).args(["-c", "user.name=t", "-c", "user.email=t@example.org"]).args(arguments);
        assert!(git.output().unwrap().status.success(), "{arguments:?}");
    };
    let text = |name: &str| {
        let mut entries = BTreeMap::new();
        let url = url(&format!("https://{name}.example/"));
        entries.insert(url.to_string(), Entry::after(None, &url, &judged(Verdict::Alive), &[], at(0)));
        file::write(entries.values())
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    fs::write(base.join("ledger.jsonl"), text("target")).unwrap();
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "x"]);
    git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    fs::write(base.join("ledger.jsonl"), text("pull")).unwrap();
    let open = |env: &dyn Fn(&str) -> Option<String>| Ledger::open(Place::find(base, Some("ledger.jsonl"), env));
    assert!(open(&|_| None).get(&url("https://pull.example/")).is_some());
    let pull = |name: &str| (name == "GITHUB_BASE_REF").then(|| "main".to_owned());
    let mut ledger = open(&pull);
    assert!(ledger.get(&url("https://pull.example/")).is_none());
    assert!(ledger.get(&url("https://target.example/")).is_some());
    ledger.record(&url("https://new.example/"), &judged(Verdict::Alive), &[], at(0));
    ledger.save(at(0)).unwrap();
    assert_eq!(fs::read_to_string(base.join("ledger.jsonl")).unwrap(), text("pull"), "it is only read");
    let absent = |name: &str| (name == "GITHUB_BASE_REF").then(|| "other".to_owned());
    assert_eq!(open(&absent).notes().len(), 1);
}

#[test]
fn the_cache_never_lies_in_the_checkout() {
    let place = |folder: &str| {
        let folder = folder.to_owned();
        Place::find(std::path::Path::new("/work/site"), None, &move |name| {
            (name == "XDG_CACHE_HOME").then(|| folder.clone())
        })
    };
    assert_eq!(place("/home/me/.cache").file.unwrap(), std::path::Path::new("/home/me/.cache/postlint/links.jsonl"));
    let inside = place("/work/site/.cache");
    assert!(inside.file.is_none() && inside.notes.len() == 1);
}

#[test]
fn what_was_found_with_private_networks_open_is_not_believed_without() {
    let folder = tempfile::tempdir().unwrap();
    let inner = url("https://wiki.example/");
    let mut with = open(folder.path()).with_private(true);
    with.record(&inner, &judged(Verdict::Alive), &[], at(0));
    with.save(at(0)).unwrap();
    assert!(open(folder.path()).get(&inner).is_none());
    assert!(open(folder.path()).with_private(true).get(&inner).unwrap().still_fine(at(1), WEEK).is_some());
    // What a run without finds is believed by both.
    let mut without = open(folder.path());
    without.record(&inner, &judged(Verdict::Gone(Gone::Status(404))), &[], at(2));
    without.save(at(2)).unwrap();
    for private in [true, false] {
        assert_eq!(open(folder.path()).with_private(private).get(&inner).unwrap().verdict, "gone");
    }
}
