//! `--fix`, `--unsafe-fixes`, `--diff`, `--review`: what is repaired, where it goes, what is said about it.

use std::io::{self, BufReader, IsTerminal};

use super::common::{Common, Error, note, print};
use super::interrupt;
use super::output::Output;
use super::place::Place;
use crate::exit::Exit;
use crate::finding::Confidence;
use crate::fix::{self, All, Choose, Repaired, Review};
use crate::network::online::Online;
use crate::report::{Format, Report, Style, inert, write};

/// The flags.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Repair")]
pub struct Repair {
    /// Repair what is certain; standard input is repaired to standard output
    #[arg(long)]
    pub fix: bool,
    /// Repair what is probable too
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Show what --fix would change as a diff; nothing is written, and 1 is returned if anything would change
    #[arg(long)]
    pub diff: bool,
    /// With --fix, ask before each repair
    #[arg(long, conflicts_with = "diff")]
    pub review: bool,
}

impl Repair {
    /// True when anything shall be repaired.
    #[must_use]
    pub fn wanted(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff || self.review
    }
}

/// Repairs and reports.
///
/// # Errors
/// As [`check::run`](super::check::run).
pub fn run(
    flags: &Repair,
    output: &Output,
    common: &Common,
    place: &Place,
    least: Confidence,
    online: Option<&Online>,
) -> Result<Exit, Error> {
    if flags.diff && output.is_on_stdout() {
        let what = "--diff needs standard output for the diff: write the report to a file (`--format json=report.json`), or leave --format away";
        return Err(Error::Failed(what.to_owned()));
    }
    let piped = !place.memory.is_empty();
    if piped && place.paths.len() > 1 {
        let what = "standard input is repaired to standard output: name no other path with it";
        return Err(Error::Failed(what.to_owned()));
    }
    let into = if flags.diff || piped { fix::Into::Memory } else { fix::Into::Files(interrupt::flag) };
    let request = place.request(common, least, online);
    let repaired = if flags.review {
        if piped || !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
            let what = "--review asks questions, so it needs a terminal; --diff shows what --fix would change";
            return Err(Error::Failed(what.to_owned()));
        }
        let mut review = Review::new(flags.unsafe_fixes, BufReader::new(io::stdin()), io::stdout());
        repair(request, &mut review, &into)?
    } else {
        repair(request, &mut All { risky: flags.unsafe_fixes }, &into)?
    };
    let exit = output.exit(&repaired.outcome);
    if flags.diff {
        return diff(output, common, &repaired, exit);
    }
    if piped {
        let text = place.memory.iter().next().map_or("", |(file, text)| {
            repaired.changes.iter().find(|change| change.file == *file).map_or(text, |change| &change.after)
        });
        print(text)?;
        brief(common, &repaired)?;
    } else {
        output.show(common, &repaired.outcome)?;
    }
    for failure in &repaired.failures {
        note(&format!("postlint: not repaired: {}\n", inert::message(&failure.why)))?;
    }
    Ok(if repaired.failures.is_empty() { exit } else { Exit::Failed })
}

fn repair(request: crate::engine::Request<'_>, choose: &mut dyn Choose, into: &fix::Into) -> Result<Repaired, Error> {
    fix::repair(request, choose, into).map_err(|error| Error::Failed(error.to_string()))
}

/// The diff on stdout, what it means on stderr.
fn diff(output: &Output, common: &Common, repaired: &Repaired, exit: Exit) -> Result<Exit, Error> {
    let terminal = io::stdout().is_terminal();
    for change in &repaired.changes {
        let text = fix::unified(&change.file, &change.before, &change.patch);
        // A terminal is not commanded by a page's text; a file or a pipe gets every byte.
        print(&if terminal { inert::lines(&text) } else { text })?;
    }
    output.show_beside(common, &repaired.outcome)?;
    if !common.quiet {
        let report = Report::new(&repaired.outcome, Style::new(common.color, |name| std::env::var(name).ok(), None));
        for finding in &repaired.outcome.findings {
            let Some(why) = &finding.refused else { continue };
            let (place, rule) = (report.place(&finding.file, finding.span), inert::name(&finding.rule));
            note(&format!("not repaired: {place}: {rule}: {}\n", inert::message(why)))?;
        }
        let (fixed, files) = (repaired.outcome.fixed_findings.len(), repaired.changes.len());
        let left = repaired.outcome.findings.len();
        let many = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let text = match (fixed, left) {
            (0, 0) => "nothing to repair\n".to_owned(),
            (0, left) => format!("nothing would be repaired; {} would be left\n", many(left, "finding")),
            (fixed, left) => format!(
                "{} would be repaired in {}; {left} would be left\n",
                many(fixed, "finding"),
                many(files, "file")
            ),
        };
        note(&text)?;
    }
    Ok(match exit {
        Exit::Failed => Exit::Failed,
        _ if repaired.changes.is_empty() => Exit::Clean,
        _ => Exit::Findings,
    })
}

/// The report on stderr, where stdout has the text.
fn brief(common: &Common, repaired: &Repaired) -> Result<(), Error> {
    if common.quiet && repaired.outcome.findings.is_empty() {
        return Ok(());
    }
    let mut style = Style::new(common.color, |name| std::env::var(name).ok(), None);
    style.quiet = common.quiet;
    write(Format::Full, &Report::new(&repaired.outcome, style), &mut io::stderr().lock())?;
    Ok(())
}
