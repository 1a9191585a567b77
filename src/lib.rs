//! postlint: a content linter for Markdown sites that knows the site.
//!
//! ```text
//! discover ─► parse once ─► page rules ─► site index ─► site rules ─► suppress ─► report
//! ```

pub mod finding;
pub mod generators;
pub mod page;
pub mod rules;
pub mod severity;
pub mod source;
