//! Values that may only be one of a few words, for front-matter/wrong-type.

use crate::hash::Map;

use crate::finding::Severity;
use crate::generators::data::KeyData;
use crate::rules::rule::Reporter;
use crate::site::facts::{Key, PageFacts, Scalar, Value};

/// A word that so many pages have is the site's own, which a plugin reads.
const MEANT: usize = 5;

/// Values that are none of the words that their key takes.
#[derive(Default)]
pub(super) struct Others<'s>(Vec<(&'s PageFacts, &'s Key, &'s KeyData, &'s Scalar)>);

impl<'s> Others<'s> {
    /// Keeps a value that is none of them.
    pub(super) fn add(&mut self, page: &'s PageFacts, key: &'s Key, data: &'s KeyData) {
        let known = |scalar: &Scalar| data.one_of.iter().any(|word| word.eq_ignore_ascii_case(scalar.text.trim()));
        if let Value::Scalar(scalar) = &key.value
            && !data.one_of.is_empty()
            && !scalar.text.trim().is_empty()
            && !known(scalar)
        {
            self.0.push((page, key, data, scalar));
        }
    }

    /// Reports those that few pages have.
    pub(super) fn report(self, report: &mut Reporter<'_>) {
        let mut uses: Map<String, usize> = Map::default();
        for (.., scalar) in &self.0 {
            *uses.entry(scalar.text.to_lowercase()).or_default() += 1;
        }
        for (page, key, data, scalar) in self.0 {
            if uses.get(&scalar.text.to_lowercase()).is_some_and(|uses| *uses >= MEANT) {
                continue;
            }
            let words = data.one_of.join("`, `");
            let message = format!("`{}` is `{}`, and may only be one of `{words}`", key.name, scalar.text.trim());
            let draft = report.at(&page.file, scalar.span, message).help("write one of these");
            draft.note(data.otherwise.clone().unwrap_or_default()).at_most(Severity::Warning).done();
        }
    }
}
