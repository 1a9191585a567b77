//! Where the entries of the site's own menus lead.
//!
//! A page that its author has not written is as often one that a step before the build writes, so more is asked here than of
//! a link in a page: whether its folder is there, whether another language has it, or any program of the repository names the file.

use std::cell::LazyCell;

use super::Site;
use super::destination;
use super::follow::made_by_code;
use super::server::look_up;
use super::sources::other_case;
use super::target::{Target, Unknown};
use crate::discover::{Tree, extension, file_name, inside, parent};
use crate::finding::FilePath;
use crate::generators::navigation::NavEntry;
use crate::generators::{Evaluated, Folder, Sources};

/// One entry, and what it leads to.
pub struct Entry {
    /// As it is written.
    pub at: NavEntry,
    /// What it leads to.
    pub target: Target,
}

/// Where one of so many entries leads nowhere, and more than a few, the menu is not of these pages.
const ONE_IN: usize = 3;
const FEW: usize = 6;

/// Texts in which a step of the build may name what it writes.
const PROGRAMS: [&str; 16] =
    ["py", "sh", "bash", "rb", "pl", "mk", "r", "js", "ts", "mjs", "mts", "cjs", "lua", "ps1", "go", "rs"];
/// More of them belong to a program, not to its documentation.
const MOST: usize = 600;
/// Longer ones are what a bundler has made.
const LONG: usize = 128 * 1024;

/// Resolves all entries.
#[must_use]
pub fn resolve(site: &Site) -> Vec<Entry> {
    let all = site.model.navigation(site);
    all.into_iter().map(|(at, leads)| Entry { at, target: target(site, leads) }).collect()
}

fn target(site: &Site, leads: Evaluated) -> Target {
    match leads {
        Evaluated::Source { path, tail } => match (site.number_of(&path), tail.strip_prefix('#')) {
            (Some(page), Some(fragment)) => Target::Page { page, fragment: Some(fragment.into()) },
            _ => Target::Asset(site.file(&path)),
        },
        Evaluated::NoSource { wanted } | Evaluated::NoSourceUnlessPublished { wanted } => {
            other_case(site, &wanted).unwrap_or_else(|| Target::NoSource { wanted: wanted.into() })
        }
        Evaluated::Destination(path) => {
            let target = made_by_code(site, look_up(site, &destination::decode(&path), None));
            let settings = site.model.settings();
            let unsure = settings.unknown_generator || settings.takes_from_elsewhere;
            if matches!(target, Target::Missing { .. }) && unsure {
                Target::Unchecked(Unknown::MadePages)
            } else {
                target
            }
        }
        Evaluated::Made => Target::Generated,
        Evaluated::Unknown => Target::Unchecked(Unknown::MadePages),
    }
}

/// What is asked for and not there.
fn wanted(target: &Target) -> Option<&str> {
    match target {
        Target::NoSource { wanted } => Some(wanted),
        Target::Missing { path } => Some(path),
        _ => None,
    }
}

/// Takes back what was called missing and may be written before the build.
pub fn doubt(site: &mut Site, tree: &Tree) {
    let lost: Vec<&str> = site.navigation.iter().filter_map(|entry| wanted(&entry.target)).collect();
    if lost.is_empty() {
        return;
    }
    let by_hand = LazyCell::new(|| is_by_hand(tree, &site.model.settings().public));
    let misfit = lost.len() > FEW && lost.len() * ONE_IN > site.navigation.len();
    // A whole folder of sources that is not there is written by something; so may be one of addresses that a program, a
    // service or the list of what is ignored names.
    let folders: Vec<&str> = lost.iter().map(|path| top(path)).filter(|top| !top.is_empty()).collect();
    let is_there = |folder: &str| folder.is_empty() || site.has_folder(folder) || site.has_output_folder(folder);
    // The menu itself names what it leads to.
    let menus: Vec<&FilePath> = site.navigation.iter().map(|entry| &entry.at.file).collect();
    let named_folders = named_by_programs(tree, &folders, &menus, 2);
    let named = named_by_programs(tree, &lost, &menus, 4);
    // Another language's pages may fill up what is not translated.
    let elsewhere = |path: &str| {
        let below = site.model.settings().public.iter().find_map(|public| destination::below(path, public));
        let tail = below.unwrap_or(path).trim_matches('/');
        let tail = format!("/{tail}");
        tree.named(file_name(&tail)).iter().any(|file| file.ends_with(&tail))
    };
    let made: Vec<bool> = site
        .navigation
        .iter()
        .map(|entry| {
            let path = wanted(&entry.target);
            path.is_some_and(|path| {
                let named = || named.contains(&file_name(path.trim_end_matches('/')));
                let copied = || matches!(entry.target, Target::NoSource { .. }) && elsewhere(path);
                // Where nothing makes pages, an address in a folder that is not there is dead, too.
                let is_told = |path: &str| {
                    let address = matches!(entry.target, Target::Missing { .. });
                    is_there(parent(path)) || address && !named_folders.contains(&top(path))
                };
                (misfit || !is_told(path)) && !*by_hand || named() || copied()
            })
        })
        .collect();
    for (entry, _) in site.navigation.iter_mut().zip(made).filter(|(_, made)| *made) {
        entry.target = Target::Unchecked(Unknown::MadePages);
    }
}

/// True where nothing of the repository could write a page: no programs but those that pages load, and no steps but those that
/// install a generator and call it.
fn is_by_hand(tree: &Tree, public: &[String]) -> bool {
    const WRITING: [&str; 20] = [
        "cp ",
        "mv ",
        "rsync",
        "clone",
        "repository:",
        "submodule",
        "python ",
        "python3 ",
        "node ",
        "npx ",
        "gen",
        "curl",
        "wget",
        "download",
        "make ",
        "sync",
        "copy",
        "docker",
        "export",
        "convert",
    ];
    let folder = Folder { tree, root: "" };
    let is_loaded = |path: &str| public.iter().any(|public| !public.is_empty() && inside(path, public).is_some());
    let writes = |path: &str| {
        PROGRAMS.contains(&&*extension(path))
            || folder.read(path).is_none_or(|text| WRITING.iter().any(|sign| text.contains(sign)))
    };
    !tree.has_file(".gitmodules") && !folder.below("").any(|path| is_program(path) && !is_loaded(path) && writes(path))
}

/// The names among these paths that a program or a step of the build has as a word of its own.
fn named_by_programs<'p>(tree: &Tree, lost: &[&'p str], menus: &[&FilePath], least: usize) -> Vec<&'p str> {
    let folder = Folder { tree, root: "" };
    let mut open: Vec<&str> = lost.iter().map(|path| file_name(path.trim_end_matches('/'))).collect();
    open.sort_unstable();
    open.dedup();
    open.retain(|name| name.len() >= least);
    let mut named = Vec::new();
    for text in folder
        .below("")
        .filter(|path| is_program(path) && !menus.iter().any(|menu| ***menu == **path))
        .take(MOST)
        .filter_map(|path| folder.read(path))
    {
        if text.len() <= LONG {
            named.extend(open.extract_if(.., |name| has_word(&text, name)));
        }
        if open.is_empty() {
            break;
        }
    }
    named
}

/// The first folder of a path.
fn top(path: &str) -> &str {
    path.trim_start_matches('/').split_once('/').map_or("", |(top, _)| top)
}

fn is_program(path: &str) -> bool {
    let name = file_name(path);
    let configures = path.contains(".vitepress/") || name.starts_with("mkdocs") || name.starts_with("_quarto");
    let at_the_top = parent(path).is_empty() || path.starts_with(".github/");
    let written = matches!(&*extension(path), "yml" | "yaml" | "toml" | "json" | "ini" | "cfg");
    let lock = name.contains("lock");
    let ignores = name == ".gitignore";
    let named =
        matches!(name, "Makefile" | "makefile" | "GNUmakefile" | "justfile" | "Justfile" | "Rakefile" | "Dockerfile");
    !configures && !lock && (named || ignores || PROGRAMS.contains(&&*extension(path)) || at_the_top && written)
}

/// True when the text has a name as a word of its own.
fn has_word(text: &str, name: &str) -> bool {
    let inside = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    memchr::memmem::find_iter(text.as_bytes(), name).any(|at| {
        let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        !inside(before) && !inside(text.as_bytes().get(at + name.len()))
    })
}
