//! `forbidden`, `one_of`, `pattern`, `length`, `substitute`: what one value may be.

use regex::Regex;

use super::message::{Extra, Told};
use super::select::{Item, Place};
use super::words::{Words, same};
use super::{Tool, each, urls};
use crate::did_you_mean::nearest;
use crate::rules::format::{Forbidden, Length, OneOf, Pattern, Selector, Substitute, Unit};
use crate::source::Span;

/// `forbidden`
pub fn forbidden(kind: &Forbidden, tool: &Tool, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    for selector in kind.places.all() {
        if let (Selector::FrontMatter(path), Tool::Words(words)) = (selector, tool) {
            // Without values the key itself is what must not be there.
            if let Some(key) = place.key(path).filter(|_| words.is_empty()) {
                told.at(key.span, &[("key", &path.join(".")), ("value", key.text().unwrap_or_default())]);
                continue;
            }
        }
        for item in place.items(selector) {
            let running = matches!(selector, Selector::Text | Selector::Headings);
            match tool {
                Tool::Pattern(regex) => {
                    for found in regex.find_iter(&item.text).filter(|found| !found.is_empty()) {
                        let span = part(&item, selector, place, found.start(), found.end());
                        say(told, &item, span, found.as_str());
                        if !running {
                            break;
                        }
                    }
                }
                Tool::Words(words) if words.is_empty() => say(told, &item, item.span, &item.text),
                Tool::Words(words) if running => {
                    for (start, end) in words.find(&item.text) {
                        let span = part(&item, selector, place, start, end);
                        say(told, &item, span, item.text.get(start..end).unwrap_or_default());
                    }
                }
                Tool::Words(_) if kind.values.iter().any(|value| same(value, &item.text, kind.ignore_case)) => {
                    say(told, &item, item.span, &item.text);
                }
                _ => {}
            }
        }
    }
}

fn say(told: &mut Told<'_, '_, '_>, item: &Item<'_>, span: Span, value: &str) {
    told.at(span, &[("key", item.key.unwrap_or_default()), ("value", &urls::shown(item, value))]);
}

/// The place of a part of a value, where the text in the file is the value itself; else the whole value.
fn part(item: &Item<'_>, selector: &Selector, place: &Place<'_>, start: usize, end: usize) -> Span {
    let source = place.page.map(|page| item.span.of(page.text)).unwrap_or_default();
    let offset = match selector {
        Selector::Text | Selector::Headings | Selector::FrontMatter(_) if !item.text.is_empty() => {
            source.find(&*item.text)
        }
        _ => None,
    };
    match offset {
        Some(offset) => Span::new(item.span.start as usize + offset + start, item.span.start as usize + offset + end),
        None => item.span,
    }
}

/// `one_of`
pub fn one_of(kind: &OneOf, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    each(kind.places.all(), place, |item| {
        if kind.values.iter().any(|value| same(value, &item.text, kind.ignore_case)) {
            return;
        }
        let allowed = kind.values.join("`, `");
        let near = nearest(&item.text, kind.values.iter().map(String::as_str)).unwrap_or_default();
        let words = [
            ("key", item.key.unwrap_or_default()),
            ("value", &*urls::shown(&item, &item.text)),
            ("allowed", &allowed),
            ("nearest", near),
        ];
        told.at(item.span, &words);
    });
}

/// `pattern`
pub fn pattern(kind: &Pattern, regex: &Regex, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    each(kind.places.all(), place, |item| {
        if !regex.is_match(&item.text) {
            say(told, &item, item.span, &item.text);
        }
    });
}

/// `length`: of each value; of running text and of lists as a whole.
pub fn length(kind: &Length, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    let count = |text: &str| match kind.unit {
        Unit::Characters => text.chars().count(),
        Unit::Words => text.split_whitespace().count(),
        Unit::Items => 1,
    };
    let mut judge = |length: usize, span: Span, key: &str, value: &str| {
        let length = length as u64;
        if kind.min.is_some_and(|min| length < min) || kind.max.is_some_and(|max| length > max) {
            let number = |limit: Option<u64>| limit.map(|limit| limit.to_string()).unwrap_or_default();
            let (length, min, max) = (length.to_string(), number(kind.min), number(kind.max));
            told.at(span, &[("key", key), ("value", value), ("length", &length), ("min", &min), ("max", &max)]);
        }
    };
    for selector in kind.places.all() {
        let items = place.items(selector);
        if *selector == Selector::Text || kind.unit == Unit::Items {
            let (span, key) = match selector {
                Selector::FrontMatter(path) => match place.key(path) {
                    Some(key) => (key.value_span, &*key.name),
                    None => continue,
                },
                _ => (items.first().map_or(Span::FILE, |item| item.span), ""),
            };
            judge(items.iter().map(|item| count(&item.text)).sum(), span, key, "");
        } else {
            for item in &items {
                judge(count(&item.text), item.span, item.key.unwrap_or_default(), &urls::shown(item, &item.text));
            }
        }
    }
}

/// `substitute`
pub fn substitute(kind: &Substitute, words: &Words, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    for selector in kind.places.all() {
        for item in place.items(selector) {
            for (start, end) in words.find(&item.text) {
                let wrong = item.text.get(start..end).unwrap_or_default();
                let Some((_, right)) = kind.swap.iter().find(|(from, _)| words.same(from, wrong)) else { continue };
                if wrong == right {
                    continue;
                }
                let span = part(&item, selector, place, start, end);
                // Only where the file says these very letters, and outside URLs, is a replacement certain.
                let certain = span != item.span || place.page.is_some_and(|page| span.of(page.text) == wrong);
                let replace = (certain && !item.url).then(|| (span, right.clone()));
                let words = [("key", item.key.unwrap_or_default()), ("value", wrong), ("replacement", right)];
                told.with(span, &words, Extra { replace, ..Extra::default() });
            }
        }
    }
}
