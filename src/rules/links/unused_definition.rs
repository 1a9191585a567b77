//! links/unused-definition: `[label]: address` that no link uses.

use serde_json::Value;

use crate::finding::{Fix, Safety};
use crate::page::links::Definition;
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::source::Span;

struct UnusedDefinition;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(UnusedDefinition))
}

impl PageRule for UnusedDefinition {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let definitions = &page.body.definitions;
        // What an include or a loop writes may use them; a parser that stopped counting says nothing.
        if definitions.iter().all(|one| one.used > 0) || page.facts.anchors.is_open() || page.body.references_cut {
            return;
        }
        for definition in definitions.iter().filter(|one| one.used == 0 && !is_comment(page.text, one)) {
            let label = definition.label.of(page.text);
            // What is commented out may come back.
            if page.body.comments.iter().any(|comment| comment.of(page.text).contains(label)) {
                continue;
            }
            let first = definition.repeats.and_then(|first| definitions.get(first as usize));
            let (message, help) = match first.filter(|first| first.used > 0) {
                Some(first) if first.destination == definition.destination => {
                    (format!("`[{label}]` is defined twice, with the same address"), "remove one of the two")
                }
                Some(_) => (
                    format!("`[{label}]` is defined twice, and this address is never used"),
                    "give the two different labels, or remove the one that is wrong",
                ),
                None => (
                    format!("no link uses `[{label}]`"),
                    "remove the definition; or the link that was to use it has another label",
                ),
            };
            // Another address under the same label was meant for some link: a person has to say which.
            let safety = match first {
                Some(first) if first.destination != definition.destination => Safety::Manual,
                _ => Safety::Safe,
            };
            let line = line(page.text, definition.span).filter(|_| safety == Safety::Safe);
            let fix = line.map(|line| Fix::replace("remove the definition", safety, page.file(), line, ""));
            let draft = report.at(page.file(), definition.span, message).help(help).maybe_fix(fix);
            match first {
                Some(first) => draft.related(page.file(), first.span, "the other definition").done(),
                None => draft.done(),
            }
        }
    }
}

/// `[//]: # (text)` and `[comment]: <> (text)` are the comments of Markdown.
fn is_comment(text: &str, definition: &Definition) -> bool {
    let label = definition.label.of(text);
    let nowhere = matches!(&*definition.destination, "" | "#" | "/" | "//" | "<>" | "comment" | "null");
    nowhere
        || label.starts_with("//")
        || ["comment", "_", "#", "note"].iter().any(|word| label.eq_ignore_ascii_case(word))
}

/// The whole lines of a definition that has them to itself.
fn line(text: &str, span: Span) -> Option<Span> {
    let range = span.range();
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    if !text.get(start..range.start)?.bytes().all(|byte| byte == b' ') {
        return None;
    }
    let rest = text.get(range.end..)?;
    let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    rest.get(..end)?.trim().is_empty().then(|| Span::new(start, range.end + end))
}
