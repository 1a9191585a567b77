//! front-matter/duplicate-term: a term twice in one post.

use serde_json::Value;

use super::terms::{is_cut, is_cut_wrongly, kind};
use crate::finding::{Fix, Safety};
use crate::hash::Map;
use crate::page::front_matter::{Format, FrontMatter, Listing, Node, Piece};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::source::Span;

struct DuplicateTerm;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(DuplicateTerm))
}

impl PageRule for DuplicateTerm {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let Some(front) = page.front else { return };
        let data = page.generator.data();
        for name in data.terms.iter().filter(|name| !data.term_paths.contains(name)) {
            let entry = if let Some((table, inner)) = name.split_once('.') {
                let table = front.entry(page.text, table).and_then(|entry| entry.value.map());
                table.into_iter().flatten().rev().find(|entry| entry.name(page.text) == inner)
            } else if data.keys_ignore_case {
                front.entry_ignoring_case(page.text, name)
            } else {
                front.entry(page.text, name)
            };
            // What an anchor brings stands elsewhere and may be right there.
            let Some(node) = entry.map(|entry| &entry.value).filter(|node| front.outer.contains(node.span)) else {
                continue;
            };
            let listing = if is_cut(name, data) { Listing::Spaces } else { Listing::Single };
            one(page, front, node, (listing, kind(name)), report);
        }
    }
}

fn one(page: &Page<'_>, front: &FrontMatter, node: &Node, how: (Listing, &str), report: &mut Reporter<'_>) {
    if how.0 == Listing::Spaces && node.scalar().is_some() && is_cut_wrongly(node.span.of(page.text)) {
        return;
    }
    let pieces = node.pieces(page.text, how.0);
    if let Some((word, first)) = cut_into_letters(&pieces) {
        let message = format!("the letters of `{word}` stand here as terms of their own");
        report.at(page.file(), first.span, message).help(format!("write `{word}` as one term, if it is meant")).done();
        return;
    }
    let mut seen: Map<&str, &Piece<'_>> = Map::default();
    for piece in pieces.iter().filter(|piece| !piece.text.trim().is_empty()) {
        let text = piece.text.trim();
        let Some(first) = seen.get_mut(text) else {
            seen.insert(text, piece);
            continue;
        };
        // Of two, the one with blanks around it goes.
        let clean = *first;
        let second = clean.text == text || piece.text != text;
        let (kept, twin) = if second { (clean, piece) } else { (piece, clean) };
        *first = kept;
        let (which, other) = if second { ("second", "the first time") } else { ("first", "the second time") };
        // `maker day maker movement`: cut at its blanks, the text has one word twice, and its writer meant terms of two.
        let (first, last) = (kept.span.end.min(twin.span.end), kept.span.start.max(twin.span.start));
        let apart = node.seq().is_none() && !Span { start: first, end: last }.of(page.text).trim().is_empty();
        let (safety, help) = match apart && how.0 == Listing::Spaces {
            true => (
                Safety::Unsafe,
                "remove one of them, or write a list if terms of several words are meant: this text is cut at its blanks",
            ),
            false => (Safety::Safe, "remove one of them"),
        };
        let fix = removal(page.text, front, node, twin)
            .map(|span| Fix::replace(format!("remove the {which} `{text}`"), safety, page.file(), span, ""));
        report
            .at(page.file(), twin.span, format!("the {} `{text}` is listed twice", how.1))
            .related(page.file(), kept.span, other)
            .help(help)
            .maybe_fix(fix)
            .done();
    }
}

/// `[n, e, w, s, news]`: a program has taken a text for a list. The word and its first letter.
fn cut_into_letters<'p>(pieces: &'p [Piece<'p>]) -> Option<(String, &'p Piece<'p>)> {
    const LEAST: usize = 4;
    let is_letter = |piece: &&Piece<'_>| piece.text.trim().chars().count() == 1;
    let letters = || pieces.iter().filter(is_letter);
    letters().nth(LEAST - 1)?;
    let word: String = letters().map(|piece| piece.text.trim()).collect();
    let whole = pieces.iter().any(|piece| piece.text.trim() == word);
    let twice = word.char_indices().any(|(at, c)| word.get(..at).is_some_and(|before| before.contains(c)));
    let many = word.chars().count() > LEAST + 1 && twice;
    letters().next().filter(|_| whole || many).map(|first| (word, first))
}

/// What goes when a repeated term goes: its line, or the comma or blank before it.
fn removal(text: &str, front: &FrontMatter, list: &Node, piece: &Piece<'_>) -> Option<Span> {
    let items = match list.seq() {
        None => {
            let before = text.get(..piece.span.start as usize)?;
            let start = before.trim_end_matches([' ', '\t']).len();
            let own = piece.part && piece.span.of(text) == piece.text && start >= list.span.start as usize;
            return own.then(|| Span::new(start, piece.span.end as usize));
        }
        Some(items) => items,
    };
    let at = items.iter().position(|item| std::ptr::eq(item, piece.node))?;
    let item = items.get(at)?;
    if item.anchor.is_some() || item.tag.is_some() {
        return None;
    }
    let flow = front.format != Format::Yaml || list.span.of(text).starts_with('[');
    if flow {
        let bare = |gap: Span| gap.of(text).chars().all(|c| c == ',' || c.is_whitespace());
        let Some(before) = at.checked_sub(1).and_then(|at| items.get(at)) else {
            let end = items.get(at + 1)?.span.start;
            return bare(Span { start: item.span.end, end }).then_some(Span { start: item.span.start, end });
        };
        let gap = Span { start: before.span.end, end: item.span.start };
        return bare(gap).then_some(Span { start: before.span.end, end: item.span.end });
    }
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    let line = text.get(..start)?.rfind('\n')? + 1;
    let next = text.get(end..)?.find('\n').map(|at| end + at + 1)?;
    let alone = text.get(line..start)?.trim() == "-" && text.get(end..next)?.trim().is_empty();
    alone.then(|| Span::new(line, next))
}
