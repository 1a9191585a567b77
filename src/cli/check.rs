//! `postlint [check] [PATHS…]`

use std::io::Read;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::ValueEnum;

use super::common::{Common, Error, note};
use super::online::{self, Flags};
use super::output::Output;
use super::place::{self, Place};
use super::repair::{self, Repair};
use crate::engine;
use crate::exit::Exit;
use crate::finding::Confidence;
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
    /// How the findings are shown
    #[command(flatten)]
    output: Output,
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
        repair::run(&args.repair, &args.output, common, &place, least, online.as_ref())?
    } else {
        let request = place.request(common, least, online.as_ref());
        let checked = engine::Session::new(&request).and_then(|session| session.check(&request));
        // The process ends with the report: giving a large site back piece by piece would be a twentieth of the run.
        let checked = ManuallyDrop::new(checked.map_err(|error| Error::Failed(error.to_string()))?);
        args.output.show(common, &checked.outcome)?;
        args.output.exit(&checked.outcome)
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
