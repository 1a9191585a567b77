//! Links that only Zola understands: `@/blog/post.md#part` names a content file.
//!
//! Source: the page "Internal links & deep linking", `components/utils/src/site.rs`.

use super::content::CONTENT;
use crate::discover::join;
use crate::generators::{Evaluated, Sources};

/// The content file of `@/path`.
#[must_use]
pub fn source_link(path: &str, sources: &dyn Sources) -> Option<Evaluated> {
    let inside = path.strip_prefix("@/")?;
    let source = join(CONTENT, inside);
    Some(match sources.page(&source) {
        Some(_) => Evaluated::Source { path: source, tail: String::new() },
        None => Evaluated::NoSource { wanted: source },
    })
}
