//! An edit changes the value that it is meant for, and no other byte.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use postlint::page::front_matter::{self, Entry, FrontMatter, Node, NodeKind, Replacement};
use proptest::prelude::*;

fn read(text: &str) -> FrontMatter {
    front_matter::find(text, false).unwrap_or_else(|| panic!("no front matter in {text:?}"))
}

fn applied(text: &str, (span, new): &Replacement) -> String {
    let mut result = text.to_owned();
    result.replace_range(span.range(), new);
    result
}

/// What a node says, whatever its place.
fn said(text: &str, node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "nothing".to_owned(),
        NodeKind::Alias(_) => "alias".to_owned(),
        NodeKind::Scalar(scalar) => format!("{:?}", scalar.text(text)),
        NodeKind::Seq(items) => format!("{:?}", items.iter().map(|item| said(text, item)).collect::<Vec<_>>()),
        NodeKind::Map(entries) => format!("{:?}", all(text, entries)),
    }
}

fn all(text: &str, entries: &[Entry]) -> Vec<(String, String)> {
    entries.iter().map(|entry| (entry.name(text).to_owned(), said(text, &entry.value))).collect()
}

const PAGES: [&str; 5] = [
    "\u{feff}---\r\na: \u{1f600} plain  # keep\r\nb: 'it''s'\r\nc: \"x \\\" y\"\r\nd: |\r\n  one\r\n  two\r\n\r\ne: [p, \"q\", r]\r\nf:\r\ng:\r\n- 1\r\n- h: i\r\n---\r\nbody\r\n",
    "---\na: 2024-01-01\nb: no\nc: {x: y, z: 'w'}\nd: >-\n  folded\n  text\n# between\ne: \"one\ntwo\"\nf: ~\n---\n",
    "+++\na = \"x\"  # keep\nb = 'y'\nc = 2024-01-01\nd = [\"p\", 'q']\ne = \"\"\"\nlong\n\"\"\"\nf = true\n[extra]\nz = 1\n+++\n",
    "{\n  \"a\": \"x\",\n  \"b\": 1,\n  \"c\": [\"p\", \"q\"],\n  \"d\": {\"e\": null}\n}\nbody",
    "---\na: x\n---",
];

/// Every scalar of the root and of lists in it.
fn targets(fm: &FrontMatter) -> Vec<(usize, Option<usize>, &Node)> {
    let mut found = Vec::new();
    for (at, entry) in fm.root.iter().enumerate() {
        match &entry.value.kind {
            NodeKind::Scalar(_) | NodeKind::Null => found.push((at, None, &entry.value)),
            NodeKind::Seq(items) => {
                found.extend(
                    items.iter().enumerate().filter(|(_, i)| i.scalar().is_some()).map(|(n, i)| (at, Some(n), i)),
                );
            }
            _ => {}
        }
    }
    found
}

fn check_replacing(text: &str, new: &str) {
    let fm = read(text);
    assert_eq!(fm.errors, [], "{text}");
    let before = all(text, &fm.root);
    for (at, item, node) in targets(&fm) {
        let edit = fm.replace_scalar(text, node, new).unwrap();
        let result = applied(text, &edit);
        let again = read(&result);
        assert_eq!(again.errors, [], "{new:?} in {result}");
        let mut after = all(&result, &again.root);
        let value = &again.root[at].value;
        let changed = match item {
            None => value,
            Some(n) => &value.seq().unwrap()[n],
        };
        assert_eq!(changed.text(&result), Some(new), "{new:?} for {:?} gives {:?}", node.span.of(text), edit.1);
        match item {
            None => after[at].1.clone_from(&before[at].1),
            Some(_) => after[at].1 = after[at].1.replacen(&format!("{new:?}"), "", 1),
        }
        if item.is_none() {
            assert_eq!(after, before, "{result}");
        }
    }
}

#[test]
fn awkward_texts_survive() {
    for new in [
        "x",
        "",
        " ",
        "no",
        "12:30",
        "0755",
        "2024-02-03",
        "a: b",
        "a #b",
        "#a",
        "it's",
        "\"q\"",
        "a, b",
        "[a]",
        "{a}",
        "@x",
        "*x",
        "- x",
        "-x",
        "x:",
        "\\",
        "\n",
        "a\r\nb",
        "\t",
        "é\u{a0}\u{1f600}",
        "{{ x }}",
        "...",
        "---",
        "<<",
        "=",
        "~",
        "null",
        "%",
        "\u{2028}",
        "true",
        "1",
    ] {
        for text in PAGES {
            check_replacing(text, new);
        }
    }
}

#[test]
fn keys_are_renamed_removed_and_inserted() {
    for text in PAGES {
        let fm = read(text);
        let before = all(text, &fm.root);
        for (at, entry) in fm.root.iter().enumerate() {
            let result = applied(text, &fm.rename_key(text, entry, "new key").unwrap());
            let mut expected = before.clone();
            expected[at].0 = "new key".to_owned();
            assert_eq!(all(&result, &read(&result).root), expected, "{result}");

            if let Some(edit) = fm.remove_entry(text, at) {
                let result = applied(text, &edit);
                let mut expected = before.clone();
                expected.remove(at);
                let again = read(&result);
                assert_eq!((all(&result, &again.root), again.errors), (expected, vec![]), "{result}");
            } else {
                assert_eq!(entry.name(text), "extra", "{text}");
            }

            if let Some(edit) = fm.insert_text(text, Some(entry), "neu", "a: b") {
                let result = applied(text, &edit);
                let again = read(&result);
                assert_eq!(again.errors, [], "{result}");
                let place = again.root.iter().position(|entry| entry.name(&result) == "neu").unwrap();
                let mut after = all(&result, &again.root);
                assert_eq!(after.remove(place).1, "\"a: b\"");
                assert_eq!(after, before, "{result}");
                assert!(place == at + 1 || entry.name(text) == "extra", "{result}");
                assert_eq!(result.contains("\r\n"), text.contains("\r\n"));
                assert_eq!(result.matches('\r').count(), result.matches("\r\n").count());
            }
        }
    }
}

#[test]
fn an_empty_front_matter_takes_a_key() {
    for (text, expected) in
        [("---\n---\n", "---\na: b\n---\n"), ("+++\n+++\n", "+++\na = \"b\"\n+++\n"), ("{}\n", "{\"a\": \"b\"}\n")]
    {
        let fm = read(text);
        assert_eq!(applied(text, &fm.insert_text(text, None, "a", "b").unwrap()), expected);
    }
}

#[test]
fn quoting_keeps_the_text() {
    let text = "---\nlang: no\nversion: 1.10 # c\n---\n";
    let fm = read(text);
    let quoted = applied(text, &fm.quote_value(text, fm.get(text, "lang").unwrap()).unwrap());
    assert_eq!(quoted, "---\nlang: \"no\"\nversion: 1.10 # c\n---\n");
    assert_eq!(fm.quote_value(&quoted, read(&quoted).get(&quoted, "lang").unwrap()), None);
}

#[test]
fn what_others_refer_to_stays() {
    let text = "---\na: &x {b: c}\nd: *x\ne: 1\n---\n";
    let fm = read(text);
    assert_eq!(fm.remove_entry(text, 0), None);
    assert!(fm.remove_entry(text, 2).is_some());
    let text = "---\n{a: 1, b: 2}\n---\n";
    assert_eq!(read(text).remove_entry(text, 0), None);
}

proptest! {
    #[test]
    fn any_text_can_be_written(new in any::<String>()) {
        for text in PAGES {
            check_replacing(text, &new);
        }
    }
}
