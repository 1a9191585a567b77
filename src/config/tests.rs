//! What a configuration means, and what is said when it means nothing.

use std::fs;
use std::path::Path;

use super::*;
use crate::rules::meta::{Level, catalogue};
use crate::severity::Severity;

fn read(text: &str) -> Config {
    from_text(Path::new("postlint.yaml"), text).unwrap()
}

fn refused(text: &str) -> String {
    from_text(Path::new("postlint.yaml"), text).unwrap_err().to_string()
}

const RULE: &str = "links/retired-service";

#[test]
fn nothing_is_needed() {
    for text in ["", "# nothing\n", "---\n"] {
        let config = read(text);
        assert_eq!(config.network.per_host.value, 2);
        assert_eq!(config.network.timeout.origin, Origin::Default);
        assert!(config.is_active(catalogue().get(RULE).unwrap()));
    }
}

#[test]
fn mistakes_are_all_told_with_their_places() {
    let said = refused("site:\n  roots: docs\nexcludes: []\n");
    assert_eq!(
        said,
        "postlint.yaml:2:3: unknown key `roots` in `site`, did you mean `root`?\n\
         postlint.yaml:3:1: unknown key `excludes`, did you mean `exclude`?"
    );
    let said = refused("rules:\n  links/retired-servic: off\n  links/retired-service: loud\n");
    assert_eq!(
        said,
        "postlint.yaml:2:3: unknown rule `links/retired-servic`, did you mean `links/retired-service`?\n\
         postlint.yaml:3:3: `links/retired-service` is off, hint, warning, error or a table, not `loud`"
    );
    let said = refused("rules:\n  links/retired-service: {severty: error}\n");
    assert_eq!(said, "postlint.yaml:2:27: `links/retired-service` has no option `severty`, did you mean `severity`?");
    for (text, words) in [
        ("site: [", "no YAML"),
        ("words: testng\n", "postlint.yaml:1:8: "),
        ("network: {timeout: soon}\n", "1:20: `soon` is no duration"),
        ("network: {per-host: 0}\n", "1:21: must be at least 1"),
        ("network: {ignore: [{url: 'https://x', until: 2027-31-01}]}\n", "is no date"),
        ("site: {generator: jekyl}\n", "1:19: there is no generator `jekyl`, did you mean `jekyll`?"),
        ("exclude: [ok, '[a']\n", "1:15: `[a` is no glob"),
        ("exclude: []\nexclude: []\n", "2:1: `exclude` stands twice"),
        ("extends: nowhere.yaml\n", "there is no"),
        ("user-rules: [nowhere]\n", "1:14: `nowhere` is no folder"),
    ] {
        let path = Path::new("/nowhere/postlint.yaml");
        let said = from_text(path, text).and_then(|_| layers_of(text)).unwrap_err().to_string();
        assert!(said.contains(words), "{text}: {said}");
    }
}

/// What only files on disk can show.
fn layers_of(text: &str) -> Result<(), ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("postlint.yaml"), text).unwrap();
    load(Sources { start: folder.path(), repository: folder.path(), explicit: None, isolated: false }).map(|_| ())
}

#[test]
fn rules_are_switched_by_id_area_path_and_flag() {
    let rule = catalogue().get(RULE).unwrap();
    let mut config = read(
        "rules: { links: off, links/retired-service: hint }\n\
         overrides:\n  - { paths: [old/**], rules: { links/retired-service: off } }\n",
    );
    assert_eq!(config.severity(rule, "new.md", Severity::Hint), Some(Severity::Hint));
    assert_eq!(config.severity(rule, "old/a.md", Severity::Hint), None);
    assert_eq!(config.base_severity(rule).value, Severity::Hint);
    config.select(&[], &["links".to_owned()], Level::Standard).unwrap();
    assert!(!config.is_active(rule));
    let mut off = read("rules: { links/retired-service: off }");
    assert!(!off.is_active(rule));
    off.select(&[RULE.to_owned()], &[], Level::Standard).unwrap();
    assert!(off.is_active(rule), "--rule switches a rule on");
    let said = off.select(&["link".to_owned()], &[], Level::Standard).unwrap_err().to_string();
    assert!(said.starts_with("--rule: unknown rule `link`, did you mean `links`?"), "{said}");
    let over =
        read("rules: { links: off }\noverrides:\n  - paths: [new]\n    rules: { links/retired-service: error }\n");
    assert_eq!(over.severity(rule, "new/a.md", Severity::Warning), Some(Severity::Error));
    assert_eq!(over.severity(rule, "a.md", Severity::Warning), None);
}

#[test]
fn a_finding_that_a_rule_toned_down_stays_toned_down() {
    let rule = catalogue().get(RULE).unwrap();
    let config = read("overrides:\n  - { paths: ['**'], rules: { links/retired-service: error } }\n");
    assert_eq!(config.severity(rule, "a.md", Severity::Hint), Some(Severity::Hint));
    assert_eq!(config.severity(rule, "a.md", Severity::Warning), Some(Severity::Error));
}

#[test]
fn layers_lie_over_each_other_and_remember_who_said_what() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("shared/base.yaml", "words: [one]\nnetwork: { timeout: 5s, per-host: 9 }\nsite: { url: 'https://a' }\n");
    write(
        "repo/.config/postlint.yaml",
        "extends: ../shared/base.yaml\nwords: [two]\nnetwork:\n  timeout: 1m\nsite: { root: docs }\n",
    );
    write("repo/docs/deep/a.md", "");
    let repository = folder.path().join("repo");
    let start = repository.join("docs/deep");
    let config = load(Sources { start: &start, repository: &repository, explicit: None, isolated: false }).unwrap();
    assert_eq!(config.network.timeout.value.as_secs(), 60);
    assert!(config.network.timeout.origin.to_string().ends_with(".config/postlint.yaml:4"));
    assert_eq!(config.network.per_host.value, 9);
    assert!(config.network.per_host.origin.to_string().ends_with("base.yaml:2"));
    let words: Vec<&str> = config.words.iter().map(|word| word.value.as_str()).collect();
    assert_eq!(words, ["one", "two"]);
    assert_eq!(config.site.root.as_ref().unwrap().value, "docs");
    let isolated = Sources { start: &start, repository: &repository, explicit: None, isolated: true };
    assert!(load(isolated).unwrap().files.is_empty());

    write("repo/postlint.yaml", "");
    let said = layers::find_in(&repository).unwrap_err().to_string();
    assert!(said.contains("keep one of the two"), "{said}");
    write("loop/postlint.yaml", "extends: postlint.yaml\n");
    let said = layers::read(&folder.path().join("loop/postlint.yaml")).unwrap_err().to_string();
    assert!(said.contains("1:10: `extends` goes round in circles"), "{said}");
}

#[test]
fn globs_count_from_the_site_too() {
    let config = read("site: { root: docs }\nexclude: [_drafts, 'vendor/**']\n");
    assert!(config.excludes("docs/_drafts/a.md") && config.excludes("vendor/a/b.md"));
    assert!(!config.excludes("blog/_drafts/a.md"));
    config.learn_site_roots(["blog".to_owned()]);
    assert!(config.excludes("blog/_drafts/a.md"));
}

#[test]
fn rules_of_ones_own_are_data_and_can_be_switched_like_ours() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join(".postlint/rules/house");
    fs::create_dir_all(&rules).unwrap();
    let rule = "id: house/loud\nsummary: Loud\nseverity: error\nconfidence: high\nlevel: opt-in\nscope: page\nfix: none\n\
                rationale: x\noptions: { most: { type: integer, default: 9, help: x } }\n\
                check: { length: { in: body.links, max: $most }, message: long }\n\
                examples: [{ name: a, bad: x, reports: ['1:1 long'] }, { name: b, good: x }]\n";
    let read = |rule: &str, config: &str| {
        fs::write(rules.join("loud.yaml"), rule).unwrap();
        fs::write(folder.path().join("postlint.yaml"), format!("user-rules: [.postlint/rules]\n{config}")).unwrap();
        load(Sources { start: folder.path(), repository: folder.path(), explicit: None, isolated: false })
    };
    let config = read(rule, "rules: { house/loud: { most: 3 } }\n").unwrap();
    let own = config.known().rule("house/loud").unwrap();
    assert!(config.is_active(own), "what is configured runs");
    assert_eq!(config.options(own)["most"], 3);
    for (from, to, words) in [
        ("summary: Loud", "summary: Loud.", "loud.yaml:2:1: the summary is one line"),
        ("check: {", "check: code #", "`check: code` is for the rules that are built in"),
        ("length: { in: body.links, max: $most }", "pattern: { in: path, matches: '(' }", "is no regular expression"),
        ("length: { in: body.links, max: $most }", "file_exists: { in: path }", "needs `scope: site`"),
    ] {
        let said =
            read(&rule.replacen(from, to, 1), "").map(|_| String::new()).unwrap_or_else(|error| error.to_string());
        assert!(said.contains(words), "{to}: {said}");
    }
    let said = read(rule, "rules: { house/lout: off }\n").unwrap_err().to_string();
    assert!(said.ends_with("unknown rule `house/lout`, did you mean `house/loud`?"), "{said}");
}
