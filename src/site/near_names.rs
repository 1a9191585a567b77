//! Published names that are a letter or two away from one that leads nowhere.

use std::borrow::Cow;

use super::Site;
use super::index::{Entry, folder_of, last_name, url_of};
use super::names::may_be_near;
use super::suggestion::Suggestion;
use crate::alike::fold;
use crate::discover::{extension, is_image, parent};

/// A name one or two letters away in the same folder, or a page's slug anywhere.
pub fn near(site: &Site, path: &str) -> Option<Suggestion> {
    let wanted = Wanted::of(path)?;
    let mut best: Option<(usize, &str)> = None;
    let mut several = false;
    for (name, output) in site.index.resembling(&wanted.name, wanted.allowed) {
        let Some(distance) = wanted.distance(site, &name, output) else { continue };
        let here = folder_of(output) == wanted.folder;
        let rank = distance * 2 + usize::from(!here);
        match best {
            Some((known, _)) if known < rank => {}
            Some((known, other)) if known == rank && other != output => several = true,
            _ => {
                best = Some((rank, output));
                several = false;
            }
        }
    }
    let (_, output) = best.filter(|_| !several)?;
    Some(nearly(output))
}

/// Names one or two letters away in the folder that the path names.
pub fn beside(site: &Site, path: &str) -> Vec<Suggestion> {
    let Some(wanted) = Wanted::of(path) else { return Vec::new() };
    let all = site.index.in_folder(wanted.folder);
    all.filter(|output| wanted.distance(site, &fold(last_name(output)), output).is_some()).map(nearly).collect()
}

fn nearly(output: &str) -> Suggestion {
    Suggestion { path: url_of(output).to_owned(), why: "that name is nearly the same".to_owned(), certain: false }
}

/// What is looked for by its letters.
struct Wanted<'p> {
    /// Its name, folded.
    name: String,
    /// How many letters may differ.
    allowed: usize,
    folder: &'p str,
    extension: Cow<'p, str>,
}

impl<'p> Wanted<'p> {
    /// Nothing for a name so short that every other is near.
    fn of(path: &'p str) -> Option<Wanted<'p>> {
        let name = fold(last_name(path));
        let ending = extension(path);
        let ending = if is_image(path) && !ending.is_empty() { ending.len() + 1 } else { 0 };
        // A picture's ending says nothing: `waltz.jpg` is not `wall.jpg`.
        let allowed = match (name.chars().count(), ending) {
            (..5, _) => return None,
            (count, 1..) if count < ending + 3 => return None,
            (count, 1..) if count < ending + 7 => 1,
            (5..9, _) => 1,
            _ => 2,
        };
        Some(Wanted { name, allowed, folder: parent(path.trim_end_matches('/')), extension: extension(path) })
    }

    /// How many letters this output's folded name is away, if it is near and of the same kind.
    fn distance(&self, site: &Site, name: &str, output: &str) -> Option<usize> {
        if !may_be_near(&self.name, name, self.allowed) || numbers_differ(&self.name, name) {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&self.name, name);
        let same_kind =
            || extension(output) == self.extension || matches!(site.index.get(output), Some(Entry::Page(_)));
        (distance > 0 && distance <= self.allowed && same_kind()).then_some(distance)
    }
}

/// `devoxx-2014` is not `devoxx-2015` misspelt.
fn numbers_differ(a: &str, b: &str) -> bool {
    fn digits(text: &str) -> impl Iterator<Item = u8> + '_ {
        text.bytes().filter(u8::is_ascii_digit)
    }
    digits(a).ne(digits(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_not_misspelt() {
        assert!(numbers_differ("devoxx-2014", "devoxx-2015"));
        assert!(!numbers_differ("devox-2014", "devoxx-2014"));
    }
}
