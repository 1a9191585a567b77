//! The ids of a page, and whether one of them is asked for.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::destination::decode;
use crate::hash::{Map, Set};
use crate::source::Span;

/// So many ids are looked through; more are kept to look one up in, which takes room.
const FEW: usize = 32;

/// One place in a page that a fragment can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The id.
    pub id: Box<str>,
    /// The heading or element that has it.
    pub span: Span,
}

/// The ids of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchors {
    /// What the page shows to readers of links: headings, explicit ids, `name`s.
    pub known: Vec<Anchor>,
    /// Ids that another version of the generator would have given: accepted, never proposed.
    pub accepted: Vec<Box<str>>,
    /// True when ids are made in a way that the source does not show (a template in a heading, an include): no fragment
    /// can be called missing.
    pub open: bool,
    /// True when that is so because of what a template lays out around the text, which defines nothing in it.
    pub laid_out: bool,
    /// True where a line includes other texts, whose headings are the page's too: a comment of VitePress, `--8<-- "file"`.
    pub includes: bool,
    /// True when code in the page shows what it writes, with ids of its own. Notes link to headings that the source has, so
    /// only HTML can ask for such an id.
    pub views: bool,
    /// True when it has headings, and the site is told to give them no ids.
    pub bare: bool,
    /// True when footnotes make ids such as `fn:1`.
    pub footnotes: bool,
    /// The same to look one up in.
    pub names: LookUp,
}

impl Anchors {
    /// True when the page shows more than its source does.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open || self.includes
    }

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
    pub(super) fn has_words(&self, wanted: &str) -> bool {
        let words = self.look_up().words.get_or_init(|| self.ids().map(letters).collect());
        let wanted = letters(wanted);
        !wanted.is_empty() && words.contains(&wanted)
    }

    /// The same without regard to accents.
    pub(super) fn has_words_without_accents(&self, wanted: &str) -> bool {
        let plain = |id: &str| letters(&without_accents(id));
        self.look_up().without_accents.get_or_init(|| self.ids().map(plain).collect()).contains(&plain(wanted))
    }

    /// The only id of a heading that has these words.
    #[must_use]
    pub fn with_words(&self, wanted: &str) -> Option<&Anchor> {
        let by_words = self.look_up().by_words.get_or_init(|| {
            let mut by_words: Map<String, Option<usize>> = Map::default();
            for (number, anchor) in self.known.iter().enumerate() {
                by_words.entry(letters(&anchor.id)).and_modify(|only| *only = None).or_insert(Some(number));
            }
            by_words
        });
        let wanted = letters(wanted);
        by_words.get(&wanted).filter(|_| !wanted.is_empty()).and_then(|only| self.known.get((*only)?))
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
    /// What [`Anchors::has_words_without_accents`] compares.
    without_accents: OnceLock<Set<String>>,
    /// The only heading of each of these words, by its place; nothing where several have them.
    by_words: OnceLock<Map<String, Option<usize>>>,
}

impl Names {
    fn of(anchors: &Anchors) -> Names {
        let encoded = anchors.ids().filter(|id| id.contains('%'));
        Names {
            ids: anchors.ids().map(Into::into).collect(),
            decoded: encoded.map(|id| decode(id).into()).collect(),
            words: OnceLock::new(),
            without_accents: OnceLock::new(),
            by_words: OnceLock::new(),
        }
    }
}

/// True for what a program in the page is told, and no heading is called: a route (`operation/list_users`), a packed state,
/// a tab (`__tabbed_1_2`), a line of a block of code (`hl-0-1`, `__codelineno-0-1`).
fn is_of_program(fragment: &str) -> bool {
    // Source: pymdownx.tabbed counts its groups and their tabs, Hugo (markup.highlight.anchorLineNos) and
    // pymdownx.highlight count blocks of code and their lines.
    const COUNTED: [&str; 4] = ["__tabbed_", "hl-", "__codelineno-", "__span-"];
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let counted =
        |rest: &str| rest.split_once(['_', '-']).is_some_and(|(block, line)| is_number(block) && is_number(line));
    if COUNTED.iter().any(|start| fragment.strip_prefix(start).is_some_and(counted)) {
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

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}
