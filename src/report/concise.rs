//! `path:line:col: severity rule: message [fixable]`, a line per finding: for editors, `grep` and long lists.

use std::io::{self, Write};

use super::texts::START;
use super::{Ink, Report, closing, fix_mark, inert};
use crate::source::Position;

/// Writes one line per finding, then the closing lines.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &report.style;
    for finding in &report.outcome.findings {
        let (start, _) = report.texts.place(&finding.file, finding.span).unwrap_or((START, START));
        let Position { line, column } = start;
        let path = inert::path(&finding.file);
        let severity = finding.severity.word();
        writeln!(
            out,
            "{}:{line}:{column}: {} {}: {}{}",
            style.paint(Ink::Strong, &path),
            style.paint(finding.severity.into(), severity),
            inert::name(&finding.rule),
            inert::message(&finding.message),
            fix_mark(finding)
        )?;
    }
    closing::write(report, "", out)
}
