//! Pages that a program writes at the beginning of the build, with addresses that they say themselves.
//!
//! `"build": "node scripts/pages.mjs && astro build"`, and that script writes `.mdx` files with a `slug:` of the data's: they
//! may be published anywhere. Where the site itself has pages, these are no reason to believe in one more; in a folder of
//! which nothing is here, nothing can be called missing.

use crate::hash::Set;

use serde_json::Value;

use super::script_made::WRITES;
use crate::discover::{Tree, extension, file_name, join, parent};
use crate::generators::Folder;
use crate::generators::around::from_root;
use crate::site::Site;
use crate::site::index::{Entry, url_of};
use crate::site::target::{Target, Unknown};

/// How Python writes one.
const PYTHON_WRITES: [&str; 2] = [".write_text(", "open("];
/// Keys by which a page says its address.
const ADDRESSES: [&str; 4] = ["slug:", "permalink:", "\"slug\":", "\"permalink\":"];
/// So many scripts of a package are followed.
const MOST: usize = 32;

/// Takes back what was called missing in folders that only such a program fills.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { path } if folder_of(path).is_some());
    if !site.targets.iter().flatten().any(lost) {
        return;
    }
    let folder = Folder { tree, root: "" };
    if !["", site.root.as_str()].iter().any(|root| writes_pages(&folder, root)) {
        return;
    }
    let here = |entry: &Entry| !matches!(entry, Entry::Alias(..));
    let outputs = site.index.iter().filter(|(_, entry)| here(entry)).map(|(output, _)| output);
    let filled: Set<String> = outputs.filter_map(|output| folder_of(url_of(output))).map(str::to_owned).collect();
    for target in site.targets.iter_mut().flatten() {
        if let Target::Missing { path } = target
            && folder_of(path).is_some_and(|folder| !filled.contains(folder))
        {
            *target = Target::Unchecked(Unknown::MadePages);
        }
    }
}

/// The folder that a page lies in; none for those at the top, and none for files.
fn folder_of(path: &str) -> Option<&str> {
    let bare = path.trim_end_matches('/');
    Some(parent(bare)).filter(|folder| folder.len() > 1 && !file_name(bare).contains('.'))
}

/// True where the build of the package in that folder runs a program that writes pages with addresses.
fn writes_pages(folder: &Folder<'_>, root: &str) -> bool {
    let Some(text) = folder.read(&join(root, "package.json")) else { return false };
    let Ok(package) = serde_json::from_str::<Value>(&text) else { return false };
    let Some(scripts) = package.get("scripts").and_then(Value::as_object) else { return false };
    let mut run: Vec<&str> = scripts.keys().map(String::as_str).filter(|name| is_build(name)).collect();
    let mut at = 0;
    while let Some(name) = run.get(at).copied().filter(|_| at < MOST) {
        let words = scripts.get(name).and_then(Value::as_str).unwrap_or_default().split_whitespace();
        for word in words.map(|word| word.trim_matches(['"', '\'', ';', '&'])) {
            if let Some((next, _)) = scripts.get_key_value(word).filter(|(next, _)| !run.contains(&next.as_str())) {
                run.push(next);
            }
            let code = matches!(&*extension(word), "js" | "mjs" | "cjs" | "ts" | "mts" | "py");
            let program = code.then(|| folder.read(&from_root(root, word))).flatten();
            if program.is_some_and(|program| writes_addresses(&program)) {
                return true;
            }
        }
        at += 1;
    }
    false
}

/// `build`, `prebuild`, `docs:build`; a script that somebody starts when a post is begun is none.
fn is_build(name: &str) -> bool {
    name.split([':', '-']).any(|part| matches!(part, "build" | "prebuild"))
}

fn writes_addresses(program: &str) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| program.contains(word));
    (any(&WRITES) || any(&PYTHON_WRITES))
        && any(&ADDRESSES)
        && any(&[".md`", ".mdx`", ".md'", ".mdx'", ".md\"", ".mdx\""])
}
