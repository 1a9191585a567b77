//! From the parser's complaint to the true cause and place.

use super::events::{Problem, Stop};
use super::issue::{Cause, SyntaxIssue};
use super::node::{FrontMatter, Node, NodeKind};
use super::recover;
use super::split::line_at;
use crate::source::Span;

/// The parser was content, but what it read cannot be meant: no mapping, or `*name` without `&name`.
pub(super) fn accepted(file: &str, front_matter: &mut FrontMatter, root: Node, unresolved: &[Span]) {
    for &span in unresolved {
        let message = format!("`{}` refers to an anchor that does not exist", span.of(file));
        front_matter.errors.push(SyntaxIssue::new(span, Cause::ReservedStart, message));
    }
    match root {
        Node { kind: NodeKind::Map(entries), .. } => front_matter.root = entries,
        root => {
            let message = "the front matter is no mapping: it needs lines of the form `key: value`";
            front_matter.errors.push(SyntaxIssue::new(root.span, Cause::NotAMapping, message));
        }
    }
}

/// The parser refused the text.
pub(super) fn refused(file: &str, front_matter: &mut FrontMatter, stop: &Stop) {
    front_matter.errors.push(plain(file, stop));
    front_matter.recovered = true;
    for chunk in recover::yaml_chunks(file, front_matter.inner) {
        if let Ok(entries) = chunk.read {
            front_matter.root.extend(entries);
        }
    }
}

/// The parser's own words, at the parser's own place.
fn plain(file: &str, stop: &Stop) -> SyntaxIssue {
    let (end, _) = line_at(file, stop.at);
    let span = Span::new(stop.at, end);
    match &stop.problem {
        Problem::TooDeep => SyntaxIssue::new(span, Cause::TooDeep, "the front matter is nested too deeply"),
        Problem::TooMany => SyntaxIssue::new(span, Cause::TooMany, "the front matter holds too many values"),
        Problem::Forbidden(c) => SyntaxIssue::new(
            span,
            Cause::ForbiddenCharacter,
            format!("the character U+{:04X} may not stand in YAML", u32::from(*c)),
        ),
        Problem::QuotedContinuation => SyntaxIssue::new(span, Cause::UnclosedQuote, "a quote is never closed"),
        Problem::Other(words) => SyntaxIssue::new(span, Cause::Other, format!("the YAML does not parse: {words}")),
    }
}
