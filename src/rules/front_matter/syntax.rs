//! front-matter/syntax: the front matter cannot be read.

use serde_json::Value;

use crate::finding::{Fix, Safety};
use crate::page::Page;
use crate::page::front_matter::Cause;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::facts::Kind;

struct Syntax;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(Syntax))
}

impl PageRule for Syntax {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let Some(front) = page.front.filter(|_| page.facts.kind != Kind::Loose) else { return };
        // The same key twice has a rule of its own.
        for issue in front.errors.iter().filter(|issue| issue.cause != Cause::DuplicateKey) {
            let mut draft = report.at(page.file(), issue.span, issue.message.as_str());
            if let Some(help) = &issue.help {
                draft = draft.help(help.as_str());
            }
            let best = match issue.cause {
                // Where prose begins and which level a line belongs to is a guess, though one that parses.
                Cause::Prose | Cause::Indentation => Safety::Unsafe,
                _ => Safety::Safe,
            };
            for (number, repair) in issue.repairs.iter().enumerate() {
                let safety = if number == 0 { best } else { Safety::Manual };
                let fix = Fix::replace(repair.title.as_str(), safety, page.file(), repair.span, repair.text.as_str());
                draft = draft.fix(fix);
            }
            draft.done();
        }
    }
}
