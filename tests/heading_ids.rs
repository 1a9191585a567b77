//! Heading ids against what the real generators wrote: `fixtures/heading-ids.tsv`, one column per algorithm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

use std::collections::BTreeMap;

use postlint::generators::heading_ids::{Algorithm, HeadingText, Slugger, raw_content};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The ids of all headings of a page, in order; explicit ids (`{#id}` at the end) as `explicit` reads them.
fn ids(page: &str, algorithm: Algorithm, nested_in_html: bool, explicit: fn(&str) -> Option<&str>) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut slugger = Slugger::new(algorithm);
    let mut heading = HeadingText::default();
    let mut inside = false;
    let mut ids = Vec::new();
    for (event, range) in Parser::new_ext(page, options).into_offset_iter() {
        match &event {
            Event::Start(Tag::Heading { .. }) => {
                heading.restart(raw_content(&page[range]));
                heading.nested_in_html = nested_in_html;
                inside = true;
            }
            Event::End(TagEnd::Heading(_)) => {
                let given = explicit(heading.raw).map(str::to_owned);
                ids.push(given.or_else(|| slugger.id(&heading)).unwrap_or_default());
                inside = false;
            }
            _ if inside => heading.event(&event, range, page),
            _ => {}
        }
    }
    ids
}

fn unescape(cell: &str) -> String {
    let cell = cell.replace("\\u{a0}", "\u{a0}").replace("\\u00a0", "\u{a0}").replace("\\u{200b}", "\u{200b}");
    let cell = cell.replace("\\u200b", "\u{200b}");
    let mut out = String::new();
    let mut rest = cell.chars();
    while let Some(c) = rest.next() {
        match (c, c == '\\') {
            (_, true) => match rest.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('\\') => out.push('\\'),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            (c, false) => out.push(c),
        }
    }
    out
}

fn algorithm(name: &str) -> Algorithm {
    serde_yaml::from_str(name).unwrap_or_else(|_| panic!("`{name}` is no algorithm"))
}

#[test]
fn ids_are_those_of_the_real_generators() {
    let table = include_str!("../fixtures/heading-ids.tsv");
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split('\t').skip(2).collect();
    let mut pages: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
    for line in lines {
        let mut cells = line.split('\t');
        let page = cells.next().unwrap();
        pages.entry(page).or_default().push(cells.map(unescape).collect());
    }
    assert!(pages.len() > 90, "the table is there");
    let mut wrong = Vec::new();
    for (name, rows) in &pages {
        let text = rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>().join("\n\n") + "\n";
        for (at, column) in columns.iter().enumerate() {
            let found = ids(&text, algorithm(column), *name == "in-element", |_| None);
            for (i, row) in rows.iter().enumerate().filter(|(_, row)| row[at + 1] != "(n/a)") {
                let expected = row[at + 1].replace("(none)", "");
                let got = found.get(i).map_or("", String::as_str);
                if got != expected && !NO_HEADING_THERE.contains(&(*name, *column)) {
                    wrong.push(format!("{column}: `{}` is `{expected}`, not `{got}`", row[0]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} ids differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// kramdown sees no heading where CommonMark does, which is not the algorithm's to know.
const NO_HEADING_THERE: [(&str, &str); 4] = [
    ("underlined-twice", "kramdown-gfm"),
    ("underlined-twice", "kramdown"),
    ("empty", "kramdown-gfm"),
    ("empty", "kramdown"),
];

/// A second, independent table can be named by the environment variable `POSTLINT_HEADING_IDS`; its columns must have
/// these names. It prints the agreement of each column and fails below 97 in 100.
#[test]
fn a_second_table_agrees() {
    let Some(path) = std::env::var_os("POSTLINT_HEADING_IDS") else {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "skipped: POSTLINT_HEADING_IDS names no table");
        return;
    };
    let table = std::fs::read_to_string(path).unwrap();
    let columns = [
        ("kramdown-gfm", "kramdown-gfm"),
        ("kramdown", "kramdown"),
        ("goldmark-github", "goldmark-github"),
        ("goldmark-github-hugo111", "goldmark-github-raw"),
        ("goldmark-github-ascii", "goldmark-github-ascii"),
        ("goldmark-blackfriday", "goldmark-blackfriday"),
        ("rehype-slug", "github-slugger"),
    ];
    let header: Vec<&str> = table.lines().next().unwrap().split('\t').collect();
    for (theirs, ours) in columns {
        let at = header.iter().position(|name| *name == theirs).unwrap();
        let (mut equal, mut all, mut report) = (0, 0, String::new());
        for rows in documents(&table) {
            let text = rows.iter().map(|row| markdown(&row[1])).collect::<Vec<_>>().join("\n\n");
            let found = ids(&text, algorithm(ours), false, explicit_of(ours));
            for (i, row) in rows.iter().enumerate().filter(|(_, row)| row[at] != "∅(no heading)") {
                let expected = if row[at] == "∅(no id)" { "" } else { row[at].as_str() };
                let got = found.get(i).map_or("", String::as_str);
                all += 1;
                equal += usize::from(got == expected);
                if got != expected {
                    report += &format!("  `{}`: `{expected}`, not `{got}`\n", row[1]);
                }
            }
        }
        use std::io::Write;
        let _ = write!(std::io::stderr(), "{theirs}: {equal} of {all}\n{report}");
        assert!(equal * 100 >= all * 97, "{theirs}: only {equal} of {all} ids agree\n{report}");
    }
}

/// Rows grouped into pages: `name[1]`, `name[2]` … stand on one page.
fn documents(table: &str) -> Vec<Vec<Vec<String>>> {
    let mut pages: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    for line in table.lines().skip(1) {
        let row: Vec<String> = line.split('\t').map(unescape).collect();
        let (name, numbered) = row[0].split_once('[').map_or((row[0].as_str(), false), |(name, _)| (name, true));
        match pages.last_mut().filter(|(last, _)| numbered && last == name) {
            Some((_, rows)) => rows.push(row.clone()),
            None => pages.push((name.to_owned(), vec![row.clone()])),
        }
    }
    pages.into_iter().map(|(_, rows)| rows).collect()
}

fn markdown(heading: &str) -> String {
    match heading.strip_suffix(" / ===") {
        Some(title) => format!("{title}\n==="),
        None => format!("## {heading}{}", if heading.contains("[^1]") { "\n\n[^1]: Note." } else { "" }),
    }
}

/// How the generators of a column read an id at the end of a heading.
fn explicit_of(column: &str) -> fn(&str) -> Option<&str> {
    fn brace(raw: &str, attributes: bool) -> Option<&str> {
        let (_, inner) = raw.strip_suffix('}')?.rsplit_once(" {#")?;
        let id = inner.split(' ').next()?;
        (attributes && inner.split(' ').skip(1).all(|word| word.starts_with('.')) || id == inner).then_some(id)
    }
    match column {
        "github-slugger" => |_| None,
        _ if column.starts_with("goldmark") => |raw| brace(raw, true),
        _ => |raw| brace(raw, false),
    }
}
