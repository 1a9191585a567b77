//! One VitePress site: its answers to postlint's questions.

use super::config::Config;
use super::dynamic::is_dynamic;
use crate::discover::{extension, join, parent};
use crate::generators::heading_ids::Algorithm;
use crate::generators::navigation::NavEntry;
use crate::generators::{Evaluated, Folder, Model, Registries, Role, Settings, Sources};
use crate::page::dialect::{AttributeLists, Dialect, ExplicitIds, LinkTags, Linkify};
use crate::page::front_matter::Dialect as YamlDialect;
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::destination;
use crate::site::facts::{Kind, PageFacts, Place};

/// A configured VitePress site.
pub struct Site {
    config: Config,
    settings: Settings,
}

/// Endings of files that no element shows by itself.
const DOCUMENTS: [&str; 16] = [
    "7z", "csv", "doc", "docx", "epub", "gz", "ipynb", "pdf", "ppt", "pptx", "rar", "tar", "txt", "xls", "xlsx", "zip",
];

impl Site {
    /// Takes the configuration.
    #[must_use]
    pub fn new(config: Config) -> Site {
        let mut notes = Vec::new();
        if config.rewrites_by_code {
            notes.push("code decides where pages are published (`rewrites`)".to_owned());
        }
        if config.of_package {
            notes.push("the configuration is a package's, so no address is called missing".to_owned());
        }
        notes.extend(config.changes.note());
        let several = config.locales.len() > 1;
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base.clone(),
            adds_base: true,
            language: config.language.clone(),
            languages: if several { config.locales.iter().map(|l| l.tag.clone()).collect() } else { Vec::new() },
            dialect: Dialect {
                explicit_ids: ExplicitIds::Attributes,
                linkify: Linkify::LinkifyIt,
                attribute_lists: AttributeLists::Braces,
                footnotes: config.footnotes,
                link_tags: LinkTags::VitePress,
                containers: true,
                ..Dialect::COMMONMARK
            },
            heading_ids: if config.changes.text || config.changes.heading_ids {
                Algorithm::Unknown
            } else {
                config.ids
            },
            changes: config.changes.clone(),
            takes_from_elsewhere: config.of_package,
            fragments_stay: config.fragments_stay,
            components: true,
            link_keys: &["hero.actions.link", "features.link"],
            yaml: YamlDialect::JsYaml3,
            extensionless: true,
            public: config.public.iter().cloned().collect(),
            notes,
            ..Settings::default()
        };
        Site { config, settings }
    }

    /// What is made of a Markdown link from the root: nobody asks whether the base is there already.
    ///
    /// Source: vitepress 1.6 `markdown/plugins/link.ts`. Pictures are Vite's: it takes them with the base and without.
    fn with_base(&self, link: &Link) -> Option<String> {
        let base = &self.config.base;
        let from_root = link.destination.starts_with('/') && !link.destination.starts_with("//");
        let adds = !base.is_empty() && from_root && !link.is_dynamic() && link.kind == LinkKind::Link;
        (adds && self.puts_base_before(link)).then(|| format!("{base}{}", link.destination))
    }

    fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.config.source.as_str() {
            "" => Some(path),
            source => path.strip_prefix(source)?.strip_prefix('/'),
        }
    }
}

/// What is made of a button that names a source file: the address of its page.
///
/// Source: `normalizeLink` in vitepress 1.6 `client/theme-default/support/utils.ts`.
fn button(link: &Link) -> Option<String> {
    if !matches!(link.origin, Origin::FrontMatter { .. }) || link.kind != LinkKind::Link || link.is_dynamic() {
        return None;
    }
    let end = link.destination.find(['?', '#']).unwrap_or(link.destination.len());
    let (path, tail) = link.destination.split_at_checked(end)?;
    let stem = path.strip_suffix(".md").filter(|path| !path.contains("://"))?;
    Some(format!("{stem}.html{tail}"))
}

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        let public = self.config.public.as_ref().and_then(|public| path.strip_prefix(public.as_str()));
        if let Some(rest) = public.filter(|rest| rest.starts_with('/')) {
            return Role::Asset(rest.to_owned());
        }
        let Some(inside) = self.inside(path) else { return Role::Internal };
        // Folders that begin with a dot are not looked into.
        let hidden = parent(inside).split('/').any(|part| part.starts_with('.'));
        if hidden || self.config.excluded.is_match(inside) {
            return Role::Internal;
        }
        if extension(path) == "md" {
            let folder = inside.split_once('/').map_or("", |(folder, _)| folder);
            return Role::Page { kind: Kind::Page, collection: folder.into() };
        }
        // What a page shows, Vite takes up; of what it only links to, it knows nothing.
        if DOCUMENTS.contains(&&*extension(path)) && self.config.public.is_some() && !self.config.copies {
            return Role::Internal;
        }
        // Where it lies is where the page looks for it.
        Role::Asset(format!("/{inside}"))
    }

    fn place(&self, page: &PageFacts) -> Place {
        let inside = self.inside(&page.path).unwrap_or(&page.path);
        if is_dynamic(inside) {
            return Place::default();
        }
        let moved = self.config.rewrites.iter().find_map(|rewrite| rewrite.apply(inside));
        if moved.is_none() && self.config.rewrites_by_code {
            return Place { below: Some("/".to_owned()), ..Place::default() };
        }
        let path = moved.as_deref().unwrap_or(inside);
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let output = format!("/{stem}.html");
        let url = match stem.strip_suffix("index").filter(|folder| folder.is_empty() || folder.ends_with('/')) {
            Some(folder) => format!("/{folder}"),
            None if self.config.clean_urls => format!("/{stem}"),
            None => output.clone(),
        };
        Place { url: Some(url), output: Some(output), ..Place::default() }
    }

    fn is_text(&self, page: &PageFacts, key: &str) -> bool {
        // A page of that theme says `home`, where later ones have a layout.
        // Source: VitePress 0.20 and 0.22, `dist/client/theme-default/components/HomeFooter.vue`.
        let by_keys = || page.key("home").is_some() && page.key("layout").is_none();
        key == "footer" && self.config.before_one.unwrap_or_else(by_keys)
    }

    fn drops_key(&self, _page: &PageFacts, key: &str) -> bool {
        key == "date" && !self.config.reads_dates
    }

    fn puts_base_before(&self, link: &Link) -> bool {
        // The buttons of a start page are made by `normalizeLink` of the theme.
        matches!(link.origin, Origin::Inline | Origin::Reference { .. } | Origin::FrontMatter { .. })
            && !link.has_target()
    }

    fn link(&self, link: &Link, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if let Some(named) = button(link) {
            let base = if named.starts_with('/') { self.config.base.as_str() } else { "" };
            return Some(Evaluated::Destination(format!("{base}{named}")));
        }
        if let Some(based) = self.with_base(link) {
            return Some(Evaluated::Destination(based));
        }
        // Of `../folder` it makes `../folder.html`, whether that is there or not.
        let written = &*link.destination;
        let in_markdown = matches!(link.origin, Origin::Inline | Origin::Reference { .. });
        let plain =
            !written.is_empty() && !written.ends_with(['/', '.']) && !written.contains(['#', '?', ':', '{', '@']);
        let fixed = !self.config.clean_urls && self.config.rewrites.is_empty() && !self.config.rewrites_by_code;
        if !fixed || !in_markdown || !plain || !extension(written).is_empty() || link.kind != LinkKind::Link {
            return None;
        }
        let at = if written.starts_with('/') { self.config.source.as_str() } else { parent(&page.path) };
        let file = destination::join(&format!("/{at}"), destination::decode(written).trim_start_matches('/'))?;
        let file = file.trim_start_matches('/');
        let only_folder = sources.has(&format!("{file}/index.md")) && !sources.has(&format!("{file}.md"));
        (only_folder && !self.may_make(written)).then(|| Evaluated::Destination(format!("{written}.html")))
    }

    fn tag_link(&self, _name: &str, argument: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        let wanted = match argument.strip_prefix("@/") {
            Some(rest) => destination::join(&format!("/{}", self.config.source), rest),
            None => destination::join(&format!("/{}", parent(&page.path)), argument),
        };
        let wanted =
            wanted.filter(|_| !argument.starts_with(['/', '@']) || argument.starts_with("@/")).unwrap_or_default();
        let wanted = wanted.trim_start_matches('/');
        match sources.has(wanted) {
            true => Evaluated::Made,
            // What a step before the build writes lies in a folder of its own.
            false if wanted.is_empty() || !sources.has_folder(parent(wanted)) => Evaluated::Unknown,
            false => Evaluated::NoSource { wanted: wanted.to_owned() },
        }
    }

    fn generates(&self, path: &str) -> bool {
        matches!(path, "/404.html" | "/404" | "/sitemap.xml" | "/hashmap.json")
            || self.config.feeds.iter().any(|feed| feed == path)
            || self.config.makes_llms && matches!(path, "/llms.txt" | "/llms-full.txt")
    }

    fn stands_in(&self, path: &str) -> Option<String> {
        // The router in the page asks for the file of that name, too. Where the build looks for dead links, it stops.
        let bare = path.strip_suffix('/').filter(|bare| !bare.is_empty() && self.config.dead.is_allowed())?;
        Some(format!("{bare}.html"))
    }

    fn may_make(&self, path: &str) -> bool {
        self.config.dead.name(path)
            || self.config.dynamic.may_make(path)
            || self.config.made.iter().any(|folder| destination::is_in_folder(path, folder))
    }

    fn source_link(&self, path: &str, page: &PageFacts, _sources: &dyn Sources) -> Option<Evaluated> {
        // What the writer lists is compared with the link as it is written, also where that leaves the site.
        let leaves = || destination::join(parent(page.place.output.as_deref()?), path).is_none().then_some(());
        if path.starts_with('@') || path.starts_with("..") && leaves().is_some() && self.config.dead.name(path) {
            // A name that only the build knows.
            return Some(Evaluated::Unknown);
        }
        // Paths of files are paths of pages; `index` is the folder.
        let stem = path.strip_suffix(".md")?;
        let folder = stem.strip_suffix("index").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        Some(Evaluated::Destination(match folder {
            Some("") => "./".to_owned(),
            Some(folder) => folder.to_owned(),
            None => format!("{stem}.html"),
        }))
    }

    fn image_link(&self, path: &str, html: bool, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        // Vue's compiler takes the path apart as browsers do. Source: vitepress 1.6, built.
        if path.contains('\\') {
            let slashes = path.replace('\\', "/");
            return self.image_link(&slashes, html && !slashes.starts_with('.'), page, sources);
        }
        if let Some(rest) = path.strip_prefix("/public/").filter(|_| !html)
            && let Some(public) = &self.config.public
        {
            // Vite takes up the file all the same.
            let file = join(public, &destination::decode(rest));
            return sources.has(&file).then(|| Evaluated::Source { path: file, tail: String::new() });
        }
        if html || destination::scheme(path).is_some() || path.starts_with(['/', '#']) {
            return None;
        }
        // Beside the file, wherever the page is published.
        let decoded = destination::decode(path);
        let wanted = decoded.strip_prefix("@/").map(|rest| join(&self.config.source, rest));
        let beside = || destination::join(&format!("/{}", parent(&page.path)), &decoded);
        let file = wanted.or_else(beside)?.trim_start_matches('/').to_owned();
        sources.has(&file).then(|| Evaluated::Source { path: file, tail: String::new() })
    }

    fn navigation(&self, sources: &dyn Sources) -> Vec<(NavEntry, Evaluated)> {
        let unsure = self.config.rewrites_by_code || self.config.changes.note().is_some();
        // The menu of a folder without pages is shown nowhere.
        let leads = |address: &str, of: &str| match unsure || !of.is_empty() && !sources.publishes_below(of) {
            true => Evaluated::Unknown,
            false => Evaluated::Destination(address.to_owned()),
        };
        self.config.menu.iter().map(|(entry, address, of)| (entry.clone(), leads(address, of))).collect()
    }

    fn registries(&self, folder: &Folder<'_>, pages: &[PageFacts]) -> Registries {
        // Where something is included a text is read once more.
        let including = pages.iter().filter(|page| page.anchors.includes);
        let of_page = |page: &PageFacts| (page.path.to_string(), included(folder, &page.path, &self.config.source));
        Registries {
            ids: self.config.added_ids.clone(),
            includes: including.map(of_page).filter(|(_, parts)| !parts.is_empty()).collect(),
            ..Registries::default()
        }
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        let inside = self.inside(path)?;
        let moved = self.config.rewrites.iter().find_map(|rewrite| rewrite.apply(inside));
        let first = moved.as_deref().unwrap_or(inside).split_once('/')?.0;
        let known = self.config.locales.iter().any(|locale| locale.folder == first);
        // What a rewrite makes of the path, it has from the path.
        inside.split('/').find(|part| known && *part == first)
    }
}

/// The files that a page includes: `<!--@include: ./part.md{3,}-->`, `@/` for the folder of the sources.
fn included(folder: &Folder<'_>, page: &str, source: &str) -> Vec<String> {
    let text = folder.read(page).unwrap_or_default();
    let places = text.split("@include:").skip(1).filter_map(|rest| rest.split("-->").next());
    let file = |written: &str| {
        let path = written.split(['{', '#', '\n']).next()?.trim();
        match path.strip_prefix("@/") {
            Some(rest) => Some(join(source, rest)),
            None => Some(destination::join(&format!("/{}", parent(page)), path)?.trim_start_matches('/').to_owned()),
        }
    };
    places.filter_map(file).collect()
}
