//! What the configuration of a site puts into its menus: `nav` of MkDocs, the sidebars of others. Such an entry is a link
//! that stands on every page.

use super::{Folder, config_file};
use crate::finding::FilePath;
use crate::page::front_matter::{Entry, Node, NodeKind};
use crate::source::Span;

/// One entry, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavEntry {
    /// The configuration file.
    pub file: FilePath,
    /// The destination in it, without quotes.
    pub span: Span,
    /// The destination.
    pub written: String,
}

/// Deeper menus nobody opens.
const DEPTH: usize = 24;

/// The texts below a key of a YAML or TOML file (`website.sidebar`): those of the keys `counted`, or of any.
///
/// What has a tag (`!ENV`) is left out: a program says what it is.
#[must_use]
pub fn listed(folder: &Folder<'_>, name: &str, place: &[&str], counted: Option<&[&str]>) -> Vec<NavEntry> {
    let Some((front, text)) = config_file::tree(folder, name) else { return Vec::new() };
    let mut nodes: Vec<&Node> = Vec::new();
    let mut entries: &[Entry] = &front.root;
    for (at, key) in place.iter().enumerate() {
        let Some(found) = entries.iter().find(|entry| entry.name(&text) == *key) else { return Vec::new() };
        if at + 1 == place.len() {
            nodes.push(&found.value);
        }
        entries = found.value.map().unwrap_or_default();
    }
    let mut reader = Reader { text: &text, file: folder.file(name), counted, found: Vec::new() };
    nodes.into_iter().for_each(|node| reader.walk(node, counted.is_none(), 0));
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    file: FilePath,
    counted: Option<&'t [&'t str]>,
    found: Vec<NavEntry>,
}

impl Reader<'_> {
    fn walk(&mut self, node: &Node, counts: bool, depth: usize) {
        if node.tag.is_some() || depth > DEPTH {
            return;
        }
        match &node.kind {
            NodeKind::Scalar(scalar) if counts => {
                let written = scalar.text(self.text).to_owned();
                self.found.push(NavEntry { file: FilePath::clone(&self.file), span: scalar.content, written });
            }
            NodeKind::Seq(items) => items.iter().for_each(|item| self.walk(item, counts, depth + 1)),
            NodeKind::Map(entries) => {
                for entry in entries {
                    let counts = self.counted.is_none_or(|keys| keys.contains(&entry.name(self.text)));
                    self.walk(&entry.value, counts, depth + 1);
                }
            }
            _ => {}
        }
    }
}
