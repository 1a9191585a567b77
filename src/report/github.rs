//! Annotations on the lines of a pull request: GitHub Actions' workflow commands.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word, so the findings
//! come in the order in which they are worth one of these places, and the last line says how many are left out.

use std::io::{self, Write};

use super::causes::ranked;
use super::words::{count, number};
use super::{Report, inert};
use crate::finding::{Finding, Severity};

/// The most annotations; GitHub keeps this many of a job.
const MOST: usize = 50;

/// Writes a command for each of the most serious findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = ranked(&report.outcome.findings);
    // The last place is the count's, if there is something to count.
    let places = if findings.len() > MOST { MOST - 1 } else { MOST };
    for finding in findings.iter().take(places) {
        command(report, finding, out)?;
    }
    if findings.len() > places {
        let (left, all) = (findings.len() - places, count(findings.len(), "finding"));
        let message = format!("{} of {all} have no annotation: the log and --format json have all", number(left));
        writeln!(out, "::notice title=postlint::{}", data(&message))?;
    }
    Ok(())
}

fn command(report: &Report<'_>, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    write!(out, "::{command} file={}", property(&finding.file))?;
    if let Some((start, end)) = report.texts.place(&finding.file, finding.span) {
        write!(out, ",line={},endLine={}", start.line, end.line)?;
        // Columns mean something to GitHub on one line only.
        if start.line == end.line && start.column < end.column {
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
    }
    let mut message = inert::message(&finding.message).into_owned();
    for more in [finding.note.as_deref(), finding.help.as_deref()].into_iter().flatten() {
        message.push('\n');
        message.push_str(&inert::message(more));
    }
    writeln!(out, ",title={}::{}", property(&finding.rule), data(&message))
}

/// A message as the runner reads it back; only our own line ends are in it.
fn data(text: &str) -> String {
    inert::disarm(&text.replace('%', "%25")).replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value: what would end it is escaped as well. The path stays as it is but for what no path should hold.
fn property(text: &str) -> String {
    data(&inert::one_line(text)).replace(':', "%3A").replace(',', "%2C")
}
