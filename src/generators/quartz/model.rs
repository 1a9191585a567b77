//! One site of Quartz: its answers to postlint's questions.

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::DATA;
use super::config::Config;
use super::slugs::{slug, small_slug, unslugged};
use crate::discover::{extension, file_name, parent};
use crate::generators::{Evaluated, FoundBy, Model, Role, Settings, Sources, heading_ids, wikilinks};
use crate::page::dialect::Dialect;
use crate::page::front_matter::{DateReader, Dialect as YamlDialect, NotADate, read_date};
use crate::page::links::{Link, Origin};
use crate::site::destination::{self, below};
use crate::site::facts::{Alias, Kind, PageFacts, Place, Published};
use crate::source::Span;

/// A site of Quartz.
pub(super) struct Site {
    /// The folder of notes.
    pub(super) content: String,
    pub(super) settings: Settings,
    pub(super) ignored: GlobSet,
    /// Only pages that say `publish: true` are published.
    pub(super) explicit: bool,
    /// A path begins at the folder of notes, whatever lies elsewhere under its end.
    pub(super) by_path: bool,
    /// A name is looked for in all folders, and found where one note alone has it.
    pub(super) shortest: bool,
    /// Aliases are names that links find.
    pub(super) aliases_answer: bool,
    /// Quartz 5: addresses are in small letters, and those with capitals lead there.
    pub(super) small: bool,
    /// A plugin reads Hugo's `relref` in the place of a link's address.
    reads_relref: bool,
}

impl Site {
    pub(super) fn new(config: Config, content: String) -> Site {
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
            heading_ids: match config.typography {
                true => heading_ids::Algorithm::Astro,
                false => heading_ids::Algorithm::GithubSlugger,
            },
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
            keeps_pages_back: config.explicit,
            public: vec![content.clone()],
            ..Settings::default()
        };
        let ignored = ignored.build().unwrap_or_default();
        let Config { explicit, by_path, shortest, small, reads_relref, .. } = config;
        Site { content, settings, ignored, explicit, by_path, shortest, aliases_answer: true, small, reads_relref }
    }

    pub(super) fn slug(&self, path: &str) -> String {
        if self.small { small_slug(path) } else { slug(path) }
    }

    pub(super) fn is_seen(&self, inside: &str) -> bool {
        !is_hidden(inside) && !self.ignored.is_match(inside)
    }

    pub(super) fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&*self.content)?.strip_prefix('/')
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

    fn link(&self, link: &Link, _: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        // The list of a folder's notes, by its whole address.
        let own = self.settings.url.as_deref().and_then(|url| link.destination.strip_prefix(url));
        let path = own
            .and_then(|rest| rest.strip_prefix(self.settings.base_path.as_str()))
            .filter(|path| path.starts_with('/'));
        if let Some(path) = path
            && self.is_list(&destination::decode(path.split(['#', '?']).next().unwrap_or_default()), sources)
        {
            return Some(Evaluated::Made);
        }
        // Whoever writes the base path before it gets it twice.
        let base = &self.settings.base_path;
        let written = !base.is_empty() && self.puts_base_before(link) && below(&link.destination, base).is_some();
        written.then(|| Evaluated::Destination(format!("{base}{}", link.destination)))
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if let Some(rest) = self.climbing(path, page) {
            return Some(match self.at_top(rest, sources) {
                Some(path) => Evaluated::Source { path, tail: String::new() },
                None if self.is_list(rest, sources) => Evaluated::Made,
                None => {
                    let bare = rest.strip_suffix(".md").unwrap_or(rest);
                    // Not a bare name, which would be looked for in all folders.
                    Evaluated::Destination(format!("{}/./{}", self.settings.base_path, self.slug(bare)))
                }
            });
        }
        let path = if self.by_path { path.strip_prefix("./").unwrap_or(path) } else { path };
        let begins_at_the_root = self.by_path && path.contains('/') && !path.starts_with('.');
        // Wherever the site is published, `/a` is counted from the folder of notes.
        let base = &self.settings.base_path;
        let has_base = || base.is_empty() || below(path, base).is_some();
        let begins_at_the_root = begins_at_the_root && !(path.starts_with('/') && has_base());
        let find = || self.find(path, page, sources);
        let found = self.beside(path, page, sources).or_else(find);
        let other_case = || found.as_deref().and_then(|file| self.in_other_case(path, file, sources));
        if let Some(respelt) = other_case().filter(|_| !path.starts_with('/')) {
            // Not a bare name, which would be looked for in all folders.
            return Some(Evaluated::Destination(format!("{}/./{}", self.settings.base_path, slug(&respelt))));
        }
        match found.filter(|file| self.reaches(path, file, page, sources)) {
            Some(path) => Some(Evaluated::Source { path, tail: String::new() }),
            None if self.is_list(path, sources) => Some(Evaluated::Made),
            None => begins_at_the_root.then(|| {
                let path = self.slug(path.trim_start_matches('/'));
                Evaluated::Destination(format!("{}/{path}", self.settings.base_path))
            }),
        }
    }

    fn reads_tag(&self, tag: &str, before: &str) -> bool {
        // Source: Quartz 4.5, `transformers/oxhugofm.ts`.
        self.reads_relref && tag.starts_with("{{< relref \"") && before.ends_with("](")
    }

    fn wiki_link(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        if let Some(heading) = of_own_page_in_table(written) {
            return Evaluated::Destination(heading.to_owned());
        }
        // In a table the bar before the text is escaped.
        let name = written.split(['#', '|']).next().unwrap_or_default().trim_end_matches('\\');
        let (written, name) = match self.by_path {
            true => (written.strip_prefix("./").unwrap_or(written), name.strip_prefix("./").unwrap_or(name)),
            false => (written, name),
        };
        let found = wikilinks::evaluate(written, page, &self.content, sources);
        if let Some(rest) = self.climbing(name, page) {
            return match (self.at_top(rest, sources), found) {
                (Some(path), Evaluated::Source { tail, .. }) => Evaluated::Source { path, tail },
                (Some(path), _) => Evaluated::Source { path, tail: String::new() },
                (None, _) if self.is_list(rest, sources) => Evaluated::Made,
                (None, _) => Evaluated::NoSource { wanted: name.trim().to_owned() },
            };
        }
        let signs = || Some(wikilinks::evaluate(&unslugged(written)?, page, &self.content, sources));
        let found = match found {
            Evaluated::NoSource { .. } if let Some(signs @ Evaluated::Source { .. }) = signs() => signs,
            found => found,
        };
        if let Evaluated::Source { path, .. } = &found
            && let Some(respelt) = self.in_other_case(name, path, sources)
        {
            let end = if extension(path) == "md" { ".md" } else { "" };
            return Evaluated::NoSource { wanted: format!("{respelt}{end}") };
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
