//! Which file is which piece of content: languages, sections, bundles, dates in names.
//!
//! Source: `components/content/src/{file_info,page,section}.rs`, `components/site/src/lib.rs` (`load`).

use crate::hash::Set;

use super::config::Config;
use crate::discover::{file_name, parent};
use crate::generators::{Folder, config_file, values};
use crate::page::front_matter;

/// The folder of content.
pub const CONTENT: &str = "content";

/// What a content file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `_index.md`: the page of a folder.
    Section,
    /// `index.md`: a page whose folder belongs to it.
    Bundle,
    /// Any other name.
    Single,
}

/// A content file's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<'a> {
    /// Its folder below `content`, `""` at the root.
    pub folder: &'a str,
    /// Its name without language and extension.
    pub stem: &'a str,
    /// The language that its name says, where it is not the default.
    pub language: Option<&'a str>,
    /// What it is.
    pub form: Form,
}

/// A Markdown file's place; nothing for what Zola does not read as content.
#[must_use]
pub fn locate<'a>(path: &'a str, config: &Config) -> Option<Located<'a>> {
    let inside = path.strip_prefix(CONTENT)?.strip_prefix('/')?;
    let name = file_name(inside);
    let full = name.strip_suffix(".md").filter(|_| !name.starts_with('.'))?;
    if config.ignores(path) {
        return None;
    }
    let known = |code: &&str| config.others.iter().any(|other| other == code);
    // The language begins at the first dot, and names of sites in several languages have no other.
    let (stem, language) = match full.split_once('.') {
        Some((stem, code)) if known(&code) => (stem, Some(code)),
        // The code of the default language stays part of the name.
        _ => (full, None),
    };
    let form = match stem {
        "_index" => Form::Section,
        "index" => Form::Bundle,
        _ if stem.starts_with("_index.") => return None,
        _ => Form::Single,
    };
    Some(Located { folder: parent(inside), stem, language, form })
}

/// `2020-01-02-name`, `2020-01-02T10:00:00Z_name` → (date, name); the name is empty where nothing follows.
#[must_use]
pub fn dated(stem: &str) -> Option<(&str, &str)> {
    let bytes = stem.as_bytes();
    let shape = |from: usize, pattern: &str| {
        let slice = bytes.get(from..from + pattern.len());
        slice.is_some_and(|slice| {
            slice.iter().zip(pattern.bytes()).all(|(b, p)| if p == b'0' { b.is_ascii_digit() } else { *b == p })
        })
    };
    let within = |from: usize, least: u8, most: u8| {
        let number = stem.get(from..from + 2).and_then(|two| two.parse::<u8>().ok());
        number.is_some_and(|number| (least..=most).contains(&number))
    };
    if !shape(0, "0000-00-00") || !within(5, 1, 12) || !within(8, 1, 31) {
        return None;
    }
    let mut end = 10;
    if shape(10, "T00:00:00") && within(11, 0, 23) && within(14, 0, 59) && within(17, 0, 60) {
        end = 19;
        if bytes.get(end) == Some(&b'.') {
            end += 1 + bytes.iter().skip(end + 1).take_while(|b| b.is_ascii_digit()).count();
        }
        match bytes.get(end) {
            Some(b'Z') => end += 1,
            Some(b'+' | b'-') if shape(end + 1, "00:00") => end += 6,
            _ => end = 10,
        }
    }
    let (date, rest) = stem.split_at_checked(end)?;
    let after = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
    Some((date, after.strip_prefix(['_', '-']).unwrap_or_default()))
}

/// Folders that matter as a whole.
#[derive(Debug, Default)]
pub struct Content {
    /// Folders (below `content`) with an `index.md`.
    bundles: Set<String>,
    /// Folders with an `_index.md`.
    sections: Set<String>,
    /// Folders whose section is a draft: nothing below them is read.
    drafts: Set<String>,
}

impl Content {
    /// Looks at the site's files.
    #[must_use]
    pub fn read(folder: &Folder<'_>, config: &Config) -> Content {
        let mut content = Content::default();
        for path in folder.below(CONTENT) {
            let Some(at) = locate(path, config) else { continue };
            match at.form {
                Form::Single => {}
                Form::Bundle => drop(content.bundles.insert(at.folder.to_owned())),
                Form::Section => {
                    content.sections.insert(at.folder.to_owned());
                    if folder.read(path).is_some_and(|text| text.contains("draft") && is_draft(&text)) {
                        content.drafts.insert(at.folder.to_owned());
                    }
                }
            }
        }
        content
    }

    /// The bundle that a file in this folder belongs to: its own, else the nearest one above.
    #[must_use]
    pub fn bundle<'f>(&self, folder: &'f str) -> Option<&'f str> {
        around(folder).find(|outer| !outer.is_empty() && self.bundles.contains(*outer))
    }

    /// True when the folder has an `_index.md`.
    #[must_use]
    pub fn is_section(&self, folder: &str) -> bool {
        folder.is_empty() || self.sections.contains(folder)
    }

    /// True when a section around this folder is a draft.
    #[must_use]
    pub fn is_in_draft(&self, folder: &str) -> bool {
        !self.drafts.is_empty() && around(folder).any(|outer| self.drafts.contains(outer))
    }
}

/// A folder and all around it, the innermost first.
fn around(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |inner| if inner.is_empty() { None } else { Some(parent(inner)) })
}

fn is_draft(text: &str) -> bool {
    let Some(front) = front_matter::find(text, true) else { return false };
    values::flag(config_file::object(&front, text).get("draft")) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_names() {
        assert_eq!(dated("2018-10-08_hello"), Some(("2018-10-08", "hello")));
        assert_eq!(dated("2018-10-02T15:00:00Z-hello"), Some(("2018-10-02T15:00:00Z", "hello")));
        assert_eq!(dated("2018-10-02T15:00:00+02:00-a"), Some(("2018-10-02T15:00:00+02:00", "a")));
        assert_eq!(dated("2018-10-08 - a"), Some(("2018-10-08", " a")));
        assert_eq!(dated("2018-10-08"), Some(("2018-10-08", "")));
        assert_eq!(dated("été-2018-10-08"), None);
        assert_eq!(dated("2018-13-08-a"), None);
    }
}
