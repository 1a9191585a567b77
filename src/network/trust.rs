//! Whose word a file of the checkout is.
//!
//! In a run for a pull request every file of the checkout comes from whoever opened it. What decides about secrets, or
//! about what was already checked, is believed only as the branch has it that the request is for.

use std::path::Path;
use std::process::{Command, Stdio};

/// Reads a variable of the environment.
pub type Env<'e> = &'e dyn Fn(&str) -> Option<String>;

/// Whether a file decides about secrets.
///
/// # Errors
/// Why not: this is a run for a pull request, and the file is, or could be, what that brings.
pub fn is_trusted(base: &Path, file: &Path, env: Env<'_>) -> Result<(), String> {
    let Some(target) = target_branch(env) else { return Ok(()) };
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| absolute(path));
    // A link in the checkout that points outside was put there by the checkout.
    let inside = [(absolute(base), absolute(file)), (real(base), real(file)), (real(base), absolute(file))]
        .into_iter()
        .find_map(|(base, file)| file.strip_prefix(base).ok().map(Path::to_owned));
    let Some(inside) = inside else { return Ok(()) };
    let path = inside.to_string_lossy().replace('\\', "/");
    match (shown(base, &target, &path), std::fs::read_to_string(file)) {
        (Some(there), Ok(here)) if there == here => Ok(()),
        (Some(_), _) => Err(format!("this run is for a pull request, and the file is not as `{target}` has it")),
        (None, _) => {
            Err(format!("this run is for a pull request, and `{target}` does not have the file or is not at hand"))
        }
    }
}

/// The branch that a pull or merge request is for, where this is a run for one.
#[must_use]
pub fn target_branch(env: Env<'_>) -> Option<String> {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    if let Some(branch) = set("GITHUB_BASE_REF") {
        return Some(format!("origin/{branch}"));
    }
    if let Some(commit) = set("CI_MERGE_REQUEST_DIFF_BASE_SHA") {
        return Some(commit);
    }
    let named =
        ["BITBUCKET_PR_DESTINATION_BRANCH", "SYSTEM_PULLREQUEST_TARGETBRANCH", "CHANGE_TARGET", "DRONE_TARGET_BRANCH"];
    let pull = ["BITBUCKET_PR_ID", "SYSTEM_PULLREQUEST_PULLREQUESTID", "CHANGE_ID", "DRONE_PULL_REQUEST"];
    let branch = named.iter().zip(pull).find_map(|(name, pull)| set(pull).and_then(|_| set(name)))?;
    Some(format!("origin/{}", branch.trim_start_matches("refs/heads/")))
}

/// A file as a commit has it.
#[must_use]
pub fn shown(base: &Path, commit: &str, path: &str) -> Option<String> {
    // What begins with a dash would be an option.
    if commit.starts_with('-') {
        return None;
    }
    let mut git = Command::new("git");
    git.arg("-C").arg(base).args(["show", "--end-of-options"]).arg(format!("{commit}:./{path}"));
    let output = git.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
