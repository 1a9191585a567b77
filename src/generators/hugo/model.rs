//! One Hugo site: its answers to postlint's questions.

use crate::hash::Set;

use jiff::civil::DateTime;

use super::cascade::Cascades;
use super::config::Config;
use super::content::{self, Content, Form};
use super::elsewhere::{absent, html, is_passed_over, made, redirect_templates};
use super::figures::{Figures, is_relative};
use super::links::Hook;
use super::mounts::{Mount, language_folders};
use super::notes::Notes;
use super::paths::Spelling;
use super::{front, layouts, links, place};
use crate::discover::{extension, file_name, inside, join, parent, without_extension};
use crate::generators::heading_ids::Algorithm;
use crate::generators::template_files::TemplateFiles;
use crate::generators::{Evaluated, Folder, Model, Registries, Role, Settings, Sources, brings_nothing};
use crate::page::dialect::Dialect;
use crate::page::front_matter::Dialect as YamlDialect;
use crate::page::links::{Link, Origin};
use crate::page::templates::TemplateCall;
use crate::site::destination;
use crate::site::facts::{Kind, PageFacts, Place, Published};

/// The first version whose ids take the first node of a link or emphasis in a heading alone, as far as was tried.
const FIRST_NODES: u32 = 147;

/// A configured Hugo site.
pub struct Site {
    config: Config,
    content: Content,
    cascades: Cascades,
    settings: Settings,
    now: DateTime,
    main_sections: Vec<String>,
    /// Published folders whose files are not in the repository.
    absent: Vec<String>,
    /// Folders (`/keps/`) whose pages a content adapter or a script makes.
    made: Vec<String>,
    /// Addresses of HTML files as they lie: before 0.123 Hugo copied those without front matter.
    html: Set<String>,
    /// What happens to links in Markdown.
    link_hook: Hook,
    /// What is done with notes of a vault.
    vault: Notes,
    /// Folders of layouts, the site's own first.
    layouts: Vec<String>,
    /// What is in them.
    templates: TemplateFiles,
    /// Folders of addresses that show the same pages as others.
    twice: Vec<(String, String)>,
    /// Where paths in `figure` count from.
    figures: Figures,
}

impl Site {
    /// Takes the configuration and looks at the folders that matter.
    #[must_use]
    pub fn new(folder: &Folder<'_>, mut config: Config, now: DateTime) -> Site {
        let guessed = language_folders(&config.content, folder.below(""), &config.languages, config.default);
        let is_guess = guessed.is_some();
        config.content = guessed.unwrap_or(config.content);
        let content = Content::new(folder.below(""), &config);
        if config.url.is_none() && config.base_path.is_empty() {
            config.base_path = content.base_by_links(folder, &config).unwrap_or_default();
        }
        let cascades = Cascades::read(folder, &config);
        let theme_here = |name: &String| folder.has_folder(&format!("themes/{name}"));
        let elsewhere = config.modules || !config.themes.iter().all(theme_here);
        let mut notes = Vec::new();
        if elsewhere {
            notes.push("a theme or module is not in the repository; it may publish further files".to_owned());
        }
        let mut main_sections = config.main_sections.clone();
        if main_sections.is_empty() {
            // Hugo's own default: the section with the most pages, the first by name of several.
            let largest = content.tops.iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
            main_sections.extend(largest.map(|(name, _)| name.clone()));
        }
        let several = config.languages.len() > 1;
        let link_hook = Hook::of(folder, &config);
        let vault = Notes::read(folder);
        if is_guess {
            notes.push(
                "the folders of languages in `content/` are not in the configuration: taken as they are named"
                    .to_owned(),
            );
        }
        let mut layouts = vec!["layouts".to_owned()];
        layouts.extend(config.themes.iter().map(|name| format!("themes/{name}/layouts")));
        let files = layouts.iter().flat_map(|layouts| folder.below(layouts));
        let templates = TemplateFiles::read(folder, files.filter(|path| extension(path) == "html"));
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base_path.clone(),
            language: config.languages.get(config.default).map(|language| language.tag.clone()),
            languages: if several { config.languages.iter().map(|l| l.tag.clone()).collect() } else { Vec::new() },
            dialect: Dialect { wikilinks: vault.link_by_name, ..config.dialect },
            heading_ids: config.heading_ids,
            whole_headings: config.minor.is_none_or(|minor| minor < FIRST_NODES),
            leaves_out_ids: config.heading_ids == Algorithm::None,
            yaml: YamlDialect::GoYaml,
            makes_pages: elsewhere,
            takes_from_elsewhere: is_guess,
            definition_term_ids: config.definition_term_ids,
            public: config.statics.clone(),
            sources_have_no_fragments: link_hook.drops_fragments(),
            term_slug: (!config.spelling.keep_case).then_some(|term| Spelling::default().text(term)),
            resources: (elsewhere || templates.takes_resources).then(|| "assets".to_owned()),
            redirects: redirect_templates(folder, &config),
            notes,
            ..Settings::default()
        };
        let figures = Figures::of(folder, &layouts, elsewhere);
        Site {
            twice: content::published_twice(&config),
            absent: absent(folder, &config),
            made: made(folder, &config),
            html: html(folder, &config),
            figures,
            config,
            content,
            cascades,
            settings,
            now,
            main_sections,
            link_hook,
            vault,
            layouts,
            templates,
        }
    }

    fn is_made(&self, path: &str) -> bool {
        self.made.iter().any(|folder| destination::is_in_folder(path, folder))
    }

    fn published(&self, page: &PageFacts, at: &content::Located<'_>) -> Published {
        let cascade = self.cascades.word(&at.folder, at.language);
        let [drafts, future, expired] = self.config.build;
        let render = front::render(page).or(cascade.render.as_deref());
        let kind = place::kind(at, &self.config).name();
        if render == Some("link") && at.form == Form::Single {
            return Published::Elsewhere;
        }
        if matches!(render, Some("never" | "link" | "false"))
            || front::flag(page, "headless") == Some(true)
            || self.content.is_overruled(at)
            || self.cascades.hide(at)
        {
            return Published::Never;
        }
        if self.config.disabled_kinds.iter().any(|disabled| disabled == kind) {
            return Published::Never;
        }
        if !drafts && front::is_draft(page).or(cascade.draft) == Some(true) {
            return Published::Draft;
        }
        if !future && front::appears(page).is_some_and(|from| from > self.now) {
            return Published::Future;
        }
        if !expired && front::disappears(page).is_some_and(|to| to < self.now) {
            return Published::Expired;
        }
        Published::Yes
    }

    fn content_role(&self, path: &str) -> Role {
        let Some((inside, mount)) = content::in_tree(path, &self.config) else { return Role::Internal };
        if content::is_content(path) && !self.config.copied.contains(path) {
            let Some(at) = content::locate(path, &self.config) else { return Role::Internal };
            let leaf = self.content.leaf(&at.folder);
            if leaf.is_some_and(|leaf| at.form != Form::Leaf || leaf != at.folder) {
                // Content inside a bundle is part of it and gets no page.
                return Role::Internal;
            }
            let collection = at.folder.split('/').next().unwrap_or_default();
            let kind = match at.form {
                Form::Branch => Kind::Section,
                _ if self.main_sections.iter().any(|name| name == collection) => Kind::Post,
                _ => Kind::Page,
            };
            return Role::Page { kind, collection: collection.into() };
        }
        if file_name(path).starts_with('.') || self.config.ignored.is_match(&inside) {
            return Role::Internal;
        }
        if let Some(leaf) = self.content.leaf(parent(&inside)) {
            let name = inside.get(leaf.len() + 1..).unwrap_or_default();
            let folder = path.get(..path.len() - name.len()).unwrap_or_default().trim_end_matches('/');
            return Role::Beside { folder: folder.into(), name: name.into(), also: None };
        }
        let language = mount.language.unwrap_or(self.config.default);
        let prefix = self.config.prefix(language);
        // Since 0.123 a folder named like a page is that page's.
        let named = self.content.named_like_a_page(parent(&inside), language);
        if let Some(name) = named.and_then(|folder| inside.get(folder.len() + 1..)) {
            let folder = path.get(..path.len() - name.len()).unwrap_or_default().trim_end_matches('/');
            let also = Some(format!("{prefix}/{inside}").into());
            return Role::Beside { folder: folder.into(), name: name.into(), also };
        }
        // Of other files the section's folder is spelt as its page, and what is below it as on disk.
        let section = self.content.branch(parent(&inside)).unwrap_or_default();
        let below = inside.get(section.len()..).unwrap_or_default();
        let folder = self.config.spelling.file(section);
        Role::Asset(format!("{prefix}/{folder}/{below}").replace("///", "/").replace("//", "/"))
    }
}

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        if let Some(below) = self.config.content.iter().find_map(|mount| inside(path, &mount.source)) {
            return if is_passed_over(below) { Role::Internal } else { self.content_role(path) };
        }
        let themes = self.config.themes.iter().map(|name| format!("themes/{name}/static"));
        let mut statics = self.config.statics.iter().cloned().chain(themes);
        match statics.find_map(|folder| inside(path, &folder).map(str::to_owned)) {
            Some(rest) => Role::Asset(format!("/{rest}")),
            None => Role::Internal,
        }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let Some(at) = content::locate(&page.path, &self.config) else { return Place::default() };
        let name = if at.form == Form::Leaf { file_name(&at.folder) } else { at.stem };
        let date = front::date(page, front::dated(name).map(|(day, _)| day), &self.config);
        let published = self.published(page, &at);
        let address = match place::address(page, &at, date, &self.content, &self.config) {
            Ok(address) => address,
            Err(below) => return Place { below: Some(below), published, date, ..Place::default() },
        };
        Place {
            url: Some(address.url),
            output: Some(address.output),
            aliases: address.aliases,
            published,
            date,
            ..Place::default()
        }
    }

    fn generates(&self, path: &str) -> bool {
        let below = |folder: &String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        if self.absent.iter().any(below) {
            return true;
        }
        let bare = path.strip_suffix("index.html").unwrap_or(path);
        if matches!(file_name(path), "index.xml" | "sitemap.xml") || matches!(path, "/robots.txt" | "/404.html") {
            return true;
        }
        let (language, rest) = self.without_language(bare.trim_matches('/'));
        if self.config.outputs.makes(file_name(path), parent(rest).is_empty()) {
            return true;
        }
        if rest.is_empty() {
            // The home page, and the address of the default language, which leads there.
            return language.is_some() || path.ends_with('/') || path.ends_with("index.html");
        }
        if !path.ends_with(".html")
            && self.config.lists_as.iter().any(|name| *name == without_extension(file_name(path)))
        {
            return true;
        }
        let rest = rest.split_once("/page/").map_or(rest, |(list, _)| list).trim_end_matches(".html");
        let rest = if rest.starts_with("page/") { "" } else { rest };
        let top = rest.split('/').next().unwrap_or_default();
        let taxonomy = self.config.taxonomies.iter().any(|name| self.config.spelling.file(name) == top);
        let terms = taxonomy && !self.config.disabled_kinds.iter().any(|kind| kind == "taxonomy" || kind == "term");
        rest.is_empty() || terms || self.config.may_list(rest) || self.content.is_section(rest)
    }

    fn may_make(&self, path: &str) -> bool {
        self.html.contains(path) || self.is_made(path)
    }

    fn evaluate(&self, raw: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        match links::evaluate(raw, page, sources, &self.content, &self.config) {
            // It may be in a folder that is mounted and not here: a submodule that was not fetched.
            Evaluated::NoSource { .. } if !self.absent.is_empty() => Evaluated::Unknown,
            Evaluated::NoSource { ref wanted } if self.is_made(wanted) => Evaluated::Unknown,
            evaluated => evaluated,
        }
    }

    fn link(&self, link: &Link, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let path = &*link.destination;
        if !is_relative(path) || !matches!(link.origin, Origin::Template { .. }) {
            return None;
        }
        let from_root = format!("{}/{path}", self.config.base_path);
        let found = || self.generates(&from_root) || self.config.statics.iter().any(|of| sources.has(&join(of, path)));
        self.figures.evaluate(&from_root, || sources.has(&join(parent(&page.path), path)), found)
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let global = format!("assets/{}", path.trim_start_matches('/'));
        match &self.link_hook {
            // The figure shortcode and the hooks also take files that only `assets/` holds.
            _ if sources.has(&global) => Some(Evaluated::Source { path: global, tail: String::new() }),
            Hook::None => None,
            hook => links::source_link(path, page, &self.content, &self.config, hook),
        }
    }

    fn image_link(&self, path: &str, html: bool, _: &PageFacts, _: &dyn Sources) -> Option<Evaluated> {
        self.vault.image(path, html, &self.config.base_path)
    }

    fn wiki_link(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        let content = self.config.content.first().map_or("content", |mount| &mount.source);
        self.vault.link(written, page, content, sources)
    }

    fn may_lack(&self, _: &PageFacts, key: &str) -> bool {
        self.vault.link_by_name && key == "title"
    }

    fn stands_in(&self, path: &str) -> Option<String> {
        if let Some(same) = content::same_page(&self.twice, path) {
            return Some(same);
        }
        let (language, rest) = self.without_language(path.trim_start_matches('/'));
        let language = language.filter(|language| *language != self.config.default)?;
        // Files beside the pages of one language serve the translations, too.
        let is_file = file_name(path).contains('.') && !path.ends_with(".html");
        let own =
            |mount: &Mount| content::in_tree(&join(&mount.source, "x"), &self.config).map(|(_, own)| own.language);
        let fallback =
            |mount: &Mount| mount.language == Some(language) && own(mount).is_some_and(|own| own != Some(language));
        (is_file || self.config.content.iter().any(fallback))
            .then(|| format!("{}/{rest}", self.config.prefix(self.config.default)))
    }

    fn registries(&self, folder: &Folder<'_>, _pages: &[PageFacts]) -> Registries {
        let layouts = if self.settings.makes_pages { None } else { layouts::registry(folder, &self.layouts) };
        Registries {
            authors: None,
            layouts,
            ids: self.templates.ids.clone(),
            layouts_make_ids: self.templates.make_ids,
            layouts_unseen: self.templates.blank,
            ..Registries::default()
        }
    }

    fn brings_nothing(&self, call: &TemplateCall, text: &str) -> bool {
        let name = call.name.of(text);
        self.shortcode(name).map_or_else(|| brings_nothing(name), |path| self.templates.is_quiet(&path))
    }

    fn shows_code(&self, call: &TemplateCall, text: &str) -> bool {
        let shows = |path: String| self.templates.shows_code(&path);
        self.templates.may_show_code() && self.shortcode(call.name.of(text)).is_some_and(shows)
    }

    fn takes_no_alt(&self, call: &TemplateCall, text: &str) -> Option<String> {
        self.shortcode(call.name.of(text)).filter(|path| self.templates.takes_no_alt(path))
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        if self.config.languages.len() < 2 {
            return None;
        }
        let known = |part: &&str| self.config.languages.iter().any(|language| language.key.eq_ignore_ascii_case(part));
        let name = file_name(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let suffix = stem.rsplit_once('.').map(|(_, last)| last).filter(known);
        // The folder of another language need not be called so: `content.en`.
        let of_folder = || content::in_tree(path, &self.config)?.1.language.filter(|own| *own != self.config.default);
        let tag = || Some(self.config.languages.get(of_folder()?)?.tag.as_str());
        suffix.or_else(|| path.split('/').take(2).find(known)).or_else(tag)
    }
}

impl Site {
    /// The site's own template of a shortcode, which hides the one that comes with Hugo.
    fn shortcode(&self, name: &str) -> Option<String> {
        let places = self.layouts.iter().flat_map(|of| ["shortcodes", "_shortcodes"].map(|folder| join(of, folder)));
        places.map(|place| format!("{place}/{name}.html")).find(|path| self.templates.has(path))
    }

    fn without_language<'p>(&self, path: &'p str) -> (Option<usize>, &'p str) {
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match self.config.languages.iter().position(|language| language.key == first) {
            Some(language) => (Some(language), rest),
            None => (None, path),
        }
    }
}
