//! Which pages may speak of the few that a run is asked about: only these are read to their end.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};

use super::bytes::bytes_of;
use super::read::Place;
use super::sites::{Candidate, Plan, is_markdown};
use super::{facts, heads};
use crate::discover::{file_name, parent, without_extension};
use crate::page::body::Body;
use crate::site;
use crate::site::facts::PageFacts;
use crate::site::index::last_name;

/// Of more pages, or more than one in so many, everything is read: there is little to save.
const FEW: usize = 64;

const SHARE: usize = 4;

/// A shorter name stands in every second text.
const TELLING: usize = 4;

/// Texts with one of these are read whole: comments to postlint, names written in other ways, links that name no page.
const ALWAYS: [&str; 17] = [
    "postlint", "\\-", "%2d", "%5f", "&#", "./)", "./#", "./\"", "./'", "./>", "./ ", "..)", "..#", "..\"", "..'",
    "(.)", "\".\"",
];

/// What the text of another page must hold to be read whole.
pub struct Mentions {
    finder: AhoCorasick,
    /// Folders whose pages may lead to a named one without its name.
    below: Vec<String>,
}

impl Mentions {
    /// Of the pages that were named; nothing when every page is read to its end.
    pub fn of(place: &Place<'_>, plan: &Plan) -> Option<Mentions> {
        let Place { request, tree, .. } = *place;
        let model = plan.model.as_deref()?;
        let known = |path: &String| is_markdown(path) && (tree.has_file(path) || request.memory.contains_key(&**path));
        if request.paths.is_empty() || request.paths.len() > FEW || !request.paths.iter().all(known) {
            return None;
        }
        let named: Vec<&Candidate> = plan.pages.iter().filter(|page| request.chooses(&page.file)).collect();
        let wiki = || named.iter().any(|page| model.dialect(&page.path).wikilinks);
        if named.len() * SHARE > plan.pages.len() || model.settings().addresses_from_headings || wiki() {
            return None;
        }
        let permalinks = request.config.site.patterns();
        let (mut names, mut below) = (BTreeSet::new(), Vec::new());
        for candidate in named {
            let bytes = bytes_of(request, tree, &candidate.file).ok()?;
            let text = std::str::from_utf8(&bytes).ok()?;
            let head = heads::head(text, plan.generator, model);
            let mut page = facts::of(candidate, text, head.as_ref(), &mut Body::default(), plan.generator, model);
            site::place(&mut page, model, &permalinks);
            names.extend(names_of(&page)?);
            let folder = match is_index(&page.path) {
                true => parent(&page.path),
                false => without_extension(&page.path),
            };
            below.push(folder.to_owned());
        }
        let finder = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(names.iter().map(String::as_str).chain(ALWAYS))
            .ok()?;
        Some(Mentions { finder, below })
    }

    /// True when this page must be read to its end.
    pub fn concern(&self, candidate: &Candidate, text: &str) -> bool {
        let inside = |folder: &String| {
            candidate.path.strip_prefix(folder.as_str()).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'))
        };
        self.below.iter().any(inside) || self.finder.is_match(text)
    }
}

/// The part of each of its names that a link to the page must have; nothing when one of them could be any text's.
fn names_of(page: &PageFacts) -> Option<Vec<String>> {
    let place = &page.place;
    let outputs = place.output.iter().chain(place.aliases.iter().map(|alias| &alias.path)).chain(&place.url);
    let source =
        if is_index(&page.path) { file_name(parent(&page.path)) } else { crate::generators::undated(&page.path) };
    let names = outputs.map(|output| last_name(output)).chain([source]);
    let names = names.map(|name| name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    names.map(|name| longest_plain(name).filter(|part| part.len() >= TELLING).map(str::to_owned)).collect()
}

/// The longest stretch that is written in one way only: other letters may be encoded or escaped.
fn longest_plain(name: &str) -> Option<&str> {
    name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).max_by_key(|part| part.len())
}

/// True for the page of its folder, in any language: `index.md`, `_index.fr.md`, `README.md`.
fn is_index(path: &str) -> bool {
    let stem = file_name(path).split('.').next().unwrap_or_default();
    matches!(stem, "index" | "_index" | "README" | "readme")
}
