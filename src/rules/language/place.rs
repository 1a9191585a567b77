//! Where it is told that a page is in another language than it says.

use crate::site::facts::{DeclaredBy, PageFacts};
use crate::source::Span;

/// The declaration, else the title, else the first line of the front matter.
pub(super) fn place(page: &PageFacts) -> Span {
    if let Some(DeclaredBy::FrontMatter(span)) = page.language.declared.as_ref().map(|declared| declared.by) {
        return span;
    }
    let first = || Some(page.front.as_ref()?.keys.first()?.span);
    page.title().map(|title| title.span).or_else(first).unwrap_or(Span::FILE)
}
