//! links/undefined-reference: `[text][label]` without a definition of the label.

use std::cell::OnceCell;

use serde_json::Value;

use super::brackets::{Around, are_two_marks, is_label, is_said_twice};
use super::no_definition::Lines;
use super::open_fence::OpenFence;
use super::undefined_footnote;
use crate::finding::{Fix, Safety};
use crate::hash::Set;
use crate::page::candidates::CandidateKind;
use crate::page::dialect::HtmlBlocks;
use crate::page::formula;
use crate::rules::effort::Effort;
use crate::rules::markup::chat_marks;
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::source::Span;

/// So many references without any definition are no slips.
const MANY: usize = 5;
/// Nobody makes more slips than that in one label.
const FAR: usize = 2;

struct UndefinedReference;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(UndefinedReference))
}

impl PageRule for UndefinedReference {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        undefined_footnote::check(page, report);
        // A loop or an include may write definitions: `[#{{ issue }}]: …`. Such pages are the ones with open anchors.
        // There a label counts only where it is plainly a slip of one that is defined.
        let open = page.facts.anchors.open && !page.facts.anchors.laid_out || page.facts.anchors.includes;
        let defined = OnceCell::new();
        let swallowed = OnceCell::new();
        let lines = OnceCell::new();
        let around = Around::of(page);
        let mut effort = Effort::new();
        let mut fence: Option<Option<OpenFence<'_>>> = None;
        let nothing_is_defined = page.body.definitions.is_empty();
        let references = page.body.candidates.iter().filter(|one| one.kind == CandidateKind::UndefinedReference);
        let many = references.count() >= MANY;
        for candidate in &page.body.candidates {
            if candidate.kind != CandidateKind::UndefinedReference {
                continue;
            }
            if formula::holds(page.text, candidate.span) {
                continue;
            }
            let label = candidate.destination.of(page.text);
            // markup/leftover-shortcode tells of it.
            if chat_marks::is_label(label) {
                continue;
            }
            if is_label(page, &around, candidate.span, label) || is_said_twice(page.text, candidate.span, label) {
                continue;
            }
            let everywhere = &page.model.settings().labels;
            if !everywhere.is_empty() && everywhere.contains(&label.to_lowercase()) {
                continue;
            }
            if nothing_is_defined && are_two_marks(page.text, candidate.span, label, many) {
                continue;
            }
            let swallowed = swallowed.get_or_init(|| labels_in_footnotes(page.text)).contains(label);
            if swallowed && page.model.dialect(&page.facts.path).footnotes_end_with_their_line {
                continue;
            }
            let telling = label.len() > 4 && !label.contains(|c: char| c.is_ascii_digit());
            if open && !telling {
                continue;
            }
            let defined = defined.get_or_init(|| labels(page));
            let near = effort.allows(defined.len()).then(|| nearest(defined, label)).flatten();
            if open && near.is_none_or(|(distance, _)| distance != 1) {
                continue;
            }
            let kramdown = page.model.dialect(&page.facts.path).html_blocks == HtmlBlocks::Kramdown;
            let lines = lines.get_or_init(|| Lines::of(page.text, kramdown));
            if kramdown && lines.define(label) {
                continue;
            }
            if let Some(fence) = fence.get_or_insert_with(|| OpenFence::of(page))
                && fence.takes(label)
            {
                continue;
            }
            let what = if candidate.image { "image" } else { "link" };
            let message = format!("`[{label}]` is not defined, so readers see the brackets instead of the {what}");
            let swapped = || text_that_is_a_label(page.text, candidate.span, label, defined);
            if near.is_none()
                && label.contains(char::is_alphabetic)
                && let Some(text) = swapped()
            {
                let right = format!("[{label}][{text}]");
                let fix =
                    Fix::replace(format!("write `{right}`"), Safety::Unsafe, page.file(), candidate.span, &*right);
                let help = format!("`[{text}]` is: text and label are the wrong way round; write `{right}`");
                report.at(page.file(), candidate.span, message).help(help).fix(fix).done();
                continue;
            }
            if near.is_none()
                && let Some(fix) = in_parentheses(page, candidate.span, label)
            {
                let help = "an address stands in parentheses; brackets hold the name of one that is defined elsewhere";
                report.at(page.file(), candidate.span, message).help(help).fix(fix).done();
                continue;
            }
            let help = match near {
                _ if swallowed => {
                    format!(
                        "put an empty line before `[{label}]: …`: as it stands, that line belongs to the footnote above it"
                    )
                }
                Some((_, known)) => format!("did you mean `[{known}]`?"),
                None => lines.help(label).unwrap_or_else(|| {
                    format!("add a line `[{label}]: https://…`, or write the destination in parentheses")
                }),
            };
            report.at(page.file(), candidate.span, message).help(help).done();
        }
        if let Some(Some(fence)) = fence {
            fence.say(page, report);
        }
    }
}

/// The labels of lines `[label]: …` that follow a footnote without an empty line between them, so that they are part of it.
fn labels_in_footnotes(text: &str) -> Set<&str> {
    let mut found = Set::default();
    let mut below = false;
    for line in text.lines() {
        let label = line.strip_prefix('[').and_then(|line| line.split_once("]:")).map(|(label, _)| label);
        match label {
            Some(label) if label.starts_with('^') => below = true,
            Some(label) if below => {
                found.insert(label);
            }
            _ => below = false,
        }
    }
    found
}

/// The labels that are defined, in the order of their small letters: how many letters, in small letters, as written.
fn labels<'a>(page: &Page<'a>) -> Vec<(usize, String, &'a str)> {
    let labels = page.body.definitions.iter().map(|definition| definition.label.of(page.text));
    let labels = labels.map(|label| (label.to_lowercase(), label));
    let mut labels: Vec<_> = labels.map(|(small, label)| (small.chars().count(), small, label)).collect();
    labels.sort_unstable_by(|(_, one, _), (_, other, _)| one.cmp(other));
    labels
}

/// `[text](https://…)` for `[text][https://…]`.
fn in_parentheses(page: &Page<'_>, span: Span, label: &str) -> Option<Fix> {
    let is_web = ["https://", "http://"].iter().any(|scheme| label.starts_with(scheme));
    let plain = !label.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '[' | ']'));
    let before = span.of(page.text).strip_suffix(']')?.strip_suffix(label)?.strip_suffix('[')?;
    let right = format!("{before}({label})");
    let texted = before.strip_suffix(']').is_some_and(|before| before.len() > 1);
    (is_web && plain && texted)
        .then(|| Fix::replace(format!("write `{right}`"), Safety::Safe, page.file(), span, right))
}

/// The text of `[text][label]` where a definition has it as its label.
fn text_that_is_a_label<'t>(
    text: &'t str,
    span: Span,
    label: &str,
    defined: &[(usize, String, &str)],
) -> Option<&'t str> {
    let text = span.of(text).strip_suffix(']')?.strip_suffix(label)?.strip_suffix("][")?.strip_prefix('[')?;
    let small = text.to_lowercase();
    defined.binary_search_by(|(_, known, _)| known.cmp(&small)).is_ok().then_some(text)
}

/// The one that is nearest, if it is near, and by how many slips.
fn nearest<'a>(defined: &[(usize, String, &'a str)], label: &str) -> Option<(usize, &'a str)> {
    let small = label.to_lowercase();
    let letters = small.chars().count();
    defined
        .iter()
        .filter(|(count, ..)| count.abs_diff(letters) <= FAR)
        .map(|(_, known, written)| (strsim::damerau_levenshtein(known, &small), *written))
        .min()
        .filter(|(distance, known)| *distance <= FAR && distance * 3 <= known.len())
}
