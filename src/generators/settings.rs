//! What one site is like: plain facts that its generator's documentation and its own configuration say.

use super::heading_ids;
use super::own_code::Changes;
use crate::finding::FilePath;
use crate::page::dialect::Dialect;
use crate::page::front_matter::Dialect as YamlDialect;
use crate::source::Span;

/// How the head of a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heads {
    /// Between fences: front matter.
    Fences,
    /// `Key: value` lines up to the first empty one, with or without fences: Python-Markdown's `meta` (Pelican).
    Lines,
}

/// How wiki links find notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// By their names, wherever they lie.
    Name,
    /// By their paths from the folder of notes.
    PathFromRoot,
    /// By their paths from the folder of the page.
    PathFromPage,
}

/// Plain facts about one site.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme and host: `https://example.org`.
    pub url: Option<String>,
    /// What stands before every path: `""` or `/blog`.
    pub base_path: String,
    /// The program puts that folder before links from the root that do not have it, or before all.
    pub adds_base: bool,
    /// Nothing puts it before the links of texts: who forgets it is taken to another site.
    pub base_is_written: bool,
    /// No plugin looks files up by their names: what lies elsewhere is not found.
    pub files_by_path: bool,
    /// The site's main language, as its configuration says.
    pub language: Option<String>,
    /// Where its configuration says it.
    pub language_at: Option<(FilePath, Span)>,
    /// How its configuration says the language, with `TAG` and `NAME` for those of the language.
    pub language_is_set_by: Option<&'static str>,
    /// The languages that it is published in, where it says so.
    pub languages: Vec<String>,
    /// How its Markdown differs from CommonMark.
    pub dialect: Dialect,
    /// How headings get ids.
    pub heading_ids: heading_ids::Algorithm,
    /// The configuration says that headings get no ids but those that are written.
    pub leaves_out_ids: bool,
    /// Ids of headings keep capitals or lose accents: only what differs in its letters is missing, and no id is proposed.
    pub ids_respelt: bool,
    /// Ids that headings may have as well, by what is not read: such an id is not called missing.
    pub also_ids: &'static [heading_ids::Algorithm],
    /// The version is not known to take only the first node of a link or emphasis in a heading: its whole text may be in the
    /// id, too.
    pub whole_headings: bool,
    /// How its YAML reads scalars.
    pub yaml: YamlDialect,
    /// A page is found without its extension: `/about` finds `/about.html`.
    pub extensionless: bool,
    /// A page that is written to `a.html` and called `/a` may be served as `/a/`, as the server likes, so that relative paths
    /// may begin in either folder.
    pub slash_may_follow: bool,
    /// A page that is written to `a/index.html` may be called `/a` or `/a/`: neither the generator nor its links say which.
    pub slash_by_host: bool,
    /// A link to a source file that there is none of stops the build; else the generator only warns.
    pub stops_at_dead_links: bool,
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
    /// True when an address may come from the first heading of a page.
    pub addresses_from_headings: bool,
    /// How the head of a page is written.
    pub heads: Heads,
    /// True when something builds the site that postlint does not know: where its pages and files end up is unknown.
    pub unknown_generator: bool,
    /// Folders (with `/` at the end) whose pages such a program builds, where it does not build all.
    pub built_below: Vec<String>,
    /// A page with front matter is part of a site that another repository builds: nobody writes it for a code host.
    pub front_matter_is_for_elsewhere: bool,
    /// The configuration does not parse, so that what depends on it is not judged: addresses, folders, ids of headings.
    pub unreadable: bool,
    /// A link without a text to a video or gist becomes a player.
    pub embeds_links: bool,
    /// A destination between backticks is a name, which a filter looks up and makes a link with a text of (Quarto's interlinks).
    pub looks_up_backticks: bool,
    /// `aliases` are other names of a note (Obsidian), which become redirects besides.
    pub aliases_are_names: bool,
    /// A path without a slash before it begins at the site's root all the same.
    pub paths_begin_at_the_root: bool,
    /// How wiki links find notes.
    pub notes_are_found_by: FoundBy,
    /// Whether anything makes redirects of what pages name as their former addresses is not known.
    pub aliases_may_be_nothing: bool,
    /// The folder of files that templates take up and publish elsewhere, relative to the site's root (Hugo's `assets`).
    pub resources: Option<String>,
    /// The folder into which an editor puts what is dropped on a note, as its settings name it (Obsidian).
    pub attachments: Option<String>,
    /// A link's fragment is written as it stands, where another version makes an id of it (VitePress before
    /// 2.0.0-alpha.5).
    pub fragments_stay: bool,
    /// A fragment alone (`#Heading`) stays as it is written, where links to other pages are made to fit their headings.
    pub own_fragments_stay: bool,
    /// `[12:34]()` leads to that time of the recording which the note names (Obsidian's media-notes).
    pub times_are_links: bool,
    /// A link names a heading by its words, whatever signs stand between them (Obsidian).
    pub headings_by_words: bool,
    /// What the address of a term's list is made of, where several spellings may have one list (Zola, Pelican, Hugo, Docusaurus).
    pub term_slug: Option<fn(&str) -> String>,
    /// The only taxonomy of which that is true (Material's blog: its categories).
    pub slugged_terms: Option<&'static str>,
    /// A page that is not translated is shown in the default language, at its own address (Docusaurus, Starlight).
    pub originals_stand_in: bool,
    /// A path that climbs above the root stays there, as nothing lies above (Obsidian).
    pub root_is_top: bool,
    /// Only the front matter of most pages says that an unknown generator builds the site: READMEs are read on the code host.
    pub readmes_are_read: bool,
    /// Pages without front matter are pages by a favour of the code host that shows them as well (GitHub Pages).
    pub bare_pages_are_read: bool,
    /// Keys of front matter whose values the program makes links of, with dots.
    pub link_keys: &'static [&'static str],
    /// `<Component />` in a page is replaced by what a program makes of it, which may have ids.
    pub components: bool,
    /// The first `<!-- more -->` of a page becomes an element with the id `more` (Hexo).
    pub more_is_an_id: bool,
    /// What begins like a template tag and does not end is text.
    pub open_tags_are_text: bool,
    /// Code of the site's own may replace comments in pages by elements with ids.
    pub comments_become_elements: bool,
    /// Paths in raw HTML stay as they are, where the generator turns paths of source files in Markdown into URLs.
    pub html_is_written_as_it_is: bool,
    /// Only the path of a source file, written from the page's folder, is looked up when the site is built, so that it is
    /// right wherever the site is published (MkDocs, Docusaurus).
    pub links_name_sources: bool,
    /// The ending of a source file is taken only off the end of a destination, so that `b.md#part` leads nowhere (Quartz 3).
    pub sources_have_no_fragments: bool,
    /// Other versions of the site are published beside it, in folders above its root.
    pub sister_versions: bool,
    /// Sources of one name may have had another ending before: `a.Rmd` has become `a.qmd`.
    pub sources_change_endings: bool,
    /// Labels of links that code of the site's own defines for every page, in small letters.
    pub labels: Vec<String>,
    /// What code of the site's own changes in pages before they are shown.
    pub changes: Changes,
    /// `<!--more-->` means something: to the generator, in its configuration or in a template.
    pub more_comment: bool,
    /// Folders that are copied to the site's root, where a host looks for `_redirects`.
    pub public: Vec<String>,
    /// Files with a head that are published as `_redirects`, relative to the root.
    pub redirects: Vec<String>,
    /// The same of those that are published as `.htaccess`.
    pub rewrites: Vec<String>,
    /// A page that is not published is its writer's own: what only readers would stumble over is no fault of it.
    pub keeps_pages_back: bool,
    /// What a person should know about how the site was read, as sentences.
    pub notes: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            url: None,
            base_path: String::new(),
            adds_base: false,
            base_is_written: false,
            files_by_path: false,
            language: None,
            language_at: None,
            language_is_set_by: None,
            languages: Vec::new(),
            dialect: Dialect::COMMONMARK,
            heading_ids: heading_ids::Algorithm::None,
            leaves_out_ids: false,
            ids_respelt: false,
            also_ids: &[],
            whole_headings: false,
            yaml: YamlDialect::JsYaml4,
            extensionless: false,
            slash_may_follow: false,
            slash_by_host: false,
            stops_at_dead_links: true,
            folders: false,
            makes_pages: false,
            takes_from_elsewhere: false,
            definition_term_ids: false,
            makes_any_page: false,
            addresses_from_headings: false,
            heads: Heads::Fences,
            unknown_generator: false,
            built_below: Vec::new(),
            front_matter_is_for_elsewhere: false,
            unreadable: false,
            embeds_links: false,
            looks_up_backticks: false,
            fragments_stay: false,
            own_fragments_stay: false,
            times_are_links: false,
            headings_by_words: false,
            term_slug: None,
            slugged_terms: None,
            originals_stand_in: false,
            root_is_top: false,
            readmes_are_read: false,
            bare_pages_are_read: false,
            aliases_are_names: false,
            paths_begin_at_the_root: false,
            notes_are_found_by: FoundBy::Name,
            aliases_may_be_nothing: false,
            resources: None,
            attachments: None,
            link_keys: &[],
            components: false,
            more_is_an_id: false,
            open_tags_are_text: false,
            comments_become_elements: false,
            html_is_written_as_it_is: false,
            links_name_sources: false,
            sources_have_no_fragments: false,
            sister_versions: false,
            sources_change_endings: false,
            labels: Vec::new(),
            changes: Changes::default(),
            more_comment: true,
            public: vec![String::new()],
            redirects: Vec::new(),
            rewrites: Vec::new(),
            keeps_pages_back: false,
            notes: Vec::new(),
        }
    }
}
