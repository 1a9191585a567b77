//! The last lines of a report for people: how many, what can be repaired, what was not looked at, what next.

use std::io::{self, Write};

use super::words::{count, counted, number};
use super::{Ink, Report};

/// So many findings in a first run look like an old site, whose owner wants to start from today.
const OLD_SITE: usize = 50;

/// Writes the closing lines; each starts with `indent`.
///
/// # Errors
/// Those of the writer.
pub fn write(report: &Report<'_>, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let summary = &report.outcome.summary;
    let found = report.outcome.findings.len();
    if summary.fixed > 0 {
        writeln!(out, "{indent}{} repaired", count(summary.fixed, "finding"))?;
    }
    if summary.refused > 0 {
        writeln!(out, "{indent}{}", refused(summary.refused))?;
    }
    if found == 0 && !report.style.quiet {
        writeln!(out, "{indent}{}", report.style.paint(Ink::Good, &all_is_well(report)))?;
    }
    if found > 0 {
        let places = format!("{} in {}", count(found, "finding"), files(report));
        writeln!(out, "{indent}{}{}", report.style.paint(Ink::Strong, &places), repairs(report))?;
    }
    if report.style.quiet {
        return Ok(());
    }
    let rest: Vec<String> = [("not checked: ", unchecked(report)), ("hidden: ", hidden(report))]
        .into_iter()
        .filter_map(with_intro)
        .collect();
    if !rest.is_empty() {
        writeln!(out, "{indent}{}", rest.join(" · "))?;
    }
    let first_run = summary.hidden.baseline == 0 && summary.hidden.unchanged == 0;
    if report.can.baseline && found >= OLD_SITE && first_run {
        let hint = "an old site? `postlint baseline` accepts today's findings, so that only new ones are shown";
        writeln!(out, "{indent}{}", report.style.paint(Ink::Hint, hint))?;
    }
    Ok(())
}

/// What `--fix` left although it seemed to be certain.
#[must_use]
pub fn refused(findings: usize) -> String {
    format!("{} not repaired, because that would do harm: each says which", count(findings, "finding"))
}

fn with_intro((intro, parts): (&str, Vec<String>)) -> Option<String> {
    (!parts.is_empty()).then(|| format!("{intro}{}", parts.join(", ")))
}

/// `214 of 546 files`.
fn files(report: &Report<'_>) -> String {
    let mut touched = 0;
    let mut last = None;
    for finding in &report.outcome.findings {
        if last != Some(&finding.file) {
            touched += 1;
            last = Some(&finding.file);
        }
    }
    let all = report.outcome.summary.files;
    if all > touched { format!("{} of {}", number(touched), count(all, "file")) } else { count(touched, "file") }
}

fn repairs(report: &Report<'_>) -> String {
    let (safe, risky) = (report.outcome.summary.fixable, report.outcome.summary.fixable_unsafe);
    let words = match (safe, risky) {
        (0, 0) => return String::new(),
        (safe, 0) => format!("{} can be repaired with --fix", number(safe)),
        (0, risky) => format!("{} can be repaired with --unsafe-fixes", number(risky)),
        (safe, risky) => {
            format!("{} can be repaired with --fix, {} more with --unsafe-fixes", number(safe), number(risky))
        }
    };
    format!(": {words}")
}

fn unchecked(report: &Report<'_>) -> Vec<String> {
    let summary = &report.outcome.summary;
    let unchecked = &summary.unchecked;
    let mut parts = Vec::new();
    if unchecked.external_links > 0 {
        let why = match &summary.online {
            Some(online) => reasons(&online.left.reasons()),
            None if report.can.online => " (--online)".to_owned(),
            None => String::new(),
        };
        parts.push(format!("{}{why}", count(unchecked.external_links, "external link")));
    }
    let others = unchecked.other.iter().filter(|(_, n)| **n > 0);
    parts.extend(others.map(|(name, &n)| counted(n, &name.replace('_', " "))));
    parts
}

/// ` (2 ignored by the configuration, 1 by robots.txt)`.
fn reasons(all: &[(usize, &str)]) -> String {
    let parts: Vec<String> =
        all.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{} {why}", number(*n))).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn hidden(report: &Report<'_>) -> Vec<String> {
    let hidden = report.outcome.summary.hidden;
    let parts = [
        (hidden.suppressed, "silenced in the pages or the configuration"),
        (hidden.baseline, "accepted in the baseline"),
        (hidden.confidence, "of low confidence"),
        (hidden.unchanged, "outside this change"),
    ];
    parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{} {why}", number(n))).collect()
}

fn all_is_well(report: &Report<'_>) -> String {
    let summary = &report.outcome.summary;
    let sum = |of: fn(&crate::outcome::SiteSummary) -> usize| report.outcome.sites.iter().map(of).sum::<usize>();
    let parts = [(sum(|site| site.links), "link"), (sum(|site| site.images), "image")];
    let mut looked = vec![count(summary.files, "file")];
    looked.extend(parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(n, noun)));
    let last = looked.pop().unwrap_or_default();
    let list = if looked.is_empty() { last } else { format!("{} and {last}", looked.join(", ")) };
    // A run that was cut short says nothing of the rest.
    let cut = |online: crate::outcome::Online| online.left.budget + online.left.interrupted + online.left.offline > 0;
    let verdict = if summary.online.is_some_and(cut) { "all is well so far" } else { "all is well" };
    format!("{verdict}: {list} checked, nothing to report")
}
