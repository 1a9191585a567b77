//! Asks the site's own texts about words that rules take for slips.
//!
//! No list knows the names of all products, people and terms of a trade. What a site writes elsewhere, too, in capitals
//! within a sentence above all, is a name; what it writes in addresses, or again and again in small letters, may be meant. In
//! both cases nothing is changed without asking. The texts are looked through once more, and only where a rule has found such a word.

use crate::hash::Map;
use std::borrow::Cow;

use rayon::prelude::*;

use super::Request;
use super::bytes::bytes_of;
use super::word_finder::WordFinder;
use crate::discover::Tree;
use crate::finding::{FilePath, Finding, Safety};
use crate::site::Site;
use crate::source::Span;

/// So often written, a word is no slip but what its writer calls something.
const HABIT: usize = 12;

/// One more place of a word.
struct Place {
    file: FilePath,
    at: usize,
    way: Way,
}

/// How the word is written there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In small letters, as any word.
    Small,
    /// As a name: with capitals inside, or with one within a sentence.
    Name,
    /// In an address.
    Address,
    /// With a capital where any word may have one.
    Other,
}

/// Takes back findings on names, and makes repairs of words that the site writes elsewhere risky.
pub fn ask(
    request: &Request<'_>,
    tree: &Tree,
    sites: &[Site],
    texts: &Map<FilePath, Vec<u8>>,
    findings: &mut Vec<Finding>,
) {
    let mut words: Vec<String> =
        findings.iter().filter_map(|one| Some(one.doubt.as_ref()?.word.to_lowercase())).collect();
    words.sort_unstable();
    words.dedup();
    if words.is_empty() {
        return;
    }
    let finder = WordFinder::of(&words);
    let pages: Vec<_> = sites.iter().flat_map(|site| &site.pages).collect();
    let found: Vec<(usize, Place)> = pages
        .par_iter()
        .flat_map_iter(|page| {
            let bytes = match texts.get(&page.file) {
                Some(text) => Cow::Borrowed(text.as_slice()),
                None => Cow::Owned(bytes_of(request, tree, &page.file).unwrap_or_default()),
            };
            let head = page.front.as_ref().map_or(0, |front| front.outer.end as usize);
            if finder.find(&bytes).next().is_none() {
                return Vec::new();
            }
            // Ten times faster than the check of the standard library.
            let text =
                simdutf8::basic::from_utf8(&bytes).map_or_else(|_| String::from_utf8_lossy(&bytes), Cow::Borrowed);
            places(&finder, &words, &page.file, &text, head)
        })
        .collect();
    let mut by_word: Map<&str, Vec<Place>> = Map::default();
    for (number, place) in found {
        if let Some(word) = words.get(number) {
            by_word.entry(word).or_default().push(place);
        }
    }
    let told: Vec<(FilePath, Span, bool)> =
        findings.iter().filter_map(|one| Some((one.file.clone(), one.span, one.doubt.as_ref()?.always_told))).collect();
    let mut covered: Map<&str, Vec<(Span, bool)>> = Map::default();
    for (file, span, always) in &told {
        covered.entry(file).or_default().push((*span, *always));
    }
    findings.retain_mut(|finding| {
        let Some(doubt) = finding.doubt.take() else { return true };
        let small = doubt.word.to_lowercase();
        // What this or another finding is about is no further evidence.
        let elsewhere = |place: &&Place| {
            let mut spans = covered.get(&*place.file).into_iter().flatten();
            !spans.any(|(span, always)| {
                let inside = (span.start as usize..span.end as usize).contains(&place.at);
                inside && (place.file == finding.file || *always && doubt.always_told)
            })
        };
        let others: Vec<Way> =
            by_word.get(&*small).into_iter().flatten().filter(elsewhere).map(|place| place.way).collect();
        if others.contains(&Way::Name) && !others.contains(&Way::Small) {
            return false;
        }
        // A slip of the list is one in the text below, too, unless it is written so often that it must be meant.
        let slips = others.iter().all(|way| matches!(way, Way::Small | Way::Other)) && others.len() < HABIT;
        if !others.is_empty() && (doubt.always_told || !slips) {
            finding.fixes.iter_mut().for_each(|fix| fix.safety = fix.safety.max(Safety::Unsafe));
        }
        true
    });
}

/// The places of the words in a text, with the number of each.
fn places(finder: &WordFinder<'_>, words: &[String], file: &FilePath, text: &str, head: usize) -> Vec<(usize, Place)> {
    let found = finder.find(text.as_bytes()).filter_map(|(number, start)| {
        let way = way(text, start, start + words.get(number)?.len(), head)?;
        Some((number, Place { file: file.clone(), at: start, way }))
    });
    found.collect()
}

/// How a word stands there; nothing where it is a part of another, or of a name that was made from a title.
fn way(text: &str, start: usize, end: usize, head: usize) -> Option<Way> {
    let (before, word, after) = (text.get(..start)?, text.get(start..end)?, text.get(end..)?);
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if joins(last) || joins(next) {
        return None;
    }
    let host = next == Some('.') && after.chars().nth(1).is_some_and(char::is_alphanumeric);
    if matches!(last, Some('/' | '@' | '.')) || matches!(next, Some('/' | '@')) || host {
        return Some(Way::Address);
    }
    if !word.contains(char::is_uppercase) {
        return Some(Way::Small);
    }
    if word.chars().skip(1).any(char::is_uppercase) {
        return Some(Way::Name);
    }
    let line = before.rsplit('\n').next().unwrap_or_default();
    let within = line.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let label = last == Some('[') && next == Some(']');
    let title = start < head || line.trim_start().starts_with('#');
    Some(if !title && (within || label) { Way::Name } else { Way::Other })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_capitals_within_a_sentence() {
        let seen = |text: &str| {
            let words = ["nervana".to_owned()];
            places(&WordFinder::of(&words), &words, &"a.md".into(), text, 0)
                .into_iter()
                .map(|(_, place)| place.way)
                .collect::<Vec<_>>()
        };
        assert!(seen("* [Nervana](https://experiencenervana.com/) with 5x Nervana units") == [Way::Name; 2]);
        assert!(seen("Nervana is. A NERvana") == [Way::Other, Way::Name]);
        assert!(seen("the nervana /tags/nervana/ a-nervana-b nervanas") == [Way::Small, Way::Address]);
        assert!(seen("## About Nervana\n") == [Way::Other]);
    }
}
