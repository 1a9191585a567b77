//! Files that a program of the repository writes before the build: a script names them, and nothing of that name lies
//! anywhere. Only links that lead nowhere are looked at, so a site without such links costs nothing.

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
    let mut names: HashSet<&str> = site.targets.iter().flatten().filter_map(name_of).collect();
    names.retain(|name| tree.named(name).is_empty());
    if names.is_empty() {
        return;
    }
    let folder = Folder { tree, root: "" };
    let scripts = folder.below("").filter(|path| SCRIPTS.contains(&extension(path).as_str()) || is_makefile(path));
    let mut written: HashSet<String> = HashSet::new();
    for text in scripts.take(MOST).filter_map(|path| folder.read(path)) {
        written.extend(names.iter().filter(|name| says(&text, name)).map(|name| (*name).to_owned()));
    }
    for target in site.targets.iter_mut().flatten() {
        if name_of(target).is_some_and(|name| written.contains(name)) {
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
