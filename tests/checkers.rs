//! Other checkers' own fixtures: what they expect of them, beside what we say, with each difference explained.
//!
//! Extra: `POSTLINT_CHECKERS` names a folder with checkouts of HiDeoo/starlight-links-validator and serokell/xrefcheck, each
//! in a folder of its own name. Nothing of theirs is kept here. Without it the test says that it skipped.
//!
//! html-proofer's fixtures are HTML pages, of which we read none; lychee's were compared by hand, see CONTRIBUTING.md.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A line of a fixture: path and number.
type Line = (String, u64);

/// Why a fixture's lines differ: how many only they report, how many only we, and who is right.
struct Difference(&'static str, usize, usize, &'static str);

const STARLIGHT: &[Difference] = &[
    Difference(
        "base-path",
        24,
        0,
        "20 without the folder, which the writers leave out as often as not; 4 own URLs at example.com",
    ),
    Difference(
        "custom-ids",
        0,
        1,
        "`#heading-with-custom-id`: the plugin takes the heading's own id away, so the link is dead",
    ),
    Difference("exclude", 0, 7, "left out by an option of the plugin"),
    Difference("exclude-fn", 0, 2, "left out by an option of the plugin"),
    Difference("fail-on-error", 0, 1, "they report it and go on"),
    Difference(
        "fallback-invalid-links",
        2,
        1,
        "we do not know the ids of pages shown in place of missing translations; `/` is no page there, and they leave it to a redirect",
    ),
    Difference("fallback-prevent-links", 4, 0, "a policy: such links work"),
    Difference("fallback-root-invalid-links", 2, 1, "as in fallback-invalid-links"),
    Difference("inconsistent-locale", 10, 0, "a policy: such links work"),
    Difference("inconsistent-locale-root", 14, 0, "a policy: such links work"),
    Difference(
        "invalid-hashes-invalid-links",
        1,
        9,
        "an option: they leave fragments alone; one link is told at its definition",
    ),
    Difference("invalid-hashes-valid-links", 0, 13, "an option: they leave fragments alone"),
    Difference(
        "invalid-links",
        21,
        4,
        "4 of a component named by an option, 4 relative ones that work, 7 of pages or redirects in code, 1 `http://localhost`, 1 fragment behind a redirect, 4 told at the definition",
    ),
    Difference("relative-ignore", 4, 0, "the configuration's own code changes links, so we judge none that seems dead"),
    Difference("same-site-error", 6, 0, "a policy; we take example.com for nobody's"),
    Difference("same-site-validate", 3, 0, "we take example.com for nobody's"),
    Difference("trailing-always", 6, 0, "a policy: servers answer both"),
    Difference("trailing-never", 6, 0, "a policy: servers answer both"),
    Difference(
        "valid-links",
        0,
        4,
        "a dead link in a draft, one in a component that they are told to leave out, 2 to localhost by an option",
    ),
];

const XREFCHECK: &[Difference] = &[
    Difference("check-anchors", 2, 0, "a policy: which of two equal headings is meant"),
    Difference("check-backslash", 0, 1, "their test makes a file with a backslash in its name"),
];

fn checkout(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("POSTLINT_CHECKERS") else {
        eprintln!("skipped: POSTLINT_CHECKERS names no folder with the checkouts of other checkers");
        return None;
    };
    let checkout = Path::new(&folder).join(name);
    assert!(checkout.is_dir(), "{} is not there", checkout.display());
    Some(checkout)
}

/// The lines that we report links or images in.
fn ours(fixture: &Path, below: &str) -> BTreeSet<Line> {
    let copy = tempfile::tempdir().unwrap();
    let copied = std::process::Command::new("cp").arg("-r").arg(fixture.join(".")).arg(copy.path()).status().unwrap();
    assert!(copied.success());
    let run = program::run(program::postlint(copy.path()).args(["check", ".", "--format", "json"]));
    let report = run.json();
    let findings = report["findings"].as_array().unwrap().iter();
    let of_links = findings
        .filter(|finding| ["links/", "images/"].iter().any(|room| finding["rule"].as_str().unwrap().starts_with(room)));
    of_links
        .map(|finding| {
            let file = finding["file"].as_str().unwrap();
            let file = file.strip_prefix(below).unwrap_or(file);
            (file.to_owned(), finding["start"]["line"].as_u64().unwrap())
        })
        .collect()
}

/// Compares, and lists what the table does not explain.
fn compare(expected: &BTreeMap<String, BTreeSet<Line>>, fixtures: &Path, below: &str, table: &[Difference]) {
    let mut wrong = Vec::new();
    let mut lines = 0;
    for (fixture, theirs) in expected {
        let ours = ours(&fixtures.join(fixture), below);
        let (only_theirs, only_ours): (Vec<_>, Vec<_>) =
            (theirs.difference(&ours).collect(), ours.difference(theirs).collect());
        lines += theirs.len();
        let known = table.iter().find(|difference| difference.0 == fixture).map_or((0, 0), |known| (known.1, known.2));
        if known != (only_theirs.len(), only_ours.len()) {
            wrong.push(format!("{fixture}: known are {known:?}; only theirs {only_theirs:?}, only ours {only_ours:?}"));
        }
    }
    assert!(lines > 20, "only {lines} expectations were read");
    for Difference(fixture, _, _, why) in table {
        assert!(expected.contains_key(*fixture), "{fixture} is no fixture any more ({why})");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn starlight_links_validator() {
    let Some(checkout) = checkout("starlight-links-validator") else { return };
    let tests = checkout.join("packages/starlight-links-validator/tests");
    let mut expected: BTreeMap<String, BTreeSet<Line>> = BTreeMap::new();
    for test in std::fs::read_dir(&tests).unwrap().map(|entry| entry.unwrap().path()) {
        if !test.to_str().unwrap().ends_with(".test.ts") {
            continue;
        }
        let (mut fixture, mut file) = (None, String::new());
        for line in std::fs::read_to_string(&test).unwrap().lines() {
            let quoted = |after: &str| line.split_once(after)?.1.split('\'').next().map(str::to_owned);
            if let Some(name) =
                quoted("buildFixture('").filter(|name| tests.join("fixtures").join(name).join("src").is_dir())
            {
                expected.entry(name.clone()).or_default();
                fixture = Some(name);
            }
            file = quoted("expectValidationErrors(output, '").unwrap_or(file);
            let number = line.trim_start().strip_prefix("['").and_then(|_| {
                let rest = line.split_once("ValidationErrorType.")?.1.split_once(", ")?.1;
                rest.split([']', ',']).next()?.trim().parse().ok()
            });
            if let (Some(fixture), Some(number)) = (&fixture, number) {
                expected.get_mut(fixture).unwrap().insert((file.clone(), number));
            }
        }
    }
    compare(&expected, &tests.join("fixtures"), "src/content/docs/", STARLIGHT);
}

#[test]
fn xrefcheck() {
    let Some(checkout) = checkout("xrefcheck") else { return };
    let golden = checkout.join("tests/golden");
    let mut expected: BTreeMap<String, BTreeSet<Line>> = BTreeMap::new();
    // Those that need no option of theirs and no file that the test makes.
    for fixture in [
        "check-anchors",
        "check-backslash",
        "check-case-sensitivity-path",
        "check-footnotes",
        "check-ignoreLocalRefsTo",
        "check-local-refs",
    ] {
        let lines = expected.entry(fixture.to_owned()).or_default();
        for name in ["expected1.gold", "expected2.gold", "expected.gold"] {
            // The later ones of this fixture are for other roots.
            if fixture == "check-local-refs" && name != "expected1.gold" {
                continue;
            }
            let text = std::fs::read_to_string(golden.join(fixture).join(name)).unwrap_or_default();
            for line in text.lines().filter(|line| line.ends_with(": bad reference:")) {
                let mut parts = line.split(':');
                let file = parts.next().unwrap().to_owned();
                lines.insert((file, parts.next().unwrap().parse().unwrap()));
            }
        }
    }
    compare(&expected, &golden, "", XREFCHECK);
}
