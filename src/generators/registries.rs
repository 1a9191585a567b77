//! The lists that a site keeps beside its pages, so that a name in a page can be told from a slip.

use crate::hash::{Map, Set};

/// Lists of names that front matter may refer to.
#[derive(Debug, Clone, Default)]
pub struct Registries {
    /// Known authors; nothing when the site keeps no list.
    pub authors: Option<Registry>,
    /// Known layouts; nothing when they may come from elsewhere.
    pub layouts: Option<Registry>,
    /// Ids that layouts and includes give to elements of every page.
    pub ids: Set<String>,
    /// Layouts make ids of data, so that a page which shows more than its source may have any.
    pub layouts_make_ids: bool,
    /// The site's layouts hold nothing here: more ids than [`ids`](Self::ids) may be there.
    pub layouts_unseen: bool,
    /// Pages of which it is known what they include, and these, but for texts without ids: their links are read there, too, and
    /// their headings are those of the page.
    pub includes: Map<String, Vec<String>>,
    /// Keys of front matter that layouts and includes ask for by name.
    pub keys: Set<String>,
}

/// One list of names.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// Where the list is, for people: "`_data/authors.yml`".
    pub from: String,
    /// The names, sorted.
    pub names: Vec<String>,
    /// Names that are taken, too, and are never proposed, sorted.
    pub also: Vec<String>,
    /// What the generator does with a name that is not in the list, where that is no harm, as a sentence.
    pub otherwise: Option<&'static str>,
    /// The build stops at a name that is not in the list.
    pub stops: bool,
}

impl Registry {
    /// A list of these names, sorted, found there.
    #[must_use]
    pub fn new(from: impl Into<String>, names: Vec<String>) -> Registry {
        Registry { from: from.into(), names, ..Registry::default() }
    }
}
