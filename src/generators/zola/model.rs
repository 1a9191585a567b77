//! One Zola site: its answers to postlint's questions.

use crate::hash::Set;

use super::config::Config;
use super::content::{self, CONTENT, Content, Form, Located};
use super::links;
use crate::discover::{extension, file_name, parent};
use crate::generators::slug::{slashed, slugify};
use crate::generators::template_files::TemplateFiles;
use crate::generators::{Evaluated, Folder, Model, Registries, Registry, Role, Settings, Sources, brings_nothing};
use crate::page::dialect::{Dialect, ExplicitIds, Linkify, Templates};
use crate::page::front_matter::{DateReader, Dialect as YamlDialect, NotADate, read_date};
use crate::page::links::{Link, Origin};
use crate::page::templates::TemplateCall;
use crate::site::destination;
use crate::site::facts::{Alias, Kind, PageFacts, Place, Published};

/// A configured Zola site.
pub struct Site {
    config: Config,
    content: Content,
    settings: Settings,
    theme_here: bool,
    /// Folders of templates.
    places: Vec<String>,
    templates: TemplateFiles,
    /// All words in the templates, where none of these lies elsewhere.
    words: Option<Set<String>>,
}

impl Site {
    /// Takes the configuration and looks at the content folder.
    #[must_use]
    pub fn new(folder: &Folder<'_>, config: Config) -> Site {
        let theme_here = config.theme.as_ref().is_none_or(|name| folder.has_folder(&format!("themes/{name}")));
        let mut notes = Vec::new();
        if !theme_here {
            notes.push("the theme is not in the repository; it may publish further files".to_owned());
        }
        let mut languages = vec![config.language.clone()];
        languages.extend(config.others.iter().cloned());
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base_path.clone(),
            language: config.says_language.then(|| config.language.clone()),
            term_slug: config.slugged_terms.then_some(slugify),
            languages: if config.others.is_empty() { Vec::new() } else { languages },
            dialect: Dialect {
                templates: Templates::Zola,
                linkify: Linkify::None,
                explicit_ids: ExplicitIds::Goldmark,
                ..Dialect::COMMONMARK
            },
            heading_ids: config.heading_ids,
            yaml: YamlDialect::Serde,
            public: vec!["static".to_owned()],
            notes,
            ..Settings::default()
        };
        let theme = config.theme.as_ref().map(|name| format!("themes/{name}/templates"));
        let places: Vec<String> = ["templates".to_owned()].into_iter().chain(theme).collect();
        let files = places.iter().flat_map(|place| folder.below(place));
        let templates = TemplateFiles::read(folder, files.filter(|path| matches!(&*extension(path), "html" | "md")));
        let words = theme_here.then(|| words(folder, &places));
        Site { content: Content::read(folder, &config), config, settings, theme_here, places, templates, words }
    }

    /// The address of a page, with slashes at both ends.
    fn path(&self, page: &PageFacts, at: &Located<'_>) -> String {
        let language = at.language.unwrap_or(&self.config.language);
        let prefix = self.config.prefix(language);
        if at.form == Form::Section {
            return slashed(&[&prefix, at.folder]);
        }
        let key = |name: &str| page.key(name)?.text().filter(|text| !text.trim().is_empty());
        if let Some(path) = key("path") {
            return slashed(&[path.trim()]);
        }
        let (folder, name) = match at.form {
            Form::Bundle if at.folder.is_empty() => return slashed(&[&prefix]),
            Form::Bundle => (parent(at.folder), file_name(at.folder)),
            // Of `index.xy.md` in a site without that language, Zola takes the folder off and keeps the name.
            _ if at.stem.starts_with("index.") => (parent(at.folder), at.stem),
            _ => (at.folder, at.stem),
        };
        let bare = content::dated(name).map(|(_, rest)| rest).filter(|rest| !rest.is_empty());
        let name = bare.filter(|_| !self.config.keep_dates).unwrap_or(name);
        let slug = self.config.paths.path(key("slug").unwrap_or(name));
        slashed(&[&prefix, folder, &slug])
    }

    fn published(&self, page: &PageFacts, at: &Located<'_>) -> Published {
        let is = |name: &str| page.key(name).and_then(|key| key.text());
        if is("draft") == Some("true") || self.content.is_in_draft(at.folder) {
            Published::Draft
        } else if is("render") == Some("false") {
            Published::Never
        } else {
            Published::Yes
        }
    }

    fn asset_of_content(&self, path: &str) -> Role {
        let inside = path.get(CONTENT.len() + 1..).unwrap_or_default();
        let folder = parent(inside);
        let owner = match self.content.bundle(folder) {
            Some(bundle) if bundle == folder => Some(bundle),
            _ if self.content.is_section(folder) => Some(folder),
            outer => outer,
        };
        let Some(owner) = owner.filter(|_| !self.config.ignores(path)) else {
            // A file beside a page that is no `index.md` goes nowhere.
            return Role::Internal;
        };
        let name = inside.get(owner.len()..).unwrap_or_default().trim_start_matches('/');
        if owner.is_empty() {
            return Role::Asset(format!("/{name}"));
        }
        Role::Beside { folder: format!("{CONTENT}/{owner}").into(), name: name.into(), also: None }
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
        if path.strip_prefix(CONTENT).is_some_and(|rest| rest.starts_with('/')) {
            if extension(path) != "md" {
                return self.asset_of_content(path);
            }
            let Some(at) = content::locate(path, &self.config) else { return Role::Internal };
            let collection = at.folder.split('/').next().unwrap_or_default().into();
            let named = if at.form == Form::Bundle { file_name(at.folder) } else { at.stem };
            let kind = match at.form {
                Form::Section => Kind::Section,
                _ if content::dated(named).is_some() => Kind::Post,
                _ => Kind::Page,
            };
            return Role::Page { kind, collection };
        }
        let statics = ["static".to_owned()].into_iter();
        let theme = self.config.theme.iter().map(|name| format!("themes/{name}/static"));
        let inside = |folder: String| path.strip_prefix(&folder)?.strip_prefix('/').map(str::to_owned);
        if let Some(rest) = statics.chain(theme).find_map(inside) {
            return Role::Asset(format!("/{rest}"));
        }
        // A theme's styles are always compiled, the site's own where the configuration says so.
        let own = self.config.sass.then(|| "sass".to_owned());
        let theme = self.config.theme.iter().map(|name| format!("themes/{name}/sass"));
        let mut folders = own.into_iter().chain(theme).filter(|_| !file_name(path).starts_with('_'));
        let style = folders.find_map(inside);
        match style.as_deref().and_then(|rest| rest.strip_suffix(".scss").or_else(|| rest.strip_suffix(".sass"))) {
            Some(stem) => Role::Asset(format!("/{stem}.css")),
            None => Role::Internal,
        }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let Some(at) = content::locate(&page.path, &self.config) else { return Place::default() };
        let url = self.path(page, &at);
        let aliases = page.key("aliases").into_iter().flat_map(|key| key.scalars()).map(|scalar| {
            let path = if scalar.text.ends_with(".html") {
                format!("/{}", scalar.text.trim_start_matches('/'))
            } else {
                slashed(&[&scalar.text])
            };
            Alias { path, span: scalar.span }
        });
        let name = if at.form == Form::Bundle { file_name(at.folder) } else { at.stem };
        let written = page.key("date").and_then(|key| key.text()).or(content::dated(name).map(|(date, _)| date));
        let date = written.and_then(|text| match read_date(text, DateReader::Rfc3339) {
            Ok(when) | Err(NotADate::OtherSpelling(when)) => Some(when.date.to_datetime(when.time.unwrap_or_default())),
            Err(_) => None,
        });
        Place {
            output: Some(format!("{url}index.html")),
            url: Some(url),
            aliases: aliases.collect(),
            published: self.published(page, &at),
            date,
            ..Place::default()
        }
    }

    fn generates(&self, path: &str) -> bool {
        let name = file_name(path);
        if self.config.feeds.iter().any(|feed| feed == name)
            || matches!(path, "/" | "/index.html" | "/sitemap.xml" | "/robots.txt" | "/404.html")
            || matches!(path, "/elasticlunr.min.js" | "/giallo.css" | "/giallo-light.css" | "/giallo-dark.css")
            || path.starts_with("/search_index.")
            || path.starts_with("/processed_images/")
        {
            return true;
        }
        let rest = path.trim_matches('/').trim_end_matches("index.html").trim_end_matches('/');
        let (first, below) = rest.split_once('/').unwrap_or((rest, ""));
        let rest = if self.config.others.iter().any(|code| code == first) { below } else { rest };
        let taxonomy = self.config.taxonomies.iter().any(|name| {
            rest.strip_prefix(name.as_str()).is_some_and(|after| after.is_empty() || after.starts_with('/'))
        });
        // `page` is the default of `paginate_path`.
        let number = rest.rsplit_once('/').map_or("", |(_, last)| last);
        let list = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        rest.is_empty() || taxonomy || list && rest.split('/').rev().nth(1) == Some("page")
    }

    fn may_make(&self, path: &str) -> bool {
        // Of a theme's folders only templates, styles and static files are read: it brings no pages.
        !self.theme_here && !matches!(&*extension(path.trim_end_matches('/')), "" | "html" | "htm")
    }

    fn link(&self, link: &Link, _page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let Origin::FrontMatter { key } = &link.origin else { return None };
        let path = destination::decode(&link.destination);
        let path = path.trim_start_matches("../").trim_start_matches('/');
        // Only templates read `[extra]`; what resizes pictures and loads data takes paths from these folders.
        let file =
            ["", "static/", "content/"].iter().map(|folder| format!("{folder}{path}")).find(|file| sources.has(file));
        file.filter(|_| key.starts_with("extra.")).map(|path| Evaluated::Source { path, tail: String::new() })
    }

    fn source_link(&self, path: &str, _page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        links::source_link(path, sources)
    }

    fn shows_image(&self, key: &str) -> bool {
        let name = key.rsplit('.').next().unwrap_or(key);
        self.words.as_ref().is_none_or(|words| words.is_empty() || words.contains(name))
    }

    fn as_source_link(&self, source: &str) -> Option<String> {
        Some(format!("@/{}", source.strip_prefix("content/")?))
    }

    fn takes_in_table(&self, key: &str) -> bool {
        self.config.declared.iter().any(|name| name == key)
    }

    fn brings_nothing(&self, call: &TemplateCall, text: &str) -> bool {
        let name = call.name.of(text);
        let files = self
            .places
            .iter()
            .flat_map(|place| ["html", "md"].map(|ending| format!("{place}/shortcodes/{name}.{ending}")));
        match files.into_iter().find(|file| self.templates.has(file)) {
            Some(file) => self.templates.is_quiet(&file),
            None => brings_nothing(name),
        }
    }

    fn registries(&self, folder: &Folder<'_>, _pages: &[PageFacts]) -> Registries {
        let mut names: Vec<String> = Vec::new();
        for place in &self.places {
            names.extend(folder.below(place).filter_map(|path| path.get(place.len() + 1..)).map(str::to_owned));
        }
        names.sort_unstable();
        names.dedup();
        let known = self.theme_here && !names.is_empty();
        let layouts = known.then(|| Registry::new("`templates/`", names));
        let mut ids = self.templates.ids.clone();
        // What Zola writes for `<!-- more -->`.
        ids.insert("continue-reading".to_owned());
        Registries {
            layouts,
            ids,
            layouts_make_ids: self.templates.make_ids,
            layouts_unseen: self.templates.blank,
            ..Registries::default()
        }
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        content::locate(path, &self.config)?.language
    }
}

/// Every word of the templates: a key whose name is none of them is shown nowhere.
fn words(folder: &Folder<'_>, places: &[String]) -> Set<String> {
    let texts = places.iter().flat_map(|place| folder.below(place)).filter_map(|path| folder.read(path));
    let mut words = Set::default();
    for text in texts {
        let all = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
        words.extend(all.filter(|word| !word.is_empty()).map(str::to_owned));
    }
    words
}
