//! What an example promises, compared with what the rule does.

use std::collections::BTreeMap;

use postlint::finding::{Finding, Rename};
use postlint::rules::format::{Example, FixKind, Fixed, RuleMeta};
use postlint::source::LineIndex;

use super::run;
use super::tree::Tree;

/// Rounds of repairing until nothing is left; more means that fixes undo each other.
const ROUNDS: usize = 8;

/// Runs an example.
pub fn check(rule: &RuleMeta, example: &Example) -> Result<(), String> {
    let mut tree = Tree::of(example)?;
    let findings = run::findings(rule, example, &tree)?;
    same(
        "reports",
        &example.reports.iter().map(|report| placed(report, &tree)).collect::<Vec<_>>(),
        &told(&findings, &tree),
    )?;
    let Some(fixed) = &example.fixed else { return Ok(()) };
    let before = tree.files.clone();
    let risky = rule.fix == FixKind::Unsafe;
    let mut left = findings;
    for round in 0.. {
        if !apply(&mut tree, &left, risky)? {
            break;
        }
        if round == ROUNDS {
            return Err("the fixes never end: each undoes another".to_owned());
        }
        left = run::findings(rule, example, &tree)?;
    }
    let mut wanted = before;
    for (from, to) in &tree.renamed {
        let bytes = wanted.remove(from).unwrap_or_default();
        wanted.insert(to.clone(), bytes);
    }
    match (fixed, tree.page) {
        (Fixed::Page(text), Some(page)) => drop(wanted.insert(page.to_owned(), text.clone().into_bytes())),
        (Fixed::Page(_), None) => return Err("`fixed` must name its files".to_owned()),
        (Fixed::Files(files), _) => {
            wanted.extend(files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())))
        }
    }
    for (path, bytes) in &wanted {
        let found = tree.files.get(path).map(Vec::as_slice).unwrap_or_default();
        same(&format!("fixed: {path}"), &lines(bytes), &lines(found))?;
    }
    Ok(())
}

/// `5:3 message` is about the example's page.
fn placed(report: &str, tree: &Tree) -> String {
    match tree.page {
        Some(page) if report.split(' ').next().is_none_or(|place| place.matches(':').count() <= 1) => {
            let known = tree.files.keys().any(|path| report.starts_with(&format!("{path}:")));
            if known { report.to_owned() } else { format!("{page}:{report}") }
        }
        _ => report.to_owned(),
    }
}

fn told(findings: &[Finding], tree: &Tree) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            let bytes = tree.files.get(&*finding.file).map(Vec::as_slice).unwrap_or_default();
            let text = String::from_utf8_lossy(bytes);
            let place = LineIndex::new(&text).position(&text, finding.span.start as usize);
            format!("{}:{}:{} {}", finding.file, place.line, place.column, finding.message)
        })
        .collect()
}

/// Applies every applicable fix that does not overlap one before it. False when there was none.
fn apply(tree: &mut Tree, findings: &[Finding], risky: bool) -> Result<bool, String> {
    let mut edits: BTreeMap<&str, Vec<(usize, usize, &str)>> = BTreeMap::new();
    let mut any = false;
    let mut renames: Vec<&Rename> = Vec::new();
    for fix in findings.iter().filter_map(|finding| finding.applicable(risky)) {
        let free = fix.edits.iter().all(|edit| {
            let taken = edits.get(&*edit.file).map(Vec::as_slice).unwrap_or_default();
            taken.iter().all(|(start, end, _)| {
                (edit.span.end as usize) <= *start && edit.span.start as usize != *start
                    || *end <= edit.span.start as usize
            })
        });
        if !free {
            continue;
        }
        for edit in &fix.edits {
            edits.entry(&edit.file).or_default().push((edit.span.start as usize, edit.span.end as usize, &edit.text));
        }
        any = true;
        renames.extend(&fix.renames);
    }
    for (path, mut edits) in edits {
        let bytes = tree.files.get_mut(path).ok_or_else(|| format!("a fix edits `{path}`, which is not there"))?;
        edits.sort_by_key(|(start, ..)| std::cmp::Reverse(*start));
        for (start, end, text) in edits {
            if end > bytes.len() || start > end {
                return Err(format!("a fix edits bytes {start}..{end} of `{path}`, which has {}", bytes.len()));
            }
            bytes.splice(start..end, text.bytes());
        }
    }
    for Rename { from, to } in renames {
        let bytes = tree.files.remove(&**from).ok_or_else(|| format!("a fix renames `{from}`, which is not there"))?;
        if tree.files.insert(to.to_string(), bytes).is_some() {
            return Err(format!("a fix renames `{from}` over `{to}`"));
        }
        tree.renamed.push((from.to_string(), to.to_string()));
    }
    Ok(any)
}

fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(bytes)
        .split('\n')
        .map(|line| line.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'"))
        .collect()
}

fn same(what: &str, wanted: &[String], found: &[String]) -> Result<(), String> {
    if wanted == found {
        return Ok(());
    }
    let list = |lines: &[String]| lines.iter().map(|line| format!("\n    {line}")).collect::<String>();
    Err(format!("{what}\n  wanted:{}\n  found:{}", list(wanted), list(found)))
}
