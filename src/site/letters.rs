//! What has a name of the same letters as one that leads nowhere: with another ending, a dot less, other signs or blanks, or
//! without the size that WordPress put behind it. Filled by the first link that nothing else explains.

use std::sync::OnceLock;

use super::Site;
use super::facts::PageFacts;
use super::index::{Entry, last_name, url_of};
use super::likeliest::with_the_longest_tail;
use super::suggestion::{Suggestion, is_looked_for};
use super::translation;
use crate::alike::{self, Alike, letters};
use crate::discover::{extension, file_name, parent};
use crate::hash;
use crate::site::destination::is_image;

/// Names of so few letters say nothing without their ending.
const SHORT: usize = 4;

/// Outputs (`/img/a.png`) and files (`static/img/a.png`) by the letters of their names, with and without endings: marks
/// only, with the number of what has the name, outputs first.
#[derive(Debug, Default)]
pub struct Letters(OnceLock<Alike>);

impl Letters {
    fn of<'s>(&'s self, site: &'s Site, name: &str) -> Vec<&'s str> {
        let below = if site.root.is_empty() { 0 } else { site.root.len() + 1 };
        let all = self.0.get_or_init(|| {
            let mut marks = Vec::with_capacity(2 * site.files.len());
            let mut mark = |path, number| each_key(last_name(path), |key| marks.push((hash::mark(key), number)));
            // What is published under its own name is known by its address.
            let mut copied = vec![false; site.files.len()];
            for ((output, entry), number) in site.index.iter().zip(0..) {
                mark(output, number);
                if let Entry::Asset(file) = entry
                    && last_name(file) == last_name(output)
                    && let Some(copied) = site.files.binary_search(file).ok().and_then(|at| copied.get_mut(at))
                {
                    *copied = true;
                }
            }
            let first = u32::try_from(site.index.len()).unwrap_or(u32::MAX);
            for ((file, copied), number) in site.files.iter().zip(copied).zip(first..) {
                if !copied {
                    mark(file.get(below..).unwrap_or_default(), number);
                }
            }
            Alike::of_marks(marks)
        });
        let at = |number: usize| match number.checked_sub(site.index.len()) {
            None => site.index.at(number),
            Some(file) => site.files.get(file).and_then(|file| file.get(below..)),
        };
        let mut wanted = Vec::new();
        each_key(name, |key| wanted.push(key.to_owned()));
        let is_wanted = |path: &str| {
            let mut found = false;
            each_key(last_name(path), |key| found |= wanted.iter().any(|wanted: &Vec<u8>| wanted == key));
            found
        };
        let marks = wanted.iter().map(|key| hash::mark(key));
        let mut found: Vec<&str> = marks.flat_map(|mark| all.marked(mark)).filter_map(at).collect();
        found.retain(|path| is_wanted(path));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The letters of a name with its ending, and of what stands before that and before a size; some of them may be the same.
fn each_key(name: &str, mut take: impl FnMut(&[u8])) {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    let is_size = |size: &str| size.split_once('x').is_some_and(|(width, height)| number(width) && number(height));
    let whole = stem.rsplit_once('-').filter(|(_, size)| is_size(size)).map_or(stem, |(whole, _)| whole);
    let mut key = Vec::with_capacity(name.len());
    let mut last = usize::MAX;
    for (part, least) in [(name, 1), (stem, SHORT), (whole, SHORT)] {
        if part.len() == last {
            continue;
        }
        last = part.len();
        key.clear();
        alike::letters_into(part, &mut key);
        if key.iter().filter(|byte| !is_continuation(**byte)).nth(least - 1).is_some() {
            take(&key);
        }
    }
}

/// True for a byte in a letter that is not its first.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
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
    let mut paths: Vec<String> = meant.into_iter().map(|output| address(site, from, output)).collect();
    paths.dedup();
    if paths.len() > FEW {
        return Vec::new();
    }
    let why =
        if image { "a file of nearly that name lies there" } else { "one of nearly that name is published there" };
    paths.into_iter().map(|path| Suggestion { path, why: why.to_owned(), certain: false }).collect()
}

/// Of a former address that of the page itself, in the language of the page that holds the link.
fn address(site: &Site, from: &PageFacts, output: &str) -> String {
    let page = match site.index.get(output) {
        Some(Entry::Alias(number, _)) => site.page(*number),
        _ => None,
    };
    let translated = page.and_then(|page| translation::counterpart(site, page, translation::tag(from)?));
    let page = translated.or(page).and_then(|page| page.place.output.as_deref());
    url_of(page.unwrap_or(output)).to_owned()
}
