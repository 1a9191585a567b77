//! markup/conflict-marker: lines that a merge left, in front matter or body.

use serde_json::Value;

use crate::page::candidates::CandidateKind;
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::source::Span;

struct ConflictMarker;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(ConflictMarker))
}

impl PageRule for ConflictMarker {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let front = page.front.map_or_else(Vec::new, |front| in_front_matter(page.text, front.inner));
        let body = page.body.candidates.iter().filter(|candidate| candidate.kind == CandidateKind::ConflictMarker);
        let markers: Vec<Span> = front.into_iter().chain(body.map(|candidate| candidate.span)).collect();
        // Between the two stands what also underlines a heading.
        let mut rest = markers.as_slice();
        while let Some((_, after)) = rest.split_first().filter(|(first, _)| first.of(page.text).starts_with('=')) {
            rest = after;
        }
        while let Some((first, after)) = rest.split_first() {
            // One conflict is one finding: from its first marker to the one that closes it.
            let closing = |marker: &Span| marker.of(page.text).starts_with('>');
            let opening = |marker: &Span| marker.of(page.text).starts_with('<');
            let length = if closing(first) {
                0
            } else {
                let close = after.iter().position(closing).map_or(after.len(), |at| at + 1);
                after.iter().position(opening).map_or(close, |next| next.min(close))
            };
            let last = length.checked_sub(1).and_then(|at| after.get(at));
            let draft = report
                .at(page.file(), *first, format!("a merge left its marker `{}`", mark(first.of(page.text))))
                .note("readers see the marker and both versions")
                .help("keep one of the two versions and remove the lines of the markers");
            match last {
                Some(last) => draft.related(page.file(), *last, "the conflict ends here").done(),
                None => draft.done(),
            }
            rest = after.get(length..).unwrap_or_default();
        }
    }
}

fn mark(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or(line)
}

fn in_front_matter(text: &str, inner: Span) -> Vec<Span> {
    let mut found = Vec::new();
    // Hardly any front matter has either sign, and one look is cheaper than its lines.
    if memchr::memchr2(b'<', b'>', inner.of(text).as_bytes()).is_none() {
        return found;
    }
    let mut at = inner.start as usize;
    for line in inner.of(text).split_inclusive('\n') {
        let bare = line.trim_end();
        if bare.starts_with("<<<<<<< ") || bare.starts_with(">>>>>>> ") || bare == "=======" && !found.is_empty() {
            found.push(Span::new(at, at + bare.len()));
        }
        at += line.len();
    }
    found
}
