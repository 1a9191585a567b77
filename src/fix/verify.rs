//! Is the repaired page the old one but for the repair?
//!
//! Keys, values, headings, links, paragraphs are compared by kind and place: whatever a replacement does not touch must
//! be read as it was. A page that a person wrote is not changed on the hope that the generator will see it that way too.

use super::patch::Patch;
use crate::engine;
use crate::generators::{Generator, Model};
use crate::invisible;
use crate::page::Dialect;
use crate::page::front_matter::{self, FrontMatter, Node, NodeKind};
use crate::page::outline::{Construct, Item, outline};
use crate::source::Span;

/// How a page is read: as the engine reads it, or the check would pass what the next run sees in another way.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Whose site it is.
    pub generator: &'a dyn Generator,
    /// The site's own way.
    pub model: &'a dyn Model,
    /// How its body is read; `None` for files whose body is no Markdown.
    pub body: Option<Dialect>,
}

/// What is right with a repaired page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    /// The front matter could not be read before: rules see it for the first time.
    pub readable_now: bool,
}

/// Compares a page before and after. The error says what the repair would do, as the end of "it would …".
///
/// # Errors
/// When more than what is replaced is read in another way.
pub fn page(old: &str, new: &str, patch: &Patch, reading: Reading<'_>) -> Result<Sound, &'static str> {
    let before = engine::head(old, reading.generator, reading.model);
    let after = engine::head(new, reading.generator, reading.model);
    let (readable_now, bodies) = match (&before, &after) {
        (Some(before), Some(after)) => {
            let bodies = (before.body_start, after.body_start);
            if !patch.place(bodies.0).may_be(bodies.1) {
                return Err("move the end of the front matter");
            }
            // A front matter that cannot be read stays so when only the text behind it is repaired.
            let untouched = old.get(..bodies.0 as usize) == new.get(..bodies.1 as usize);
            (!untouched && compare_fronts((before, old), (after, new), patch)?, bodies)
        }
        (None, None) => {
            let start = if old.starts_with('\u{feff}') { 3 } else { 0 };
            (false, (start, start))
        }
        // A head that was none: the text behind it is the body.
        (None, Some(after)) => return behind(after, new, old).then_some(Sound { readable_now: true }).ok_or(BODY),
        (Some(_), None) => return Err("take the page's front matter away"),
    };
    compare_bodies(old, new, patch, reading, bodies)?;
    Ok(Sound { readable_now })
}

const FRONT: &str = "change what else the front matter says";
const BODY: &str = "change how the text around it is read";

fn behind(after: &FrontMatter, new: &str, old: &str) -> bool {
    new.get(after.body_start as usize..).is_some_and(|body| old.ends_with(body))
}

/// True when the front matter could not be read before and can be now.
fn compare_fronts(
    (before, old): (&FrontMatter, &str),
    (after, new): (&FrontMatter, &str),
    patch: &Patch,
) -> Result<bool, &'static str> {
    let broken = |front: &FrontMatter| !front.errors.is_empty() || front.recovered;
    if broken(before) {
        // What was read key by key must still be there; what could not be read may show now.
        let kept = before.root.iter().filter(|entry| patch.leaves(entry.key.span)).all(|entry| {
            let same = |other: &&front_matter::Entry| patch.place(entry.key.span.start).may_be(other.key.span.start);
            after.root.iter().find(same).is_some_and(|other| other.name(new) == entry.name(old))
        });
        let named = |name: &str| after.root.iter().any(|other| other.name(new) == name);
        let kept =
            kept && before.root.iter().map(|entry| entry.name(old)).all(|name| name.contains(':') || named(name));
        let better = after.errors.len() < before.errors.len() || !broken(after);
        // A value that could be read may change beside what could not.
        let beside = || {
            let worse = after.errors.len() > before.errors.len();
            !worse && same_elsewhere(&parts(before), &parts(after), Step { old, new, patch })
        };
        return if kept && (better || beside()) { Ok(!broken(after)) } else { Err(FRONT) };
    }
    if broken(after) {
        return Err("make the front matter unreadable");
    }
    same_elsewhere(&parts(before), &parts(after), Step { old, new, patch }).then_some(false).ok_or(FRONT)
}

fn compare_bodies(
    old: &str,
    new: &str,
    patch: &Patch,
    reading: Reading<'_>,
    (from, to): (u32, u32),
) -> Result<(), &'static str> {
    if old.get(from as usize..) == new.get(to as usize..) {
        return Ok(());
    }
    let dialect = reading.body.ok_or("change a text that is no Markdown")?;
    let parts = |text: &str, start: u32| -> Vec<Part<Construct>> {
        let part = |item: Item| {
            let holds = item.construct.holds();
            Part { kind: item.construct, holds, block: item.construct.is_block(), span: item.span }
        };
        outline(text, start as usize, &dialect).into_iter().map(part).collect()
    };
    same_elsewhere(&parts(old, from), &parts(new, to), Step { old, new, patch }).then_some(()).ok_or(BODY)
}

/// One thing that a reader of the file sees.
struct Part<K> {
    kind: K,
    /// It holds other parts, so that it stays when one of them is replaced.
    holds: bool,
    /// It stands beside paragraphs, not in one.
    block: bool,
    span: Span,
}

/// The two texts and the way from one to the other.
#[derive(Clone, Copy)]
struct Step<'a> {
    old: &'a str,
    new: &'a str,
    patch: &'a Patch,
}

/// True when every part that no replacement touches is where it was, and nothing appeared but where one was made.
fn same_elsewhere<K: PartialEq>(old: &[Part<K>], new: &[Part<K>], step: Step<'_>) -> bool {
    let patch = step.patch;
    let touched = |part: &Part<K>| !part.holds && !patch.leaves(part.span);
    let mut open: Vec<Span> = patch.replaced().into_iter().map(|span| step.with_blanks(span)).collect();
    for part in old.iter().filter(|part| touched(part)) {
        open.push(Span { start: patch.place(part.span.start).least, end: patch.place(part.span.end).most });
    }
    open.sort_unstable();
    let open = joined(open);
    // Words may become a link; a paragraph only comes from what looked like nothing, or as a comment.
    let harmless = patch.edits().iter().zip(patch.replaced());
    let harmless = harmless.filter(|((edit, text), _)| step.empties(*edit, text) || is_comment(text));
    let harmless = joined(harmless.map(|(_, span)| step.with_blanks(span)).collect());
    let expected = |part: &Part<K>| touches(if part.block { &harmless } else { &open }, part.span);
    let mut found = new.iter().peekable();
    for part in old.iter().filter(|part| !touched(part)) {
        loop {
            match found.peek() {
                Some(other) if other.kind == part.kind && step.same(part, other) => drop(found.next()),
                Some(other) if expected(other) && !step.gone(part.span) => {
                    found.next();
                    continue;
                }
                _ if step.gone(part.span) => {}
                _ => return false,
            }
            break;
        }
    }
    found.all(expected)
}

impl Step<'_> {
    /// True when the part may have become the other.
    fn same<K>(self, part: &Part<K>, other: &Part<K>) -> bool {
        let (start, end) = (self.patch.place(part.span.start), self.patch.place(part.span.end));
        let blank = |from: u32, to: u32| is_blank(Span { start: from.min(to), end: from.max(to) }.of(self.new));
        let opened = part.holds && self.opened(part.span);
        // It begins behind what looked like nothing, if there is anything left of it.
        let behind = || opened && blank(start.least, other.span.start) && !self.gone(part.span);
        if !start.may_be(other.span.start) && !behind() {
            return false;
        }
        // What holds others ends with the last of them, or with blanks behind it.
        end.may_be(other.span.end) || opened || part.holds && blank(end.least, other.span.end)
    }

    /// True when only things that look like nothing were removed inside: what they held together may be apart now.
    fn opened(self, span: Span) -> bool {
        let inside = |edit: &&(Span, String)| edit.0.start < span.end && span.start < edit.0.end;
        let mut inside = self.patch.edits().iter().filter(inside).peekable();
        inside.peek().is_some() && inside.all(|(edit, text)| self.is_nothing(*edit, text))
    }

    /// True when only blanks were removed, no-break spaces among them, and characters that nobody sees.
    fn is_nothing(self, edit: Span, text: &str) -> bool {
        text.is_empty() && edit.of(self.old).chars().all(|c| c.is_whitespace() || invisible::name(c).is_some())
    }

    /// True when a line that looked empty is so now.
    fn empties(self, edit: Span, text: &str) -> bool {
        let at = self.patch.place(edit.start).least as usize;
        let before = self.new.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let after = self.new.get(at..).unwrap_or_default().split('\n').next().unwrap_or_default();
        self.is_nothing(edit, text) && is_blank(before.trim_end_matches(['>', ' ', '\t'])) && is_blank(after)
    }

    /// A replaced stretch with the blanks around it.
    fn with_blanks(self, span: Span) -> Span {
        widened(self.new, span)
    }

    /// True when nothing but blanks is left of the span, beside or inside what was replaced.
    fn gone(self, span: Span) -> bool {
        // The end of a line goes with the next one if that holds nothing any more.
        let blank = is_blank(span.of(self.old));
        let reach = if blank { widened(self.old, span) } else { span };
        let near = |(edit, text): &&(Span, String)| {
            edit.start <= reach.end && reach.start <= edit.end && (!blank || self.empties(*edit, text))
        };
        let mut edits = self.patch.edits().iter().filter(near).map(|(edit, _)| *edit).peekable();
        if edits.peek().is_none() {
            return false;
        }
        let blank = |from: u32, to: u32| is_blank(Span { start: from, end: to.max(from) }.of(self.old));
        let mut from = span.start;
        for edit in edits {
            if !blank(from, edit.start.min(span.end)) {
                return false;
            }
            from = edit.end.max(from);
        }
        blank(from, span.end)
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// A span with the blanks, ends of lines and marks of quotes around it.
fn widened(text: &str, span: Span) -> Span {
    const BLANKS: [char; 5] = [' ', '\t', '\r', '\n', '>'];
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let left = before.len() - before.trim_end_matches(BLANKS).len();
    let right = after.len() - after.trim_start_matches(BLANKS).len();
    Span::new((span.start as usize).saturating_sub(left), span.end as usize + right)
}

/// A comment that `--review` writes to silence a finding.
fn is_comment(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("<!--") && text.ends_with("-->") || text.starts_with("{/*") && text.ends_with("*/}")
}

/// True when one of the spans, sorted and apart, touches this one.
fn touches(spans: &[Span], one: Span) -> bool {
    let near = spans.partition_point(|span| span.end < one.start);
    spans.get(near).is_some_and(|span| span.start <= one.end)
}

/// Spans that touch, as one.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Every key and value of a front matter with its depth.
fn parts(front: &FrontMatter) -> Vec<Part<(u8, usize)>> {
    let mut parts = Vec::new();
    for entry in &front.root {
        take(&entry.key, 0, 0, &mut parts);
        take(&entry.value, 1, 1, &mut parts);
    }
    parts
}

/// Front matter is never deeper than [`front_matter::MAX_DEPTH`].
fn take(node: &Node, role: u8, depth: usize, parts: &mut Vec<Part<(u8, usize)>>) {
    let mut add =
        |kind: u8, holds| parts.push(Part { kind: (kind + role, depth), holds, block: false, span: node.span });
    match &node.kind {
        NodeKind::Null => add(0, false),
        NodeKind::Scalar(_) => add(2, false),
        NodeKind::Alias(_) => add(4, false),
        NodeKind::Seq(items) => {
            add(6, true);
            items.iter().for_each(|item| take(item, 1, depth + 1, parts));
        }
        NodeKind::Map(entries) => {
            add(8, true);
            for entry in entries {
                take(&entry.key, 0, depth + 1, parts);
                take(&entry.value, 1, depth + 1, parts);
            }
        }
    }
}

#[cfg(test)]
mod tests;
