//! Whole sites, and everything that must be found in them, in `fixtures/<site>/expected.txt`.
//!
//! `UPDATE=1 cargo test --test sites` writes what is found now; read the difference as a reader of the site would.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use program::{Folder, Run, files, fixtures, postlint, run};
use proptest::prelude::*;

fn expect(site: &str, name: &str, run: &Run) {
    let path = fixtures().join(site).join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &run.out).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(run.out, expected, "fixtures/{site}/{name} differs; stderr: {}", run.err);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

/// Every site of `fixtures/` that has what must be found in it.
const SITES: [&str; 16] = [
    "astro-german-blog",
    "docusaurus-portuguese-english",
    "eleventy-english-blog",
    "french-jekyll-blog",
    "gatsby-spanish-blog",
    "hexo-japanese-blog",
    "hugo-two-languages",
    "mkdocs-italian-blog",
    "notes-vault",
    "pelican-french-blog",
    "plain-docs",
    "quarto-english-notebook",
    "quartz-english-garden",
    "starlight-two-languages",
    "vitepress-english-chinese",
    "zola-two-languages",
];

fn check(site: &str) {
    expect(site, "expected.txt", &Folder::fixture(site).check(&[]));
}

#[test]
fn french_jekyll_blog() {
    check("french-jekyll-blog");
}

#[test]
fn hugo_two_languages() {
    check("hugo-two-languages");
}

#[test]
fn zola_two_languages() {
    check("zola-two-languages");
}

#[test]
fn notes_vault() {
    check("notes-vault");
}

#[test]
fn plain_docs() {
    check("plain-docs");
}

#[test]
fn astro_german_blog() {
    check("astro-german-blog");
}

#[test]
fn docusaurus_portuguese_english() {
    check("docusaurus-portuguese-english");
}

#[test]
fn eleventy_english_blog() {
    check("eleventy-english-blog");
}

#[test]
fn gatsby_spanish_blog() {
    check("gatsby-spanish-blog");
}

#[test]
fn hexo_japanese_blog() {
    check("hexo-japanese-blog");
}

#[test]
fn mkdocs_italian_blog() {
    check("mkdocs-italian-blog");
}

#[test]
fn pelican_french_blog() {
    check("pelican-french-blog");
}

#[test]
fn quarto_english_notebook() {
    check("quarto-english-notebook");
}

#[test]
fn quartz_english_garden() {
    check("quartz-english-garden");
}

#[test]
fn starlight_two_languages() {
    check("starlight-two-languages");
}

#[test]
fn vitepress_english_chinese() {
    check("vitepress-english-chinese");
}

/// One forgotten configuration deep in a folder of notes.
#[test]
fn a_speck_is_not_the_site_of_a_folder() {
    let folder = Folder::with(&[
        ("README.md", "# Notes\n\n[One](notes/1/README.md), [bot](more/code/bot/README.md), [gone](notes/gone.md)\n"),
        ("more/code/bot/_config.yml", "theme: jekyll-theme-slate\n"),
        ("more/code/bot/README.md", "# A bot\n\nIt talks.\n"),
        ("more/code/bot/main.py", "print('hello')\n"),
    ]);
    for number in 1..=50 {
        folder.write(&format!("notes/{number}/README.md"), format!("# Note {number}\n\nWords of a note.\n"));
    }
    let run = folder.check(&[]);
    assert_eq!(run.findings(), ["README.md:3:66: error links/missing-page: the site has no page `notes/gone.md`"]);
    folder.write("more/code/bot/Gemfile", "gem 'jekyll'\n");
    assert!(folder.check(&[]).findings().is_empty(), "a Gemfile says that somebody builds it");
}

/// The README's command, where it says to run it.
#[test]
fn the_first_minute() {
    let mut command = postlint(Path::new(env!("CARGO_MANIFEST_DIR")));
    expect("french-jekyll-blog", "expected-full.txt", &run(command.arg("fixtures/french-jekyll-blog")));
}

/// Findings as values that can be compared, without what differs between runs of one site.
fn findings(run: &Run) -> BTreeSet<String> {
    run.json()["findings"].as_array().unwrap().iter().map(ToString::to_string).collect()
}

fn split_in_two(site: &str, choices: &[bool]) {
    let folder = Folder::fixture(site);
    let whole = findings(&folder.run(&["--format", "json"]));
    assert!(whole.len() > 5);
    let all = files(folder.path());
    let mut parts = [Vec::new(), Vec::new()];
    for (at, file) in all.iter().enumerate() {
        parts[usize::from(choices[at % choices.len()])].push(file.to_str().unwrap());
    }
    let mut together = BTreeSet::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        let args: Vec<&str> = ["--format", "json"].into_iter().chain(part.iter().copied()).collect();
        let run = folder.run(&args);
        assert_ne!(run.code, 2, "{}", run.err);
        together.extend(findings(&run));
    }
    let missing: Vec<_> = whole.difference(&together).collect();
    let invented: Vec<_> = together.difference(&whole).collect();
    assert!(missing.is_empty() && invented.is_empty(), "missing: {missing:#?}\ninvented: {invented:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 16, failure_persistence: None, ..ProptestConfig::default() })]

    /// Hook managers cut the list of files wherever a command line is full: nothing may depend on where.
    #[test]
    fn a_split_file_list_finds_the_same(choices in proptest::collection::vec(any::<bool>(), 40..60)) {
        for site in ["french-jekyll-blog", "hugo-two-languages", "plain-docs"] {
            split_in_two(site, &choices);
        }
    }
}

#[test]
fn each_file_alone_finds_the_same() {
    // Of one page alone, the others are read only as far as it needs.
    for site in SITES {
        let folder = Folder::fixture(site);
        let whole = places(&folder.run(&["--format", "json"]));
        let mut together = BTreeSet::new();
        for file in files(folder.path()) {
            together.extend(places(&folder.run(&["--format", "json", file.to_str().unwrap()])));
        }
        let (missing, invented) = (whole.difference(&together), together.difference(&whole));
        assert_eq!(missing.chain(invented).collect::<Vec<_>>(), Vec::<&String>::new(), "{site}");
    }
}

/// What is found and where. A repair is only suggested where its file was not named, so repairs are left out.
fn places(run: &Run) -> BTreeSet<String> {
    let one = |finding: &serde_json::Value| {
        ["file", "span", "rule", "message", "help"].map(|key| finding[key].to_string()).join(" ")
    };
    run.json()["findings"].as_array().unwrap().iter().map(one).collect()
}
