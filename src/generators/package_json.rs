//! `package.json`: which programs and plugins a site of the JavaScript world is built with.

use serde_json::Value;

use super::{Folder, config_file};
use crate::discover::parent;

/// The packages that a site names, in any of the lists of dependencies.
#[derive(Debug, Clone, Default)]
pub struct Packages {
    names: Vec<String>,
    /// What is asked of each of them: `^1.2.0`.
    versions: Vec<String>,
    /// The name and the version of the file itself.
    own: Option<(String, String)>,
}

impl Packages {
    /// Reads the folder's `package.json`; without one, or with a broken one, no packages are known.
    #[must_use]
    pub fn read(folder: &Folder<'_>) -> Packages {
        if !folder.has("package.json") {
            return Packages::default();
        }
        let value = config_file::read(folder, "package.json", &mut Vec::new());
        let lists = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
        let lists = lists.iter().filter_map(|list| value.get(list).and_then(Value::as_object));
        let version = |asked: &Value| asked.as_str().unwrap_or_default().to_owned();
        let (names, versions) = lists.flatten().map(|(name, asked)| (name.clone(), version(asked))).unzip();
        let own = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        Packages { names, versions, own: own("name").zip(own("version")) }
    }

    /// The first number of the version that the file gives itself, where it has this name: sites of Hexo 2 say so what
    /// they were made with.
    #[must_use]
    pub fn own_version(&self, name: &str) -> Option<u32> {
        let (_, version) = self.own.as_ref().filter(|(own, _)| own == name)?;
        version.split('.').next()?.parse().ok()
    }

    /// The packages of the folder, and of the one above it: a folder of documentation leaves them to the project.
    #[must_use]
    pub fn around(folder: &Folder<'_>) -> [Packages; 2] {
        let above = Folder { tree: folder.tree, root: parent(folder.root) };
        [*folder, above].map(|folder| Packages::read(&folder))
    }

    /// True when this package is named.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// The first number of the version that is asked for of this package: 1 for `^1.2.0`.
    #[must_use]
    pub fn major(&self, name: &str) -> Option<u32> {
        self.number(name, 0)
    }

    /// The second number: 2 for `^1.2.0`.
    #[must_use]
    pub fn minor(&self, name: &str) -> Option<u32> {
        self.number(name, 1)
    }

    /// The version that is asked for, as it is written: `^1.2.0`.
    #[must_use]
    pub fn version(&self, name: &str) -> Option<&str> {
        let place = self.names.iter().position(|known| known == name)?;
        self.versions.get(place).map(String::as_str)
    }

    fn number(&self, name: &str, at: usize) -> Option<u32> {
        let version = self.version(name)?.trim_start_matches(['^', '~', '=', 'v', ' ']);
        version.split('.').nth(at)?.parse().ok()
    }

    /// All of them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}
