//! front-matter/duplicate-key: the same key stands twice.

use crate::hash::Map;

use serde_json::Value;

use super::terms::is_cut;
use crate::finding::{Edit, Fix, Safety};
use crate::generators::data::KeyType;
use crate::page::front_matter::{Cause, Entry, Format, FrontMatter, Node, NodeKind, is_plain_safe};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::facts::Kind;

struct DuplicateKey;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(DuplicateKey))
}

impl PageRule for DuplicateKey {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let Some(front) = page.front.filter(|_| page.facts.kind != Kind::Loose) else { return };
        // TOML's reader stops at the second key and says so.
        for issue in front.errors.iter().filter(|issue| issue.cause == Cause::DuplicateKey) {
            let name = issue.span.of(page.text);
            let mut draft = report.at(page.file(), issue.span, issue.message.as_str());
            if let Some(first) = front.root.iter().find(|e| e.name(page.text) == name && e.key.span != issue.span) {
                draft = draft.related(page.file(), first.key.span, "it stands here first");
            }
            draft.help("keep one of them: the build stops here").done();
        }
        if front.errors.is_empty() && !front.recovered {
            level(page, front, &front.root, true, report);
        }
    }
}

/// The entries of one level; nested maps after them. The tree is at most `MAX_DEPTH` deep.
fn level(page: &Page<'_>, front: &FrontMatter, entries: &[Entry], root: bool, report: &mut Reporter<'_>) {
    let fold = root && page.generator.data().keys_ignore_case;
    let mut seen: Map<String, usize> = Map::with_capacity_and_hasher(entries.len(), Default::default());
    for (number, entry) in entries.iter().enumerate() {
        let name = entry.name(page.text);
        // A merge may stand several times; a key that is no scalar has no name.
        if !name.is_empty() && name != "<<" {
            let key = if fold { name.to_lowercase() } else { name.to_owned() };
            if let Some(before) = seen.insert(key, number)
                && let Some(earlier) = entries.get(before)
            {
                let fix = if root { repair(page, front, before, number) } else { None };
                one(page, earlier, entry, fix, report);
            }
        }
        nested(page, front, &entry.value.kind, report);
    }
}

fn nested(page: &Page<'_>, front: &FrontMatter, kind: &NodeKind, report: &mut Reporter<'_>) {
    match kind {
        NodeKind::Map(entries) => level(page, front, entries, false, report),
        NodeKind::Seq(items) => items.iter().for_each(|item| nested(page, front, &item.kind, report)),
        _ => {}
    }
}

fn one(page: &Page<'_>, earlier: &Entry, later: &Entry, fix: Option<Fix>, report: &mut Reporter<'_>) {
    let data = page.generator.data();
    let name = later.name(page.text);
    let note = match data.last_key_wins {
        true => format!("{} takes the last one and says nothing about what is lost", data.title),
        false => "what happens then depends on who reads it: the build stops, or one of them is lost".to_owned(),
    };
    report
        .at(page.file(), later.key.span, format!("`{name}` stands twice in this front matter"))
        .note(note)
        .help("keep the right one and remove the other")
        .related(page.file(), earlier.key.span, "it stands here first")
        .maybe_fix(fix)
        .done();
}

/// Removing one of two equal entries; else one list of all their values, or removing the one that is never read, which
/// people have to look at: it may be the right one.
fn repair(page: &Page<'_>, front: &FrontMatter, earlier: usize, later: usize) -> Option<Fix> {
    let (first, second) = (front.root.get(earlier)?, front.root.get(later)?);
    let written = |entry: &Entry| entry.value.span.of(page.text);
    let same = match (first.value.scalar(), second.value.scalar()) {
        (Some(a), Some(b)) => a.text(page.text) == b.text(page.text) && a.style == b.style,
        _ => written(first) == written(second),
    };
    if same {
        let (span, text) = front.remove_entry(page.text, later)?;
        return Some(Fix::replace("remove the second, which says the same", Safety::Safe, page.file(), span, text));
    }
    if !page.generator.data().last_key_wins {
        return None;
    }
    // Where the last one is empty, the earlier one is probably what was meant.
    let empty = second.value.is_null() || second.value.text(page.text).is_some_and(|text| text.trim().is_empty());
    if !empty && let Some(list) = one_list(page, front, second.name(page.text)) {
        return Some(list);
    }
    let (index, title, safety) = match empty {
        true => (later, "remove the empty one", Safety::Manual),
        false => (earlier, "remove the first, which is never read", Safety::Unsafe),
    };
    let (span, text) = front.remove_entry(page.text, index)?;
    Some(Fix::replace(title, safety, page.file(), span, text))
}

/// One list of all values, where the key takes one: `redirect_from` four times is four former addresses.
fn one_list(page: &Page<'_>, front: &FrontMatter, name: &str) -> Option<Fix> {
    let data = page.generator.data();
    let takes = data.keys.get(name).is_some_and(|key| key.types.contains(&KeyType::List));
    if front.format != Format::Yaml || !takes {
        return None;
    }
    let places: Vec<usize> = (0..front.root.len())
        .filter(|at| front.root.get(*at).is_some_and(|entry| entry.name(page.text) == name))
        .collect();
    let mut items: Vec<String> = Vec::new();
    for at in &places {
        let value = &front.root.get(*at)?.value;
        for item in values(value, page.text, is_cut(name, data))? {
            if !items.contains(&item) {
                items.push(item);
            }
        }
    }
    let (first, rest) = places.split_first()?;
    let list = format!("[{}]", items.join(", "));
    let span = front.root.get(*first)?.value.span;
    let edit = |span, text| Edit { file: page.file().clone(), span, text };
    let mut edits = vec![edit(span, list.clone())];
    for at in rest {
        let (span, text) = front.remove_entry(page.text, *at)?;
        edits.push(edit(span, text));
    }
    Some(Fix::edits(format!("write one list, `{list}`"), Safety::Unsafe, edits))
}

/// What a value on one line holds, each as it may stand in a list; a text of several terms is cut as the generator does.
fn values(value: &Node, text: &str, cut: bool) -> Option<Vec<String>> {
    let item = |node: &Node| {
        let scalar = node.scalar()?;
        let written = node.span.of(text);
        let fits = scalar.style.is_quoted() || is_plain_safe(written, true);
        (fits && !written.contains('\n')).then(|| written.to_owned())
    };
    match &value.kind {
        NodeKind::Scalar(scalar) if cut && scalar.text(text).contains(' ') => {
            let words: Vec<String> = scalar.text(text).split_whitespace().map(str::to_owned).collect();
            words.iter().all(|word| is_plain_safe(word, true)).then_some(words)
        }
        NodeKind::Scalar(_) => Some(vec![item(value)?]),
        NodeKind::Seq(items) if value.span.of(text).starts_with('[') => items.iter().map(item).collect(),
        _ => None,
    }
}
