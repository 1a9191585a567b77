//! The names that `layout` may have.

use crate::discover::{file_name, parent};
use crate::generators::{Folder, Registry};

/// Folders of templates that no page asks for by its `layout`.
const PARTS: [&str; 6] = ["partials", "_partials", "shortcodes", "_shortcodes", "_markup", "_internal"];

/// The templates of these folders.
///
/// Source: the page "Template lookup order" of Hugo's manual.
#[must_use]
pub fn registry(folder: &Folder<'_>, layouts: &[String]) -> Option<Registry> {
    let is_whole = |path: &&str| !parent(path).split('/').any(|folder| PARTS.contains(&folder));
    let files = || layouts.iter().flat_map(|layouts| folder.below(layouts)).filter(is_whole);
    let mut names: Vec<String> =
        files().map(|path| file_name(path).split('.').next().unwrap_or_default().to_owned()).collect();
    // What is put around all pages is no page's.
    names.retain(|name| name != "baseof");
    names.sort_unstable();
    names.dedup();
    let has = |name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).is_ok();
    // Where no template has that name, Hugo takes the one of the page's kind: who names the folder of it knows what they do,
    // and nobody else needs to.
    let mut also: Vec<String> = files().map(|path| file_name(parent(path)).to_owned()).collect();
    also.sort_unstable();
    also.dedup();
    let otherwise = (has("single") || has("page") || has("all"))
        .then_some("Hugo takes the template of the page's kind in its place, so the line does nothing");
    (!names.is_empty()).then(|| Registry { otherwise, also, ..Registry::new("`layouts/`", names) })
}
