//! Whether a page has the id that a link asks for, as the site is published.

use unicode_normalization::UnicodeNormalization;

use super::Site;
use super::destination::decode;
use super::facts::{Kind, PageFacts, Published};
use crate::generators::{Sources, heading_ids};

/// A page (by its number) and a fragment that it does not have, decoded.
pub type Wanted = (u32, Box<str>);

/// A heading that would have the id that is asked for, were it another program's or had it none of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The other program, as people call it; none where the heading's words give the id, and its writer chose another.
    pub who: Option<&'static str>,
    /// What the heading's id is here; nothing where it has none.
    pub here: Option<Box<str>>,
}

/// True for a fragment that a code host answers itself: lines of a file (`L10-L20`), the file below a list (`readme`).
fn is_of_host(fragment: &str, path: &str) -> bool {
    let lines = fragment.strip_prefix('L').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'L' | b'C'))
    });
    let name = crate::discover::file_name(path);
    lines || fragment == "readme" && name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("readme"))
}

/// True for an id that the script of a comment service makes when the page is shown: of the whole thread, or of a comment.
fn is_of_comments(fragment: &str) -> bool {
    let number = |start: &str| {
        let rest = fragment.strip_prefix(start).unwrap_or_default();
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
    };
    matches!(fragment, "disqus_thread" | "isso-thread" | "remark42" | "utterances" | "giscus" | "cusdis_thread")
        || ["comment-", "isso-", "remark42__comment-"].into_iter().any(number)
}

impl Site {
    /// True for an id that a text may have which the page includes; where it is numbered, as that of a second heading.
    fn is_included(&self, page: &PageFacts, fragment: &str) -> bool {
        if !page.anchors.includes {
            return false;
        }
        let Some(parts) = self.registries.includes.get(&*page.path) else { return true };
        let bare = fragment.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        let has = |page: &PageFacts| {
            page.anchors.includes || [fragment, bare].iter().any(|id| page.anchors.may_have(&decode(id)))
        };
        parts.iter().any(|part| Sources::page(self, part).is_none_or(has))
    }

    /// True when a page lacks the id that a fragment asks for, and no template brings it.
    #[must_use]
    pub fn lacks(&self, page: u32, fragment: &str) -> bool {
        let Some(page) = self.page(page) else { return false };
        // A text that other pages show may use what these have.
        if page.place.published == Published::Never {
            return false;
        }
        if is_of_comments(fragment) || page.kind == Kind::Loose && is_of_host(fragment, &page.path) {
            return false;
        }
        // VitePress 2 makes of a link's fragment what it makes of a heading.
        let vitepress = self.model.settings().heading_ids == heading_ids::Algorithm::VitePress;
        if vitepress {
            let asked = decode(fragment);
            let slug = heading_ids::vitepress_slug(&asked);
            // In which Unicode form a keyboard writes, its owner cannot see.
            let stays = self.model.settings().fragments_stay && !slug.nfc().eq(asked.nfc());
            if !stays && page.anchors.may_have(&slug) {
                return false;
            }
        }
        // `#12` is an issue.
        let gitlab = self.model.settings().heading_ids == heading_ids::Algorithm::Gitlab;
        if gitlab && page.kind == Kind::Loose && fragment.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        // GitHub looks for fragments without regard to capitals.
        let github = self.model.settings().heading_ids == heading_ids::Algorithm::GithubSlugger;
        if page.kind == Kind::Loose && github && page.anchors.may_have(&decode(fragment).to_lowercase()) {
            return false;
        }
        // Where notes link to notes, a fragment may name a block (`^id`), or a heading by its text.
        let decoded = decode(fragment);
        if self.model.settings().dialect.wikilinks {
            if let Some(block) = decoded.strip_prefix('^') {
                return !page.anchors.may_have(&block.to_lowercase());
            }
            if page.anchors.may_have(&heading_ids::github_slug(&decoded)) {
                return false;
            }
        }
        if self.model.settings().ids_respelt && page.anchors.has_words_without_accents(&decoded) {
            return false;
        }
        if self.model.settings().headings_by_words && page.anchors.has_words(&decoded) {
            return false;
        }
        // A list, or a page without headings of its own, shows what its layout makes of data. A post shows itself.
        let shows_data = page.kind == Kind::Section
            || page.kind != Kind::Post && page.anchors.known.is_empty() && !page.anchors.bare;
        // What others include may name their headings, and what a page includes brings its own.
        let includes = &self.registries.includes;
        let is_part = || includes.values().flatten().any(|part| **part == *page.path);
        if self.is_included(page, fragment) || is_part() {
            return false;
        }
        let brought = self.registries.ids.contains(&*decode(fragment));
        !(brought || page.anchors.may_have(fragment) || self.registries.layouts_make_ids && shows_data)
    }
}
