//! Which files Git LFS keeps elsewhere, as `.gitattributes` says.
//!
//! A pointer in the place of such a file only means that nobody fetched the files for this checkout: what readers see
//! depends on the build.

use crate::hash::Map;
use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};

use crate::discover::{file_name, parent};

/// The attributes of the folders that were asked about so far.
pub struct Attributes<'a> {
    base: &'a Path,
    folders: Map<String, Vec<Line>>,
}

/// One line that speaks of the filter.
struct Line {
    glob: GlobMatcher,
    /// It is about names, wherever they lie below the folder.
    of_names: bool,
    lfs: bool,
}

impl<'a> Attributes<'a> {
    /// Those of the files below this folder.
    #[must_use]
    pub fn new(base: &'a Path) -> Attributes<'a> {
        Attributes { base, folders: Map::default() }
    }

    /// True for a file (path relative to the base) that goes through Git LFS. The nearest folder that says anything wins, and
    /// in it the last line.
    pub fn keep_elsewhere(&mut self, file: &str) -> bool {
        let mut folder = parent(file);
        loop {
            let (base, name) = (self.base, file_name(file));
            let lines = self.folders.entry(folder.to_owned()).or_insert_with(|| read(base, folder));
            let below = file.get(folder.len()..).unwrap_or_default().trim_start_matches('/');
            let fits = |line: &&Line| line.glob.is_match(if line.of_names { name } else { below });
            match lines.iter().rev().find(fits) {
                Some(line) => return line.lfs,
                None if folder.is_empty() => return false,
                None => folder = parent(folder),
            }
        }
    }
}

fn read(base: &Path, folder: &str) -> Vec<Line> {
    let text = std::fs::read_to_string(base.join(folder).join(".gitattributes")).unwrap_or_default();
    text.lines().filter_map(line).collect()
}

fn line(text: &str) -> Option<Line> {
    let mut words = text.split_ascii_whitespace();
    let pattern = words.next().filter(|pattern| !pattern.starts_with(['#', '[']))?;
    let said = words.rfind(|word| {
        let word = word.trim_start_matches(['-', '!']);
        word == "filter" || word.starts_with("filter=")
    })?;
    // `[ ]` and `[[:space:]]` stand for a blank.
    let pattern = pattern.trim_matches('"').replace("[[:space:]]", " ");
    let glob = pattern.trim_start_matches('/');
    let glob = GlobBuilder::new(glob).literal_separator(true).build().ok()?.compile_matcher();
    Some(Line { glob, of_names: !pattern.contains('/'), lfs: said == "filter=lfs" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_attributes() {
        let lfs = |text: &str, path: &str| line(text).map(|line| line.glob.is_match(path) && line.lfs);
        assert_eq!(lfs("*.png filter=lfs diff=lfs merge=lfs -text", "a.png"), Some(true));
        assert_eq!(lfs("static/** filter=lfs", "static/a/b.png"), Some(true));
        assert_eq!(lfs("/a/*.png filter=lfs", "a/b/c.png"), Some(false));
        assert_eq!(lfs("*.png -filter", "a.png"), Some(false));
        assert_eq!(lfs("*.md text", "a.md"), None);
    }
}
