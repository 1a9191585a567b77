//! What is different from generator to generator.
//!
//! A generator is one file or folder here plus one data file in `rules/data/generators/`: how its sites are recognised,
//! which files are pages, which URL each of them gets, how its links are written. Everything else in postlint asks the
//! two traits below and never a generator's name.

use crate::page::dialect::{Dialect, Templates};
use crate::page::links::Link;
use crate::page::templates::TemplateCall;
use crate::site::facts::{PageFacts, Place};

pub mod answers;
pub mod around;
pub mod astro;
pub mod base_by_links;
pub mod beside;
pub mod calendar;
pub mod cecil;
pub mod components;
pub mod config_file;
pub mod data;
pub mod detect;
pub mod docusaurus;
pub mod eleventy;
pub mod folder;
pub mod gatsby;
pub mod github_wiki;
pub mod hakyll;
pub mod heading_ids;
pub mod hexo;
pub mod hugo;
pub mod jekyll;
pub mod js_config;
pub mod jsx;
pub mod kebab_case;
pub mod language_place;
pub mod loose;
pub mod mdbook;
pub mod mkdocs;
pub mod navigation;
pub mod note_blocks;
pub mod obsidian;
pub mod other_builders;
pub mod own_code;
pub mod package_json;
pub mod pelican;
pub mod placeholders;
pub mod plain;
pub mod python_markdown;
pub mod python_settings;
pub mod quarto;
pub mod quartz;
pub mod registries;
pub mod replacing_code;
pub mod settings;
pub mod slug;
pub mod sources;
pub mod template_files;
pub mod values;
pub mod vitepress;
pub mod wikilinks;
pub mod zola;

pub use answers::{Evaluated, Problem, Role};
pub use detect::{Found, blank_configuration, by_name, detect};
pub use folder::Folder;
pub use registries::{Registries, Registry};
pub use settings::{FoundBy, Heads, Settings};
pub use sources::{Sources, called, undated};
pub use template_files::brings_nothing;

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
    &mdbook::MdBook,
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

    /// True for a folder below the root of which it publishes nothing, whatever lies in it, another program's site
    /// included.
    fn leaves_out(&self, folder: &str) -> bool {
        let _ = folder;
        false
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

/// A generator's answers about one site.
pub trait Model: Send + Sync {
    /// Plain facts.
    fn settings(&self) -> &Settings;

    /// The same, for what only shows when the configuration has been read.
    fn settings_mut(&mut self) -> &mut Settings;

    /// What is done with a file (path relative to the site's root).
    fn role(&self, path: &str) -> Role;

    /// Where and when a page is published.
    fn place(&self, page: &PageFacts) -> Place;

    /// The value that the site's configuration gives to a key that the page itself does not have.
    fn default_value(&self, page: &PageFacts, key: &str) -> Option<String> {
        let _ = (page, key);
        None
    }

    /// True where a date that YAML did not read is handed to JavaScript's `new Date`.
    fn reads_by_new_date(&self, page: &PageFacts, key: &str) -> bool {
        let _ = (page, key);
        false
    }

    /// True for a page whose dates YAML itself has to read as such: the build stops at any other value.
    fn wants_yaml_dates(&self, page: &PageFacts) -> bool {
        let _ = page;
        false
    }

    /// True for a key that the site's own schema takes away before anything reads it.
    fn drops_key(&self, page: &PageFacts, key: &str) -> bool {
        let _ = (page, key);
        false
    }

    /// True for a key that a page may do without, as the site's own schema says, however many others have it.
    fn may_lack(&self, page: &PageFacts, key: &str) -> bool {
        let _ = (page, key);
        false
    }

    /// The plugin that would read this key, where the site certainly does without it, so that the key does nothing.
    fn unread_key(&self, key: &str) -> Option<&'static str> {
        let _ = key;
        None
    }

    /// True for a key that the site's own schema declares as a text, so that the generator reads nothing else in it, no
    /// date either.
    fn is_text(&self, page: &PageFacts, key: &str) -> bool {
        let _ = (page, key);
        false
    }

    /// True when the generator (or one of its plugins) makes this output file by itself: feeds, pagination, lists of
    /// terms. `path` is decoded and from the host's root.
    fn generates(&self, path: &str) -> bool {
        let _ = path;
        false
    }

    /// Where a file is copied to that would be a page if it had front matter.
    fn copied_to(&self, path: &str) -> String {
        format!("/{path}")
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

    /// The same for a file that is no page: pictures that code draws.
    fn may_make_file(&self, path: &str) -> bool {
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

    /// True for a link from the root that the generator puts the base path before, whether it is there or not.
    fn puts_base_before(&self, link: &Link) -> bool {
        let _ = link;
        false
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

    /// The entries of the site's own menus that name a page or an address, and what each leads to.
    fn navigation(&self, sources: &dyn Sources) -> Vec<(navigation::NavEntry, Evaluated)> {
        let _ = sources;
        Vec::new()
    }

    /// The registries that the site has: authors, layouts.
    fn registries(&self, folder: &Folder<'_>, pages: &[PageFacts]) -> Registries {
        let _ = (folder, pages);
        Registries::default()
    }

    /// True when the site has a place for a key that its generator reads only in a table, as Zola reads `tags` in
    /// `taxonomies`: there it is one of the site's own. Without one the build would stop at it.
    fn takes_in_table(&self, key: &str) -> bool {
        let _ = key;
        true
    }

    /// True when an image that this key of a front matter names is shown, or may be.
    fn shows_image(&self, key: &str) -> bool {
        let _ = key;
        true
    }

    /// True when this template tag brings nothing into a page that a link could lead to or a definition could come
    /// from. Of tags that nobody knows the answer is no.
    fn brings_nothing(&self, call: &TemplateCall, text: &str) -> bool {
        brings_nothing(call.name.of(text))
    }

    /// True for a tag of another generator that something reads here; `before` is the page's text before it. Plugins for
    /// Liquid's tags there are in many programs.
    fn reads_tag(&self, tag: &str, before: &str) -> bool {
        let _ = before;
        tag.starts_with("{%") && self.settings().dialect.templates != Templates::Hugo
    }

    /// True when what stands between this tag and the one that closes it is shown as code.
    fn shows_code(&self, call: &TemplateCall, text: &str) -> bool {
        let _ = (call, text);
        false
    }

    /// The site's own template behind this tag, where it shows a picture without a description whatever the page says.
    fn takes_no_alt(&self, call: &TemplateCall, text: &str) -> Option<String> {
        let _ = (call, text);
        None
    }

    /// How a link names a source file (`@/blog/a.md`), where the generator has a form of its own for that.
    fn as_source_link(&self, source: &str) -> Option<String> {
        let _ = source;
        None
    }

    /// True when readers see what stands below this head, given as its text; a plugin may write a redirect instead.
    fn shows_body(&self, head: &str) -> bool {
        let _ = head;
        true
    }

    /// True when something that the page names fills it with elements whose ids are not known here.
    fn makes_ids(&self, page: &PageFacts) -> bool {
        let _ = page;
        false
    }

    /// The same for what is laid out around the text when this is done with: no definition for the text comes from there.
    fn is_laid_out(&self, page: &PageFacts) -> bool {
        let _ = page;
        false
    }

    /// True for a page that code of the site's own shows inside others, so that it is read as a part of these.
    fn is_part_of_others(&self, page: &PageFacts) -> bool {
        let _ = page;
        false
    }

    /// The language that the path of a page declares, as a tag.
    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        let _ = path;
        None
    }

    /// The language that a data file declares for the pages of its folder, as a tag; `und` where code makes it.
    fn language_of_data(&self, path: &str) -> Option<String> {
        let _ = path;
        None
    }
}
