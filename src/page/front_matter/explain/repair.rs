//! Trying repairs: one counts only if the result parses and every other key keeps its value.

use super::causes;
use super::slip::{Candidate, Slip};
use crate::page::front_matter::issue::Repair;
use crate::page::front_matter::node::{Entry, Node, NodeKind};
use crate::page::front_matter::recover::{Chunk, key_length, read_chunk};
use crate::source::Span;

/// Slips in the lines of one key that are repaired together: a list of five `@names`.
const MAX_STEPS: usize = 8;

/// Text that is parsed again for each candidate; beyond that repairs are not offered.
const MAX_BYTES: usize = 256 * 1024;

/// The candidates that hold, as replacements in the file.
pub(super) fn verified(file: &str, chunks: &[Chunk], index: usize, slip: &Slip) -> Vec<Repair> {
    let Some(chunk) = chunks.get(index) else { return Vec::new() };
    let total: usize = chunks.iter().map(|chunk| chunk.span.len()).sum();
    if total > MAX_BYTES {
        return Vec::new();
    }
    slip.candidates
        .iter()
        .filter_map(|candidate| {
            let text = apply(file, chunk.span, candidate)?;
            let text = complete(text)?;
            holds(file, chunks, index, &text).then(|| difference(file, chunk.span, &text, &candidate.title))
        })
        .collect()
}

/// The text of a chunk with one candidate applied.
fn apply(file: &str, chunk: Span, candidate: &Candidate) -> Option<String> {
    let before = file.get(chunk.start as usize..candidate.span.start as usize)?;
    let after = file.get(candidate.span.end as usize..chunk.end as usize)?;
    Some([before, &candidate.text, after].concat())
}

/// Repairs further slips of the same chunk until it parses.
fn complete(mut text: String) -> Option<String> {
    for _ in 0..MAX_STEPS {
        let span = Span::new(0, text.len());
        let stop = match read_chunk(&text, span) {
            Ok(entries) if unmeant(&text, &entries).is_none() => return Some(text),
            Ok(entries) => super::Stop {
                at: unmeant(&text, &entries)?.start as usize,
                problem: super::Problem::Other("an unknown name".to_owned()),
            },
            Err(stop) => stop,
        };
        let slip = causes::find(&text, span, &stop)?;
        text = apply(&text, span, slip.candidates.first()?)?;
    }
    None
}

/// What parses and cannot be meant: an alias without an anchor, `{{ x }}` as a mapping of a mapping, a colon without a
/// key.
fn unmeant(text: &str, entries: &[Entry]) -> Option<Span> {
    let unknown = super::aliases(entries).next().or_else(|| super::templates(text, entries).next());
    unknown.or_else(|| super::colons_without_key(entries, text).next())
}

/// True when the front matter with the new text parses and says the same for all other keys. Other chunks that are
/// broken themselves are left out of the trial.
fn holds(file: &str, chunks: &[Chunk], index: usize, text: &str) -> bool {
    let mut whole = String::new();
    let mut others: Vec<&Entry> = Vec::new();
    let mut own = 0..0;
    for (at, chunk) in chunks.iter().enumerate() {
        if at == index {
            own.start = others.len();
            whole.push_str(text);
        } else if let Ok(entries) = &chunk.read {
            whole.push_str(chunk.span.of(file));
            others.extend(entries);
        }
    }
    let Ok(read) = read_chunk(&whole, Span::new(0, whole.len())) else { return false };
    let Some(added) = read.len().checked_sub(others.len()).filter(|n| *n > 0) else { return false };
    own.end = own.start + added;
    let name = key_length(text).and_then(|length| text.get(..length)).map(|key| key.trim_matches(['"', '\'']));
    let (Some(new), Some(name)) = (read.get(own.clone()), name) else { return false };
    let kept = read.iter().enumerate().filter(|(at, _)| !own.contains(at)).map(|(_, entry)| entry);
    new.first().is_some_and(|entry| entry.name(&whole) == name)
        && unmeant(&whole, new).is_none()
        && kept.zip(others).all(|(a, b)| same(&a.key, &whole, &b.key, file) && same(&a.value, &whole, &b.value, file))
}

/// True when two nodes of two texts say the same. Aliases count as equal: their anchors stand elsewhere.
pub(super) fn same(a: &Node, a_text: &str, b: &Node, b_text: &str) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::Scalar(x), NodeKind::Scalar(y)) => x.style == y.style && x.text(a_text) == y.text(b_text),
        (NodeKind::Seq(x), NodeKind::Seq(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, a_text, y, b_text))
        }
        (NodeKind::Map(x), NodeKind::Map(y)) => {
            x.len() == y.len()
                && x.iter()
                    .zip(y)
                    .all(|(x, y)| same(&x.key, a_text, &y.key, b_text) && same(&x.value, a_text, &y.value, b_text))
        }
        (NodeKind::Null, NodeKind::Null) | (NodeKind::Alias(_), NodeKind::Alias(_)) => true,
        _ => false,
    }
}

/// The smallest replacement that turns the chunk into the new text.
fn difference(file: &str, chunk: Span, text: &str, title: &str) -> Repair {
    let old = chunk.of(file);
    let mut start = old.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(start) || !text.is_char_boundary(start) {
        start -= 1;
    }
    let room = old.len().min(text.len()) - start;
    let mut end = old.bytes().rev().zip(text.bytes().rev()).take(room).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(old.len() - end) || !text.is_char_boundary(text.len() - end) {
        end -= 1;
    }
    let base = chunk.start as usize;
    Repair {
        title: title.to_owned(),
        span: Span::new(base + start, base + old.len() - end),
        text: text.get(start..text.len() - end).unwrap_or_default().to_owned(),
    }
}
