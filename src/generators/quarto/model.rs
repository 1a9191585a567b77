//! One Quarto project: its answers to postlint's questions.

use crate::hash::Set;

use serde_json::Value as Json;

use super::config::Config;
use super::includes::{self, Parts};
use super::{is_document, navigation};
use crate::discover::{extension, file_name, join, parent, without_extension};
use crate::generators::heading_ids::Algorithm;
use crate::generators::navigation::NavEntry;
use crate::generators::values::{list, text};
use crate::generators::{Evaluated, Folder, Model, Registries, Role, Settings, Sources};
use crate::page::dialect::{Dialect, LinkTags};
use crate::page::front_matter::{DateReader, Dialect as YamlDialect, NotADate, ScalarType, read_date};
use crate::page::links::Link;
use crate::site::destination;
use crate::site::facts::{Alias, Kind, PageFacts, Place, Published, Value};

/// Formats that a document may be published in besides HTML.
const FORMATS: [&str; 10] = ["pdf", "docx", "epub", "pptx", "odt", "tex", "typ", "md", "ipynb", "xml"];

/// Formats whose names stand before the `.md` of a file that is kept between the steps of a build: `a.html.md`, `a-pdf.md`.
const KEPT: [&str; 20] = [
    "html",
    "html4",
    "html5",
    "pdf",
    "docx",
    "odt",
    "pptx",
    "epub",
    "revealjs",
    "slidy",
    "s5",
    "dzslides",
    "dashboard",
    "beamer",
    "latex",
    "typst",
    "gfm",
    "commonmark",
    "ipynb",
    "jats",
];

/// A configured project.
pub struct Site {
    config: Config,
    settings: Settings,
    /// Documents without their extensions.
    stems: Set<String>,
    /// Those of them that are `.qmd` files.
    texts: Set<String>,
    /// Files that are shown in documents.
    parts: Parts,
    /// What was rendered before, is in the repository and is published as it is.
    served: Set<String>,
}

impl Site {
    /// Takes the configuration and looks at the documents.
    pub fn new(folder: &Folder<'_>, config: Config) -> Site {
        let stems = folder
            .below("")
            .filter(|path| is_document(path) && config.renders(path))
            .map(|path| without_extension(path).to_owned())
            .collect();
        let texts = folder.below("").filter(|path| extension(path) == *"qmd");
        let texts = texts.map(|path| without_extension(path).to_owned()).collect();
        // What was built before may be kept with the redirects of the host in it; where it is not here, it says nothing.
        let kept = Some(config.output.clone()).filter(|output| !output.is_empty() && folder.has_folder(output));
        let notes = config.makers.iter().map(|maker| format!("{maker} may write further pages")).collect();
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base.clone(),
            sources_change_endings: true,
            language: config.language.clone(),
            dialect: Dialect { link_tags: LinkTags::Quarto, ..Dialect::PANDOC },
            heading_ids: Algorithm::Pandoc,
            yaml: YamlDialect::JsYaml4,
            // Hosts of static sites find `/a.html` for `/a`.
            extensionless: true,
            makes_pages: !config.makers.is_empty(),
            public: std::iter::once(String::new()).chain(kept).collect(),
            looks_up_backticks: config.interlinks,
            notes,
            ..Settings::default()
        };
        let inside_output = |path: &str| inside(path, &config.output);
        let parts = Parts::read(folder, |path| is_document(path) && config.renders(path) && !inside_output(path));
        let served = served(folder, &config);
        Site { config, settings, stems, texts, parts, served }
    }

    fn is_served(&self, bare: &str) -> bool {
        let has = |path: &str| self.served.contains(path);
        !self.served.is_empty()
            && (has(bare)
                || has(&format!("{bare}.html"))
                || has(join(bare.trim_end_matches('/'), "index.html").as_str()))
    }

    fn is_rendered(&self, path: &str) -> bool {
        is_document(path) && !self.is_kept(path) && self.config.renders(path) && !inside(path, &self.config.output)
    }

    /// True for what Quarto made of a document on the way to its page (`keep-md`), and leaves out of the project.
    fn is_kept(&self, path: &str) -> bool {
        let made = path.strip_suffix(".md").and_then(|path| path.rsplit_once(['.', '-']));
        made.is_some_and(|(stem, format)| KEPT.contains(&format) && self.stems.contains(stem))
    }

    /// The values of the `_metadata.yml` files above a page, the nearest first.
    fn above(&self, page: &PageFacts) -> impl Iterator<Item = &Json> {
        let path = page.path.clone();
        let here = move |folder: &str| folder.is_empty() || inside(&path, folder);
        self.config.metadata.iter().rev().filter(move |(folder, _)| here(folder)).map(|(_, values)| values)
    }

    fn output(&self, page: &PageFacts) -> String {
        let nested = || page.front.as_ref()?.at("format.html.output-file");
        let own = page.key("output-file").or_else(nested).and_then(|key| key.text());
        match own {
            Some(name) => {
                let name = if name.ends_with(".html") { name.to_owned() } else { format!("{name}.html") };
                join(parent(&page.path), &name)
            }
            None => format!("{}.html", without_extension(&page.path)),
        }
    }

    fn aliases(&self, page: &PageFacts) -> Vec<Alias> {
        let scalars = page.key("aliases").into_iter().flat_map(|key| key.scalars());
        let alias = |text: &str| destination::join(&format!("/{}", parent(&page.path)), text);
        scalars.filter_map(|one| Some(Alias { path: alias(&one.text)?, span: one.span })).collect()
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
        if inside(path, &self.config.output) || path.split('/').any(|part| part.starts_with('.') && part.len() > 1) {
            return Role::Internal;
        }
        match (self.is_rendered(path), &*extension(path)) {
            (false, _) if self.parts.has(path) => Role::Page { kind: Kind::Page, collection: "".into() },
            // Quarto keeps the notebook that it makes of a document beside it, and does not take it for another one.
            (true, "ipynb" | "rmd" | "rmarkdown") if self.texts.contains(without_extension(path)) => Role::Internal,
            // Notebooks are not read; where they end up is known all the same.
            (true, "ipynb") => Role::Asset(format!("/{}.html", without_extension(path))),
            // The list of the posts is none.
            (true, _) if parent(path).split('/').any(|folder| folder == "posts") && !is_index_of_posts(path) => {
                Role::Page { kind: Kind::Post, collection: "posts".into() }
            }
            (true, _) => Role::Page { kind: Kind::Page, collection: "".into() },
            (false, "qmd" | "md" | "markdown" | "rmd" | "rmarkdown") => Role::Internal,
            (false, "yml" | "yaml") if file_name(path).starts_with(['_', '.']) => Role::Internal,
            // What a document was rendered to before, and is anew.
            (false, "html") if self.stems.contains(without_extension(path)) => Role::Internal,
            // What a page shows is copied, wherever it lies.
            (false, _) => Role::Asset(format!("/{path}")),
        }
    }

    fn place(&self, page: &PageFacts) -> Place {
        if self.parts.has(&page.path) {
            let document = self.parts.shown_in(&page.path);
            let shown_in = document.map(|document| format!("/{}.html", without_extension(document)));
            return Place { published: Published::Never, shown_in, ..Place::default() };
        }
        let output = format!("/{}", self.output(page));
        let draft = match page.key("draft") {
            Some(key) => key.scalars().any(|scalar| scalar.ty == ScalarType::Bool(true)),
            None => self.default_value(page, "draft").as_deref() == Some("true"),
        };
        let draft = draft || self.config.drafts.iter().any(|path| path.trim_start_matches("./") == &*page.path);
        let date = page.key("date").and_then(|key| key.text()).and_then(|date| {
            match read_date(date, DateReader::JavaScript) {
                Ok(when) | Err(NotADate::OtherSpelling(when)) => {
                    Some(when.date.to_datetime(when.time.unwrap_or_default()))
                }
                Err(_) => None,
            }
        });
        Place {
            url: Some(output.strip_suffix("index.html").unwrap_or(&output).to_owned()),
            output: Some(output),
            aliases: self.aliases(page).into_iter().chain(other_outputs(page)).collect(),
            published: if draft { Published::Draft } else { Published::Yes },
            date,
            ..Place::default()
        }
    }

    fn default_value(&self, page: &PageFacts, key: &str) -> Option<String> {
        let above =
            self.config.metadata.iter().rev().filter(|(folder, _)| inside(&page.path, folder) || folder.is_empty());
        above.into_iter().find_map(|(_, values)| text(values.get(key)))
    }

    fn generates(&self, path: &str) -> bool {
        let bare = path.trim_start_matches('/');
        let other_format = FORMATS.contains(&&*extension(bare)) && self.stems.contains(without_extension(bare));
        let preview = ["-preview.html", ".embed-preview.html"].iter().filter_map(|end| bare.strip_suffix(end));
        other_format
            || preview
                .into_iter()
                .any(|bare| self.stems.contains(bare) || self.stems.contains(bare.trim_end_matches("-qmd")))
            || self.is_served(bare)
            || matches!(bare, "sitemap.xml" | "search.json" | "listings.json" | "robots.txt")
            || bare.starts_with("site_libs/")
            || bare.split('/').any(|part| part.ends_with("_files"))
    }

    fn link(&self, link: &Link, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if self.config.interlinks && link.destination.contains('`') {
            return Some(Evaluated::Unknown);
        }
        let own = page.key("resources").into_iter().flat_map(|key| key.scalars()).map(|one| &*one.text);
        let mut folders = own.chain(self.config.resources.iter().map(String::as_str)).filter_map(folder_of);
        let written = link.destination.trim_start_matches("./");
        let first = folders.find(|folder| destination::is_in_folder(written, folder))?;
        // It is laid there before the build: what is in it cannot be known.
        let folder = join(parent(&page.path), first.trim_end_matches('/'));
        (!sources.has_folder(&folder)).then_some(Evaluated::Unknown)
    }

    fn makes_ids(&self, page: &PageFacts) -> bool {
        let filters = || {
            let own = page.key("filters").into_iter().flat_map(|key| key.scalars()).map(|one| one.text.to_string());
            let above = self.above(page).flat_map(|values| list(values.get("filters")));
            own.chain(above).any(|filter| filter.ends_with(".lua"))
        };
        filters()
    }

    fn is_laid_out(&self, page: &PageFacts) -> bool {
        // Lists and profiles are, by templates of their own.
        (page.key("listing").is_some() || page.key("about").is_some()) && !self.makes_ids(page)
    }

    fn image_link(&self, path: &str, html: bool, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let plain = !html && !path.contains(['#', '?', ':']) && extension(path).is_empty() && !path.ends_with('/');
        if !plain {
            return None;
        }
        let key = "default-image-extension";
        if page.key(key).is_some()
            || self.config.sets_image_extension
            || self.above(page).any(|own| own.get(key).is_some())
        {
            return Some(Evaluated::Unknown);
        }
        // What pandoc is told for web pages.
        let folder = if path.starts_with('/') { String::new() } else { format!("/{}", parent(&page.path)) };
        let file = format!("{}.png", destination::join(&folder, &destination::decode(path))?.trim_start_matches('/'));
        sources.has(&file).then(|| Evaluated::Source { path: file, tail: String::new() })
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if !super::DATA.is_markdown(path) {
            return None;
        }
        let document = self.parts.shown_in(&page.path);
        let wanted = includes::below(document.unwrap_or(&page.path), path)?;
        Some(match sources.has(&wanted) {
            true => Evaluated::Source { path: wanted, tail: String::new() },
            // Where several documents show this text, its paths say several things.
            false if document.is_none() && self.parts.has(&page.path) => Evaluated::Unknown,
            false => Evaluated::NoSource { wanted },
        })
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        let language = file_name(without_extension(path)).rsplit_once('.')?.1;
        self.config.languages.iter().any(|known| known == language).then_some(language)
    }

    fn tag_link(&self, _name: &str, argument: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        let document = self.parts.shown_in(&page.path);
        let from = std::iter::once(&*page.path).chain(document);
        let mut files = from.filter_map(|from| includes::below(from, argument));
        let sure = !self.parts.has(&page.path) || document.is_some();
        let made = argument.contains(['{', '$', '*']) || !self.config.makers.is_empty();
        match files.clone().any(|file| sources.has(&file)) {
            true => Evaluated::Made,
            false if made || !sure => Evaluated::Unknown,
            false => files.next().map_or(Evaluated::Unknown, |wanted| Evaluated::NoSource { wanted }),
        }
    }

    fn navigation(&self, sources: &dyn Sources) -> Vec<(NavEntry, Evaluated)> {
        let made = !self.config.makers.is_empty();
        let leads = |entry: &NavEntry| navigation::evaluate(&entry.written, sources, made);
        self.config.menu.iter().map(|entry| (entry.clone(), leads(entry))).collect()
    }

    fn registries(&self, _folder: &Folder<'_>, _pages: &[PageFacts]) -> Registries {
        let ids = ["title-block-header", "quarto-content", "quarto-document-content", "references", "refs", "TOC"];
        Registries { ids: ids.into_iter().map(str::to_owned).collect(), ..Registries::default() }
    }
}

/// The folder that a pattern of `resources` names, with a slash at its end: `_book/**`.
fn folder_of(pattern: &str) -> Option<&str> {
    let (folder, _) = pattern.trim_start_matches("./").split_once('*')?;
    folder.rfind('/').and_then(|end| folder.get(..=end))
}

/// What a document is published as besides its page: `format: {revealjs: {output-file: slides.html}}`.
fn other_outputs(page: &PageFacts) -> Vec<Alias> {
    let formats = page.key("format").map(|key| &key.value);
    let Some(Value::Map(formats)) = formats else { return Vec::new() };
    let named = formats.iter().filter(|format| &*format.name != "html").filter_map(|format| {
        let Value::Map(options) = &format.value else { return None };
        let file = options.iter().find(|option| &*option.name == "output-file")?;
        let Value::Scalar(name) = &file.value else { return None };
        let end = match &*format.name {
            "revealjs" | "slidy" | "s5" | "dzslides" | "dashboard" => "html",
            "typst" | "beamer" => "pdf",
            other => other,
        };
        let name = match extension(&name.text).is_empty() {
            true => format!("{}.{end}", name.text),
            false => name.text.to_string(),
        };
        Some(Alias { path: format!("/{}", join(parent(&page.path), &name)), span: file.span })
    });
    named.collect()
}

/// The files below a folder of output that the project names itself, where it holds a home page and nothing else renders the
/// site: then a host publishes what is committed there (GitHub Pages from `docs/`), and names have the capitals they have there.
fn served(folder: &Folder<'_>, config: &Config) -> Set<String> {
    let renders = |path: &str| folder.read(path).is_some_and(|text| text.contains("quarto"));
    let output = &config.output;
    if output.is_empty() || output.starts_with('_') || !folder.has(&join(output, "index.html")) {
        return Set::default();
    }
    if folder.below(".github/workflows").chain(["netlify.toml", ".gitlab-ci.yml"]).any(renders) {
        return Set::default();
    }
    let below = folder.below(output).filter_map(|path| path.strip_prefix(output.as_str())?.strip_prefix('/'));
    below.map(str::to_owned).collect()
}

fn inside(path: &str, folder: &str) -> bool {
    !folder.is_empty() && path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// `posts/index.qmd`, and not `posts/a/index.qmd`.
fn is_index_of_posts(path: &str) -> bool {
    file_name(parent(path)) == "posts" && file_name(path).starts_with("index.")
}
