//! Texts of a site that are no Markdown, so that who has nothing else hears why nothing is checked.

use crate::discover::{Tree, extension};
use crate::site::Site;

/// Endings of such texts, and what they are called.
const KINDS: [(&str, &str); 4] =
    [("rst", "reStructuredText"), ("ipynb", "notebooks"), ("adoc", "AsciiDoc"), ("org", "Org mode")];

/// What a site without a page consists of, where its generator is known: "the 12 texts of this Pelican site are
/// reStructuredText, which postlint does not read".
#[must_use]
pub fn texts(tree: &Tree, sites: &[Site]) -> Option<String> {
    let site = sites.iter().find(|site| !site.model.settings().folders)?;
    if sites.iter().any(|site| !site.pages.is_empty()) {
        return None;
    }
    let below =
        |file: &str| site.root.is_empty() || file.strip_prefix(&*site.root).is_some_and(|rest| rest.starts_with('/'));
    let count = |ending: &str| tree.files().iter().filter(|file| extension(file) == *ending && below(file)).count();
    let (count, kind) = KINDS.iter().map(|(ending, kind)| (count(ending), kind)).max_by_key(|(count, _)| *count)?;
    let title = &site.generator.data().title;
    match count {
        0 => None,
        1 => Some(format!("the one text of this {title} site is {kind}, which postlint does not read")),
        _ => Some(format!("the {count} texts of this {title} site are {kind}, which postlint does not read")),
    }
}
