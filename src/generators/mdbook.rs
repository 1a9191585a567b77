//! mdBook: chapters that a summary lists.
//!
//! Source: mdBook's documentation ("Configuration", "SUMMARY.md", "Renderers"); it was not run. So only what is the same on
//! a code host is judged: relative paths of Markdown files and of pictures. How headings get ids has changed from version
//! to version, and programs before and behind it (`preprocessor`, `output`) may change anything else.

use crate::hash::Set;
use std::sync::LazyLock;

use jiff::civil::DateTime;
use serde_json::Value;

use super::data::Data;
use super::values::text;
use super::{Evaluated, Folder, Generator, Loaded, Model, Role, Settings, Sources, config_file, heading_ids};
use crate::discover::{extension, file_name, join, parent, without_extension};
use crate::page::dialect::{Dialect, Linkify};
use crate::site::destination;
use crate::site::facts::{Kind, PageFacts, Place};

/// The generator.
pub struct MdBook;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("mdbook"));

/// The file with the configuration.
const BOOK: &str = "book.toml";
/// The list of chapters, in the folder of sources.
const SUMMARY: &str = "SUMMARY.md";

impl Generator for MdBook {
    fn name(&self) -> &'static str {
        "mdbook"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        // Without it code writes the summary, and nobody knows the chapters.
        let summary = join(&source(&config_file::read(folder, BOOK, &mut Vec::new())), SUMMARY);
        (folder.has(BOOK) && folder.has(&summary)).then(|| format!("`{BOOK}` and `{summary}` are there"))
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        let book = config_file::read(folder, BOOK, &mut problems);
        Loaded { model: Box::new(Site::new(folder, &book)), problems }
    }
}

/// `src`, the folder of the chapters.
fn source(book: &Value) -> String {
    let source = text(book.pointer("/book/src")).unwrap_or_else(|| "src".to_owned());
    destination::join("/", &source).unwrap_or_default().trim_matches('/').to_owned()
}

struct Site {
    source: String,
    /// The files of the chapters, below the folder of sources.
    chapters: Set<String>,
    /// Addresses that are redirected, without a slash before them.
    redirected: Set<String>,
    settings: Settings,
}

impl Site {
    fn new(folder: &Folder<'_>, book: &Value) -> Site {
        let source = source(book);
        let summary = folder.read(&join(&source, SUMMARY)).unwrap_or_default();
        let address = text(book.pointer("/output/html/site-url")).unwrap_or_default();
        let base = address
            .split_once("://")
            .map_or(address.as_str(), |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        let base = base.trim_matches('/');
        let redirects = book.pointer("/output/html/redirect").and_then(Value::as_object).into_iter().flatten();
        let settings = Settings {
            base_path: if base.is_empty() { String::new() } else { format!("/{base}") },
            // A file that a chapter includes may hold the definitions of its references.
            dialect: Dialect { linkify: Linkify::None, foreign_labels: true, ..Dialect::COMMONMARK },
            heading_ids: heading_ids::Algorithm::Unknown,
            extensionless: true,
            stops_at_dead_links: false,
            public: vec![source.clone()],
            notes: vec![
                "of mdBook's links those to files are judged: how it makes ids of headings is not known".to_owned(),
            ],
            ..Settings::default()
        };
        Site {
            chapters: chapters(&summary).collect(),
            redirected: redirects.map(|(from, _)| from.trim_start_matches('/').to_owned()).collect(),
            source,
            settings,
        }
    }

    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.source.is_empty() { Some(path) } else { path.strip_prefix(&*self.source)?.strip_prefix('/') }
    }

    /// The file that a path of a page names, relative to the root; nothing above it.
    fn file(path: &str, page: &PageFacts) -> Option<String> {
        let file = destination::join(&format!("/{}", parent(&page.path)), path)?;
        Some(file.trim_matches('/').to_owned())
    }
}

/// The destinations of a summary's links.
fn chapters(summary: &str) -> impl Iterator<Item = String> + '_ {
    summary.split("](").skip(1).filter_map(|rest| {
        let written = rest.split([')', '\n', '#']).next()?.trim().trim_matches(['<', '>']);
        let path = destination::join("/", &destination::decode(written))?;
        Some(path.trim_start_matches('/').to_owned())
    })
}

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        match self.inside(path) {
            None => Role::Internal,
            Some(inside) if DATA.is_markdown(path) => match self.chapters.contains(inside) {
                true => Role::Page {
                    kind: Kind::Page,
                    collection: inside.split_once('/').map_or("", |(top, _)| top).into(),
                },
                // Put into chapters, or forgotten.
                false => Role::Internal,
            },
            Some(inside) => Role::Asset(format!("/{inside}")),
        }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let Some(inside) = self.inside(&page.path) else { return Place::default() };
        let stem = without_extension(inside);
        let output = match file_name(stem).eq_ignore_ascii_case("readme") {
            true => format!("/{}", join(parent(stem), "index.html")),
            false => format!("/{stem}.html"),
        };
        Place { url: Some(output.clone()), output: Some(output), ..Place::default() }
    }

    fn generates(&self, path: &str) -> bool {
        self.redirected.contains(path.trim_start_matches('/'))
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let Some(file) = Site::file(path, page).filter(|_| !path.starts_with('/')) else {
            return Some(Evaluated::Unknown);
        };
        let names_page = extension(&file) == "html";
        let chapter = if names_page { format!("{}.md", without_extension(&file)) } else { file.clone() };
        Some(match () {
            () if sources.has(&file) => Evaluated::Source { path: file, tail: String::new() },
            () if sources.has(&chapter) => Evaluated::Source { path: chapter, tail: String::new() },
            () if DATA.is_markdown(&file) && self.inside(&file).is_some() => Evaluated::NoSource { wanted: file },
            // A folder, a page of another program's, what lies above the repository.
            () => Evaluated::Unknown,
        })
    }

    fn image_link(&self, path: &str, _html: bool, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if destination::scheme(path).is_some() {
            return None;
        }
        let file = Site::file(&destination::decode(path), page).filter(|_| !path.starts_with('/'));
        match file {
            Some(file) if sources.has(&file) => Some(Evaluated::Source { path: file, tail: String::new() }),
            Some(file) if self.inside(&file).is_some() => None,
            _ => Some(Evaluated::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_lists_chapters() {
        let summary =
            "# Summary\n\n[Preface](README.md)\n\n- [One](./one.md)\n  - [Two](<a%20b/two.md>)\n- [Draft]()\n";
        let found: Vec<String> = chapters(summary).filter(|path| !path.is_empty()).collect();
        assert_eq!(found, ["README.md", "one.md", "a b/two.md"]);
    }
}
