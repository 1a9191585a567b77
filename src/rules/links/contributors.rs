//! The anchors of the table that All Contributors writes: `<a href="#infra-somebody" title="Infrastructure">🚇</a>` has no
//! place to lead to and is not meant to, where a kind of contribution has no page of its own.

use crate::page::links::{Link, LinkKind, Origin};
use crate::site::facts::PageFacts;

/// Kinds of contributions.
///
/// Source: the page "Emoji Key" of All Contributors.
const KINDS: [&str; 37] = [
    "a11y",
    "audio",
    "blog",
    "bug",
    "business",
    "code",
    "content",
    "data",
    "design",
    "doc",
    "eventOrganizing",
    "example",
    "financial",
    "fundingFinding",
    "ideas",
    "infra",
    "infrastructure",
    "maintenance",
    "mentoring",
    "platform",
    "plugin",
    "projectManagement",
    "promotion",
    "question",
    "research",
    "review",
    "security",
    "talk",
    "test",
    "tests",
    "tool",
    "translation",
    "tutorial",
    "userTesting",
    "video",
    "ops",
    "social",
];

/// So many links of a page are looked through for such a picture: a page may have a hundred thousand such anchors.
const LOOKED_AT: usize = 5_000;

/// True for such an anchor on a page that shows the contributors' pictures.
pub fn is_of_contributors(page: &PageFacts, link: &Link, fragment: &str) -> bool {
    let pictures = |link: &Link| link.kind == LinkKind::Image && link.destination.contains("githubusercontent.com/");
    matches!(link.origin, Origin::Html(_))
        && link.destination.starts_with('#')
        && fragment.split_once('-').is_some_and(|(kind, name)| KINDS.contains(&kind) && !name.is_empty())
        && page.links.iter().take(LOOKED_AT).any(pictures)
}
