//! Random documents: nothing panics, and every span is a place in the file.

use std::time::{Duration, Instant};

use postlint::page::dialect::{RawHtml, Templates};
use postlint::page::{Body, Dialect};
use postlint::source::Span;
use proptest::prelude::*;

const TOKENS: [&str; 76] = [
    "[",
    "]",
    "(",
    ")",
    "](",
    "[a]",
    "[a](b)",
    "![",
    "[a]: /b\n",
    "[a]:",
    "<",
    ">",
    "<a href=\"",
    "\"",
    "'",
    "<img src=x>",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<div markdown=\"1\">",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "# ",
    "## ",
    "{#x}",
    "{: #y}",
    "{:",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% raw %}",
    "{% endraw %}",
    "{% comment %}",
    "{% endcomment %}",
    "{{<",
    ">}}",
    "{{< figure src=\"",
    "{{%",
    "%}}",
    "{/*",
    "*/}",
    "import a\n",
    "`",
    "```\n",
    "*",
    "_",
    "\\",
    "&amp;",
    "&#8211;",
    "|",
    "|---|\n",
    "a",
    "é",
    "日",
    "\u{1f600}",
    "https://e.example/",
    "www.e.example",
    "[^1]",
    "[^1]: ",
    "===\n",
    "---\n",
    "\0",
    "<<<<<<< a\n",
    "srcset=",
];

fn dialects() -> Vec<Dialect> {
    vec![
        Dialect::COMMONMARK,
        Dialect::KRAMDOWN_GFM,
        Dialect::GOLDMARK,
        Dialect { raw_html: RawHtml::Drop, wikilinks: true, math: true, ..Dialect::GOLDMARK },
        Dialect { templates: Templates::Mdx, footnotes: false, ..Dialect::COMMONMARK },
    ]
}

fn check(text: &str, start: usize, dialect: &Dialect) {
    let body = Body::read(text, start, dialect);
    let check = |span: Span, what: &str| {
        assert!(span.start <= span.end && span.end as usize <= text.len(), "{what} {span:?} in {text:?}");
        assert!(text.get(span.range()).is_some(), "{what} {span:?} in {text:?}");
        assert!(span.start as usize >= start || span == Span::default(), "{what} {span:?} before the body");
    };
    for link in &body.links {
        check(link.span, "link");
        check(link.whole, "construct");
        let raw = link.span.of(text);
        assert!(
            raw == &*link.destination || raw.contains(['\\', '&', '\r', '\0', '\n']),
            "{:?} is not {raw:?} in {text:?}",
            link.destination
        );
    }
    for definition in &body.definitions {
        check(definition.span, "definition");
        check(definition.destination_span, "definition's destination");
        check(definition.label, "label");
    }
    for heading in &body.headings {
        check(heading.span, "heading");
        check(heading.content, "content");
        let ends: Vec<u32> = heading.pieces.iter().map(|piece| piece.end).collect();
        assert!(ends.is_sorted() && ends.iter().all(|end| heading.text.is_char_boundary(*end as usize)));
        heading.id.iter().for_each(|id| check(id.span, "heading's id"));
    }
    let spans = body.prose.iter().flat_map(|(_, runs)| runs).chain(&body.comments).chain(&body.code_blocks);
    spans.chain(&body.blocks).chain(&body.footnotes).for_each(|span| check(*span, "span"));
    body.calls.iter().for_each(|call| check(call.span, "call"));
    body.calls.iter().flat_map(|call| &call.arguments).for_each(|argument| check(argument.value, "argument"));
    body.unclosed.iter().for_each(|unclosed| check(unclosed.span, "unclosed"));
    body.anchors.iter().for_each(|anchor| check(anchor.span, "anchor"));
    body.candidates.iter().for_each(|c| [c.span, c.text, c.destination].iter().for_each(|s| check(*s, "candidate")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_span_is_a_place(tokens in prop::collection::vec(prop::sample::select(&TOKENS[..]), 1..24)) {
        let text = tokens.concat();
        for dialect in dialects() {
            check(&text, 0, &dialect);
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}", lead in "\\PC{0,5}") {
        let whole = format!("{lead}{text}");
        for dialect in dialects() {
            check(&whole, lead.len(), &dialect);
        }
    }
}

/// No repetition makes the reader search the same bytes again and again.
#[test]
fn hostile_repetition_stays_linear() {
    let units = [
        "[",
        "](",
        "]:",
        "[a]: b\n",
        "<a ",
        "<div>",
        "<div markdown=\"1\">\n",
        "<!--",
        "<script>",
        "{{",
        "{% ",
        "{% raw %}",
        "{{<",
        "{{< highlight >}}",
        "{",
        "{/*",
        "> ",
        "[a](b c)",
        "(a)[/b] ",
        "https://",
        "www.",
        "{: #a}\n",
        "<p lang=x>",
        "<?",
        "{{\"}}",
        "`",
        "*a ",
        "[a][b]",
        "# {#\n",
        "<a href=x>",
        "]:[",
        "<div>\n\n",
    ];
    for unit in units {
        for dialect in dialects() {
            let time = |bytes: usize| {
                let text = unit.repeat(bytes / unit.len());
                let begin = Instant::now();
                std::hint::black_box(Body::read(&text, 0, &dialect));
                begin.elapsed()
            };
            // A small text has to do in a debug build; anything quadratic by the byte would still take longer.
            let took = time(20_000);
            assert!(took < Duration::from_secs(20), "{unit:?} took {took:?} with {dialect:?}");
        }
    }
}
