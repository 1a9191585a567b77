//! The files of one site, as its generator sees them: from the site's root.

use crate::discover::{Tree, join};
use crate::finding::FilePath;

/// The root of a site in the tree.
#[derive(Clone, Copy)]
pub struct Folder<'a> {
    /// All files.
    pub tree: &'a Tree,
    /// The root's path, `""` at the top.
    pub root: &'a str,
}

impl<'a> Folder<'a> {
    /// True when the file exists.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.tree.has_file(&join(self.root, path))
    }

    /// True when the folder exists and is not empty.
    #[must_use]
    pub fn has_folder(&self, path: &str) -> bool {
        self.tree.has_folder(&join(self.root, path))
    }

    /// Paths below a folder of the root, relative to the root.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let cut = if self.root.is_empty() { 0 } else { self.root.len() + 1 };
        self.tree.below(&join(self.root, folder)).iter().filter_map(move |file| file.get(cut..))
    }

    /// The text of a small file (configuration, data: at most 4 MB), if it exists and is UTF-8.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<String> {
        let path = join(self.root, path);
        self.tree.file(&path)?;
        let full = self.tree.base().join(&path);
        let fits = std::fs::metadata(&full).is_ok_and(|meta| meta.is_file() && meta.len() <= 4 << 20);
        if fits { std::fs::read_to_string(full).ok() } else { None }
    }

    /// The path of a file relative to the tree's base.
    #[must_use]
    pub fn file(&self, path: &str) -> FilePath {
        join(self.root, path).into()
    }
}
