//! The address of a destination against the scan for it: the first is an accident of the parser, the second is ours.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::*;

/// Each with one link or one definition, and its destination as written.
const CASES: [(&str, &str); 24] = [
    ("[t](/a)", "/a"),
    ("[t](<a b>)", "a b"),
    ("[t](e(f(g))h)", "e(f(g))h"),
    ("[t](a\\_b)", "a\\_b"),
    ("[t](a&amp;b)", "a&amp;b"),
    ("[t](&auml;)", "&auml;"),
    ("[t](/u 'title')", "/u"),
    ("[t](/u\n\"title (/u)\")", "/u"),
    ("[t](\n/u)", "/u"),
    ("[t](\n  <a\\>b> )", "a\\>b"),
    ("[`]`](c\\_d)", "c\\_d"),
    ("[`](x)`](c\\_d)", "c\\_d"),
    ("[<b a=\"](x)\">](e\\_f)", "e\\_f"),
    ("[<https://a.example/](x)>](e\\_f)", "e\\_f"),
    ("[\\]](g)", "g"),
    ("[https://x.example](https://x.example)", "https://x.example"),
    ("[t]()", ""),
    ("[t](<>)", ""),
    ("[a *b* ~~c~~](d\\*)", "d\\*"),
    ("[t][r]\n\n[r]: /x&amp;y 'z'", "/x&amp;y"),
    ("[r][]\n\n[r]:\n  /x\\_y\n  'z'", "/x\\_y"),
    ("[r]\n\n[R]: <x\\>y>", "x\\>y"),
    ("[a\\]b]\n\n[a\\]b]: /z", "/z"),
    ("é [é](é\\_é)", "é\\_é"),
];

/// The place by the address, if there is one, and by the scan.
type Places = (Option<Range<usize>>, Option<Range<usize>>);

/// What is found by the scan alone, and by the address where there is one.
fn places(text: &str) -> Vec<Places> {
    let mut events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).into_offset_iter();
    let mut found = Vec::new();
    let mut open: Option<(CowStr<'_>, Range<usize>, usize)> = None;
    for (event, range) in events.by_ref() {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) => {
                open = Some((dest_url, range.clone(), range.start + 1));
            }
            Event::End(TagEnd::Link) => {
                let Some((said, link, last)) = open.take() else { continue };
                found.push((pointer(text, &said), inline(text, last, link.end, &said, false)));
            }
            _ => {
                if let Some((_, _, last)) = &mut open {
                    *last = range.end.max(*last);
                }
            }
        }
    }
    let definitions = events.reference_definitions();
    for (_, one) in definitions.iter() {
        found.push((pointer(text, &one.dest), definition(text, one.span.start, one.span.end, &one.dest)));
    }
    found
}

#[test]
fn the_scan_finds_what_the_address_says() {
    for (case, raw) in CASES {
        let quoted = |mark: &str| case.lines().map(|line| format!("{mark}{line}\n")).collect::<String>();
        let listed = case.lines().collect::<Vec<_>>().join("\n  ");
        let variants = [
            case.to_owned(),
            quoted("> "),
            format!("- {listed}"),
            case.replace('\n', "\r\n"),
            quoted("> > "),
            format!("1. x\n\n   {case}"),
        ];
        for text in variants {
            let found = places(&text);
            // A definition may not survive every container; a link must.
            assert!(!found.is_empty() || case.contains("]:"), "{text:?}");
            for (address, scan) in found {
                let scan = scan.unwrap_or_else(|| panic!("no scan in {text:?}"));
                assert_eq!(text.get(scan.clone()), Some(raw), "{text:?}");
                assert!(address.is_none() || address.as_ref() == Some(&scan), "{text:?}: {address:?} {scan:?}");
            }
        }
    }
}

#[test]
fn thirty_two_parentheses_are_a_destination_and_more_are_none() {
    let nested = |depth: usize| format!("[t]({}a{})", "(".repeat(depth), ")".repeat(depth));
    let links = |text: &str| places(text).len();
    assert_eq!(links(&nested(31)), 1);
    assert_eq!(links(&nested(40)), 0);
}

#[test]
fn a_pipe_in_a_table_is_escaped_once_more() {
    let raw = "y\\|z";
    assert_eq!(decode::destination(raw, Form::Plain, true).as_deref(), Some("y|z"));
    assert_eq!(decode::destination(raw, Form::Plain, false).as_deref(), Some("y|z"));
    assert_eq!(
        decode::destination("a(b", Form::Plain, false).as_deref(),
        Some("a(b"),
        "nothing to resolve, so not asked"
    );
}
