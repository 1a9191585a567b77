//! Puts repaired texts in the place of the old ones, so that at every moment each file is wholly the old or the new.
//!
//! The new text goes to a file beside the old one and to the disk; only then it takes the old one's name. Of files that
//! belong together all new ones are on the disk before the first takes its place.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use rayon::prelude::*;

use super::disk::Disk;
use super::drafts::Change;
use super::{leftovers, place};
use crate::discover::parent;
use crate::finding::FilePath;

/// A file that was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file.
    pub file: FilePath,
    /// Why, and what to do about it, as a sentence about the file.
    pub why: String,
}

/// Writes the groups at once. `stop`: somebody wants to end; what has not begun is left.
pub fn write<D: Disk>(disk: &D, base: &Path, groups: &[Vec<&Change>], stop: &AtomicBool) -> Vec<Failure> {
    let base = base.canonicalize().unwrap_or_else(|_| base.to_path_buf());
    leftovers::remove(&base, groups.iter().flatten().map(|change| &change.file));
    let mut failures: Vec<Failure> = groups
        .par_iter()
        .flat_map_iter(|group| {
            if stop.load(Ordering::Relaxed) {
                let left = |change: &&Change| failure(change, "was left as it is: the run was interrupted".to_owned());
                return group.iter().map(left).collect();
            }
            together(disk, &base, group)
        })
        .collect();
    let folders: BTreeSet<&str> = groups.iter().flatten().map(|change| parent(&change.file)).collect();
    for folder in folders {
        // Once for all files in it. The names are in place; a folder that cannot be waited for is no reason to say otherwise.
        let _ = disk.sync_folder(&base.join(folder));
    }
    failures.sort_by(|a, b| a.file.cmp(&b.file));
    failures
}

fn failure(change: &Change, why: String) -> Failure {
    Failure { file: change.file.clone(), why: format!("`{}` {why}", change.file) }
}

/// A new text on the disk that has not taken its place.
struct Ready<'c> {
    change: &'c Change,
    path: PathBuf,
    beside: PathBuf,
}

/// Writes files that belong together.
fn together<D: Disk>(disk: &D, base: &Path, group: &[&Change]) -> Vec<Failure> {
    let mut ready: Vec<Ready<'_>> = Vec::with_capacity(group.len());
    for change in group {
        match prepare(disk, base, change) {
            Ok(one) => ready.push(one),
            Err(why) => {
                forget(disk, &ready);
                return refused(group, change, &why);
            }
        }
    }
    // All of them are looked at once more before the first is replaced.
    for one in &ready {
        if let Err(why) = unchanged(disk, one) {
            forget(disk, &ready);
            return refused(group, one.change, &why);
        }
    }
    for (number, one) in ready.iter().enumerate() {
        if let Err(error) = disk.rename(&one.beside, &one.path) {
            let (_, left) = ready.split_at(number);
            forget(disk, left);
            let why = words(&error, "replaced");
            return left.iter().map(|one| failure(one.change, why.clone())).collect();
        }
    }
    Vec::new()
}

/// The file at fault with its reason, the others because of it.
fn refused(group: &[&Change], fault: &Change, why: &str) -> Vec<Failure> {
    let told = |change: &&Change| match change.file == fault.file {
        true => failure(change, why.to_owned()),
        false => failure(
            change,
            format!("was left as it is, because `{}`, which belongs to the same repair, {why}", fault.file),
        ),
    };
    group.iter().map(told).collect()
}

fn prepare<'c, D: Disk>(disk: &D, base: &Path, change: &'c Change) -> Result<Ready<'c>, String> {
    let path = base.join(&*change.file);
    let folder = path.parent().unwrap_or(base);
    if let Some(why) = place::refuse_folder(base, folder).or_else(|| place::refuse_now(&path)) {
        return Err(why);
    }
    let (beside, mut file) = create(disk, folder).map_err(|error| words(&error, "replaced"))?;
    let one = Ready { change, path, beside };
    let written = disk
        .write(&mut file, change.after.as_bytes())
        .and_then(|()| disk.dress(&file, &one.path))
        .and_then(|()| disk.sync(&file));
    drop(file);
    match written {
        Ok(()) => Ok(one),
        Err(error) => {
            forget(disk, std::slice::from_ref(&one));
            Err(words(&error, "written"))
        }
    }
}

/// A new file in the folder, under a name that nothing else has.
fn create<D: Disk>(disk: &D, folder: &Path) -> io::Result<(PathBuf, D::File)> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(leftovers::name(std::process::id(), number));
        match disk.create(&path) {
            // Left by a run that was killed and had the same number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < u32::MAX / 2 => {}
            Err(error) => return Err(error),
            Ok(file) => return Ok((path, file)),
        }
    }
}

fn unchanged<D: Disk>(disk: &D, one: &Ready<'_>) -> Result<(), String> {
    match disk.read(&one.path) {
        Ok(bytes) if bytes == one.change.before.as_bytes() => Ok(()),
        Ok(_) => Err("was changed while postlint ran, so it was left as it is: run again".to_owned()),
        Err(error) => Err(words(&error, "read again")),
    }
}

fn forget<D: Disk>(disk: &D, ready: &[Ready<'_>]) {
    for one in ready {
        let _ = disk.remove(&one.beside);
    }
}

/// An error of the system with what to do about it.
fn words(error: &io::Error, done: &str) -> String {
    let remedy = match error.kind() {
        io::ErrorKind::PermissionDenied => "; let yourself write in its folder",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "; free some space and run again",
        io::ErrorKind::ReadOnlyFilesystem => "; run it where the file system can be written",
        _ => "",
    };
    format!("could not be {done}: {error}; it is as it was{remedy}")
}

#[cfg(test)]
mod tests;
