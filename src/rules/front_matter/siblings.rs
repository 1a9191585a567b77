//! How the pages of one collection use the keys of their front matter: what most of them do is what was meant.
//!
//! Counted once per rule, in one pass over the pages.

use std::borrow::Cow;

use super::shape::{SHAPES, Shape};
use crate::hash::{Map, Set};
use crate::site::Site;
use crate::site::facts::{Key, Kind, PageFacts};

/// A key that so many pages have is meant.
pub const MEANT: usize = 5;
/// Among so many keys one is found faster by comparing than by hashing.
const HANDFUL: usize = 64;

/// How often and how a key is used.
#[derive(Debug, Clone, Copy, Default)]
pub struct Usage {
    /// Pages that have the key.
    pub pages: usize,
    /// Pages that have it with a value.
    pub filled: usize,
    /// Pages where the value is `0` or `1`.
    pub switches: usize,
    shapes: [usize; SHAPES],
}

impl Usage {
    /// Pages where the value has this shape.
    pub fn with(&self, shape: Shape) -> usize {
        self.shapes.get(shape as usize).copied().unwrap_or_default()
    }

    /// The most frequent shape among the values that are there, and on how many pages it is.
    pub fn majority(&self) -> Option<(Shape, usize)> {
        use Shape::{Boolean, Date, List, Map, Number, Other, Text};
        let all = [Text, Number, Date, Boolean, List, Map, Other];
        all.into_iter().map(|shape| (shape, self.with(shape))).max_by_key(|(_, count)| *count).filter(|(_, n)| *n > 0)
    }

    fn add(&mut self, key: &Key) {
        let shape = Shape::of(&key.value);
        self.pages += 1;
        self.filled += usize::from(!is_empty(key));
        self.switches += usize::from(matches!(key.text(), Some("0" | "1")));
        if let Some(count) = self.shapes.get_mut(shape as usize) {
            *count += 1;
        }
    }
}

/// True when nothing stands behind the key, or empty quotes or brackets.
pub fn is_empty(key: &Key) -> bool {
    Shape::of(&key.value) == Shape::Nothing || key.text().is_some_and(|text| text.trim().is_empty())
}

/// The pages of one kind, collection and language.
#[derive(Debug, Default)]
pub struct Group<'s> {
    /// How many pages there are.
    pub pages: usize,
    /// Their keys.
    pub keys: Map<Cow<'s, str>, Usage>,
    /// Those that at least [`MEANT`] of them have.
    pub meant: Vec<Cow<'s, str>>,
}

impl Group<'_> {
    /// How a key is used here.
    pub fn usage(&self, name: &str) -> Usage {
        self.keys.get(name).copied().unwrap_or_default()
    }
}

/// Kind, collection and language.
pub type GroupKey<'s> = (Kind, &'s str, Option<&'s str>);

/// The groups of a site.
pub struct Siblings<'s> {
    site: &'s Site,
    groups: Map<GroupKey<'s>, Group<'s>>,
    whole: Map<Cow<'s, str>, usize>,
}

impl<'s> Siblings<'s> {
    /// Counts the keys of every page whose front matter could be read.
    pub fn count(site: &'s Site) -> Siblings<'s> {
        let mut siblings = Siblings { site, groups: Map::default(), whole: Map::default() };
        for page in &site.pages {
            let Some(front) = page.front.as_ref().filter(|front| front.sound) else { continue };
            let group = siblings.groups.entry(key_of(site, page)).or_default();
            group.pages += 1;
            // A front matter has a handful of keys: comparing them is cheaper than a set, unless a program writes them.
            let mut seen: Vec<Cow<'_, str>> = Vec::new();
            let mut others: Set<Cow<'_, str>> = Set::default();
            for key in front.keys.iter().rev() {
                let name = canonical(site, &key.name);
                let known = match front.keys.len() > HANDFUL {
                    true => !others.insert(name.clone()),
                    false => seen.contains(&name),
                };
                if !known {
                    seen.push(name.clone());
                    group.keys.entry(name.clone()).or_default().add(key);
                    *siblings.whole.entry(name).or_default() += 1;
                }
            }
        }
        for group in siblings.groups.values_mut() {
            let meant = group.keys.iter().filter(|(_, usage)| usage.pages >= MEANT);
            group.meant = meant.map(|(name, _)| name.clone()).collect();
        }
        siblings
    }

    /// The pages like this one, itself included.
    pub fn of(&self, page: &'s PageFacts) -> Option<&Group<'s>> {
        self.groups.get(&key_of(self.site, page))
    }

    /// Which pages are like this one.
    pub fn group_of(&self, page: &'s PageFacts) -> GroupKey<'s> {
        key_of(self.site, page)
    }

    /// Every key, and on how many pages of the whole site it stands.
    pub fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        self.whole.iter().map(|(name, pages)| (&**name, *pages))
    }

    /// On how many pages of the whole site a key stands.
    pub fn everywhere(&self, name: &str) -> usize {
        self.whole.get(&*canonical(self.site, name)).copied().unwrap_or_default()
    }
}

fn key_of<'s>(site: &'s Site, page: &'s PageFacts) -> GroupKey<'s> {
    (page.kind, &page.collection, site.model.language_of_path(&page.path))
}

/// A key's name as the generator compares it.
pub fn canonical<'a>(site: &Site, name: &'a str) -> Cow<'a, str> {
    match site.generator.data().keys_ignore_case && name.bytes().any(|b| b.is_ascii_uppercase()) {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    }
}
