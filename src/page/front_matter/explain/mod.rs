//! From the parser's complaint to the true cause and place.
//!
//! A parser reports where it gave up, which is often lines behind the slip, and it gives up at the first one. So the
//! text is cut at the keys of the root and each key is read by itself: what fails alone is at fault, several slips
//! are found at once, and the other keys stay readable.

mod brackets;
mod causes;
mod repair;
mod slip;
mod value;

use std::borrow::Cow;

use super::events::{Problem, Stop};
use super::issue::{Cause, Repair, SyntaxIssue};
use super::node::{Entry, FrontMatter, Node, NodeKind};
use super::recover::{self, Chunk};
use super::split::line_at;
use crate::source::Span;

/// Slips that are told and repaired one by one; whoever made more will look at all of them anyway.
const MAX_EXPLAINED: usize = 16;

/// The parser was content, but what it read cannot be meant: no mapping, `*name` without `&name`, `{{ x }}` as a
/// mapping of a mapping.
pub(super) fn accepted(file: &str, front_matter: &mut FrontMatter, root: Node, unresolved: &[Span]) {
    let NodeKind::Map(mut entries) = root.kind else {
        let stop = Stop { at: root.span.start as usize, problem: Problem::Other(String::new()) };
        return refused(file, front_matter, &stop);
    };
    front_matter
        .errors
        .extend(colons_without_key(&entries, file).take(MAX_EXPLAINED).map(|colon| keyless(file, colon)));
    let mut places: Vec<Span> = unresolved.iter().copied().chain(templates(file, &entries)).collect();
    entries.retain(|entry| colon_without_key(entry, file).is_none());
    front_matter.root = entries;
    if places.is_empty() {
        return;
    }
    places.sort_unstable();
    let chunks = recover::yaml_chunks(file, front_matter.inner);
    for place in places.into_iter().take(MAX_EXPLAINED) {
        let Some(index) = chunks.iter().position(|chunk| chunk.span.contains(place)) else { continue };
        front_matter.errors.push(explain(file, &chunks, index, &unknown_name(place)));
    }
}

/// Values of the form `{{ … }}`: legal YAML, a mapping of a mapping, and never meant.
fn templates<'a>(file: &'a str, entries: &'a [Entry]) -> impl Iterator<Item = Span> + 'a {
    entries.iter().map(|entry| entry.value.span).filter(|span| span.of(file).starts_with("{{"))
}

/// The aliases without an anchor in the lines that were read.
fn aliases(entries: &[Entry]) -> impl Iterator<Item = Span> {
    let mut open: Vec<&Node> = entries.iter().rev().flat_map(|entry| [&entry.value, &entry.key]).collect();
    std::iter::from_fn(move || {
        while let Some(node) = open.pop() {
            match &node.kind {
                NodeKind::Alias(None) => return Some(node.span),
                NodeKind::Seq(items) => open.extend(items.iter().rev()),
                NodeKind::Map(entries) => {
                    open.extend(entries.iter().rev().flat_map(|entry| [&entry.value, &entry.key]));
                }
                _ => {}
            }
        }
        None
    })
}

/// The colons before which no key stands: our parser takes that for an empty key, as JavaScript's does; those of Ruby, Go
/// and Python stop there.
fn colons_without_key<'a>(entries: &'a [Entry], file: &'a str) -> impl Iterator<Item = Span> + 'a {
    let mut open: Vec<&Entry> = entries.iter().rev().collect();
    std::iter::from_fn(move || {
        while let Some(entry) = open.pop() {
            match &entry.value.kind {
                NodeKind::Map(entries) => open.extend(entries.iter().rev()),
                NodeKind::Seq(items) => {
                    let maps = items.iter().rev().filter_map(|item| match &item.kind {
                        NodeKind::Map(entries) => Some(entries),
                        _ => None,
                    });
                    open.extend(maps.flat_map(|entries| entries.iter().rev()));
                }
                _ => {}
            }
            if let Some(colon) = colon_without_key(entry, file) {
                return Some(colon);
            }
        }
        None
    })
}

/// The colon of an entry whose key is not written.
fn colon_without_key(entry: &Entry, file: &str) -> Option<Span> {
    let key = &entry.key;
    let at = key.span.start.checked_sub(1)?;
    let nothing = matches!(key.kind, NodeKind::Null) && key.span.is_empty() && key.tag.is_none();
    (nothing && file.as_bytes().get(at as usize) == Some(&b':')).then(|| Span { start: at, end: at + 1 })
}

/// What is said of such a colon; where it has its line to itself, the line can go.
fn keyless(file: &str, colon: Span) -> SyntaxIssue {
    let message = "no key stands before this colon, and most generators cannot read the front matter with it";
    let mut issue = SyntaxIssue::new(colon, Cause::NoKey, message).help("write the key, or remove the line");
    let start = file.get(..colon.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let (end, next) = line_at(file, start);
    if file.get(start..end).is_some_and(|line| line.trim() == ":") {
        let span = Span::new(start, next);
        issue.repairs.push(Repair { title: "remove the line".to_owned(), span, text: String::new() });
    }
    issue
}

/// True when `&name` may stand in the text as an anchor, in a key that cannot be read too.
fn names(text: &str, name: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let begins = before.is_none_or(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '[' | '{' | ','));
        begins && text.get(at + 1..).is_some_and(|rest| rest.starts_with(name))
    })
}

fn unknown_name(place: Span) -> Stop {
    Stop { at: place.start as usize, problem: Problem::Other("an unknown name".to_owned()) }
}

/// The parser refused the text.
pub(super) fn refused(file: &str, front_matter: &mut FrontMatter, stop: &Stop) {
    front_matter.recovered = true;
    if matches!(stop.problem, Problem::TooMany | Problem::TooDeep) {
        front_matter.errors.push(plain(file, stop));
        return;
    }
    let chunks = recover::yaml_chunks(file, front_matter.inner);
    for (index, chunk) in chunks.iter().enumerate() {
        if front_matter.errors.len() >= MAX_EXPLAINED {
            break;
        }
        match &chunk.read {
            Err(stop) => front_matter.errors.push(explain(file, &chunks, index, stop)),
            Ok(entries) => {
                // Read by itself, a key does not know the anchors of other keys.
                let start = front_matter.inner.start as usize;
                let nowhere = |alias: &Span| {
                    let before = file.get(start..alias.start as usize).unwrap_or_default();
                    alias.of(file).get(1..).is_some_and(|name| !names(before, name))
                };
                let places: Vec<Span> = templates(file, entries).chain(aliases(entries).filter(nowhere)).collect();
                let stops = places.into_iter().map(unknown_name);
                front_matter.errors.extend(stops.map(|stop| explain(file, &chunks, index, &stop)));
                front_matter.errors.extend(colons_without_key(entries, file).map(|colon| keyless(file, colon)));
            }
        }
    }
    if front_matter.errors.is_empty() {
        front_matter.errors.push(plain(file, stop));
    }
    for chunk in chunks {
        match chunk.read {
            Ok(entries) => front_matter.root.extend(entries),
            Err(_) => front_matter.root.extend(recover::key_only(file, chunk.span)),
        }
    }
}

fn explain(file: &str, chunks: &[Chunk], index: usize, stop: &Stop) -> SyntaxIssue {
    let Some(chunk) = chunks.get(index) else { return plain(file, stop) };
    let Some(slip) = causes::find(file, chunk.span, stop) else { return plain(file, stop) };
    let mut issue = SyntaxIssue::new(slip.span, slip.cause, slip.message.clone());
    if let Some(help) = &slip.help {
        issue = issue.help(help.clone());
    }
    issue.repairs = repair::verified(file, chunks, index, &slip);
    issue
}

/// The parser's own words, at the parser's own place.
fn plain(file: &str, stop: &Stop) -> SyntaxIssue {
    let (end, _) = line_at(file, stop.at);
    let span = Span::new(stop.at, end);
    let (cause, message): (Cause, Cow<'static, str>) = match &stop.problem {
        Problem::TooDeep => (Cause::TooDeep, "this is nested too deeply to be read".into()),
        Problem::TooMany => (Cause::TooMany, "the front matter holds too many values to be read".into()),
        Problem::Forbidden(c) => {
            let message = format!("the character U+{:04X} may not stand in YAML; delete it", u32::from(*c));
            let span = Span::new(
                stop.at,
                stop.at + file.get(stop.at..).map_or(0, |t| t.chars().next().map_or(0, char::len_utf8)),
            );
            return SyntaxIssue::new(span, Cause::ForbiddenCharacter, message);
        }
        Problem::QuotedContinuation => (Cause::UnclosedQuote, "a quote before this line is never closed".into()),
        Problem::GluedComment => (Cause::Other, "a blank is missing before the `#` of a comment".into()),
        Problem::Other(words) if words.is_empty() => {
            (Cause::NotAMapping, "the front matter needs lines of the form `key: value`".into())
        }
        Problem::Other(words) => (Cause::Other, format!("the YAML cannot be read: {words}").into()),
    };
    SyntaxIssue::new(span, cause, message)
}
