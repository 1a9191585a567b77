//! The content plugins that Docusaurus brings.

/// What a content plugin makes of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Documents in versions.
    Docs,
    /// Posts.
    Blog,
    /// Free pages, Markdown or code.
    Pages,
}
