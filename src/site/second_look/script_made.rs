//! Files that a program of the repository writes before the build: a script names them, and nothing of that name lies
//! anywhere; or a script writes a page of that name into a folder of that name.
//!
//! Only links that lead nowhere are looked at, so a site without such links costs nothing. Each script is read through
//! once for all of them.

use crate::hash::{Map, Set};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use crate::discover::{Tree, extension, file_name};
use crate::generators::Folder;
use crate::site::Site;
use crate::site::target::{Target, Unknown};
use crate::source::line_before;

/// Endings of programs that run before a build, as opposed to those of the site itself.
const SCRIPTS: [&str; 7] = ["py", "sh", "bash", "rb", "pl", "mk", "r"];
/// More scripts belong to a program, not to its documentation.
const MOST: usize = 300;
/// Programs of the site itself, of which only what writes a file is looked at.
const CODE: [&str; 5] = ["js", "ts", "mjs", "mts", "cjs"];
/// Longer programs are what a bundler has made.
const LONG: usize = 128 * 1024;
/// Calls of JavaScript that write a file.
pub(super) const WRITES: [&str; 4] = ["writeFile", "createWriteStream", "outputFile", "Bun.write"];
/// Shorter names stand anywhere.
const LETTERS: usize = 8;

/// Takes back what was called missing where a script writes it.
pub fn look(site: &mut Site, tree: &Tree) {
    let folder = Folder { tree, root: "" };
    let mut scripts =
        folder.below("").filter(|path| SCRIPTS.contains(&&*extension(path)) || is_makefile(path)).peekable();
    let mut code = folder.below("").filter(|path| CODE.contains(&&*extension(path))).peekable();
    if scripts.peek().is_none() && code.peek().is_none() {
        return;
    }
    let mut names: Set<&str> = site.targets.iter().flatten().filter_map(name_of).collect();
    names.retain(|name| tree.named(name).is_empty());
    let mut pages: Map<&str, Set<&str>> = Map::default();
    for page in site.targets.iter().flatten().filter_map(page_of) {
        pages.entry(file_name(page.trim_end_matches('/'))).or_default().insert(page);
    }
    if names.is_empty() && pages.is_empty() {
        return;
    }
    // More names than a search can be made for are a list of nonsense.
    let names: Vec<&str> = names.into_iter().collect();
    let Ok(search) = AhoCorasick::new(&names) else { return };
    let mut written: Set<String> = Set::default();
    for text in scripts.take(MOST).filter_map(|path| folder.read(path)) {
        let words = search.find_overlapping_iter(&text).filter(|word| is_whole(&text, word.range()));
        written.extend(words.filter_map(|word| names.get(word.pattern().as_usize())).map(|name| (*name).to_owned()));
        for (folders, name) in pages_written(&text) {
            let all = pages.get(name).into_iter().flatten();
            written.extend(all.filter(|page| is_in_one_of(page, &folders)).map(|page| (*page).to_owned()));
        }
    }
    for text in code.take(MOST).filter_map(|path| folder.read(path)) {
        if text.len() <= LONG && WRITES.iter().any(|call| text.contains(call)) {
            written.extend(files_written(&text).filter(|name| names.contains(name)).map(str::to_owned));
        }
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

/// The names in the calls that write files, or join the paths of such: `writeFileSync(join(out, 'feed.rss'), …)`.
fn files_written(text: &str) -> impl Iterator<Item = &str> {
    let calls = |line: &&str| WRITES.iter().chain(&["join(", "resolve("]).any(|call| line.contains(call));
    let quoted = |line| str::split(line, ['\'', '"', '`']).skip(1).step_by(2);
    text.lines().filter(calls).flat_map(quoted).map(file_name)
}

/// The path of a page in a folder: `/reference/api/main/spec/`.
fn page_of(target: &Target) -> Option<&str> {
    let Target::Missing { path } = target else { return None };
    let bare = path.trim_end_matches('/');
    (bare.matches('/').count() >= 2 && !file_name(bare).contains('.')).then_some(path)
}

/// The pages that a text puts into folders, `"$OUT/reference/api/$VERSION/spec.md"`: their folders and their name.
fn pages_written(text: &str) -> impl Iterator<Item = (Set<&str>, &str)> {
    const END: &str = ".md";
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '=' | '(' | ')' | ',' | ';');
    memchr::memmem::find_iter(text.as_bytes(), END).filter_map(move |at| {
        let line = line_before(text, at);
        let (folders, name) = line.rsplit(is_edge).next()?.rsplit_once('/')?;
        Some((folders.split('/').filter(|part| part.len() >= 4).collect(), name))
    })
}

/// True when the path of a page names one of the folders.
fn is_in_one_of(page: &str, folders: &Set<&str>) -> bool {
    page.trim_matches('/').rsplit_once('/').is_some_and(|(path, _)| path.split('/').any(|part| folders.contains(part)))
}

fn is_makefile(path: &str) -> bool {
    matches!(file_name(path), "Makefile" | "makefile" | "GNUmakefile" | "justfile" | "Justfile" | "Rakefile")
}

/// True when the text has a name as a word of its own.
fn is_whole(text: &str, name: Range<usize>) -> bool {
    let inside = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let before = name.start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    !inside(before) && !inside(text.as_bytes().get(name.end))
}
