//! What the user decided: `postlint.yaml` as written ([`file`]), in layers ([`layers`]), resolved with the origin of each
//! value ([`Config`]).
//!
//! Nothing is needed to start. What is there is taken at its word: an unknown key or rule is an error that points into
//! the file, because a configuration with a typo is one that silently does not count.

pub mod file;
pub mod globs;
pub mod known;
pub mod layers;
mod merge;
pub mod origin;
pub mod positions;
mod problem;
pub mod resolved;
pub mod schema;
pub mod settings;
#[cfg(test)]
mod tests;
mod user_rules;

use std::path::Path;

pub use known::Known;
pub use origin::{Origin, Sourced};
pub use positions::Place;
pub use problem::{ConfigError, Problem};
pub use resolved::{Config, Credential, IgnoredUrl, Network, Override, Selection, Site};
pub use settings::{FixPolicy, Setting, Switch};

/// Where to look for a configuration.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The folder that the run starts in.
    pub start: &'a Path,
    /// The top of the repository: nothing above it is read, and paths in reports are relative to it.
    pub repository: &'a Path,
    /// `--config`: this file and no other.
    pub explicit: Option<&'a Path>,
    /// `--isolated`: none.
    pub isolated: bool,
}

/// Finds and reads the configuration of a run; without one, the defaults.
///
/// # Errors
/// Everything that is wrong with it: the run must not start with half a configuration.
pub fn load(sources: Sources<'_>) -> Result<Config, ConfigError> {
    let found = match sources.explicit {
        _ if sources.isolated => None,
        Some(path) => Some(path.to_owned()),
        None => layers::find(sources.start, sources.repository)?,
    };
    match found {
        Some(path) => merge::merge(&layers::read(&path)?, sources.repository),
        None => Ok(Config::default()),
    }
}

/// Reads a configuration from text, as if it stood in a file of that path; for tests and editors.
///
/// # Errors
/// As [`load`].
pub fn from_text(path: &Path, text: &str) -> Result<Config, ConfigError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    merge::merge(&[layers::parse(path, folder, text)?], folder)
}
