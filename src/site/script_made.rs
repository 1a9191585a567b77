//! Files that a program of the repository writes before the build: a script names them, and nothing of that name lies
//! anywhere; or a script writes a page of that name into a folder of that name. Only links that lead nowhere are looked at, so a site without such links costs nothing.

use std::collections::HashSet;

use super::Site;
use super::target::{Target, Unknown};
use crate::discover::{Tree, extension, file_name};
use crate::generators::Folder;

/// Endings of programs that run before a build, as opposed to those of the site itself.
const SCRIPTS: [&str; 7] = ["py", "sh", "bash", "rb", "pl", "mk", "r"];
/// More scripts belong to a program, not to its documentation.
const MOST: usize = 300;
/// Shorter names stand anywhere.
const LETTERS: usize = 8;

/// Takes back what was called missing where a script writes it.
pub fn take_back(site: &mut Site, tree: &Tree) {
    let folder = Folder { tree, root: "" };
    let mut scripts =
        folder.below("").filter(|path| SCRIPTS.contains(&&*extension(path)) || is_makefile(path)).peekable();
    if scripts.peek().is_none() {
        return;
    }
    let mut names: HashSet<&str> = site.targets.iter().flatten().filter_map(name_of).collect();
    names.retain(|name| tree.named(name).is_empty());
    let pages: HashSet<&str> = site.targets.iter().flatten().filter_map(page_of).collect();
    if names.is_empty() && pages.is_empty() {
        return;
    }
    let mut written: HashSet<String> = HashSet::new();
    for text in scripts.take(MOST).filter_map(|path| folder.read(path)) {
        written.extend(names.iter().filter(|name| says(&text, name)).map(|name| (*name).to_owned()));
        written.extend(pages.iter().filter(|page| writes(&text, page)).map(|page| (*page).to_owned()));
    }
    for target in site.targets.iter_mut().flatten() {
        let by_script = |name: Option<&str>| name.is_some_and(|name| written.contains(name));
        if by_script(name_of(target)) || by_script(page_of(target)) {
            *target = Target::Unchecked(Unknown::MadePages);
        }
    }
}

fn name_of(target: &Target) -> Option<&str> {
    let path = match target {
        Target::Missing { path } => path,
        Target::NoSource { wanted } => wanted,
        _ => return None,
    };
    Some(file_name(path)).filter(|name| name.len() >= LETTERS && name.contains('.'))
}

/// The path of a page in a folder: `/reference/api/main/spec/`.
fn page_of(target: &Target) -> Option<&str> {
    let Target::Missing { path } = target else { return None };
    let bare = path.trim_end_matches('/');
    (bare.matches('/').count() >= 2 && !file_name(bare).contains('.')).then_some(path)
}

/// True when the text puts a page of this name into a folder that the path names, too: `"$OUT/reference/api/$VERSION/spec.md"`.
fn writes(text: &str, page: &str) -> bool {
    let (folders, name) = page.trim_matches('/').rsplit_once('/').unwrap_or_default();
    let file = format!("/{name}.md");
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '=' | '(' | ')' | ',' | ';');
    memchr::memmem::find_iter(text.as_bytes(), &file).any(|at| {
        let line = text.get(..at).unwrap_or_default();
        let start = line.char_indices().rev().find(|&(_, c)| is_edge(c)).map_or(0, |(edge, c)| edge + c.len_utf8());
        let into = line.get(start..).unwrap_or_default();
        into.split('/').any(|part| part.len() >= 4 && folders.split('/').any(|folder| folder == part))
    })
}

fn is_makefile(path: &str) -> bool {
    matches!(file_name(path), "Makefile" | "makefile" | "GNUmakefile" | "justfile" | "Justfile" | "Rakefile")
}

/// True when the text has the name as a word of its own.
fn says(text: &str, name: &str) -> bool {
    let inside = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    memchr::memmem::find_iter(text.as_bytes(), name).any(|at| {
        let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        !inside(before) && !inside(text.as_bytes().get(at + name.len()))
    })
}
