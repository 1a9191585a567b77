//! What is wrong with a configuration, said in one breath and with its place.

use std::fmt;
use std::path::{Path, PathBuf};

use super::positions::Place;

/// One mistake in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was found.
    pub file: PathBuf,
    /// Where in it; nothing when it could not be read at all.
    pub place: Option<Place>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Problem {
    /// A mistake at a place.
    pub fn new(file: &Path, place: Place, message: impl Into<String>) -> Self {
        Problem { file: file.to_owned(), place: Some(place), message: message.into() }
    }

    /// A mistake of the file as a whole.
    pub fn whole(file: &Path, message: impl Into<String>) -> Self {
        Problem { file: file.to_owned(), place: None, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(place) = self.place {
            write!(f, "{place}:")?;
        }
        write!(f, " {}", self.message)
    }
}

/// Why there is no configuration to work with: all mistakes that were found, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError(pub Vec<Problem>);
