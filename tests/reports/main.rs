//! Every report format, driven with hand-made findings over files in a temporary folder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

mod excerpt;
mod formats;
mod inert;
mod robust;

use std::path::Path;
use std::sync::Arc;

use postlint::finding::{Confidence, Finding, Fix, Related, Safety, Severity};
use postlint::outcome::{FileStamp, Outcome, SiteSummary, Summary};
use postlint::report::{Format, Report, Style, write};
use postlint::source::Span;

/// A folder with two posts and an outcome about it.
struct Site {
    /// Deleted with the value.
    folder: tempfile::TempDir,
    outcome: Outcome,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let outcome = Outcome { base: folder.path().to_path_buf(), ..Outcome::default() };
        Site { folder, outcome }
    }

    fn file(&mut self, path: &str, text: &str) -> &mut Self {
        let at = self.folder.path().join(path);
        std::fs::create_dir_all(at.parent().unwrap_or(Path::new(""))).unwrap();
        std::fs::write(at, text).unwrap();
        self.outcome.stamps.insert(Arc::from(path), FileStamp::of(text.as_bytes()));
        self
    }

    fn report(&mut self, findings: Vec<Finding>) -> &mut Self {
        self.outcome.summary = Summary { files: 12, milliseconds: 90, ..Summary::of(&findings) };
        self.outcome.findings = findings;
        self
    }

    fn shown(&self, format: Format, style: Style) -> String {
        let mut out = Vec::new();
        write(format, &Report::new(&self.outcome, style), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}

fn finding(rule: &str, severity: Severity, file: &str, span: Span, message: &str) -> Finding {
    Finding {
        rule: Arc::from(rule),
        severity,
        confidence: Confidence::High,
        file: Arc::from(file),
        span,
        message: message.to_string(),
        note: None,
        help: None,
        related: Vec::new(),
        fixes: Vec::new(),
        cause: None,
        doubt: None,
        reveals: None,
        refused: None,
    }
}

fn span_of(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

const POST: &str = "---\ntitle: Un été à Paris\nauthr: zoé\n---\n\nVoir [là](/perdu) et [ici](/perdu).\n";

/// An error with everything, a warning at another place with the same cause twice, a hint about a whole file.
fn small() -> Site {
    let mut site = Site::new();
    let post = "docs/_posts/2024-01-01-été.md";
    let key = span_of(POST, "authr");
    let link = span_of(POST, "/perdu");
    let second = Span::new(POST.rfind("/perdu").unwrap(), POST.rfind("/perdu").unwrap() + 6);
    let file: Arc<str> = Arc::from(post);
    let findings = vec![
        Finding {
            note: Some("the post shows no author".to_string()),
            help: Some("write `author`".to_string()),
            related: vec![Related {
                file: "docs/_config.yml".into(),
                span: Span::new(0, 5),
                message: "known keys".into(),
            }],
            fixes: vec![Fix::replace("write `author`", Safety::Safe, &file, key, "author")],
            ..finding("front-matter/unknown-key", Severity::Warning, post, key, "`authr` is not a known key")
        },
        finding("links/missing-page", Severity::Error, post, link, "`/perdu` leads to no page"),
        finding("links/missing-page", Severity::Error, post, second, "`/perdu` leads to no page"),
        finding("images/unused-file", Severity::Hint, "docs/img/x.png", Span::FILE, "nothing refers to this image"),
    ];
    site.file(post, POST).file("docs/_config.yml", "title: x\n").report(findings);
    site.outcome.findings.sort_by(Finding::order);
    site.outcome.sites = vec![SiteSummary {
        root: "docs".into(),
        generator: "jekyll".into(),
        generator_name: "Jekyll".into(),
        pages: 12,
        posts: 10,
        links: 2,
        images: 1,
        languages: [("fr".to_string(), 12)].into(),
        language: Some("French (from what its posts are written in)".into()),
        remarks: Vec::new(),
    }];
    site.outcome.summary.unchecked.external_links = 5140;
    site.outcome.summary.hidden.confidence = 12;
    site
}
