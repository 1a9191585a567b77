//! The texts of a repair while it goes on: what each changed file was, what it is to be, and the way from the one to the
//! other. Nothing here is written to disk.

use crate::hash::{Map, Set};

use super::patch::Patch;
use super::place::Places;
use super::plan::Repair;
use crate::engine::Request;
use crate::finding::FilePath;
use crate::outcome::FileStamp;

/// A file with its text before and after.
#[derive(Debug, Clone)]
pub struct Change {
    /// The file.
    pub file: FilePath,
    /// As it is on disk (or came on standard input).
    pub before: String,
    /// As it shall be.
    pub after: String,
    /// From the one to the other.
    pub patch: Patch,
}

/// The changed files; their present texts stand in [`Request::memory`], where the pipeline reads them.
pub struct Drafts {
    /// The texts before the first repair.
    originals: Map<FilePath, String>,
    /// From those to the present ones.
    patches: Map<FilePath, Patch>,
    /// Files that one repair changed together.
    together: Vec<Vec<FilePath>>,
    places: Places,
}

impl Drafts {
    /// Nothing is changed yet.
    pub fn new(request: &Request<'_>) -> Self {
        let places = Places::new(&request.base, request.memory.keys().cloned().collect());
        Drafts { originals: Map::default(), patches: Map::default(), together: Vec::new(), places }
    }

    /// From the texts on disk to the present ones.
    pub fn patches(&self) -> &Map<FilePath, Patch> {
        &self.patches
    }

    /// Files that are written together or not at all, as far as a file system can do that.
    pub fn together(&self) -> &[Vec<FilePath>] {
        &self.together
    }

    /// Why the file cannot be changed; its text is at hand otherwise. `stamp`: what was checked.
    pub fn unready(&mut self, file: &FilePath, stamp: Option<FileStamp>, request: &Request<'_>) -> Option<String> {
        if request.memory.contains_key(file) {
            return None;
        }
        if let Some(why) = self.places.refuse(file) {
            return Some(why);
        }
        let Some(stamp) = stamp else { return Some(format!("`{file}` is no page that was checked")) };
        match self.places.read(file, stamp) {
            Ok(text) => {
                self.originals.insert(file.clone(), text);
                None
            }
            Err(why) => Some(why),
        }
    }

    /// The present text of a file that is ready.
    pub fn text<'t>(&'t self, file: &FilePath, request: &'t Request<'_>) -> Option<&'t String> {
        request.memory.get(file).or_else(|| self.originals.get(file))
    }

    /// Puts new texts in the place of the present ones, which are returned.
    pub fn try_out(&self, texts: Map<FilePath, String>, request: &mut Request<'_>) -> Map<FilePath, String> {
        let put = |(file, text): (FilePath, String)| {
            let old = request.memory.insert(file.clone(), text);
            let old = old.or_else(|| self.originals.get(&file).cloned())?;
            Some((file, old))
        };
        texts.into_iter().filter_map(put).collect()
    }

    /// Takes back what was tried out.
    pub fn take_back(&self, before: Map<FilePath, String>, request: &mut Request<'_>) {
        for (file, old) in before {
            match self.patches.contains_key(&file) || !self.places.is_on_disk(&file) {
                true => drop(request.memory.insert(file, old)),
                false => drop(request.memory.remove(&file)),
            }
        }
    }

    /// Adds what was tried out to what was done before.
    pub fn keep(&mut self, batch: &[Repair], patches: Map<FilePath, Patch>, mut before: Map<FilePath, String>) {
        for (file, patch) in patches {
            let Some(middle) = before.remove(&file) else { continue };
            self.originals.entry(file.clone()).or_insert_with(|| middle.clone());
            let whole = match self.patches.remove(&file) {
                Some(earlier) => earlier.then(&patch, &middle).unwrap_or(earlier),
                None => patch,
            };
            self.patches.insert(file, whole);
        }
        for repair in batch {
            let mut files: Vec<FilePath> = repair.fix.edits.iter().map(|edit| edit.file.clone()).collect();
            files.dedup();
            if files.len() > 1 {
                self.together.push(files);
            }
        }
    }

    /// These files and all that were changed together with one of them.
    pub fn with_companions(&self, mut files: Set<FilePath>) -> Set<FilePath> {
        loop {
            let known = files.len();
            for group in &self.together {
                if group.iter().any(|file| files.contains(file)) {
                    files.extend(group.iter().cloned());
                }
            }
            if files.len() == known {
                return files;
            }
        }
    }

    /// Forgets everything that was done to a file.
    pub fn forget(&mut self, file: &FilePath, request: &mut Request<'_>) {
        self.patches.remove(file);
        match self.places.is_on_disk(file) {
            true => drop(request.memory.remove(file)),
            false => {
                if let Some(text) = self.originals.get(file) {
                    request.memory.insert(file.clone(), text.clone());
                }
            }
        }
    }

    /// What is to be written, in the order of paths.
    #[must_use]
    pub fn changes(&self, request: &Request<'_>) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for (file, patch) in &self.patches {
            let (Some(before), Some(after)) = (self.originals.get(file), request.memory.get(file)) else {
                continue;
            };
            if before != after {
                let (before, after) = (before.clone(), after.clone());
                changes.push(Change { file: file.clone(), before, after, patch: patch.clone() });
            }
        }
        changes.sort_by(|a, b| a.file.cmp(&b.file));
        changes
    }
}
