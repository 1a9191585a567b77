//! What GitHub Pages adds to Jekyll where nobody set up a build: Markdown needs no front matter to become a page, and a
//! README stands for its folder's index.
//!
//! Source: `GitHubPages::Plugins::DEFAULT_PLUGINS` of the gem `github-pages`; `generator.rs` of
//! jekyll-optional-front-matter and of jekyll-readme-index.

use crate::hash::Set;

use super::config::Config;
use crate::discover::{extension, file_name, parent, without_extension};
use crate::generators::{Folder, loose, plain};

/// Names that stay files unless `include:` has them.
const FILES: [&str; 7] =
    ["LICENSE", "LICENCE", "COPYING", "CODE_OF_CONDUCT", "CONTRIBUTING", "ISSUE_TEMPLATE", "PULL_REQUEST_TEMPLATE"];

/// True where GitHub builds the site with its own set of plugins.
#[must_use]
pub fn builds(folder: &Folder<'_>) -> bool {
    !folder.has("Gemfile") || folder.read("Gemfile").is_some_and(|gems| gems.contains("github-pages"))
}

/// Which Markdown files are pages though they have no front matter.
#[derive(Debug, Default)]
pub struct Bare {
    on: bool,
    /// READMEs of folders without an index (paths from the site's root).
    indexes: Set<String>,
    /// So are those that have front matter.
    with_front_matter: bool,
    include: Vec<String>,
}

impl Bare {
    /// Of a site. Where most pages have front matter, a file without it is as likely one that came with something else.
    #[must_use]
    pub fn of(folder: &Folder<'_>, config: &Config, github_pages: bool) -> Bare {
        let on = github_pages || config.plugin("jekyll-optional-front-matter");
        let is_markdown = |path: &&str| config.markdown.iter().any(|known| *known == *extension(path));
        let on = on && !plain::most_have_front_matter(folder, folder.below("").filter(is_markdown).collect());
        let mut indexes = Set::default();
        let readme_index = github_pages || config.plugin("jekyll-readme-index");
        if readme_index && (on || config.readmes_with_front_matter) {
            let names = |wanted: &str, path: &str| without_extension(file_name(path)).eq_ignore_ascii_case(wanted);
            let taken: Set<&str> = folder.below("").filter(|path| names("index", path)).map(parent).collect();
            let readmes = folder.below("").filter(is_markdown).filter(|path| names("README", path));
            indexes.extend(readmes.filter(|path| !taken.contains(parent(path))).map(str::to_owned));
        }
        Bare { on, indexes, with_front_matter: config.readmes_with_front_matter, include: config.include.clone() }
    }

    /// True for a page without front matter; the path from the site's root, of a Markdown file.
    #[must_use]
    pub fn is_page(&self, path: &str) -> bool {
        if !self.on || loose::is_vendored(path) {
            return false;
        }
        let name = without_extension(file_name(path)).to_ascii_uppercase();
        match name.as_str() {
            "README" => self.indexes.contains(path),
            name => !FILES.contains(&name) || self.include.iter().any(|included| included == path),
        }
    }

    /// True for a README that is published as the index of its folder.
    #[must_use]
    pub fn is_index(&self, path: &str, has_front_matter: bool) -> bool {
        (self.with_front_matter || !has_front_matter) && self.indexes.contains(path)
    }
}
