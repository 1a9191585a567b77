//! Silence that the writer asks for in the page itself: `<!-- postlint-ignore links/dead-url: moved, see #12 -->`.
//!
//! A comment silences the next block, the whole file, or everything up to its counterpart; in front matter
//! (`# postlint-ignore RULE: why`) the next line. One that silences nothing, or names no rule, is itself a finding.

mod parse;

use crate::hash::{Map, Set};

use crate::config::Known;
use crate::finding::{FilePath, Finding, Fix, Safety};
use crate::rules::rule::engine_finding;
use crate::source::Span;

pub use parse::of;

/// One rule (or area) named in one comment.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The rule or area as written.
    pub rule: Box<str>,
    /// Where the name is written.
    pub name: Span,
    /// The whole comment, for its removal.
    pub comment: Span,
    /// True when the comment names no other rule, so that removing it removes only this one.
    pub alone: bool,
    /// What it covers.
    pub covers: Covers,
    /// Whether it has silenced anything.
    used: bool,
}

/// What a suppression covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covers {
    /// The whole file, findings about the file itself included.
    File,
    /// Findings that begin in this span.
    Part(Span),
}

/// The suppressions of one page.
#[derive(Debug, Clone, Default)]
pub struct Suppressions {
    all: Vec<Suppression>,
    /// What a program writes between two comments and asks nobody to change: who wants it otherwise asks the program.
    made: Vec<Span>,
}

impl Suppressions {
    /// True when the page asks for no silence.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.made.is_empty()
    }

    /// True when findings of this rule at that offset would be silenced.
    #[must_use]
    pub fn cover(&self, rule: &str, at: u32) -> bool {
        self.is_made(at) || self.all.iter().any(|one| one.covers(rule, at))
    }

    /// The same, where that has spared the trouble of looking: so it was of use.
    pub fn spare(&mut self, rule: &str, at: u32) {
        self.silence(rule, at);
    }

    fn is_made(&self, at: u32) -> bool {
        self.made.iter().any(|made| made.start <= at && at < made.end)
    }

    fn silence(&mut self, rule: &str, at: u32) -> bool {
        let mut silenced = self.is_made(at);
        for one in self.all.iter_mut().filter(|one| one.covers(rule, at)) {
            one.used = true;
            silenced = true;
        }
        silenced
    }
}

impl Suppression {
    /// True when a finding of this rule at that offset is silenced by it.
    #[must_use]
    pub fn covers(&self, rule: &str, at: u32) -> bool {
        let here = match self.covers {
            Covers::File => true,
            Covers::Part(span) => span.start <= at && at < span.end,
        };
        here && self.names(rule)
    }

    fn names(&self, rule: &str) -> bool {
        rule == &*self.rule || rule.strip_prefix(&*self.rule).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// Takes the silenced findings out and says how many there were.
pub fn apply(findings: &mut Vec<Finding>, of: &mut Map<FilePath, Suppressions>) -> usize {
    let before = findings.len();
    findings.retain(|finding| {
        !of.get_mut(&finding.file).is_some_and(|suppressions| suppressions.silence(&finding.rule, finding.span.start))
    });
    before - findings.len()
}

/// What is wrong with the suppressions themselves. `ran` holds the rules of this run: one that did not run may well
/// have something to silence. So may one of which `open` says that not all was looked at that it covers.
#[must_use]
pub fn findings(
    of: &Map<FilePath, Suppressions>,
    ran: &Set<String>,
    open: &dyn Fn(&FilePath, &Suppression) -> bool,
    known: Known<'_>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, suppressions) in of {
        for one in &suppressions.all {
            if known.rule_or_area(&one.rule).is_none() {
                findings.extend(unknown(file, one, known));
            } else if !one.used && known.ids(&one.rule).all(|id| ran.contains(id)) && !open(file, one) {
                findings.extend(unused(file, one));
            }
        }
    }
    findings
}

fn unused(file: &FilePath, one: &Suppression) -> Option<Finding> {
    let message = format!("this comment silences nothing: `{}` has no finding here", one.rule);
    let help = "remove it, so that it does not hide a later mistake".to_owned();
    let mut finding = engine_finding("suppressions/unused", file, one.name, message, Some(help))?;
    if one.alone {
        finding.fixes.push(Fix::replace("remove the comment", Safety::Safe, file, one.comment, ""));
    }
    Some(finding)
}

fn unknown(file: &FilePath, one: &Suppression, known: Known<'_>) -> Option<Finding> {
    let nearest = known
        .rules()
        .map(|meta| (strsim::damerau_levenshtein(&meta.id, &one.rule), meta.id.as_str()))
        .min()
        .filter(|(distance, id)| distance * 3 <= id.len());
    let help = match nearest {
        Some((_, id)) => format!("did you mean `{id}`?"),
        None => "`postlint rules` lists the names".to_owned(),
    };
    let message = format!("there is no rule named `{}`, so this comment silences nothing", one.rule);
    let mut finding = engine_finding("suppressions/unknown-rule", file, one.name, message, Some(help))?;
    if let Some((1..=2, id)) = nearest {
        finding.fixes.push(Fix::replace(format!("write `{id}`"), Safety::Safe, file, one.name, id));
    }
    Some(finding)
}
