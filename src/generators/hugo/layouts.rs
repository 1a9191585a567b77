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
    // Where no template has that name, Hugo takes the one of the page's kind: in a folder of that name it is the one
    // that was meant.
    let folders = files().map(|path| file_name(parent(path)));
    names.extend(folders.filter(|name| !name.starts_with('_')).map(str::to_owned));
    // What is put around all pages is no page's.
    names.retain(|name| name != "baseof");
    names.sort_unstable();
    names.dedup();
    let has = |name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).is_ok();
    let otherwise = (has("single") || has("page") || has("all"))
        .then_some("Hugo takes the template of the page's kind in its place, so the line does nothing");
    (!names.is_empty()).then(|| Registry { otherwise, ..Registry::new("`layouts/`", names) })
}
