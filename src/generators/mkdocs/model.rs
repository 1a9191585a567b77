//! One MkDocs site: its answers to postlint's questions.

use crate::hash::Set;

use jiff::civil::DateTime;

use super::blog::{self, Blog, Post};
use super::config::{Config, output};
use super::languages::Languages;
use super::links::{self, in_docs};
use super::snippets;
use crate::discover::{extension, file_name, join, parent};
use crate::generators::heading_ids::Algorithm;
use crate::generators::navigation::NavEntry;
use crate::generators::template_files::TemplateFiles;
use crate::generators::{
    Evaluated, Folder, Model, Registries, Registry, Role, Settings, Sources, config_file, python_markdown,
};
use crate::page::front_matter::{DateReader, Dialect as YamlDialect, NotADate, ScalarType, read_date};
use crate::page::links::{Link, Origin};
use crate::site::destination;
use crate::site::facts::{Alias, Kind, PageFacts, Place, Published, Value};
use crate::source::Span;

/// Ids that Material's templates give to every page.
const MATERIAL_IDS: [&str; 7] = ["__comments", "__consent", "__drawer", "__search", "__toc", "__skip", "__nav"];

/// A configured MkDocs site.
pub struct Site {
    config: Config,
    settings: Settings,
    now: DateTime,
    /// Folders (below the docs folder) that have an `index.md`, which hides a `README.md`.
    indexes: Set<String>,
    /// Source paths below the docs folder, where a missing translation is told by them.
    sources: Set<String>,
}

impl Site {
    /// Takes the configuration and looks at the folders that matter.
    pub fn new(folder: &Folder<'_>, config: Config, now: DateTime) -> Site {
        let mut notes = Vec::new();
        if !config.makers.is_empty() {
            let names: Vec<String> = config.makers.iter().map(|name| format!("`{name}`")).collect();
            notes.push(format!("{} may publish further pages", names.join(", ")));
        }
        if config.from_another_site {
            notes.push("its configuration is another site's with changes, so files of that site may be published here too: no file is called missing".to_owned());
        }
        if config.docs_are_made {
            notes
                .push("a step before the build fills its `docs_dir`: where the sources end up is not known".to_owned());
        }
        let below: Vec<&str> = folder.below(&config.docs).filter_map(|path| in_docs(path, &config)).collect();
        let indexes = below.iter().filter(|path| file_name(path) == "index.md").map(|path| parent(path).to_owned());
        notes.extend(config.changes.note());
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base.clone(),
            language: match &config.languages {
                Some(languages) => Some(languages.default.clone()),
                None => config.language.clone(),
            },
            language_at: config.language.as_deref().and_then(|tag| {
                crate::generators::language_place::find(folder, &config.file, &["language", "locale"], tag)
            }),
            languages: config.languages.as_ref().map(|languages| languages.built.clone()).unwrap_or_default(),
            dialect: config.extensions.dialect,
            labels: config.labels.clone().unwrap_or_default(),
            heading_ids: config.extensions.heading_ids,
            yaml: YamlDialect::Psych11,
            extensionless: true,
            makes_pages: !config.makers.is_empty(),
            files_by_path: config.makers.is_empty() && !config.names_are_looked_up && config.changes.note().is_none(),
            takes_from_elsewhere: config.from_another_site,
            unknown_generator: config.docs_are_made,
            sister_versions: config.versions,
            comments_become_elements: config.makers.iter().any(|maker| maker == "hooks"),
            html_is_written_as_it_is: true,
            links_name_sources: true,
            addresses_from_headings: !config.blogs.is_empty(),
            term_slug: config.blogs.iter().any(Blog::joins_categories).then_some(blog::category),
            slugged_terms: Some("category"),
            // The mark of Material's blog, also where that is not on yet.
            more_comment: true,
            public: vec![config.docs.clone()],
            changes: config.changes.clone(),
            notes,
            ..Settings::default()
        };
        Site {
            indexes: indexes.collect(),
            sources: match config.languages {
                Some(_) => below.into_iter().map(str::to_owned).collect(),
                None => Set::default(),
            },
            config,
            settings,
            now,
        }
    }

    fn blog(&self, path: &str) -> Option<&Blog> {
        self.config.blogs.iter().find(|blog| blog.post(path).is_some())
    }

    fn date(&self, page: &PageFacts) -> Option<DateTime> {
        let key = page.key("date")?;
        let scalar = match &key.value {
            Value::Scalar(scalar) => scalar,
            Value::Map(keys) => {
                let created = keys.iter().find(|key| &*key.name == "created")?;
                let Value::Scalar(scalar) = &created.value else { return None };
                scalar
            }
            _ => return None,
        };
        match read_date(&scalar.text, DateReader::Ruby) {
            Ok(when) | Err(NotADate::OtherSpelling(when)) => Some(when.date.to_datetime(when.time.unwrap_or_default())),
            Err(_) => None,
        }
    }

    /// The path of a post as the blog plugin moves it.
    fn post(&self, page: &PageFacts, path: &str, blog: &Blog, date: Option<DateTime>) -> Option<String> {
        let name = file_name(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let from_name = || {
            let words = stem.replace(['-', '_'], " ");
            if words.chars().any(char::is_uppercase) { words } else { capitalised(&words) }
        };
        let title = match page.title() {
            Some(title) => title.text.to_string(),
            None => page.heading.as_deref().map_or_else(from_name, str::to_owned),
        };
        let categories: Vec<String> =
            page.key("categories").into_iter().flat_map(|key| key.scalars()).map(|s| s.text.to_string()).collect();
        blog.path(&Post {
            title: &title,
            slug: page.key("slug").and_then(|key| key.text()),
            file: if stem == "README" { "index" } else { stem },
            date,
            categories: &categories,
        })
    }

    fn published(&self, page: &PageFacts, path: &str, date: Option<DateTime>) -> Published {
        if self.config.drafts.matched_path_or_any_parents(path, false).is_ignore() {
            return Published::Draft;
        }
        if self.config.languages.as_ref().is_some_and(|languages| languages.published(path).is_none()) {
            return Published::Never;
        }
        let Some(blog) = self.blog(path).filter(|blog| !blog.drafts) else { return Published::Yes };
        let said =
            page.key("draft").and_then(|key| key.scalars().next()).map(|scalar| scalar.ty == ScalarType::Bool(true));
        match said {
            Some(true) => Published::Draft,
            None if blog.future_drafts && date.is_some_and(|date| date.date() > self.now.date()) => Published::Future,
            _ => Published::Yes,
        }
    }

    /// The page in the languages that have no translation of it.
    fn fallbacks(&self, path: &str) -> Vec<Alias> {
        let Some(languages) = self.config.languages.as_ref().filter(|languages| languages.fallback) else {
            return Vec::new();
        };
        let (own, bare) = languages.of(path);
        if own.is_some_and(|own| own != languages.default) {
            return Vec::new();
        }
        let missing = |language: &&String| {
            (languages.complete || **language != languages.default)
                && (**language == languages.default || !self.sources.contains(&languages.named(&bare, language)))
        };
        let alias = |language: &String| Alias {
            path: url_of(&output(&join(language, &bare), self.config.directory_urls), self.config.directory_urls),
            span: Span::FILE,
        };
        languages.built.iter().filter(missing).map(alias).collect()
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
        let theme = self.config.theme_folder.as_deref().filter(|folder| !folder.is_empty());
        let of_theme = theme.and_then(|folder| path.strip_prefix(folder)?.strip_prefix('/'));
        if let Some(file) = of_theme {
            // The theme's files are copied, but for its templates and its code.
            let code = matches!(&*extension(file), "html" | "md" | "py" | "yml" | "yaml");
            return if code { Role::Internal } else { Role::Asset(format!("/{file}")) };
        }
        let Some(docs) = in_docs(path, &self.config) else { return Role::Internal };
        if self.config.excluded.matched_path_or_any_parents(docs, false).is_ignore() {
            return Role::Internal;
        }
        // Parts of other pages: their links are right from there.
        let is_snippet = |folder: &String| docs.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        if super::is_page(docs) && self.config.snippets.iter().any(is_snippet) {
            return Role::Internal;
        }
        if !super::is_page(docs) {
            return self.asset(docs);
        }
        let name = file_name(docs);
        if name.starts_with("README.") && self.indexes.contains(parent(docs)) {
            return Role::Internal;
        }
        match self.blog(docs) {
            Some(blog) => Role::Page { kind: Kind::Post, collection: blog.posts.as_str().into() },
            None => Role::Page { kind: Kind::Page, collection: "".into() },
        }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let Some(path) = in_docs(&page.path, &self.config) else { return Place::default() };
        let date = self.date(page);
        let published = self.published(page, path, date);
        let moved = match self.blog(path) {
            Some(blog) => self.post(page, path, blog, date),
            None => match &self.config.languages {
                Some(languages) => languages.published(path),
                None => Some(path.to_owned()),
            },
        };
        let Some(moved) = moved else { return Place { published, date, ..Place::default() } };
        let output = output(&moved, self.config.directory_urls);
        Place {
            url: Some(encoded(&url_of(&output, self.config.directory_urls))),
            output: Some(format!("/{output}")),
            aliases: self.fallbacks(path),
            published,
            date,
            ..Place::default()
        }
    }

    fn generates(&self, path: &str) -> bool {
        let bare = path.trim_matches('/');
        let bare = bare.strip_suffix("/index.html").unwrap_or(bare);
        let copied = |languages: &Languages| {
            let (language, file) = bare.split_once('/')?;
            let has = || self.sources.contains(file) || self.sources.contains(&join(file, "index.html"));
            Some(languages.complete && languages.built.iter().any(|built| built == language) && has())
        };
        let asked = |output: &str| {
            let output = output.trim_start_matches('/');
            output == bare || output.strip_suffix("/index.html") == Some(bare)
        };
        matches!(bare, "sitemap.xml" | "sitemap.xml.gz" | "404.html" | "search" | "search.html")
            || bare.starts_with("search/")
            || self.config.languages.as_ref().and_then(copied) == Some(true)
            || bare.starts_with("assets/") && self.config.material && !destination::is_image(bare)
            || !self.config.material && bare == links::FAVICON
            || self.config.theme_files.contains(bare)
            || self.config.nav.iter().any(|page| asked(&output(page, self.config.directory_urls)))
            || bare.ends_with(".xml") && bare.starts_with("feed_")
            || self.config.alternates.iter().any(|link| {
                path.strip_prefix(link.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
            || self.config.redirects.iter().any(|output| asked(output))
            || self.config.blogs.iter().any(|blog| blog.generates(bare) || blog.folder == bare)
    }

    fn link(&self, link: &Link, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let Origin::Html(place) = &link.origin else { return None };
        let names_a_spec = self.config.specs_by_source && place.tag == "other" && place.attribute == "src";
        let path = Some(&*link.destination).filter(|path| names_a_spec && !path.contains("://"))?;
        links::source(path, page, sources, &self.config)
    }

    fn wants_yaml_dates(&self, page: &PageFacts) -> bool {
        in_docs(&page.path, &self.config).and_then(|path| self.blog(path)).is_some()
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        links::source(path, page, sources, &self.config)
    }

    fn navigation(&self, sources: &dyn Sources) -> Vec<(NavEntry, Evaluated)> {
        let leads = |entry: &NavEntry| links::of_menu(&entry.written, sources, &self.config);
        self.config.menu.iter().map(|entry| (entry.clone(), leads(entry))).collect()
    }

    fn registries(&self, folder: &Folder<'_>, pages: &[PageFacts]) -> Registries {
        let mut registries = Registries::default();
        // Where the pages lie outside of the configuration's folder, its paths are not the site's.
        if self.config.elsewhere.is_none() && self.config.makers.is_empty() {
            let including = pages.iter().filter(|page| page.anchors.includes);
            for page in including {
                let Some((parts, ids)) = snippets::parts(folder, &self.config.snippet_bases, &page.path) else {
                    continue;
                };
                registries.includes.insert(page.path.to_string(), parts);
                registries.ids.extend(ids);
            }
        }
        // Of several blogs each has its own file; a page's blog is not asked for there.
        if let [blog] = self.config.blogs.as_slice()
            && blog.authors
        {
            let file = join(&self.config.docs, &blog.authors_file);
            let value = config_file::read(folder, &file, &mut Vec::new());
            if let Some(authors) = value.get("authors").and_then(serde_json::Value::as_object) {
                let mut names: Vec<String> = authors.keys().cloned().collect();
                names.sort_unstable();
                let registry = Registry::new(format!("`{file}`"), names);
                registries.authors = Some(Registry { stops: true, ..registry });
            }
        }
        if self.config.material {
            registries.ids.extend(MATERIAL_IDS.map(str::to_owned));
            // The list of tags names each so.
            let tags = pages.iter().filter_map(|page| page.key("tags")).flat_map(|key| key.scalars());
            let id = |tag: &str| python_markdown::slug(tag, Algorithm::PymdownxLower, "-");
            registries.ids.extend(tags.filter_map(|tag| Some(format!("tag:{}", id(&tag.text)?))));
        }
        if let Some(theme) = self.config.theme_folder.as_deref().filter(|folder| !folder.is_empty()) {
            let templates = folder.below(theme).filter(|path| extension(path) == "html");
            registries.ids.extend(TemplateFiles::read(folder, templates).ids);
        }
        registries
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        let languages = self.config.languages.as_ref()?;
        languages.of(in_docs(path, &self.config)?).0
    }
}

impl Site {
    /// Where a file is copied to.
    fn asset(&self, docs: &str) -> Role {
        if let Some(blog) = self.blog(docs) {
            // What lies beside the posts moves up with them.
            let below = blog.post(docs).unwrap_or(docs);
            return Role::Asset(format!("/{}", join(&blog.folder, below)));
        }
        let moved = self.config.languages.as_ref().map(|languages| languages.published(docs));
        match moved {
            Some(None) => Role::Internal,
            Some(Some(path)) => Role::Asset(format!("/{path}")),
            None => Role::Asset(format!("/{docs}")),
        }
    }
}

/// How an output is linked to.
fn url_of(output: &str, directory_urls: bool) -> String {
    let folder = if directory_urls { output.strip_suffix("index.html") } else { None };
    format!("/{}", folder.unwrap_or(output))
}

/// A path as Python's `quote` writes it.
fn encoded(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'_').remove(b'.').remove(b'-').remove(b'~');
    utf8_percent_encode(path, &KEPT).to_string()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
