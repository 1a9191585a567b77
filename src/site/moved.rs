//! Files that git's history knows under another name: where a link that leads nowhere once led.

use crate::hash::Map;

use super::Site;
use super::index::{Entry, last_name, url_of};
use crate::alike::fold;
use crate::discover::{extension, file_name, parent};
use crate::generators::{Sources, undated};
use crate::git::Renames;

/// Former paths of the site's files.
#[derive(Debug, Default)]
pub struct Moved {
    /// By the name of the former path as a URL would have it, folded: the former path and the present one, both relative
    /// to the site's root.
    by_name: Map<String, Vec<(String, String)>>,
}

/// Where a missing path went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The former path of the source.
    pub from: String,
    /// The output that the file has now.
    pub output: String,
    /// The former path is the one that is missing, folders included.
    pub exact: bool,
}

impl Moved {
    /// What the history says about files that the site still has.
    #[must_use]
    pub fn of(renames: &Renames, site: &Site) -> Moved {
        let below = |path: &str| match site.root.as_str() {
            "" => Some(path.to_owned()),
            root => path.strip_prefix(root)?.strip_prefix('/').map(str::to_owned),
        };
        let mut moved = Moved::default();
        for (from, to) in renames.iter() {
            let (Some(from), Some(to)) = (below(from), below(to)) else { continue };
            if site.has(&to) && !site.has(&from) {
                moved.by_name.entry(fold(name_of(&from))).or_default().push((from, to));
            }
        }
        moved.by_name.values_mut().for_each(|list| list.sort_unstable());
        moved
    }

    /// Where the missing path (decoded, from the site's base) is now: all that it may have been.
    #[must_use]
    pub fn find(&self, site: &Site, path: &str) -> Vec<Gone> {
        let name = last_name(path);
        let mut found: Vec<Gone> = Vec::new();
        for (from, to) in self.by_name.get(&fold(name)).into_iter().flatten() {
            let Some(output) = output_of(site, to) else { continue };
            if !found.iter().any(|known| known.output == output) {
                found.push(Gone { from: from.clone(), exact: was(from, path), output });
            }
        }
        found
    }
}

/// The name that a source file gives to its URL: without date and extension, of an index its folder's.
fn name_of(path: &str) -> &str {
    let file = file_name(path);
    if !matches!(&*extension(path), "md" | "markdown" | "mdx" | "qmd") {
        return file;
    }
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if matches!(stem, "index" | "_index" | "README") {
        return file_name(parent(path));
    }
    undated(path)
}

/// True when the former source path ends with the missing one: `docs/guide/install.md` and `/guide/install/`.
fn was(from: &str, path: &str) -> bool {
    let folder = parent(from);
    let folder =
        if name_of(from) == file_name(folder) && file_name(from).contains("index") { parent(folder) } else { folder };
    let missing =
        parent(path.strip_suffix("/index.html").unwrap_or(path).trim_end_matches('/')).trim_start_matches('/');
    !missing.is_empty() && (folder == missing || folder.ends_with(&format!("/{missing}")))
}

/// The output that a source file is published as.
fn output_of(site: &Site, path: &str) -> Option<String> {
    if let Some(page) = site.number_of(path).and_then(|number| site.page(number)) {
        return page.place.output.clone().filter(|_| page.is_published());
    }
    let file = site.file(path);
    let mut named = site.index.named(file_name(path)).into_iter();
    let found = named.find(|output| matches!(site.index.get(output), Some(Entry::Asset(asset)) if *asset == file));
    found.map(str::to_owned)
}

/// The path to write for it.
#[must_use]
pub fn url(gone: &Gone) -> &str {
    url_of(&gone.output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_known_by_the_name_of_its_url() {
        assert_eq!(name_of("_posts/2024-01-31-the-talk.md"), "the-talk");
        assert_eq!(name_of("content/talks/the-talk/index.md"), "the-talk");
        assert_eq!(name_of("img/a.png"), "a.png");
        assert!(was("docs/guide/install.md", "/guide/install/"));
        assert!(was("docs/guide/install/index.md", "/guide/install/"));
        assert!(!was("docs/guide/install.md", "/other/install/"));
    }
}
