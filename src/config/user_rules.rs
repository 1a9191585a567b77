//! Rules that users write: the same files as ours, but data only, and bounded in number and size.

use std::fs;
use std::path::{Path, PathBuf};

use super::layers::Layer;
use super::problem::{ConfigError, Problem};
use crate::rules::declarative;
use crate::rules::format;
use crate::rules::meta::{Catalogue, RuleMeta};

/// Larger files and longer lists are mistakes.
const MOST_BYTES: u64 = 64_000;
const MOST_FILES: usize = 500;
/// `area/name.yaml` and no deeper.
const DEEPEST: usize = 2;

/// Reads the rules in the folders that a configuration names, ordered by id.
///
/// # Errors
/// Every malformed rule, with its line; a folder that is not there; an id that is taken.
pub fn read(layer: &Layer, built_in: &Catalogue, before: &[RuleMeta]) -> Result<Vec<RuleMeta>, ConfigError> {
    let mut rules: Vec<RuleMeta> = Vec::new();
    let mut problems = Vec::new();
    for (index, folder) in layer.written.user_rules.iter().enumerate() {
        let root = layer.folder.join(folder);
        let mut files = Vec::new();
        if !root.is_dir() || !collect(&root, DEEPEST, &mut files) {
            let message = format!("`{folder}` is no folder with at most {MOST_FILES} rules");
            problems.push(layer.problem(&["user-rules", &index.to_string()], false, message));
            continue;
        }
        files.sort();
        for file in files {
            match one(&root, &file) {
                Ok(rule) => {
                    let taken = built_in.get(&rule.id).is_some();
                    if taken || before.iter().chain(&rules).any(|other| other.id == rule.id) {
                        let message = format!("there is a rule `{}` already: choose another name", rule.id);
                        problems.push(Problem::whole(&file, message));
                    } else {
                        rules.push(rule);
                    }
                }
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() { Ok(rules) } else { Err(ConfigError(problems)) }
}

fn one(root: &Path, file: &Path) -> Result<RuleMeta, Problem> {
    let id: Vec<_> =
        file.strip_prefix(root).unwrap_or(file).components().map(|c| c.as_os_str().to_string_lossy()).collect();
    let id = id.join("/");
    let size = fs::metadata(file).map_or(0, |meta| meta.len());
    if size > MOST_BYTES {
        return Err(Problem::whole(file, format!("is {size} bytes long: a rule has at most {MOST_BYTES}")));
    }
    let text = fs::read_to_string(file).map_err(|error| Problem::whole(file, format!("cannot be read: {error}")))?;
    let place = |line| super::Place { line, column: 1 };
    let rule = format::parse(id.trim_end_matches(".yaml"), &text)
        .map_err(|error| Problem::new(file, place(error.line), error.message))?;
    if rule.check.is_code() {
        let message = "`check: code` is for the rules that are built in: a rule of yours states its checks";
        return Err(Problem::whole(file, message));
    }
    let defaults = rule.options.iter().map(|(name, spec)| (name.clone(), spec.default.clone())).collect();
    declarative::compile(&rule, &defaults).map_err(|message| Problem::whole(file, message))?;
    Ok(rule)
}

/// The YAML files below a folder; links are not followed. False when there are too many.
fn collect(folder: &Path, deeper: usize, into: &mut Vec<PathBuf>) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && deeper > 0 && !collect(&path, deeper - 1, into) {
            return false;
        }
        if kind.is_file() && path.extension().is_some_and(|ending| ending == "yaml") {
            into.push(path);
        }
    }
    into.len() <= MOST_FILES
}
