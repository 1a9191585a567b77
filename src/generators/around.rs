//! Sites whose content lies beside the folder of their configuration: `content/` beside `website/`.
//!
//! Such a site's root is the folder above both, so that a file of the content is a file of the site.

use crate::discover::{file_name, join, parent};
use crate::generators::Folder;

/// The folder of the configuration: the root, or one below it when content lies beside it.
#[must_use]
pub fn site_folder(folder: &Folder<'_>, markers: &[String]) -> String {
    let is_config = |path: &&str| markers.iter().any(|name| name == file_name(path));
    let nearest = folder.below("").filter(is_config).min_by_key(|path| path.matches('/').count());
    nearest.map(|path| parent(path).to_owned()).unwrap_or_default()
}

/// A path written in the configuration as one from the site's root; one that leaves it keeps its `../`.
#[must_use]
pub fn from_root(site: &str, path: &str) -> String {
    let mut parts: Vec<&str> = site.split('/').filter(|part| !part.is_empty()).collect();
    let mut up = 0;
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match part {
            ".." if parts.pop().is_none() => up += 1,
            ".." => {}
            part => parts.push(part),
        }
    }
    format!("{}{}", "../".repeat(up), parts.iter().fold(String::new(), |all, part| join(&all, part)))
}

/// The folder above all of these paths, which are written from `root`.
pub fn root_above<'f, 'p>(root: &'f str, paths: impl Iterator<Item = &'p str>) -> &'f str {
    let up = paths.map(|path| path.matches("../").count()).max().unwrap_or(0);
    (0..up).fold(root, |root, _| parent(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_folder() {
        assert_eq!(from_root("website", "../content"), "content");
        assert_eq!(from_root("", "../content"), "../content");
        assert_eq!(from_root("a/b", "./c"), "a/b/c");
        assert_eq!(root_above("x/website", ["../content", "src"].into_iter()), "x");
    }
}
