//! The language that a site is written in: what its configuration says, else what most of its posts read as.

use std::collections::BTreeMap;
use std::ops::Range;

use super::facts::PageFacts;
use crate::finding::FilePath;
use crate::generators::{Folder, Generator};
use crate::language::Language;
use crate::source::Span;

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
    /// Where the configuration says it, as far as somebody asked.
    pub said_at: Option<(FilePath, Span)>,
}

/// The value with which a configuration declares this language, in the first file that has one: `lang: en`,
/// `defaultContentLanguage = "en"`, `DEFAULT_LANG = 'en'`.
#[must_use]
pub fn said_at(folder: &Folder<'_>, generator: &dyn Generator, tag: &str) -> Option<(FilePath, Span)> {
    const FOLDER: &str = "config/_default";
    let markers = generator.data().markers.iter().map(String::as_str).filter(|name| folder.has(name));
    let files: Vec<&str> = markers.chain(folder.below(FOLDER)).collect();
    files.into_iter().find_map(|name| {
        let text = folder.read(name)?;
        let mut start = 0;
        text.split_inclusive('\n').find_map(|line| {
            let at = start;
            start += line.len();
            let value = value_of_language(line, tag)?;
            Some((folder.file(name), Span::new(at + value.start, at + value.end)))
        })
    })
}

/// Where a line gives a key about languages this very value.
fn value_of_language(line: &str, tag: &str) -> Option<Range<usize>> {
    let (key, value) = line.split_at(line.find([':', '='])?);
    let key = key.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    let is_key = (key.contains("lang") || key.contains("locale")) && !key.contains([' ', '#', '/', '(']);
    let value = value.get(1..)?;
    let bare = value.trim_start_matches([' ', '\t', '"', '\'']);
    let rest = bare.strip_prefix(tag)?;
    let ends = rest.trim_end().is_empty() || rest.starts_with(['"', '\'', ',', ' ', '#']);
    let at = line.len() - bare.len();
    (is_key && ends).then_some(at..at + tag.len())
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
