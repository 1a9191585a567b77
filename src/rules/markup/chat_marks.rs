//! Marks of sources that chat programs leave in their answers, and only their own window understands.

use crate::finding::{Edit, Fix, Safety};
use crate::rules::page::Page;
use crate::rules::rule::Reporter;
use crate::source::{Span, in_code_span, line_before};

/// Where one may begin.
const BEGINNINGS: [&str; 2] = ["[cite", ":contentReference[oaicite:"];
/// What both of these have in them, so that a page is looked through once for them.
const COMMON: &str = "cite";
/// The bracket of others, in letters that most pages have none of.
const BRACKET: &str = "【";
/// No mark is longer.
const LONG: usize = 80;

/// True for what stands in the brackets of such a mark: `cite_start`, `cite: 12, 14`.
pub(in crate::rules) fn is_label(label: &str) -> bool {
    let numbers = |rest: &str| {
        rest.contains(|c: char| c.is_ascii_digit())
            && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-'))
    };
    matches!(label, "cite_start" | "cite_end") || label.strip_prefix("cite:").is_some_and(numbers)
}

/// Reports the marks of a page, all at once.
pub(super) fn check(page: &Page<'_>, report: &mut Reporter<'_>) {
    let bytes = page.text.as_bytes();
    let begin = page.front.map_or(0, |front| front.body_start as usize);
    let begins_at = |at: usize| {
        BEGINNINGS.iter().find_map(|beginning| {
            let start = at.checked_sub(beginning.find(COMMON)?)?;
            page.text.get(start..).is_some_and(|rest| rest.starts_with(beginning)).then_some(start)
        })
    };
    let brackets = memchr::memchr_iter(0xe3, bytes)
        .filter(|at| page.text.get(*at..).is_some_and(|rest| rest.starts_with(BRACKET)));
    let places = memchr::memmem::find_iter(bytes, COMMON).filter_map(begins_at).chain(brackets);
    let mut marks: Vec<Span> = places
        .filter(|at| *at >= begin)
        .filter_map(|at| Some(Span::new(at, at + length(page.text.get(at..)?)?)))
        .filter(|span| {
            !page.body.begins_in_code(*span)
                && !page.body.begins_in_comment(*span)
                && !in_code_span(page.text, span.start as usize)
        })
        .collect();
    marks.sort_unstable();
    let Some(first) = marks.first().copied() else { return };
    let others = match marks.len() - 1 {
        0 => String::new(),
        1 => ", and so does one more on this page".to_owned(),
        more => format!(", and so do {more} more on this page"),
    };
    let message = format!("`{}` was left by a chat program: readers see it as it stands{others}", first.of(page.text));
    let edits = marks.iter().map(|span| Edit {
        file: page.file().clone(),
        span: with_blank(page.text, *span),
        text: String::new(),
    });
    let fix = Fix::edits("take them away", Safety::Safe, edits.collect());
    report.at(page.file(), first, message).help("take it away, or link the source").fix(fix).done();
}

/// How long the mark is that begins here.
fn length(text: &str) -> Option<usize> {
    let until = |open: &str, close: &str| {
        let inner = text.strip_prefix(open)?;
        let inner = inner.get(..inner.find(close)?)?;
        (inner.len() < LONG && !inner.contains('\n')).then_some((inner, open.len() + inner.len() + close.len()))
    };
    if text.starts_with(':') {
        let (_, end) = until(":contentReference[oaicite:", "]")?;
        let index = text.get(end..)?.strip_prefix("{index=").and_then(|rest| rest.find('}'));
        return Some(index.map_or(end, |close| end + "{index=".len() + close + 1));
    }
    if text.starts_with('【') {
        let (inner, end) = until("【", "】")?;
        let (number, _) = inner.split_once('†')?;
        return number.bytes().all(|byte| byte.is_ascii_digit() || byte == b':').then_some(end);
    }
    let (label, end) = until("[", "]")?;
    let behind = text.get(end..)?;
    (is_label(label) && !behind.starts_with(['(', ':'])).then_some(end)
}

/// The mark and the blank that it leaves behind: the one before it, or at the beginning of a line the one after it.
fn with_blank(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = line_before(text, start);
    let behind = text.as_bytes().get(end);
    let ends = matches!(behind, None | Some(b' ' | b'\n' | b'\r' | b'.' | b',' | b';' | b':' | b'!' | b'?' | b')'));
    match (before.ends_with(' '), behind) {
        (true, _) if ends && !before.trim_matches([' ', '>', '-', '*', '+']).is_empty() => Span::new(start - 1, end),
        (false, Some(b' ')) if before.is_empty() => Span::new(start, end + 1),
        _ => span,
    }
}
