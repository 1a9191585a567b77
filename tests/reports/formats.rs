//! What each format looks like, to the character.

use std::sync::Arc;

use postlint::finding::{Finding, Fix, Safety, Severity};
use postlint::report::{Abilities, Format, Report, Style, write};
use postlint::source::Span;

use crate::{Site, finding, small};

#[test]
fn full() {
    assert_eq!(
        small().shown(Format::Full, Style::default()),
        r"  docs: a Jekyll site, 10 posts and 2 pages, French (from what its posts are written in)

  × links/missing-page: `/perdu` leads to no page
   ╭─[docs/_posts/2024-01-01-été.md:6:11]
 6 │ Voir [là](/perdu) et [ici](/perdu).
   ·           ──────
   ╰────
  also: in 1 other place: docs/_posts/2024-01-01-été.md:6:28

  ⚠ front-matter/unknown-key: `authr` is not a known key
   ╭─[docs/_posts/2024-01-01-été.md:3:1]
 3 │ authr: zoé
   · ──┬──
   ·   ╰── the post shows no author
   ╰────
  help: write `author`
  see: docs/_config.yml:1:1 known keys

  ☞ images/unused-file: nothing refers to this image
   ╭─[docs/img/x.png]
   ╰────

  4 findings in 2 of 12 files: 1 can be repaired with --fix
  not checked: 5,140 external links (--online) · hidden: 12 of low confidence
"
    );
}

#[test]
fn full_with_many_findings() {
    let mut site = Site::new();
    let text = "[a](b)\n".repeat(40);
    site.file("a.md", &text).file("b.md", &text);
    let file: Arc<str> = "a.md".into();
    let mut findings = Vec::new();
    for n in 0..30 {
        let span = Span::new(n * 7 + 4, n * 7 + 5);
        let fixes = if n < 3 { vec![Fix::replace("x", Safety::Safe, &file, span, "c")] } else { Vec::new() };
        findings.push(Finding {
            fixes,
            ..finding("images/missing-file", Severity::Error, "a.md", span, &format!("`{n}`"))
        });
    }
    let span = Span::new(1, 2);
    findings.push(finding("links/missing-page", Severity::Error, "b.md", span, "no page"));
    findings.push(finding("front-matter/term-variant", Severity::Warning, "b.md", span, "two ways"));
    findings.extend((0..30).map(|n| {
        let risky = Fix::replace("x", Safety::Unsafe, &"b.md".into(), span, "c");
        Finding { fixes: vec![risky], ..finding("a/hint", Severity::Hint, "b.md", span, &format!("hint {n}")) }
    }));
    site.report(findings);
    let style = Style { excerpts: 3, width: 80, ..Style::default() };
    let mut report = Report::new(&site.outcome, style);
    report.can = Abilities { baseline: true, online: true };
    let mut out = Vec::new();
    write(Format::Full, &report, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(
        out,
        r"  × images/missing-file: `0`
   ╭─[a.md:1:5]
 1 │ [a](b)
   ·     ─
   ╰────
  help: x

  × images/missing-file: `1`
   ╭─[a.md:2:5]
 2 │ [a](b)
   ·     ─
   ╰────
  help: x

  × links/missing-page: no page
   ╭─[b.md:1:2]
 1 │ [a](b)
   ·  ─
   ╰────

  … 59 more (--format concise has a line for each)

  errors                     fixable    warnings
    images/missing-file  30        3      front-matter/term-variant  1
    links/missing-page    1
  hints
    a/hint  30

  62 findings in 2 of 12 files: 3 can be repaired with --fix, 30 more with --unsafe-fixes
  an old site? `postlint baseline` accepts today's findings, so that only new ones are shown
"
    );
    let table = site.shown(Format::Full, Style { statistics: true, ..style });
    assert!(table.starts_with("  errors   ") && !table.contains('╭'), "{table}");
    let coloured = site.shown(Format::Full, Style { color: true, ..style });
    assert!(coloured.contains("\u{1b}[31merrors"), "{coloured}");
    assert!(
        site.shown(Format::Full, Style { unicode: false, ..style })
            .contains("  x images/missing-file: `0`\n   ,-[a.md:1:5]\n")
    );
}

#[test]
fn nothing_found_is_good_news() {
    let mut site = small();
    site.report(Vec::new());
    site.outcome.summary.unchecked.other.insert("template_links".into(), 3);
    assert_eq!(
        site.shown(Format::Full, Style::default()),
        r"  docs: a Jekyll site, 10 posts and 2 pages, French (from what its posts are written in)

  all is well: 12 files, 2 links and 1 image checked, nothing to report
  not checked: 3 template links
"
    );
    assert_eq!(site.shown(Format::Full, Style { quiet: true, ..Style::default() }), "");
    assert_eq!(site.shown(Format::Github, Style::default()), "");
}

#[test]
fn concise() {
    assert_eq!(
        small().shown(Format::Concise, Style::default()),
        r"docs/_posts/2024-01-01-été.md:3:1: warning front-matter/unknown-key: `authr` is not a known key [fixable]
docs/_posts/2024-01-01-été.md:6:11: error links/missing-page: `/perdu` leads to no page
docs/_posts/2024-01-01-été.md:6:28: error links/missing-page: `/perdu` leads to no page
docs/img/x.png:1:1: hint images/unused-file: nothing refers to this image
4 findings in 2 of 12 files: 1 can be repaired with --fix
not checked: 5,140 external links (--online) · hidden: 12 of low confidence
"
    );
}

#[test]
fn grouped() {
    assert_eq!(
        small().shown(Format::Grouped, Style::default()),
        r"docs/_posts/2024-01-01-été.md
       3:1  warning  front-matter/unknown-key: `authr` is not a known key [fixable]
      6:11  error    links/missing-page: `/perdu` leads to no page
      6:28  error    links/missing-page: `/perdu` leads to no page

docs/img/x.png
       1:1  hint     images/unused-file: nothing refers to this image

4 findings in 2 of 12 files: 1 can be repaired with --fix
not checked: 5,140 external links (--online) · hidden: 12 of low confidence
"
    );
}

#[test]
fn github() {
    assert_eq!(
        small().shown(Format::Github, Style::default()),
        r"::error file=docs/_posts/2024-01-01-été.md,line=6,endLine=6,col=11,endColumn=17,title=links/missing-page::`/perdu` leads to no page
::error file=docs/_posts/2024-01-01-été.md,line=6,endLine=6,col=28,endColumn=34,title=links/missing-page::`/perdu` leads to no page
::warning file=docs/_posts/2024-01-01-été.md,line=3,endLine=3,col=1,endColumn=6,title=front-matter/unknown-key::`authr` is not a known key%0Athe post shows no author%0Awrite `author`
::notice file=docs/img/x.png,line=1,endLine=1,title=images/unused-file::nothing refers to this image
"
    );
}

#[test]
fn github_says_how_many_it_leaves_out() {
    let mut site = Site::new();
    site.file("a:b,c%.md", "text");
    let one = |n: usize| {
        let rule = if n == 99 { "z/other" } else { "a/first" };
        finding(rule, Severity::Error, "a:b,c%.md", Span::new(0, 1), &format!("100% {n}"))
    };
    site.report((0..100).map(one).collect());
    let out = site.shown(Format::Github, Style::default());
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 50);
    assert_eq!(lines[0], "::error file=a%3Ab%2Cc%25.md,line=1,endLine=1,col=1,endColumn=2,title=a/first::100%25 0");
    assert!(lines[1].ends_with("title=z/other::100%25 99"), "one of each rule first: {}", lines[1]);
    assert_eq!(
        lines[49],
        "::notice title=postlint::51 of 100 findings have no annotation: the log and --format json have all"
    );
}

#[test]
fn json_is_the_contract() {
    let shown = small().shown(Format::Json, Style::default());
    let mut json: serde_json::Value = serde_json::from_str(&shown).unwrap();
    for finding in json["findings"].as_array_mut().unwrap() {
        let print = finding["fingerprint"].take();
        assert!(print.as_str().unwrap().chars().all(|c| c.is_ascii_hexdigit()));
    }
    let post = "docs/_posts/2024-01-01-été.md";
    assert_eq!(json["version"], 1);
    assert_eq!(json["tool"], serde_json::json!({"name": "postlint", "version": env!("CARGO_PKG_VERSION")}));
    assert_eq!(
        json["sites"],
        serde_json::json!([{"root": "docs", "generator": "jekyll", "pages": 12, "posts": 10,
        "links": 2, "images": 1, "languages": {"fr": 12}}])
    );
    assert_eq!(
        json["findings"][0],
        serde_json::json!({
        "rule": "front-matter/unknown-key", "severity": "warning", "confidence": "high", "file": post,
        "span": {"start": 29, "end": 34}, "start": {"line": 3, "column": 1}, "end": {"line": 3, "column": 6},
        "message": "`authr` is not a known key", "note": "the post shows no author", "help": "write `author`",
        "related": [{"file": "docs/_config.yml", "span": {"start": 0, "end": 5}, "start": {"line": 1, "column": 1},
            "end": {"line": 1, "column": 6}, "message": "known keys"}],
        "fixes": [{"title": "write `author`", "safety": "safe",
            "edits": [{"file": post, "start": 29, "end": 34, "text": "author"}]}],
        "fingerprint": null})
    );
    assert_eq!(
        json["findings"][3],
        serde_json::json!({
        "rule": "images/unused-file", "severity": "hint", "confidence": "high", "file": "docs/img/x.png",
        "span": {"start": 0, "end": 0}, "start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 1},
        "message": "nothing refers to this image", "note": null, "help": null, "related": [], "fixes": [],
        "fingerprint": null})
    );
    assert_eq!(json["findings"].as_array().unwrap().len(), 4);
    assert_eq!(json["fixed_findings"], serde_json::json!([]));
    assert_eq!(
        json["summary"],
        serde_json::json!({"files": 12, "errors": 2, "warnings": 1, "hints": 1, "fixable": 1,
        "fixable_unsafe": 0, "fixed": 0, "hidden": {"suppressed": 0, "baseline": 0, "confidence": 12, "unchanged": 0},
        "unchecked": {"external_links": 5140}, "milliseconds": 90})
    );
}

#[test]
fn jsonl_has_the_findings_of_json_line_by_line() {
    let site = small();
    let json: serde_json::Value = serde_json::from_str(&site.shown(Format::Json, Style::default())).unwrap();
    let shown = site.shown(Format::Jsonl, Style::default());
    let lines: Vec<serde_json::Value> = shown.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[..4], json["findings"].as_array().unwrap()[..]);
    assert_eq!(lines[4]["summary"], json["summary"]);
    assert_eq!(lines[4]["sites"], json["sites"]);
    assert_eq!(lines.len(), 5);
}

#[test]
fn what_has_one_cause_is_told_once() {
    let text = "0123456789 0123456789 0123456789 0123456789\n";
    let mut site = Site::new();
    site.file("a.md", text);
    let findings = (0..6_u32).map(|n| {
        let span = Span::new(n as usize * 3, n as usize * 3 + 2);
        let fix = Fix::replace("write it", Safety::Safe, &"a.md".into(), span, "x");
        Finding {
            fixes: if n == 4 { Vec::new() } else { vec![fix] },
            cause: (n != 5).then(|| "from `a.example` to `b.example`".into()),
            ..finding("links/redirected-url", Severity::Hint, "a.md", span, &format!("`a.example/{n}` has moved"))
        }
    });
    site.report(findings.collect());
    let out = site.shown(Format::Full, Style { width: 130, ..Style::default() });
    assert_eq!(out.matches("has moved").count(), 2, "{out}");
    let told =
        "also: 4 more from `a.example` to `b.example`, 3 of them repaired by --fix: a.md:1:4, a.md:1:7, a.md:1:10, …";
    assert!(out.contains(told), "{out}");
}
