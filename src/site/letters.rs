//! What has a name of the same letters as one that leads nowhere: with another ending, a dot less, other signs or blanks, or
//! without the size that WordPress put behind it. Filled by the first link that nothing else explains.

use std::sync::OnceLock;

use super::Site;
use super::facts::PageFacts;
use super::index::{Entry, last_name, url_of};
use super::likeliest::with_the_longest_tail;
use super::suggestion::{Suggestion, is_looked_for};
use crate::alike::letters;
use crate::discover::{extension, file_name, parent};
use crate::hash::Map;
use crate::site::destination::is_image;

/// Names of so few letters say nothing without their ending.
const SHORT: usize = 4;

/// Outputs (`/img/a.png`) and files (`static/img/a.png`) by the letters of their names, with and without endings.
#[derive(Debug, Default)]
pub struct Letters(OnceLock<Map<String, Vec<Box<str>>>>);

impl Letters {
    fn of<'s>(&'s self, site: &'s Site, name: &str) -> Vec<&'s str> {
        let all = self.0.get_or_init(|| {
            let mut all: Map<String, Vec<Box<str>>> = Map::default();
            let outputs = site.index.iter().map(|(output, _)| output);
            let cut = if site.root.is_empty() { 0 } else { site.root.len() + 1 };
            for path in outputs.chain(site.files.iter().filter_map(|file| file.get(cut..))) {
                for key in keys(last_name(path)) {
                    all.entry(key).or_default().push(path.into());
                }
            }
            all
        });
        let mut found: Vec<&str> =
            keys(name).iter().filter_map(|key| all.get(key)).flatten().map(|path| &**path).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The letters of a name with its ending, and of what stands before that and before a size.
fn keys(name: &str) -> Vec<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    let is_size = |size: &str| size.split_once('x').is_some_and(|(width, height)| number(width) && number(height));
    let whole = stem.rsplit_once('-').filter(|(_, size)| is_size(size)).map_or(stem, |(whole, _)| whole);
    let mut keys = vec![letters(name)];
    for part in [stem, whole] {
        let key = letters(part);
        if key.chars().count() >= SHORT && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.retain(|key| !key.is_empty());
    keys
}

/// Whatever has a name of these letters: outputs, which begin with a slash, and files of the sources that have none.
pub fn named(site: &Site, path: &str) -> Vec<String> {
    let name = file_name(path.trim_end_matches('/'));
    let found = site.letters.of(site, name);
    let outputs = || found.iter().filter(|one| one.starts_with('/'));
    let all: Vec<&&str> = if outputs().next().is_some() { outputs().collect() } else { found.iter().collect() };
    all.into_iter().map(|one| (*one).to_owned()).collect()
}

/// The few outputs of such a name that may be meant: of the page's own day, in the folder that is named, else the only ones
/// of a name that says something.
pub fn suggest(site: &Site, from: &PageFacts, path: &str, image: bool) -> Vec<Suggestion> {
    const FEW: usize = 2;
    let name = file_name(path.trim_end_matches('/'));
    let fits = |output: &&str| match site.index.get(output) {
        Some(Entry::Page(number)) => !image && site.page(*number).is_some_and(PageFacts::is_published),
        Some(Entry::Asset(_)) if letters(file_name(output)) == letters(name) => true,
        Some(Entry::Asset(_)) => image && is_image(output) || !image && extension(output) == extension(name),
        Some(Entry::Alias(..)) => !image,
        None => false,
    };
    let found: Vec<&str> = site.letters.of(site, name).into_iter().filter(fits).collect();
    let own = from.place.date.map(|date| date.date());
    let of_day = |output: &&&str| {
        own.is_some_and(|day| {
            let (dashes, slashes) = (day.strftime("%Y-%m-%d").to_string(), day.strftime("/%Y/%m/%d/").to_string());
            output.contains(&dashes) || output.contains(&slashes)
        })
    };
    let today: Vec<&str> = found.iter().filter(of_day).copied().collect();
    let here: Vec<&str> = found.iter().filter(|output| parent(output) == parent(path)).copied().collect();
    let telling = letters(name.rsplit_once('.').map_or(name, |(stem, _)| stem)).chars().count() >= 8;
    if !is_looked_for(name) {
        return Vec::new();
    }
    let meant = match (today.len(), here.len()) {
        (1..=FEW, _) => today,
        (_, 1..=FEW) => here,
        _ if telling => with_the_longest_tail(path, found),
        _ => Vec::new(),
    };
    let mut paths: Vec<String> = meant.into_iter().map(|output| address(site, output)).collect();
    paths.dedup();
    if paths.len() > FEW {
        return Vec::new();
    }
    let why =
        if image { "a file of nearly that name lies there" } else { "one of nearly that name is published there" };
    paths.into_iter().map(|path| Suggestion { path, why: why.to_owned(), certain: false }).collect()
}

/// Of a former address that of the page itself.
fn address(site: &Site, output: &str) -> String {
    let page = match site.index.get(output) {
        Some(Entry::Alias(number, _)) => site.page(*number).and_then(|page| page.place.output.as_deref()),
        _ => None,
    };
    url_of(page.unwrap_or(output)).to_owned()
}
