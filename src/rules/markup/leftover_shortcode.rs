//! markup/leftover-shortcode: what a migration left behind.

use serde::Deserialize;
use serde_json::Value;

use super::chat_marks;
use crate::data;
use crate::finding::Severity;
use crate::page::candidates::{Candidate, CandidateKind};
use crate::page::dialect::{AttributeLists, ExplicitIds};
use crate::page::links::Origin as Written;
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::facts::Kind;
use crate::source::Span;

/// A program whose codes may be left over.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Origin {
    /// What people call it.
    name: String,
    /// Its codes in square brackets.
    codes: Vec<String>,
    /// Its words in HTML comments.
    comments: Vec<String>,
    /// Where that can be read.
    #[allow(dead_code, reason = "for the reader of the list")]
    source: String,
}

struct LeftoverShortcode {
    origins: Vec<Origin>,
}

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(LeftoverShortcode { origins: data::read("leftover-shortcodes") }))
}

impl PageRule for LeftoverShortcode {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let codes: Vec<&Candidate> =
            page.body.candidates.iter().filter(|candidate| candidate.kind == CandidateKind::Shortcode).collect();
        for code in &codes {
            let name = code.text.of(page.text);
            let Some(origin) = self.origins.iter().find(|origin| origin.codes.iter().any(|known| known == name)) else {
                continue;
            };
            let whole = code.span.of(page.text);
            let closing = |one: &Candidate| one.span.of(page.text).trim_start_matches(['\\', '[']).starts_with('/');
            let partner = codes.iter().any(|other| other.text.of(page.text) == name && closing(other) != closing(code));
            // A closing one is told with the opening one; a bare word in brackets may be the writer's own.
            if closing(code) && partner || !partner && !whole.contains('=') {
                continue;
            }
            report
                .at(
                    page.file(),
                    code.span,
                    format!("`[{name}]` is a code of {}: readers see it as it stands", origin.name),
                )
                .help("write Markdown or HTML for it, or remove it")
                .done();
        }
        self.comments(page, report);
        chat_marks::check(page, report);
        attribute_lists(page, report);
    }
}

/// `[a](b){:target="_blank"}`, which only kramdown and Python-Markdown read; goldmark and pulldown-cmark print it.
fn attribute_lists(page: &Page<'_>, report: &mut Reporter<'_>) {
    let dialect = page.model.dialect(&page.facts.path);
    let prints = dialect.attribute_lists == AttributeLists::None && dialect.explicit_ids == ExplicitIds::Goldmark;
    if !prints || page.facts.kind == Kind::Loose {
        return;
    }
    for link in page.facts.links.iter().filter(|link| link.origin == Written::Inline) {
        let at = link.whole.end as usize;
        let after = page.text.get(at..).unwrap_or_default();
        let line = || after.lines().next().unwrap_or_default();
        let Some(close) = after.starts_with("{:").then(|| line().find('}')).flatten() else { continue };
        let before = page.text.get(..at).unwrap_or_default();
        // In a heading attributes are read.
        if before.get(before.rfind('\n').map_or(0, |end| end + 1)..).is_some_and(|line| line.starts_with('#')) {
            continue;
        }
        let list = Span::new(at, at + close + 1);
        let message = format!("`{}` is an attribute list of kramdown: readers see it as it stands", list.of(page.text));
        report.at(page.file(), list, message).help("remove it, or write the link in HTML").done();
    }
}

impl LeftoverShortcode {
    fn comments(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let mut told: Option<&str> = None;
        for span in &page.body.comments {
            let inside = span.of(page.text).trim_start_matches("<!--").trim_end_matches("-->").trim();
            let word = inside.split_whitespace().next().unwrap_or_default();
            let Some(origin) = self.origins.iter().find(|origin| origin.comments.iter().any(|known| known == word))
            else {
                continue;
            };
            let understood =
                word == "more" && (page.model.settings().more_comment || page.facts.key("excerpt_separator").is_some());
            if understood || told == Some(word) {
                continue;
            }
            told = Some(word);
            report
                .at(
                    page.file(),
                    *span,
                    format!("`<!--{word}-->` is left over from {}: it means nothing here", origin.name),
                )
                .help("remove it, or tell the generator to end the summary there")
                // No reader sees a comment.
                .at_most(Severity::Hint)
                .done();
        }
    }
}
