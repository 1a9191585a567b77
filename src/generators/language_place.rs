//! Where the configuration of a site declares its language.

use super::Folder;
use crate::finding::FilePath;
use crate::source::Span;

/// The file and the place of the tag in it: on the line that begins with one of these keys and holds it.
#[must_use]
pub fn find(folder: &Folder<'_>, file: &str, keys: &[&str], tag: &str) -> Option<(FilePath, Span)> {
    let text = folder.read(file)?;
    let mut start = 0;
    let at = text.split_inclusive('\n').find_map(|line| {
        let from = start;
        start += line.len();
        let bare = line.trim_start();
        let rest = keys.iter().find_map(|key| bare.strip_prefix(key))?;
        let value = rest.trim_start().strip_prefix([':', '='])?;
        // Some generators take the tag in small letters, whatever is written.
        let at = value.to_ascii_lowercase().find(&tag.to_ascii_lowercase())?;
        Some(from + line.len() - value.len() + at)
    })?;
    Some((folder.file(file), Span::new(at, at + tag.len())))
}
