//! A folder of Markdown without a generator, as a code host or an editor shows it: links are paths of files.

use crate::hash::Set;
use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::github_wiki::Wikis;
use super::loose::{Vendored, place, role};
use super::other_builders::{built_on_netlify, other_builders, shown_by_an_application};
use super::{
    Evaluated, Folder, Generator, Loaded, Model, Role, Settings, Sources, hakyll, heading_ids, obsidian, wikilinks,
};
use crate::code_host;
use crate::discover::{file_name, parent};
use crate::page::dialect::Dialect;
use crate::page::front_matter::Dialect as YamlDialect;
use crate::site::facts::{PageFacts, Place};

/// The generator that is none.
pub struct Plain;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("plain"));

impl Generator for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, _folder: &Folder<'_>) -> Option<String> {
        None
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let others = other_builders(folder);
        let whole = others.iter().find(|(below, _)| below.is_empty()).map(|(_, name)| *name);
        let hakyll = hakyll::program(folder);
        if whole.is_none() && hakyll.is_none() && links_by_name(folder) {
            let note = "links such as `[[name]]` lead to files here, so they are judged".to_owned();
            return Loaded { model: obsidian::vault(folder, vec![note]), problems: Vec::new() };
        }
        // GitBook and HonKit put parts of pages together, and make ids in a way of their own.
        let book = ["book.json", "book.js", ".gitbook.yaml"].into_iter().find(|name| folder.has(name));
        let netlify = built_on_netlify(folder);
        let other = book.is_some() || whole.is_some() || hakyll.is_some() || netlify.is_some();
        let mut site = PlainSite::new(other || is_built(folder));
        site.settings.dialect.spaces_in_destination =
            matches!(book, Some("book.json" | "book.js")) || ignores_a_book(folder);
        site.wikis = Wikis::of(folder);
        site.vendored = Vendored::of(folder);
        site.settings.readmes_are_read = !other && site.settings.unknown_generator;
        if let Some(published) = netlify {
            site.settings.notes = vec![format!(
                "`netlify.toml` publishes `{published}`, which a command fills: another program builds this site, and postlint does not know it yet: links to its own pages and images are not judged"
            )];
        }
        if let Some(name) = whole {
            site.settings.notes = vec![format!(
                "`{name}` is there, so another program builds this site, and postlint does not know it yet: links to its own pages and images are not judged"
            )];
        }
        if let Some(program) = hakyll {
            hakyll::describe(&mut site.settings, program);
        }
        if let Some(name) = book {
            site.settings.notes = vec![format!(
                "`{name}` is there, so GitBook or HonKit builds this site, and postlint does not know it yet: links to its own pages and images are not judged"
            )];
        }
        for (below, name) in others.into_iter().filter(|(below, _)| !below.is_empty()) {
            site.settings.notes.push(format!(
                "`{name}` is in `{below}`, so another program builds that folder: links in its pages to its own pages and images are not judged"
            ));
            site.settings.built_below.push(below);
        }
        if let Some((name, folders)) = shown_by_an_application(folder, |path| DATA.is_markdown(path)) {
            site.settings.notes.push(format!(
                "`{name}` is there, and all texts lie among the sources of that application, which shows them by addresses of its own: links to its own pages and images are not judged"
            ));
            site.settings.built_below.extend(folders);
        }
        if folder.has(".gitlab-ci.yml") && !folder.has_folder(".github") {
            site.settings.heading_ids = heading_ids::Algorithm::Gitlab;
        }
        Loaded { model: Box::new(site), problems: Vec::new() }
    }
}

/// True for the texts of a GitBook without its configuration: its editor writes blanks into the addresses of pictures, and
/// its Markdown (kramed) reads them.
fn ignores_a_book(folder: &Folder<'_>) -> bool {
    let ignored = folder.read(".gitignore").unwrap_or_default();
    folder.has("SUMMARY.md") && ignored.lines().any(|line| line.trim().trim_matches('/') == "_book")
}

/// What is said of a folder whose pages have front matter.
const UNKNOWN: &str = "most pages have front matter, so some generator builds this site, and postlint does not know it yet: links to its own pages and images are not judged";

/// True when most pages have front matter: nobody writes it for a code host, so something builds the site.
fn is_built(folder: &Folder<'_>) -> bool {
    let pages = folder.below("").filter(|path| DATA.is_markdown(path) && path.contains('/'));
    most_have_front_matter(folder, pages.collect())
}

/// True when most of these pages have front matter. Pages from all over the folder tell, because examples and templates
/// may come first.
#[must_use]
pub fn most_have_front_matter(folder: &Folder<'_>, pages: Vec<&str>) -> bool {
    const SAMPLE: usize = 40;
    let (mut fronts, mut all) = (0, 0);
    for page in pages.iter().step_by(pages.len().div_ceil(SAMPLE).max(1)) {
        let text = folder.read(page).unwrap_or_default();
        let text = text.trim_start_matches('\u{feff}');
        fronts += usize::from(text.starts_with("---\n") || text.starts_with("---\r\n") || text.starts_with("+++"));
        all += 1;
    }
    fronts * 2 > all
}

/// True when most `[[names]]` in the first pages are names of files: then somebody shows them as links.
fn links_by_name(folder: &Folder<'_>) -> bool {
    const SAMPLE: usize = 40;
    const ENOUGH: usize = 5;
    let pages: Vec<&str> = folder.below("").filter(|path| DATA.is_markdown(path)).collect();
    let (mut known, mut all) = (0, 0);
    let mut names: Set<String> = Set::default();
    for page in pages.iter().take(SAMPLE) {
        let text = folder.read(page).unwrap_or_default();
        let inner = text.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
        let plain = inner.filter(|(name, after)| !name.contains(['\n', '[', '`', ',']) && !after.starts_with('('));
        for (name, _) in plain {
            if names.is_empty() {
                // Pictures are shown by their names, too.
                names.extend(folder.below("").map(|path| wikilinks::key(stem(path))));
            }
            let name = name.split(['|', '#']).next().unwrap_or_default().trim();
            all += 1;
            known += usize::from(names.contains(&wikilinks::key(stem(name))));
        }
    }
    known >= ENOUGH && known * 10 >= all * 7
}

/// A path's name without `.md`.
fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// The model of any such folder.
#[must_use]
pub fn model(unknown_generator: bool) -> Box<dyn Model> {
    Box::new(PlainSite::new(unknown_generator))
}

/// The model of a site of a known generator whose content code chooses: every Markdown file is read, and nothing is said
/// of addresses.
#[must_use]
pub fn in_place_of(title: &str) -> Box<dyn Model> {
    let mut site = PlainSite::new(true);
    site.settings.notes = vec![format!(
        "which files {title} makes pages of is decided by code: all Markdown is read, and links to the site's own pages and images are not judged"
    )];
    Box::new(site)
}

impl PlainSite {
    fn new(unknown_generator: bool) -> PlainSite {
        let settings = Settings {
            dialect: Dialect { dollars: true, ..Dialect::COMMONMARK },
            heading_ids: heading_ids::Algorithm::GithubSlugger,
            yaml: YamlDialect::JsYaml4,
            folders: true,
            front_matter_is_for_elsewhere: true,
            unknown_generator,
            notes: unknown_generator.then(|| UNKNOWN.to_owned()).into_iter().collect(),
            ..Settings::default()
        };
        PlainSite { settings, wikis: Wikis::default(), vendored: Vendored::default() }
    }
}

struct PlainSite {
    settings: Settings,
    wikis: Wikis,
    vendored: Vendored,
}

impl Model for PlainSite {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        self.vendored.or(path, || role(path, &DATA))
    }

    fn place(&self, page: &PageFacts) -> Place {
        place(page)
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if let Some(there) = self.wikis.link(path, &page.path, sources) {
            return Some(there);
        }
        // Pelican's, wherever the texts lie, and tags of template languages.
        const FILLED_IN: [&str; 9] =
            ["{filename}", "{static}", "{attach}", "{tag}", "{category}", "{author}", "|filename|", "{%", "{{"];
        if FILLED_IN.iter().any(|start| path.starts_with(start)) {
            return Some(Evaluated::Unknown);
        }
        let gitlab = self.settings.heading_ids == heading_ids::Algorithm::Gitlab;
        let made = leads_to_host(path, parent(&page.path)) || gitlab && is_of_gitlab(path);
        made.then_some(Evaluated::Made)
    }
}

/// True for what GitLab itself makes of a destination: a reference (`group/project!12`, `!12`, `project@5ad1fbe`, `~bug`)
/// and what was dropped into an issue (`/uploads/<32 digits>/name`).
/// Source: GitLab's documentation, "GitLab-specific references"; uploads by what its own editor writes.
fn is_of_gitlab(path: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_commit = |text: &str| text.len() >= 7 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'.');
    if let Some(upload) = path.strip_prefix("/uploads/") {
        return upload.split('/').next().is_some_and(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    }
    let Some(at) = path.find(['!', '&', '$', '~', '%', '@']) else { return false };
    let (project, reference) = path.split_at(at);
    let project = project.is_empty() || project.contains('/') && !project.starts_with(['.', '/']);
    let Some(rest) = reference.get(1..) else { return false };
    project
        && match reference.as_bytes() {
            [b'!' | b'&' | b'$', ..] => is_number(rest),
            [b'@', ..] => is_commit(rest),
            [b'~' | b'%', ..] => !rest.is_empty() && !rest.contains('/'),
            _ => false,
        }
}

/// True for a path that climbs out of the repository to a page of its host: a file stands there at
/// `owner/name/blob/branch/…`, so `../../issues` of the README is the list of issues, `../branch/file` another branch.
fn leads_to_host(path: &str, folder: &str) -> bool {
    // `/owner/name/blob/main/x`, from the host's own root: what templates of issues need.
    if path.starts_with('/') {
        return path.split('/').nth(3).is_some_and(code_host::is_page);
    }
    if !path.starts_with("..") {
        return false;
    }
    let mut depth = folder.split('/').filter(|part| !part.is_empty()).count();
    let mut beyond = 0;
    let mut parts = path.split('/').filter(|part| !part.is_empty() && *part != ".").peekable();
    while parts.peek() == Some(&"..") {
        parts.next();
        match depth.checked_sub(1) {
            Some(less) => depth = less,
            None => beyond += 1,
        }
    }
    match (beyond, parts.next()) {
        (1, Some(_)) => parts.next().is_some(),
        (2, Some(first)) => code_host::is_page(first),
        (2, None) => true,
        _ => false,
    }
}
