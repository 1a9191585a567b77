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

/// The ignore files of the site's root and of the folders above it.
pub(super) fn of(site: &Site, tree: &Tree) -> Vec<Ignored> {
    let mut found = Vec::new();
    let mut folder = site.root.as_str();
    loop {
        let file = join(folder, ".gitignore");
        if tree.has_file(&file)
            && let Ok(text) = std::fs::read_to_string(tree.base().join(&file))
        {
            let mut builder = GitignoreBuilder::new("");
            for line in text.lines().filter(|line| !names_nothing(line)) {
                // A line that is no pattern is ignored by git too.
                let _ = builder.add_line(None, line);
            }
            found.extend(builder.build().ok().map(|patterns| Ignored { base: folder.to_owned(), text, patterns }));
        }
        if folder.is_empty() {
            return found;
        }
        folder = parent(folder);
    }
}
