//! `--fix` and its company, as a user meets them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed step of a test is a failed test"
)]

mod program;

use std::io::Cursor;

use program::Folder;

const CONFIG: (&str, &str) = ("_config.yml", "title: A\nurl: https://example.org\n");
const PAGE: &str = "---\r\ntitle: \"A\" # so it is\r\ntags: [b, b]\r\n---\r\nSee [the list] (https://example.org/) \u{1f600}.\r\nThe end";
const REPAIRED: &str =
    "---\r\ntitle: \"A\" # so it is\r\ntags: [b]\r\n---\r\nSee [the list](https://example.org/) \u{1f600}.\r\nThe end";
const POST: &str = "_posts/2024-01-01-a.md";

fn site() -> Folder {
    Folder::with(&[CONFIG, (POST, PAGE)])
}

fn text(folder: &Folder, file: &str) -> String {
    std::fs::read_to_string(folder.path().join(file)).unwrap()
}

#[test]
fn fix_changes_what_is_wrong_and_nothing_else() {
    let folder = site();
    let run = folder.check(&["--fix"]);
    assert_eq!(text(&folder, POST), REPAIRED);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("2 findings repaired"), "{}", run.out);
    assert_eq!(folder.run(&["--diff"]).code, 0, "nothing is left to repair");
}

#[test]
fn the_report_says_what_was_repaired() {
    let folder = Folder::with(&[CONFIG, (POST, &PAGE.replace("The end", "[dead](/nowhere/)"))]);
    let run = folder.run(&["--fix", "--format", "json"]);
    assert_eq!(run.code, 1);
    let report = run.json();
    assert_eq!(report["summary"]["fixed"], 2);
    assert_eq!(report["summary"]["fixable"], 0);
    let fixed: Vec<&str> =
        report["fixed_findings"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert_eq!(fixed, ["front-matter/duplicate-term", "links/broken-syntax"]);
    assert_eq!(report["fixed_findings"][0]["start"]["line"], 3);
    assert_eq!(report["findings"][0]["rule"], "links/missing-page");
    assert_eq!(report["findings"][0]["start"]["line"], 6);
}

#[test]
fn diff_writes_nothing_and_git_takes_it() {
    let folder = site();
    let before = folder.contents();
    let run = folder.run(&["--diff", "--quiet"]);
    assert_eq!(run.code, 1);
    assert_eq!(folder.contents(), before);
    folder.write("d.diff", &run.out);
    let git = |args: &[&str]| {
        let status = std::process::Command::new("git").args(args).current_dir(folder.path()).status();
        status.is_ok_and(|status| status.success())
    };
    if !git(&["--version"]) {
        return eprintln!("skipped: there is no git here");
    }
    assert!(git(&["apply", "--whitespace=nowarn", "d.diff"]), "{}", run.out);
    assert_eq!(text(&folder, POST), REPAIRED);
}

#[test]
fn standard_input_goes_repaired_to_standard_output() {
    let folder = site();
    let before = folder.contents();
    let run = folder.pipe(&["--fix", "-", "--stdin-filename", POST], PAGE);
    assert_eq!(run.out, REPAIRED);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("2 findings repaired"), "{}", run.err);
    assert_eq!(folder.contents(), before);
    let run = folder.pipe(&["--fix", "-", "--stdin-filename", POST], REPAIRED);
    assert_eq!(run.out, REPAIRED, "what is right goes through as it is");
}

#[test]
fn files_that_were_not_named_are_not_changed() {
    let other = "_posts/2024-01-02-b.md";
    let folder = Folder::with(&[CONFIG, (POST, PAGE), (other, PAGE)]);
    folder.check(&["--fix", POST]);
    assert_eq!(text(&folder, POST), REPAIRED);
    assert_eq!(text(&folder, other), PAGE);
}

#[test]
fn risky_repairs_need_their_own_flag() {
    let page = "---\ntitle: A\ndate: 2023-01-01\n---\nText.\n";
    let folder = Folder::with(&[CONFIG, (POST, page)]);
    folder.check(&["--fix"]);
    assert_eq!(text(&folder, POST), page);
    folder.check(&["--unsafe-fixes"]);
    assert_eq!(text(&folder, POST), page.replace("2023-01-01", "2024-01-01"));
    let config = "rules: { front-matter/date-mismatch: { fix: safe } }\n";
    let folder = Folder::with(&[CONFIG, (POST, page), ("postlint.yaml", config)]);
    folder.check(&["--fix"]);
    assert_eq!(text(&folder, POST), page.replace("2023-01-01", "2024-01-01"), "the configuration may promote it");
}

#[test]
fn what_would_bring_another_finding_is_not_done() {
    // Closed, the bracket makes a link that leads nowhere.
    let page = "---\ntitle: A\n---\nSee [the list] (../nowhere/).\n";
    let folder = Folder::with(&[CONFIG, (POST, page)]);
    let run = folder.run(&["--fix", "--format", "json"]);
    assert_eq!(text(&folder, POST), page);
    let finding = &run.json()["findings"][0];
    assert_eq!(finding["fixes"][0]["safety"], "manual");
    assert!(finding["note"].as_str().unwrap().contains("it would bring `links/missing-page`"), "{finding}");
}

#[test]
fn what_does_no_harm_after_the_other_repairs_is_done_in_the_same_run() {
    // While one post says `Costa-Rica`, the list would bring a tie of two spellings; when three do, it is a slip of this one.
    let page = |key: &str, tags: &str| format!("---\ntitle: A\n{key}: {tags}\n---\nText.\n");
    let (first, second, third, fourth) = (
        page("tags", "Costa-rica, Uvita"),
        page("tgas", "Costa-Rica, Surf"),
        page("tgas", "Costa-Rica, Beach"),
        page("tags", "[Costa-Rica, Sun]"),
    );
    let folder = Folder::with(&[
        CONFIG,
        (POST, &first),
        ("_posts/2024-01-02-b.md", &second),
        ("_posts/2024-01-03-c.md", &third),
        ("_posts/2024-01-04-d.md", &fourth),
    ]);
    folder.check(&["--fix"]);
    assert_eq!(text(&folder, POST), page("tags", "[Costa-Rica, Uvita]"));
}

#[test]
fn a_repair_that_would_bring_another_finding_to_light_is_not_counted() {
    let page = "---\ntitle: A\n---\n[a](http:/goo.gl/abc)\n";
    let folder = Folder::with(&[CONFIG, (POST, page)]);
    let run = folder.run(&["--format", "json"]);
    let finding = &run.json()["findings"][0];
    assert_eq!(finding["fixes"][0]["safety"], "manual");
    assert!(finding["note"].as_str().unwrap().contains("`links/retired-service` would be told"), "{finding}");
}

#[test]
fn what_was_not_repaired_is_said_with_the_reason() {
    // Without the line that looks empty the two lists would be one.
    let page = "---\ntitle: A\n---\n- a\n\n\u{a0}\n\n- b\n";
    let folder = Folder::with(&[CONFIG, (POST, page)]);
    let run = folder.run(&["--diff"]);
    assert_eq!(run.code, 0, "{run:?}");
    let words = "_posts/2024-01-01-a.md:6:1: markup/hidden-character: it would change how the text around it is read";
    assert!(run.err.contains(words), "{}", run.err);
    let report = folder.run(&["--fix", "--format", "json"]).json();
    assert_eq!(report["summary"]["refused"], 1);
    assert_eq!(report["summary"]["fixable"], 0);
    assert_eq!(report["findings"][0]["refused"], "it would change how the text around it is read");
    assert_eq!(report["findings"][0]["fixes"][0]["safety"], "manual");
    let run = folder.run(&["--fix"]);
    assert!(run.out.contains("1 finding not repaired"), "{}", run.out);
    assert_eq!(text(&folder, POST), page);
}

#[test]
fn an_image_that_blanks_keep_from_being_one_is_left_where_it_lacks_its_text() {
    let folder =
        Folder::with(&[("README.md", "# A\n\n![](my room.png)\n\n![A room](my room.png)\n"), ("my room.png", "x")]);
    let run = folder.run(&["--format", "json"]);
    let safety = |line: usize| {
        let all = run.json()["findings"].as_array().unwrap().clone();
        let of_line = |one: &&serde_json::Value| one["rule"] == "links/broken-syntax" && one["start"]["line"] == line;
        all.iter().find(of_line).map(|one| one["fixes"][0]["safety"].clone())
    };
    assert_eq!((safety(3), safety(5)), (Some("manual".into()), Some("safe".into())));
    folder.check(&["--fix"]);
    assert_eq!(text(&folder, "README.md"), "# A\n\n![](my room.png)\n\n![A room](<my room.png>)\n");
}

#[test]
fn what_a_broken_front_matter_held_back_is_repaired_with_it() {
    // The empty-looking line cannot be repaired, and must not take the others with it.
    let page = "---\ntags: [java, cloud, java]\nauthor:jane\n---\n- one\u{200b}two\n- three\n\n\u{a0}\n\n- four\n";
    let folder = Folder::with(&[CONFIG, (POST, page)]);
    folder.check(&["--fix", "--unsafe-fixes"]);
    let once = text(&folder, POST);
    assert_eq!(once, "---\ntags: [java, cloud]\nauthor: jane\n---\n- onetwo\n- three\n\n\u{a0}\n\n- four\n");
    folder.check(&["--fix", "--unsafe-fixes"]);
    assert_eq!(text(&folder, POST), once, "twice is once");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_left_and_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let other = "_posts/2024-01-02-b.md";
    let folder = Folder::with(&[CONFIG, (POST, PAGE), (other, PAGE)]);
    std::fs::set_permissions(folder.path().join(POST), std::fs::Permissions::from_mode(0o444)).unwrap();
    let run = folder.check(&["--fix"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains(POST) && run.err.contains("chmod u+w"), "{}", run.err);
    assert_eq!(text(&folder, POST), PAGE);
    assert_eq!(text(&folder, other), REPAIRED);
    assert!(run.out.contains("2 findings repaired"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn in_a_folder_that_may_not_be_written_nothing_is_lost() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = site();
    let posts = folder.path().join("_posts");
    let mode = |mode| std::fs::set_permissions(&posts, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    if std::fs::write(posts.join("probe"), "").is_ok() {
        mode(0o755);
        return eprintln!("skipped: root may write everywhere");
    }
    let run = folder.check(&["--fix"]);
    mode(0o755);
    assert_eq!(run.code, 2);
    assert!(run.err.contains(POST) && run.err.contains("folder"), "{}", run.err);
    assert_eq!(text(&folder, POST), PAGE);
}

#[test]
fn no_key_comes_twice_and_no_address_either() {
    let key = "---\ntitle: A\nauhtor: b\nauthor: c\n---\nText.\n";
    let near = "---\ntitle: A\npermalink: /b/\ntilte: B\n---\nText.\n";
    let folder = Folder::with(&[CONFIG, (POST, key), ("_posts/2024-01-02-b.md", near)]);
    folder.check(&["--unsafe-fixes"]);
    assert_eq!(text(&folder, POST), key);
    assert_eq!(text(&folder, "_posts/2024-01-02-b.md"), near);
    // Of two pages, one would get the address of the other.
    let page = |name: &str| format!("---\ntitle: {name}\n---\nText.\n");
    let moving = "---\ntitle: B\ncategories: [\"one\\u200b\"]\n---\nText.\n";
    let config = ("_config.yml", "title: A\nurl: https://example.org\npermalink: /:categories/:title/\n");
    let first = page("A").replace("---\nText", "categories: [one]\n---\nText");
    let folder = Folder::with(&[config, ("_posts/2024-01-01-same.md", &first), ("_posts/2024-01-02-same.md", moving)]);
    folder.check(&["--unsafe-fixes"]);
    let urls = folder.run(&["site", "pages", "--format", "json"]).json();
    let urls: std::collections::BTreeSet<String> =
        urls.as_array().unwrap().iter().map(|page| page["url"].to_string()).collect();
    assert_eq!(urls.len(), 2, "{urls:?}");
}

#[test]
fn two_runs_at_once_leave_whole_files() {
    let files: Vec<(String, String)> = (1..28)
        .map(|day| (format!("_posts/2024-01-{day:02}-p{day}.md"), PAGE.replace("\"A\"", &format!("\"A{day}\""))))
        .collect();
    let mut all = vec![CONFIG];
    all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let folder = Folder::with(&all);
    let start = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_postlint"));
        command.arg("--fix").current_dir(folder.path()).stdout(std::process::Stdio::null());
        command.stderr(std::process::Stdio::null()).spawn().unwrap()
    };
    let (mut first, mut second) = (start(), start());
    first.wait().unwrap();
    second.wait().unwrap();
    folder.run(&["--fix"]);
    for (path, old) in &files {
        let new = old.replace("[b, b]", "[b]").replace("list] (", "list](");
        assert_eq!(text(&folder, path), new);
    }
    let left = std::fs::read_dir(folder.path().join("_posts")).unwrap();
    assert_eq!(left.count(), files.len(), "no temporary file stays");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_or_into_a_submodule() {
    let folder = Folder::with(&[CONFIG, ("pages/real.md", PAGE), ("_posts/sub/.git", "gitdir: x\n")]);
    folder.write("_posts/sub/2024-01-03-c.md", PAGE);
    std::fs::create_dir_all(folder.path().join("_posts")).unwrap();
    std::os::unix::fs::symlink("../pages/real.md", folder.path().join(POST)).unwrap();
    let run = folder.run(&["--fix", "--format", "json", "_posts"]);
    assert_eq!(text(&folder, "pages/real.md"), PAGE);
    assert_eq!(text(&folder, "_posts/sub/2024-01-03-c.md"), PAGE);
    assert!(folder.path().join(POST).is_symlink());
    let notes: String = run.json()["findings"].as_array().unwrap().iter().map(|one| one["note"].to_string()).collect();
    assert!(notes.contains("symbolic link") && notes.contains("submodule"), "{notes}");
}

/// Answers to `--review`: what was said, and how many findings were repaired.
fn review(folder: &Folder, answers: &str) -> (String, usize) {
    use postlint::config::{self, Sources};
    use postlint::fix::{self, Review};
    let path = folder.path();
    let config = config::load(Sources { start: path, repository: path, explicit: None, isolated: true }).unwrap();
    let request = postlint::engine::Request {
        base: path.canonicalize().unwrap(),
        paths: Vec::new(),
        memory: Default::default(),
        config: &config,
        min_confidence: postlint::severity::Confidence::Medium,
        now: jiff::civil::date(2024, 6, 1).at(0, 0, 0, 0),
        threads: 1,
        online: None,
    };
    let mut said = Vec::new();
    let mut review = Review::new(false, Cursor::new(answers.to_owned()), &mut said);
    let repaired = fix::repair(request, &mut review, &fix::Into::Files(Default::default)).unwrap();
    (String::from_utf8(said).unwrap(), repaired.outcome.summary.fixed)
}

#[test]
fn review_asks_once_for_each() {
    let folder = site();
    let (said, repaired) = review(&folder, "?\nn\ny\n");
    assert_eq!(repaired, 1);
    assert!(said.contains("front-matter/duplicate-term") && said.contains("-tags: [b, b]"), "{said}");
    assert_eq!(said.matches("[y/n/a/i/q/?]").count(), 3, "{said}");
    assert_eq!(text(&folder, POST), PAGE.replace("[the list] (", "[the list]("));
}

#[test]
fn review_can_accept_a_rule_silence_and_stop() {
    let two = PAGE.replace("The end", "[that one] (https://example.org/y) and [this one] (https://example.org/z)");
    let folder = Folder::with(&[CONFIG, (POST, &two)]);
    let (_, repaired) = review(&folder, "i\na\n");
    assert_eq!(repaired, 3, "what is silenced is not repaired");
    let silenced = "title: \"A\" # so it is\r\n# postlint-ignore front-matter/duplicate-term\r\ntags: [b, b]\r\n";
    let after = text(&folder, POST);
    assert!(after.contains(silenced) && !after.contains("] ("), "{after}");
    assert_eq!(folder.check(&[]).code, 0);

    let folder = site();
    assert_eq!(review(&folder, "q\n").1, 0);
    assert_eq!(text(&folder, POST), PAGE);
    assert_eq!(review(&folder, "n\ni\n").1, 0);
    assert!(text(&folder, POST).contains("---\r\n<!-- postlint-ignore links/broken-syntax -->\r\nSee [the list] ("));
    let run = folder.check(&[]);
    assert_eq!(run.findings().len(), 1, "{run:?}");
}

#[test]
fn review_needs_a_terminal() {
    let run = site().run(&["--fix", "--review"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("needs a terminal"), "{}", run.err);
}

#[test]
fn a_link_follows_a_file_that_git_has_seen_move() {
    let page = "---\ntitle: A\n---\nSee [how to begin](/guide/begin/) and ![the map](/img/map.png).\n";
    let guide =
        "---\ntitle: How to begin\n---\nOne line.\n\nAnother line.\n\nA third one, so that git knows it again.\n";
    let config = ("_config.yml", "title: A\nurl: https://example.org\npermalink: pretty\n");
    let folder = Folder::with(&[config, (POST, page), ("guide/begin.md", guide), ("img/map.png", "not really")]);
    let git = |args: &[&str]| {
        let who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let run = std::process::Command::new("git").args(who).args(args).current_dir(folder.path()).output();
        run.is_ok_and(|run| run.status.success())
    };
    if !git(&["--version"]) {
        return eprintln!("skipped: there is no git here");
    }
    assert!(git(&["init", "--quiet"]) && git(&["add", "."]) && git(&["commit", "--quiet", "-m", "one"]));
    assert!(git(&["mv", "guide/begin.md", "guide/first.md"]) && git(&["mv", "img/map.png", "img/island.png"]));
    let repaired = page.replace("/guide/begin/", "/guide/first/").replace("/img/map.png", "/img/island.png");
    folder.run(&["--fix"]);
    assert_eq!(text(&folder, POST), repaired, "in a hook the index is the commit that is being made");
    folder.write(POST, page);
    assert!(git(&["commit", "--quiet", "-m", "two"]));
    folder.run(&["--fix"]);
    assert_eq!(text(&folder, POST), repaired);
}
