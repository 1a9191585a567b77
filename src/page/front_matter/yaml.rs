//! YAML front matter.
//!
//! What the site's generator reads must not be called broken: what only our parser refuses (quoted texts that go on in
//! the first column, comments without a blank before them, tabs inside brackets) is smoothed away in a shadow copy.

use super::events::{Granit, Problem, Stop};
use super::explain;
use super::node::{FrontMatter, Node, NodeKind};
use super::shadow::{Indents, Offsets, continued, flow_without_tabs, indented};
use super::simple;
use super::tree::{Builder, Tree};
use crate::source::Span;

/// Bytes of shadow copies that may be parsed for one front matter before we give up smoothing.
const SHADOW_BUDGET: usize = 4 << 20;

/// Reads the front matter at `front_matter.inner` of `file`.
pub(super) fn read(file: &str, front_matter: &mut FrontMatter) {
    if let Some(entries) = simple::read(file, front_matter.inner) {
        front_matter.documents = 1;
        front_matter.root = entries;
        return;
    }
    match parse(file, front_matter.inner) {
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
pub(super) fn read_with_wide_tabs(file: &str, front_matter: &mut FrontMatter) -> bool {
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
    let Ok(tree) = build(&copy, &wide, &offsets) else { return false };
    front_matter.comments = tree.comments;
    front_matter.documents = tree.documents;
    if let Some(root) = tree.root.filter(|root| !matches!(root.kind, NodeKind::Null)) {
        explain::accepted(&copy, front_matter, root, &tree.unresolved);
    }
    front_matter.errors.is_empty()
}

/// Parses a part of a file; the offset of an error is one of the file.
pub(super) fn parse(file: &str, span: Span) -> Result<Tree, Stop> {
    let text = span.of(file);
    let base = span.start as usize;
    let mut indents: Indents = Vec::new();
    let mut spent = 0;
    let mut stop = match build(file, text, &Offsets::at(base)) {
        Ok(tree) => return Ok(tree),
        Err(stop) => stop,
    };
    let blanks = flow_without_tabs(text);
    if let Some(blanks) = &blanks {
        match build(file, blanks, &Offsets::at(base)) {
            Ok(tree) => return Ok(tree),
            Err(other) => stop = other,
        }
    }
    let text = blanks.as_deref().unwrap_or(text);
    while spent < SHADOW_BUDGET {
        let floor = indents.last().map_or(0, |&(line, _)| line);
        let more = match stop.problem {
            Problem::QuotedContinuation => continued(text, stop.at - base, floor),
            Problem::GluedComment => Some(vec![(stop.at - base, 1)]),
            _ => None,
        };
        // Each round must get further, or there is no end.
        let Some(more) = more.filter(|more| indents.is_empty() || more.first().is_some_and(|&(at, _)| at > floor))
        else {
            break;
        };
        indents.extend(more);
        let (copy, offsets) = indented(text, base, &indents);
        spent += copy.len();
        stop = match build(file, &copy, &offsets) {
            Ok(tree) => return Ok(tree),
            Err(stop) => stop,
        };
    }
    Err(stop)
}

fn build(file: &str, parsed: &str, offsets: &Offsets) -> Result<Tree, Stop> {
    let builder = Builder { parsed, file, offsets };
    builder.read(&mut Granit::new(parsed)).map_err(|stop| Stop { at: offsets.file(stop.at), ..stop })
}
