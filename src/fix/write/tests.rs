//! Every step of writing fails once: the file is the old or the new, whole, and nothing is left beside it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::super::disk::{Disk, Real};
use super::super::drafts::Change;
use super::super::patch::Patch;
use super::*;

/// The machine's own, but for one step.
struct Failing {
    step: AtomicU32,
    fails: u32,
    error: io::ErrorKind,
}

impl Failing {
    fn at(fails: u32, error: io::ErrorKind) -> Self {
        Failing { step: AtomicU32::new(0), fails, error }
    }

    /// The next step; an error if it is the one.
    fn step(&self) -> io::Result<()> {
        let number = self.step.fetch_add(1, Ordering::SeqCst) + 1;
        if number == self.fails { Err(self.error.into()) } else { Ok(()) }
    }
}

impl Disk for Failing {
    type File = File;

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step().and_then(|()| Real.read(path))
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        self.step().and_then(|()| Real.create(path))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        // A full disk takes a part.
        self.step().or_else(|error| file.write_all(&bytes[..bytes.len() / 2]).and(Err(error)))?;
        Real.write(file, bytes)
    }

    fn dress(&self, file: &File, like: &Path) -> io::Result<()> {
        self.step().and_then(|()| Real.dress(file, like))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.step().and_then(|()| Real.sync(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| Real.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Real.remove(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Real.sync_folder(path))
    }
}

fn change(file: &str, before: &str, after: &str) -> Change {
    Change { file: file.into(), before: before.to_owned(), after: after.to_owned(), patch: Patch::default() }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn whatever_fails_each_file_is_old_or_new() {
    let (old, new) = ("old text\r\n".repeat(50), "new text\r\n".repeat(60));
    let together = [change("a.md", &old, &new), change("b.md", &old, &new)];
    let group: Vec<Vec<&Change>> = vec![together.iter().collect()];
    for error in [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied, io::ErrorKind::Other] {
        for fails in 1.. {
            let folder = tempfile::tempdir().unwrap();
            for file in ["a.md", "b.md"] {
                fs::write(folder.path().join(file), &old).unwrap();
            }
            let disk = Failing::at(fails, error);
            let failures = write(&disk, folder.path(), &group, &AtomicBool::new(false));
            assert_eq!(names(folder.path()), ["a.md", "b.md"], "step {fails}");
            for file in ["a.md", "b.md"] {
                let text = fs::read_to_string(folder.path().join(file)).unwrap();
                let told = failures.iter().any(|failure| &*failure.file == file);
                assert!(text == if told { old.as_str() } else { new.as_str() }, "{file} after step {fails}");
            }
            if disk.step.load(Ordering::SeqCst) < fails {
                assert!(fails > 12, "two files are created, written, dressed, synced, read and renamed");
                break;
            }
        }
    }
}

#[test]
fn who_changed_a_file_meanwhile_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, "somebody else's").unwrap();
    let change = change("a.md", "old", "new");
    let failures = write(&Real, folder.path(), &[vec![&change]], &AtomicBool::new(false));
    assert_eq!(failures.len(), 1);
    assert!(failures[0].why.contains("changed while postlint ran"), "{}", failures[0].why);
    assert_eq!(fs::read_to_string(&path).unwrap(), "somebody else's");
    assert_eq!(names(folder.path()), ["a.md"]);
}

#[test]
fn after_an_interruption_nothing_is_begun() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "old").unwrap();
    let change = change("a.md", "old", "new");
    let failures = write(&Real, folder.path(), &[vec![&change]], &AtomicBool::new(true));
    assert_eq!(failures.len(), 1);
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), "old");
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = |name: &str| folder.path().join(name);
    fs::write(outside.path().join("secret"), "old").unwrap();
    fs::write(at("mode.md"), "old").unwrap();
    fs::set_permissions(at("mode.md"), fs::Permissions::from_mode(0o754)).unwrap();
    fs::write(at("readonly.md"), "old").unwrap();
    fs::set_permissions(at("readonly.md"), fs::Permissions::from_mode(0o444)).unwrap();
    symlink(outside.path().join("secret"), at("link.md")).unwrap();
    symlink(outside.path(), at("folder")).unwrap();
    let changes: Vec<Change> =
        ["mode.md", "readonly.md", "link.md", "folder/secret"].map(|file| change(file, "old", "new")).into();
    let groups: Vec<Vec<&Change>> = changes.iter().map(|change| vec![change]).collect();
    let failures = write(&Real, folder.path(), &groups, &AtomicBool::new(false));
    let failed: Vec<&str> = failures.iter().map(|failure| &*failure.file).collect();
    assert_eq!(failed, ["folder/secret", "link.md", "readonly.md"]);
    assert_eq!(fs::read_to_string(outside.path().join("secret")).unwrap(), "old");
    assert_eq!(fs::metadata(at("mode.md")).unwrap().permissions().mode() & 0o777, 0o754);
    assert_eq!(fs::read_to_string(at("mode.md")).unwrap(), "new");
    assert!(names(folder.path()).iter().all(|name| !name.starts_with(".postlint")));
}
