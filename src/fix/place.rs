//! Which files may be written: ordinary files of this repository, reached without a symbolic link.
//!
//! A page in a pull request is hostile input: a link named `post.md` that leads to `~/.bashrc` must not be repaired.

use crate::hash::{Map, Set};
use std::fs;
use std::path::{Path, PathBuf};

use crate::finding::FilePath;
use crate::outcome::FileStamp;

/// The files below one folder, with what was found out about their folders.
pub struct Places {
    base: PathBuf,
    /// Files that only exist as text (standard input).
    texts: Set<FilePath>,
    folders: Map<PathBuf, Option<String>>,
}

impl Places {
    /// The files below `base`; `texts` stand for files and are never written.
    pub fn new(base: &Path, texts: Set<FilePath>) -> Places {
        let base = base.canonicalize().unwrap_or_else(|_| base.to_path_buf());
        Places { base, texts, folders: Map::default() }
    }

    /// True when the file is one on disk.
    pub fn is_on_disk(&self, file: &FilePath) -> bool {
        !self.texts.contains(file)
    }

    /// Why the file may not be written, as a sentence about it.
    pub fn refuse(&mut self, file: &FilePath) -> Option<String> {
        let path = self.base.join(&**file);
        let folder = path.parent().unwrap_or(&self.base).to_path_buf();
        let base = &self.base;
        let why = self.folders.entry(folder.clone()).or_insert_with(|| refuse_folder(base, &folder));
        why.clone().or_else(|| refuse_file(&path)).map(|why| format!("`{file}` {why}"))
    }

    /// The text of a file if it still is what was checked.
    pub fn read(&self, file: &FilePath, stamp: FileStamp) -> Result<String, String> {
        let bytes = fs::read(self.base.join(&**file)).map_err(|error| format!("`{file}` cannot be read: {error}"))?;
        let text = (FileStamp::of(&bytes) == stamp).then(|| String::from_utf8(bytes).ok()).flatten();
        text.ok_or_else(|| format!("`{file}` was changed while postlint ran; run it again"))
    }
}

/// Why a file may not be written, as the end of a sentence.
pub fn refuse_file(path: &Path) -> Option<String> {
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(error) => return Some(format!("cannot be looked at: {error}")),
    };
    if meta.is_symlink() {
        return Some(
            "is a symbolic link, and nothing is written through one: repair the file that it leads to, and run again"
                .to_owned(),
        );
    }
    if !meta.is_file() {
        return Some("is no ordinary file".to_owned());
    }
    None
}

/// The same for a file that is about to be written: one that may not be written is left, though its folder would allow it.
pub fn refuse_now(path: &Path) -> Option<String> {
    let readonly = || {
        let readonly = fs::symlink_metadata(path).is_ok_and(|meta| meta.permissions().readonly());
        readonly.then(|| "is read-only: make it writable (`chmod u+w`) and run again".to_owned())
    };
    refuse_file(path).or_else(readonly)
}

/// Why nothing in the folder may be written, as the end of a sentence.
pub fn refuse_folder(base: &Path, folder: &Path) -> Option<String> {
    // Another spelling of the same folder means a link on the way.
    if !folder.canonicalize().is_ok_and(|real| real == folder) || !folder.starts_with(base) {
        return Some("is reached through a symbolic link: repair it where it really lies".to_owned());
    }
    let mut inside = folder;
    while inside != base {
        if inside.join(".git").exists() {
            return Some("belongs to another repository (a submodule): repair it there".to_owned());
        }
        inside = inside.parent()?;
    }
    None
}
