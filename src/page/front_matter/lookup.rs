//! Asking a front matter for what a rule needs.
//!
//! Nothing here copies text: what is handed out points into the page or into the tree.

use std::num::NonZeroU32;

use super::node::{Entry, FrontMatter, Node, NodeKind, Style};
use crate::source::Span;

/// How one scalar may hold several terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// A scalar is one term.
    Single,
    /// Terms are separated by blanks, as Jekyll reads `tags: a b`.
    Spaces,
    /// Terms are separated by commas, as Pelican reads `tags: a, b`.
    Commas,
}

/// One text out of a value: a term of a list, or a part of a scalar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece<'a> {
    /// The text.
    pub text: &'a str,
    /// Its place without quotes; of the whole content where escapes hide the exact place.
    pub span: Span,
    /// The scalar that holds it.
    pub node: &'a Node,
    /// True when the scalar holds more than this piece.
    pub part: bool,
}

impl FrontMatter {
    /// The value of a key of the root; of equal keys the last, as the lenient generators read it. Keys that a merge
    /// (`<<: *name`) brings are found after the page's own.
    #[must_use]
    pub fn get<'a>(&'a self, source: &'a str, key: &str) -> Option<&'a Node> {
        self.entry(source, key).map(|entry| &entry.value)
    }

    /// Like [`get`](Self::get), with the key's place.
    #[must_use]
    pub fn entry<'a>(&'a self, source: &'a str, key: &str) -> Option<&'a Entry> {
        self.find(&self.root, source, &|name| name == key)
    }

    /// Like [`entry`](Self::entry) for generators that do not care about the case of keys (Hugo).
    #[must_use]
    pub fn entry_ignoring_case<'a>(&'a self, source: &'a str, key: &str) -> Option<&'a Entry> {
        self.find(&self.root, source, &|name| name.eq_ignore_ascii_case(key))
    }

    /// The value at `a.b.c`; lists are not entered.
    #[must_use]
    pub fn path<'a>(&'a self, source: &'a str, path: &str) -> Option<&'a Node> {
        let mut keys = path.split('.');
        let first = keys.next()?;
        keys.try_fold(self.get(source, first)?, |node, key| {
            let entries = self.resolve(node).map()?;
            self.find(entries, source, &|name| name == key).map(|entry| &entry.value)
        })
    }

    /// Names and entries of the root, in their order, without merged keys.
    pub fn entries<'a>(&'a self, source: &'a str) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        self.root.iter().map(move |entry| (entry.name(source), entry))
    }

    /// What an alias stands for, one step; any other node is returned as it is.
    #[must_use]
    pub fn resolve<'a>(&'a self, node: &'a Node) -> &'a Node {
        match node.kind {
            NodeKind::Alias(Some(anchor)) => anchored(&self.root, anchor).unwrap_or(node),
            _ => node,
        }
    }

    fn find<'a>(&'a self, entries: &'a [Entry], source: &'a str, same: &dyn Fn(&str) -> bool) -> Option<&'a Entry> {
        let own = entries.iter().rev().find(|entry| entry.key.text(source).is_some_and(same));
        own.or_else(|| {
            let merges = entries.iter().filter(|entry| {
                entry.key.scalar().is_some_and(|key| key.style == Style::Plain && key.text(source) == "<<")
            });
            let sources = merges.flat_map(|entry| match &entry.value.kind {
                NodeKind::Seq(items) => items.as_slice(),
                _ => std::slice::from_ref(&entry.value),
            });
            // One level only: a merge inside what is merged is not followed, so that nothing can loop.
            sources
                .filter_map(|node| self.resolve(node).map())
                .find_map(|merged| merged.iter().rev().find(|entry| entry.key.text(source).is_some_and(same)))
        })
    }
}

/// The node that carries an anchor. The tree is at most [`MAX_DEPTH`](super::MAX_DEPTH) deep.
fn anchored(entries: &[Entry], anchor: NonZeroU32) -> Option<&Node> {
    fn walk(node: &Node, anchor: NonZeroU32) -> Option<&Node> {
        if node.anchor == Some(anchor) {
            return Some(node);
        }
        match &node.kind {
            NodeKind::Seq(items) => items.iter().find_map(|item| walk(item, anchor)),
            NodeKind::Map(entries) => anchored(entries, anchor),
            _ => None,
        }
    }
    entries.iter().find_map(|entry| walk(&entry.key, anchor).or_else(|| walk(&entry.value, anchor)))
}

impl Node {
    /// The texts of a value: the scalars of a list, or a scalar cut as asked. Lists and mappings inside a list are
    /// left out, and so are empty pieces of a cut scalar.
    #[must_use]
    pub fn pieces<'a>(&'a self, source: &'a str, listing: Listing) -> Vec<Piece<'a>> {
        match &self.kind {
            NodeKind::Seq(items) => {
                let scalars = items.iter().filter(|item| item.scalar().is_some());
                scalars.flat_map(|item| item.pieces(source, Listing::Single)).collect()
            }
            NodeKind::Scalar(scalar) => {
                let text = scalar.text(source);
                let whole = |text| Piece { text, span: scalar.content, node: self, part: false };
                let separator: fn(char) -> bool = match listing {
                    Listing::Single => return vec![whole(text)],
                    Listing::Spaces => char::is_whitespace,
                    Listing::Commas => |c| c == ',',
                };
                let mut pieces = Vec::new();
                let mut at = 0;
                for part in text.split_inclusive(separator) {
                    let bare = part.trim_end_matches(separator);
                    let word = bare.trim();
                    let start = at + bare.len() - bare.trim_start().len();
                    at += part.len();
                    if word.is_empty() {
                        continue;
                    }
                    let start = scalar.content.start as usize + start;
                    let span = match scalar.decoded {
                        None => Span::new(start, start + word.len()),
                        Some(_) => scalar.content,
                    };
                    pieces.push(Piece { text: word, span, node: self, part: true });
                }
                if let [only] = pieces.as_mut_slice() {
                    only.part = only.text != text;
                }
                pieces
            }
            _ => Vec::new(),
        }
    }
}
