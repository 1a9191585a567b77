//! `postlint merge A.json B.json`

use std::fs;
use std::io::stdout;
use std::path::PathBuf;

use serde::Deserialize;

use super::common::{Common, Error};
use super::output::FailOn;
use crate::exit::Exit;
use crate::report::merge;
use crate::severity::Severity;

/// What to merge.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSON reports (`--format json=FILE`) of the parts of one run, or of several sites
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// Exit with 1 from this severity on
    #[arg(long, value_enum, default_value = "warning", value_name = "SEVERITY")]
    fail_on: FailOn,
}

/// Runs the command.
///
/// # Errors
/// A file that is no report, or a part that stands twice.
pub fn run(args: &Args, _: &Common) -> Result<Exit, Error> {
    let failed = |what: String| Error::Failed(what);
    let mut reports = Vec::new();
    for path in &args.reports {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| failed(format!("`{name}` cannot be read: {error}")))?;
        let report = serde_json::from_slice(&bytes).map_err(|error| failed(format!("`{name}` is no JSON: {error}")))?;
        reports.push((name, report));
    }
    let whole = merge::merge(reports).map_err(|error| failed(error.to_string()))?;
    match merge::write(&whole, &mut std::io::BufWriter::new(stdout().lock())) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
        other => other?,
    }
    let found = whole["findings"].as_array().into_iter().flatten();
    Ok(args.fail_on.exit(found.filter_map(|finding| Severity::deserialize(&finding["severity"]).ok())))
}
