//! A site as generators see it when they evaluate a link: its files and pages.

use super::Site;
use super::facts::{Kind, PageFacts};
use crate::discover::join;
use crate::generators::{Sources, undated};

impl Sources for Site {
    fn has(&self, path: &str) -> bool {
        let path = join(&self.root, path);
        self.files.binary_search_by(|file| (**file).cmp(&path)).is_ok()
    }

    fn has_folder(&self, path: &str) -> bool {
        let start = format!("{}/", join(&self.root, path.trim_end_matches('/')));
        let first = self.files.partition_point(|file| **file < *start);
        self.files.get(first).is_some_and(|file| file.starts_with(&start))
    }

    fn page(&self, path: &str) -> Option<&PageFacts> {
        Site::page(self, self.number_of(path)?)
    }

    fn pages(&self) -> &[PageFacts] {
        &self.pages
    }

    fn named(&self, key: &str) -> &[Box<str>] {
        self.note_names.files(self, key)
    }

    fn publishes_below(&self, folder: &str) -> bool {
        self.has_output_folder(folder)
    }

    fn aliased(&self, name: &str) -> Option<&PageFacts> {
        Site::page(self, self.note_names.other_name(self, name)?)
    }

    fn posts_named(&self, name: &str) -> Vec<&PageFacts> {
        let is_named = |page: &&PageFacts| page.kind == Kind::Post && undated(&page.path) == name;
        self.files_named(name).filter(is_named).collect()
    }
}
