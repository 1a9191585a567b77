//! Slides inside a site: a folder with a `package.json` of its own that names Slidev is built by that, and a path from the root
//! begins there in it.
//!
//! Source: the page "Assets" of Slidev's documentation.

use crate::hash::Map;

use crate::discover::{Tree, join, parent};
use crate::generators::Folder;
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// Takes back what was called missing on slides.
pub fn look(site: &mut Site, tree: &Tree) {
    let whole = Folder { tree, root: "" };
    let mut known: Map<String, bool> = Map::default();
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        for target in targets {
            if !matches!(target, Target::Missing { .. } | Target::NoSource { .. } | Target::Outside) {
                continue;
            }
            let folders = std::iter::successors(Some(parent(&page.path)), |folder| Some(parent(folder)));
            let mut folders = folders.take_while(|folder| !folder.is_empty());
            let is_deck = folders.any(|folder| {
                let deck = || whole.read(&join(&join(&site.root, folder), "package.json"));
                *known
                    .entry(folder.to_owned())
                    .or_insert_with(|| deck().is_some_and(|text| text.contains("@slidev/cli")))
            });
            if is_deck {
                *target = Target::Unchecked(Unknown::Generator);
            }
        }
    }
}
