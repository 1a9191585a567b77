//! A configuration that does not lie above its pages: `config/es/mkdocs.yml` with `docs_dir: ../../docs/es`, one for each
//! language. A file belongs to the nearest root above it, so the folder of the pages is the site's root then, and the
//! configuration is found from there again.

use crate::hash::Set;

use super::DATA;
use crate::discover::{file_name, join, parent};
use crate::generators::Folder;
use crate::site::destination;

/// The folder of the pages from the tree's base, where it lies outside of the configuration's folder.
pub fn docs(folder: &Folder<'_>, written: &str) -> Option<String> {
    let path = above(folder, written)?;
    let mut up = path.as_str();
    // Where the pages have a configuration above them, this one is a variant of it.
    while !is_configured(folder, up) {
        if up.is_empty() {
            return folder.tree.has_folder(&path).then_some(path);
        }
        up = parent(up);
    }
    None
}

/// The folder below the configuration's from which a step of the build fills `docs_dir`, where its path ends like that:
/// `docs` of `docs_dir: build/docs`.
pub fn filled_from(folder: &Folder<'_>, written: &str) -> Option<String> {
    let path = destination::join(&format!("/{}", folder.root), written)?;
    let path = path.trim_matches('/');
    let has_pages = |tail: &str| folder.tree.below(tail).iter().any(|file| super::is_page(file));
    let mut tails = path.match_indices('/').filter_map(|(at, _)| path.get(at + 1..));
    let tail = tails.find(|tail| folder.tree.has_folder(tail) && has_pages(tail))?;
    let below = if folder.root.is_empty() { Some(tail) } else { tail.strip_prefix(folder.root)?.strip_prefix('/') };
    below.filter(|below| !below.is_empty()).map(str::to_owned)
}

/// The address below which a site of several lies, whose folder is called as the language: `/es` of `docs/es`. It is taken
/// out of those of the others.
pub fn own_address(docs: &str, alternates: &mut Vec<String>) -> Option<String> {
    let own = |link: &String| link.trim_matches('/') == file_name(docs);
    let at = alternates.iter().position(own)?;
    Some(alternates.remove(at))
}

/// Where the files of a theme outside of the configuration's folder are published, from the site's root.
pub fn theme_files(folder: &Folder<'_>, written: &str) -> Set<String> {
    let Some(path) = above(folder, written).filter(|path| !path.is_empty()) else { return Set::default() };
    folder.tree.below(&path).iter().filter_map(|file| Some(file.get(path.len() + 1..)?.to_owned())).collect()
}

/// A path that climbs out of the configuration's folder, from the tree's base.
fn above(folder: &Folder<'_>, written: &str) -> Option<String> {
    let path = destination::join(&format!("/{}", folder.root), written).filter(|_| written.starts_with(".."))?;
    Some(path.trim_matches('/').to_owned())
}

fn is_configured(folder: &Folder<'_>, at: &str) -> bool {
    DATA.markers.iter().any(|name| folder.tree.has_file(&join(at, name)))
}
