//! A fence of code that is never closed, with the definitions of references below it: to Markdown they are code.

use crate::hash::Set;
use crate::rules::page::Page;
use crate::rules::rule::Reporter;
use crate::source::Span;

/// The fence, and what it has swallowed.
pub(super) struct OpenFence<'a> {
    /// The line that opens it.
    line: Span,
    labels: Set<String>,
    /// The labels that references ask for.
    asked: Vec<&'a str>,
}

impl<'a> OpenFence<'a> {
    /// The last block of code of a page, if it reaches its end because nothing closes it.
    pub(super) fn of(page: &Page<'_>) -> Option<OpenFence<'a>> {
        let block = *page.body.code_blocks.last()?;
        let (text, behind) = (block.of(page.text), page.text.get(block.end as usize..)?);
        let first = text.lines().next()?;
        let mark = ["```", "~~~"].into_iter().find(|mark| first.starts_with(mark))?;
        let closes = |line: &str| line.trim_start().starts_with(mark) && !line.contains(char::is_alphanumeric);
        if !behind.trim().is_empty() || text.lines().skip(1).last().is_some_and(closes) {
            return None;
        }
        let label = |line: &str| Some(line.strip_prefix('[')?.split_once("]:")?.0.to_lowercase());
        let labels = text.lines().filter_map(label).collect();
        let start = block.start as usize;
        Some(OpenFence { line: Span::new(start, start + first.len()), labels, asked: Vec::new() })
    }

    /// True for a reference whose definition it has swallowed.
    pub(super) fn takes(&mut self, label: &'a str) -> bool {
        let takes = self.labels.contains(&label.to_lowercase());
        self.asked.extend(takes.then_some(label));
        takes
    }

    /// One cause is one finding, however many references it has torn.
    pub(super) fn say(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let Some(first) = self.asked.first() else { return };
        let others = match self.asked.len() - 1 {
            0 => String::new(),
            1 => " and of one reference more".to_owned(),
            count => format!(" and of {count} references more"),
        };
        let message = format!(
            "this block of code is never closed: the definition of `[{first}]`{others} is part of it, so readers see the brackets"
        );
        report.at(page.file(), self.line, message).help("close the block where the code ends").done();
    }
}
