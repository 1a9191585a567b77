//! What is wrong with a front matter is told at its true place, and a repair that is offered holds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

use postlint::page::front_matter::{self, Cause, FrontMatter};

fn read(text: &str) -> FrontMatter {
    front_matter::find(text, false).unwrap_or_else(|| panic!("no front matter in {text:?}"))
}

/// The front matter `inner` between two sound keys.
fn page(inner: &str) -> String {
    format!("---\nfirst: 1\n{inner}\nlast: [x, 'y']\n---\nbody\n")
}

#[test]
fn the_true_cause_at_the_true_place() {
    // lines, cause, characters at fault, lines after the first repair ("" for none)
    let cases = [
        ("title: Rust: a tour", Cause::ColonInValue, ":", "title: \"Rust: a tour\""),
        ("title: a:", Cause::ColonInValue, ":", "title: \"a:\""),
        ("author: @x@piaille.fr", Cause::ReservedStart, "@", "author: \"@x@piaille.fr\""),
        ("author: `x`", Cause::ReservedStart, "`", "author: \"`x`\""),
        ("rate: %10", Cause::ReservedStart, "%", "rate: \"%10\""),
        ("title: **bold**", Cause::ReservedStart, "*", "title: \"**bold**\""),
        ("title: *a and b", Cause::ReservedStart, "*", "title: \"*a and b\""),
        ("title: |x y", Cause::ReservedStart, "|", "title: \"|x y\""),
        ("title: > 5 things", Cause::ReservedStart, ">", "title: \"> 5 things\""),
        ("url: 'https://x.org/a", Cause::UnclosedQuote, "'", "url: 'https://x.org/a'"),
        ("title: \"CVE: one", Cause::UnclosedQuote, "\"", "title: \"CVE: one\""),
        ("title: 'it's here'", Cause::TextAfterQuote, "'s here'", "title: \"it's here\""),
        ("title: \"a \"b\" c\"", Cause::TextAfterQuote, "\"b\" c\"", "title: 'a \"b\" c'"),
        ("title: \"a\" and b", Cause::TextAfterQuote, "\" and b", "title: '\"a\" and b'"),
        ("path: \"C:\\dir\"", Cause::BadEscape, "\\d", "path: \"C:\\\\dir\""),
        ("image:/assets/x.png", Cause::NoSpaceAfterColon, "image:", "image: /assets/x.png"),
        ("list:\n\t- a\n\t- b", Cause::TabIndentation, "\t", "list:\n  - a\n  - b"),
        ("title:\u{a0}x\nother: @y", Cause::OddSpace, "\u{a0}", "title: x"),
        ("title: \u{201c}Rust: a tour\u{201d}", Cause::SmartQuotes, "\u{201c}", "title: \"Rust: a tour\""),
        ("title: {{ page.title }}", Cause::Template, "{{ page.title }}", "title: \"{{ page.title }}\""),
        ("title: {{ a }} b", Cause::Template, "{{ a }} b", "title: \"{{ a }} b\""),
        ("title: {% x %}", Cause::Template, "{% x %}", "title: \"{% x %}\""),
        ("title: x\n author: y", Cause::Indentation, " ", "title: x\nauthor: y"),
        ("tags:\n- a\n-b", Cause::NoSpaceAfterDash, "-b", "tags:\n- a\n- b"),
        ("tags: [a, b", Cause::UnclosedBracket, "[", "tags: [a, b]"),
        ("tags: [a, b]]", Cause::ExtraBracket, "]", "tags: [a, b]"),
        ("tags: {a: b", Cause::UnclosedBracket, "{", "tags: {a: b}"),
        ("by:\n  - @a\n  - @b", Cause::ReservedStart, "@", "by:\n  - \"@a\"\n  - \"@b\""),
        ("title: one\nmore text", Cause::Prose, "more text", "title: one\n  more text"),
    ];
    for (lines, cause, at, repaired) in cases {
        for (text, eol) in [(page(lines), "\n"), (page(lines).replace('\n', "\r\n"), "\r\n")] {
            let fm = read(&text);
            let issue = fm.errors.first().unwrap_or_else(|| panic!("no issue in {lines:?}"));
            assert_eq!((issue.cause, issue.span.of(&text)), (cause, at), "{lines:?}: {issue:?}");
            assert_eq!(fm.get(&text, "first").and_then(|n| n.text(&text)), Some("1"), "{lines:?}");
            assert!(fm.get(&text, "last").is_some(), "{lines:?}");
            if lines.contains("other") {
                continue;
            }
            let repair = issue.repairs.first().unwrap_or_else(|| panic!("no repair for {lines:?}: {issue:?}"));
            let mut result = text.clone();
            result.replace_range(repair.span.range(), &repair.text);
            assert_eq!(result, page(repaired).replace('\n', eol), "{lines:?}");
            assert_eq!(read(&result).errors, [], "{lines:?}");
        }
    }
}

#[test]
fn several_slips_are_told_at_once() {
    let text = "---\ntitle: a: b\nok: 1\nauthor: @c\n---\n";
    let fm = read(text);
    let causes: Vec<_> = fm.errors.iter().map(|issue| (issue.cause, issue.repairs.len())).collect();
    assert_eq!(causes, [(Cause::ColonInValue, 1), (Cause::ReservedStart, 1)]);
    let names: Vec<_> = fm.entries(text).map(|(name, entry)| (name, entry.value.text(text))).collect();
    assert_eq!(names, [("title", Some("a: b")), ("ok", Some("1")), ("author", Some("@c"))]);
}

#[test]
fn what_has_no_single_repair_is_still_told() {
    for (lines, cause, at) in [
        ("tags: a\n- b", Cause::Indentation, "- b"),
        ("tags: - a", Cause::Indentation, "- a"),
        ("a: \u{0}", Cause::ForbiddenCharacter, "\u{0}"),
        ("Some prose here.", Cause::Prose, "Some prose here."),
    ] {
        let text = page(lines);
        let fm = read(&text);
        let found: Vec<_> = fm.errors.iter().map(|issue| (issue.cause, issue.span.of(&text))).collect();
        assert_eq!(found, [(cause, at)], "{lines:?}");
        assert!(fm.recovered && fm.get(&text, "last").is_some());
    }
}

#[test]
fn what_generators_read_is_no_issue() {
    for inner in [
        "title:\tx",
        "title: x\t",
        "tags: [a,\nb]",
        "title: \"a\nb\"",
        "title: 'a\n\nb'",
        "title: it's",
        "title: a \"b\" c",
        "title: a:b",
        "url: http://x.org:80/",
        "title: \u{201c}x\u{201d}",
        "title: x\u{a0}!",
        "a: &x 1\nb: *x",
        "title: !important x",
        "# only a comment",
        "",
        "a:\n- b\n- c",
        "a: |\n  b: c: d\n  @x",
        "a: >-\n\n  x",
        "- :a",
        "a: \"x\"# c",
    ] {
        let text = page(inner);
        if inner != "- :a" {
            assert_eq!(read(&text).errors, [], "{inner:?}");
        }
    }
    assert_eq!(read("---\n---\n").errors, []);
}
