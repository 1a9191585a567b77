//! Which folder a run takes place in: all that lies in it is known to the rules, and every path is told from there.

use std::path::{Path, PathBuf};

use crate::config;
use crate::discover::repository;
use crate::generators::ALL;

/// The repository of `start`; outside one, the current folder where it is above all of `paths`, else the folder that holds
/// them. But nobody's whole home or disk is looked through because a site in it was named: there it is that site.
///
/// # Errors
/// When a path cannot be followed.
pub fn of(start: &Path, paths: &[PathBuf], current: &Path) -> std::io::Result<PathBuf> {
    if let Some(repository) = repository(start) {
        return Ok(repository);
    }
    let mut shared = folder_of(start)?;
    for path in paths {
        let folder = folder_of(path)?;
        while !folder.starts_with(&shared) && shared.pop() {}
    }
    let current = current.canonicalize()?;
    let Ok(below) = shared.strip_prefix(&current) else { return Ok(shared) };
    if !is_of_everything(&current) {
        return Ok(current);
    }
    // From there down to what holds all paths: the site around them, else the first folder.
    let parts = below.iter().scan(current.clone(), |folder, part| {
        folder.push(part);
        Some(folder.clone())
    });
    let folders: Vec<PathBuf> = parts.collect();
    let site = folders.iter().find(|folder| is_marked(folder)).or(folders.first()).cloned();
    Ok(site.unwrap_or(current))
}

/// The folder itself, or that of a file.
///
/// # Errors
/// When the path cannot be followed.
pub fn folder_of(path: &Path) -> std::io::Result<PathBuf> {
    let path = path.canonicalize()?;
    Ok(match path.parent() {
        Some(parent) if !path.is_dir() => parent.to_path_buf(),
        _ => path,
    })
}

/// True where a configuration lies, of ours or of a generator.
fn is_marked(folder: &Path) -> bool {
    let markers = ALL.iter().flat_map(|generator| generator.data().markers.iter().map(String::as_str));
    markers.chain(config::layers::NAMES).any(|marker| folder.join(marker).exists())
}

/// True for folders in which everything of a person or of a machine lies.
fn is_of_everything(folder: &Path) -> bool {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    let is_home = home.and_then(|home| Path::new(&home).canonicalize().ok()).is_some_and(|home| home == folder);
    let temporary = std::env::temp_dir().canonicalize().is_ok_and(|temporary| temporary == folder);
    is_home || temporary || folder.parent().is_none()
}
