//! How a report leaves: its formats and files, and how the program ends after it.

use std::fs::File;
use std::io::{self, IsTerminal, Write, stdout};
use std::path::PathBuf;

use clap::ValueEnum;

use super::common::{Common, Error};
use crate::exit::Exit;
use crate::finding::Severity;
use crate::outcome::Outcome;
use crate::report::{Format, Report, Style, write};

/// How the findings are shown, and from which on the run has failed.
#[derive(Debug, clap::Args)]
pub struct Output {
    /// Exit with 1 from this severity on
    #[arg(long, value_enum, default_value = "warning", value_name = "SEVERITY")]
    fail_on: FailOn,
    /// How to show the findings; FORMAT=FILE writes to a file (repeatable)
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = format_arg)]
    formats: Vec<FormatArg>,
    /// Show the table instead of excerpts
    #[arg(long)]
    statistics: bool,
}

/// From which severity on a run has failed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Hint,
    Never,
}

#[derive(Debug, Clone)]
struct FormatArg {
    format: Format,
    file: Option<PathBuf>,
}

fn format_arg(text: &str) -> Result<FormatArg, String> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
    let format = Format::from_str(name, true).map_err(|_| {
        let all: Vec<String> = Format::value_variants()
            .iter()
            .filter_map(|f| Some(f.to_possible_value()?.get_name().to_owned()))
            .collect();
        format!("there is no format `{name}`; choose from {}", all.join(", "))
    })?;
    Ok(FormatArg { format, file: file.map(PathBuf::from) })
}

/// Writes one format.
type Show<'s> = dyn FnMut(Format, Style, &mut dyn Write) -> io::Result<()> + 's;

impl Output {
    /// True when a report is asked for on standard output.
    #[must_use]
    pub fn is_on_stdout(&self) -> bool {
        self.formats.iter().any(|format| format.file.is_none())
    }

    /// Writes the report in every format that was asked for.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn show(&self, common: &Common, outcome: &Outcome) -> Result<(), Error> {
        let defaults = Format::defaults(&self.style(common)).iter();
        let defaults: Vec<FormatArg> = defaults.map(|format| FormatArg { format: *format, file: None }).collect();
        self.write(if self.formats.is_empty() { &defaults } else { &self.formats }, common, outcome)
    }

    /// The same where standard output already has something else: only the formats that were asked for.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn show_beside(&self, common: &Common, outcome: &Outcome) -> Result<(), Error> {
        self.write(&self.formats, common, outcome)
    }

    fn style(&self, common: &Common) -> Style {
        let terminal = stdout().is_terminal().then(terminal_size);
        let mut style = Style::new(common.color, |name| std::env::var(name).ok(), terminal);
        style.quiet = common.quiet;
        style.statistics = self.statistics;
        style
    }

    fn write(&self, formats: &[FormatArg], common: &Common, outcome: &Outcome) -> Result<(), Error> {
        self.each(formats, common, &mut |format, style, out| write(format, &Report::new(outcome, style), out))
    }

    /// Lets `show` write every format that was asked for, or else `default`, to its place.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub(super) fn show_with(&self, default: Format, common: &Common, show: &mut Show<'_>) -> Result<(), Error> {
        let default = [FormatArg { format: default, file: None }];
        self.each(if self.formats.is_empty() { &default } else { &self.formats }, common, show)
    }

    fn each(&self, formats: &[FormatArg], common: &Common, show: &mut Show<'_>) -> Result<(), Error> {
        let style = self.style(common);
        for one in formats {
            match &one.file {
                None => show(one.format, style, &mut stdout().lock())?,
                Some(path) => {
                    let mut file = File::create(path)
                        .map_err(|error| Error::Failed(format!("`{}` cannot be written: {error}", path.display())))?;
                    show(one.format, style.for_file(), &mut file)?;
                }
            }
        }
        Ok(())
    }

    /// How a run that left this ends.
    #[must_use]
    pub fn exit(&self, outcome: &Outcome) -> Exit {
        if outcome.findings.iter().any(|finding| &*finding.rule == "file/internal") {
            return Exit::Failed;
        }
        self.fail_on.exit(outcome.findings.iter().map(|finding| finding.severity))
    }
}

impl FailOn {
    /// How a run with findings of these severities ends.
    #[must_use]
    pub(super) fn exit(self, mut found: impl Iterator<Item = Severity>) -> Exit {
        let from = match self {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Hint => Severity::Hint,
            FailOn::Never => return Exit::Clean,
        };
        if found.any(|severity| severity >= from) { Exit::Findings } else { Exit::Clean }
    }
}

/// Columns and rows as the shell says; most do not export them, and the usual size is as good.
fn terminal_size() -> (usize, usize) {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    (number("COLUMNS").unwrap_or(100), number("LINES").unwrap_or(40))
}
