//! Which rules run: what the configuration says, with the code that carries it out.

use std::sync::Arc;

use super::Error;
use super::panics::{caught, internal};
use crate::config::{Config, FixPolicy};
use crate::finding::{Confidence, FilePath, Finding, RuleId, Safety, Severity};
use crate::rules::list;
use crate::rules::rule::{Code, NetworkRule, PageRule, Reporter, SiteRule};

/// A rule with its code, ready to run.
pub struct Ready<R> {
    /// Its id.
    pub id: RuleId,
    /// Its severity where no override says otherwise.
    pub severity: Severity,
    /// Its confidence.
    pub confidence: Confidence,
    /// What it does.
    pub code: R,
}

impl<R> Ready<R> {
    /// Runs it. If it fails, what it has reported is taken back and a finding about the failure stands instead: at `file`.
    pub fn run(&self, file: &FilePath, findings: &mut Vec<Finding>, check: impl FnOnce(&R, &mut Reporter<'_>)) {
        let before = findings.len();
        let run = caught(|| {
            let mut report = Reporter::new(&self.id, self.severity, self.confidence, findings);
            check(&self.code, &mut report);
        });
        if let Err(message) = run {
            findings.truncate(before);
            findings.extend(internal(&self.id, file, &message));
        }
    }
}

/// The rules that look at one page.
///
/// # Errors
/// When a rule's options do not fit its type.
pub fn page_rules(config: &Config) -> Result<Vec<Ready<Box<dyn PageRule>>>, Error> {
    ready(config, |code| match code {
        Code::Page(rule) | Code::PageAndSite(rule, _) => Some(rule),
        _ => None,
    })
}

/// The rules that look at the site.
///
/// # Errors
/// When a rule's options do not fit its type.
pub fn site_rules(config: &Config) -> Result<Vec<Ready<Box<dyn SiteRule>>>, Error> {
    ready(config, |code| match code {
        Code::Site(rule) | Code::PageAndSite(_, rule) | Code::SiteAndNetwork(rule, _) => Some(rule),
        _ => None,
    })
}

/// The rules that look at what servers answered.
///
/// # Errors
/// When a rule's options do not fit its type.
pub fn network_rules(config: &Config) -> Result<Vec<Ready<Box<dyn NetworkRule>>>, Error> {
    ready(config, |code| match code {
        Code::Network(rule) | Code::SiteAndNetwork(_, rule) => Some(rule),
        _ => None,
    })
}

fn ready<R>(config: &Config, pick: impl Fn(Code) -> Option<R>) -> Result<Vec<Ready<R>>, Error> {
    let mut rules = Vec::new();
    for meta in config.known().rules().filter(|meta| config.is_active(meta)) {
        let code = list::code(meta, &config.options(meta)).map_err(|e| Error::Options(format!("{}: {e}", meta.id)))?;
        if let Some(code) = pick(code) {
            let (id, severity) = (Arc::from(meta.id.as_str()), config.base_severity(meta).value);
            rules.push(Ready { id, severity, confidence: meta.confidence, code });
        }
    }
    Ok(rules)
}

/// The severity of a finding after the configuration; nothing when its rule is off there.
pub fn severity(config: &Config, rule: &str, file: &str, own: Severity) -> Option<Severity> {
    match config.known().rule(rule) {
        Some(meta) if config.is_active(meta) => config.severity(meta, file, own),
        Some(_) => None,
        None => Some(own),
    }
}

/// What the configuration says about a finding's fixes: `fix: safe`, `unsafe` or `never`.
pub fn judge_fixes(config: &Config, finding: &mut Finding) {
    let (from, to) = match config.fix_policy(&finding.rule, &finding.file) {
        None => return,
        Some(FixPolicy::Never) => return finding.fixes.clear(),
        Some(FixPolicy::Safe) => (Safety::Unsafe, Safety::Safe),
        Some(FixPolicy::Unsafe) => (Safety::Safe, Safety::Unsafe),
    };
    for fix in finding.fixes.iter_mut().filter(|fix| fix.safety == from) {
        fix.safety = to;
    }
}

/// True where the rule runs on this file.
pub fn is_told(config: &Config, rule: &str, file: &str) -> bool {
    let meta = config.known().rule(rule).filter(|meta| config.is_active(meta));
    meta.is_some_and(|meta| config.severity(meta, file, config.base_severity(meta).value).is_some())
}

/// Leaves a repair to people that would bring another rule's finding: it is not counted as one that `--fix` makes.
pub fn leave(finding: &mut Finding, rule: &str) {
    let mut any = false;
    for fix in finding.fixes.iter_mut().filter(|fix| fix.safety != Safety::Manual) {
        fix.safety = Safety::Manual;
        any = true;
    }
    if any {
        let words = format!("`--fix` leaves it: `{rule}` would be told of it then");
        finding.note = Some(finding.note.take().map_or(words.clone(), |note| format!("{note}; {words}")));
    }
}
