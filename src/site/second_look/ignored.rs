//! The ignore files of a site, for whoever asks what the repository leaves out.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::discover::{Tree, join, parent};
use crate::site::Site;

/// One ignore file.
pub(super) struct Ignored {
    /// Its folder, relative to the base.
    pub base: String,
    pub text: String,
    pub patterns: Gitignore,
}

impl Ignored {
    /// The path below the file's folder, of one that is relative to the base.
    pub fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.base.is_empty() { Some(path) } else { path.strip_prefix(self.base.as_str())?.strip_prefix('/') }
    }
}

/// True for `/*`, `*`, `*.*`: an ignore file that begins so is a list of what belongs to the site (`!content/` follows), and
/// says nothing about what is not there.
pub(super) fn names_nothing(line: &str) -> bool {
    let line = line.trim();
    line.contains('*') && line.bytes().all(|byte| matches!(byte, b'*' | b'/' | b'.' | b'?'))
}

/// The ignore files of the site's root, of the folders above it and of those below it.
pub(super) fn of(site: &Site, tree: &Tree) -> Vec<Ignored> {
    /// So many are read below.
    const MOST: usize = 50;
    let mut found = Vec::new();
    let mut folder = site.root.as_str();
    loop {
        found.extend(one(tree, folder));
        if folder.is_empty() {
            break;
        }
        folder = parent(folder);
    }
    let folders = tree.named(".gitignore").into_iter().map(|file| parent(file));
    let is_below = |folder: &&str| {
        let inside = site.root.is_empty() || folder.strip_prefix(&*site.root).is_some_and(|rest| rest.starts_with('/'));
        inside && !folder.is_empty() && *folder != site.root
    };
    found.extend(folders.filter(is_below).take(MOST).filter_map(|folder| one(tree, folder)));
    found
}

/// The ignore file of a folder.
fn one(tree: &Tree, folder: &str) -> Option<Ignored> {
    let file = join(folder, ".gitignore");
    let text = std::fs::read_to_string(tree.base().join(&file)).ok().filter(|_| tree.has_file(&file))?;
    let mut builder = GitignoreBuilder::new("");
    for line in text.lines().filter(|line| !names_nothing(line)) {
        // A line that is no pattern is ignored by git too.
        let _ = builder.add_line(None, line);
    }
    Some(Ignored { base: folder.to_owned(), patterns: builder.build().ok()?, text })
}
