//! What holds for every repair, of small pages put together at random and of whole sites (`POSTLINT_SITES`, folders
//! separated as in `PATH`): twice is once, nothing new is found, nothing else is changed, no order matters.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed step of a test is a failed test"
)]

use std::path::Path;

use postlint::config::{self, Config, Sources};
use postlint::engine::Request;
use postlint::finding::{Edit, FilePath, Finding, Fix, Safety};
use postlint::fix::{self, All, Into, Patch, Repair, Repaired};
use postlint::hash::Map;
use postlint::rules::format::Level;
use postlint::severity::Confidence;
use postlint::source::Span;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const HEADS: [&str; 14] = [
    "title: \"A tour\" # of it\n",
    "title: A: a tour\n",
    "tags: [java, cloud, java]\n",
    "tags:\n  - java\n  - java # twice\n  - Cloud\n",
    "lang: fr_FR\n",
    "lang:\u{a0}fr\n",
    "date: 2024-13-01\n",
    "exerpt: 'It''s short'\n",
    "draft: \"true\"\n",
    "author:jane\n",
    "slug: a\u{200b}b\n",
    "tags: java\n",
    "excerpt: |\n  Two\n  lines.\n",
    "description: \"Caf\u{c3}\u{a9} \u{1f600}\"\n",
];

const BODIES: [&str; 16] = [
    "# A heading \u{1f600}\n\nSee [it](#a-headin).\n\n",
    "See [the list] (https://example.org/a).\n\n",
    "See (the list)[https://example.org/a] and [the other] (/nowhere/).\n\n",
    "[a](htp://example.org) and [b](http:/example.org/b)\n\n",
    "[c](www.example.org), [d](jane@example.org)\n\n",
    "- one\u{200b}two\n- [home](https://example.org/)\n\n",
    "One.\n\u{a0}\nTwo.\n\n",
    "\u{a0}\n\n",
    "> Caf\u{c3}\u{a9} au lait, na\u{c3}\u{af}ve.\n\n",
    "<!-- postlint-ignore links/empty -->\nText.\n\n",
    "<!-- postlint-ignore links/emptie: why -->\n\n",
    "| a | b |\n|---|---|\n| [the list] (https://example.org) | c |\n\n",
    "```\n[the list] (https://example.org)\n```\n\n",
    "![P](/Assets/Pic.png) ![Q](/assets/pic.png)\n\n",
    "[other]({% post_url 2024-01-02-b %}), [r][ref] {{ page.title }}\n\n[ref]: /2024/01/02/B.html\n\n",
    "Setext\n======\n\n1. a\n2. b [z](<a b>)\n",
];

/// A page of some of these pieces, with LF or CRLF, with or without BOM and last line end.
fn page() -> impl Strategy<Value = String> {
    let heads = subsequence(HEADS.to_vec(), 0..=4);
    let bodies = subsequence(BODIES.to_vec(), 0..=6);
    (heads, bodies, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(heads, bodies, crlf, bom, cut)| {
        let mut text = format!("---\n{}---\n{}", heads.concat(), bodies.concat());
        if cut {
            text.truncate(text.trim_end().len());
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if bom { format!("\u{feff}{text}") } else { text }
    })
}

type Texts = Map<FilePath, String>;

/// A site of the pages, which stay in memory: only the picture and the configuration are files.
struct Place {
    folder: tempfile::TempDir,
    config: Config,
}

impl Place {
    fn new(rules: &[&str]) -> Place {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("_config.yml"), "title: A\nurl: https://example.org\n").unwrap();
        std::fs::create_dir(folder.path().join("assets")).unwrap();
        std::fs::write(folder.path().join("assets/pic.png"), b"\x89PNG\r\n\x1a\n0000IHDR0000000000000").unwrap();
        Place { config: config(folder.path(), rules), folder }
    }

    fn repair(&self, texts: &Texts, threads: usize) -> Repaired {
        repair(self.folder.path(), &self.config, texts, threads)
    }
}

fn config(folder: &Path, rules: &[&str]) -> Config {
    let mut config =
        config::load(Sources { start: folder, repository: folder, explicit: None, isolated: true }).unwrap();
    let rules: Vec<String> = rules.iter().map(|&rule| rule.to_owned()).collect();
    config.select(&rules, &[], Level::Standard).unwrap();
    config
}

fn repair(base: &Path, config: &Config, texts: &Texts, threads: usize) -> Repaired {
    let request = Request {
        base: base.to_owned(),
        paths: Vec::new(),
        memory: texts.clone(),
        config,
        min_confidence: Confidence::Medium,
        now: jiff::civil::date(2024, 6, 1).at(0, 0, 0, 0),
        threads,
        online: None,
    };
    fix::repair(request, &mut All { risky: true }, &Into::Memory).unwrap()
}

fn after(texts: &Texts, repaired: &Repaired) -> Texts {
    let mut texts = texts.clone();
    texts.extend(repaired.changes.iter().map(|change| (change.file.clone(), change.after.clone())));
    texts
}

/// Rule and file of each finding, sorted.
fn told<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<(String, String)> {
    let mut told: Vec<_> = findings.map(|finding| (finding.file.to_string(), finding.rule.to_string())).collect();
    told.sort();
    told
}

/// Those of `of` that `in_` does not have, counted.
fn beyond(of: Vec<(String, String)>, mut in_: Vec<(String, String)>) -> Vec<(String, String)> {
    let known = |one: &(String, String), in_: &mut Vec<(String, String)>| {
        in_.iter().position(|other| other == one).map(|at| in_.swap_remove(at)).is_some()
    };
    of.into_iter().filter(|one| !known(one, &mut in_)).collect()
}

fn two(a: String, b: String) -> Texts {
    Texts::from_iter([("_posts/2024-01-01-a.md".into(), a), ("_posts/2024-01-02-b.md".into(), b)])
}

/// A few cases, since each repairs a site; `PROPTEST_CASES` asks for more.
fn config_of_cases() -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { 48 };
    ProptestConfig { cases, failure_persistence: None, ..asked }
}

proptest! {
    #![proptest_config(config_of_cases())]

    #[test]
    fn twice_is_once_and_nothing_new_is_found(a in page(), b in page()) {
        let (place, texts) = (Place::new(&[]), two(a, b));
        let once = place.repair(&texts, 1);
        for change in &once.changes {
            let applied = change.patch.apply(&texts[&change.file]);
            prop_assert_eq!(applied.as_ref(), Some(&change.after));
        }
        let repaired = after(&texts, &once);
        let again = place.repair(&repaired, 3);
        prop_assert!(again.changes.is_empty(), "{:?}", again.changes);
        prop_assert_eq!(told(again.outcome.findings.iter()), told(once.outcome.findings.iter()));
        // What a syntax error hid is found once it is repaired.
        if !once.outcome.fixed_findings.iter().any(|finding| &*finding.rule == "front-matter/syntax") {
            let first = postlint_findings(&place, &texts);
            let left = told(once.outcome.findings.iter());
            let fixed = told(once.outcome.fixed_findings.iter());
            let rest = beyond(first, fixed);
            prop_assert_eq!(beyond(left, rest), Vec::new());
        }
    }

    #[test]
    fn a_repair_of_front_matter_leaves_the_body(a in page(), b in page()) {
        let (place, texts) = (Place::new(&["front-matter"]), two(a, b));
        for change in place.repair(&texts, 2).changes {
            let body = |text: &str| {
                let start = postlint::page::front_matter::split(text, false).map_or(0, |head| head.body_start as usize);
                text[start..].to_owned()
            };
            prop_assert_eq!(body(&change.before), body(&change.after));
            prop_assert_eq!(change.before.contains("\r\n"), change.after.contains("\r\n"));
            prop_assert_eq!(change.before.starts_with('\u{feff}'), change.after.starts_with('\u{feff}'));
        }
    }

    #[test]
    fn threads_decide_nothing(a in page(), b in page()) {
        let (place, texts) = (Place::new(&[]), two(a, b));
        let (one, many) = (place.repair(&texts, 1), place.repair(&texts, 4));
        prop_assert_eq!(after(&texts, &one), after(&texts, &many));
        prop_assert_eq!(one.outcome.findings, many.outcome.findings);
    }

    #[test]
    fn the_order_of_rules_decides_nothing(repairs in proptest::collection::vec(any_repair(), 0..12), seed in any::<u64>()) {
        let mut shuffled = repairs.clone();
        let mut state = seed;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        let fixes = |repairs| fix::apart(repairs).into_iter().map(|repair: Repair| repair.fix).collect::<Vec<Fix>>();
        let (one, other) = (fixes(repairs), fixes(shuffled));
        prop_assert_eq!(&one, &other);
        let edits = one.iter().flat_map(|fix| &fix.edits).map(|edit| (edit.span, edit.text.clone())).collect();
        prop_assert!(Patch::new(edits).is_some(), "they do not meet");
    }
}

fn postlint_findings(place: &Place, texts: &Texts) -> Vec<(String, String)> {
    let request = Request {
        base: place.folder.path().to_owned(),
        paths: Vec::new(),
        memory: texts.clone(),
        config: &place.config,
        min_confidence: Confidence::Medium,
        now: jiff::civil::date(2024, 6, 1).at(0, 0, 0, 0),
        threads: 1,
        online: None,
    };
    told(postlint::engine::check(&request).unwrap().findings.iter())
}

fn any_repair() -> impl Strategy<Value = Repair> {
    let edit = (0..20_usize, 0..4_usize, "[xy]{0,2}").prop_map(|(at, length, text)| Edit {
        file: "a.md".into(),
        span: Span::new(at, at + length),
        text,
    });
    let safety = select(vec![Safety::Safe, Safety::Unsafe]);
    let fix = (proptest::collection::vec(edit, 1..3), safety, "[ab]").prop_map(|(edits, safety, title)| Fix {
        title,
        safety,
        edits,
        renames: Vec::new(),
    });
    fix.prop_map(|fix| Repair { fix, findings: vec![0] })
}

/// The same on whole sites. Nothing is written to them.
#[test]
fn whole_sites() {
    let Some(folders) = std::env::var_os("POSTLINT_SITES") else {
        return eprintln!("skipped: POSTLINT_SITES names no folders");
    };
    for folder in std::env::split_paths(&folders) {
        let config = config(&folder, &[]);
        let once = repair(&folder, &config, &Texts::default(), 0);
        let texts = after(&Texts::default(), &once);
        let again = repair(&folder, &config, &texts, 0);
        let name = folder.display();
        assert!(again.changes.is_empty(), "{name}: {:?}", again.changes.first());
        assert_eq!(told(again.outcome.findings.iter()), told(once.outcome.findings.iter()), "{name}");
        eprintln!("{name}: {} findings repaired in {} files", once.outcome.fixed_findings.len(), once.changes.len());
    }
}
