//! What a route writes into its addresses, as it depends on an entry of a collection.

use regex::Regex;

use super::moment::{self, Part};
use crate::generators::heading_ids::github_slug;
use crate::site::facts::PageFacts;

/// A text that an entry decides.
#[derive(Debug, Clone)]
pub enum Text {
    /// The entry's `id`.
    Id,
    /// The entry's `slug`.
    Slug,
    /// A key of its front matter.
    Key(String),
    /// The file, from the root of the site.
    File,
    /// The same for all.
    Fixed(String),
    /// The second where the first is not empty, else the third.
    Choice(Box<Text>, Box<Text>, Box<Text>),
    /// One after the other.
    Joined(Vec<Text>),
    /// As github-slugger writes it.
    Slugged(Box<Text>),
    /// In small letters.
    Lower(Box<Text>),
    /// With what a pattern finds replaced, everywhere or once.
    Replaced(Box<Text>, Regex, String, bool),
    /// What a group of a pattern finds.
    Group(Box<Text>, Regex, usize),
    /// Without so many characters at its start.
    From(Box<Text>, usize),
    /// Parts between a sign, from one to before another, counted from the end where negative.
    Parts(Box<Text>, String, i64, Option<i64>),
    /// A part of the date that a text says.
    Moment(Box<Text>, Part),
    /// Filled up with a sign at its start.
    Padded(Box<Text>, usize, char),
    /// The folders of the file below the collection's, slugged, and the last part of its id: AstroPaper's `getPath`.
    Folders,
}

/// An entry, as far as routes ask.
pub struct Entry<'a> {
    /// Its page.
    pub page: &'a PageFacts,
    /// `entry.id`.
    pub id: &'a str,
    /// `entry.slug`.
    pub slug: &'a str,
    /// Its path below the folder of the collection.
    pub inside: &'a str,
}

impl Text {
    /// The text for an entry; nothing where a key is not there.
    #[must_use]
    pub fn of(&self, entry: &Entry<'_>) -> Option<String> {
        Some(match self {
            Text::Id => entry.id.to_owned(),
            Text::Slug => entry.slug.to_owned(),
            Text::Key(key) => entry.page.key(key)?.text()?.to_owned(),
            Text::File => entry.page.path.to_string(),
            Text::Fixed(text) => text.clone(),
            Text::Choice(asked, then, other) => {
                let is_there = asked.of(entry).is_some_and(|text| !text.is_empty());
                if is_there { then } else { other }.of(entry)?
            }
            Text::Joined(parts) => parts.iter().map(|part| part.of(entry)).collect::<Option<Vec<String>>>()?.concat(),
            Text::Slugged(text) => github_slug(&text.of(entry)?),
            Text::Lower(text) => text.of(entry)?.to_lowercase(),
            Text::Replaced(text, pattern, by, all) => {
                pattern.replacen(&text.of(entry)?, usize::from(!all), by.as_str()).into_owned()
            }
            Text::Group(text, pattern, group) => {
                let text = text.of(entry)?;
                pattern.captures(&text)?.get(*group)?.as_str().to_owned()
            }
            Text::From(text, from) => text.of(entry)?.chars().skip(*from).collect(),
            Text::Parts(text, sign, from, to) => {
                let whole = text.of(entry)?;
                let all: Vec<&str> = whole.split(sign.as_str()).collect();
                let place = |at: i64| {
                    let from_end = usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX);
                    let at = if at < 0 { all.len().saturating_sub(from_end) } else { from_end };
                    at.min(all.len())
                };
                all.get(place(*from)..to.map_or(all.len(), place))?.join(sign)
            }
            Text::Moment(text, part) => moment::of(&text.of(entry)?, *part)?,
            Text::Padded(text, length, sign) => {
                let text = text.of(entry)?;
                let lacks = length.saturating_sub(text.chars().count());
                std::iter::repeat_n(*sign, lacks).chain(text.chars()).collect()
            }
            Text::Folders => {
                let folders = entry.inside.rsplit_once('/').map_or("", |(folders, _)| folders).split('/');
                let folders = folders.filter(|name| !name.is_empty() && !name.starts_with('_')).map(github_slug);
                let last = entry.id.rsplit('/').next().unwrap_or_default().to_owned();
                folders.chain([last]).collect::<Vec<String>>().join("/")
            }
        })
    }

    /// The keys of the front matter that it asks for.
    pub fn keys<'t>(&'t self, found: &mut Vec<&'t str>) {
        match self {
            Text::Key(key) => found.push(key),
            // Whatever the schema makes of a date, it is that day.
            Text::Id | Text::Slug | Text::File | Text::Fixed(_) | Text::Folders | Text::Moment(..) => {}
            Text::Choice(asked, then, other) => [asked, then, other].into_iter().for_each(|one| one.keys(found)),
            Text::Joined(parts) => parts.iter().for_each(|part| part.keys(found)),
            Text::Slugged(text)
            | Text::Lower(text)
            | Text::Replaced(text, ..)
            | Text::Group(text, ..)
            | Text::From(text, _)
            | Text::Padded(text, ..)
            | Text::Parts(text, ..) => text.keys(found),
        }
    }

    /// True where nothing but the entry's own name decides: an `id` that another loader or Astro's version changes.
    #[must_use]
    pub fn asks_for_id(&self) -> bool {
        match self {
            Text::Id | Text::Folders => true,
            Text::Slug | Text::Key(_) | Text::File | Text::Fixed(_) | Text::Moment(..) => false,
            Text::Choice(asked, then, other) => [asked, then, other].iter().any(|one| one.asks_for_id()),
            Text::Joined(parts) => parts.iter().any(Text::asks_for_id),
            Text::Slugged(text)
            | Text::Lower(text)
            | Text::Replaced(text, ..)
            | Text::Group(text, ..)
            | Text::From(text, _)
            | Text::Padded(text, ..)
            | Text::Parts(text, ..) => text.asks_for_id(),
        }
    }
}
