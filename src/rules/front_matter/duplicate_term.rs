//! front-matter/duplicate-term: a term twice in one post.

use serde_json::Value;

use super::terms::{is_cut, is_cut_wrongly, kind};
use crate::finding::{Fix, Safety};
use crate::hash::Map;
use crate::page::Page;
use crate::page::front_matter::{Format, FrontMatter, Listing, Node, Piece};
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
        for name in &data.terms {
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
    let mut seen: Map<&str, Span> = Map::default();
    for piece in pieces.iter().filter(|piece| !piece.text.trim().is_empty()) {
        let Some(first) = seen.get(piece.text.trim()) else {
            seen.insert(piece.text.trim(), piece.span);
            continue;
        };
        let text = piece.text.trim();
        let fix = removal(page.text, front, node, piece)
            .map(|span| Fix::replace(format!("remove the second `{text}`"), Safety::Safe, page.file(), span, ""));
        report
            .at(page.file(), piece.span, format!("the {} `{text}` is listed twice", how.1))
            .related(page.file(), *first, "the first time")
            .help("remove one of them")
            .maybe_fix(fix)
            .done();
    }
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
    let (item, before) = (items.get(at)?, items.get(at.checked_sub(1)?)?);
    if item.anchor.is_some() || item.tag.is_some() {
        return None;
    }
    let flow = front.format != Format::Yaml || list.span.of(text).starts_with('[');
    if flow {
        let gap = Span { start: before.span.end, end: item.span.start };
        let bare = gap.of(text).chars().all(|c| c == ',' || c.is_whitespace());
        return bare.then_some(Span { start: before.span.end, end: item.span.end });
    }
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    let line = text.get(..start)?.rfind('\n')? + 1;
    let next = text.get(end..)?.find('\n').map(|at| end + at + 1)?;
    let alone = text.get(line..start)?.trim() == "-" && text.get(end..next)?.trim().is_empty();
    alone.then(|| Span::new(line, next))
}
