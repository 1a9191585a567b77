//! A vault of notes, as Obsidian and Foam show it: links are names of notes.
//!
//! Source: Obsidian's help ("Internal links", "Embed files", "Properties") and Foam's documentation.

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::github_wiki::Wikis;
use super::loose::Vendored;
use super::{
    Evaluated, Folder, Generator, Loaded, Model, Role, Settings, Sources, config_file, heading_ids, loose,
    other_builders, wikilinks,
};
use crate::discover::file_name;
use crate::page::dialect::Dialect;
use crate::page::front_matter::Dialect as YamlDialect;
use crate::site::facts::{PageFacts, Place};

/// The vault.
pub struct Obsidian;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("obsidian"));

impl Generator for Obsidian {
    fn name(&self) -> &'static str {
        "obsidian"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let mark = [".obsidian", ".foam"].into_iter().find(|name| folder.has_folder(name));
        // A project in which somebody writes with Obsidian is no vault.
        let ignored = || {
            let text = folder.read(".gitignore").filter(|_| !other_builders::has_another_builder(folder))?;
            (text.lines().any(names_vault) && has_wiki_links(folder)).then_some(())
        };
        match mark {
            Some(mark) => Some(format!("`{mark}/` is there")),
            None => ignored().map(|()| "`.gitignore` names `.obsidian`, and pages link by name".to_owned()),
        }
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        Loaded { model: with_attachments(folder, Vec::new(), attachments(folder)), problems: Vec::new() }
    }
}

/// What an editor keeps to itself of a vault is often left out of the repository.
fn names_vault(line: &str) -> bool {
    let path = line.trim().trim_start_matches("**/").trim_start_matches('/');
    path.strip_prefix(".obsidian").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// One who writes with Obsidian keeps its folder out of any repository; in a vault notes link to each other by name.
fn has_wiki_links(folder: &Folder<'_>) -> bool {
    const PAGES: usize = 100;
    let pages = folder.below("").filter(|path| DATA.is_markdown(path)).take(PAGES);
    // `[[ -f a ]]` asks a shell.
    let is_link = |rest: &str| {
        let inside = rest.lines().next().and_then(|line| line.split_once("]]"));
        inside.is_some_and(|(name, _)| !name.is_empty() && !name.starts_with([' ', '"', '$', '-', '[']))
    };
    let links = |text: &str| text.match_indices("[[").any(|(at, _)| text.get(at + 2..).is_some_and(is_link));
    pages.filter_map(|path| folder.read(path)).any(|text| links(&text))
}

/// Where the editor puts attachments.
fn attachments(folder: &Folder<'_>) -> Option<String> {
    const APP: &str = ".obsidian/app.json";
    let settings = folder.has(APP).then(|| config_file::read(folder, APP, &mut Vec::new()))?;
    let path = settings.get("attachmentFolderPath")?.as_str()?;
    Some(path.trim_end_matches('/').to_owned()).filter(|path| !path.is_empty())
}

/// Where the patterns for new notes lie: they are no notes yet.
fn templates(folder: &Folder<'_>) -> Option<String> {
    const TEMPLATES: &str = ".obsidian/templates.json";
    let settings = folder.has(TEMPLATES).then(|| config_file::read(folder, TEMPLATES, &mut Vec::new()))?;
    let path = settings.get("folder")?.as_str()?.trim_matches('/');
    (!path.is_empty()).then(|| format!("{path}/"))
}

/// The model of a folder whose notes link to each other by name.
#[must_use]
pub fn vault(folder: &Folder<'_>, notes: Vec<String>) -> Box<dyn Model> {
    with_attachments(folder, notes, None)
}

fn with_attachments(folder: &Folder<'_>, notes: Vec<String>, attachments: Option<String>) -> Box<dyn Model> {
    let settings = Settings {
        dialect: Dialect { wikilinks: true, dollars: true, ..Dialect::COMMONMARK },
        attachments,
        times_are_links: has_media_notes(folder),
        heading_ids: heading_ids::Algorithm::GithubSlugger,
        yaml: YamlDialect::JsYaml4,
        folders: true,
        embeds_links: true,
        headings_by_words: true,
        root_is_top: true,
        notes,
        ..Settings::default()
    };
    let wikis = Wikis::of(folder);
    let not_judged = Vendored::of(folder).and(templates(folder));
    Box::new(Vault { settings, wikis, not_judged, is_published: names_quartz(folder) })
}

/// The plugin for which `[12:34]()` is a time in the recording that a note names.
fn has_media_notes(folder: &Folder<'_>) -> bool {
    const PLUGINS: &str = ".obsidian/community-plugins.json";
    folder.has_folder(".obsidian/plugins/media-notes")
        || folder.has(PLUGINS) && folder.read(PLUGINS).is_some_and(|text| text.contains("\"media-notes\""))
}

/// True where the vault says that Quartz publishes it, which makes a page of every tag: in a file's name, in what runs for the
/// repository, or in what tells of it.
fn names_quartz(folder: &Folder<'_>) -> bool {
    let names = |text: &str| text.to_lowercase().contains("quartz");
    let tells = |path: &str| path.starts_with(".github/workflows/") || matches!(path, "README.md" | "index.md");
    let named =
        |path: &str| names(file_name(path)) || tells(path) && folder.read(path).is_some_and(|text| names(&text));
    folder.below("").filter(|path| !path.starts_with(".obsidian/")).any(named)
}

struct Vault {
    settings: Settings,
    wikis: Wikis,
    /// Copies of other projects, and patterns for new notes.
    not_judged: Vendored,
    /// Quartz makes a site of it.
    is_published: bool,
}

impl Model for Vault {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        let hidden = path.starts_with(".obsidian/") || path.starts_with(".trash/");
        if hidden { Role::Internal } else { self.not_judged.or(path, || loose::role(path, &DATA)) }
    }

    fn place(&self, page: &PageFacts) -> Place {
        loose::place(page)
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if let Some(there) = self.wikis.link(path, &page.path, sources) {
            return Some(there);
        }
        // A slash at the end says folder, though a note may be called so too.
        let path = (!path.ends_with('/')).then(|| wikilinks::find(path, page, "", sources))??;
        Some(Evaluated::Source { path, tail: String::new() })
    }

    fn wiki_link(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        let name = written.split('#').next().unwrap_or_default();
        match wikilinks::evaluate(written, page, "", sources) {
            Evaluated::NoSource { .. } if self.is_published && (name == "tags" || name.starts_with("tags/")) => {
                Evaluated::Made
            }
            other => other,
        }
    }
}
