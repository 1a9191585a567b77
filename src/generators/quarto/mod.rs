//! Quarto: websites, blogs and books.
//!
//! Source of its behaviour: Quarto's documentation, and pandoc for how Markdown is read; `tests/heading_ids.rs` compares
//! with pandoc.

mod config;
mod includes;
mod model;
mod navigation;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::{Folder, Generator, Loaded};
use crate::discover::file_name;

/// The generator.
pub struct Quarto;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("quarto"));

/// What coding agents are told, in any folder: no page.
const FOR_AGENTS: [&str; 4] = ["CLAUDE.md", "AGENTS.md", "CLAUDE.local.md", "AGENTS.local.md"];

/// True for a file that Quarto renders, wherever it lies.
fn is_document(path: &str) -> bool {
    let hidden = path.split('/').any(|part| part.starts_with(['_', '.']));
    let name = file_name(path);
    let readme = name.split('.').next() == Some("README");
    !hidden && !readme && !FOR_AGENTS.contains(&name) && DATA.is_markdown(path)
}

impl Generator for Quarto {
    fn name(&self) -> &'static str {
        "quarto"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let name = DATA.markers.iter().find(|name| folder.has(name))?;
        let page = folder.below("").find(|path| is_document(path))?;
        Some(format!("`{name}` and documents such as `{page}` are there"))
    }

    fn leaves_out(&self, folder: &str) -> bool {
        folder.split('/').any(|part| part.starts_with(['_', '.']))
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        let name = DATA.markers.iter().find(|name| folder.has(name)).map_or("_quarto.yml", String::as_str);
        let config = config::Config::load(folder, name, &mut problems);
        Loaded { model: Box::new(model::Site::new(folder, config)), problems }
    }
}
