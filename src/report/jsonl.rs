//! One JSON value per line, for programs that read a report while it is written: each finding as in `json`, a repaired
//! one with `"fixed": true`; the last line holds everything else and is known by its `summary`.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::json::{JsonFinding, Tool, VERSION, value};
use super::texts::Texts;
use crate::finding::Finding;
use crate::fingerprint::Fingerprints;
use crate::outcome::{SiteSummary, Summary};

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    finding: JsonFinding<'a>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    fixed: bool,
}

#[derive(Serialize)]
struct Last<'a> {
    version: u32,
    tool: Tool,
    sites: &'a [SiteSummary],
    summary: &'a Summary,
}

/// Writes the lines.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outcome = report.outcome;
    lines(&outcome.findings, &report.texts, false, out)?;
    lines(&outcome.fixed_findings, &report.before, true, out)?;
    let last = Last { version: VERSION, tool: Tool::this(), sites: &outcome.sites, summary: &outcome.summary };
    value(&last, &mut *out)?;
    out.write_all(b"\n")
}

fn lines(findings: &[Finding], texts: &Texts<'_>, fixed: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    for finding in findings {
        value(&Line { finding: JsonFinding::new(finding, texts, &mut fingerprints), fixed }, &mut *out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
