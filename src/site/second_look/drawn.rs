//! Pictures that a step of the build draws: `static/img/flow.svg` from `static/img/flow.mmd`, by a script of the repository
//! that speaks of `.mmd`.

use crate::discover::{Tree, extension, file_name, join, without_extension};
use crate::generators::Folder;
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// Endings of files that programs draw pictures from.
const DRAWINGS: [&str; 8] = ["mmd", "dot", "gv", "puml", "plantuml", "drawio", "d2", "tex"];
/// Endings of such pictures.
const PICTURES: [&str; 4] = ["svg", "png", "pdf", "webp"];
/// Endings of what runs before a build.
const PROGRAMS: [&str; 11] = ["sh", "bash", "py", "rb", "mk", "js", "mjs", "ts", "yml", "yaml", "toml"];

/// Takes back what was called missing where it is drawn from a file that lies there.
pub fn look(site: &mut Site, tree: &Tree) {
    let drawn = |site: &Site, path: &str| -> Option<&'static str> {
        let stem = without_extension(path).trim_start_matches('/');
        let mut places = site
            .model
            .settings()
            .public
            .iter()
            .map(String::as_str)
            .chain([""])
            .map(|place| join(&site.root, &join(place, stem)));
        let of = |file: String| DRAWINGS.into_iter().find(|ending| tree.has_file(&format!("{file}.{ending}")));
        PICTURES.contains(&&*extension(path)).then(|| places.find_map(of)).flatten()
    };
    let missing = |target: &Target| match target {
        Target::Missing { path } => drawn(site, path),
        _ => None,
    };
    let mut endings: Vec<&str> = site.targets.iter().flatten().filter_map(missing).collect();
    endings.sort_unstable();
    endings.dedup();
    endings.retain(|ending| is_spoken_of(tree, ending));
    if endings.is_empty() {
        return;
    }
    let mut targets = std::mem::take(&mut site.targets);
    for target in targets.iter_mut().flatten() {
        let by = match target {
            Target::Missing { path } => drawn(site, path),
            _ => None,
        };
        if by.is_some_and(|ending| endings.contains(&ending)) {
            *target = Target::Unchecked(Unknown::MadePages);
        }
    }
    site.targets = targets;
}

/// True when a program or a workflow of the repository names files with this ending.
fn is_spoken_of(tree: &Tree, ending: &str) -> bool {
    let folder = Folder { tree, root: "" };
    let sign = format!(".{ending}");
    let is_program = |path: &&str| {
        PROGRAMS.contains(&&*extension(path))
            || matches!(file_name(path), "Makefile" | "makefile" | "justfile" | "package.json")
    };
    let speaks = |text: String| {
        text.match_indices(&sign).any(|(at, sign)| {
            !text.get(at + sign.len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
    };
    folder.below("").filter(is_program).filter_map(|path| folder.read(path)).any(speaks)
}
