//! MkDocs, with Material's blog and the plugins that decide what is published where.
//!
//! Source of its behaviour: mkdocs 1.6, mkdocs-material 9, mkdocs-redirects, mkdocs-static-i18n, and their
//! documentation; `tests/oracles` compares with the real programs.

mod blog;
mod config;
mod elsewhere;
mod hooks;
mod languages;
mod links;
mod model;
mod nav;
mod plugins;
mod snippets;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::{Folder, Generator, Loaded};
use crate::discover::{file_name, parent};
use crate::generators::loose::is_vendored;

/// The generator.
pub struct MkDocs;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("mkdocs"));

/// True for a file that MkDocs renders.
fn is_page(path: &str) -> bool {
    DATA.is_markdown(path)
}

impl Generator for MkDocs {
    fn name(&self) -> &'static str {
        "mkdocs"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let name = DATA.markers.iter().find(|name| folder.has(name))?;
        let config = config::Config::load(folder, name, &mut Vec::new());
        if let Some(docs) = &config.elsewhere {
            let page = folder.tree.below(docs).iter().find(|path| is_page(path))?;
            return Some(format!("`{}` and pages such as `{page}` are there", folder.file(name)));
        }
        let page = folder.below(&config.docs).find(|path| is_page(path))?;
        Some(format!("`{name}` and pages such as `{page}` are there"))
    }

    fn root<'f>(&self, folder: &Folder<'f>) -> &'f str {
        let name = DATA.markers.iter().find(|name| folder.has(name));
        let docs = name.and_then(|name| config::Config::load(folder, name, &mut Vec::new()).elsewhere);
        let file = docs.as_ref().and_then(|docs| Some((folder.tree.below(docs).first()?, docs.len())));
        file.and_then(|(file, length)| file.get(..length)).unwrap_or(folder.root)
    }

    fn load(&self, folder: &Folder<'_>, now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        let (at, name) = configuration(folder).unwrap_or((*folder, "mkdocs.yml"));
        let config = config::Config::load(&at, name, &mut problems);
        Loaded { model: Box::new(model::Site::new(folder, config, now)), problems }
    }
}

/// The folder of the configuration whose pages these are, and its name: the root itself, where it has one.
fn configuration<'t>(folder: &Folder<'t>) -> Option<(Folder<'t>, &'static str)> {
    if let Some(name) = DATA.markers.iter().find(|name| folder.has(name)) {
        return Some((*folder, name));
    }
    let named = |file: &str| DATA.markers.iter().find(|name| *name == file_name(file)).filter(|_| !is_vendored(file));
    let all = folder
        .tree
        .files()
        .iter()
        .filter_map(|file| Some((Folder { tree: folder.tree, root: parent(file) }, named(file)?)));
    let mut all = all.map(|(at, name)| (at, name.as_str()));
    all.find(|(at, name)| config::Config::load(at, name, &mut Vec::new()).elsewhere.as_deref() == Some(folder.root))
}
