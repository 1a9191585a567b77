//! From a selector to the values that stand there.

use std::borrow::Cow;

use crate::page::links::{LinkKind, Origin};
use crate::rules::format::Selector;
use crate::rules::page::Page;
use crate::site::facts::{Front, Key, PageFacts, Value};
use crate::source::Span;

/// A page as a rule sees it: its facts, and its text where the scope gives it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// What is kept of it.
    pub facts: &'a PageFacts,
    /// The page itself, for rules of `scope: page`.
    pub page: Option<&'a Page<'a>>,
}

/// One value.
pub struct Item<'a> {
    /// Its text, decoded.
    pub text: Cow<'a, str>,
    /// Where it stands.
    pub span: Span,
    /// The front-matter key that holds it.
    pub key: Option<&'a str>,
    /// True for destinations of links and images.
    pub url: bool,
}

impl<'a> Place<'a> {
    /// The values at a selector, in the order of the file.
    pub fn items(&self, selector: &Selector) -> Vec<Item<'a>> {
        match selector {
            Selector::FrontMatter(path) => self.key(path).map(scalars).unwrap_or_default(),
            Selector::Path => {
                vec![Item { text: Cow::Borrowed(&self.facts.path), span: Span::FILE, key: None, url: false }]
            }
            Selector::Links => self.destinations(LinkKind::Link),
            Selector::Images => self.destinations(LinkKind::Image),
            Selector::Headings => self.page.map(headings).unwrap_or_default(),
            Selector::Text => self.page.map(text).unwrap_or_default(),
        }
    }

    /// The front matter, where it could be read.
    pub fn front(&self) -> Option<&'a Front> {
        self.facts.front.as_ref().filter(|front| front.sound)
    }

    /// The key at a path of names; the last where one stands twice.
    pub fn key(&self, path: &[String]) -> Option<&'a Key> {
        find(&self.facts.front.as_ref()?.keys, path)
    }

    /// Links or images of the body; a destination that a template makes is nobody's text.
    fn destinations(&self, kind: LinkKind) -> Vec<Item<'a>> {
        let facts = self.facts;
        let of_body = |link: &&crate::page::links::Link| {
            link.kind == kind && !matches!(link.origin, Origin::FrontMatter { .. }) && !link.is_dynamic()
        };
        let links = facts.links.iter().filter(of_body);
        links
            .map(|link| Item { text: Cow::Borrowed(&link.destination), span: link.place(), key: None, url: true })
            .collect()
    }
}

fn find<'a>(keys: &'a [Key], path: &[String]) -> Option<&'a Key> {
    let (first, rest) = path.split_first()?;
    let key = keys.iter().rev().find(|key| *key.name == **first)?;
    match (&key.value, rest) {
        (_, []) => Some(key),
        (Value::Map(keys), rest) => find(keys, rest),
        _ => None,
    }
}

fn scalars(key: &Key) -> Vec<Item<'_>> {
    key.scalars()
        .map(|scalar| Item { text: Cow::Borrowed(&*scalar.text), span: scalar.span, key: Some(&key.name), url: false })
        .collect()
}

fn headings<'a>(page: &'a Page<'a>) -> Vec<Item<'a>> {
    let known = page.body.headings.iter().filter(|heading| !heading.dynamic);
    known
        .map(|heading| Item { text: Cow::Borrowed(&*heading.text), span: heading.content, key: None, url: false })
        .collect()
}

fn text<'a>(page: &'a Page<'a>) -> Vec<Item<'a>> {
    let runs = page.body.prose.iter().flat_map(|(_, runs)| runs);
    runs.map(|run| Item { text: Cow::Borrowed(run.of(page.text)), span: *run, key: None, url: false }).collect()
}
