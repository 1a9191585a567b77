//! Findings counted by rule, a column of rules per severity: where the work is.

use crate::hash::Map;
use std::borrow::Cow;
use std::io::{self, Write};

use super::words::{columns, number};
use super::{Ink, Report, inert};
use crate::finding::Severity;

/// Rules of one severity that the table names.
const MOST_ROWS: usize = 15;
/// Spaces between two columns of rules.
const GAP: usize = 4;

struct Row<'a> {
    rule: Cow<'a, str>,
    found: usize,
    fixable: usize,
}

/// Lines of equal width.
struct Block {
    lines: Vec<String>,
    width: usize,
    ink: Ink,
}

/// Writes the table, as many severities side by side as fit.
///
/// # Errors
/// Those of the writer.
pub fn write(report: &Report<'_>, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let titles = [(Severity::Error, "errors"), (Severity::Warning, "warnings"), (Severity::Hint, "hints")];
    let blocks = titles.into_iter().filter_map(|(severity, title)| block(report, severity, title));
    let mut side_by_side: Vec<Block> = Vec::new();
    for block in blocks {
        let taken: usize = side_by_side.iter().map(|block| block.width + GAP).sum();
        if !side_by_side.is_empty() && columns(indent) + taken + block.width > report.style.width {
            lines(&side_by_side, report, indent, out)?;
            side_by_side.clear();
        }
        side_by_side.push(block);
    }
    lines(&side_by_side, report, indent, out)
}

fn lines(blocks: &[Block], report: &Report<'_>, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let height = blocks.iter().map(|block| block.lines.len()).max().unwrap_or(0);
    for at in 0..height {
        let mut line = String::from(indent);
        let mut owed = 0;
        for block in blocks {
            let text = block.lines.get(at).map_or("", String::as_str);
            if !text.is_empty() {
                line.extend(std::iter::repeat_n(' ', owed));
                owed = 0;
                line.push_str(&if at == 0 { report.style.paint(block.ink, text) } else { text.into() });
            }
            owed += block.width.saturating_sub(columns(text)) + GAP;
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn block(report: &Report<'_>, severity: Severity, title: &str) -> Option<Block> {
    let mut rules: Map<&str, (usize, usize)> = Map::default();
    for finding in report.outcome.findings.iter().filter(|finding| finding.severity == severity) {
        let counts = rules.entry(&*finding.rule).or_default();
        counts.0 += 1;
        counts.1 += usize::from(finding.applicable(false).is_some());
    }
    let mut rows: Vec<Row> =
        rules.into_iter().map(|(rule, (found, fixable))| Row { rule: inert::name(rule), found, fixable }).collect();
    rows.sort_by(|a, b| b.found.cmp(&a.found).then(a.rule.cmp(&b.rule)));
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let name = rows.iter().map(|row| columns(&row.rule)).max()?;
    let digits = rows.iter().map(|row| number(row.found).len()).max()?;
    let any_fixable = rows.iter().any(|row| row.fixable > 0);
    let first = 2 + name + 2 + digits;
    let mut lines = Vec::with_capacity(rows.len() + 2);
    lines.push(if any_fixable { format!("{title:first$}  fixable") } else { title.to_string() });
    for row in &rows {
        let mut line = format!("  {:name$}  {:>digits$}", row.rule, number(row.found));
        if row.fixable > 0 {
            line.push_str(&format!("  {:>7}", number(row.fixable)));
        }
        lines.push(line);
    }
    if left_out > 0 {
        lines.push(format!("  … {} more rules", number(left_out)));
    }
    let width = lines.iter().map(|line| columns(line)).max()?;
    Some(Block { lines, width, ink: severity.into() })
}
