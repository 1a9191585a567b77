//! The files that make a configuration, the most general first: what it extends, then itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::file::ConfigFile;
use super::origin::Origin;
use super::positions::{Place, Positions};
use super::problem::{ConfigError, Problem};
use super::schema;
use crate::did_you_mean::did_you_mean;

/// Names of the file, in a folder.
pub const NAMES: [&str; 3] = ["postlint.yaml", ".postlint.yaml", ".config/postlint.yaml"];

/// A configuration is a page long; whatever is larger is a mistake or an attack.
const MOST_BYTES: u64 = 1_000_000;
/// A file that extends a file that extends …
const DEEPEST: usize = 8;

/// One file.
#[derive(Debug)]
pub struct Layer {
    /// As it was found.
    pub file: Arc<Path>,
    /// What its paths count from.
    pub folder: PathBuf,
    /// What it says.
    pub written: ConfigFile,
    /// Where it says so.
    pub positions: Positions,
}

impl Layer {
    /// The origin of the value at a path.
    pub fn origin(&self, path: &[&str]) -> Origin {
        let path: Vec<String> = path.iter().map(|&key| key.to_owned()).collect();
        Origin::File(Arc::clone(&self.file), self.positions.key(&path).line)
    }

    /// A mistake at a path: at the value, or at the key where that is what is wrong.
    pub fn problem(&self, path: &[&str], at_key: bool, message: impl Into<String>) -> Problem {
        let path: Vec<String> = path.iter().map(|&key| key.to_owned()).collect();
        let place = if at_key { self.positions.key(&path) } else { self.positions.value(&path) };
        Problem::new(&self.file, place, message)
    }
}

/// The configuration file in a folder.
///
/// # Errors
/// When there are two: one of them would silently not count.
pub fn find_in(folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    let mut found = NAMES.iter().map(|name| folder.join(name)).filter(|path| path.is_file());
    match (found.next(), found.next()) {
        (Some(first), Some(second)) => {
            let message = format!("there is {} as well: keep one of the two", second.display());
            Err(ConfigError(vec![Problem::whole(&first, message)]))
        }
        (first, _) => Ok(first),
    }
}

/// The nearest configuration file at or above `start`, up to `top`.
///
/// # Errors
/// As [`find_in`].
pub fn find(start: &Path, top: &Path) -> Result<Option<PathBuf>, ConfigError> {
    for folder in start.ancestors() {
        if let Some(found) = find_in(folder)? {
            return Ok(Some(found));
        }
        if folder == top {
            break;
        }
    }
    Ok(None)
}

/// Reads a file and what it extends; the most general comes first.
///
/// # Errors
/// Everything that is wrong with the first file that is.
pub fn read(path: &Path) -> Result<Vec<Layer>, ConfigError> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let layer = one(&path)?;
        let same = |other: &Layer| fs::canonicalize(&other.file).ok() == fs::canonicalize(&path).ok();
        if layers.iter().any(same) || layers.len() >= DEEPEST {
            let message = format!("`extends` goes round in circles or more than {DEEPEST} files deep");
            return Err(ConfigError(vec![layer.problem(&["extends"], false, message)]));
        }
        next = layer.written.extends.as_ref().map(|base| layer.folder.join(base));
        if let (Some(base), true) = (&next, layer.written.extends.as_ref().is_some_and(|b| b.contains("://"))) {
            let message = format!("`extends` takes a file, not an address: download {} first", base.display());
            return Err(ConfigError(vec![layer.problem(&["extends"], false, message)]));
        }
        if let Some(base) = next.as_ref().filter(|base| !base.is_file()) {
            let message = format!("there is no {} to extend", base.display());
            return Err(ConfigError(vec![layer.problem(&["extends"], false, message)]));
        }
        layers.push(layer);
    }
    layers.reverse();
    Ok(layers)
}

fn one(path: &Path) -> Result<Layer, ConfigError> {
    let whole = |message: String| ConfigError(vec![Problem::whole(path, message)]);
    let size = fs::metadata(path).map_err(|error| whole(format!("cannot be read: {error}")))?.len();
    if size > MOST_BYTES {
        return Err(whole(format!("is {size} bytes long: a configuration has at most {MOST_BYTES}")));
    }
    let text = fs::read_to_string(path).map_err(|error| whole(format!("cannot be read: {error}")))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let folder = if folder.ends_with(".config") { folder.parent().unwrap_or(Path::new("")) } else { folder };
    parse(path, folder, &text)
}

/// Reads the text of a file.
///
/// # Errors
/// All unknown and repeated keys, or the first value of a wrong type.
pub fn parse(path: &Path, folder: &Path, text: &str) -> Result<Layer, ConfigError> {
    let text = text.trim_start_matches('\u{feff}');
    let positions = Positions::of(text)
        .map_err(|(place, why)| ConfigError(vec![Problem::new(path, place, format!("no YAML: {why}"))]))?;
    let mut problems: Vec<Problem> = positions
        .duplicates
        .iter()
        .map(|(key, place)| {
            Problem::new(path, *place, format!("`{}` stands twice: keep one", key.last().map_or("", String::as_str)))
        })
        .collect();
    let empty = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with(['#', '-', '.']));
    let written = if empty { Ok(ConfigFile::default()) } else { serde_yaml::from_str::<ConfigFile>(text) };
    match written {
        Ok(written) if problems.is_empty() => {
            Ok(Layer { file: path.into(), folder: folder.to_owned(), written, positions })
        }
        Ok(_) => Err(ConfigError(problems)),
        Err(error) => {
            let value = serde_yaml::from_str::<Value>(text).unwrap_or_default();
            schema::unknown_keys(&value, &mut |keys, known| {
                let word = keys.last().map_or("", String::as_str);
                let near = did_you_mean(word, known.iter().map(String::as_str));
                let around = match keys.split_last() {
                    Some((_, around)) if !around.is_empty() => format!(" in `{}`", around.join(".")),
                    _ => String::new(),
                };
                let message = format!("unknown key `{word}`{around}{near}");
                problems.push(Problem::new(path, positions.key(keys), message));
            });
            if problems.is_empty() {
                problems.push(typed(path, &error));
            }
            problems.sort_by_key(|problem| problem.place);
            Err(ConfigError(problems))
        }
    }
}

/// A value of the wrong type, in the reader's words but with the place in front.
fn typed(path: &Path, error: &serde_yaml::Error) -> Problem {
    let place =
        error.location().map_or(Place { line: 1, column: 1 }, |at| Place { line: at.line(), column: at.column() });
    let words = error.to_string();
    let message = words.rfind(" at line ").and_then(|at| words.get(..at)).unwrap_or(&words);
    Problem::new(path, place, message)
}
