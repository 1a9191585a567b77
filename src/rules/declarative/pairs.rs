//! `unique`, `match` and `file_exists`: one value against another, or against the site.

use crate::hash::Map;

use super::each;
use super::message::{Extra, Told};
use super::select::Place;
use super::urls;
use super::words::same;
use crate::finding::FilePath;
use crate::generators::Sources;
use crate::rules::format::{FileExists, Match, Unique};
use crate::site::Site;
use crate::site::destination;
use crate::site::facts::PageFacts;
use crate::source::Span;

/// `unique`: the second of two equal values is reported, with the first beside it.
pub fn unique<'a>(
    kind: &Unique,
    pages: impl Iterator<Item = &'a PageFacts>,
    only: Option<&Place<'_>>,
    told: &mut Told<'_, '_, '_>,
) {
    let mut seen: Map<String, (&FilePath, Span)> = Map::default();
    for facts in pages {
        let items = match only {
            Some(place) => place.items(&kind.place),
            None => Place { facts, page: None }.items(&kind.place),
        };
        for item in items {
            let folded = if kind.ignore_case { item.text.to_lowercase() } else { item.text.clone().into_owned() };
            match seen.get(&folded) {
                None => drop(seen.insert(folded, (&facts.file, item.span))),
                Some((file, span)) => {
                    let shown = urls::shown(&item, &item.text);
                    let words = [("key", item.key.unwrap_or_default()), ("value", &*shown), ("other", file)];
                    let related = Some((*file, *span, "the first"));
                    let mut here =
                        Told { file: &facts.file, statement: told.statement, safety: None, report: &mut *told.report };
                    here.with(item.span, &words, Extra { related, ..Extra::default() });
                }
            }
        }
    }
}

/// `match`: the first value of the one place is the first of the other; nothing to compare is nothing wrong.
pub fn matching(kind: &Match, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    let (ours, theirs) = (place.items(&kind.place), place.items(&kind.with));
    let (Some(item), Some(other)) = (ours.first(), theirs.first()) else { return };
    if !same(item.text.trim(), other.text.trim(), kind.ignore_case) {
        let related = Some((told.file, other.span, "the other"));
        let words = [("key", item.key.unwrap_or_default()), ("value", &*item.text), ("other", &*other.text)];
        let words = words.map(|(name, value)| (name, value.trim()));
        told.with(item.span, &words, Extra { related, ..Extra::default() });
    }
}

/// `file_exists`: the value is the path of a file of the site. Addresses of other sites are left alone.
pub fn file_exists(kind: &FileExists, place: &Place<'_>, site: &Site, told: &mut Told<'_, '_, '_>) {
    each(kind.places.all(), place, |item| {
        let path = item.text.split(['?', '#']).next().unwrap_or_default();
        if path.is_empty() || path.contains("://") || path.starts_with("//") {
            return;
        }
        let path = destination::decode(path);
        let path = path.trim_start_matches('/');
        let full = match kind.under.trim_matches('/') {
            "" => path.to_owned(),
            folder => format!("{folder}/{path}"),
        };
        if !site.has(&full) {
            let words = [("key", item.key.unwrap_or_default()), ("value", &*item.text), ("path", &*full)];
            told.at(item.span, &words);
        }
    });
}
