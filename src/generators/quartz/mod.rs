//! Quartz, which publishes a vault of notes.
//!
//! Source: Quartz's documentation ("Authoring content", "Configuration", the plugins' pages) and its sources at 4.5
//! (`quartz/util/path.ts`, `quartz/plugins`); it is installed from its repository and was not run.

mod build;
mod config;

use std::sync::LazyLock;

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::civil::DateTime;

use self::build::content;
use self::config::Config;
use super::data::Data;
use super::{
    Evaluated, Folder, FoundBy, Generator, Loaded, Model, Role, Settings, Sources, config_file, heading_ids, wikilinks,
};
use crate::alike::fold;
use crate::discover::{extension, file_name, join, parent};
use crate::page::dialect::Dialect;
use crate::page::front_matter::{DateReader, Dialect as YamlDialect, NotADate, read_date};
use crate::page::links::{Link, Origin};
use crate::site::destination::below;
use crate::site::facts::{Alias, Kind, PageFacts, Place, Published};
use crate::source::Span;

pub use self::build::is_run_by_a_script;

/// The generator.
pub struct Quartz;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("quartz"));

impl Generator for Quartz {
    fn name(&self) -> &'static str {
        "quartz"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let name = ["quartz.config.ts", "quartz.config.yaml"].into_iter().find(|name| folder.has(name))?;
        let content = content(folder);
        folder.has_folder(&content).then(|| format!("`{name}` and `{content}/` are there"))
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let mut problems = Vec::new();
        // Whoever moves to Quartz 5 may leave the former configuration where it was.
        let script = if folder.has("quartz.config.yaml") { None } else { folder.read("quartz.config.ts") };
        let config = match script {
            Some(text) => Config::of_script(&text),
            None => Config::of_yaml(&config_file::read(folder, "quartz.config.yaml", &mut problems)),
        };
        let mut site = Site::new(config, content(folder));
        // A copy of the engine that does not yet count aliases among the names of notes writes redirects of them alone.
        const READER: &str = "quartz/plugins/transformers/frontmatter.ts";
        let reader = folder.read(READER).filter(|text| folder.has(READER) && !text.is_empty());
        site.aliases_answer = reader.is_none_or(|text| text.contains("allSlugs.push("));
        Loaded { model: Box::new(site), problems }
    }
}

struct Site {
    /// The folder of notes.
    content: String,
    settings: Settings,
    ignored: GlobSet,
    /// Only pages that say `publish: true` are published.
    explicit: bool,
    /// A path begins at the folder of notes, whatever lies elsewhere under its end.
    by_path: bool,
    /// A name is looked for in all folders, and found where one note alone has it.
    shortest: bool,
    /// Aliases are names that links find.
    aliases_answer: bool,
    /// Quartz 5: addresses are in small letters, and those with capitals lead there.
    small: bool,
}

impl Site {
    fn new(config: Config, content: String) -> Site {
        let base = config.base.trim_matches('/');
        let (host, path) = base.split_once('/').unwrap_or((base, ""));
        let mut ignored = GlobSetBuilder::new();
        for pattern in &config.ignored {
            // As fast-glob with its `ignore`: a name alone is one at any depth.
            for pattern in
                [pattern.clone(), format!("**/{pattern}"), format!("{pattern}/**"), format!("**/{pattern}/**")]
            {
                if let Ok(glob) = Glob::new(&pattern) {
                    ignored.add(glob);
                }
            }
        }
        let settings = Settings {
            url: (!host.is_empty()).then(|| format!("https://{host}")),
            base_path: if path.is_empty() { String::new() } else { format!("/{path}") },
            language: config.locale,
            dialect: Dialect { wikilinks: true, math: config.math, ..Dialect::COMMONMARK },
            term_slug: Some(if config.small { small_slug } else { slug }),
            heading_ids: heading_ids::Algorithm::GithubSlugger,
            yaml: YamlDialect::JsYaml3,
            extensionless: true,
            embeds_links: true,
            aliases_are_names: true,
            paths_begin_at_the_root: config.by_path,
            notes_are_found_by: match (config.relative, config.by_path && !config.shortest) {
                (true, _) => FoundBy::PathFromPage,
                (_, true) => FoundBy::PathFromRoot,
                _ => FoundBy::Name,
            },
            own_fragments_stay: true,
            public: vec![content.clone()],
            ..Settings::default()
        };
        let ignored = ignored.build().unwrap_or_default();
        let Config { explicit, by_path, shortest, small, .. } = config;
        Site { content, settings, ignored, explicit, by_path, shortest, aliases_answer: true, small }
    }

    fn slug(&self, path: &str) -> String {
        if self.small { small_slug(path) } else { slug(path) }
    }

    /// Whether Quartz, too, comes from what is written to the file that a vault would find: a path begins at the folder of
    /// notes, and only a name without folders is looked for everywhere, if one note alone has it. Source: Quartz's
    /// `util/path.ts`, `transformLink`.
    fn reaches(&self, written: &str, file: &str, page: &PageFacts, sources: &dyn Sources) -> bool {
        let written = written.split(['#', '|']).next().unwrap_or_default().trim().trim_end_matches('\\');
        let bare = written.trim_matches('/');
        let bare = bare.strip_suffix(".md").unwrap_or(bare);
        if self.settings.notes_are_found_by == FoundBy::PathFromPage {
            return wikilinks::lies_at(written, page, file) || sources.aliased(&fold(written)).is_some();
        }
        let Some(inside) = self.inside(file).filter(|_| self.by_path && !bare.starts_with('.')) else { return true };
        if !self.is_seen(inside) {
            // A namesake that Quartz does see may be meant.
            return sources
                .named(&wikilinks::key(file_name(file)))
                .iter()
                .filter_map(|path| self.inside(path))
                .any(|path| self.is_seen(path));
        }
        let found = wikilinks::key(inside);
        let found = found.strip_suffix(".md").unwrap_or(&found);
        let wanted = wikilinks::key(bare);
        let index = ["/index", "/_index"].iter().find_map(|name| found.strip_suffix(name));
        if found == wanted || index == Some(&*wanted) {
            return true;
        }
        let aliased = sources.aliased(&fold(written));
        // Where the engine does not look for aliases, they are redirects beside their note all the same.
        let at = |page: &PageFacts| wikilinks::key(&join(parent(self.inside(&page.path).unwrap_or_default()), bare));
        if aliased.is_some_and(|page| self.aliases_answer || at(page) == wanted) {
            return true;
        }
        if bare.contains('/') || !self.shortest || extension(file) != "md" {
            return !bare.contains('/') && (self.shortest || extension(file) != "md");
        }
        let name = slug(bare);
        let is_note = |path: &str| {
            let inside = self.inside(path).filter(|inside| self.is_seen(inside));
            inside.is_some_and(|inside| slug(file_name(inside).strip_suffix(".md").unwrap_or_default()) == name)
        };
        match sources.named(&format!("{wanted}.md")).iter().filter(|path| is_note(path)).count() {
            // The note of a folder is not called so; another case is told elsewhere.
            0 => index.is_none() && (self.aliases_answer || aliased.is_none()),
            count => count == 1,
        }
    }

    fn is_seen(&self, inside: &str) -> bool {
        !is_hidden(inside) && !self.ignored.is_match(inside)
    }

    /// The file of a name or path; also of one that is written as in addresses: `Soil--and--compost` for `Soil & compost.md`.
    fn find(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Option<String> {
        let find = |written: &str| wikilinks::find(written, page, &self.content, sources);
        find(written).or_else(|| find(&unslugged(written)?))
    }

    /// The path of a note, with the end that is written in another case: Quartz compares them letter by letter.
    fn in_other_case(&self, written: &str, file: &str, sources: &dyn Sources) -> Option<String> {
        let bare = written.trim().trim_end_matches('\\').trim_matches('/');
        let bare = bare.strip_suffix(".md").unwrap_or(bare);
        let stem = self.inside(file)?.strip_suffix(".md").filter(|_| self.by_path && !bare.contains(':'))?;
        let cut = stem.len().checked_sub(bare.len()).filter(|cut| stem.is_char_boundary(*cut))?;
        let (above, own) = stem.split_at(cut);
        let at_a_name = above.is_empty() || above.ends_with('/');
        let (one, other) = (slug(own), slug(bare));
        let respelt = at_a_name && one != other && file_name(own) != "index" && fold(own) == fold(bare);
        let respelt = respelt && sources.page(file).is_some_and(|page| page.place.published == Published::Yes);
        let named = || sources.named(&wikilinks::key(file_name(file))).len();
        let sure = respelt && named() == 1 && sources.aliased(&fold(written)).is_none();
        sure.then(|| format!("{above}{bare}"))
    }

    /// What lies at a path from the page's own folder, where paths begin there: a namesake at the root is another.
    fn beside(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Option<String> {
        let by_page = self.settings.notes_are_found_by == FoundBy::PathFromPage;
        if by_page { wikilinks::beside(written, page, sources) } else { None }
    }

    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&*self.content)?.strip_prefix('/')
    }

    /// True for what Quartz makes lists of: a folder of notes, and tags.
    fn is_list(&self, path: &str, sources: &dyn Sources) -> bool {
        let folder = path.trim().trim_start_matches("./").trim_matches('/');
        let folder = ["/index", "/index.md"].iter().find_map(|name| folder.strip_suffix(name)).unwrap_or(folder);
        !folder.is_empty()
            && (folder == "tags"
                || folder.starts_with("tags/")
                || sources.publishes_below(&format!("/{}", self.slug(folder))))
    }

    fn published(&self, page: &PageFacts) -> Published {
        let is = |name: &str| page.key(name).and_then(|key| key.text());
        match () {
            () if is("draft") == Some("true") => Published::Draft,
            () if self.explicit && is("publish") != Some("true") => Published::Never,
            () => Published::Yes,
        }
    }
}

/// Quartz does not see hidden files and folders: `.obsidian`, `.trash`.
fn is_hidden(inside: &str) -> bool {
    inside.split('/').any(|name| name.starts_with('.'))
}

/// A path as Quartz writes it in URLs.
fn slug(path: &str) -> String {
    path.replace(char::is_whitespace, "-").replace('&', "-and-").replace('%', "-percent").replace(['?', '#'], "")
}

/// A name that is written as in an address, where it certainly is.
fn unslugged(written: &str) -> Option<String> {
    let signs = written.replace("-and-", "&").replace("-percent", "%");
    (signs != written).then_some(signs)
}

/// The same in Quartz 5, where a link in capitals leads to the page in small letters.
///
/// Source: `slugifyFilePath` of quartz-community/utils; docs/getting-started/migrating.md.
fn small_slug(path: &str) -> String {
    slug(path).replace(['<', '>', ':', '"', '|', '*'], "").to_lowercase()
}

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        if let Some(inside) = self.inside(path) {
            if !self.is_seen(inside) {
                return Role::Internal;
            }
            if extension(path) != "md" {
                return Role::Asset(format!("/{}", self.slug(inside)));
            }
            let collection = if inside.contains('/') { inside.split('/').next().unwrap_or_default() } else { "" };
            return Role::Page { kind: Kind::Page, collection: collection.into() };
        }
        match path.strip_prefix("quartz/static/") {
            Some(rest) => Role::Asset(format!("/static/{rest}")),
            None => Role::Internal,
        }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let Some(inside) = self.inside(&page.path) else { return Place::default() };
        let written = inside.strip_suffix(".md").unwrap_or(inside);
        let stem = self.slug(written);
        let name = file_name(&stem);
        // Quartz 5 makes a note with its folder's name the page of that folder; what becomes of an `index.md` beside it is not
        // documented.
        let of_folder = self.small && stem.contains('/') && file_name(parent(&stem)) == name;
        let (url, output) = match name {
            _ if of_folder => (format!("/{}/", parent(&stem)), format!("/{}/index.html", parent(&stem))),
            "index" | "_index" => {
                let folder = parent(&stem);
                let folder = if folder.is_empty() { String::new() } else { format!("/{folder}") };
                (format!("{folder}/"), format!("{folder}/index.html"))
            }
            _ => (format!("/{stem}"), format!("/{stem}.html")),
        };
        let names = ["aliases", "alias", "permalink"];
        let keys = names.iter().filter_map(|name| page.key(name)).flat_map(|key| key.scalars());
        let aliases = keys.filter(|scalar| !scalar.text.trim().is_empty()).map(|scalar| {
            let path = self.slug(scalar.text.trim().trim_matches('/'));
            Alias { path: format!("/{path}.html"), span: scalar.span }
        });
        // The address before Quartz 5, which the engine leads on from.
        let former = Some(slug(written)).filter(|former| self.small && *former != stem);
        let former = former.map(|path| Alias { path: format!("/{path}.html"), span: Span::new(0, 0) });
        let date = ["created", "date", "published", "publishDate"].iter().find_map(|name| {
            match read_date(page.key(name)?.text()?, DateReader::JavaScript) {
                Ok(when) | Err(NotADate::OtherSpelling(when)) => {
                    Some(when.date.to_datetime(when.time.unwrap_or_default()))
                }
                Err(_) => None,
            }
        });
        Place {
            url: Some(url),
            output: Some(output),
            aliases: aliases.chain(former).collect(),
            published: self.published(page),
            doubtful: of_folder,
            date,
            ..Place::default()
        }
    }

    fn generates(&self, path: &str) -> bool {
        matches!(path, "/" | "/index.html" | "/404" | "/404.html" | "/index.xml" | "/sitemap.xml" | "/tags")
            || path.starts_with("/tags/")
            || path.starts_with("/static/")
    }

    fn shows_image(&self, key: &str) -> bool {
        // Nothing else is read, unless by a component of the site's own.
        DATA.keys.contains_key(key)
    }

    fn puts_base_before(&self, link: &Link) -> bool {
        self.by_path && matches!(link.origin, Origin::Inline | Origin::Reference { .. })
    }

    fn link(&self, link: &Link, _: &PageFacts, _: &dyn Sources) -> Option<Evaluated> {
        // Whoever writes the base path before it gets it twice.
        let base = &self.settings.base_path;
        let written = !base.is_empty() && self.puts_base_before(link) && below(&link.destination, base).is_some();
        written.then(|| Evaluated::Destination(format!("{base}{}", link.destination)))
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let begins_at_the_root = self.by_path && path.contains('/') && !path.starts_with(['.', '/']);
        let find = || self.find(path, page, sources);
        let found = self.beside(path, page, sources).or_else(find);
        let other_case = || found.as_deref().and_then(|file| self.in_other_case(path, file, sources));
        if let Some(respelt) = other_case().filter(|_| !path.starts_with('/')) {
            return Some(Evaluated::Destination(format!("{}/{}", self.settings.base_path, slug(&respelt))));
        }
        match found.filter(|file| self.reaches(path, file, page, sources)) {
            Some(path) => Some(Evaluated::Source { path, tail: String::new() }),
            None if self.is_list(path, sources) => Some(Evaluated::Made),
            None => begins_at_the_root
                .then(|| Evaluated::Destination(format!("{}/{}", self.settings.base_path, self.slug(path)))),
        }
    }

    fn wiki_link(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        if let Some(heading) = of_own_page_in_table(written) {
            return Evaluated::Destination(heading.to_owned());
        }
        let name = written.split(['#', '|']).next().unwrap_or_default();
        let found = wikilinks::evaluate(written, page, &self.content, sources);
        let signs = || Some(wikilinks::evaluate(&unslugged(written)?, page, &self.content, sources));
        let found = match found {
            Evaluated::NoSource { .. } if let Some(signs @ Evaluated::Source { .. }) = signs() => signs,
            found => found,
        };
        if let Evaluated::Source { path, .. } = &found
            && let Some(respelt) = self.in_other_case(name, path, sources)
        {
            return Evaluated::NoSource { wanted: format!("{respelt}.md") };
        }
        let found = match (found, self.beside(name, page, sources)) {
            (Evaluated::Source { tail, .. }, Some(path)) => Evaluated::Source { path, tail },
            (found, _) => found,
        };
        match found {
            Evaluated::NoSource { .. } if self.is_list(name, sources) => Evaluated::Made,
            Evaluated::Source { ref path, .. }
                if !self.reaches(name, path, page, sources) && self.is_list(name, sources) =>
            {
                Evaluated::Made
            }
            Evaluated::Source { path, .. } if !self.reaches(name, &path, page, sources) => {
                Evaluated::NoSource { wanted: name.trim().trim_end_matches('\\').to_owned() }
            }
            other => other,
        }
    }
}

/// The destination of `[[#Heading\|text]]` in a table: there Quartz hides the sign from what makes ids of headings, and the
/// link keeps it as it is written. Source: Quartz 4.5, `transformers/ofm.ts` and `links.ts`.
fn of_own_page_in_table(written: &str) -> Option<&str> {
    let heading = written.trim().strip_suffix('\\')?.trim_end();
    let is_heading = heading.starts_with('#') && !heading.starts_with("#^") && !heading.starts_with("##");
    (is_heading && heading.len() > 1).then_some(heading)
}
