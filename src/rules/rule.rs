//! What a rule written in Rust is: one function over a page or over the site, which says what it finds.
//!
//! Rules never read files, parse or print. What they may ask is in [`Page`] and [`Site`]; what they say goes into a
//! [`Reporter`], which knows the rule's name and severity so that no rule can report under another's.

use std::sync::Arc;

use crate::finding::{Confidence, Doubt, FilePath, Finding, Fix, Related, RuleId, Severity};
use crate::network::web::Web;
use crate::rules::meta::catalogue;
use crate::rules::page::Page;
use crate::site::Site;
use crate::site::needs::Needs;
use crate::source::Span;

/// A rule that needs one page only. It runs while the page's text is in memory, on many pages at once.
pub trait PageRule: Send + Sync {
    /// Reports what is wrong with the page.
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>);
}

/// A rule that needs the whole site.
pub trait SiteRule: Send + Sync {
    /// What it wants to know that costs a look at the disk; nothing of it is read for rules that do not run.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// True when a finding depends on the texts of pages that it does not name; of the rules that do so without saying
    /// it, the findings would depend on which pages a run is asked about.
    fn compares_texts(&self) -> bool {
        false
    }

    /// Reports what is wrong with the site.
    fn check(&self, site: &Site, report: &mut Reporter<'_>);
}

/// A rule that needs the site and what servers answered; it runs with `--online` only.
pub trait NetworkRule: Send + Sync {
    /// True when it looks into the pages that links with a fragment lead to: for others their head is enough.
    fn reads_pages(&self) -> bool {
        false
    }

    /// Reports what is wrong with the site's links to elsewhere.
    fn check(&self, web: &Web<'_>, report: &mut Reporter<'_>);
}

/// A rule ready to run.
pub enum Code {
    /// Looks at one page.
    Page(Box<dyn PageRule>),
    /// Looks at the site.
    Site(Box<dyn SiteRule>),
    /// Looks at the site and at what servers answered.
    Network(Box<dyn NetworkRule>),
    /// Looks at one page, and at what of it only the site can tell.
    PageAndSite(Box<dyn PageRule>, Box<dyn SiteRule>),
    /// Looks at the site, and at more of it with what servers answered.
    SiteAndNetwork(Box<dyn SiteRule>, Box<dyn NetworkRule>),
    /// The engine itself reports it: what it could not read, suppressions without effect.
    Engine,
}

impl Code {
    /// A rule over pages.
    pub fn page(rule: impl PageRule + 'static) -> Code {
        Code::Page(Box::new(rule))
    }

    /// A rule over the site.
    pub fn site(rule: impl SiteRule + 'static) -> Code {
        Code::Site(Box::new(rule))
    }

    /// A rule over the site and what servers answered.
    pub fn network(rule: impl NetworkRule + 'static) -> Code {
        Code::Network(Box::new(rule))
    }

    /// A rule over pages that has more to say with the site.
    pub fn page_and_site(rule: impl PageRule + SiteRule + Copy + 'static) -> Code {
        Code::PageAndSite(Box::new(rule), Box::new(rule))
    }

    /// A rule over the site that has more to say with what servers answered.
    pub fn site_and_network(rule: impl SiteRule + NetworkRule + Copy + 'static) -> Code {
        Code::SiteAndNetwork(Box::new(rule), Box::new(rule))
    }
}

/// Reads a rule's options (the YAML's defaults merged with the configuration) into its type.
///
/// # Errors
/// When a value is of the wrong type or out of its range.
pub fn options<T: serde::de::DeserializeOwned>(options: &serde_json::Value) -> Result<T, serde_json::Error> {
    serde::Deserialize::deserialize(options)
}

/// Takes the findings of one rule.
pub struct Reporter<'a> {
    rule: &'a RuleId,
    severity: Severity,
    confidence: Confidence,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Reporter<'a> {
    /// For a rule with its severity and confidence as configured.
    pub fn new(rule: &'a RuleId, severity: Severity, confidence: Confidence, findings: &'a mut Vec<Finding>) -> Self {
        Reporter { rule, severity, confidence, findings }
    }

    /// Begins a finding at a place of a file; it is reported when the [`Draft`] is dropped.
    pub fn at<'r>(&'r mut self, file: &FilePath, span: Span, message: impl Into<String>) -> Draft<'r> {
        Draft {
            finding: Some(Finding {
                rule: Arc::clone(self.rule),
                severity: self.severity,
                confidence: self.confidence,
                file: Arc::clone(file),
                span,
                message: message.into(),
                note: None,
                help: None,
                related: Vec::new(),
                fixes: Vec::new(),
                cause: None,
                doubt: None,
                reveals: None,
                refused: None,
            }),
            into: self.findings,
        }
    }
}

/// A finding that is being told.
#[must_use = "a finding is reported at the end of the statement; name it `_` never"]
pub struct Draft<'r> {
    finding: Option<Finding>,
    into: &'r mut Vec<Finding>,
}

impl Draft<'_> {
    fn with(mut self, change: impl FnOnce(&mut Finding)) -> Self {
        if let Some(finding) = &mut self.finding {
            change(finding);
        }
        self
    }

    /// Why it hurts.
    pub fn note(self, note: impl Into<String>) -> Self {
        self.with(|finding| finding.note = Some(note.into()))
    }

    /// What to do.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.with(|finding| finding.help = Some(help.into()))
    }

    /// Less severe than the rule's default; a more severe value changes nothing.
    pub fn at_most(self, severity: Severity) -> Self {
        self.with(|finding| finding.severity = finding.severity.min(severity))
    }

    /// Less sure than the rule's default; a surer value changes nothing.
    pub fn confidence(self, confidence: Confidence) -> Self {
        self.with(|finding| finding.confidence = finding.confidence.min(confidence))
    }

    /// Another place that belongs to it.
    pub fn related(self, file: &FilePath, span: Span, message: impl Into<String>) -> Self {
        let related = Related { file: Arc::clone(file), span, message: message.into() };
        self.with(|finding| finding.related.push(related))
    }

    /// What it has in common with others; see [`Finding::cause`].
    pub fn cause(self, cause: String) -> Self {
        self.with(|finding| finding.cause = Some(cause.into()))
    }

    /// A word that the site's texts are asked about before this is said; see [`Finding::doubt`].
    pub fn doubt(self, word: &str, always_told: bool) -> Self {
        self.with(|finding| finding.doubt = Some(Doubt { word: word.into(), always_told }))
    }

    /// What the repair would bring to light; see [`Finding::reveals`].
    pub fn reveals(self, rule: Option<&'static str>) -> Self {
        self.with(|finding| finding.reveals = rule)
    }

    /// A repair.
    pub fn fix(self, fix: Fix) -> Self {
        self.with(|finding| finding.fixes.push(fix))
    }

    /// A repair, if there is one.
    pub fn maybe_fix(self, fix: Option<Fix>) -> Self {
        self.with(|finding| finding.fixes.extend(fix))
    }

    /// Ends the finding; what dropping it does too.
    pub fn done(self) {}
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        self.into.extend(self.finding.take());
    }
}

/// A finding of the engine itself. Its severity is what the configuration says in the end, with confidence from the
/// rule's file.
pub fn engine_finding(
    rule: &str,
    file: &FilePath,
    span: Span,
    message: impl Into<String>,
    help: Option<String>,
) -> Option<Finding> {
    let meta = catalogue().get(rule);
    Some(Finding {
        rule: rule.into(),
        severity: Severity::Error,
        confidence: meta.map_or(Confidence::High, |meta| meta.confidence),
        file: file.clone(),
        span,
        message: message.into(),
        note: None,
        help,
        related: Vec::new(),
        fixes: Vec::new(),
        cause: None,
        doubt: None,
        reveals: None,
        refused: None,
    })
}
