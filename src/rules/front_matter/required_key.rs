//! front-matter/required-key: a key that this kind of page needs is not there.

use crate::hash::Map;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::siblings::{Group, GroupKey, Siblings, Usage, canonical, is_empty};
use super::unknown_key::is_slip;
use super::{noun, readable, shape::Shape};
use crate::discover::file_name;
use crate::finding::{Confidence, Severity};
use crate::generators::Heads;
use crate::rules::rule::{Code, Reporter, SiteRule, options};
use crate::site::Site;
use crate::site::facts::{Front, Key, Kind, PageFacts, Published};
use crate::source::Span;

/// So many posts must exist before their custom counts …
const SIBLINGS: usize = 20;
/// … and of the posts nearest in time so many must have the key, or the custom is newer or older than the post.
const NEAR: (usize, usize) = (9, 10);

/// Keys that every generator makes up where they are not written, and those of pages that had another address.
const DERIVED: [&str; 6] = ["aliases", "permalink", "redirect_from", "redirect_to", "slug", "url"];

/// Keys of the day on which a post was changed: one that never was has none.
const OF_CHANGES: [&str; 10] = [
    "changed",
    "last_modified",
    "last_modified_at",
    "last_update",
    "last_updated",
    "lastmod",
    "modified",
    "updated",
    "updated_at",
    "updateddate",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequiredKey {
    keys: Vec<String>,
    learn: bool,
}

/// Makes the rule.
pub fn make(value: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(options::<RequiredKey>(value)?))
}

impl SiteRule for RequiredKey {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, front) in readable(site) {
            never_published(site, page, front, report);
            for key in self.keys.iter().filter(|_| page.kind == Kind::Post) {
                if site.model.default_value(page, key).is_none() && front.at(key).is_none_or(is_empty) {
                    needed(page, front, key, "the configuration asks every post for it", report);
                }
            }
            let data = site.generator.data();
            for (name, key) in &data.keys {
                if key.required_for.iter().any(|kind| kind == noun(page.kind)) && !has(site, page, front, name) {
                    needed(page, front, name, &format!("{} cannot do without it", data.title), report);
                }
            }
        }
        if self.learn {
            Learner { site, siblings: Siblings::count(site), configured: &self.keys }.check(report);
        }
    }
}

/// Jekyll reads no post whose file name has no date, and does not say so.
fn never_published(site: &Site, page: &PageFacts, front: &Front, report: &mut Reporter<'_>) {
    let name = file_name(&page.path);
    let model = ["template", "example", "readme"].iter().any(|word| name.to_ascii_lowercase().contains(word));
    // Where the head of a page is lines, the keys that are missing there are told by themselves.
    let lines = site.model.settings().heads == Heads::Lines;
    // `permalink: false`: the writer keeps it back.
    let kept_back = front.get("permalink").and_then(Key::text) == Some("false");
    if kept_back || !site.generator.data().posts_need_a_date_in_their_name {
        return;
    }
    if page.kind != Kind::Post || page.place.published != Published::Never || page.place.url.is_some() || model || lines
    {
        return;
    }
    let day = front.get("date").and_then(Key::text).and_then(|text| text.get(..10)).unwrap_or("2024-01-31");
    let day = if day.parse::<Date>().is_ok() { day } else { "2024-01-31" };
    let generator = &site.generator.data().title;
    if let Some(at) = day_within(name) {
        // `draft-2024-01-31-a.md`: the writer knows where the date belongs, and keeps the post back.
        let message = format!("the date in `{name}` does not stand first, so {generator} never publishes this post");
        let help = format!("if that is not meant, rename it to `{}`", name.get(at..).unwrap_or(name));
        return report.at(&page.file, Span::FILE, message).help(help).at_most(Severity::Hint).done();
    }
    report
        .at(
            &page.file,
            Span::FILE,
            format!("`{name}` does not begin with a date, so {generator} never publishes this post"),
        )
        .note("the build says nothing, and a `date` in the front matter does not help")
        .help(format!("rename it to `{day}-{name}`"))
        .done();
}

/// Where a day and a hyphen stand in a name.
fn day_within(name: &str) -> Option<usize> {
    name.match_indices('-').map(|(at, _)| at + 1).find(|at| {
        let day = |length: usize| name.get(*at..at + length);
        day(11).is_some_and(|day| day.ends_with('-')) && day(10).is_some_and(|day| day.parse::<Date>().is_ok())
    })
}

fn needed(page: &PageFacts, front: &Front, key: &str, why: &str, report: &mut Reporter<'_>) {
    report
        .at(&page.file, fence(front), format!("this {} has no `{key}`", noun(page.kind)))
        .note(why)
        .help(format!("add `{key}: …` to the front matter"))
        .done();
}

/// The opening fence: where something is missing there is no better place.
fn fence(front: &Front) -> Span {
    Span { start: front.outer.start, end: front.outer.end.min(front.outer.start + 3) }
}

/// True when a page has a key, by one of its names or from elsewhere.
fn has(site: &Site, page: &PageFacts, front: &Front, name: &str) -> bool {
    let data = site.generator.data();
    let same = |key: &Key| {
        let found = canonical(site, &key.name);
        *found == *canonical(site, name)
            || data
                .keys
                .iter()
                .any(|(other, of)| of.same_as.as_deref() == Some(name) && *found == *canonical(site, other))
    };
    front.get(name).is_some()
        || front.keys.iter().any(same)
        || site.model.default_value(page, name).is_some()
        || (name == "date" && page.place.date.is_some())
}

/// What (nearly) all posts have.
struct Learner<'a, 's> {
    site: &'s Site,
    siblings: Siblings<'s>,
    configured: &'a [String],
}

impl<'s> Learner<'_, 's> {
    fn check(&self, report: &mut Reporter<'_>) {
        let mut groups: Map<GroupKey<'s>, Vec<(&'s PageFacts, &'s Front)>> = Map::default();
        for (page, front) in readable(self.site).filter(|(page, _)| page.kind == Kind::Post) {
            groups.entry(self.siblings.group_of(page)).or_default().push((page, front));
        }
        for posts in groups.values_mut() {
            posts.sort_by_key(|(page, _)| (page.place.date, &page.path));
            if let Some(group) = posts.first().and_then(|(page, _)| self.siblings.of(page)) {
                self.group(group, posts, report);
            }
        }
    }

    fn group(&self, group: &Group<'s>, posts: &[(&'s PageFacts, &'s Front)], report: &mut Reporter<'_>) {
        if group.pages < SIBLINGS {
            return;
        }
        let customs: Vec<(&str, Usage)> = group
            .keys
            .iter()
            .filter(|(name, usage)| is_custom(group, usage) && !self.configured.iter().any(|key| **key == ***name))
            .map(|(name, usage)| (&**name, *usage))
            .collect();
        let lacking: Vec<Vec<bool>> = customs
            .iter()
            .map(|(name, _)| posts.iter().map(|(page, front)| !has(self.site, page, front, name)).collect())
            .collect();
        for (number, (page, front)) in posts.iter().enumerate() {
            let lacks = |posts: &Vec<bool>| posts.get(number) == Some(&true);
            // What is not published is not finished.
            if matches!(page.place.published, Published::Draft | Published::Never) {
                continue;
            }
            // Nobody reads a post that only leads elsewhere.
            if ["redirect_to", "redirect", "external_url", "redirectTo"].iter().any(|key| page.key(key).is_some()) {
                continue;
            }
            // A post that lacks several of them is of another kind: a redirect, a bundle's index.
            if lacking.iter().filter(|posts| lacks(posts)).count() > 2 {
                continue;
            }
            let missed = customs.iter().zip(&lacking).filter(|(_, posts)| lacks(posts) && is_lasting(posts, number));
            let applies = |name: &str| {
                !is_of_changes(name)
                    && !is_of_nothing(self.site, page, front, name)
                    && !self.site.model.may_lack(page, name)
            };
            for ((name, usage), _) in missed.filter(|((name, _), _)| !has_slip(self.site, front, name) && applies(name))
            {
                self.one(group, page, front, name, usage, report);
            }
        }
    }

    fn one(
        &self,
        of: &Group<'s>,
        page: &PageFacts,
        front: &Front,
        name: &str,
        usage: &Usage,
        report: &mut Reporter<'_>,
    ) {
        // A post without a tag may just have none, and what is not written of an address is derived.
        let optional = DERIVED.contains(&name) || self.site.generator.data().terms.iter().any(|term| term == name);
        // What only the site's own templates read, they may do without.
        let known = self.site.generator.data().keys.contains_key(name);
        report
            .at(&page.file, fence(front), format!("this post has no `{name}`"))
            .note(format!("{} of {} posts beside it have one", usage.filled, of.pages))
            .help(format!("add `{name}: …` to the front matter"))
            .at_most(if known { Severity::Warning } else { Severity::Hint })
            .confidence(if optional { Confidence::Low } else { Confidence::Medium })
            .done();
    }
}

/// Nearly all have the key with a value. A switch that is not there stands at its default, and a map is a container for
/// whatever there is to say.
fn is_custom(group: &Group<'_>, usage: &Usage) -> bool {
    let plain = usage.majority().is_some_and(|(shape, _)| !matches!(shape, Shape::Boolean | Shape::Map | Shape::Other));
    let is_switch = usage.switches == usage.filled;
    plain && !is_switch && usage.filled * 100 >= group.pages * 95
}

fn is_of_changes(name: &str) -> bool {
    let small = name.to_ascii_lowercase().replace('-', "_");
    OF_CHANGES.binary_search(&small.as_str()).is_ok()
}

/// True for `image-alt` where the post has no `image`: what a key says of another one's value, where that is not there.
fn is_of_nothing(site: &Site, page: &PageFacts, front: &Front, name: &str) -> bool {
    let of = name.char_indices().rev().filter(|(at, c)| *at > 0 && (matches!(c, '-' | '_') || c.is_ascii_uppercase()));
    let mut starts = of.filter_map(|(at, _)| name.get(..at));
    let said_of = |start: &str| {
        let pictures = ["image", "img", "cover", "thumbnail", "banner", "hero", "photo", "picture", "featured"];
        pictures.iter().any(|word| start.to_ascii_lowercase().contains(word)) && !has(site, page, front, start)
    };
    starts.any(said_of)
}

/// True when the posts before and after it in time have the key, so that the custom is as old as the post.
fn is_lasting(lacking: &[bool], number: usize) -> bool {
    let (enough, around) = NEAR;
    let start = number.saturating_sub(around / 2).min(lacking.len().saturating_sub(around + 1));
    let near = lacking.iter().enumerate().skip(start).take(around + 1).filter(|(other, _)| *other != number);
    near.filter(|(_, lacks)| !**lacks).count() >= enough
}

/// Another key of the page is the one that is looked for, spelt differently: that is front-matter/unknown-key's.
fn has_slip(site: &Site, front: &Front, name: &str) -> bool {
    front.keys.iter().any(|key| {
        let other = canonical(site, &key.name);
        let stem = |text: &str| text.trim_end_matches('s').trim_end_matches("ie").trim_end_matches('y').to_lowercase();
        is_slip(&other, name).is_some() || stem(&other) == stem(name)
    })
}
