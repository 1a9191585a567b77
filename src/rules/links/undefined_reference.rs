//! links/undefined-reference: `[text][label]` without a definition of the label.

use std::cell::OnceCell;

use serde_json::Value;

use super::no_definition::Lines;
use crate::finding::{Fix, Safety};
use crate::hash::Set;
use crate::page::Page;
use crate::page::candidates::CandidateKind;
use crate::page::dialect::HtmlBlocks;
use crate::page::formula;
use crate::rules::effort::Effort;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::source::{Span, line_before};

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
        // A loop or an include may write definitions: `[#{{ issue }}]: …`. Such pages are the ones with open anchors.
        // There a label counts only where it is plainly a slip of one that is defined.
        let open = page.facts.anchors.open;
        let defined = OnceCell::new();
        let swallowed = OnceCell::new();
        let lines = OnceCell::new();
        let around = Around::of(page);
        let mut effort = Effort::new();
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
            if is_label(page, &around, candidate.span, label) || is_said_twice(page.text, candidate.span, label) {
                continue;
            }
            let everywhere = &page.model.settings().labels;
            if !everywhere.is_empty() && everywhere.contains(&label.to_lowercase()) {
                continue;
            }
            if nothing_is_defined && are_two_marks(first_of(page.text, candidate.span), label, many) {
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

/// True on a page that defines no label at all for `[G20][N4]` and `[C++][STL]`, two names beside each other; where there are
/// many such, also for `[laughs][chuck laughs]`. A label that was meant as one is a number, the text again, or a slug.
fn are_two_marks(first: &str, label: &str, many: bool) -> bool {
    let is_slug = label.contains(['-', '_', '/', '.', ':']);
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
    let again = first.to_lowercase().contains(&label.to_lowercase());
    let is_name = |text: &str| text.starts_with(char::is_uppercase) && !text.contains(char::is_whitespace);
    let short = first.split_whitespace().count() <= 2 && label.split_whitespace().count() <= 2;
    (is_name(first) && is_name(label) || many && short) && !is_slug && !is_number && !again
}

/// The labels that are defined, in the order of their small letters: how many letters, in small letters, as written.
fn labels<'a>(page: &Page<'a>) -> Vec<(usize, String, &'a str)> {
    let labels = page.body.definitions.iter().map(|definition| definition.label.of(page.text));
    let labels = labels.map(|label| (label.to_lowercase(), label));
    let mut labels: Vec<_> = labels.map(|(small, label)| (small.chars().count(), small, label)).collect();
    labels.sort_unstable_by(|(_, one, _), (_, other, _)| one.cmp(other));
    labels
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

/// `[smile][smile]` is a sign that a chat shows as a picture, twice. A link that is named by its own text is no such word:
/// `[iter.rs:223][iter.rs:223]`.
fn is_said_twice(text: &str, span: Span, label: &str) -> bool {
    let sign = label.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    sign && span.of(text).strip_suffix(']').and_then(|all| all.strip_suffix(label)) == Some(&*format!("[{label}]["))
}

/// Brackets that mark and do not link: `[loc=9DE4008]`, one group of three or more (`[tls][https][nginx]`, also
/// `[Slow] [Serial][NodeFeature:x]`), `[core][ui]` where other lines begin with `[core] `, and those in the text of a
/// link, where there can be no other link.
fn is_label(page: &Page<'_>, around: &Around<'_>, span: Span, label: &str) -> bool {
    // `['token']['id']`: a value of an object.
    let is_quoted =
        ['\'', '"'].iter().any(|quote| label.len() > 2 && label.starts_with(*quote) && label.ends_with(*quote));
    let bytes = page.text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    let beside = bytes.get(end) == Some(&b'[') || start.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b']');
    // `[core][button](url)` is a mark and a link; a label of several words was meant as one.
    let is_link = bytes.get(end) == Some(&b'(') && !label.contains(char::is_whitespace);
    // `a[i][j]` and `tag=[1][2]` are written together: an element of a table, a place in a file.
    let glued =
        start.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=');
    // `sum([i][1], -1)`: two indices, without a word; so are `[i][j]` and `[n-1][j+1]`.
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number(label) || label.len() == 1;
    let element = number && span.of(page.text).len() <= "[ij][12]".len();
    let element = element && span.of(page.text).matches('[').count() == 2
        || is_index(first_of(page.text, span)) && is_index(label) && !is_number(label);
    // `me [at] example [dot] org`
    let spelt_out = label.eq_ignore_ascii_case("at") || label.eq_ignore_ascii_case("dot");
    // `[CONSTRAINT <name>][NULL|NOT NULL]`: the grammar of a command, with its keywords in capitals.
    let choice = label.contains('|') && !label.contains(char::is_lowercase);
    label.contains('=')
        || is_quoted
        || choice
        || element
        || spelt_out
        || label.starts_with('/')
        || beside
        || is_link
        || glued
        || (is_number(first_of(page.text, span)) && !is_number(label))
        || is_expression(page.text, span)
        || is_in_raw_code(page.text, start)
        || page.text.get(..start).is_some_and(|before| before.ends_with("://"))
        || around.is_in_a_link(span)
        || around.has_mark(span)
        || around.follows_mark(start)
}

/// What stands around the references of a page, collected once for all of them.
struct Around<'a> {
    text: &'a str,
    /// Where links begin, in order, and how far those that begin up to there reach.
    reach: Vec<(u32, u32)>,
    /// Where links end.
    ends: Set<u32>,
    /// What stands in brackets with a blank behind.
    marks: OnceCell<Set<&'a str>>,
}

impl<'a> Around<'a> {
    fn of(page: &Page<'a>) -> Around<'a> {
        let mut reach: Vec<_> = page.facts.links.iter().map(|link| (link.whole.start, link.whole.end)).collect();
        reach.sort_unstable();
        let ends = reach.iter().map(|(_, end)| *end).collect();
        let mut furthest = 0;
        for (_, end) in &mut reach {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Around { text: page.text, reach, ends, marks: OnceCell::new() }
    }

    fn is_in_a_link(&self, span: Span) -> bool {
        let before = self.reach.partition_point(|(start, _)| *start < span.start);
        before.checked_sub(1).and_then(|last| self.reach.get(last)).is_some_and(|(_, end)| *end > span.end)
    }

    /// True for `[core][ui]` on a page that has `[core] ` as well: it says what kind of line it is.
    fn has_mark(&self, span: Span) -> bool {
        let first = first_of(self.text, span);
        let names_itself = span.of(self.text).strip_suffix(']').is_some_and(|source| source.ends_with(first));
        // `[TAB][TAB]` beside `[TAB] `: keys to be pressed.
        let names_itself = names_itself && first.bytes().any(|byte| !byte.is_ascii_uppercase());
        first.len() >= 3 && !names_itself && self.marks.get_or_init(|| marks(self.text)).contains(first)
    }

    /// True behind brackets that are no link themselves: `[Slow] `.
    fn follows_mark(&self, start: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default();
        let bare = before.trim_end_matches(' ');
        let is_link = || self.ends.contains(&Span::new(bare.len(), bare.len()).end);
        bare.len() < before.len() && bare.ends_with(']') && !is_task(bare) && !is_link()
    }
}

/// `i`, `12`, `j-1`: the place of an element in a table.
fn is_index(text: &str) -> bool {
    let term = |text: &str| {
        text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
            || !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (first, rest) = text.split_once(['+', '-']).map_or((text, None), |(first, rest)| (first, Some(rest)));
    term(first.trim()) && rest.is_none_or(|rest| term(rest.trim()))
}

/// What stands in the first pair of brackets.
fn first_of(text: &str, span: Span) -> &str {
    let rest = span.of(text).strip_prefix('[').and_then(|rest| rest.split_once(']'));
    rest.map(|(first, _)| first).unwrap_or_default()
}

/// `[eE][+-]?` and `[_A-Za-z][_0-9A-Za-z]*` are sets of characters in a regular expression.
fn is_expression(text: &str, span: Span) -> bool {
    let source = span.of(text);
    let repeated = matches!(text.as_bytes().get(span.end as usize), Some(b'?' | b'*' | b'+' | b'{'));
    let ranges = ["A-Z", "a-z", "0-9"].iter().any(|range| source.contains(range));
    ranges || repeated && !source.bytes().any(|byte| byte == b' ') && source.len() < 32
}

/// True behind a `<pre>` or `<code>` that is still open: what stands there is shown as it is.
fn is_in_raw_code(text: &str, start: usize) -> bool {
    const BACK: usize = 2_000;
    let before = text.get(text.floor_char_boundary(start.saturating_sub(BACK))..start).unwrap_or_default();
    ["pre", "code"].iter().any(|tag| {
        let open = before.rfind(&format!("<{tag}"));
        open.is_some_and(|at| !before.get(at..).unwrap_or_default().contains(&format!("</{tag}")))
    })
}

/// What stands in brackets with a blank behind: `[BUGFIX] `.
fn marks(text: &str) -> Set<&str> {
    let ends = memchr::memmem::find_iter(text.as_bytes(), "] ");
    ends.filter_map(|end| {
        let line = line_before(text, end);
        line.rfind('[').and_then(|start| line.get(start + 1..))
    })
    .collect()
}

/// True for the box of a task: `- [x]`.
fn is_task(before: &str) -> bool {
    ["[ ]", "[x]", "[X]"].iter().any(|task| before.ends_with(task))
}
