//! Front-matter rules that learn from many pages: what most of a collection does, and what must not be concluded from it.
//! (What one page shows is in the examples of `rules/front-matter/`.)

#![allow(clippy::unwrap_used, reason = "a failed step of a test is a failed test")]

use std::fs;

use postlint::config::{self, Sources};
use postlint::engine::{self, Request};
use postlint::rules::format::Level;
use postlint::severity::Confidence;

/// What one rule reports for posts of consecutive days: `number: message`.
fn reports(rule: &str, least: Confidence, posts: impl IntoIterator<Item = String>) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("_config.yml"), "title: Blog\n").unwrap();
    fs::create_dir(folder.path().join("_posts")).unwrap();
    for (number, front) in posts.into_iter().enumerate() {
        let name = format!("_posts/20{:02}-01-01-{number}.md", 10 + number % 90);
        fs::write(folder.path().join(name), format!("---\n{front}---\nText\n")).unwrap();
    }
    let sources = Sources { start: folder.path(), repository: folder.path(), explicit: None, isolated: true };
    let mut config = config::load(sources).unwrap();
    config.select(&[rule.to_owned()], &[], Level::Strict).unwrap();
    let request = Request {
        base: folder.path().to_owned(),
        paths: Vec::new(),
        memory: Default::default(),
        config: &config,
        min_confidence: least,
        now: jiff::civil::date(2124, 1, 1).at(0, 0, 0, 0),
        threads: 1,
        online: None,
    };
    let findings = engine::check(&request).unwrap().findings;
    let number = |file: &str| file.rsplit_once('-').unwrap().1.trim_end_matches(".md").to_owned();
    findings.iter().map(|found| format!("{}: {}", number(&found.file), found.message)).collect()
}

/// Posts of which one differs.
fn posts(count: usize, usual: &str, odd: usize, other: &str) -> Vec<String> {
    (0..count).map(|number| if number == odd { other } else { usual }.to_owned()).collect()
}

#[test]
fn what_nearly_all_posts_have_is_missed() {
    let rule = "front-matter/required-key";
    let odd = posts(30, "author: a\nmood: b\n", 12, "mood: b\n");
    assert_eq!(reports(rule, Confidence::Medium, odd.clone()), ["12: this post has no `author`"]);
    assert!(reports(rule, Confidence::High, odd).is_empty());
    // Too few posts; a switch; a key with another spelling; a post of another kind.
    assert!(reports(rule, Confidence::Low, posts(19, "author: a\n", 12, "mood: b\n")).is_empty());
    assert!(reports(rule, Confidence::Low, posts(30, "comments: true\n", 12, "mood: b\n")).is_empty());
    assert!(reports(rule, Confidence::Low, posts(30, "author: a\n", 12, "authors: [a, b]\n")).is_empty());
    assert!(
        reports(rule, Confidence::Low, posts(30, "author: a\nmood: b\nx: 7\n", 12, "redirect_to: /a\n")).is_empty()
    );
    // A tag is no duty, an address is made up, and empty brackets are no value.
    assert!(reports(rule, Confidence::Medium, posts(30, "slug: a\n", 12, "mood: b\n")).is_empty());
    assert!(reports(rule, Confidence::Low, posts(30, "keywords: []\n", 12, "mood: b\n")).is_empty());
    assert!(reports(rule, Confidence::Medium, posts(30, "tags: [a]\n", 12, "mood: b\n")).is_empty());
}

#[test]
fn a_custom_that_is_younger_than_the_posts_is_none() {
    let with = |number: usize| if number < 4 { "mood: b\n" } else { "mood: b\nauthor: a\n" }.to_owned();
    assert!(reports("front-matter/required-key", Confidence::Low, (0..90).map(with)).is_empty());
}

#[test]
fn a_key_is_compared_with_those_of_its_siblings() {
    let rule = "front-matter/unknown-key";
    let found = reports(rule, Confidence::High, posts(10, "cover_image: a.png\n", 3, "cover_imgae: a.png\n"));
    assert_eq!(found, ["3: nothing reads the key `cover_imgae`"]);
    let found = reports(rule, Confidence::Medium, posts(30, "authors: [a]\n", 3, "author: [a]\n"));
    assert_eq!(found, ["3: the pages beside it say `authors`, not `author`"]);
    assert!(reports(rule, Confidence::Low, posts(30, "tags: [a]\n", 3, "tag: [a]\n")).is_empty());
    // Another type; both present; used often enough to be meant.
    assert!(reports(rule, Confidence::Low, posts(10, "cover_image: a.png\n", 3, "cover_imgae: [a]\n")).is_empty());
    let both = posts(10, "cover_image: a.png\n", 3, "cover_image: a\ncover_images: b\n");
    assert!(reports(rule, Confidence::Low, both).is_empty());
    let often = (0..20).map(|number| if number % 4 == 0 { "publisher: a\n" } else { "publishers: a\n" }.to_owned());
    assert!(reports(rule, Confidence::Low, often).is_empty());
}

#[test]
fn a_value_is_compared_with_those_of_its_siblings() {
    let rule = "front-matter/wrong-type";
    let found = reports(rule, Confidence::Medium, posts(30, "speakers: [a, b]\n", 7, "speakers: c\n"));
    assert_eq!(found, ["7: `speakers` is `c` where the others have a list"]);
    let found = reports(rule, Confidence::Medium, posts(30, "toc: true\n", 7, "toc: \"false\"\n"));
    assert_eq!(found, ["7: `toc` is the text `\"false\"` where the others have `true` or `false`"]);
    assert!(reports(rule, Confidence::Low, posts(30, "part: one\n", 7, "part: 2\n")).is_empty());
    assert!(reports(rule, Confidence::Low, posts(30, "speakers: [a]\n", 7, "speakers:\n")).is_empty());
    assert!(reports(rule, Confidence::Low, posts(12, "speakers: [a]\n", 7, "speakers: a\n")).is_empty());
}

#[test]
fn an_empty_key_is_a_gap_where_the_others_have_none() {
    let rule = "front-matter/empty-value";
    let found = reports(rule, Confidence::Medium, posts(30, "description: a\n", 7, "description:\n"));
    assert_eq!(found, ["7: nothing stands behind `description`"]);
    assert!(reports(rule, Confidence::Medium, posts(30, "translator: a\n", 7, "translator:\n")).is_empty());
    assert_eq!(reports(rule, Confidence::High, posts(30, "image: a.png\n", 7, "image:\n")).len(), 1);
    // The template for new posts has the line.
    let often = (0..30).map(|number| if number % 3 == 0 { "image:\n" } else { "image: a.png\n" }.to_owned());
    assert!(reports(rule, Confidence::Low, often).is_empty());
}
