//! Reference definitions: those that the parser knows, later ones of the same label, and which one a link uses.

use std::ops::Range;

use pulldown_cmark::{CowStr, RefDefs};

use super::destination;
use crate::page::collector::Collector;
use crate::page::decode;
use crate::page::dialect::Definitions;
use crate::page::links::{Definition, Form, Origin};

/// Places that look like `[label]:` at the start of a line: the parser is silent about definitions, so what no event
/// covers is one.
#[derive(Debug, Default)]
pub(super) struct Uncovered {
    at: Vec<usize>,
    kept: usize,
    next: usize,
}

impl Uncovered {
    /// Of the opening brackets, in order.
    pub(super) fn new(at: Vec<usize>) -> Self {
        Uncovered { at, kept: 0, next: 0 }
    }

    /// An event covers this range: nothing in it is a definition. Ranges come in order.
    pub(super) fn cover(&mut self, range: &Range<usize>) {
        while let Some(&at) = self.at.get(self.next) {
            if at >= range.end {
                break;
            }
            if at < range.start {
                if let Some(slot) = self.at.get_mut(self.kept) {
                    *slot = at;
                }
                self.kept += 1;
            }
            self.next += 1;
        }
    }

    fn finish(mut self) -> Vec<usize> {
        self.cover(&(usize::MAX..usize::MAX));
        self.at.truncate(self.kept);
        self.at
    }
}

/// Reads the definitions into the body, and tells each reference which one it uses. `late` holds the labels of the
/// references whose destination has no place yet.
pub(super) fn collect(
    text: &str,
    known: &RefDefs<'_>,
    uncovered: Uncovered,
    late: &[(usize, CowStr<'_>)],
    out: &mut Collector<'_>,
) {
    let mut list: Vec<(Range<usize>, Definition)> = Vec::new();
    for (_, definition) in known.iter() {
        let span = definition.span.clone();
        let at = destination::pointer(text, &definition.dest)
            .or_else(|| destination::definition(text, span.start, span.end, &definition.dest));
        list.extend(entry(text, span, at, Some(definition.dest.as_ref()), out));
    }
    let first_ones = list.len();
    for start in uncovered.finish() {
        let line_end =
            memchr::memchr(b'\n', text.as_bytes().get(start..).unwrap_or_default()).map_or(text.len(), |e| start + e);
        let Some(close) = destination::label_end(text, start, line_end) else { continue };
        let label = text.get(start + 1..close).unwrap_or_default();
        let normal = label.split_whitespace().collect::<Vec<_>>().join(" ");
        // Without a first one of that label, the parser would have taken it as the first.
        let Some(first) = known.get(&normal).filter(|first| !first.span.contains(&start)) else { continue };
        let Some(at) = destination::at(text, destination::gap(text, close + 2, true)) else { continue };
        let line_end =
            memchr::memchr(b'\n', text.as_bytes().get(at.end..).unwrap_or_default()).map_or(text.len(), |e| at.end + e);
        let first = u32::try_from(first.span.start).unwrap_or(u32::MAX);
        if let Some((span, mut definition)) = entry(text, start..line_end, Some(at), None, out) {
            definition.repeats = Some(first);
            list.push((span, definition));
        }
    }
    if list.is_empty() {
        return;
    }
    let repeated = list.len() > first_ones;
    list.sort_by_key(|(span, _)| span.start);
    let index_of = |start: usize| list.binary_search_by_key(&start, |(span, _)| span.start).ok();
    let winners = repeated.then(|| winners(&list, &index_of));
    let last_wins = out.dialect.definitions == Definitions::LastWins;
    let late: Vec<(usize, Option<usize>)> =
        late.iter().map(|(link, id)| (*link, known.get(id).and_then(|first| index_of(first.span.start)))).collect();
    let mut definitions: Vec<Definition> = Vec::with_capacity(list.len());
    let by_destination: Vec<u32> = list.iter().map(|(_, definition)| definition.destination_span.start).collect();
    let positions: Vec<u32> = list.iter().map(|(span, _)| u32::try_from(span.start).unwrap_or(u32::MAX)).collect();
    for (_, mut definition) in list {
        definition.repeats = definition
            .repeats
            .and_then(|first| positions.binary_search(&first).ok())
            .map(|first| u32::try_from(first).unwrap_or(u32::MAX));
        definitions.push(definition);
    }
    let mut late = late.into_iter().peekable();
    for index in 0..out.body.links.len() {
        let Some(link) = out.body.links.get(index) else { break };
        if !matches!(link.origin, Origin::Reference { .. }) {
            continue;
        }
        let found = match late.next_if(|(late, _)| *late == index) {
            Some((_, found)) => found,
            None => by_destination.binary_search(&link.span.start).ok(),
        };
        let Some(mut found) = found else { continue };
        if last_wins && let Some(winner) = winners.as_ref().and_then(|winners| winners.get(found)) {
            found = *winner;
        }
        let Some(definition) = definitions.get_mut(found) else { continue };
        definition.used += 1;
        // `[^1]: [a](b)`: a note, which plugins read and this dialect does not.
        let label = definition.label.of(out.file);
        let note = label.starts_with('^') && definition.destination.starts_with('[');
        let dynamic = note || out.holds_tags(definition.destination_span);
        if let Some(link) = out.body.links.get_mut(index) {
            link.origin = Origin::Reference { definition: u32::try_from(found).unwrap_or(u32::MAX) };
            link.span = definition.destination_span;
            link.destination.clone_from(&definition.destination);
            link.form = definition.form;
            link.marks = link.marks.dynamic(dynamic);
        }
    }
    out.body.definitions = definitions;
}

/// For each definition the last one of the same label.
fn winners(list: &[(Range<usize>, Definition)], index_of: &impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let mut winners: Vec<usize> = (0..list.len()).collect();
    for (index, (_, definition)) in list.iter().enumerate() {
        if let Some(first) = definition.repeats.and_then(|first| index_of(first as usize))
            && let Some(winner) = winners.get_mut(first)
        {
            *winner = index;
        }
    }
    winners
}

fn entry(
    text: &str,
    span: Range<usize>,
    at: Option<Range<usize>>,
    said: Option<&str>,
    out: &Collector<'_>,
) -> Option<(Range<usize>, Definition)> {
    let close = destination::label_end(text, span.start, span.end)?;
    let at = at?;
    let destination_span = out.span(at.clone());
    let masked = !out.masks(destination_span).is_empty();
    let form = destination::form(text, at.start);
    let destination = if masked {
        destination_span.of(out.file).into()
    } else if let Some(said) = said {
        said.into()
    } else {
        decode::destination(text.get(at).unwrap_or_default(), form, false)?.into()
    };
    let whole = text.get(span.clone()).unwrap_or_default().trim_end();
    let definition = Definition {
        label: out.span(span.start + 1..close),
        span: out.span(span.start..span.start + whole.len()),
        destination_span,
        destination,
        form: if masked { Form::NotEditable } else { form },
        used: 0,
        repeats: None,
    };
    Some((span, definition))
}
