//! The language that a site is written in: what its configuration says, else what most of its posts read as.

use std::collections::BTreeMap;

use super::facts::PageFacts;
use crate::language::Language;

/// The least number of posts from which a language is inferred.
const POSTS: usize = 20;
/// The least share of them that must be in one language, in percent.
const SHARE: usize = 80;

/// What a site is written in, and who says so.
#[derive(Debug, Clone, Default)]
pub struct SiteLanguage {
    /// What pages that declare nothing are compared with.
    pub expected: Option<Language>,
    /// True when the site's configuration declares it.
    pub declared: bool,
    /// The tag as the configuration writes it.
    pub tag: Option<String>,
}

/// How a site's pages are distributed over languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    /// Pages by what they declare, else by what they read as.
    pub languages: BTreeMap<String, usize>,
    /// Pages that could be judged and declare nothing.
    pub undeclared: usize,
    /// How many of these read as expected.
    pub as_expected: usize,
}

impl Census {
    /// Counts the pages.
    #[must_use]
    pub fn of<'p>(pages: impl IntoIterator<Item = &'p PageFacts>) -> Census {
        let mut census = Census::default();
        for page in pages.into_iter().filter(|page| page.checked) {
            let read = page.language.read_as();
            let declared = page.language.declared.as_ref();
            let name = match (declared.and_then(|d| d.language), read) {
                (Some(language), _) | (None, Some(language)) => language.to_string(),
                (None, None) => "und".to_owned(),
            };
            *census.languages.entry(name).or_default() += 1;
            if declared.is_none()
                && let Some(read) = read
            {
                census.undeclared += 1;
                census.as_expected += usize::from(Some(read) == page.language.expected);
            }
        }
        census
    }

    /// True when enough pages that declare nothing read alike for one that does not to stand out.
    #[must_use]
    pub fn shows_a_main_language(&self) -> bool {
        self.undeclared >= POSTS && self.as_expected * 100 >= self.undeclared * SHARE
    }
}
