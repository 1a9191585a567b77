//! front-matter/syntax: the front matter cannot be read.

use serde_json::Value;

use super::invalid_date::is_date_key;
use crate::finding::{Fix, Safety};
use crate::page::front_matter::{Cause, Format, FrontMatter};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::severity::Severity;
use crate::site::facts::Kind;
use crate::source::Span;

struct Syntax;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(Syntax))
}

impl PageRule for Syntax {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let loose = page.facts.kind == Kind::Loose;
        let Some(front) = page.front.filter(|front| !loose || is_meant(page.text, front)) else { return };
        // The same key twice has a rule of its own.
        for issue in front.errors.iter().filter(|issue| issue.cause != Cause::DuplicateKey) {
            let mut draft = report.at(page.file(), issue.span, issue.message.as_str());
            if let Some(help) = &issue.help {
                draft = draft.help(help.as_str());
            }
            if loose {
                // Nothing is built of it, but code hosts show a table of the keys, or their parser's complaint.
                draft =
                    draft.at_most(Severity::Hint).note("GitHub shows an error above the text instead of these keys");
            }
            let best = match issue.cause {
                _ if loose => Safety::Unsafe,
                // In quotes it would parse, and be no date all the same.
                Cause::Template | Cause::ReservedStart if is_date(page, issue.span) => Safety::Manual,
                // In quotes it would parse, and readers would see the braces: no generator fills in templates there, but for
                // an address that is itself one (Eleventy).
                Cause::Template if key_before(page, issue.span) != Some("permalink") => Safety::Manual,
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

/// True for the value of a key that holds a date.
fn is_date(page: &Page<'_>, value: Span) -> bool {
    key_before(page, value).is_some_and(|key| is_date_key(page, key))
}

/// The key that stands before a value in its line.
fn key_before<'t>(page: &Page<'t>, value: Span) -> Option<&'t str> {
    let before = page.text.get(..value.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.split_once(':').map(|(key, _)| key.trim())
}

/// True where a folder that nothing builds has keys between two fences, and not a text between two lines across the page,
/// nor a template of another program.
fn is_meant(text: &str, front: &FrontMatter) -> bool {
    let template = front.errors.iter().any(|issue| issue.cause == Cause::Template);
    let closed = front.outer.of(text).ends_with("\n---");
    let mut lines = front.inner.of(text).lines();
    let first = lines.clone().find(|line| !line.trim().is_empty());
    front.format == Format::Yaml
        && closed
        && !template
        && first.is_some_and(is_key)
        && lines.all(|line| line.is_empty() || line.starts_with([' ', '\t', '-', '#', ']', '}', ':']) || is_key(line))
}

/// `key: value`, the key a name.
fn is_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let plain = key.trim_matches(['"', '\'']);
    let named = plain.starts_with(|c: char| c.is_alphabetic() || c == '_');
    named && plain.len() <= 40 && !plain.contains(['.', '*', '`', '[', '(']) && !value.starts_with("//")
}
