//! Reads a front matter whole; where it does not parse, its slips are explained and its keys read one by one.

use super::node::{FrontMatter, Node, NodeKind};
use super::shadow::{Indents, indented};
use super::{explain, recover, simple, toml, yaml};

/// Reads the front matter at `front_matter.inner` of `file`.
pub(super) fn yaml(file: &str, front_matter: &mut FrontMatter) {
    if let Some(entries) = simple::read(file, front_matter.inner) {
        front_matter.documents = 1;
        front_matter.root = entries;
        return;
    }
    match yaml::parse(file, front_matter.inner) {
        Ok(tree) => {
            front_matter.comments = tree.comments;
            front_matter.documents = tree.documents;
            match tree.root {
                None | Some(Node { kind: NodeKind::Null, .. }) => {}
                Some(root) => explain::accepted(file, front_matter, root, &tree.unresolved),
            }
        }
        Err(stop) => explain::refused(file, front_matter, &stop),
    }
}

/// Reads the front matter with two blanks for each tab that begins one of its lines; false where that does not parse.
pub(super) fn yaml_with_wide_tabs(file: &str, front_matter: &mut FrontMatter) -> bool {
    let copy = super::without_tabs(file);
    let base = front_matter.inner.start as usize;
    let (text, written) = (front_matter.inner.of(&copy), front_matter.inner.of(file));
    let mut indents: Indents = Vec::new();
    let mut at = 0;
    for line in written.split_inclusive('\n') {
        let tabs = line.bytes().take_while(|byte| *byte == b'\t').count();
        if tabs > 0 {
            indents.push((at, tabs));
        }
        at += line.len();
    }
    let (wide, offsets) = indented(text, base, &indents);
    let Ok(tree) = yaml::build(&copy, &wide, &offsets) else { return false };
    front_matter.comments = tree.comments;
    front_matter.documents = tree.documents;
    if let Some(root) = tree.root.filter(|root| !matches!(root.kind, NodeKind::Null)) {
        explain::accepted(&copy, front_matter, root, &tree.unresolved);
    }
    front_matter.errors.is_empty()
}

/// Reads the front matter at `front_matter.inner` of `file`.
pub(super) fn toml(file: &str, front_matter: &mut FrontMatter) {
    front_matter.documents = 1;
    front_matter.comments = toml::comments(file, front_matter.inner);
    match toml::parse(file, front_matter.inner) {
        Ok(root) => front_matter.root = root,
        Err(issue) => {
            front_matter.errors.push(issue);
            recover::toml(file, front_matter);
        }
    }
}
