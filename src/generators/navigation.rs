//! What the configuration of a site puts into its menus: `nav` of MkDocs, the sidebars of others. Such an entry is a link
//! that stands on every page.

use super::{Folder, config_file};
use crate::discover::{extension, file_name, parent};
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

/// Where one of these programs writes a destination between quotes: behind one of the keys (`link: '/a'`), or anywhere where
/// there are none. Comments are left out.
#[must_use]
pub fn place(texts: &[(FilePath, String)], written: &str, keys: &[&str]) -> Option<NavEntry> {
    let own = texts.iter().find_map(|(file, text)| Some((file, at_key(text, written, keys)?)));
    let (file, start) = own?;
    Some(NavEntry {
        file: FilePath::clone(file),
        span: Span::new(start, start + written.len()),
        written: written.to_owned(),
    })
}

fn at_key(text: &str, written: &str, keys: &[&str]) -> Option<usize> {
    let places = text.match_indices(written).map(|(at, _)| at);
    let mut places = places.filter(|at| {
        let (before, after) = (text.get(..*at).unwrap_or_default(), text.get(at + written.len()..).unwrap_or_default());
        let Some(quote) = before.chars().last().filter(|c| matches!(c, '\'' | '"' | '`')) else { return false };
        let key = before.strip_suffix(quote).unwrap_or(before).trim_end();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let is_key = |key: &str| {
            let name = key.strip_suffix(':').map(|key| key.trim_end().trim_end_matches(['\'', '"']));
            name.is_some_and(|name| keys.iter().any(|one| name.ends_with(one)))
        };
        after.starts_with(quote) && (keys.is_empty() || is_key(key)) && !line.contains("//")
    });
    places.next()
}

/// The programs that may hold a menu: the configuration, and those beside or below it that are named after one.
#[must_use]
pub fn programs(folder: &Folder<'_>, config: &str) -> Vec<(FilePath, String)> {
    let is_menu = |path: &&str| {
        let named = ["nav", "sidebar", "menu", "footer", "config"].iter().any(|word| {
            let name = file_name(path);
            name.len() >= word.len() && name.to_ascii_lowercase().contains(word)
        });
        named && matches!(&*extension(path), "js" | "ts" | "mjs" | "mts" | "cjs" | "json") && *path != config
    };
    let all = std::iter::once(config).chain(folder.below(parent(config)).filter(is_menu).take(MOST));
    all.filter_map(|path| Some((folder.file(path), folder.read(path)?))).collect()
}

/// More of them belong to a program.
const MOST: usize = 40;

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
