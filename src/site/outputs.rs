//! What is published beside the pages themselves: the files of bundles, and what answers at an alias.

use super::destination;
use super::facts::PageFacts;
use super::index::{Entry, Index};
use crate::discover::{file_name, parent};
use crate::finding::FilePath;
use crate::generators::Role;
use crate::hash::Map;

/// The output that stands for an alias: `/old/` and `/old` are both answered by a page at `/old/`.
pub(super) fn alias_output(path: &str) -> String {
    let path = destination::decode(path);
    if path.ends_with('/') {
        format!("{path}index.html")
    } else if file_name(&path).contains('.') {
        path.into_owned()
    } else {
        format!("{path}/index.html")
    }
}

/// Adds the files of bundles below the addresses of the bundles' pages, of which there is one for each language.
pub(super) fn add_bundles(index: &mut Index, pages: &[PageFacts], others: &[(FilePath, Role)]) {
    let mut bundles: Map<&str, Vec<&str>> = Map::default();
    let is_bundle = |name: &str| name.starts_with("index.") || name.starts_with("_index.");
    let beside = others.iter().any(|(_, role)| matches!(role, Role::Beside { .. }));
    for page in if beside { pages } else { &[] } {
        let Some(output) = page.place.output.as_deref() else { continue };
        if is_bundle(file_name(&page.path)) {
            bundles.entry(parent(&page.path)).or_default().push(output);
        } else if let Some((folder, _)) = page.path.rsplit_once('.') {
            // A folder that is named like the page beside it.
            bundles.entry(folder).or_default().push(output);
        }
    }
    for (file, role) in others {
        let Role::Beside { folder, name, also } = role else { continue };
        if let Some(output) = also {
            index.add(output.to_string(), Entry::Asset(file.clone()));
        }
        for output in bundles.get(&**folder).into_iter().flatten() {
            let stem = output.strip_suffix("/index.html").or_else(|| output.strip_suffix(".html")).unwrap_or(output);
            index.add(format!("{stem}/{name}"), Entry::Asset(file.clone()));
        }
    }
}
