//! language/term-casing: a name in other capitals than its owners, or the site itself, give it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::discover::{file_name, parent, without_extension};
use crate::finding::{Fix, Safety};
use crate::hash::Map;
use crate::language::spelling::{has_inner_capital, is_name, is_name_without_points, words};
use crate::page::front_matter::Style;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::rules::spelling::repair;
use crate::severity::Severity;
use crate::site::Site;
use crate::site::facts::{PageFacts, Scalar};
use crate::site::slip::{Slip, SlipKind, SlipPlace};
use crate::source::Span;

/// So many times as often must the site write one form for the other to be a slip.
const CLEARLY: usize = 3;

/// So often written in one way it is a habit.
const HABIT: usize = 8;

struct TermCasing;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(TermCasing))
}

impl SiteRule for TermCasing {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let mut habits: Map<&str, usize> = Map::default();
        let slips = site.pages.iter().filter(|page| page.checked).flat_map(|page| &page.slips);
        for slip in slips.filter(|slip| matches!(slip.kind, SlipKind::Name(_))) {
            *habits.entry(&*slip.word).or_default() += 1;
        }
        // What was clipped from elsewhere is said there in these words.
        let own = |page: &&PageFacts| page.checked && !page.slips.is_empty() && page.copied_from().is_none();
        for page in site.pages.iter().filter(own) {
            for slip in &page.slips {
                let SlipKind::Name(name) = slip.kind else { continue };
                if site.words.contains(&slip.word.to_lowercase()) {
                    continue;
                }
                if is_quoted_term(page, slip) {
                    continue;
                }
                let name = &*name.name;
                let message = format!("`{}` is written `{name}` by those whose name it is", slip.word);
                let draft = report
                    .at(&page.file, slip.span, message)
                    .help(format!("write `{name}`"))
                    .maybe_fix(repair(site, page, slip, name, safety(page, slip)));
                // What a site writes again and again is its way to write it.
                match habits.get(&*slip.word).is_some_and(|count| *count >= HABIT) {
                    true => draft.at_most(Severity::Hint).done(),
                    false => draft.done(),
                }
            }
        }
        own_names(site, report);
    }
}

/// True for a term in quotation marks on the page of that term: `Posts tagged "mysql"` in `tag/mysql/_index.md`.
fn is_quoted_term(page: &PageFacts, slip: &Slip) -> bool {
    let SlipPlace::Front(key, _) = &slip.place else { return false };
    let name = without_extension(file_name(&page.path));
    let name = if matches!(name, "_index" | "index") { file_name(parent(&page.path)) } else { name };
    let quoted = |text: &str| {
        let pairs = [("\"", "\""), ("'", "'"), ("“", "”"), ("„", "“"), ("«", "»"), ("`", "`")];
        pairs.iter().any(|(open, shut)| text.contains(&format!("{open}{}{shut}", slip.word)))
    };
    *slip.word == *name && page.key(key).and_then(|key| key.text()).is_some_and(quoted)
}

/// Safe unless the page is about another thing that begins alike: in a guide to Wireshark, `Wireguard` is the slip.
fn safety(page: &PageFacts, slip: &Slip) -> Safety {
    const ALIKE: usize = 4;
    if stays_beside(page, slip) {
        return Safety::Manual;
    }
    let word = slip.word.to_lowercase();
    let about = |text: &str| {
        let lower = text.to_lowercase();
        let mut words = lower.split(|c: char| !c.is_alphanumeric());
        !lower.contains(&word)
            && words.any(|other| {
                let shared = other.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
                let as_long = other.chars().count() == word.chars().count();
                shared >= ALIKE && as_long
            })
    };
    // `sqlalchemy.dialects mysql`: the name of a module.
    let in_code = |title: &str| {
        let mut words = title.split_whitespace();
        let dotted = |text: &str| {
            text.split_once('.')
                .is_some_and(|(a, b)| [a, b].iter().all(|part| part.starts_with(|c: char| c.is_ascii_lowercase())))
        };
        let mut before = words.next().unwrap_or_default();
        words.any(|next| dotted(std::mem::replace(&mut before, next)) && next.to_lowercase() == word)
    };
    if page.title().is_some_and(|title| in_code(&title.text)) {
        return Safety::Manual;
    }
    let other = about(file_name(&page.path)) || page.title().is_some_and(|title| about(&title.text));
    if other { Safety::Manual } else { Safety::Safe }
}

/// True where a name of the same value is written so at a further place that is none of the slips (`[Github] Github`), and
/// would stand beside the right form.
fn stays_beside(page: &PageFacts, slip: &Slip) -> bool {
    let SlipPlace::Front(key, _) = &slip.place else { return false };
    let Some(text) = page.key(key).and_then(|key| key.text()) else { return false };
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    let written = |word: &str| {
        let places = text.match_indices(word);
        places
            .filter(|(at, _)| {
                is_edge(text.get(..*at).and_then(|before| before.chars().next_back()))
                    && is_edge(text.get(at + word.len()..).and_then(|after| after.chars().next()))
            })
            .count()
    };
    let of_value = || page.slips.iter().filter(|other| other.place == slip.place);
    let names = of_value().filter(|other| matches!(other.kind, SlipKind::Name(_)));
    names.into_iter().any(|one| written(&one.word) > of_value().filter(|other| other.word == one.word).count())
}

/// Names with several capitals that the titles write in two ways, the one much more often.
fn own_names(site: &Site, report: &mut Reporter<'_>) {
    let titles = site.pages.iter().filter(|page| page.checked).filter_map(|page| Some((page, page.title()?)));
    let all: Vec<(&PageFacts, &Scalar, usize, &str)> = titles
        .flat_map(|(page, title)| words::possible_names(&title.text).map(move |(at, word)| (page, title, at, word)))
        .collect();
    let named = all.iter().filter(|(.., word)| has_inner_capital(word));
    let mut forms: Map<String, BTreeMap<&str, usize>> =
        named.map(|(.., word)| (word.to_lowercase(), BTreeMap::new())).collect();
    if forms.is_empty() {
        return;
    }
    let small = |word: &str| word.to_lowercase();
    let of_names: Vec<_> = all.into_iter().filter(|(.., word)| forms.contains_key(&small(word))).collect();
    for (.., word) in &of_names {
        if let Some(forms) = forms.get_mut(&small(word)) {
            *forms.entry(word).or_default() += 1;
        }
    }
    for (page, title, at, word) in of_names {
        let Some(forms) = forms.get(&small(word)) else { continue };
        let Some((best, most)) = forms.iter().max_by_key(|(_, count)| **count) else { continue };
        let count = forms.get(word).copied().unwrap_or_default();
        let known = is_name(word) || is_name_without_points(word) || site.words.contains(&small(word));
        if !known && has_inner_capital(best) && starts_large(word) && *most >= CLEARLY * count && *best != word {
            let message = format!("`{word}` is written `{best}` in {most} other titles");
            // What a site mostly writes is its habit: `GMail` is no name for that.
            let fix = span_in(title, at, word)
                .map(|span| Fix::replace(format!("write `{best}`"), Safety::Unsafe, &page.file, span, *best));
            let span = span_in(title, at, word).unwrap_or(title.span);
            report.at(&page.file, span, message).help(format!("write `{best}`")).maybe_fix(fix).done();
        }
    }
}

/// True for a word with a capital in front and not all in capitals; one in small letters is often another word.
fn starts_large(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)
}

/// Where a word of a title stands in the file, if the title is written there letter by letter.
fn span_in(title: &Scalar, at: usize, word: &str) -> Option<Span> {
    let quotes = match title.style {
        Style::Plain => 0,
        Style::Single | Style::Double => 1,
        _ => return None,
    };
    let start = title.span.start as usize + quotes + at;
    (title.span.len() == title.text.len() + 2 * quotes).then(|| Span::new(start, start + word.len()))
}
