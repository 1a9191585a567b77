//! Looks files and pages up by the names that wiki links use. Filled by the first link that asks.

use std::sync::OnceLock;

use super::Site;
use super::facts::{Key, PageFacts};
use crate::alike::{fold, letters};
use crate::discover::{file_name, without_extension};
use crate::generators::wikilinks;
use crate::hash::Map;

/// The names.
#[derive(Debug, Default)]
pub struct NoteNames {
    files: OnceLock<Map<String, Vec<Box<str>>>>,
    other: OnceLock<Map<String, u32>>,
    alike: OnceLock<Map<String, Vec<u32>>>,
    numbered: OnceLock<Map<String, Vec<u32>>>,
}

impl NoteNames {
    /// Files of that name, compared by [`wikilinks::key`], as paths relative to the site's root.
    pub fn files(&self, site: &Site, key: &str) -> &[Box<str>] {
        let files = self.files.get_or_init(|| {
            let cut = if site.root.is_empty() { 0 } else { site.root.len() + 1 };
            let mut files: Map<String, Vec<Box<str>>> = Map::default();
            // Neither Obsidian nor Quartz sees what is hidden: `.trash/` has the notes that were thrown away.
            let is_seen = |path: &&str| !path.starts_with('.') && !path.contains("/.");
            for path in site.files.iter().filter_map(|file| file.get(cut..)).filter(is_seen) {
                files.entry(wikilinks::key(file_name(path))).or_default().push(path.into());
            }
            files
        });
        files.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// The only note whose name has the same letters, whatever signs, blanks, accents and plural are between them.
    pub fn alike<'s>(&self, site: &'s Site, name: &str) -> Option<&'s PageFacts> {
        let alike = self.alike.get_or_init(|| {
            let mut alike: Map<String, Vec<u32>> = Map::default();
            for (number, page) in (0u32..).zip(&site.pages) {
                alike.entry(letters(file_name(without_extension(&page.path)))).or_default().push(number);
            }
            alike
        });
        let letters = letters(name);
        match alike.get(&letters).map(Vec::as_slice) {
            Some([one]) if letters.chars().count() > 3 => site.page(*one),
            _ => None,
        }
    }

    /// The only note of these words with another number before them: `3,1 - Clouds` for `3 - Clouds`.
    pub fn of_other_number<'s>(&self, site: &'s Site, name: &str) -> Option<&'s PageFacts> {
        let numbered = self.numbered.get_or_init(|| {
            let mut numbered: Map<String, Vec<u32>> = Map::default();
            for (number, page) in (0u32..).zip(&site.pages) {
                if let Some(words) = behind_number(file_name(without_extension(&page.path))) {
                    numbered.entry(words).or_default().push(number);
                }
            }
            numbered
        });
        match numbered.get(&behind_number(name)?).map(Vec::as_slice) {
            Some([one]) => site.page(*one),
            _ => None,
        }
    }

    /// The page that gives itself this other name, folded.
    pub fn other_name(&self, site: &Site, name: &str) -> Option<u32> {
        let names = self.other.get_or_init(|| {
            let mut names = Map::default();
            for (number, page) in (0u32..).zip(&site.pages) {
                let keys = ["aliases", "alias"].iter().filter_map(|key| page.key(key));
                for scalar in keys.flat_map(Key::scalars) {
                    names.entry(fold(scalar.text.trim())).or_insert(number);
                }
            }
            names
        });
        names.get(name).copied()
    }
}

impl Site {
    /// The note that a wiki link surely meant which names none: files of the same name elsewhere, else the only note of
    /// nearly that name.
    #[must_use]
    pub fn notes_meant(&self, wanted: &str) -> Vec<&str> {
        let name = file_name(wanted.trim_end_matches(".md"));
        let named = |name: &str| -> Vec<&str> {
            let files = self.note_names.files(self, &wikilinks::key(name)).iter().map(|file| &**file);
            files.filter(|file| !file.starts_with('.') && !file.contains("/.")).collect()
        };
        let files = [named(&format!("{name}.md")), named(name)].concat();
        match files.is_empty() {
            true => self
                .other_name(wanted)
                .or_else(|| self.note_names.alike(self, name))
                .map(|page| &*page.path)
                .into_iter()
                .collect(),
            false => files,
        }
    }

    /// The note that gives itself this other name, where that is no name that links find.
    #[must_use]
    pub fn other_name(&self, wanted: &str) -> Option<&PageFacts> {
        self.page(self.note_names.other_name(self, &fold(wanted))?)
    }

    /// The only note of these words that has another number before them.
    #[must_use]
    pub fn note_of_other_number(&self, wanted: &str) -> Option<&PageFacts> {
        self.note_names.of_other_number(self, file_name(wanted.trim_end_matches(".md")))
    }
}

/// The letters behind the number that a name begins with; nothing where that is a date, or little follows.
fn behind_number(name: &str) -> Option<String> {
    const DATE: usize = 4;
    let all = letters(name);
    let words = all.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = all.len() - words.len();
    (digits > 0 && digits < DATE && words.chars().count() > 5).then(|| words.to_owned())
}
