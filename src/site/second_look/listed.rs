//! Addresses that a file of the repository lists as redirected, in a place or a form that no host reads by itself: a script
//! of the deployment goes through the list, or the file is copied when the site is built.
//!
//! Only links that lead nowhere are looked for, and only in files that are named after what they hold, so that a name which
//! stands somewhere by chance proves nothing.

use crate::hash::{Map, Set};

use crate::discover::{Tree, extension, file_name};
use crate::generators::Folder;
use crate::site::Site;
use crate::site::redirects::Pattern;
use crate::site::target::{Target, Unknown};

/// What such a file is called after.
const NAMES: [&str; 6] = ["redirect", "legacy", "rewrite", "moved", "old-url", "old_url"];
/// What it may be.
const ENDINGS: [&str; 19] = [
    "", "cjs", "conf", "csv", "js", "json", "jsonc", "list", "lst", "map", "mjs", "mts", "py", "rb", "toml", "ts",
    "tsv", "txt", "yaml",
];
/// Words before an address to which something else leads.
const GOALS: [&str; 9] = ["dest", "destination", "goal", "location", "new", "redirect_to", "target", "to", "url"];
/// Longer files are data.
const LONG: usize = 1024 * 1024;

/// Takes back what was called missing where a file lists it.
pub fn look(site: &mut Site, tree: &Tree) {
    let mut wanted: Set<String> = Set::default();
    for target in site.targets.iter().flatten() {
        if let Target::Missing { path } = target {
            wanted.insert(bare(path).to_owned());
        }
    }
    wanted.retain(|path| !path.is_empty());
    if wanted.is_empty() {
        return;
    }
    let folder = Folder { tree, root: "" };
    let (mut listed, mut patterns) = (Set::default(), Vec::new());
    for path in folder.below("").filter(|path| is_named_so(path)) {
        let Some(text) = folder.read(path).filter(|text| text.len() < LONG) else { continue };
        for line in text.lines() {
            let Some(from) = first_address(line) else { continue };
            match from.split_once(['*', ':']) {
                Some((before, _)) if before.ends_with('/') && before.len() > 2 => patterns.push(Pattern::of_path(from)),
                _ => drop(wanted.get(bare(from)).map(|path| listed.insert(path.clone()))),
            }
        }
    }
    let mut known: Map<Box<str>, bool> = Map::default();
    for target in site.targets.iter_mut().flatten() {
        let Target::Missing { path } = target else { continue };
        let is_listed =
            |path: &str| listed.contains(bare(path)) || patterns.iter().any(|pattern| pattern.matches(path));
        if *known.entry(path.clone()).or_insert_with_key(|path| is_listed(path)) {
            *target = Target::Unchecked(Unknown::MadePages);
        }
    }
}

fn is_named_so(path: &str) -> bool {
    let name = file_name(path).to_ascii_lowercase();
    let code = |name: &str| ENDINGS.binary_search(&name).is_ok() || name == "yml";
    NAMES.iter().any(|part| name.contains(part)) && code(&extension(path))
}

/// The first address of a line, unless it is one that others lead to.
fn first_address(line: &str) -> Option<&str> {
    let is_edge = |c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '`' | ',' | ';' | '|' | '(' | ')' | '=' | '>' | '[' | ']' | '{' | '}')
    };
    let mut before = "";
    for word in line.split(is_edge).filter(|word| !word.is_empty()) {
        let path = of_host(word.strip_prefix('^').unwrap_or(word)).trim_end_matches('$');
        let is_address = path.contains('/') && !path.starts_with("//") || path.ends_with(".html");
        let name = before.trim_end_matches(':').to_ascii_lowercase();
        if is_address && !path.starts_with('#') {
            return (!GOALS.contains(&name.as_str())).then(|| path.trim_end_matches(':'));
        }
        before = word;
    }
    None
}

/// What follows the host, where there is one.
fn of_host(word: &str) -> &str {
    match word.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default(),
        None => word,
    }
}

/// An address however it is written: `/old/`, `old`, `/old/index.html`.
fn bare(path: &str) -> &str {
    path.trim_end_matches("index.html").trim_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_lists() {
        for (line, from) in [
            ("2013/07/10/hello-world.html", Some("2013/07/10/hello-world.html")),
            ("/a/* https://example.org/a/:splat", Some("/a/*")),
            ("  \"/old/page\": \"/new/page\",", Some("/old/page")),
            ("  { from: '/old/', to: '/new/' },", Some("/old/")),
            ("  to: '/new/',", None),
            ("https://example.org/old/a,https://example.org/new/a", Some("/old/a")),
            ("rewrite ^/old/a$ /new/a permanent;", Some("/old/a")),
            ("# a comment", None),
        ] {
            assert_eq!(first_address(line), from, "{line}");
        }
    }
}
