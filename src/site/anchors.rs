//! Whether a page has the id that a link asks for, and who else would have made it.

use super::Site;
use super::destination::decode;
use super::facts::{Anchors, Kind};

/// A page (by its number) and a fragment that it does not have, decoded.
pub type Wanted = (u32, Box<str>);

/// A heading that another program would have given the id that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The other program, as people call it.
    pub who: &'static str,
    /// What the heading's id is here; nothing where it has none.
    pub here: Option<Box<str>>,
}

impl Anchors {
    /// True for a fragment that the page has, or may have.
    #[must_use]
    pub fn may_have(&self, fragment: &str) -> bool {
        // Browsers know the empty fragment and `top`; `:~:text=` selects text.
        if self.open || fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || fragment.starts_with(":~:") {
            return true;
        }
        let decoded = decode(fragment);
        if self.footnotes && ["fn", "fr-", "user-content-fn", "footnote"].iter().any(|s| decoded.starts_with(s)) {
            return true;
        }
        let known = self.known.iter().map(|anchor| &*anchor.id).chain(self.accepted.iter().map(|id| &**id));
        // An id may itself be percent-encoded (markdown-it-anchor).
        known.into_iter().any(|id| id == fragment || id == decoded || decode(id) == decoded)
    }
}

impl Site {
    /// True when a page lacks the id that a fragment asks for, and no template brings it.
    #[must_use]
    pub fn lacks(&self, page: u32, fragment: &str) -> bool {
        let Some(page) = self.page(page) else { return false };
        // A list, or a page without headings of its own, shows what its layout makes of data.
        let shows_data = page.kind == Kind::Section || page.anchors.known.is_empty();
        !(self.registries.layouts_make_ids && shows_data)
            && !page.anchors.may_have(fragment)
            && !self.registries.ids.contains(&*decode(fragment))
    }
}
