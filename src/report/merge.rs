//! One JSON report of several: of the shards of one online run, or of several sites.
//!
//! It works on the documents, whatever wrote them, and keeps what it does not know. Shards of one run say the same about
//! the source, so that is told once; what they say about servers adds up.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

/// Why there is no one report.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MergeError {
    /// Not a document of ours.
    #[error("`{0}` is no JSON report of postlint (version 1)")]
    NoReport(String),
    /// It would count twice.
    #[error("`{0}` and `{1}` are the same part ({2}) of one run")]
    Twice(String, String, String),
}

/// One report with the name of its file.
pub type Named = (String, Value);

/// Makes one report.
///
/// # Errors
/// See [`MergeError`].
pub fn merge(reports: Vec<Named>) -> Result<Value, MergeError> {
    let mut groups: Vec<Vec<Named>> = Vec::new();
    for (name, report) in reports {
        let ours = report["version"] == 1 && report["findings"].is_array() && report["summary"].is_object();
        if !ours {
            return Err(MergeError::NoReport(name));
        }
        match groups.iter_mut().find(|group| group.first().is_some_and(|(_, first)| first["sites"] == report["sites"]))
        {
            Some(group) => group.push((name, report)),
            None => groups.push(vec![(name, report)]),
        }
    }
    for group in &groups {
        check_parts(group)?;
    }
    let mut summaries = Vec::new();
    let mut whole = json!({});
    let (mut sites, mut findings, mut fixed) = (Vec::new(), Vec::new(), Vec::new());
    for group in groups {
        summaries.push(of_one_site(group.iter().map(|(_, report)| &report["summary"]).collect()));
        for (number, (_, report)) in group.into_iter().enumerate() {
            let Value::Object(mut report) = report else { continue };
            let mut list =
                |key: &str| report.remove(key).and_then(|value| value.as_array().cloned()).unwrap_or_default();
            findings.extend(list("findings"));
            fixed.extend(list("fixed_findings"));
            let own = list("sites");
            if number == 0 {
                sites.extend(own);
            }
            report.remove("summary");
            if let Some(whole) = whole.as_object_mut() {
                for (key, value) in report {
                    whole.entry(key).or_insert(value);
                }
            }
        }
    }
    sites.sort_by_key(|site| std::cmp::Reverse(site["pages"].as_u64()));
    let (findings, fixed) = (sorted(findings), sorted(fixed));
    let mut summary = summaries.into_iter().reduce(|a, b| added(&a, &b)).unwrap_or_default();
    count(&findings, &mut summary);
    whole["sites"] = sites.into();
    whole["findings"] = findings.into();
    whole["fixed_findings"] = fixed.into();
    whole["summary"] = summary;
    Ok(whole)
}

/// Writes it as the reports are written: a finding in each line.
///
/// # Errors
/// Those of the writer.
pub fn write(report: &Value, out: &mut dyn Write) -> io::Result<()> {
    let mut separator = "{";
    for key in ["version", "tool", "sites", "findings", "fixed_findings"] {
        write!(out, "{separator}\"{key}\":")?;
        match report[key].as_array().filter(|list| key.ends_with("findings") && !list.is_empty()) {
            Some(list) => {
                for (number, one) in list.iter().enumerate() {
                    out.write_all(if number == 0 { b"[\n" } else { b",\n" })?;
                    super::json::value(one, &mut *out)?;
                }
                out.write_all(b"\n]")?;
            }
            None => super::json::value(&report[key], &mut *out)?,
        }
        separator = ",\n";
    }
    write!(out, ",\n\"summary\":")?;
    super::json::value(&report["summary"], &mut *out)?;
    out.write_all(b"}\n")
}

/// Writes it line by line, as `jsonl` is written.
///
/// # Errors
/// Those of the writer.
pub fn write_lines(report: &Value, out: &mut dyn Write) -> io::Result<()> {
    for (key, fixed) in [("findings", false), ("fixed_findings", true)] {
        for finding in report[key].as_array().into_iter().flatten() {
            let mut finding = finding.clone();
            if fixed {
                finding["fixed"] = json!(true);
            }
            super::json::value(&finding, &mut *out)?;
            out.write_all(b"\n")?;
        }
    }
    let keys = ["version", "tool", "sites", "summary"];
    let last: Map<String, Value> = keys.into_iter().map(|key| (key.to_owned(), report[key].clone())).collect();
    super::json::value(&last, &mut *out)?;
    out.write_all(b"\n")
}

/// No part of one run may stand twice.
fn check_parts(group: &[Named]) -> Result<(), MergeError> {
    for (number, (name, report)) in group.iter().enumerate() {
        let part = |report: &Value| report["summary"]["online"].get("shard").cloned();
        let earlier = group.iter().take(number).find(|(_, other)| part(other) == part(report));
        if let Some((other, _)) = earlier {
            let words = match part(report).as_ref().and_then(Value::as_array).map(Vec::as_slice) {
                Some([index, of]) => format!("{index}/{of}"),
                _ => "the whole".to_owned(),
            };
            return Err(MergeError::Twice(other.clone(), name.clone(), words));
        }
    }
    Ok(())
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or(0)
}

/// The summaries of several parts of one run.
fn of_one_site(parts: Vec<&Value>) -> Value {
    let mut whole = parts.iter().copied().cloned().reduce(|a, b| combined(&a, &b, u64::max)).unwrap_or_default();
    let online: Vec<&Value> = parts.iter().map(|part| &part["online"]).filter(|online| online.is_object()).collect();
    let sum = |of: &dyn Fn(&Value) -> u64| online.iter().map(|online| of(online)).sum::<u64>();
    let Some(links) = online.iter().map(|online| number(&online["external_links"])).max() else { return whole };
    let (checked, unjudged) = (sum(&|online| number(&online["checked"])), sum(&|online| number(&online["unjudged"])));
    let mut hidden = json!({});
    for key in ["suppressed", "baseline", "confidence", "unchanged"] {
        // What the source has to hide is the same in all parts.
        let of_source = parts
            .iter()
            .map(|part| number(&part["hidden"][key]).saturating_sub(number(&part["online"]["hidden"][key])));
        let of_source = of_source.max().unwrap_or(0);
        let of_web = sum(&|online| number(&online["hidden"][key]));
        whole["hidden"][key] = json!(of_source + of_web);
        hidden[key] = json!(of_web);
    }
    whole["unchecked"]["external_links"] = json!(links.saturating_sub(checked));
    if unjudged > 0 {
        whole["unchecked"]["external_links_that_could_not_be_judged"] = json!(unjudged);
    }
    let mut left = json!({});
    for (key, _) in parts.iter().filter_map(|part| part["online"]["left"].as_object()).flatten() {
        // Every part leaves these alone, whoever would have asked them.
        let each = online.iter().map(|online| number(&online["left"][key]));
        left[key] = match key.as_str() {
            "ignored" | "silenced" | "no_address" => json!(each.max()),
            _ => json!(each.sum::<u64>()),
        };
    }
    if left["other_shards"].is_u64() {
        // Those of a part that is absent.
        left["other_shards"] = json!(0);
        let told: u64 = left.as_object().into_iter().flatten().map(|(_, n)| number(n)).sum();
        left["other_shards"] = json!(links.saturating_sub(checked + told));
    }
    whole["online"] =
        json!({ "external_links": links, "checked": checked, "unjudged": unjudged, "left": left, "hidden": hidden });
    whole
}

/// The summaries of two sites. The time is that of the longer one: they ran side by side.
fn added(a: &Value, b: &Value) -> Value {
    let mut sum = combined(a, b, |a, b| a + b);
    sum["milliseconds"] = json!(number(&a["milliseconds"]).max(number(&b["milliseconds"])));
    sum
}

/// Two tables of numbers, number by number.
fn combined(a: &Value, b: &Value, with: fn(u64, u64) -> u64) -> Value {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let mut both: Map<String, Value> = a.clone();
            for (key, value) in b {
                let merged = a.get(key).map_or_else(|| value.clone(), |other| combined(other, value, with));
                both.insert(key.clone(), merged);
            }
            Value::Object(both)
        }
        (Value::Number(_), Value::Number(_)) => json!(with(number(a), number(b))),
        (a, _) => a.clone(),
    }
}

/// In the order of reports, each once.
fn sorted(mut findings: Vec<Value>) -> Vec<Value> {
    type Key = (String, u64, u64, String, String);
    let key = |finding: &Value| -> Key {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let span = &finding["span"];
        (text("file"), number(&span["start"]), number(&span["end"]), text("rule"), text("message"))
    };
    findings.sort_by_cached_key(key);
    let mut seen = BTreeSet::new();
    findings
        .retain(|finding| seen.insert((key(finding), finding["fingerprint"].as_str().unwrap_or_default().to_owned())));
    findings
}

/// What follows from the findings themselves.
fn count(findings: &[Value], summary: &mut Value) {
    let of = |severity: &str| findings.iter().filter(|finding| finding["severity"] == severity).count();
    let offers = |finding: &&Value, safety: &str| {
        let fixes = finding["fixes"].as_array().into_iter().flatten();
        fixes.filter(|fix| fix.get("renames").is_none()).any(|fix| fix["safety"] == safety)
    };
    let safe = findings.iter().filter(|finding| offers(finding, "safe")).count();
    let risky = findings.iter().filter(|finding| !offers(finding, "safe") && offers(finding, "unsafe")).count();
    for (key, number) in [
        ("errors", of("error")),
        ("warnings", of("warning")),
        ("hints", of("hint")),
        ("fixable", safe),
        ("fixable_unsafe", risky),
    ] {
        summary[key] = json!(number);
    }
    let refused = findings.iter().filter(|finding| finding.get("refused").is_some()).count();
    if refused > 0 {
        summary["refused"] = json!(refused);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rule: &str, severity: &str, start: u64) -> Value {
        json!({"rule": rule, "severity": severity, "file": "a.md", "span": {"start": start, "end": start + 1},
               "message": rule, "fixes": [], "fingerprint": format!("{rule}{start}")})
    }

    fn part(index: u64, checked: u64, findings: Vec<Value>) -> Named {
        let report = json!({
            "version": 1, "tool": {"name": "postlint"}, "sites": [{"root": ".", "pages": 3}],
            "findings": findings, "fixed_findings": [],
            "summary": {"files": 3, "errors": 0, "warnings": 0, "hints": 0, "milliseconds": 5 * index,
                "hidden": {"suppressed": 2 + index, "baseline": 0, "confidence": 0, "unchanged": 0},
                "unchecked": {"external_links": 10 - checked, "template_links": 4},
                "online": {"external_links": 10, "checked": checked, "unjudged": 1, "shard": [index, 2],
                           "hidden": {"suppressed": index, "baseline": 0, "confidence": 0, "unchanged": 0}}}
        });
        (format!("{index}.json"), report)
    }

    #[test]
    fn the_parts_of_a_run_become_the_run() {
        let one = part(1, 6, vec![finding("links/empty", "warning", 5), finding("links/dead-url", "error", 9)]);
        let two = part(2, 3, vec![finding("links/dead-url", "error", 1), finding("links/empty", "warning", 5)]);
        let whole = merge(vec![one, two]).unwrap();
        let rules: Vec<_> = whole["findings"].as_array().unwrap().iter().map(|f| f["span"]["start"].clone()).collect();
        assert_eq!(rules, [1, 5, 9]);
        let summary = &whole["summary"];
        assert_eq!((&summary["errors"], &summary["warnings"], &summary["files"]), (&json!(2), &json!(1), &json!(3)));
        assert_eq!(summary["unchecked"]["external_links"], 1);
        assert_eq!(summary["unchecked"]["template_links"], 4);
        assert_eq!(summary["unchecked"]["external_links_that_could_not_be_judged"], 2);
        assert_eq!(summary["hidden"]["suppressed"], 2 + 1 + 2);
        assert_eq!(summary["milliseconds"], 10);
        let mut text = Vec::new();
        write(&whole, &mut text).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), whole);
    }

    #[test]
    fn a_part_that_is_absent_leaves_its_links_unchecked() {
        let whole = merge(vec![part(1, 6, Vec::new())]).unwrap();
        assert_eq!(whole["summary"]["unchecked"]["external_links"], 4);
    }

    #[test]
    fn two_sites_add_up() {
        let mut other = part(1, 6, vec![finding("links/empty", "hint", 5)]);
        other.1["sites"] = json!([{"root": "docs", "pages": 9}]);
        let whole = merge(vec![part(1, 6, Vec::new()), other]).unwrap();
        assert_eq!(whole["sites"][0]["root"], "docs");
        assert_eq!((&whole["summary"]["files"], &whole["summary"]["hints"]), (&json!(6), &json!(1)));
        assert_eq!(whole["summary"]["unchecked"]["external_links"], 8);
    }

    #[test]
    fn what_would_count_twice_is_refused() {
        let twice = merge(vec![part(1, 6, Vec::new()), part(1, 6, Vec::new())]);
        assert!(matches!(twice, Err(MergeError::Twice(..))));
        assert!(matches!(merge(vec![("x".to_owned(), json!({}))]), Err(MergeError::NoReport(_))));
    }
}
