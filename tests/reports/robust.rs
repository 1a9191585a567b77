//! Files that changed meanwhile, standard input, full disks, readers that leave, and sizes that must not hurt.

use std::io::{self, Write};

use postlint::finding::Severity;
use postlint::report::{Format, Report, Style, write};
use postlint::source::Span;

use crate::{POST, Site, finding, small, span_of};

#[test]
fn a_changed_file_is_not_shown() {
    let site = small();
    std::fs::write(site.folder.path().join("docs/_posts/2024-01-01-été.md"), POST.replace("zoé", "eve")).unwrap();
    let full = site.shown(Format::Full, Style::default());
    assert!(full.contains("changed since it was checked"), "{full}");
    assert!(!full.contains("eve"));
    let json: serde_json::Value = serde_json::from_str(&site.shown(Format::Json, Style::default())).unwrap();
    assert_eq!(json["findings"][0]["stale"], true);
    assert_eq!(json["findings"][0]["start"]["line"], 1);
    assert_eq!(json["findings"][0]["span"]["start"], 29);
}

#[test]
fn a_file_without_a_stamp_is_not_read() {
    let mut site = small();
    site.outcome.stamps.clear();
    assert!(!site.shown(Format::Full, Style::default()).contains("zoé"));
}

#[test]
fn standard_input_is_shown_from_memory() {
    let mut site = Site::new();
    site.outcome.memory.insert("new.md".into(), POST.to_string());
    site.report(vec![finding("a/b", Severity::Error, "new.md", span_of(POST, "authr"), "no such key")]);
    assert!(site.shown(Format::Concise, Style::default()).starts_with("new.md:3:1: error a/b: no such key\n"));
}

#[test]
fn repaired_findings_stand_where_they_were() {
    let mut site = small();
    let post = "docs/_posts/2024-01-01-été.md";
    site.outcome.before.insert(post.into(), format!("\n\n{POST}"));
    let fixed = finding("a/b", Severity::Error, post, Span::new(31, 36), "x");
    site.outcome.fixed_findings = vec![fixed];
    site.outcome.summary.fixed = 1;
    let json: serde_json::Value = serde_json::from_str(&site.shown(Format::Json, Style::default())).unwrap();
    assert_eq!(json["fixed_findings"][0]["start"], serde_json::json!({"line": 5, "column": 1}));
    assert_eq!(json["findings"][0]["start"], serde_json::json!({"line": 3, "column": 1}));
    assert!(site.shown(Format::Full, Style::default()).contains("1 finding repaired\n"));
    let lines = site.shown(Format::Jsonl, Style::default());
    assert_eq!(lines.lines().filter(|line| line.contains("\"fixed\":true")).count(), 1);
}

/// Takes some bytes, then fails.
struct Failing(usize, io::ErrorKind);

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(self.1.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_leaves_is_no_error_and_a_full_disk_is_one() {
    let site = small();
    let report = Report::new(&site.outcome, Style::default());
    for &format in Format::ALL {
        for room in [0, 10, 200] {
            write(format, &report, &mut Failing(room, io::ErrorKind::BrokenPipe)).unwrap();
            let full = write(format, &report, &mut Failing(room, io::ErrorKind::StorageFull));
            assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull, "{format:?}");
        }
    }
}

#[test]
fn thousands_of_findings_on_one_long_line() {
    // Counting columns from the line's start each time would take minutes.
    let mut site = Site::new();
    site.file("a.md", &"é ".repeat(1_000_000));
    let one = |n: usize| finding("a/b", Severity::Hint, "a.md", Span::new(n * 90, n * 90 + 2), "x");
    site.report((0..30_000).map(one).collect());
    let out = site.shown(Format::Concise, Style::default());
    assert!(out.contains("a.md:1:1799941: hint a/b: x\n"), "{}", out.lines().nth(29_999).unwrap());
    assert_eq!(site.shown(Format::Jsonl, Style::default()).lines().count(), 30_001);
}

#[test]
fn fingerprints_outlive_moved_lines_and_tell_repeats_apart() {
    let prints = |text: &str, words: &[&str]| -> Vec<String> {
        let mut site = Site::new();
        site.file("a.md", text);
        let mut at = 0;
        let mut next = |word: &&str| {
            let start = at + text[at..].find(*word).unwrap();
            at = start + word.len();
            finding("a/b", Severity::Error, "a.md", Span::new(start, at), "x")
        };
        let findings = words.iter().map(&mut next).collect();
        site.report(findings);
        let json: serde_json::Value = serde_json::from_str(&site.shown(Format::Json, Style::default())).unwrap();
        let print = |finding: &serde_json::Value| finding["fingerprint"].as_str().unwrap().to_string();
        json["findings"].as_array().unwrap().iter().map(print).collect()
    };
    let first = prints("bad link, bad link, worse", &["bad link", "bad link", "worse"]);
    let moved = prints("new\n\nlines, bad\n  link, bad link\n\nand worse", &["bad\n  link", "bad link", "worse"]);
    assert_eq!(first, moved);
    assert_ne!(first[0], first[1]);
    assert_ne!(first[0], first[2]);
    assert!(first.iter().all(|print| print.len() == 32));
}
