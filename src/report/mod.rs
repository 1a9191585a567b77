//! Shows a finished [`Outcome`]: one file per format, and the few things that they share.
//!
//! ```text
//! Outcome ─► Report (outcome + texts + style) ─► write(format) ─┬─► people: guarded, bracketed in GitHub Actions
//!                                                               └─► machines: bytes kept, escaped by their own grammar
//! ```
//! A new format is one file with a `write` function and one line in [`Format`]'s list.

mod causes;
mod closing;
mod concise;
mod excerpt;
mod full;
mod github;
mod grouped;
pub mod inert;
mod json;
mod jsonl;
pub mod merge;
pub mod parts;
mod style;
mod table;
mod texts;
mod words;

use std::io::{self, BufWriter, Write};

pub use excerpt::Excerpt;
pub use style::{Color, Ink, Style};
pub use texts::{Text, Texts};

use crate::finding::{FilePath, Finding};
use crate::outcome::Outcome;
use crate::source::{Position, Span};

/// Everything that a format needs.
#[derive(Debug)]
pub struct Report<'a> {
    /// What the run found.
    pub outcome: &'a Outcome,
    /// The texts as they were checked.
    pub texts: Texts<'a>,
    /// The texts as they were before `--fix`, for the fixed findings.
    pub before: Texts<'a>,
    /// How people want to see it.
    pub style: Style,
    /// What the closing lines may recommend.
    pub can: Abilities,
}

/// What this program can do about findings; a report recommends nothing that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// `postlint baseline`.
    pub baseline: bool,
    /// `--online`.
    pub online: bool,
}

/// What there is today.
pub const ABILITIES: Abilities = Abilities { baseline: false, online: true };

impl<'a> Report<'a> {
    /// A report of this outcome.
    #[must_use]
    pub fn new(outcome: &'a Outcome, style: Style) -> Self {
        let (texts, before) = (Texts::checked(outcome), Texts::before(outcome));
        Report { outcome, texts, before, style, can: ABILITIES }
    }

    /// `path:line:col`, made inert; only the path where the text is not at hand or the whole file is meant.
    #[must_use]
    pub fn place(&self, file: &FilePath, span: Span) -> String {
        let path = inert::path(file);
        match self.texts.place(file, span) {
            Some((Position { line, column }, _)) if span != Span::FILE => format!("{path}:{line}:{column}"),
            _ => path.into_owned(),
        }
    }
}

/// ` [fixable]`, or nothing.
fn fix_mark(finding: &Finding) -> &'static str {
    match (finding.applicable(false), finding.applicable(true)) {
        (Some(_), _) => " [fixable]",
        (None, Some(_)) => " [fixable, unsafe]",
        (None, None) if finding.refused.is_some() => " [not repaired]",
        (None, None) => "",
    }
}

/// How each format's file writes it.
type Writer = fn(&Report<'_>, &mut dyn Write) -> io::Result<()>;

/// Who reads a format.
enum Reader {
    People,
    Machines,
}

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident for $reader:ident by $write:path;)*) => {
        /// `--format`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
        pub enum Format { $($(#[$doc])* $name,)* }

        impl Format {
            /// Every format, in the order of `--help`.
            pub const ALL: &[Format] = &[$(Format::$name),*];

            fn writer(self) -> (Reader, Writer) {
                match self { $(Format::$name => (Reader::$reader, $write),)* }
            }
        }
    };
}

formats! {
    /// The most serious findings with their lines, a table by rule, and what to do next
    Full for People by full::write;
    /// One line per finding
    Concise for People by concise::write;
    /// The findings below the name of their file
    Grouped for People by grouped::write;
    /// One JSON document
    Json for Machines by json::write;
    /// One JSON value per line: the findings, then a summary
    Jsonl for Machines by jsonl::write;
    /// Annotations for a pull request on GitHub
    Github for Machines by github::write;
}

impl Format {
    /// What is written when nobody asks for a format: in GitHub Actions annotations as well, so that a workflow needs no flag.
    #[must_use]
    pub fn defaults(style: &Style) -> &'static [Format] {
        if style.in_actions { &[Format::Full, Format::Github] } else { &[Format::Full] }
    }
}

/// Writes the report in this format. A reader that went away (`| head`) is no error; a full disk is.
///
/// # Errors
/// Those of the writer, but for a broken pipe.
pub fn write(format: Format, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (reader, write) = format.writer();
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let result = match reader {
        Reader::People => for_people(write, report, &mut out),
        Reader::Machines => write(report, &mut out),
    };
    let result = result.and_then(|()| out.flush());
    // Not dropped as it is: that would try to write the rest once more.
    let _ = out.into_parts();
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Inside GitHub Actions the runner is told to take nothing between two lines for a command.
fn for_people(write: Writer, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let token = report.style.in_actions.then(random_token);
    if let Some(token) = &token {
        writeln!(out, "::stop-commands::{token}")?;
    }
    let mut guard = inert::Guard::new(out);
    write(report, &mut guard)?;
    guard.finish()?;
    match token {
        Some(token) => writeln!(out, "::{token}::"),
        None => Ok(()),
    }
}

/// 128 bits that a page cannot have guessed: the keys that the system gives to the standard library's hash maps.
fn random_token() -> String {
    use std::hash::{BuildHasher as _, Hasher as _, RandomState};
    let half = || RandomState::new().build_hasher().finish();
    format!("postlint-{:016x}{:016x}", half(), half())
}
