//! Posts by what tags call them.

use crate::generators::Sources;
use crate::hash::Map;
use crate::site::facts::{Kind, PageFacts};

/// Posts and drafts by what tags call them, the first of each name; made when the first tag asks.
#[derive(Debug, Default)]
pub struct Posts {
    by_slug: Map<String, usize>,
    by_title: Map<Box<str>, usize>,
}

impl Posts {
    /// Takes them from all pages.
    pub fn of(sources: &dyn Sources, slug: impl Fn(&PageFacts) -> String) -> Posts {
        let mut posts = Posts::default();
        let pages = sources.pages().iter().enumerate();
        for (number, page) in pages.filter(|(_, page)| matches!(page.kind, Kind::Post | Kind::Draft)) {
            posts.by_slug.entry(slug(page)).or_insert(number);
            if let Some(title) = page.title() {
                posts.by_title.entry(title.text.clone()).or_insert(number);
            }
        }
        posts
    }

    /// The number of the post of a slug, or of a title.
    #[must_use]
    pub fn number(&self, wanted: &str) -> Option<usize> {
        self.by_slug.get(wanted).or_else(|| self.by_title.get(wanted)).copied()
    }
}
