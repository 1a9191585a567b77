//! A folder of the repository that a workflow pushes to its wiki on GitHub: there its pages are read, at
//! `/OWNER/NAME/wiki/Page`, so `../blob/main/x` is a file of the repository and `../issues` a page of the host.

use super::{Evaluated, Folder, Sources};
use crate::code_host;
use crate::discover::{file_name, inside, parent};

/// What only such workflows say: the wiki's own repository, or an action that pushes there.
const SIGNS: [&str; 5] = [".wiki.git", "github-wiki", "wiki-action", "action-wiki", "wiki-page-creator"];

/// The folders that are wikis.
#[derive(Debug, Default)]
pub struct Wikis {
    folders: Vec<String>,
}

impl Wikis {
    /// Those with a first page or a sidebar of a wiki that a workflow names.
    #[must_use]
    pub fn of(folder: &Folder<'_>) -> Wikis {
        let is_wiki = |path: &&str| matches!(file_name(path), "Home.md" | "_Sidebar.md") && path.contains('/');
        let mut folders: Vec<String> = folder.below("").filter(is_wiki).map(|path| parent(path).to_owned()).collect();
        folders.dedup();
        if !folders.is_empty() {
            let steps = folder.below(".github").filter_map(|path| folder.read(path));
            let pushes = steps.filter(|text| SIGNS.iter().any(|sign| text.contains(sign))).collect::<String>();
            folders.retain(|wiki| pushes.contains(wiki.as_str()));
        }
        Wikis { folders }
    }

    /// What a relative path of one of their pages leads to.
    #[must_use]
    pub fn link(&self, path: &str, page: &str, sources: &dyn Sources) -> Option<Evaluated> {
        self.folders.iter().find(|wiki| inside(page, wiki).is_some())?;
        let (first, rest) = path.strip_prefix("../")?.split_once('/').unwrap_or((path.get(3..)?, ""));
        let file = rest.split_once('/').map_or("", |(_, file)| file).trim_end_matches('/');
        match first {
            "blob" | "raw" | "blame" | "edit" if sources.has(file) => {
                Some(Evaluated::Source { path: file.to_owned(), tail: String::new() })
            }
            // Another branch may have what this one does not.
            _ if code_host::is_page(first) => Some(Evaluated::Made),
            _ => None,
        }
    }
}
