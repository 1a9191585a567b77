//! links/undefined-reference: `[text][label]` without a definition of the label.

use serde_json::Value;

use crate::page::Page;
use crate::page::candidates::CandidateKind;
use crate::rules::rule::{Code, PageRule, Reporter};

struct UndefinedReference;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(UndefinedReference))
}

impl PageRule for UndefinedReference {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        // A loop or an include may write definitions: `[#{{ issue }}]: …`. Such pages are the ones with open anchors.
        // There a label counts only where it is plainly a slip of one that is defined.
        let open = page.facts.anchors.open;
        for candidate in &page.body.candidates {
            if candidate.kind != CandidateKind::UndefinedReference {
                continue;
            }
            let label = candidate.destination.of(page.text);
            let what = if candidate.image { "image" } else { "link" };
            let message = format!("`[{label}]` is not defined, so readers see the brackets instead of the {what}");
            let near = page
                .body
                .definitions
                .iter()
                .map(|definition| definition.label.of(page.text))
                .map(|known| (strsim::damerau_levenshtein(&known.to_lowercase(), &label.to_lowercase()), known))
                .min()
                .filter(|(distance, known)| *distance <= 2 && distance * 3 <= known.len());
            let slip = near.is_some_and(|(distance, _)| distance == 1) && label.len() > 4;
            let numbered = label.contains(|c: char| c.is_ascii_digit());
            if open && (!slip || numbered) {
                continue;
            }
            let help = match near {
                Some((_, known)) => format!("did you mean `[{known}]`?"),
                None => format!("add a line `[{label}]: https://…`, or write the destination in parentheses"),
            };
            report.at(page.file(), candidate.span, message).help(help).done();
        }
    }
}
