//! Findings by file, aligned: to go through a site page by page.

use std::io::{self, Write};

use super::texts::START;
use super::words::columns;
use super::{Ink, Report, closing, fix_mark, inert};

/// Writes each file with its findings below it, then the closing lines.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &report.style;
    for group in report.outcome.findings.chunk_by(|a, b| a.file == b.file) {
        let Some(first) = group.first() else { continue };
        writeln!(out, "{}", style.paint(Ink::Strong, &inert::path(&first.file)))?;
        for finding in group {
            let (start, _) = report.texts.place(&finding.file, finding.span).unwrap_or((START, START));
            let place = format!("{}:{}", start.line, start.column);
            let severity = finding.severity.word();
            let gap = " ".repeat("warning".len().saturating_sub(columns(severity)));
            writeln!(
                out,
                "  {place:>8}  {}{gap}  {}: {}{}",
                style.paint(finding.severity.into(), severity),
                inert::name(&finding.rule),
                inert::message(&finding.message),
                fix_mark(finding)
            )?;
        }
        writeln!(out)?;
    }
    closing::write(report, "", out)
}
