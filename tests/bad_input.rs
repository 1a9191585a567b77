//! Bad input is normal input: a finding or a clear error for each, in time, and the rest of the site still checked.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod program;

use std::fs;
use std::time::{Duration, Instant};

use program::{Folder, Run};

const REST: &str = "index.md:4:5: error links/missing-page: the site has no page `/none/`";

/// A blog with one ordinary defect, which every run must still find.
fn blog(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::with(files);
    folder.write("_config.yml", "title: Blog\n");
    folder.write("index.md", "---\ntitle: Home\n---\n[x](/none/)\n");
    folder
}

/// The findings besides the ordinary one, which must be there.
fn besides(run: &Run) -> Vec<&str> {
    assert_eq!((run.code, run.err.as_str()), (1, ""), "{}", run.out);
    let mut findings = run.findings();
    let rest = findings.iter().position(|line| *line == REST);
    findings.remove(rest.unwrap_or_else(|| panic!("the rest of the site was not checked: {}", run.out)));
    findings
}

/// Runs that do not end in time are failures; a debug build on a busy machine has this much.
fn in_time(folder: &Folder, args: &[&str]) -> Run {
    let start = Instant::now();
    let run = folder.check(args);
    assert!(start.elapsed() < Duration::from_secs(30), "took {:?}", start.elapsed());
    run
}

fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n{body}")
}

#[test]
fn front_matter_that_cannot_be_parsed() {
    let folder = blog(&[("_posts/2024-01-02-b.md", "---\ntitle: [a\n---\n[y](/gone/)\n")]);
    let run = folder.check(&[]);
    let found = besides(&run);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("_posts/2024-01-02-b.md:2:8: error front-matter/syntax: "), "{}", found[0]);
    assert_eq!(found[1], "_posts/2024-01-02-b.md:4:5: error links/missing-page: the site has no page `/gone/`");
}

#[test]
fn a_page_that_is_not_utf8() {
    let folder = blog(&[]);
    folder.write("_posts/2024-01-02-b.md", b"---\ntitle: B\n---\n[y](/gone/) caf\xe9\n");
    let run = folder.check(&[]);
    assert_eq!(
        besides(&run),
        [
            "_posts/2024-01-02-b.md:1:1: error file/not-utf8: this page is not UTF-8: byte 32 (line 4) is 0xE9, so it reads \
         like Latin-1 (ISO 8859-1), and nothing in it was checked"
        ]
    );
}

#[test]
fn a_page_of_100_megabytes_is_not_read() {
    let folder = blog(&[("_posts/2024-01-02-b.md", &page("B", ""))]);
    let file = fs::OpenOptions::new().write(true).open(folder.path().join("_posts/2024-01-02-b.md")).unwrap();
    file.set_len(100_000_000).unwrap();
    let start = Instant::now();
    let run = folder.check(&[]);
    assert!(start.elapsed() < Duration::from_secs(10));
    let found = besides(&run);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("_posts/2024-01-02-b.md:1:1: error file/too-large: "), "{}", found[0]);
}

#[test]
fn a_front_matter_of_100_kilobytes_is_not_checked() {
    let long = format!("---\ntitle: B\ndata:\n{}---\n[a](/nowhere/)\n", "  - some words\n".repeat(8000));
    let folder =
        blog(&[("_posts/2024-01-02-b.md", &long), ("_posts/2024-01-03-c.md", &page("C", "[b](/2024/01/02/b.html)"))]);
    let run = in_time(&folder, &[]);
    let found = besides(&run);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("_posts/2024-01-02-b.md:1:1: error file/too-large: the front matter has "),
        "{}",
        found[0]
    );
}

#[test]
fn a_hundred_thousand_links_in_one_file_and_addresses_of_a_megabyte() {
    let local = |n: u32| format!("[x](http://10.0.{}.{}:{}/p/{n}#a)\n", n % 7, n % 250, 1000 + n % 60_000);
    let public = |n: u32| format!("[x{n}](https://h{}.net/p/{n}#a)\n\n", n % 500);
    let monsters = [
        format!("https://museum.org/{}", "a".repeat(1 << 20)),
        format!("https://museum.org/?{}#{}", "b".repeat(1 << 20), "c".repeat(1 << 20)),
        format!("https://{}org/", "x.".repeat(1 << 19)),
        format!("https://xn--{}.org/", "a".repeat(1 << 20)),
        format!("https://{}.org/", "é".repeat(1 << 19)),
    ];
    for body in [
        (0..100_000).map(local).collect::<String>(),
        (0..100_000).map(public).collect(),
        monsters.iter().map(|address| format!("[x]({address})\n\n")).collect(),
    ] {
        let folder = blog(&[("links.md", &page("Links", &body))]);
        let run = in_time(&folder, &["--level", "strict"]);
        assert!(run.out.contains(REST), "the rest of the site was not checked");
    }
}

#[test]
fn ten_thousand_levels_of_everything() {
    let deep = 10_000;
    let bodies = [
        ("quotes", format!("{} [y](/gone/)\n", ">".repeat(deep))),
        ("brackets", format!("{}y{}\n\n[y](/gone/)\n", "[".repeat(deep), "]".repeat(deep))),
        ("parentheses", format!("[a]({}x{})\n\n[y](/gone/)\n", "(".repeat(deep), ")".repeat(deep))),
        ("lists", format!("{}x\n\n[y](/gone/)\n", "- ".repeat(deep))),
        ("stars", format!("{}\n\n[y](/gone/)\n", "*a ".repeat(deep))),
        ("elements", format!("{}\n\n[y](/gone/)\n", "<div>".repeat(deep))),
        ("images", format!("{}\n\n[y](/gone/)\n", "![".repeat(deep))),
        ("tags", format!("{}\n\n[y](/gone/)\n", "{% if a %}".repeat(deep))),
        ("backticks", format!("{}\n\n[y](/gone/)\n", (1..200).map(|n| "`".repeat(n) + " ").collect::<String>())),
    ];
    let folder = blog(&[]);
    for (name, body) in &bodies {
        folder.write(&format!("{name}.md"), page(name, body));
    }
    let run = in_time(&folder, &[]);
    for (name, _) in bodies {
        let place = format!("{name}.md:");
        let gone = "error links/missing-page: the site has no page `/gone/`";
        assert!(
            besides(&run).iter().any(|line| line.starts_with(&place) && line.ends_with(gone)),
            "{name}: {}",
            run.out
        );
    }
}

/// Work that grows with the square of a page shows here: what is looked up for each of many things is all the others.
#[test]
fn six_thousand_of_everything() {
    let many = |make: &dyn Fn(usize) -> String| (0..6_000).map(make).collect::<String>();
    let bodies = [
        ("links/local-url", "ports", many(&|n| format!("[a](http://localhost:8080/{n}) "))),
        ("links/missing-anchor", "anchors", many(&|n| format!("# Part {n}\n\n[x](#none-{n}) [y](#part-{n})\n\n"))),
        ("links/missing-anchor", "elements", many(&|n| format!("<a name=\"a{n}\"></a><a href=\"#b{n}\">x</a>\n"))),
        ("links/empty", "empty", many(&|n| format!("# Part {n}\n\n[](/#part-{n})\n\n"))),
        ("links/undefined-reference", "labels", many(&|n| format!("a [some text][label {n}x] "))),
        ("links/undefined-reference", "marks", many(&|n| format!("[BUG{}][u {n}x]\n\n", letters(n)))),
        ("links/undefined-reference", "dollars", many(&|n| format!("a \\$ [some text][label {n}x] "))),
        ("markup/unclosed-template", "tags", many(&|n| format!("{{% include a{n}\n"))),
    ];
    let folder = blog(&[]);
    for (_, name, body) in &bodies {
        // A page that defines nothing is not one of references.
        folder.write(&format!("{name}.md"), page(name, &format!("{body}\n\n[here][z]\n\n[z]: https://example.org/\n")));
    }
    let run = in_time(&folder, &[]);
    for (rule, name, _) in bodies {
        let (place, rule) = (format!("{name}.md:"), format!(" {rule}: "));
        let count = run.findings().iter().filter(|line| line.starts_with(&place) && line.contains(&rule)).count();
        assert_eq!(count, 6_000, "{name}");
    }
}

#[test]
fn a_front_matter_of_forty_thousand_keys() {
    let folder = blog(&[]);
    let keys: String = (0..40_000).map(|n| format!("key_{n}: {n}\n")).collect();
    folder.write("_posts/2024-01-02-b.md", format!("---\ntitle: B\n{keys}---\n[y](/gone/)\n"));
    // Every key against every other would be more than a billion comparisons.
    let run = in_time(&folder, &[]);
    let found = besides(&run);
    assert!(
        found.len() == 1 && found[0].starts_with("_posts/2024-01-02-b.md:1:1: error file/too-large: "),
        "{found:#?}"
    );
}

/// A number in capitals.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'A')).collect()
}

/// Nine levels of nine aliases each: 387 million nodes for whoever resolves them.
fn bomb() -> String {
    let mut text = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (one, next) in "abcdefgh".chars().zip("bcdefghi".chars()) {
        text.push_str(&format!("{next}: &{next} [{}]\n", vec![format!("*{one}"); 9].join(",")));
    }
    text
}

#[test]
fn yaml_bombs() {
    let front = format!("---\ntitle: B\n{}---\n[y](/gone/)\n", bomb());
    let nested = format!("---\ntitle: C\nx: {}{}\n---\n[y](/gone/)\n", "[".repeat(10_000), "]".repeat(10_000));
    let folder = blog(&[("_posts/2024-01-02-b.md", &front), ("_posts/2024-01-03-c.md", &nested)]);
    let run = in_time(&folder, &[]);
    for place in ["_posts/2024-01-02-b.md:13:5", "_posts/2024-01-03-c.md:5:5"] {
        let line = format!("{place}: error links/missing-page: the site has no page `/gone/`");
        assert!(besides(&run).contains(&line.as_str()), "{}", run.out);
    }
    folder.write("_config.yml", format!("title: Blog\n{}", bomb()));
    besides(&in_time(&folder, &[]));
    folder.write("_config.yml", "title: Blog\n");
    folder.write("_data/authors.yml", bomb());
    besides(&in_time(&folder, &[]));
    folder.write("postlint.yaml", bomb());
    let run = in_time(&folder, &[]);
    assert!(run.code == 2 && run.err.contains("postlint.yaml:1:1"), "{run:?}");
}

#[test]
fn a_site_configuration_that_cannot_be_parsed() {
    let folder = blog(&[("_posts/2024-01-02-b.md", &page("B", "[y](/gone/)\n"))]);
    folder.write("_config.yml", "title: Blog\npermalink: [\n");
    let run = folder.check(&[]);
    // What the configuration may have moved is not judged, and that is said.
    let found = run.findings();
    assert_eq!((run.code, found.len()), (1, 1), "{found:#?}");
    assert!(found[0].starts_with("_config.yml:2:12: error site/configuration: "), "{}", found[0]);
    assert!(run.out.contains("2 links in a site whose configuration cannot be read"), "{}", run.out);
    let full = folder.run(&[]).out;
    assert!(full.contains("2 │ permalink: [") && !full.contains("changed since"), "{full}");
}

#[test]
fn bytes_that_editors_leave() {
    let folder = blog(&[
        ("bom.md", "\u{feff}---\r\ntitle: Windows\r\n---\r\n[y](/gone/)\r\n"),
        ("zero.md", "---\ntitle: Zero\n---\na\0b [y](/gone/)\n"),
        ("mac.md", "---\ntitle: Mac\n---\none [y](/gone/)"),
    ]);
    let long = format!("{}[y](/gone/)\n", "a ".repeat(500_000));
    folder.write("long.md", page("One line", &long));
    let run = in_time(&folder, &[]);
    let gone = "error links/missing-page: the site has no page `/gone/`";
    let all = besides(&run);
    for place in ["bom.md:4:5", "long.md:4:1000005", "mac.md:4:9", "zero.md:4:9"] {
        assert!(all.contains(&format!("{place}: {gone}").as_str()), "{place}: {all:#?}");
    }
    let full = folder.run(&[]);
    assert!(full.out.lines().all(|line| line.chars().count() <= 2000), "no line of ours is longer");
}

#[test]
fn empty_files_are_no_failure() {
    let folder = blog(&[("_posts/2024-01-02-b.md", ""), ("empty.md", ""), ("postlint.yaml", "")]);
    let run = folder.check(&[]);
    let found = besides(&run);
    assert!(found.iter().all(|line| line.contains("front-matter/")), "{found:#?}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn symbolic_links_to_nothing_and_out_of_the_site() {
        let outside = Folder::with(&[("secret.md", "---\ntitle: Secret\n---\n[y](/secret/)\n")]);
        let folder = blog(&[]);
        folder.write("_posts/2024-01-04-real.md", page("Real", "[y](/gone/) [z](/folder/any.html)\n"));
        let at = |name: &str| folder.path().join(name);
        symlink("nowhere.md", at("_posts/2024-01-02-broken.md")).unwrap();
        symlink(outside.path().join("secret.md"), at("_posts/2024-01-03-outside.md")).unwrap();
        symlink(outside.path(), at("folder")).unwrap();
        symlink("..", at("_posts/loop")).unwrap();
        let run = in_time(&folder, &[]);
        assert_eq!(
            besides(&run),
            [
                "_posts/2024-01-02-broken.md:1:1: error file/unreadable: this page is not checked: it is a symbolic link to nothing",
                "_posts/2024-01-03-outside.md:1:1: error file/unreadable: this page is not checked: it is a symbolic link that \
             leaves the repository",
                "_posts/2024-01-04-real.md:4:5: error links/missing-page: the site has no page `/gone/`",
            ]
        );
        assert!(run.out.contains("2 files that could not be read"), "{}", run.out);
        let everything =
            folder.run(&["--format", "json"]).out + &folder.run(&["site", "links", "--format", "json"]).out;
        assert!(!everything.contains("/secret/"), "nothing outside is read");
    }

    #[test]
    fn a_page_that_may_not_be_read() {
        let folder = blog(&[("secret.md", &page("Secret", "[y](/gone/)\n"))]);
        let file = folder.path().join("secret.md");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&file).is_ok() {
            return; // the administrator may read everything
        }
        let run = folder.check(&[]);
        let found = besides(&run);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with("secret.md:1:1: error file/unreadable: "), "{}", found[0]);
    }

    #[test]
    fn a_name_with_a_line_break_commands_nobody() {
        let folder = blog(&[]);
        let name = "a\n::error file=x::owned\u{1b}[31m\u{202e}.md";
        folder.write(name, page("Strange", "[y](/gone/)\n"));
        for format in ["full", "concise", "grouped", "github"] {
            let run = program::run(folder.command(&["--format", format]).env("GITHUB_ACTIONS", "true"));
            assert_eq!(run.code, 1);
            assert!(!run.out.lines().any(|line| line.starts_with("::error file=x")), "{format}: {}", run.out);
            assert!(!run.out.contains(['\u{1b}', '\u{202e}']), "{format}: {}", run.out);
        }
        let json = folder.run(&["--format", "json"]).json();
        let files: Vec<_> = json["findings"].as_array().unwrap().iter().map(|f| f["file"].as_str().unwrap()).collect();
        assert!(files.contains(&name), "programs get the name as it is: {files:?}");
    }

    #[test]
    fn a_name_that_is_not_unicode() {
        let folder = blog(&[]);
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        if fs::write(folder.path().join(name), page("Old", "")).is_err() {
            return; // this file system does not have such names
        }
        let run = folder.check(&[]);
        assert_eq!(
            besides(&run),
            ["caf\u{fffd}.md:1:1: error file/unreadable: this page is not checked: its name is not valid Unicode"]
        );
    }
}
