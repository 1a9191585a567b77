//! Zola's ids: the `slug` crate over the text of the heading, or the text itself with hyphens' poorer cousins.
//!
//! Source: Zola 0.22 `components/markdown/src/markdown.rs` (`get_text`, `find_anchor`) and `components/utils/src/slugs.rs`.

use super::heading::{HeadingText, Kind};
use crate::generators::slug::slugify;

/// `slugify.anchors = "on"`, the default.
pub fn slug(heading: &HeadingText<'_>) -> Option<String> {
    Some(slugify(&text(heading)))
}

/// `slugify.anchors = "safe"` or `"off"`: only blanks are replaced.
pub fn unslugged(heading: &HeadingText<'_>) -> Option<String> {
    Some(text(heading).replace(|c: char| c.is_ascii_whitespace(), "_"))
}

/// Text and code, image descriptions too; a line end joins the words around it.
fn text(heading: &HeadingText<'_>) -> String {
    let runs = heading.runs.iter().filter(|run| !matches!(run.kind, Kind::Html | Kind::Footnote | Kind::Break));
    runs.map(|run| &*run.text).collect()
}
