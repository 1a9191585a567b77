//! The routes of `src/pages`: pages as they stand, and code that makes pages of collections.
//!
//! Code is read, not run: what a route's `getStaticPaths` gives to its parameters is followed as far as an entry's `id`,
//! its `slug`, keys of its front matter and plain functions on texts decide. Every other route may publish anything that
//! its name fits.

mod code;
mod entry;
mod expression;
mod helpers;
mod moment;
mod paths;
#[cfg(test)]
mod tests;

use crate::hash::Map;

pub use self::entry::Entry;

use self::entry::Text;
use self::expression::Value;
use self::helpers::Files;
use self::paths::Given;
use super::collections::Collection;
use super::config::Config;
use crate::discover::{extension, file_name, join};
use crate::generators::Folder;

/// A route that is code.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its parts between slashes.
    parts: Vec<Part>,
    /// The kinds of addresses that it makes; nothing where it may make any.
    kinds: Option<Vec<Given>>,
    /// The extension of the files that it writes (`[slug].png.ts`), or none where it makes pages.
    pub writes: Option<String>,
    /// The code names `draft`, so drafts are left out.
    pub leaves_drafts: bool,
}

/// A part of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// As it stands.
    Fixed(String),
    /// `[name]`
    One(String),
    /// `[...name]`, which may be several, or none.
    Rest(String),
    /// A parameter among other text; true for one that may be several.
    Mixed(bool),
}

/// Reads the routes of a site that have parameters.
#[must_use]
pub fn read(folder: &Folder<'_>, config: &Config, collections: &[Collection]) -> Vec<Route> {
    let pages = join(&config.source, "pages");
    let files = Files::of(folder);
    let mut routes = Vec::new();
    let mut texts = Vec::new();
    for path in folder.below(&pages) {
        let inside = path.get(pages.len() + 1..).unwrap_or_default();
        let is_route = matches!(&*extension(inside), "astro" | "ts" | "js" | "mjs");
        if !is_route || !inside.contains('[') || inside.split('/').any(|part| part.starts_with('_')) {
            continue;
        }
        let name = file_name(inside);
        let text = folder.read(path).unwrap_or_default();
        let kinds = paths::read(&files, path, &text);
        let leaves_drafts = files.leave_drafts() || text.contains("draft");
        let stem = matches!(&*extension(name), "ts" | "js" | "mjs").then(|| name.rsplit_once('.')).flatten();
        let writes = stem.map(|(stem, _)| extension(stem.rsplit(']').next().unwrap_or(stem)).into_owned());
        routes.push(Route { parts: parts(inside), kinds, writes, leaves_drafts });
        texts.push(text);
    }
    for route in &mut routes {
        route.doubt(|given, text| is_certain(given, text, config, collections));
    }
    // Two routes for one collection: which of them is linked to is told only by what they leave out.
    let pages = routes.iter().zip(&texts).filter(|(one, _)| one.writes.is_none());
    let known: Vec<(String, bool)> = pages
        .flat_map(|(route, text)| {
            route.collections().map(move |name| (takes_all_published(text, &name), name)).map(|(all, name)| (name, all))
        })
        .collect();
    for (route, text) in routes.iter_mut().zip(&texts) {
        let takes = |name: &str| {
            let of_name = || known.iter().filter(|(known, _)| known == name);
            let whole = of_name().filter(|(_, all)| *all).count();
            of_name().count() < 2 || whole == 1 && takes_all_published(text, name)
        };
        route.doubt(|given, _| given.entries.as_deref().is_none_or(takes));
    }
    routes
}

/// True where a route makes a page of all entries, or of all that are no drafts.
fn takes_all_published(text: &str, collection: &str) -> bool {
    let all = |rest: &str| {
        let chosen = rest.trim_start().strip_prefix(',').map(|rest| rest.split("\n}").next().unwrap_or(rest));
        let chosen = chosen.map(|rest| rest.get(..rest.find(");").unwrap_or(rest.len())).unwrap_or(rest));
        chosen.is_none_or(|chosen| chosen.contains("!") && chosen.contains("draft"))
    };
    let filtered =
        text.split(".filter(").skip(1).any(|rest| !rest.lines().next().is_some_and(|line| line.contains('!')));
    let mut calls = ['\'', '"', '`'].into_iter().flat_map(|quote| {
        let call = format!("getCollection({quote}{collection}{quote}");
        text.match_indices(&call).map(|(at, call)| at + call.len()).collect::<Vec<_>>()
    });
    !filtered && calls.all(|at| text.get(at..).is_some_and(all))
}

/// The parts of a route's path.
fn parts(inside: &str) -> Vec<Part> {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    // `posts/[slug]/index.png.ts` writes `posts/NAME.png`.
    let stem = match stem.rsplit_once("/index.") {
        Some((folder, end)) if !end.contains('/') => format!("{folder}.{end}"),
        _ => stem.to_owned(),
    };
    let part = |part: &str| match part.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(name) if !name.contains(['[', ']']) => match name.strip_prefix("...") {
            Some(name) => Part::Rest(name.to_owned()),
            None => Part::One(name.to_owned()),
        },
        _ if part.contains('[') => Part::Mixed(part.contains("[...")),
        _ => Part::Fixed(part.to_owned()),
    };
    stem.split('/').map(part).collect()
}

/// True where every entry of the collection has what a parameter asks for, as its front matter says it.
fn is_certain(given: &Given, text: &Text, config: &Config, collections: &[Collection]) -> bool {
    let Some(name) = &given.entries else { return true };
    let Some(collection) = collections.iter().find(|one| one.name == *name) else { return false };
    let mut keys = Vec::new();
    text.keys(&mut keys);
    // Without a loader, an `id` was the file's path before Astro 5.
    let has_id = collection.loader || config.major.is_some() || !text.asks_for_id();
    !collection.ids_unknown && has_id && keys.iter().all(|key| collection.hands_on(key))
}

impl Route {
    /// Takes back what is known of the addresses that do not stand a question.
    fn doubt(&mut self, holds: impl Fn(&Given, &Text) -> bool) {
        let parameters: Vec<&str> = self.parts.iter().filter_map(Part::name).collect();
        for given in self.kinds.iter_mut().flatten() {
            let values = given.values.iter().filter(|(name, _)| parameters.contains(&name.as_str()));
            let known = values.clone().all(|(_, value)| match value {
                Value::Is(text) => holds(given, text),
                _ => false,
            });
            let whole = self.parts.iter().all(|part| match part {
                Part::One(name) => given.values.iter().any(|(other, _)| other == name),
                Part::Fixed(_) | Part::Rest(_) => true,
                Part::Mixed(_) => false,
            });
            if given.entries.is_some() && !(known && whole) {
                given.entries = None;
                for (_, value) in &mut given.values {
                    if !matches!(value, Value::Number | Value::Is(Text::Fixed(_))) {
                        *value = Value::Unknown;
                    }
                }
            }
        }
    }

    /// The collections whose entries it publishes, one for each kind of address.
    fn collections(&self) -> impl Iterator<Item = String> {
        self.kinds.iter().flatten().filter_map(|given| given.entries.clone())
    }

    /// True where it may publish more than the entries of collections and lists of them.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        let unknown = |given: &Given| given.values.iter().any(|(_, value)| matches!(value, Value::Unknown));
        self.kinds.as_ref().is_none_or(|kinds| kinds.iter().any(unknown))
    }

    /// The path of an entry of a collection, with slashes at both ends.
    #[must_use]
    pub fn address(&self, collection: &str, entry: &Entry<'_>) -> Option<String> {
        let given = self.kinds.iter().flatten().find(|given| given.entries.as_deref() == Some(collection))?;
        let mut path = String::from("/");
        for part in &self.parts {
            let text = match part {
                Part::Fixed(text) => text.clone(),
                Part::Mixed(_) => return None,
                Part::One(name) | Part::Rest(name) => {
                    match given.values.iter().find(|(other, _)| other == name).map(|(_, value)| value) {
                        Some(Value::Is(text)) => text.of(entry)?,
                        _ => String::new(),
                    }
                }
            };
            for name in text.split('/').filter(|name| !name.is_empty()) {
                path.push_str(name);
                path.push('/');
            }
        }
        Some(path)
    }

    /// True for a path that it may publish beside the entries of collections.
    #[must_use]
    pub fn may_make(&self, path: &str) -> bool {
        if self.writes.as_ref().is_some_and(|written| !written.is_empty() && *written != extension(path)) {
            return false;
        }
        let path = path.strip_suffix("index.html").unwrap_or(path);
        let path = if self.writes.is_none() { path.strip_suffix(".html").unwrap_or(path) } else { path };
        let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
        match &self.kinds {
            None => fits(&self.parts, &names, &|_| None),
            Some(kinds) => kinds.iter().filter(|given| given.entries.is_none()).any(|given| {
                let value = |name: &str| given.values.iter().find(|(other, _)| other == name).map(|(_, value)| value);
                fits(&self.parts, &names, &value)
            }),
        }
    }
}

impl Part {
    fn name(&self) -> Option<&str> {
        match self {
            Part::One(name) | Part::Rest(name) => Some(name),
            Part::Fixed(_) | Part::Mixed(_) => None,
        }
    }
}

/// True where names can be what parts of a route stand for.
fn fits<'v>(parts: &[Part], names: &[&str], value: &impl Fn(&str) -> Option<&'v Value>) -> bool {
    let Some((part, parts)) = parts.split_first() else { return names.is_empty() };
    let one = |is_so: &dyn Fn(&str) -> bool| {
        names.split_first().is_some_and(|(first, rest)| is_so(first) && fits(parts, rest, value))
    };
    let is_number = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    match part {
        Part::Fixed(text) => one(&|name| name == text),
        Part::Mixed(false) => one(&|_| true),
        Part::One(name) => match value(name) {
            Some(Value::Number) => one(&is_number),
            Some(Value::Is(Text::Fixed(text))) => one(&|name| name == text),
            _ => one(&|_| true),
        },
        Part::Rest(name) if matches!(value(name), Some(Value::Number)) => fits(parts, names, value) || one(&is_number),
        Part::Rest(name) if matches!(value(name), Some(Value::Is(Text::Fixed(text))) if text.is_empty()) => {
            fits(parts, names, value)
        }
        Part::Rest(_) | Part::Mixed(true) => {
            (0..=names.len()).any(|taken| names.get(taken..).is_some_and(|rest| fits(parts, rest, value)))
        }
    }
}

/// The addresses of pages that only lead elsewhere (`return Astro.redirect('/blog')`), by their files.
#[must_use]
pub fn redirecting(folder: &Folder<'_>, config: &Config) -> Map<String, String> {
    let pages = join(&config.source, "pages/");
    let all = folder.below(pages.trim_end_matches('/')).filter(|path| path.ends_with(".astro"));
    let addressed = all.filter_map(|path| Some((path, page(path.strip_prefix(&pages)?)?.0)));
    let leads_on = |path: &str| folder.read(path).is_some_and(|text| only_redirects(path, &text));
    addressed.filter(|(path, _)| leads_on(path)).map(|(path, address)| (path.to_owned(), address)).collect()
}

/// True for a component that shows nothing, and whose code is one redirect.
fn only_redirects(path: &str, text: &str) -> bool {
    let script = helpers::script(path, text);
    let shows = text.trim_end().rsplit_once("---").is_none_or(|(_, shown)| !shown.trim().is_empty());
    let mut code = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    !shows && code.next().is_some_and(|line| line.starts_with("return Astro.redirect(")) && code.next().is_none()
}

/// The address of a page of `src/pages`, and whether it is a page (else a file that code writes).
#[must_use]
pub fn page(inside: &str) -> Option<(String, bool)> {
    if inside.contains('[') || inside.split('/').any(|part| part.starts_with('_')) {
        return None;
    }
    let stem = inside.rsplit_once('.').map(|(stem, _)| stem)?;
    let is_page = match &*extension(inside) {
        "astro" | "md" | "mdx" | "html" | "markdown" => true,
        "js" | "ts" | "mjs" => false,
        _ => return None,
    };
    if !is_page {
        return Some((format!("/{stem}"), false));
    }
    let path = match stem.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{stem}/"),
    };
    Some((path, true))
}
