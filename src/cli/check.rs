//! `postlint [check] [PATHS…]`

use std::fs::File;
use std::io::{IsTerminal, Read, stdout};
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::ValueEnum;

use super::common::{Common, Error, note};
use super::online::{self, Flags};
use super::place::{self, Place};
use super::repair::{self, Repair};
use crate::engine;
use crate::exit::Exit;
use crate::finding::{Confidence, Severity};
use crate::outcome::Outcome;
use crate::report::{Format, Report, Style, write};
use crate::rules::meta::{Level, Scope};

/// What to check and how to show it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders whose findings are reported; the whole site is known in any case
    paths: Vec<PathBuf>,
    /// Only this rule, or the rules of this area (repeatable)
    #[arg(long = "rule", value_name = "ID")]
    rules: Vec<String>,
    /// Not this rule or area (repeatable)
    #[arg(long, value_name = "ID")]
    skip: Vec<String>,
    /// Which rules run
    #[arg(long, value_enum, default_value = "standard")]
    level: LevelArg,
    /// Hide what is less sure
    #[arg(long, value_enum, default_value = "medium", value_name = "LEVEL")]
    min_confidence: ConfidenceArg,
    /// Exit with 1 from this severity on
    #[arg(long, value_enum, default_value = "warning", value_name = "SEVERITY")]
    fail_on: FailOn,
    /// How to show the findings; FORMAT=FILE writes to a file (repeatable)
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = format_arg)]
    formats: Vec<FormatArg>,
    /// Show the table instead of excerpts
    #[arg(long)]
    statistics: bool,
    /// The path that standard input (`-`) stands for
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// Read paths from this file, one per line (`-` for standard input)
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// What is repaired
    #[command(flatten)]
    pub(super) repair: Repair,
    /// What is asked of servers
    #[command(flatten)]
    pub(super) online: Flags,
}

impl Args {
    /// True when a report is asked for on standard output.
    pub(super) fn writes_to_stdout(&self) -> bool {
        self.formats.iter().any(|format| format.file.is_none())
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LevelArg {
    Standard,
    Strict,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ConfidenceArg {
    Low,
    Medium,
    High,
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

/// Runs the command.
///
/// # Errors
/// Whatever keeps the site from being checked or the report from being written.
pub fn run(args: &Args, common: &Common) -> Result<Exit, Error> {
    let mut paths: Vec<PathBuf> = args.paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
    let from_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    if let Some(list) = &args.files_from {
        paths.extend(listed(list)?);
        if paths.is_empty() {
            // A hook that has nothing to check is no failure.
            return Ok(Exit::Clean);
        }
    }
    let mut place = if from_stdin { with_stdin(args, common, &paths)? } else { Place::new(common, &paths)? };
    let level = match args.level {
        LevelArg::Standard => Level::Standard,
        LevelArg::Strict => Level::Strict,
    };
    place.config.select(&args.rules, &args.skip, level)?;
    let least = match args.min_confidence {
        ConfidenceArg::Low => Confidence::Low,
        ConfidenceArg::Medium => Confidence::Medium,
        ConfidenceArg::High => Confidence::High,
    };
    if !place.paths.is_empty() && place.paths.iter().all(|path| place.config.excludes(path)) {
        return Ok(Exit::Clean);
    }
    let asleep = |id: &&String| place.config.known().rule(id).is_some_and(|meta| meta.scope == Scope::Network);
    if let Some(rule) = args.rules.iter().find(asleep).filter(|_| !args.online.online) {
        note(&format!("postlint: {rule} asks servers, so it needs --online\n"))?;
    }
    let online = online::start(&args.online, common, &place)?;
    let exit = if args.repair.wanted() {
        repair::run(args, common, &place, least, online.as_ref())?
    } else {
        let request = place.request(common, least, online.as_ref());
        let checked = engine::Session::new(&request).and_then(|session| session.check(&request));
        // The process ends with the report: giving a large site back piece by piece would be a twentieth of the run.
        let checked = ManuallyDrop::new(checked.map_err(|error| Error::Failed(error.to_string()))?);
        show(args, common, &checked.outcome)?;
        code(args, &checked.outcome)
    };
    if let Some(online) = &online {
        online::tell(online, common, &place)?;
    }
    Ok(exit)
}

/// Standard input under the name that it stands for.
fn with_stdin(args: &Args, common: &Common, paths: &[PathBuf]) -> Result<Place, Error> {
    let Some(name) = &args.stdin_filename else {
        let what = "standard input needs a name: add --stdin-filename PATH, where the text belongs in the site";
        return Err(Error::Failed(what.to_owned()));
    };
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let folder = name.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(PathBuf::from("."), Into::into);
    let mut start = paths.to_vec();
    start.push(folder);
    let mut place = Place::new(common, &start)?;
    let path = place::inside(&place.base, name)?;
    place.paths = paths.iter().filter_map(|path| engine::relative(&place.base, path)).collect();
    place.paths.push(path.clone());
    place.memory.insert(path.into(), text);
    Ok(place)
}

fn listed(list: &PathBuf) -> Result<Vec<PathBuf>, Error> {
    let text = if list.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text
    } else {
        std::fs::read_to_string(list)
            .map_err(|error| Error::Failed(format!("`{}` cannot be read: {error}", list.display())))?
    };
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// Writes the report in every format that was asked for.
pub(super) fn show(args: &Args, common: &Common, outcome: &Outcome) -> Result<(), Error> {
    let terminal = stdout().is_terminal().then(terminal_size);
    let mut style = Style::new(common.color, |name| std::env::var(name).ok(), terminal);
    style.quiet = common.quiet;
    style.statistics = args.statistics;
    let defaults: Vec<FormatArg> =
        Format::defaults(&style).iter().map(|format| FormatArg { format: *format, file: None }).collect();
    let formats = if args.formats.is_empty() && !args.repair.diff { &defaults } else { &args.formats };
    for one in formats {
        match &one.file {
            None => write(one.format, &Report::new(outcome, style), &mut stdout().lock())?,
            Some(path) => {
                let mut file = File::create(path)
                    .map_err(|error| Error::Failed(format!("`{}` cannot be written: {error}", path.display())))?;
                write(one.format, &Report::new(outcome, style.for_file()), &mut file)?;
            }
        }
    }
    Ok(())
}

/// Columns and rows as the shell says; most do not export them, and the usual size is as good.
fn terminal_size() -> (usize, usize) {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    (number("COLUMNS").unwrap_or(100), number("LINES").unwrap_or(40))
}

/// How a run that left this ends.
pub(super) fn code(args: &Args, outcome: &Outcome) -> Exit {
    if outcome.findings.iter().any(|finding| &*finding.rule == "file/internal") {
        return Exit::Failed;
    }
    args.fail_on.exit(outcome.findings.iter().map(|finding| finding.severity))
}

impl FailOn {
    /// How a run with findings of these severities ends.
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
