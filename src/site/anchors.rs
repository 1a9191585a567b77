//! Whether a page has the id that a link asks for, and who else would have made it.

use std::sync::OnceLock;

use super::Site;
use super::destination::decode;
use super::facts::{Anchors, Kind, Published};
use crate::generators::heading_ids;
use crate::hash::Set;

/// So many ids are looked through; more are kept to look one up in, which takes room.
const FEW: usize = 32;

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

impl Anchors {
    /// True for a fragment that the page has, or may have.
    #[must_use]
    pub fn may_have(&self, fragment: &str) -> bool {
        // `#/settings` and `#!settings` are addresses of a program that runs in the page.
        if fragment.starts_with(['/', '!']) || is_of_counter(fragment) {
            return true;
        }
        // `#input-/-output` names the heading "Input / Output", and no route.
        if is_of_program(fragment) && !self.has_words(&decode(fragment)) {
            return true;
        }
        // Browsers know the empty fragment and `top`; `:~:text=` selects text.
        if self.open || fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || fragment.starts_with(":~:") {
            return true;
        }
        let decoded = decode(fragment);
        if self.footnotes && ["fn", "fr-", "user-content-fn", "footnote"].iter().any(|s| decoded.starts_with(s)) {
            return true;
        }
        let bare = decoded.strip_prefix("user-content-").unwrap_or(&decoded);
        // An id may itself be percent-encoded (markdown-it-anchor).
        if self.known.len() + self.accepted.len() <= FEW {
            return self.ids().any(|id| id == fragment || id == decoded || id == bare || decode(id) == decoded);
        }
        let names = self.look_up();
        names.ids.contains(fragment)
            || names.ids.contains(&*decoded)
            || names.ids.contains(bare)
            || names.decoded.contains(&*decoded)
    }

    /// True when a heading has these words: Obsidian compares without signs, blanks and capitals.
    fn has_words(&self, wanted: &str) -> bool {
        let words = self.look_up().words.get_or_init(|| self.ids().map(letters).collect());
        let wanted = letters(wanted);
        !wanted.is_empty() && words.contains(&wanted)
    }

    fn look_up(&self) -> &Names {
        self.names.0.get_or_init(|| Box::new(Names::of(self)))
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|anchor| &*anchor.id).chain(self.accepted.iter().map(|id| &**id))
    }
}

/// The ids of a page to look one up in, made when the first link with a fragment leads there: a page of a thousand
/// headings that its own list of contents links to would otherwise be searched a thousand times.
#[derive(Debug, Clone, Default)]
pub struct LookUp(OnceLock<Box<Names>>);

/// It follows from the ids, so it makes no difference between two pages.
impl PartialEq for LookUp {
    fn eq(&self, _: &LookUp) -> bool {
        true
    }
}

impl Eq for LookUp {}

#[derive(Debug, Clone, Default)]
struct Names {
    ids: Set<Box<str>>,
    /// Those that are percent-encoded themselves, decoded.
    decoded: Set<Box<str>>,
    /// What [`Anchors::has_words`] compares.
    words: OnceLock<Set<String>>,
}

impl Names {
    fn of(anchors: &Anchors) -> Names {
        let encoded = anchors.ids().filter(|id| id.contains('%'));
        Names {
            ids: anchors.ids().map(Into::into).collect(),
            decoded: encoded.map(|id| decode(id).into()).collect(),
            words: OnceLock::new(),
        }
    }
}

/// True for what a program in the page is told, and no heading is called: a route (`operation/list_users`), a packed state,
/// a tab (`__tabbed_1_2`).
fn is_of_program(fragment: &str) -> bool {
    // Source: pymdownx.tabbed counts its groups and their tabs.
    let counted = |rest: &str| rest.split('_').all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if fragment.strip_prefix("__tabbed_").is_some_and(counted) {
        return true;
    }
    const PACKED: usize = 80;
    let packed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'=' | b'_' | b'%');
    let route = fragment.trim_end_matches('/').contains('/') && !fragment.contains([' ', '#']);
    route
        || fragment.len() >= PACKED && fragment.bytes().all(packed) && fragment.bytes().any(|b| b.is_ascii_uppercase())
}

/// True for what AddThis appended to the address bar to follow shared links: `.U5MhaRYduzA`. It never named a place.
fn is_of_counter(fragment: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    fragment.strip_prefix('.').is_some_and(|rest| rest.len() == 11 && rest.bytes().all(letter))
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

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
        // VitePress makes of a link's fragment what it makes of a heading.
        let vitepress = self.model.settings().heading_ids == heading_ids::Algorithm::VitePress;
        if vitepress && page.anchors.may_have(&heading_ids::vitepress_slug(&decode(fragment))) {
            return false;
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
        if self.model.settings().dialect.wikilinks
            && (decoded.starts_with('^') || page.anchors.may_have(&heading_ids::github_slug(&decoded)))
        {
            return false;
        }
        if self.model.settings().headings_by_words && page.anchors.has_words(&decoded) {
            return false;
        }
        // A list, or a page without headings of its own, shows what its layout makes of data. A post shows itself.
        let shows_data = page.kind == Kind::Section || page.kind != Kind::Post && page.anchors.known.is_empty();
        let brought = self.registries.ids.contains(&*decode(fragment));
        !(brought || page.anchors.may_have(fragment) || self.registries.layouts_make_ids && shows_data)
    }
}
