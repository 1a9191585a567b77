//! Pictures of a vault that its ignore file keeps out of the repository.
//!
//! Who writes `attachments/*.png` into `.gitignore` has the pictures, and shares the notes alone. A note shows a picture by
//! its name, so it is looked for in each folder that the ignore file speaks of, and where the editor puts attachments.

use super::ignored::{self, Ignored};
use crate::discover::{Tree, extension, file_name, join, parent};
use crate::site::Site;
use crate::site::destination::{self, Shape, decode, shape};
use crate::site::target::{Target, Unknown};

/// What folders of attachments are called, where the editor's own settings are not in the repository.
const USUAL: [&str; 10] =
    ["attachments", "attachment", "assets", "images", "image", "img", "imgs", "media", "pictures", "files"];

/// Takes back what was called missing and is kept out.
pub fn look(site: &mut Site, tree: &Tree) {
    let is_vault = site.model.settings().dialect.wikilinks;
    let lost = |target: &Target| matches!(target, Target::NoSource { .. } | Target::Missing { .. });
    if !is_vault || !site.targets.iter().flatten().any(lost) {
        return;
    }
    let ignored = ignored::of(site, tree);
    if ignored.is_empty() {
        return;
    }
    if site.model.settings().headings_by_words {
        notes(site, &ignored);
    }
    let attachments = site.model.settings().attachments.clone();
    let places: Vec<String> = ignored.iter().flat_map(|one| places(one, attachments.as_deref())).collect();
    let root = site.root.clone();
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for target in targets {
            let Target::NoSource { wanted } = target else { continue };
            if !is_file(wanted) {
                continue;
            }
            let beside = attachments.as_deref().and_then(|path| path.strip_prefix("./"));
            let beside = beside.map(|path| join(&join(&root, parent(&page.path)), path.trim_matches('/')));
            let set = attachments.as_deref().filter(|path| !path.starts_with("./")).map(|path| join(&root, path));
            let mut folders = places.iter().cloned().chain(beside).chain(set).chain([root.clone()]);
            let bare = wanted.trim_start_matches("./").trim_start_matches('/');
            let is_out = match bare.contains('/') {
                true => is_ignored(&join(&root, bare), &ignored),
                false => folders.any(|folder| is_ignored(&join(&folder, bare), &ignored)),
            };
            if is_out {
                *target = Target::Unchecked(Unknown::KeptOut);
            }
        }
    }
}

/// The same for notes in a folder that is kept out: they are on their writer's machine, and a note of the same name in another
/// folder is another one. In a vault a path begins at its root, or beside the note.
fn notes(site: &mut Site, ignored: &[Ignored]) {
    let root = site.root.clone();
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            if !matches!(target, Target::NoSource { .. } | Target::Missing { .. }) {
                continue;
            }
            let Shape::Path { path, .. } = shape(&link.destination) else { continue };
            let path = decode(path);
            let Some((folder, _)) = path.trim_start_matches('/').rsplit_once('/') else { continue };
            let beside = destination::join(&format!("/{}", parent(&page.path)), &path);
            let beside = beside.as_deref().map(|path| parent(path.trim_matches('/')));
            let mut places = [Some(folder), beside].into_iter().flatten().filter(|folder| !folder.is_empty());
            if places.any(|folder| !folder.starts_with('.') && is_ignored(&join(&root, folder), ignored)) {
                *target = Target::Unchecked(Unknown::KeptOut);
            }
        }
    }
}

/// True for the name of a picture, a sound, a document; a note has another ending, or none.
fn is_file(wanted: &str) -> bool {
    let ending = extension(wanted);
    (2..=5).contains(&ending.len()) && &*ending != "md" && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_ignored(file: &str, ignored: &[Ignored]) -> bool {
    let by = |one: &Ignored| {
        one.below(file).is_some_and(|below| {
            // A pattern with a slash at its end is one of folders.
            [false, true].iter().any(|folder| one.patterns.matched_path_or_any_parents(below, *folder).is_ignore())
        })
    };
    ignored.iter().any(by)
}

/// The folders that an ignore file speaks of: those of patterns for files (`attachments/*.png`), and whole ones that hold
/// attachments.
fn places<'i>(ignored: &'i Ignored, attachments: Option<&'i str>) -> impl Iterator<Item = String> + 'i {
    let lines = ignored.text.lines().map(str::trim).filter(|line| !line.starts_with(['#', '!', '.']));
    lines.filter_map(move |line| {
        let line = line.trim_start_matches('/').trim_start_matches("**/");
        let (folder, name) = line.rsplit_once('/').unwrap_or(("", line));
        let folder = match name.starts_with('*') {
            true => folder.trim_end_matches("/**"),
            false => line.trim_end_matches('/'),
        };
        let is_whole = !name.starts_with("*.");
        let known = |name: &str| match attachments {
            Some(set) => file_name(set.trim_matches('/')) == name,
            None => USUAL.iter().any(|usual| usual.eq_ignore_ascii_case(name)),
        };
        let plain = !folder.is_empty() && !folder.contains(['*', '?', '[']) && !folder.starts_with('.');
        (plain && (!is_whole || known(file_name(folder)))).then(|| join(&ignored.base, folder))
    })
}
