//! Links to notes that are still to be written: who makes a habit of them does so on purpose, and a missing note is no
//! defect there.

use crate::discover::{Tree, file_name};
use crate::generators::{Sources, wikilinks};
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::Site;
use crate::site::destination::{Shape, decode, shape};
use crate::site::facts::PageFacts;
use crate::site::target::{Target, Unknown};

/// Where more than one link in so many leads to no note, it is a habit.
const ONE_IN: usize = 50;
/// A Markdown link that leads nowhere is more often a slip: so many are none.
const ENOUGH: usize = 10;

/// Takes such links for links that cannot be judged.
pub fn look(site: &mut Site, _: &Tree) {
    let habit = leave_kind(site, 1, |_, link| link.origin == Origin::WikiLink);
    // A vault may write all its links as Markdown has them: `[Name](Name.md)`.
    if site.model.settings().headings_by_words {
        leave_kind(site, ENOUGH, |_, link| is_name(link));
        if habit {
            leave_kind(site, 1, |page, link| !is_readme(page) && is_name(link));
        }
    }
}

/// Leaves links of a kind, and says whether their writers have that habit.
fn leave_kind(site: &mut Site, enough: usize, is_of_kind: fn(&PageFacts, &Link) -> bool) -> bool {
    let (mut all, mut open) = (0, Vec::new());
    for (page, (facts, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        let links = facts.links.iter().zip(targets).enumerate();
        for (number, (link, target)) in links.filter(|(_, (link, _))| is_of_kind(facts, link)) {
            all += 1;
            if is_open(site, link, target) {
                open.push((page, number, is_day(&link.destination)));
            }
        }
    }
    let all_may_be = open.len() >= enough && open.len() * ONE_IN > all;
    for (page, number, _) in open.into_iter().filter(|(.., of_day)| all_may_be || *of_day) {
        if let Some(target) = site.targets.get_mut(page).and_then(|targets| targets.get_mut(number)) {
            *target = Target::Unchecked(Unknown::Unwritten);
        }
    }
    all_may_be
}

/// True for a page that is read where the code is: what it links to is no note.
fn is_readme(page: &PageFacts) -> bool {
    file_name(&page.path).get(..7).is_some_and(|name| name.eq_ignore_ascii_case("readme."))
}

/// True for a link to a note that there is none of, wherever it may lie.
fn is_open(site: &Site, link: &Link, target: &Target) -> bool {
    match target {
        _ if link.kind != LinkKind::Link => false,
        // Who names a heading of a note has seen it: the note was there once.
        _ if link.origin == Origin::WikiLink && names_a_place(&link.destination) => false,
        Target::NoSource { wanted } if link.origin == Origin::WikiLink => site.notes_meant(wanted).is_empty(),
        Target::Missing { .. } => {
            note(link).is_some_and(|path| site.named(&wikilinks::key(file_name(&decode(path)))).is_empty())
        }
        _ => false,
    }
}

/// True for `Note#Heading` and `Note#^block`.
fn names_a_place(destination: &str) -> bool {
    let is_note = |name: &str| !name.is_empty() && ![".base", ".canvas"].iter().any(|end| name.ends_with(end));
    destination.split_once('#').is_some_and(|(note, place)| is_note(note) && !place.trim_matches('#').is_empty())
}

/// The path of a note, where a Markdown link names one.
fn note(link: &Link) -> Option<&str> {
    let written = matches!(link.origin, Origin::Inline | Origin::Reference { .. }) && !link.is_dynamic();
    match shape(&link.destination) {
        Shape::Path { path, .. } if written && path.ends_with(".md") => Some(path),
        _ => None,
    }
}

/// True for the name of a note; a path with folders says where a file lies.
fn is_name(link: &Link) -> bool {
    note(link).is_some_and(|path| !path.contains(['/', '\\']))
}

/// True for the note of a day, whatever its folder and what follows: `2024-03-30`, `Days/2024-03-30 Saturday`.
fn is_day(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default().as_bytes();
    let digits =
        |range: std::ops::Range<usize>| name.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    digits(0..4) && digits(5..7) && digits(8..10) && name.get(4) == Some(&b'-') && name.get(7) == Some(&b'-')
}
