//! `[^label]` without a definition of the note, for links/undefined-reference.

use crate::finding::{Fix, Safety};
use crate::hash::Set;
use crate::page::candidates::{Candidate, CandidateKind};
use crate::page::formula;
use crate::rules::page::Page;
use crate::rules::rule::Reporter;
use crate::source::Span;

/// Numbers of notes have no more digits; a longer one is a year or an id of something else.
const DIGITS: usize = 4;
/// No label is longer.
const LONGEST: usize = 120;

/// Reports the notes of a page that nothing defines.
pub fn check(page: &Page<'_>, report: &mut Reporter<'_>) {
    let mut found = page.body.candidates.iter().filter(|one| one.kind == CandidateKind::UndefinedFootnote).peekable();
    // What is included may define them, and what the site's own code changes may be no note at all.
    if found.peek().is_none() || page.facts.anchors.is_open() || page.model.settings().changes.text {
        return;
    }
    let written = written(page.text);
    let all = page.body.candidates.iter().filter(|one| one.kind == CandidateKind::UndefinedFootnote);
    // `[^1] : the note` is told at that line, and not at each reference to it.
    let spaced: Set<&str> =
        all.filter(|one| colon_behind(page.text, one).is_some()).map(|one| one.destination.of(page.text)).collect();
    for candidate in found {
        let label = candidate.destination.of(page.text);
        if !is_note(page, candidate, label)
            || written.contains(&label.to_lowercase())
            || formula::holds(page.text, candidate.span)
        {
            continue;
        }
        let message = format!("`[^{label}]` is not defined, so readers see the brackets instead of the note");
        if let Some(colon) = colon_behind(page.text, candidate) {
            let right = format!("[^{label}]:");
            let span = Span { start: candidate.span.start, end: colon };
            let fix = Fix::replace(format!("write `{right}`"), Safety::Unsafe, page.file(), span, &*right);
            let help = format!("write `{right}`: a blank before the colon makes this no definition");
            report.at(page.file(), candidate.span, message).help(help).fix(fix).done();
            continue;
        }
        if spaced.contains(label) {
            continue;
        }
        let draft = report.at(page.file(), candidate.span, message);
        if let Some(meant) = uncalled(page, label) {
            let right = format!("[^{meant}]");
            let fix = Fix::replace(format!("write `{right}`"), Safety::Manual, page.file(), candidate.span, &*right);
            draft.help(format!("write `{right}`: that note is defined, and nothing calls it")).fix(fix).done();
            continue;
        }
        let help = match begins_line(page.text, candidate.span.start as usize) {
            true if is_called(page.text, candidate.span, label) => {
                format!("if this is the note itself, write `[^{label}]:` with a colon")
            }
            true => "nothing in the page calls this note: write the line without the brackets, as an item of a list"
                .to_owned(),
            false => format!("add a line `[^{label}]: …` with the note, or remove the reference"),
        };
        draft.help(help).done();
    }
}

/// The one defined note that nothing calls, where its label is a slip or two away from this one; numbers are never near.
fn uncalled<'t>(page: &Page<'t>, label: &str) -> Option<&'t str> {
    let small = label.to_lowercase();
    let is_near = |known: &str| {
        let known = known.to_lowercase();
        matches!(strsim::damerau_levenshtein(&known, &small), distance @ 1..=2 if distance * 3 <= known.len())
    };
    if label.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let labels = page.body.footnotes.iter().map(|span| (*span, span.of(page.text)));
    let mut near = labels.filter(|(span, known)| is_near(known) && !is_called(page.text, *span, known));
    let (_, one) = near.next()?;
    near.next().is_none().then_some(one)
}

/// True where `[^label]` stands elsewhere than at this place, and is no definition.
fn is_called(text: &str, place: Span, label: &str) -> bool {
    let written = format!("[^{label}]");
    let apart = |at: usize| at + written.len() <= place.start as usize || at >= place.end as usize;
    let calls = |at: usize| {
        let defines = text.get(at + written.len()..).is_some_and(|rest| rest.starts_with(':'));
        apart(at) && !(defines && begins_line(text, at))
    };
    text.match_indices(&*written).any(|(at, _)| calls(at))
}

/// Where the colon of `[^1] : the note` ends, at the beginning of a line.
fn colon_behind(text: &str, candidate: &Candidate) -> Option<u32> {
    let rest = text.get(candidate.span.end as usize..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
    let colon = blanks > 0 && rest.get(blanks..)?.starts_with(':');
    let end = candidate.span.end + u32::try_from(blanks).ok()? + 1;
    (colon && begins_line(text, candidate.span.start as usize)).then_some(end)
}

/// True where a reference to a note is meant, and no pattern such as `[^abc]`: a number, or a name on a page that has
/// other notes, behind a word.
fn is_note(page: &Page<'_>, candidate: &Candidate, label: &str) -> bool {
    let number = label.len() <= DIGITS && label.bytes().all(|byte| byte.is_ascii_digit());
    // `[^a-z]` is a range of letters.
    let range = label.split('-').next().is_some_and(|first| first.len() == 1 && first.len() < label.len());
    let named = label.chars().count() > 2 && !range && !page.body.footnotes.is_empty();
    let before = page.text.get(..candidate.span.start as usize).unwrap_or_default().chars().next_back();
    let after = page.text.get(candidate.span.end as usize..).unwrap_or_default().chars().next();
    let of_pattern = matches!(before, Some('^' | '(' | '/' | '\\' | '|' | '\'' | '`' | '['))
        || matches!(after, Some('*' | '+' | '?' | '{' | '$' | '/' | '|' | '\'' | '`' | '(' | '['));
    (number || named) && !of_pattern
}

/// The labels that stand before a colon, in small letters: the parser sees no definition in HTML, or behind another word.
fn written(text: &str) -> Set<String> {
    let labels = text.match_indices("[^").filter_map(|(at, _)| {
        let rest = text.get(at + 2..)?;
        let near = rest.as_bytes().get(..rest.len().min(LONGEST))?;
        let close = memchr::memmem::find(near, b"]:")?;
        rest.get(..close).map(str::to_lowercase)
    });
    labels.collect()
}

fn begins_line(text: &str, at: usize) -> bool {
    let line = text.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    line.trim().is_empty()
}
