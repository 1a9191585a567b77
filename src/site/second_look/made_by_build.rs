//! Files that a step of the build copies or makes: their folder is named in an ignore file and is not in the repository.
//!
//! `public/` or `static/img/gen/` in `.gitignore` says that whoever builds the site gets it from somewhere. What a link
//! asks for in there can neither be found nor be called missing. A page that is ignored by its own name,
//! `/docs/releases.md`, is written by a script. A pattern that names files (`*.mp4`) says so only where several links ask
//! for such: one alone is just as missing on the server.

use crate::hash::Set;

use super::ignored::{self, Ignored};
use crate::discover::{Tree, file_name, join, parent};
use crate::finding::FilePath;
use crate::generators::Role;
use crate::site::Site;
use crate::site::destination;
use crate::site::facts::PageFacts;
use crate::site::target::{Target, Unknown};

/// Takes back what was called missing in such folders.
pub fn look(site: &mut Site, tree: &Tree) {
    let missing = |target: &Target| matches!(target, Target::Missing { .. } | Target::NoSource { .. });
    if !site.targets.iter().flatten().any(missing) {
        return;
    }
    let ignored = ignored::of(site, tree);
    let filled = filled(site, tree);
    if ignored.is_empty() && filled.is_empty() {
        return;
    }
    let pages: Set<String> = ignored.iter().flat_map(|one| pages(site, tree, one)).collect();
    let folders: Vec<String> = ignored.iter().flat_map(|one| folders(site, tree, one)).chain(filled).collect();
    let public = site.model.settings().public.clone();
    let by_name = files_by_pattern(site, &ignored);
    for target in site.targets.iter_mut().flatten() {
        let made = match target {
            Target::Missing { path } => {
                let below = path.trim_start_matches('/');
                by_name.contains(&**path)
                    || pages.contains(bare(path))
                    || folders.iter().any(|folder| destination::is_in_folder(path, folder))
                    || public.iter().any(|folder| is_made(&site.root, &join(folder, below), tree, &ignored))
            }
            Target::NoSource { wanted } => is_made(&site.root, wanted, tree, &ignored),
            _ => false,
        };
        if made {
            *target = Target::Unchecked(Unknown::MadePages);
        }
    }
}

/// The missing files that a pattern of an ignore file names, if they are several, and those in a folder that it names, of
/// which git may have some files all the same.
fn files_by_pattern(site: &Site, ignored: &[Ignored]) -> Set<String> {
    let public = &site.model.settings().public;
    let is_named = |path: &str, place: &str, folder: bool| {
        let file = join(&site.root, &join(place, path.trim_start_matches('/')));
        ignored.iter().any(|one| {
            let below = if one.base.is_empty() { Some(&*file) } else { file.strip_prefix(one.base.as_str()) };
            below.map(|below| below.trim_start_matches('/')).is_some_and(|below| match folder {
                true => one.patterns.matched_path_or_any_parents(parent(below), true).is_ignore(),
                false => one.patterns.matched(below, false).is_ignore(),
            })
        })
    };
    let missing = site.targets.iter().flatten().filter_map(|target| match target {
        Target::Missing { path } => Some(&**path),
        _ => None,
    });
    let (mut files, mut inside) = (Set::default(), Set::default());
    for path in missing.filter(|path| file_name(path).contains('.')) {
        let mut places = public.iter().map(String::as_str).filter(|place| !place.is_empty());
        if places.clone().any(|place| is_named(path, place, true)) {
            inside.insert(path.to_owned());
        } else if is_named(path, "", false) || places.any(|place| is_named(path, place, false)) {
            files.insert(path.to_owned());
        }
    }
    if files.len() > 1 {
        inside.extend(files);
    }
    inside
}

/// The addresses of the pages that an ignore file names one by one and that are not here.
fn pages(site: &Site, tree: &Tree, ignored: &Ignored) -> Vec<String> {
    let written = |line: &&str| {
        !line.contains(['*', '?', '[', '!', '#']) && [".md", ".mdx"].iter().any(|end| line.ends_with(end))
    };
    let files = ignored
        .text
        .lines()
        .map(str::trim)
        .filter(written)
        .map(|line| join(&ignored.base, line.trim_start_matches('/')));
    let address = |file: String| {
        let path = match site.root.as_str() {
            "" => file.as_str(),
            root => file.strip_prefix(root)?.strip_prefix('/')?,
        };
        let Role::Page { kind, collection } = site.model.role(path) else { return None };
        let page = PageFacts::unread(file.as_str().into(), path.into(), kind, collection);
        site.model.place(&page).output
    };
    files.filter(|file| !tree.has_file(file)).filter_map(address).map(|output| bare(&output).to_owned()).collect()
}

/// The addresses below which the pages of ignored folders are published: `/src/content/docs/api/`.
fn folders(site: &Site, tree: &Tree, ignored: &Ignored) -> Vec<String> {
    let literal = |line: &&str| line.contains('/') && !line.starts_with(['!', '#']);
    let bare = |line: &'_ str| -> Option<String> {
        let path = line.trim_start_matches('/').trim_end_matches(['*', '/']);
        (!path.is_empty() && !path.contains(['*', '?', '['])).then(|| join(&ignored.base, path))
    };
    let lines = ignored.text.lines().map(str::trim).filter(literal).filter_map(bare);
    let whole = lines.filter(|folder| !tree.has_file(folder)).filter_map(|folder| address(site, &folder));
    whole.chain(ignored.text.lines().filter_map(|line| beginning(site, ignored, line.trim()))).collect()
}

/// The start of the addresses that `/docs/cli/pack*` leaves to the build.
fn beginning(site: &Site, ignored: &Ignored, line: &str) -> Option<String> {
    let start = line.strip_suffix('*').filter(|start| !start.contains(['*', '?', '[', '!', '#']))?;
    let (folder, name) = start.trim_start_matches('/').rsplit_once('/').filter(|(_, name)| !name.is_empty())?;
    Some(address(site, &join(&ignored.base, folder))? + name)
}

/// The address below which the pages of a folder are published.
fn address(site: &Site, folder: &str) -> Option<String> {
    let page = join(folder, "page.md");
    let path =
        if site.root.is_empty() { page.as_str() } else { page.strip_prefix(site.root.as_str())?.strip_prefix('/')? };
    let Role::Page { kind, collection } = site.model.role(path) else { return None };
    let facts = PageFacts::unread(page.as_str().into(), path.into(), kind, collection);
    let output = site.model.place(&facts).output?;
    Some(output.get(..output.rfind("page")?)?.to_owned()).filter(|folder| folder.len() > 1)
}

/// The addresses of folders with an ignore file of their own that ignores all that comes there: a step of the build fills
/// them.
fn filled(site: &Site, tree: &Tree) -> Vec<String> {
    let ignores_all = |file: &&FilePath| {
        let text = std::fs::read_to_string(tree.base().join(&***file)).unwrap_or_default();
        text.lines().any(|line| matches!(line.trim(), "*" | "/*" | "**"))
    };
    let folders = tree.named(".gitignore").into_iter().filter(|file| file.contains('/')).filter(ignores_all);
    folders.filter_map(|file| address(site, parent(file))).collect()
}

/// An address in whichever way it is written.
fn bare(path: &str) -> &str {
    path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/').trim_end_matches(".html")
}

/// True when a folder on the way to this file (relative to the site's root) is ignored and not here.
fn is_made(root: &str, path: &str, tree: &Tree, ignored: &[Ignored]) -> bool {
    let file = join(root, path);
    let mut folder = parent(&file);
    while !folder.is_empty() && folder != root {
        if tree.has_folder(folder) {
            return false;
        }
        let is_ignored = |one: &Ignored| {
            let below = if one.base.is_empty() { Some(folder) } else { folder.strip_prefix(one.base.as_str()) };
            below.is_some_and(|below| one.patterns.matched(below.trim_start_matches('/'), true).is_ignore())
        };
        if ignored.iter().any(is_ignored) {
            return true;
        }
        folder = parent(folder);
    }
    false
}
