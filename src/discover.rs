//! Which files there are.
//!
//! The tree is walked once, from the repository's root, and kept as names only: every later question ("does this
//! image exist?", "does it exist in another case?") is a look-up here and never a system call.

mod paths;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use ignore::{WalkBuilder, WalkState};

use crate::alike::{self, Alike};
use crate::finding::FilePath;
use crate::git::Git;
use crate::hash::Set;
pub use paths::{extension, file_name, first_part, inside, is_image, join, parent, without_extension};

/// Folders that no generator publishes and that may be huge.
const NEVER: [&str; 4] = [".git", "node_modules", ".jekyll-cache", ".sass-cache"];

/// A name on disk that could not be taken up, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Its path relative to the base, made readable where it is not Unicode.
    pub path: FilePath,
    /// Why, as the end of a sentence: "it is a symbolic link to nothing".
    pub why: String,
}

impl Skipped {
    /// True for a symbolic link: what lies behind it is not looked at.
    #[must_use]
    pub fn is_link(&self) -> bool {
        self.why.starts_with("it is a symbolic link")
    }
}

/// All files below the base folder (the repository's root), by name.
#[derive(Debug)]
pub struct Tree {
    base: PathBuf,
    files: Vec<FilePath>,
    folders: Set<FilePath>,
    skipped: Vec<Skipped>,
    by_path: OnceLock<Alike>,
    by_name: OnceLock<Alike>,
}

impl Tree {
    /// Walks `base`, honouring ignore files (`.gitignore`, `.ignore`, git's own excludes). Symbolic links are taken as
    /// the files that they lead to when these lie inside `base`; others are [`Skipped`].
    #[must_use]
    pub fn walk(base: &Path, threads: usize) -> Tree {
        let found: Mutex<(Vec<FilePath>, Vec<Skipped>)> = Mutex::default();
        let real_base = base.canonicalize().unwrap_or_else(|_| base.to_path_buf());
        WalkBuilder::new(base)
            .hidden(false)
            .require_git(false)
            .threads(threads)
            .filter_entry(|entry| {
                let name = entry.file_name();
                entry.depth() == 0 || !NEVER.iter().any(|never| name == *never)
            })
            .build_parallel()
            .run(|| {
                let mut local = Local { files: Vec::new(), skipped: Vec::new(), into: &found };
                let real_base = &real_base;
                Box::new(move |entry| {
                    match entry {
                        Ok(entry) => local.take(base, real_base, &entry),
                        Err(error) => local.refuse(base, &error),
                    }
                    WalkState::Continue
                })
            });
        let (files, skipped) = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        Tree::from_names(base.to_path_buf(), files, skipped)
    }

    /// A tree of the given names, relative to `base` and with `/`.
    #[must_use]
    pub fn from_names(base: PathBuf, mut files: Vec<FilePath>, mut skipped: Vec<Skipped>) -> Tree {
        files.sort_unstable();
        files.dedup();
        skipped.sort();
        let mut folders: Set<FilePath> = Set::default();
        for file in &files {
            let mut folder = parent(file);
            while !folder.is_empty() && !folders.contains(folder) {
                folders.insert(folder.into());
                folder = parent(folder);
            }
        }
        Tree { base, files, folders, skipped, by_path: OnceLock::new(), by_name: OnceLock::new() }
    }

    /// The same with the files that an ignore file names and git has all the same: whoever checks the repository out gets
    /// them. Without an ignore file nothing is asked.
    #[must_use]
    pub fn with_tracked(self, git: &Git) -> Tree {
        // Such a file may name itself.
        let ignores = self.files.iter().any(|file| file_name(file) == ".gitignore");
        if !ignores && !self.base.join(".gitignore").is_file() {
            return self;
        }
        let never = |path: &str| path.split('/').any(|part| NEVER.contains(&part));
        let forced = git.forced(|path| self.has_file(path) || never(path));
        if forced.is_empty() {
            return self;
        }
        let files = self.files.into_iter().chain(forced.into_iter().map(FilePath::from)).collect();
        Tree::from_names(self.base, files, self.skipped)
    }

    /// The folder that all paths are relative to.
    #[must_use]
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// Every file, sorted by path.
    #[must_use]
    pub fn files(&self) -> &[FilePath] {
        &self.files
    }

    /// The files below a folder (`""` for all), sorted by path.
    #[must_use]
    pub fn below(&self, folder: &str) -> &[FilePath] {
        if folder.is_empty() {
            return &self.files;
        }
        // Names such as `docs-old/x` and `docs.md` sort around `docs/x`: cut exactly at the prefix.
        let prefix = format!("{folder}/");
        let start = self.files.partition_point(|file| &**file < prefix.as_str());
        let inside = self.files.get(start..).unwrap_or_default();
        let end = inside.partition_point(|file| file.starts_with(&prefix));
        inside.get(..end).unwrap_or_default()
    }

    /// What could not be taken up.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// True when the file exists under exactly this name.
    #[must_use]
    pub fn has_file(&self, path: &str) -> bool {
        self.file(path).is_some()
    }

    /// The shared copy of a path, when that file exists under exactly this name.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&FilePath> {
        let at = self.files.binary_search_by(|file| (**file).cmp(path)).ok()?;
        self.files.get(at)
    }

    /// True when the folder holds at least one file at any depth.
    #[must_use]
    pub fn has_folder(&self, path: &str) -> bool {
        path.is_empty() || self.folders.contains(path)
    }

    /// Every folder that holds at least one file at any depth, in no order.
    pub fn folders(&self) -> impl Iterator<Item = &FilePath> {
        self.folders.iter()
    }

    /// Files whose path differs from `path` at most in letter case or Unicode form.
    #[must_use]
    pub fn alike(&self, path: &str) -> Vec<&FilePath> {
        let by_path = self.by_path.get_or_init(|| Alike::of(self.files.iter().map(|file| &**file)));
        let files = by_path.candidates(path).filter_map(|at| self.files.get(at));
        files.filter(|file| alike::same(file, path)).collect()
    }

    /// Files of that name (the last part of the path, folded) anywhere in the tree.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<&FilePath> {
        let by_name = self.by_name.get_or_init(|| Alike::of(self.files.iter().map(|file| file_name(file))));
        let files = by_name.candidates(name).filter_map(|at| self.files.get(at));
        files.filter(|file| alike::same(file_name(file), name)).collect()
    }
}

/// What one walking thread has found; handed over when the thread is done.
struct Local<'a> {
    files: Vec<FilePath>,
    skipped: Vec<Skipped>,
    into: &'a Mutex<(Vec<FilePath>, Vec<Skipped>)>,
}

impl Local<'_> {
    fn take(&mut self, base: &Path, real_base: &Path, entry: &ignore::DirEntry) {
        let Some(kind) = entry.file_type() else { return };
        if kind.is_dir() {
            return;
        }
        let Some(relative) = below(entry.path(), base) else { return };
        let Some(path) = written(relative) else {
            self.skip(relative, "its name is not valid Unicode");
            return;
        };
        if kind.is_symlink() {
            match entry.path().canonicalize() {
                Err(_) => return self.skip(relative, "it is a symbolic link to nothing"),
                Ok(real) if !real.starts_with(real_base) => {
                    return self.skip(relative, "it is a symbolic link that leaves the repository");
                }
                Ok(real) if real.is_dir() => return self.skip(relative, "it is a symbolic link to a folder"),
                Ok(_) => {}
            }
        } else if !kind.is_file() {
            return self.skip(relative, "it is no ordinary file");
        }
        self.files.push(path.into());
    }

    fn skip(&mut self, path: &Path, why: &str) {
        self.skipped.push(Skipped { path: path.to_string_lossy().replace('\\', "/").into(), why: why.to_owned() });
    }

    fn refuse(&mut self, base: &Path, error: &ignore::Error) {
        let path = path_of(error).map_or_else(String::new, |path| {
            path.strip_prefix(base).unwrap_or(path).to_string_lossy().replace('\\', "/")
        });
        let why = match error.io_error() {
            Some(io) => format!("it cannot be listed ({io})"),
            None => error.to_string(),
        };
        self.skipped.push(Skipped { path: path.into(), why });
    }
}

impl Drop for Local<'_> {
    fn drop(&mut self) {
        let mut into = self.into.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        into.0.append(&mut self.files);
        into.1.append(&mut self.skipped);
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// The same as [`slashed`] for a path that a walk found, which has no `.` and no double `/` in it.
fn written(path: &Path) -> Option<std::borrow::Cow<'_, str>> {
    match std::path::MAIN_SEPARATOR {
        '/' => Some(path.to_str()?.into()),
        _ => slashed(path).map(Into::into),
    }
}

/// A path that the walk found, relative to where it began. It is made by joining names to that, so that the parts of both
/// need not be compared one by one, unless one is not Unicode.
fn below<'p>(path: &'p Path, base: &Path) -> Option<&'p Path> {
    let as_text = || path.to_str()?.strip_prefix(base.to_str()?)?.strip_prefix(std::path::MAIN_SEPARATOR);
    as_text().map(Path::new).or_else(|| path.strip_prefix(base).ok())
}

/// A relative path with `/`, or nothing when it is not Unicode.
#[must_use]
pub fn slashed(path: &Path) -> Option<String> {
    let mut out = String::new();
    for part in path.components() {
        if !out.is_empty() {
            out.push('/');
        }
        out.push_str(part.as_os_str().to_str()?);
    }
    Some(out)
}

/// The repository that holds `start` (the nearest folder above it with a `.git`), if any.
#[must_use]
pub fn repository(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    start.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
}

/// Makes a [`FilePath`].
#[must_use]
pub fn file_path(path: &str) -> FilePath {
    Arc::from(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(names: &[&str]) -> Tree {
        Tree::from_names(PathBuf::new(), names.iter().map(|n| file_path(n)).collect(), Vec::new())
    }

    #[test]
    fn a_folder_is_not_its_neighbour() {
        let tree = tree(&["docs-old/a.md", "docs.md", "docs/b.md", "docs/c/d.md", "docs0"]);
        let below: Vec<&str> = tree.below("docs").iter().map(|f| &**f).collect();
        assert_eq!(below, ["docs/b.md", "docs/c/d.md"]);
        assert!(tree.has_folder("docs/c") && !tree.has_folder("doc"));
    }

    #[test]
    fn names_that_differ_in_case_or_unicode_form_are_alike() {
        let tree = tree(&["a/Caf\u{e9}.PNG"]);
        assert_eq!(tree.alike("A/cafe\u{301}.png").len(), 1);
        assert_eq!(tree.named("CAF\u{c9}.png").len(), 1);
        assert!(tree.alike("a/cafe.png").is_empty());
    }
}
