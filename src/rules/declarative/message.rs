//! A finding in the words of the rule file, its `{names}` filled in.

use crate::finding::{FilePath, Fix, Safety};
use crate::rules::format::Statement;
use crate::rules::rule::Reporter;
use crate::source::Span;

/// Longer values are cut: a message is read in one breath.
const LONGEST: usize = 120;

/// Where findings of one statement about one file go.
pub struct Told<'s, 'r, 'f> {
    /// Whose words.
    pub statement: &'s Statement,
    /// The file.
    pub file: &'s FilePath,
    /// What fixes of the rule are; nothing when it has none.
    pub safety: Option<Safety>,
    /// Where to.
    pub report: &'r mut Reporter<'f>,
}

/// What may go with a finding.
#[derive(Default)]
pub struct Extra<'a> {
    /// Other words than the statement's message and help.
    pub message: Option<&'a str>,
    /// Other help.
    pub help: Option<&'a str>,
    /// Bytes to replace, and by what.
    pub replace: Option<(Span, String)>,
    /// Another place: file, span, what is there.
    pub related: Option<(&'a FilePath, Span, &'a str)>,
}

impl Told<'_, '_, '_> {
    /// Reports at a place; `words` fill the `{names}`.
    pub fn at(&mut self, span: Span, words: &[(&str, &str)]) {
        self.with(span, words, Extra::default());
    }

    /// Reports with more than words.
    pub fn with(&mut self, span: Span, words: &[(&str, &str)], extra: Extra<'_>) {
        let statement = self.statement;
        let message = filled(extra.message.unwrap_or(&statement.message), words);
        let mut draft = self.report.at(self.file, span, message);
        if let Some(note) = &statement.note {
            draft = draft.note(filled(note, words));
        }
        let help = extra.help.or(statement.help.as_deref()).map(|help| filled(help, words));
        if let Some(help) = help.filter(|help| !help.is_empty()) {
            draft = draft.help(help);
        }
        if let Some((file, span, what)) = extra.related {
            draft = draft.related(file, span, what);
        }
        if let (Some(safety), Some((span, text))) = (self.safety, extra.replace) {
            draft = draft.fix(Fix::replace(format!("write `{text}`"), safety, self.file, span, text));
        }
        draft.done();
    }
}

/// The template with each `{name}` replaced; unknown names stay as they are.
fn filled(template: &str, words: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let word = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = words.iter().find(|(known, _)| *known == name)?;
            Some((*value, tail))
        });
        match word {
            Some((value, tail)) => {
                push_short(&mut out, value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn push_short(out: &mut String, value: &str) {
    match value.char_indices().nth(LONGEST) {
        Some((cut, _)) => {
            out.push_str(value.get(..cut).unwrap_or_default());
            out.push('…');
        }
        None => out.push_str(value),
    }
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn names_are_filled_and_others_left_alone() {
        assert_eq!(filled("`{value}` is {not} {value}", &[("value", "x{value}")]), "`x{value}` is {not} x{value}");
        assert_eq!(filled("open { and {value", &[("value", "x")]), "open { and {value");
        assert!(filled("{value}", &[("value", &"y".repeat(200))]).ends_with('…'));
    }
}
