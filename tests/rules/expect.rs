//! What an example promises, compared with what the rule does.

use std::collections::BTreeMap;

use postlint::finding::{Finding, Rename};
use postlint::rules::format::{Example, Fixed, RuleMeta};
use postlint::source::LineIndex;

use super::run;
use super::tree::Tree;

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
    if rename(&mut tree, &findings)? && !run::findings(rule, example, &tree)?.is_empty() {
        return Err("findings are left where files were renamed".to_owned());
    }
    run::repair(rule, example, &mut tree)?;
    let again = tree.files.clone();
    run::repair(rule, example, &mut tree)?;
    if again != tree.files {
        return Err("repairing twice changes more than repairing once".to_owned());
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

/// Carries out the fixes that rename a file, which `--fix` leaves to people: only they can tell git. False when there is none.
fn rename(tree: &mut Tree, findings: &[Finding]) -> Result<bool, String> {
    let fixes = findings.iter().filter_map(|finding| finding.fixes.iter().find(|fix| !fix.renames.is_empty()));
    let mut edits: BTreeMap<&str, Vec<(usize, usize, &str)>> = BTreeMap::new();
    let mut renames: Vec<&Rename> = Vec::new();
    for fix in fixes {
        for edit in &fix.edits {
            edits.entry(&edit.file).or_default().push((edit.span.start as usize, edit.span.end as usize, &edit.text));
        }
        renames.extend(&fix.renames);
    }
    for (path, mut edits) in edits {
        let bytes = tree.files.get_mut(path).ok_or_else(|| format!("a fix edits `{path}`, which is not there"))?;
        edits.sort_by_key(|(start, ..)| std::cmp::Reverse(*start));
        edits.dedup();
        for (start, end, text) in edits {
            bytes.splice(start..end, text.bytes());
        }
    }
    renames.sort();
    renames.dedup();
    for Rename { from, to } in &renames {
        let bytes = tree.files.remove(&**from).ok_or_else(|| format!("a fix renames `{from}`, which is not there"))?;
        if tree.files.insert(to.to_string(), bytes).is_some() {
            return Err(format!("a fix renames `{from}` over `{to}`"));
        }
        tree.renamed.push((from.to_string(), to.to_string()));
    }
    Ok(!renames.is_empty())
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
