//! Files of a folder that nothing builds: what each is, and where it is found.

use super::data::Data;
use super::{Folder, Role};
use crate::discover::parent;
use crate::site::facts::{Kind, PageFacts, Place};

/// In a folder that nothing builds, Markdown is a page and everything else is at hand. What was copied from other
/// projects is theirs to mend: it can be linked to and is not judged.
#[must_use]
pub fn role(path: &str, data: &Data) -> Role {
    if data.is_markdown(path) && !is_vendored(path) {
        Role::Page { kind: Kind::Loose, collection: "".into() }
    } else {
        Role::Asset(format!("/{path}"))
    }
}

/// True for what lies in a folder of other projects' sources. `vendor` may be a subject deeper in a tree of documents, but
/// `vendor/github.com/` is Go's and `gems/jekyll-4.3.2/` is Ruby's.
#[must_use]
pub fn is_vendored(path: &str) -> bool {
    let folders = || parent(path).split('/');
    let pairs = || folders().zip(folders().skip(1));
    folders().next() == Some("vendor")
        || folders().any(|folder| matches!(folder, "node_modules" | "third_party" | "third-party" | "bower_components"))
        || pairs().any(|(above, below)| match above {
            "vendor" => below == "bundle" || below.contains('.'),
            "gems" => {
                below.rsplit_once('-').is_some_and(|(_, version)| version.starts_with(|c: char| c.is_ascii_digit()))
            }
            _ => false,
        })
}

/// Folders that a package manager filled, wherever they lie: `vendor/` tells by what Composer puts there.
#[derive(Default)]
pub struct Vendored(Vec<String>);

impl Vendored {
    /// Those below the root.
    #[must_use]
    pub fn of(folder: &Folder<'_>) -> Vendored {
        let filled = |path: &str| {
            let end = match path.strip_suffix("vendor/autoload.php") {
                Some(above) => above.len(),
                None => path.find("vendor/composer/")?,
            };
            let begins = end == 0 || path.as_bytes().get(end - 1) == Some(&b'/');
            begins.then(|| path.get(..end + "vendor/".len()).map(str::to_owned))?
        };
        let mut found: Vec<String> = folder.below("").filter_map(filled).collect();
        found.dedup();
        Vendored(found)
    }

    /// Another folder whose files are no pages.
    #[must_use]
    pub fn and(mut self, folder: Option<String>) -> Vendored {
        self.0.extend(folder);
        self
    }

    /// What a file is: no page in such a folder, else what `role` says.
    pub fn or(&self, path: &str, role: impl FnOnce() -> Role) -> Role {
        if self.0.iter().any(|folder| path.starts_with(folder)) { Role::Asset(format!("/{path}")) } else { role() }
    }
}

/// There a file's address is its path.
#[must_use]
pub fn place(page: &PageFacts) -> Place {
    let path = format!("/{}", page.path);
    Place { url: Some(path.clone()), output: Some(path), ..Place::default() }
}
