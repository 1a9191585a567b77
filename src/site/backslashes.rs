//! `..\image\1.png`: paths that are written as Windows writes them.

use super::Site;
use super::facts::PageFacts;
use super::resolve::resolve_text;
use super::target::Target;
use crate::page::dialect::HtmlBlocks;
use crate::page::links::{Link, Origin};

/// What the link leads to when browsers take its backslashes for slashes, as they do in addresses, if that is there. Most
/// programs encode the backslashes of Markdown first, and then they are none.
#[must_use]
pub fn with_slashes(site: &Site, page: &PageFacts, link: &Link) -> Option<Target> {
    if !link.destination.contains('\\') || link.is_dynamic() {
        return None;
    }
    let kept = match &link.origin {
        Origin::Html(_) => true,
        Origin::Inline | Origin::Reference { .. } => {
            site.model.dialect(&page.path).html_blocks != HtmlBlocks::Commonmark
        }
        _ => false,
    };
    let path = kept.then(|| link.destination.replace('\\', "/"))?;
    let found = resolve_text(site, page, &path);
    matches!(found, Target::Page { .. } | Target::Asset(_)).then_some(found)
}
