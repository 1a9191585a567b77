use postlint::page::Body;
use postlint::page::candidates::CandidateKind::{self, *};

use crate::{jekyll, read};

fn found<'t>(body: &Body, text: &'t str) -> Vec<(CandidateKind, &'t str, &'t str)> {
    body.candidates.iter().map(|c| (c.kind, c.span.of(text), c.destination.of(text))).collect()
}

#[test]
fn links_that_are_none() {
    for (text, kind, whole, destination) in [
        ("see [text] (https://x.example/a).", SpacedLink, "[text] (https://x.example/a)", "https://x.example/a"),
        ("![alt] (img/x.png)", SpacedLink, "![alt] (img/x.png)", "img/x.png"),
        ("a (text)[https://x.example]", SwappedLink, "(text)[https://x.example]", "https://x.example"),
        ("[text](https://x.example/a and on", UnclosedLink, "[text](https://x.example/a", "https://x.example/a"),
        ("[text](my file.pdf) x", SpacesInDestination, "[text](my file.pdf)", "my file.pdf"),
        ("![a *b* c](my file.png 'title')", SpacesInDestination, "![a *b* c](my file.png 'title')", "my file.png"),
        ("[text][nowhere]", UndefinedReference, "[text][nowhere]", "nowhere"),
        ("![no where][]", UndefinedReference, "![no where][]", "no where"),
    ] {
        assert_eq!(found(&read(text), text), [(kind, whole, destination)], "{text}");
    }
}

#[test]
fn what_is_meant_as_text_is_left_alone() {
    for text in [
        "`[text] (https://x.example)`",
        "    [text](a b)",
        "call f(x)[0] or list[i](y z)[0]",
        "list[i][j] = 1",
        "- [ ] (/later)\n- [x] (/done)",
        "\\[text\\] (https://x.example)",
        "[shortcut] alone",
        "x [note] (see below)",
        "[a](b) [c](<d e>)",
        "<a href=\"x\">[text] (not a url)</a>",
    ] {
        let body = read(text);
        let serious: Vec<_> =
            found(&body, text).into_iter().filter(|(kind, _, _)| *kind != SpacesInDestination).collect();
        assert_eq!(serious, [], "{text}");
    }
}

#[test]
fn a_note_that_nothing_defines_is_no_reference() {
    let text = "[text][^1] and [^b]\n\n[^b]: The note.\n";
    let found: Vec<_> = read(text).candidates.iter().map(|one| (one.kind, one.span.of(text).to_owned())).collect();
    assert_eq!(found, [(UndefinedFootnote, "[^1]".to_owned())]);
}

#[test]
fn leftovers_of_a_migration() {
    let text = "[caption id=\"x\" width=\"3\"]text[/caption]\n\n[gallery]\n\n\\[embed\\]https://y.example/z\\[/embed\\]\n\n[link](a) [text] [see also]\n";
    let body = jekyll(text);
    let shortcodes: Vec<_> =
        body.candidates.iter().filter(|c| c.kind == Shortcode).map(|c| (c.text.of(text), c.span.of(text))).collect();
    assert_eq!(
        shortcodes,
        [
            ("caption", "[caption id=\"x\" width=\"3\"]"),
            ("caption", "[/caption]"),
            ("gallery", "[gallery]"),
            ("embed", "\\[embed\\]"),
            ("embed", "\\[/embed\\]"),
        ]
    );
    assert!(body.candidates.iter().any(|c| c.kind == BareUrl && c.span.of(text) == "https://y.example/z"));
}

#[test]
fn lines_that_a_merge_left() {
    let text = "a\n\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n\nb\n";
    let lines: Vec<_> = found(&read(text), text).into_iter().map(|(kind, line, _)| (kind, line)).collect();
    let marker = |line| (ConflictMarker, line);
    assert_eq!(lines, [marker("<<<<<<< HEAD"), marker("======="), marker(">>>>>>> branch")]);
    assert!(read("```\n<<<<<<< HEAD\n=======\n>>>>>>> b\n```\n\nTitle\n=======\n").candidates.is_empty());
}
