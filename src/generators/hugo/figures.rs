//! The shortcode `figure`: Hugo brings one, and sites and themes put their own in its place.

use crate::generators::{Evaluated, Folder};

/// Where a relative path in `figure` counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// Hugo's own leaves it as it is.
    AsWritten,
    /// One of the site's own makes it one from the root.
    FromTheRoot,
    /// A theme that is not here may bring one of either kind.
    Unseen,
}

impl Figures {
    /// What the layouts say, of which some may not be here.
    #[must_use]
    pub fn of(folder: &Folder<'_>, layouts: &[String], elsewhere: bool) -> Figures {
        let own = |layouts: &String| {
            ["shortcodes", "_shortcodes"].iter().find_map(|of| folder.read(&format!("{layouts}/{of}/figure.html")))
        };
        match layouts.iter().find_map(own) {
            Some(code) if code.contains("relURL") || code.contains("absURL") => Figures::FromTheRoot,
            None if elsewhere => Figures::Unseen,
            _ => Figures::AsWritten,
        }
    }

    /// What a relative path leads to, which may lie beside the page or at the root.
    pub fn evaluate(
        self,
        from_root: &str,
        is_beside: impl Fn() -> bool,
        is_at_the_root: impl Fn() -> bool,
    ) -> Option<Evaluated> {
        match self {
            Figures::AsWritten => None,
            Figures::FromTheRoot => Some(Evaluated::Destination(from_root.to_owned())),
            Figures::Unseen => (!is_beside() && is_at_the_root()).then_some(Evaluated::Unknown),
        }
    }
}

/// True for a path that counts from the page.
pub fn is_relative(path: &str) -> bool {
    !path.starts_with(['/', '.', '#', '{']) && !path.contains("://")
}
