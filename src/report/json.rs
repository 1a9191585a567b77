//! The JSON document that other programs depend on: its fields are a contract, kept in `tests/reports.rs`.
//!
//! One finding per line, so that it can be read by eye, compared by `diff` and written without holding it in memory.
//! Nothing is lost, but whatever could command a terminal or a CI log that shows it is written as `\uXXXX`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use super::texts::{START, Texts};
use super::{Report, inert};
use crate::finding::{Confidence, Edit, Finding, Fix, Related, Rename, Safety, Severity};
use crate::fingerprint::Fingerprints;
use crate::source::{Position, Span};

/// Version of the document's fields.
pub(super) const VERSION: u32 = 1;

/// Writes the document.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outcome = report.outcome;
    write!(out, "{{\"version\":{VERSION},\n\"tool\":")?;
    value(&Tool::this(), &mut *out)?;
    out.write_all(b",\n\"sites\":")?;
    value(&outcome.sites, &mut *out)?;
    out.write_all(b",\n\"findings\":")?;
    list(&outcome.findings, &report.texts, &mut *out)?;
    out.write_all(b",\n\"fixed_findings\":")?;
    list(&outcome.fixed_findings, &report.before, &mut *out)?;
    out.write_all(b",\n\"summary\":")?;
    value(&outcome.summary, &mut *out)?;
    out.write_all(b"}\n")
}

fn list(findings: &[Finding], texts: &Texts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let mut separator: &[u8] = b"[\n";
    // A finding is written in two hundred small pieces: into memory that is used again, and out as a whole.
    let mut line = Vec::with_capacity(1 << 10);
    for finding in findings {
        line.clear();
        line.extend_from_slice(separator);
        value(&JsonFinding::new(finding, texts, &mut fingerprints), &mut line)?;
        out.write_all(&line)?;
        separator = b",\n";
    }
    out.write_all(if findings.is_empty() { b"[]" } else { b"\n]" })
}

/// Writes one value, inert.
pub(super) fn value<W: Write>(value: &impl Serialize, out: W) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Inert(CompactFormatter));
    Ok(value.serialize(&mut serializer)?)
}

/// Who wrote the document.
#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    /// This program.
    pub(super) fn this() -> Self {
        Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

/// A finding as the contract has it.
#[derive(Serialize)]
pub(super) struct JsonFinding<'a> {
    rule: &'a str,
    severity: Severity,
    confidence: Confidence,
    file: &'a str,
    #[serde(flatten)]
    place: Place,
    message: &'a str,
    note: Option<&'a str>,
    help: Option<&'a str>,
    related: Vec<JsonRelated<'a>>,
    fixes: Vec<JsonFix<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
    /// Why `--fix` did not make its repair.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'a str>,
    fingerprint: String,
    /// The file changed since it was checked, so line and column are unknown and say 1.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stale: bool,
}

#[derive(Serialize)]
struct Place {
    span: Span,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    file: &'a str,
    #[serde(flatten)]
    place: Place,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<JsonEdit<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    renames: Vec<JsonRename<'a>>,
}

#[derive(Serialize)]
struct JsonRename<'a> {
    from: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    file: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

impl<'a> JsonFinding<'a> {
    /// The finding with its place in the text; takes the next fingerprint.
    pub(super) fn new(finding: &'a Finding, texts: &Texts<'_>, fingerprints: &mut Fingerprints) -> Self {
        let place = texts.place(&finding.file, finding.span);
        let text = if finding.span.is_empty() { None } else { texts.get(&finding.file) };
        let content = text.as_ref().map_or("", |text| finding.span.of(text.as_str()));
        JsonFinding {
            rule: &finding.rule,
            severity: finding.severity,
            confidence: finding.confidence,
            file: &finding.file,
            place: Place::new(finding.span, place),
            message: &finding.message,
            note: finding.note.as_deref(),
            help: finding.help.as_deref(),
            related: finding.related.iter().map(|related| JsonRelated::new(related, texts)).collect(),
            fixes: finding.fixes.iter().map(JsonFix::new).collect(),
            cause: finding.cause.as_deref(),
            refused: finding.refused.as_deref(),
            fingerprint: fingerprints.next(finding, content),
            stale: place.is_none(),
        }
    }
}

impl Place {
    fn new(span: Span, place: Option<(Position, Position)>) -> Self {
        let (start, end) = place.unwrap_or((START, START));
        Place { span, start, end }
    }
}

impl<'a> JsonRelated<'a> {
    fn new(related: &'a Related, texts: &Texts<'_>) -> Self {
        let place = Place::new(related.span, texts.place(&related.file, related.span));
        JsonRelated { file: &related.file, place, message: &related.message }
    }
}

impl<'a> JsonFix<'a> {
    fn new(fix: &'a Fix) -> Self {
        let edit = |edit: &'a Edit| JsonEdit {
            file: &edit.file,
            start: edit.span.start,
            end: edit.span.end,
            text: &edit.text,
        };
        let rename = |rename: &'a Rename| JsonRename { from: &rename.from, to: &rename.to };
        JsonFix {
            title: &fix.title,
            safety: fix.safety,
            edits: fix.edits.iter().map(edit).collect(),
            renames: fix.renames.iter().map(rename).collect(),
        }
    }
}

/// Escapes what JSON allows raw but a terminal or a runner would act on.
struct Inert(CompactFormatter);

/// The bytes that what is to be escaped begins with, and others: one look settles nearly every byte of a report.
const MAY_ACT: [bool; 256] = {
    let mut may = [false; 256];
    let mut at = 0;
    // DEL, the bracket of a command, and the first bytes of every character that `inert::is_hidden` knows.
    let first: [u8; 11] = [0x7f, b'[', 0xc2, 0xcd, 0xd8, 0xe1, 0xe2, 0xe3, 0xef, 0xf0, 0xf3];
    while at < first.len() {
        may[first[at] as usize] = true;
        at += 1;
    }
    may
};

impl Formatter for Inert {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, byte) in fragment.bytes().enumerate() {
            if !MAY_ACT.get(usize::from(byte)).is_some_and(|may| *may) {
                continue;
            }
            // Within a character there is none to look at.
            let Some(c) = fragment.get(at..).and_then(|rest| rest.chars().next()) else { continue };
            let acts = if c == '[' { ends_a_command(fragment, at) } else { inert::is_hidden(c) };
            if !acts {
                continue;
            }
            self.0.write_string_fragment(writer, fragment.get(written..at).unwrap_or_default())?;
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        self.0.write_string_fragment(writer, fragment.get(written..).unwrap_or_default())
    }
}

/// True when the bracket at this offset completes `##[`, `##vso[` or `##teamcity[`.
fn ends_a_command(fragment: &str, at: usize) -> bool {
    let before = fragment.as_bytes().get(..at).unwrap_or_default();
    inert::COMMANDS.iter().any(|opening| {
        let opening = opening.trim_end_matches('[').as_bytes();
        before
            .len()
            .checked_sub(opening.len())
            .and_then(|start| before.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(opening))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_of_what_is_hidden_is_looked_at() {
        let hidden = (0x20..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| inert::is_hidden(*c));
        for c in hidden {
            let first = c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            assert!(MAY_ACT[usize::from(first)], "{c:?}");
        }
    }
}
