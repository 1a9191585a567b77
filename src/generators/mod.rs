//! What is different from generator to generator.
//!
//! A generator is one file or folder here plus one data file in `rules/data/generators/`: how its sites are recognised,
//! which files are pages, which URL each of them gets, how its links are written. Everything else in postlint asks the
//! two traits below and never a generator's name.

use std::collections::HashSet;

use crate::discover::{Tree, file_name, join};
use crate::finding::FilePath;
use crate::hash::Set;
use crate::page::dialect::Dialect;
use crate::page::front_matter::Dialect as YamlDialect;
use crate::page::links::Link;
use crate::page::templates::TemplateCall;
use crate::site::facts::{Kind, PageFacts, Place};
use crate::source::Span;

pub mod astro;
pub mod beside;
pub mod calendar;
pub mod cecil;
pub mod config_file;
pub mod data;
pub mod docusaurus;
pub mod eleventy;
pub mod gatsby;
pub mod heading_ids;
pub mod hexo;
pub mod hugo;
pub mod jekyll;
pub mod js_config;
pub mod jsx;
pub mod mkdocs;
pub mod obsidian;
pub mod package_json;
pub mod pelican;
pub mod plain;
pub mod python_markdown;
pub mod python_settings;
pub mod quarto;
pub mod quartz;
pub mod slug;
pub mod template_files;
pub mod values;
pub mod vitepress;
pub mod wikilinks;
pub mod zola;

use data::Data;
use jiff::civil::DateTime;

/// Every generator that postlint knows, in the order in which it asks them. `plain` takes what is left.
pub static ALL: &[&dyn Generator] = &[
    &hexo::Hexo,
    &jekyll::Jekyll,
    &cecil::Cecil,
    &hugo::Hugo,
    &eleventy::Eleventy,
    &vitepress::VitePress,
    &zola::Zola,
    &docusaurus::Docusaurus,
    &astro::Astro,
    &gatsby::Gatsby,
    &quartz::Quartz,
    &mkdocs::MkDocs,
    &pelican::Pelican,
    &quarto::Quarto,
    &obsidian::Obsidian,
    &plain::Plain,
];

/// A static site generator: recognises its sites and loads their configuration.
pub trait Generator: Sync {
    /// Its name in configuration and reports: `jekyll`.
    fn name(&self) -> &'static str;

    /// What its documentation says, as data.
    fn data(&self) -> &'static Data;

    /// Says why this folder is the root of one of its sites, or that it is not. Asked of folders that hold a file named
    /// in [`Data::markers`].
    fn detect(&self, folder: &Folder<'_>) -> Option<String>;

    /// The site's root, where content lies beside the folder of the configuration (`docs/` beside `website/`): a folder
    /// above it.
    fn root<'f>(&self, folder: &Folder<'f>) -> &'f str {
        folder.root
    }

    /// Reads the site's own configuration.
    fn load(&self, folder: &Folder<'_>, now: DateTime) -> Loaded;
}

/// A site whose configuration has been read.
pub struct Loaded {
    /// The site's model.
    pub model: Box<dyn Model>,
    /// What is wrong with the configuration itself.
    pub problems: Vec<Problem>,
}

/// A defect of a generator's own configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The configuration file.
    pub file: FilePath,
    /// The place.
    pub span: Span,
    /// What is wrong.
    pub message: String,
}

/// What the generator does with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// It is content.
    Page {
        /// Of this kind.
        kind: Kind,
        /// In this collection or section.
        collection: Box<str>,
    },
    /// It is content if it has front matter and is copied otherwise (Jekyll's way).
    PageIfFrontMatter {
        /// Of this kind.
        kind: Kind,
        /// In this collection or section.
        collection: Box<str>,
    },
    /// It is copied to this address (path from the host's root, decoded).
    Asset(String),
    /// It is copied to where the page of its folder (its bundle) is published, wherever that is.
    Beside {
        /// The folder of the page, relative to the site's root.
        folder: Box<str>,
        /// The file's path below that folder.
        name: Box<str>,
    },
    /// It is not published: layouts, data, configuration.
    Internal,
}

/// What a link that only the generator understands leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evaluated {
    /// A destination as if it had been written so.
    Destination(String),
    /// A page or file of the site (path relative to the site's root, as in `{% link %}`), with what follows it
    /// (`#anchor`).
    Source {
        /// The source file.
        path: String,
        /// Query and fragment.
        tail: String,
    },
    /// A source file that the generator would look for and not find; the build fails.
    NoSource {
        /// What it looks for, in the writer's words.
        wanted: String,
    },
    /// Something that the generator makes by itself: the list of a folder, of a tag.
    Made,
    /// It cannot be known from the source.
    Unknown,
}

/// A generator's answers about one site.
pub trait Model: Send + Sync {
    /// Plain facts.
    fn settings(&self) -> &Settings;

    /// What is done with a file (path relative to the site's root).
    fn role(&self, path: &str) -> Role;

    /// Where and when a page is published.
    fn place(&self, page: &PageFacts) -> Place;

    /// The value that the site's configuration gives to a key that the page itself does not have.
    fn default_value(&self, page: &PageFacts, key: &str) -> Option<String> {
        let _ = (page, key);
        None
    }

    /// True when the generator (or one of its plugins) makes this output file by itself: feeds, pagination, lists of
    /// terms. `path` is decoded and from the host's root.
    fn generates(&self, path: &str) -> bool {
        let _ = path;
        false
    }

    /// The path that is shown where nothing of its own is published at this one: the page of another language, a file
    /// that translations share.
    fn stands_in(&self, path: &str) -> Option<String> {
        let _ = path;
        None
    }

    /// How this page's Markdown is read. `.mdx` is MDX, whoever builds the site.
    fn dialect(&self, path: &str) -> Dialect {
        let dialect = self.settings().dialect;
        if path.ends_with(".mdx") { dialect.in_mdx() } else { dialect }
    }

    /// Resolves a link whose way of writing decides what it means: an import, a JSX attribute, a Markdown link that is
    /// a path of the sources. Asked before everything else; nothing where the link is an ordinary one.
    fn link(&self, link: &Link, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let _ = (link, page, sources);
        None
    }

    /// True when code that postlint does not run may publish a page at this address (decoded, from the host's root), so
    /// that nothing there can be called missing.
    fn may_make(&self, path: &str) -> bool {
        let _ = path;
        false
    }

    /// Resolves a destination that holds template tags. `raw` is the destination as written, with its tags.
    fn evaluate(&self, raw: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        let _ = (raw, page, sources);
        Evaluated::Unknown
    }

    /// Resolves the argument of a template tag that makes a link or an image of it; see
    /// [`Origin::Tag`](crate::page::links::Origin::Tag).
    fn tag_link(&self, name: &str, argument: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        let _ = (name, argument, page, sources);
        Evaluated::Unknown
    }

    /// Resolves an image, where the generator rewrites its path (Hexo takes relative ones from the site's
    /// root); `html` where it is written as an HTML tag. Nothing where it stays as it is.
    fn image_link(&self, path: &str, html: bool, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let _ = (path, html, page, sources);
        None
    }

    /// Resolves a path that is written as a path of a source file (`../b.md`, `@/b.md`), where the generator turns these
    /// into URLs. Nothing when it does not.
    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let _ = (path, page, sources);
        None
    }

    /// Resolves a destination in a scheme that only this generator knows (`page:blog/post`). It never returns a
    /// destination in such a scheme again.
    fn own_scheme(&self, destination: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let _ = (destination, page, sources);
        None
    }

    /// Resolves `[[name]]`, where the dialect reads it as a link.
    fn wiki_link(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        let _ = (page, sources);
        Evaluated::Destination(written.to_owned())
    }

    /// The registries that the site has: authors, layouts.
    fn registries(&self, folder: &Folder<'_>, pages: &[PageFacts]) -> Registries {
        let _ = (folder, pages);
        Registries::default()
    }

    /// True when this template tag brings nothing into a page that a link could lead to or a definition could come
    /// from. Of tags that nobody knows the answer is no.
    fn brings_nothing(&self, call: &TemplateCall, text: &str) -> bool {
        brings_nothing(call.name.of(text))
    }

    /// True when something that the page names fills it with elements whose ids are not known here.
    fn makes_ids(&self, page: &PageFacts) -> bool {
        let _ = page;
        false
    }

    /// The language that the path of a page declares, as a tag.
    fn language_of_path<'a>(&self, path: &'a str) -> Option<&'a str> {
        let _ = path;
        None
    }
}

/// Tags of Liquid, Hugo and well-known plugins that only set, link, decide, or show what has no ids.
#[must_use]
pub fn brings_nothing(name: &str) -> bool {
    const QUIET: [&str; 50] = [
        "",
        "assign",
        "avatar",
        "break",
        "capture",
        "case",
        "comment",
        "continue",
        "cycle",
        "decrement",
        "else",
        "elsif",
        "endcapture",
        "endcase",
        "endcomment",
        "endfor",
        "endhighlight",
        "endif",
        "endraw",
        "endunless",
        "feed_meta",
        "figure",
        "for",
        "gist",
        "highlight",
        "if",
        "increment",
        "instagram",
        "link",
        "param",
        "post_url",
        "qr",
        "raw",
        "ref",
        "relref",
        "seo",
        "tweet",
        "twitter",
        "twitter_simple",
        "unless",
        "vimeo",
        "vimeo_simple",
        "when",
        "x",
        "x_simple",
        "youtube",
        "render_time",
        "emoji",
        "octicon",
        "github_edit_link",
    ];
    QUIET.contains(&name)
}

/// Looks source files up while a link is evaluated.
pub trait Sources {
    /// True when this file (relative to the site's root) exists.
    fn has(&self, path: &str) -> bool;
    /// The page of this source path.
    fn page(&self, path: &str) -> Option<&PageFacts>;
    /// All pages.
    fn pages(&self) -> &[PageFacts];
    /// Files of that name at any depth, relative to the site's root; names are compared by [`wikilinks::key`].
    fn named(&self, key: &str) -> &[Box<str>];
    /// True when something is published below this folder (from the site's base: `/notes`).
    fn publishes_below(&self, folder: &str) -> bool;
    /// The page that gives itself this other name, folded.
    fn aliased(&self, name: &str) -> Option<&PageFacts>;
    /// The posts whose file has this name, without its date and its extension ([`undated`]), in the pages' order.
    fn posts_named(&self, name: &str) -> Vec<&PageFacts>;
}

/// The name of a file without the date before it and without its extension: `a-tour` of `_posts/2024-01-05-a-tour.md`.
#[must_use]
pub fn undated(path: &str) -> &str {
    let name = file_name(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut parts = stem.splitn(4, '-');
    let date = parts.by_ref().take(3).all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    parts.next().filter(|_| date).unwrap_or(stem)
}

/// Lists of names that front matter may refer to.
#[derive(Debug, Clone, Default)]
pub struct Registries {
    /// Known authors; nothing when the site keeps no list.
    pub authors: Option<Registry>,
    /// Known layouts; nothing when they may come from elsewhere.
    pub layouts: Option<Registry>,
    /// Ids that layouts and includes give to elements of every page.
    pub ids: HashSet<String>,
    /// Layouts make ids of data, so that a page which shows more than its source may have any.
    pub layouts_make_ids: bool,
}

/// One list of names.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// Where the list is, for people: "`_data/authors.yml`".
    pub from: String,
    /// The names, sorted.
    pub names: Vec<String>,
}

/// How the head of a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heads {
    /// Between fences: front matter.
    Fences,
    /// `Key: value` lines up to the first empty one, with or without fences: Python-Markdown's `meta` (Pelican).
    Lines,
}

/// Plain facts about one site.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme and host: `https://example.org`.
    pub url: Option<String>,
    /// What stands before every path: `""` or `/blog`.
    pub base_path: String,
    /// The site's main language, as its configuration says.
    pub language: Option<String>,
    /// The languages that it is published in, where it says so.
    pub languages: Vec<String>,
    /// How its Markdown differs from CommonMark.
    pub dialect: Dialect,
    /// How headings get ids.
    pub heading_ids: heading_ids::Algorithm,
    /// How its YAML reads scalars.
    pub yaml: YamlDialect,
    /// A page is found without its extension: `/about` finds `/about.html`.
    pub extensionless: bool,
    /// A folder can be linked to (a code host lists its files).
    pub folders: bool,
    /// True when pages are made that the source does not show (plugins in code), so that a missing page may still exist.
    pub makes_pages: bool,
    /// True when pages and files come from folders that are not in the repository, so that any may exist.
    pub takes_from_elsewhere: bool,
    /// Terms of definition lists get ids; which lists there are is not read.
    pub definition_term_ids: bool,
    /// True when such pages, or pages in a language that is not read, may have any address.
    pub makes_any_page: bool,
    /// How the head of a page is written.
    pub heads: Heads,
    /// True when something builds the site that postlint does not know: where its pages and files end up is unknown.
    pub unknown_generator: bool,
    /// A link without a text to a video or gist becomes a player.
    pub embeds_links: bool,
    /// `<Component />` in a page is replaced by what a program makes of it, which may have ids.
    pub components: bool,
    /// Code of the site's own may replace comments in pages by elements with ids.
    pub comments_become_elements: bool,
    /// Paths in raw HTML stay as they are, where the generator turns paths of source files in Markdown into URLs.
    pub html_is_written_as_it_is: bool,
    /// `<!--more-->` means something: to the generator, in its configuration or in a template.
    pub more_comment: bool,
    /// Folders that are copied to the site's root, where a host looks for `_redirects`.
    pub public: Vec<String>,
    /// What a person should know about how the site was read, as sentences.
    pub notes: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            url: None,
            base_path: String::new(),
            language: None,
            languages: Vec::new(),
            dialect: Dialect::COMMONMARK,
            heading_ids: heading_ids::Algorithm::None,
            yaml: YamlDialect::JsYaml4,
            extensionless: false,
            folders: false,
            makes_pages: false,
            takes_from_elsewhere: false,
            definition_term_ids: false,
            makes_any_page: false,
            heads: Heads::Fences,
            unknown_generator: false,
            embeds_links: false,
            components: false,
            comments_become_elements: false,
            html_is_written_as_it_is: false,
            more_comment: true,
            public: vec![String::new()],
            notes: Vec::new(),
        }
    }
}

/// The root of a site in the tree.
#[derive(Clone, Copy)]
pub struct Folder<'a> {
    /// All files.
    pub tree: &'a Tree,
    /// The root's path, `""` at the top.
    pub root: &'a str,
}

impl<'a> Folder<'a> {
    /// True when the file exists.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.tree.has_file(&join(self.root, path))
    }

    /// True when the folder exists and is not empty.
    #[must_use]
    pub fn has_folder(&self, path: &str) -> bool {
        self.tree.has_folder(&join(self.root, path))
    }

    /// Paths below a folder of the root, relative to the root.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let cut = if self.root.is_empty() { 0 } else { self.root.len() + 1 };
        self.tree.below(&join(self.root, folder)).iter().filter_map(move |file| file.get(cut..))
    }

    /// The text of a small file (configuration, data: at most 4 MB), if it exists and is UTF-8.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<String> {
        let path = join(self.root, path);
        self.tree.file(&path)?;
        let full = self.tree.base().join(&path);
        let fits = std::fs::metadata(&full).is_ok_and(|meta| meta.is_file() && meta.len() <= 4 << 20);
        if fits { std::fs::read_to_string(full).ok() } else { None }
    }

    /// The path of a file relative to the tree's base.
    #[must_use]
    pub fn file(&self, path: &str) -> FilePath {
        join(self.root, path).into()
    }
}

/// A generator's site found in the tree.
pub struct Found {
    /// Its root, relative to the tree's base.
    pub root: String,
    /// Whose it is.
    pub generator: &'static dyn Generator,
    /// Why we think so.
    pub evidence: String,
}

/// Finds the sites in a tree: each folder that holds a marker of a generator, and whose generator agrees.
#[must_use]
pub fn detect(tree: &Tree) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let markers = ALL.iter().flat_map(|generator| &generator.data().markers);
    let names: Set<&str> = markers.map(|marker| file_name(marker)).collect();
    let files: Vec<&FilePath> = tree.files().iter().filter(|file| names.contains(file_name(file))).collect();
    for yields in [false, true] {
        look(tree, &files, yields, &mut found);
    }
    found
}

/// Adds the sites of the generators that yield to others, or of those that do not.
fn look(tree: &Tree, files: &[&FilePath], yields: bool, found: &mut Vec<Found>) {
    for file in files {
        for generator in ALL.iter().filter(|generator| generator.data().yields == yields) {
            let Some(root) = root_of(file, &generator.data().markers) else { continue };
            let around = |site: &Found| {
                let inside = site.root.is_empty() || root.strip_prefix(&*site.root).is_some_and(|r| r.starts_with('/'));
                site.root == root || yields && inside
            };
            if found.iter().any(around) {
                continue;
            }
            let folder = Folder { tree, root };
            if let Some(evidence) = generator.detect(&folder) {
                let root = generator.root(&folder);
                if found.iter().any(|site| site.root == root) {
                    continue;
                }
                found.push(Found { root: root.to_owned(), generator: *generator, evidence });
            }
        }
    }
}

/// The root that a marker stands for: `config/_default/hugo.toml` lies two folders below it.
fn root_of<'f>(file: &'f str, markers: &[String]) -> Option<&'f str> {
    let name = file_name(file);
    let ends = markers.iter().filter(|marker| file_name(marker) == name).filter_map(|marker| {
        let root = file.strip_suffix(marker.as_str())?;
        Some((marker.len(), if root.is_empty() { root } else { root.strip_suffix('/')? }))
    });
    ends.max_by_key(|(length, _)| *length).map(|(_, root)| root)
}

/// The generator of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn Generator> {
    ALL.iter().copied().find(|generator| generator.name() == name)
}
