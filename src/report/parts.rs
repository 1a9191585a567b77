//! A JSON report read back, so that every format can be written of what several runs found.
//!
//! The report of a merged run may be made where the site is not, or is another one by now. Lines and columns are therefore
//! those of the report; excerpts are shown only of files in which every finding still is where the report has it.

use crate::hash::Map;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::texts::Text;
use crate::finding::{Confidence, Edit, FilePath, Finding, Fix, Related, Rename, Safety, Severity};
use crate::fingerprint::Fingerprints;
use crate::outcome::{FileStamp, Outcome, Places, SiteSummary, Summary};
use crate::source::{Position, Span};

/// A document; what it does not say is nothing.
#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    sites: Vec<SiteSummary>,
    findings: Vec<Told>,
    #[serde(default)]
    fixed_findings: Vec<Told>,
    summary: Summary,
}

#[derive(Deserialize)]
struct Told {
    rule: String,
    severity: Severity,
    confidence: Confidence,
    #[serde(flatten)]
    place: Place,
    message: String,
    note: Option<String>,
    help: Option<String>,
    #[serde(default)]
    related: Vec<ToldRelated>,
    #[serde(default)]
    fixes: Vec<ToldFix>,
    #[serde(default)]
    cause: Option<Box<str>>,
    #[serde(default)]
    refused: Option<Box<str>>,
    #[serde(default)]
    fingerprint: String,
    #[serde(default)]
    stale: bool,
}

#[derive(Deserialize)]
struct Place {
    file: String,
    span: Span,
    start: Position,
    end: Position,
}

#[derive(Deserialize)]
struct ToldRelated {
    #[serde(flatten)]
    place: Place,
    message: String,
}

#[derive(Deserialize)]
struct ToldFix {
    title: String,
    safety: Safety,
    #[serde(default)]
    edits: Vec<ToldEdit>,
    #[serde(default)]
    renames: Vec<ToldRename>,
}

#[derive(Deserialize)]
struct ToldEdit {
    file: String,
    #[serde(flatten)]
    span: Span,
    text: String,
}

#[derive(Deserialize)]
struct ToldRename {
    from: String,
    to: String,
}

/// The outcome that a report tells of; `base` is where its files are looked for.
///
/// # Errors
/// What is not as reports are.
pub fn outcome(report: &Value, base: &Path) -> serde_json::Result<Outcome> {
    let document = Document::deserialize(report)?;
    let mut places = Places::default();
    let read = |told: Vec<Told>, places: &mut Places| -> serde_json::Result<Vec<(Finding, String)>> {
        told.into_iter().map(|told| told.finding(places)).collect()
    };
    let findings = read(document.findings, &mut places)?;
    let fixed = read(document.fixed_findings, &mut Places::default())?;
    let files = findings.chunk_by(|(a, _), (b, _)| a.file == b.file);
    let stamps = files.filter_map(|of_file| {
        let file = &of_file.first()?.0.file;
        Some((FilePath::clone(file), same(base, file, places.get(file)?, of_file)?))
    });
    let stamps = stamps.collect();
    Ok(Outcome {
        base: base.to_owned(),
        sites: document.sites,
        findings: findings.into_iter().map(|(finding, _)| finding).collect(),
        fixed_findings: fixed.into_iter().map(|(finding, _)| finding).collect(),
        stamps,
        places,
        summary: document.summary,
        ..Outcome::default()
    })
}

impl Told {
    /// The finding and its fingerprint.
    fn finding(self, places: &mut Places) -> serde_json::Result<(Finding, String)> {
        let stale = self.stale;
        let mut known = |place: Place| {
            if place.span.end < place.span.start {
                return Err(serde::de::Error::custom("a span that ends before it starts"));
            }
            let file = FilePath::from(place.file);
            if !stale {
                places.entry(FilePath::clone(&file)).or_default().insert(place.span, (place.start, place.end));
            }
            Ok((file, place.span))
        };
        let (file, span) = known(self.place)?;
        let related = self.related.into_iter().map(|related| {
            let (file, span) = known(related.place)?;
            Ok(Related { file, span, message: related.message })
        });
        let finding = Finding {
            rule: self.rule.into(),
            severity: self.severity,
            confidence: self.confidence,
            related: related.collect::<serde_json::Result<_>>()?,
            file,
            span,
            message: self.message,
            note: self.note,
            help: self.help,
            fixes: self.fixes.into_iter().map(ToldFix::fix).collect(),
            cause: self.cause,
            doubt: None,
            reveals: None,
            refused: self.refused,
        };
        Ok((finding, self.fingerprint))
    }
}

impl ToldFix {
    fn fix(self) -> Fix {
        let edit = |edit: ToldEdit| Edit { file: edit.file.into(), span: edit.span, text: edit.text };
        let rename = |rename: ToldRename| Rename { from: rename.from.into(), to: rename.to.into() };
        Fix {
            title: self.title,
            safety: self.safety,
            edits: self.edits.into_iter().map(edit).collect(),
            renames: self.renames.into_iter().map(rename).collect(),
        }
    }
}

/// The stamp of a file in which each of these findings is where it was: the same lines, and the same text at its span.
fn same(
    base: &Path,
    file: &str,
    places: &Map<Span, (Position, Position)>,
    findings: &[(Finding, String)],
) -> Option<FileStamp> {
    let path = base.join(file).canonicalize().ok()?;
    if !path.starts_with(base.canonicalize().ok()?) || !path.is_file() {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    let stamp = FileStamp::of(&bytes);
    let text = Text::new(String::from_utf8(bytes).ok()?.into());
    let mut fingerprints = Fingerprints::default();
    let fits = |(finding, fingerprint): &(Finding, String)| {
        let span = finding.span;
        let content = text.as_str().get(span.range()).unwrap_or_default();
        let here = (text.position(span.start as usize), text.position(span.end as usize));
        let known = span == Span::FILE || places.get(&span) == Some(&here);
        fingerprints.next(finding, content) == *fingerprint && known
    };
    findings.iter().all(fits).then_some(stamp)
}
