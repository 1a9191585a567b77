//! Where the images lie that front matter names.
//!
//! Where `cover: "photo.png"` lies is decided by the theme, in code that is not read here. But a site's own values show
//! it: if nearly all of them are found in one place (a fixed folder, or one named after the post), that place is the
//! rule, and a value that is not found there is missing.

use super::destination::{self, Shape};
use super::facts::{PageFacts, Scalar};
use super::front_values::{each, names_an_image};
use super::index::{Entry, Index};
use crate::alike::fold;
use crate::discover::{is_image, parent};
use crate::hash::{Map, Set};
use crate::page::links::{LinkKind, Origin};

/// At least this share of a key's values must lie in one place for the place to be a rule.
const MAJORITY: (usize, usize) = (3, 4);

/// The place of each image key's values.
#[derive(Debug, Default)]
pub struct Folders {
    /// By key: a folder with placeholders, such as `/assets/{year}/{month}/{stem}`.
    by_key: Map<Box<str>, Option<String>>,
    /// Parameters of the site's own templates whose values are addresses as they stand: most of them exist.
    rooted: Set<Box<str>>,
    /// By key: what a template puts before values that begin at the root.
    before: Map<Box<str>, String>,
    /// Keys of which nearly every value is an image, so that every other value is meant as one.
    image_keys: Set<Box<str>>,
}

/// So many images must a key have before its other values are taken for images that are not there.
const KNOWN_BY: usize = 5;

impl Folders {
    /// The folder of a key's values on this page.
    #[must_use]
    pub fn of(&self, key: &str, page: &PageFacts) -> Option<String> {
        filled(self.by_key.get(key)?.as_ref()?, page)
    }

    /// What a template puts before values of a key that begin at the root.
    #[must_use]
    pub fn before(&self, key: &str) -> Option<&str> {
        self.before.get(key).map(String::as_str)
    }

    /// True for a parameter whose values are addresses as they stand.
    #[must_use]
    pub fn is_rooted(&self, key: &str) -> bool {
        self.rooted.contains(key)
    }

    /// Values that stand where the site otherwise names images, and name none: a folder, a placeholder, a path without
    /// its ending. Only what begins like a path of the site; nothing is read into words.
    pub fn no_images<'a>(&'a self, page: &'a PageFacts) -> impl Iterator<Item = &'a Scalar> {
        let front = page.front.as_ref().filter(|front| front.sound && !self.image_keys.is_empty());
        let mut scalars = Vec::new();
        each(front.map_or(&[], |front| &front.keys), "", &mut |path, scalar| {
            if self.image_keys.contains(path) {
                scalars.push(scalar);
            }
        });
        scalars.into_iter().filter(|scalar| {
            let text = scalar.text.trim();
            let path = ["/", "./", "../"].iter().any(|start| text.starts_with(start)) && !text.starts_with("//");
            path && text.len() > 1 && !text.contains("{{") && !text.contains("{%") && !names_an_image(text)
        })
    }

    /// Learns from every value that names a file which exists.
    #[must_use]
    pub fn learn(pages: &[PageFacts], index: &Index) -> Folders {
        let mut assets: Map<String, Vec<&str>> = Map::default();
        let mut votes: Map<&str, (usize, Map<String, usize>)> = Map::default();
        let named = || {
            pages.iter().flat_map(|page| page.links.iter().map(move |link| (page, link))).filter_map(|(page, link)| {
                let (Origin::FrontMatter { key } | Origin::Parameter { key }) = &link.origin else { return None };
                let plain =
                    matches!(destination::shape(&link.destination), Shape::Path { path, .. } if !path.starts_with('/'));
                plain.then_some((page, &**key, destination::decode(&link.destination)))
            })
        };
        let rooted = rooted(pages, index);
        let image_keys = image_keys(pages);
        if named().next().is_none() {
            return Folders { rooted, image_keys, before: before(pages, index), ..Folders::default() };
        }
        for (output, entry) in index.iter() {
            if matches!(entry, Entry::Asset(_)) && is_image(output) {
                assets.entry(fold(crate::discover::file_name(output))).or_default().push(output);
            }
        }
        for (page, key, value) in named() {
            let (count, patterns) = votes.entry(key).or_default();
            *count += 1;
            let value = value.trim_start_matches("./");
            let tail = fold(&format!("/{value}"));
            let mut seen: Vec<String> = Vec::new();
            for output in assets.get(&fold(crate::discover::file_name(value))).into_iter().flatten() {
                let folded = fold(output);
                if folded.ends_with(&tail) {
                    let parts = value.matches('/').count();
                    let folder = (0..=parts).fold(*output, |path, _| parent(path));
                    for pattern in patterns_of(folder, page) {
                        if !seen.contains(&pattern) {
                            seen.push(pattern);
                        }
                    }
                }
            }
            for pattern in seen {
                *patterns.entry(pattern).or_default() += 1;
            }
        }
        let by_key = votes
            .into_iter()
            .map(|(key, (count, patterns))| {
                let best = patterns.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
                let rule =
                    best.filter(|(_, votes)| votes * MAJORITY.1 >= count * MAJORITY.0).map(|(pattern, _)| pattern);
                (Box::from(key), rule)
            })
            .collect();
        Folders { by_key, rooted, image_keys, before: before(pages, index) }
    }
}

/// Keys of which at least nine in ten values are images.
fn image_keys(pages: &[PageFacts]) -> Set<Box<str>> {
    let mut counts: Map<Box<str>, (usize, usize)> = Map::default();
    for link in pages.iter().flat_map(|page| &page.links).filter(|link| link.kind == LinkKind::Image) {
        if let Origin::FrontMatter { key } = &link.origin {
            match counts.get_mut(&**key) {
                Some((images, _)) => *images += 1,
                None => {
                    counts.insert(Box::from(&**key), (1, 0));
                }
            }
        }
    }
    counts.retain(|_, (images, _)| *images >= KNOWN_BY);
    if counts.is_empty() {
        return Set::default();
    }
    for front in pages.iter().filter_map(|page| page.front.as_ref()) {
        each(&front.keys, "", &mut |path, scalar| {
            if let Some((_, values)) = counts.get_mut(path) {
                *values += usize::from(!scalar.text.trim().is_empty());
            }
        });
    }
    counts.into_iter().filter(|(_, (images, values))| values * 9 <= images * 10).map(|(key, _)| key).collect()
}

/// Parameters of which most values that begin at the root are files of the site.
fn rooted(pages: &[PageFacts], index: &Index) -> Set<Box<str>> {
    let mut counts: Map<&str, (usize, usize)> = Map::default();
    for link in pages.iter().flat_map(|page| &page.links) {
        let Origin::Parameter { key } = &link.origin else { continue };
        if let Shape::Path { path, .. } = destination::shape(&link.destination)
            && path.starts_with('/')
        {
            let (found, all) = counts.entry(key).or_default();
            *found += usize::from(index.get(&destination::decode(path)).is_some());
            *all += 1;
        }
    }
    counts.into_iter().filter(|(_, (found, all))| found * 2 >= *all && *found > 0).map(|(key, _)| key.into()).collect()
}

/// What is put before the values of a key: of those that begin at the root hardly one is there, and nearly all are in
/// one and the same folder.
fn before(pages: &[PageFacts], index: &Index) -> Map<Box<str>, String> {
    let mut values: Map<&str, Vec<String>> = Map::default();
    for link in pages.iter().flat_map(|page| &page.links) {
        if let Origin::FrontMatter { key } = &link.origin
            && let Shape::Path { path, .. } = destination::shape(&link.destination)
            && path.starts_with('/')
        {
            values.entry(key).or_default().push(destination::decode(path).into_owned());
        }
    }
    let is_there = |path: &String| index.get(path).is_some();
    values.retain(|_, paths| paths.len() >= 3 && paths.iter().filter(|path| is_there(path)).count() * 4 <= paths.len());
    if values.is_empty() {
        return Map::default();
    }
    let mut by_name: Map<&str, Vec<&str>> = Map::default();
    for (output, entry) in index.iter() {
        if matches!(entry, Entry::Asset(_)) && is_image(output) {
            by_name.entry(crate::discover::file_name(output)).or_default().push(output);
        }
    }
    let mut found = Map::default();
    for (key, paths) in values {
        let mut votes: Map<&str, usize> = Map::default();
        for path in &paths {
            let named = by_name.get(crate::discover::file_name(path)).into_iter().flatten();
            for folder in named.filter_map(|output| output.strip_suffix(path.as_str())) {
                *votes.entry(folder).or_default() += 1;
            }
        }
        let best = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        if let Some((folder, _)) = best.filter(|(_, votes)| votes * MAJORITY.1 >= paths.len() * MAJORITY.0) {
            found.insert(Box::from(key), folder.to_owned());
        }
    }
    found
}

/// A folder as itself, and with the parts that come from the page replaced by their names.
fn patterns_of(folder: &str, page: &PageFacts) -> Vec<String> {
    let mut patterns = vec![folder.to_owned()];
    if page.place.output.as_deref().is_some_and(|output| parent(output) == folder) {
        patterns.push("{page}".to_owned());
    }
    let mut templated = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        templated.push('/');
        match values(page).into_iter().find(|(_, value)| value == part) {
            Some((name, _)) => templated.push_str(name),
            None => templated.push_str(part),
        }
    }
    if templated != folder {
        patterns.push(templated);
    }
    patterns
}

/// Parts of a page's name and date that folders are named after.
fn values(page: &PageFacts) -> Vec<(&'static str, String)> {
    let name = crate::discover::file_name(&page.path);
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let folder = crate::discover::file_name(parent(&page.path));
    let mut values = vec![("{stem}", stem.to_owned())];
    let parts: Vec<&str> = stem.splitn(4, '-').collect();
    if let [year, month, day, slug] = parts.as_slice()
        && [year, month, day].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    {
        values.push(("{slug}", (*slug).to_owned()));
        values.push(("{year}", (*year).to_owned()));
        values.push(("{month}", (*month).to_owned()));
        values.push(("{day}", (*day).to_owned()));
    }
    values.push(("{folder}", folder.to_owned()));
    values
}

fn filled(pattern: &str, page: &PageFacts) -> Option<String> {
    if pattern == "{page}" {
        return Some(parent(page.place.output.as_deref()?).to_owned());
    }
    let mut folder = pattern.to_owned();
    for (name, value) in values(page) {
        folder = folder.replace(name, &value);
    }
    (!folder.contains('{')).then_some(folder)
}
