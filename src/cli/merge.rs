//! `postlint merge A.json B.json`

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::common::{Common, Error};
use super::output::Output;
use crate::exit::Exit;
use crate::generators;
use crate::report::{Format, Report, merge, parts, write};

/// What to merge.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSON reports (`--format json=FILE`) of the parts of one run, or of several sites
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// How the whole is shown; one JSON report where nothing else is asked for
    #[command(flatten)]
    output: Output,
}

/// Runs the command.
///
/// # Errors
/// A file that is no report, or a part that stands twice.
pub fn run(args: &Args, common: &Common) -> Result<Exit, Error> {
    let failed = |what: String| Error::Failed(what);
    let mut reports = Vec::new();
    for path in &args.reports {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| failed(format!("`{name}` cannot be read: {error}")))?;
        let report = serde_json::from_slice(&bytes).map_err(|error| failed(format!("`{name}` is no JSON: {error}")))?;
        reports.push((name, report));
    }
    let whole = merge::merge(reports).map_err(|error| failed(error.to_string()))?;
    let mut outcome = parts::outcome(&whole, &common.repository())
        .map_err(|error| failed(format!("these are no reports of postlint: {error}")))?;
    for site in &mut outcome.sites {
        let generator = generators::by_name(&site.generator).filter(|_| site.generator != "plain");
        site.generator_name = generator.map(|generator| generator.data().title.clone()).unwrap_or_default();
    }
    args.output.show_with(Format::Json, common, &mut |format, style, out| match format {
        // As they were written, with what later releases may have added.
        Format::Json => until_closed(&mut BufWriter::new(out), |out| merge::write(&whole, out)),
        Format::Jsonl => until_closed(&mut BufWriter::new(out), |out| merge::write_lines(&whole, out)),
        _ => write(format, &Report::new(&outcome, style), out),
    })?;
    Ok(args.output.exit(&outcome))
}

/// A reader that went away is no error.
fn until_closed(out: &mut dyn Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    match write(out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
