//! Front matter from outside: what is read, where it stands, and that nothing can hurt the reader.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

use postlint::page::front_matter::{self, FrontMatter, Listing, Node, NodeKind};
use postlint::source::Span;
use proptest::prelude::*;

fn read(text: &str) -> FrontMatter {
    front_matter::find(text, false).unwrap_or_else(|| panic!("no front matter in {text:?}"))
}

/// Every node of the tree, keys included.
fn nodes(front_matter: &FrontMatter) -> Vec<&Node> {
    let mut found = Vec::new();
    let mut open: Vec<&Node> = front_matter.root.iter().flat_map(|entry| [&entry.key, &entry.value]).collect();
    while let Some(node) = open.pop() {
        found.push(node);
        match &node.kind {
            NodeKind::Seq(items) => open.extend(items),
            NodeKind::Map(entries) => open.extend(entries.iter().flat_map(|entry| [&entry.key, &entry.value])),
            _ => {}
        }
    }
    found
}

/// All spans stand on character boundaries inside the front matter, and contents inside their nodes.
fn check_spans(text: &str, front_matter: &FrontMatter) {
    let inside = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} is off the characters of {text:?}");
        assert!(front_matter.outer.contains(span), "{span:?} is outside of {:?} in {text:?}", front_matter.outer);
    };
    for node in nodes(front_matter) {
        inside(node.span);
        if let Some(scalar) = node.scalar() {
            assert!(node.span.contains(scalar.content), "{node:?} in {text:?}");
        }
        node.tag.into_iter().for_each(inside);
    }
    front_matter.comments.iter().copied().for_each(inside);
    for error in &front_matter.errors {
        assert!(text.get(error.span.range()).is_some(), "{error:?} in {text:?}");
        for repair in &error.repairs {
            assert!(text.get(repair.span.range()).is_some(), "{repair:?} in {text:?}");
        }
    }
}

#[test]
fn values_are_where_they_are_written() {
    let text = "\u{feff}---\r\ntitle: \"😀 fête\"  # keep\r\nempty:\r\nlist:\r\n- a\r\n- 'b c'\r\nlong: |-\r\n  one\r\n  two\r\nn: !t x\r\n---\r\n";
    let fm = read(text);
    check_spans(text, &fm);
    assert_eq!(fm.errors, []);
    let slices: Vec<(&str, &str)> = fm.root.iter().map(|e| (e.key.span.of(text), e.value.span.of(text))).collect();
    assert_eq!(
        slices,
        [
            ("title", "\"😀 fête\""),
            ("empty", ""),
            ("list", "- a\r\n- 'b c'"),
            ("long", "|-\r\n  one\r\n  two"),
            ("n", "x")
        ]
    );
    assert_eq!(fm.get(text, "title").unwrap().text(text), Some("😀 fête"));
    assert_eq!(fm.get(text, "long").unwrap().text(text), Some("one\ntwo"));
    assert_eq!(fm.comments.iter().map(|c| c.of(text)).collect::<Vec<_>>(), ["# keep"]);
    assert_eq!(fm.get(text, "n").unwrap().tag.unwrap().of(text), "!t");
    let empty = fm.get(text, "empty").unwrap();
    assert!(empty.is_null() && text[..empty.span.start as usize].ends_with("empty:"));
}

#[test]
fn duplicates_merges_paths_and_pieces() {
    let text = "---\nbase: &b {lang: fr, x: 1}\n<<: *b\nx: 2\nx: 3\na: {b: {c: deep}}\ntags: one two  three\nlist: [p, [q], 'r']\n---\n";
    let fm = read(text);
    let get = |key| fm.get(text, key).and_then(|n| n.text(text));
    assert_eq!((get("x"), get("lang"), get("nothing")), (Some("3"), Some("fr"), None));
    assert_eq!(fm.path(text, "a.b.c").and_then(|n| n.text(text)), Some("deep"));
    assert_eq!(fm.root.len(), 7);
    let tags = fm.get(text, "tags").unwrap().pieces(text, Listing::Spaces);
    assert_eq!(
        tags.iter().map(|p| (p.text, p.span.of(text))).collect::<Vec<_>>(),
        [("one", "one"), ("two", "two"), ("three", "three")]
    );
    let list = fm.get(text, "list").unwrap().pieces(text, Listing::Single);
    assert_eq!(list.iter().map(|p| p.span.of(text)).collect::<Vec<_>>(), ["p", "r"]);
}

#[test]
fn quoted_texts_may_go_on_in_the_first_column() {
    let text = "---\na: \"one\ntwo\n\nthree\"\nb:\n  - 'x\n  y'\n  - c: \"p\nq\" # r\nd: 1\n---\n";
    let fm = read(text);
    check_spans(text, &fm);
    assert_eq!(fm.errors, []);
    assert_eq!(fm.get(text, "a").unwrap().text(text), Some("one two\nthree"));
    assert_eq!(fm.get(text, "a").unwrap().span.of(text), "\"one\ntwo\n\nthree\"");
    assert_eq!(fm.get(text, "d").unwrap().span.of(text), "1");
    assert_eq!(fm.comments.len(), 1);
}

#[test]
fn toml_and_json() {
    let text = "+++\ntitle = \"A \\\"b\\\"\" # c\ndate = 2024-01-05\ndraft = false\n[extra]\nx = ['p', \"q\"]\n[[r]]\ny = 1\n+++\nbody";
    let fm = read(text);
    check_spans(text, &fm);
    assert_eq!(fm.get(text, "title").unwrap().text(text), Some("A \"b\""));
    assert_eq!(fm.get(text, "date").unwrap().span.of(text), "2024-01-05");
    assert_eq!(fm.path(text, "extra.x").unwrap().seq().unwrap()[0].span.of(text), "'p'");
    assert_eq!(fm.comments[0].of(text), "# c");

    let text = "{\n \"title\": \"é\\n\",\n \"a\": 1, \"a\": [true, null],\n}\nbody";
    let fm = read(text);
    check_spans(text, &fm);
    assert_eq!(fm.root.len(), 3);
    assert_eq!(fm.errors.len(), 1, "{:?}", fm.errors);
    assert_eq!(fm.get(text, "title").unwrap().text(text), Some("é\n"));
}

#[test]
fn a_slip_costs_one_key() {
    let text = "---\ntitle: Rust: a tour\nauthor: x\ntags:\n- a\n---\n";
    let fm = read(text);
    assert!(fm.recovered);
    assert_eq!(fm.get(text, "author").and_then(|n| n.text(text)), Some("x"));
    assert_eq!(fm.get(text, "tags").and_then(Node::seq).map(<[Node]>::len), Some(1));
    let text = "+++\ntitle = \"x\ndate = 2024-01-01\ntitle = 'y'\n+++\n";
    let fm = read(text);
    assert!(fm.recovered && !fm.errors.is_empty());
    assert_eq!(fm.get(text, "date").unwrap().span.of(text), "2024-01-01");
}

#[test]
fn nasty_input_is_read_in_no_time() {
    let deep = 10_000;
    let bomb = (1..30).map(|i| format!("a{i}: &a{i} [*a{0},*a{0},*a{0},*a{0}]\n", i - 1)).collect::<String>();
    let cases = [
        format!("---\na: {}\n---\n", "[".repeat(deep)),
        format!("---\na: {}{}\n---\n", "[".repeat(deep), "]".repeat(deep)),
        format!("---\na: {}\n---\n", "{a: ".repeat(deep)),
        format!("---\n{}x\n---\n", "? ".repeat(deep)),
        format!("---\n{}x\n---\n", "- ".repeat(deep)),
        format!("---\n{}\n---\n", (0..2_000).map(|i| format!("{}a:\n", " ".repeat(i))).collect::<String>()),
        format!("---\na0: &a0 x\n{bomb}---\n"),
        "---\na: \u{0}\n\u{0}: b\n---\n".to_owned(),
        format!("---\n{}---\n", (0..30_000).map(|i| format!("k{i}: v\n")).collect::<String>()),
        format!("---\n{}---\n", "a: 'x\ny'\n".repeat(2_000)),
        format!("---\n{}---\n", "a: 'x\n".repeat(20_000)),
        format!("---\n{}---\n", "a: b: c\n".repeat(5_000)),
        format!("---\n{}---\n", "# c\n".repeat(50_000)),
        format!("---\na: \"{}\n---\n", "\\".repeat(100_001)),
        format!("+++\na = {}\n+++\n", "[".repeat(deep)),
        format!("+++\na = {}1{}\n+++\n", "{a=".repeat(deep), "}".repeat(deep)),
        format!("+++\n{}\n+++\n", "a.".repeat(deep)),
        format!("+++\n{}+++\n", "[[a]]\n".repeat(deep)),
        format!("+++\n{}+++\n", "a = 1\n".repeat(deep)),
        format!("{{\"a\": {}}}", "[".repeat(deep)),
        format!("{{\"a\": {}1{}}}", "{\"a\":".repeat(deep), "}".repeat(deep)),
        format!("---\n{}", "- ".repeat(100_000)),
    ];
    for text in &cases {
        let start = std::time::Instant::now();
        if let Some(fm) = front_matter::find(text, false) {
            check_spans(text, &fm);
        }
        // Milliseconds in a release build; the limit only tells linear from quadratic on a busy machine.
        let shown: String = text.chars().take(40).collect();
        assert!(start.elapsed().as_secs() < 10, "{shown:?} took {:?}", start.elapsed());
    }
}

/// Texts made of the characters that matter to YAML, so that errors are frequent and varied.
fn yamlish() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "a", "b: ", "key:", ": ", "- ", "\n", "\n  ", "\r\n", "\"", "'", "[", "]", "{", "}", ", ", "#", " # c", "|",
        ">-\n", "&x ", "*x", "!t ", "é", "😀", "\u{a0}", "\t", "\\", "? ", "%", "@", "`", "<<: ", "~", "\u{feff}",
        "{{ x }}", "---", "“", "”",
    ]);
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

/// The repair of a single slip after which the front matter still has one; such a repair must not be offered.
fn unrepaired(inner: &str) -> Option<String> {
    let text = format!("---\nfirst: 1\n{inner}\nlast: 2\n---\nbody");
    let fm = front_matter::find(&text, false)?;
    let [issue] = fm.errors.as_slice() else { return None };
    issue.repairs.iter().find_map(|repair| {
        let mut result = text.clone();
        result.replace_range(repair.span.range(), &repair.text);
        let again = read(&result);
        let first = again.get(&result, "first").and_then(|node| node.text(&result));
        (!again.errors.is_empty() || first.is_none()).then(|| format!("{repair:?} in {text}: {:?}", again.errors))
    })
}

#[test]
fn a_repair_that_leaves_a_slip_is_not_offered() {
    // Each was found by the property below.
    let found = [
        "*x&x : é- \"",
        "\"a\n😀b: {{ x }}",
        ">-\n<<: *x",
        "a&x \nb: *x\n",
        "a\u{a0}&x \nb: *x\nb: ",
        "b: [*x]#>-\n<<: &x ? ",
        ": \"",
    ];
    for inner in found {
        assert_eq!(unrepaired(inner), None);
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        for text in [text.clone(), format!("---\n{text}\n---\n"), format!("+++\n{text}\n+++\n"), format!("{{\"{text}}}")] {
            if let Some(fm) = front_matter::find(&text, true) {
                check_spans(&text, &fm);
            }
        }
    }

    #[test]
    fn spans_hold_in_broken_yaml(inner in yamlish()) {
        for (open, close) in [("---", "---"), ("+++", "+++"), ("\u{feff}---", "...")] {
            let text = format!("{open}\n{inner}\n{close}\nbody");
            if let Some(fm) = front_matter::find(&text, false) {
                check_spans(&text, &fm);
            }
        }
    }

    #[test]
    fn a_single_repair_repairs(inner in yamlish()) {
        prop_assert_eq!(unrepaired(&inner), None);
    }

    #[test]
    fn splitting_does_not_mind_the_line_end(inner in yamlish(), body in yamlish()) {
        let unix = format!("---\n{inner}\n---\n{body}").replace('\r', "");
        let windows = unix.replace('\n', "\r\n");
        let (a, b) = (front_matter::split(&unix, false).unwrap(), front_matter::split(&windows, false).unwrap());
        prop_assert_eq!(a.format, b.format);
        prop_assert_eq!(a.inner.of(&unix).replace('\n', "\r\n"), b.inner.of(&windows));
        prop_assert_eq!(&unix[a.body_start as usize..], windows[b.body_start as usize..].replace('\r', ""));
    }
}
