//! Folders that are in another language than the site is declared as, by what is in them.
//!
//! Where nearly all pages of a folder are in one other language, the folder is that language's, whatever it is called and
//! whoever knows: layouts do, `content/cn` beside an English blog is no slip made a thousand times.

use crate::hash::Map;

use crate::language::Language;
use crate::site::Site;
use crate::site::facts::PageFacts;

/// So many pages of a folder …
const MANY: usize = 10;
/// … and so many of a hundred make it the folder of their language.
const MOST: usize = 80;

/// What the pages of each folder read as, where that is not what the site is declared as.
pub struct OwnFolders<'a> {
    folders: Map<&'a str, Pages>,
    all: usize,
}

#[derive(Default)]
struct Pages {
    all: usize,
    foreign: Map<Language, usize>,
}

impl<'a> OwnFolders<'a> {
    /// Counts the pages.
    pub fn of(site: &'a Site) -> OwnFolders<'a> {
        let mut folders: Map<&str, Pages> = Map::default();
        for page in &site.pages {
            let read = page.language.verdict.foreign();
            for folder in above(&page.path) {
                let pages = folders.entry(folder).or_default();
                pages.all += 1;
                if let Some(read) = read {
                    *pages.foreign.entry(read).or_default() += 1;
                }
            }
        }
        OwnFolders { folders, all: site.pages.len() }
    }

    /// True when a folder above the page, though not one that holds nearly the whole site, is in this language.
    pub fn hold(&self, page: &PageFacts, read: Language) -> bool {
        above(&page.path).filter_map(|folder| self.folders.get(folder)).any(|pages| {
            let same = pages.foreign.get(&read).copied().unwrap_or_default();
            same >= MANY && same * 100 >= pages.all * MOST && pages.all * 100 < self.all * MOST
        })
    }
}

/// The folders that a path lies in, at most a few levels deep.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').take(8).filter_map(|(at, _)| path.get(..at))
}
