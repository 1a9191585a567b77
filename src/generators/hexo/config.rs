//! `_config.yml` as far as it decides what is published where.
//!
//! Source: hexo 8.1 `default_config`, the page "Configuration" of its documentation, the READMEs of the two renderers.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::generators::heading_ids::Algorithm;
use crate::generators::package_json::Packages;
use crate::generators::values::{flag, list, text};

/// Who turns Markdown into HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renderer {
    /// hexo-renderer-marked, which every new site has.
    Marked,
    /// hexo-renderer-markdown-it.
    MarkdownIt,
    /// hexo-renderer-pandoc without options of the site's own; before 0.5 it switches Pandoc's typography off.
    Pandoc {
        /// Quotes and dashes become typographic ones.
        smart: bool,
    },
    /// Another one: its ids are not known.
    Other,
}

/// How a slug's letters are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// Not at all.
    #[default]
    Kept,
    /// To lower case.
    Lower,
    /// To upper case.
    Upper,
}

impl Case {
    /// From the numbers that Hexo's configuration uses.
    #[must_use]
    pub fn of(value: Option<&Value>) -> Case {
        match text(value).as_deref() {
            Some("1") => Case::Lower,
            Some("2") => Case::Upper,
            _ => Case::Kept,
        }
    }
}

/// The configuration of a Hexo site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Hexo before 5: a post's `permalink` stands in the pattern as its `:title`, and is no address of its own.
    /// Source: hexo 3.1, 3.9 and 4.2 `lib/plugins/processor/post.js`; 5.0 is the first with `__permalink`.
    pub permalinks_are_slugs: bool,
    /// Hexo before 3: what begins like a tag and does not end is text (swig).
    pub open_tags_are_text: bool,
    /// Scheme and host.
    pub url: Option<String>,
    /// `root` without a slash at its end.
    pub root: String,
    /// Folder of the sources.
    pub source: String,
    /// Pattern of a post's URL.
    pub permalink: String,
    /// What placeholders stand for that a post says nothing about.
    pub permalink_defaults: Vec<(String, String)>,
    /// `timezone`.
    pub zone: Option<TimeZone>,
    /// Pattern of the names of post files, without its extension.
    pub post_name: String,
    /// Extension of post files, where assets lie beside them.
    pub post_extension: String,
    /// Files in a folder named like a post belong to it.
    pub post_assets: bool,
    /// Files that are copied, not rendered.
    pub skip_render: GlobSet,
    /// Hidden files that are taken all the same.
    pub include: GlobSet,
    /// Files that are left out.
    pub exclude: GlobSet,
    /// Posts of the future are published.
    pub future: bool,
    /// Drafts are published.
    pub drafts: bool,
    /// The category of posts without one.
    pub default_category: String,
    /// Other spellings of categories in URLs.
    pub category_map: Vec<(String, String)>,
    /// How the letters of categories change in URLs.
    pub filename_case: Case,
    /// Folders of generated lists: tags, categories, archives; then the word for further pages.
    pub lists: [String; 3],
    /// Where the list of all posts is published; empty for the site's root.
    pub index: String,
    /// `hexo-asset-link` makes addresses of paths to the files of a post.
    pub links_to_assets: bool,
    /// Sizes of the copies that `hexo-filter-responsive-images` makes of pictures.
    pub picture_sizes: Vec<String>,
    /// `page` in `/page/2/`.
    pub pagination: String,
    /// The languages, the main one first.
    pub languages: Vec<String>,
    /// `i18n_dir`.
    pub language_dir: String,
    /// Name of the theme.
    pub theme: Option<String>,
    /// Who renders Markdown.
    pub renderer: Renderer,
    /// `[text](a b)` is a link.
    pub blanks_in_destination: bool,
    /// Headings have ids.
    pub heading_ids: bool,
    /// The letters of ids.
    pub id_case: Case,
    /// The ids have another sign than `-` where the heading has a blank.
    pub own_separator: bool,
    /// From this level on headings have ids (markdown-it).
    pub id_level: u8,
    /// Straight quotes and dashes become typographic ones.
    pub typography: bool,
    /// Bare URLs become links.
    pub linkify: bool,
    /// Code in fences is highlighted, before Markdown is read.
    pub highlights: bool,
    /// Relative images are taken from the site's root.
    pub prepend_root: bool,
    /// The renderer certainly puts the site's root before every path of an image in Markdown, also where it is there.
    pub roots_images: bool,
    /// Relative images are looked for among the post's assets first.
    pub post_asset_images: bool,
}

impl Config {
    /// Reads the values; whatever is of an unexpected type counts as absent.
    #[must_use]
    pub fn new(value: &Value, packages: &Packages) -> Config {
        let string = |key: &str| text(value.get(key)).filter(|text| !text.is_empty());
        let own = |key: &str, default: &str| string(key).unwrap_or_else(|| default.to_owned());
        let folder = |key: &str, default: &str| own(key, default).trim_start_matches("./").trim_matches('/').to_owned();
        let is = |key: &str, default: bool| flag(value.get(key)).unwrap_or(default);
        let renderer = match renderer(packages) {
            Renderer::Pandoc { .. } if value.get("pandoc").is_some() => Renderer::Other,
            renderer => renderer,
        };
        let marked = |key: &str| value.get("marked").and_then(|map| map.get(key));
        let enabled = |key: &str| flag(value.get(key).and_then(|map| map.get("enable")));
        let render = |key: &str| value.get("markdown")?.get("render")?.get(key);
        let anchors = |key: &str| value.get("markdown")?.get("anchors")?.get(key);
        let new_post = own("new_post_name", ":title.md");
        let (post_name, post_extension) = match new_post.rsplit_once('.') {
            Some((name, extension)) if !extension.contains('/') => (name.to_owned(), extension.to_owned()),
            _ => (new_post.clone(), String::new()),
        };
        let by_marked = renderer == Renderer::Marked;
        // The default of `prependRoot` since hexo-renderer-marked 5.
        let prepends = packages.major("hexo-renderer-marked").is_none_or(|major| major >= 5);
        let prepend_root = by_marked && flag(marked("prependRoot")).unwrap_or(prepends) && !is("relative_link", false);
        let major = packages.major("hexo").or(packages.own_version("hexo"));
        let (url, path) = split_url(string("url").as_deref());
        Config {
            permalinks_are_slugs: major.is_some_and(|major| major < 5),
            open_tags_are_text: major.is_some_and(|major| major < 3),
            url,
            zone: string("timezone").and_then(|name| TimeZone::get(&name).ok()),
            root: match string("root").as_deref().map(|root| root.trim_matches('/')) {
                Some("") => String::new(),
                Some(root) => format!("/{root}"),
                None => path,
            },
            source: folder("source_dir", "source"),
            permalink: own("permalink", ":year/:month/:day/:title/"),
            permalink_defaults: pairs(value.get("permalink_defaults")),
            post_name,
            post_extension,
            post_assets: is("post_asset_folder", false),
            skip_render: globs(&list(value.get("skip_render"))),
            include: globs(&list(value.get("include"))),
            exclude: globs(&list(value.get("exclude"))),
            future: is("future", true),
            drafts: is("render_drafts", false),
            default_category: own("default_category", "uncategorized"),
            category_map: pairs(value.get("category_map")),
            filename_case: Case::of(value.get("filename_case")),
            lists: [folder("tag_dir", "tags"), folder("category_dir", "categories"), folder("archive_dir", "archives")],
            index: text(value.get("index_generator").and_then(|index| index.get("path")))
                .map(|path| path.trim_matches('/').to_owned())
                .unwrap_or_default(),
            links_to_assets: packages.names().any(|name| name == "hexo-asset-link"),
            picture_sizes: picture_sizes(value.get("responsive_images")),
            pagination: folder("pagination_dir", "page"),
            languages: list(value.get("language")),
            language_dir: folder("i18n_dir", ":lang"),
            theme: string("theme").filter(|theme| theme != "false"),
            renderer,
            blanks_in_destination: takes_blanks(packages),
            heading_ids: match renderer {
                Renderer::Marked => flag(marked("headerIds")).unwrap_or(true),
                // `anchors: false` is merged with the defaults and changes nothing.
                Renderer::MarkdownIt | Renderer::Pandoc { .. } => true,
                Renderer::Other => false,
            },
            id_case: if by_marked { Case::of(marked("modifyAnchors")) } else { Case::of(anchors("case")) },
            own_separator: !by_marked && anchors("separator").is_some_and(|separator| separator != "-"),
            id_level: text(anchors("level")).and_then(|level| level.parse().ok()).unwrap_or(2),
            typography: if by_marked {
                flag(marked("smartypants")).unwrap_or(true)
            } else {
                flag(render("typographer")).unwrap_or(true)
            },
            linkify: if by_marked {
                flag(marked("autolink")).unwrap_or(true)
            } else {
                flag(render("linkify")).unwrap_or(true)
            },
            highlights: match value.get("syntax_highlighter") {
                Some(chosen) => text(Some(chosen)).is_some_and(|name| !matches!(&*name, "" | "false")),
                None => enabled("highlight").unwrap_or(true) || enabled("prismjs").unwrap_or(false),
            },
            prepend_root,
            roots_images: prepend_root && packages.major("hexo-renderer-marked").is_some_and(|major| major >= 5),
            post_asset_images: by_marked && flag(marked("postAsset")).unwrap_or(false),
        }
    }

    /// How headings get their ids.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match (self.renderer, self.heading_ids, self.id_case, self.typography) {
            (Renderer::MarkdownIt, true, ..) if self.own_separator => Algorithm::Unknown,
            (Renderer::Marked | Renderer::MarkdownIt, false, ..) => Algorithm::None,
            (Renderer::Pandoc { smart }, ..) if smart => Algorithm::Pandoc,
            (Renderer::Pandoc { .. }, ..) => Algorithm::PandocPlain,
            (Renderer::Marked, _, Case::Kept, true) => Algorithm::HexoMarked,
            (Renderer::Marked, _, Case::Lower, true) => Algorithm::HexoMarkedLower,
            (Renderer::Marked, _, Case::Kept, false) => Algorithm::HexoMarkedPlain,
            (Renderer::Marked, _, Case::Lower, false) => Algorithm::HexoMarkedPlainLower,
            (Renderer::MarkdownIt, _, Case::Kept, true) if self.id_level <= 1 => Algorithm::HexoMarkdownItAll,
            (Renderer::MarkdownIt, _, Case::Kept, true) if self.id_level == 2 => Algorithm::HexoMarkdownIt,
            _ => Algorithm::Unknown,
        }
    }
}

/// A site with several renderers for Markdown uses the one that is loaded last; that cannot be told from the names.
fn renderer(packages: &Packages) -> Renderer {
    const OTHERS: [&str; 6] = ["kramed", "pandoc", "markdown-it-plus", "remark", "mathjax", "hexo-renderer-multi"];
    let renderers = || packages.names().filter(|name| name.contains("hexo-renderer-"));
    let markdown =
        |name: &&str| name.contains("mark") || name.contains("md") || OTHERS.iter().any(|other| name.contains(other));
    let pandoc = "hexo-renderer-pandoc";
    if packages.has(pandoc) && renderers().filter(markdown).count() == 1 {
        return match (packages.major(pandoc), packages.minor(pandoc)) {
            (Some(0), Some(minor)) => Renderer::Pandoc { smart: minor >= 5 },
            _ => Renderer::Other,
        };
    }
    let renderers = renderers();
    let mut found = Renderer::Marked;
    for name in renderers {
        if OTHERS.iter().any(|other| name.contains(other)) {
            return Renderer::Other;
        }
        if name.contains("hexo-renderer-markdown-it") {
            found = Renderer::MarkdownIt;
        }
    }
    found
}

/// True for renderers that read a destination up to its parenthesis, whatever blanks it has.
/// Source: kramed 0.5.6 and marked 0.3.19 (hexo-renderer-marked before 1.0), `inline.link`; what Pandoc makes of
/// `[a](/u v.png)`.
fn takes_blanks(packages: &Packages) -> bool {
    let marked = "hexo-renderer-marked";
    let others = ["hexo-renderer-kramed", "hexo-renderer-pandoc"].iter().any(|other| packages.has(other));
    others && !packages.has(marked) || packages.major(marked) == Some(0)
}

/// The names under `sizes` of one set of options, or of several.
fn picture_sizes(options: Option<&Value>) -> Vec<String> {
    let several = options.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let sizes = options.into_iter().chain(several).filter_map(|one| one.get("sizes")?.as_object());
    sizes.flat_map(|sizes| sizes.keys().cloned()).collect()
}

/// `https://a.example/blog` → the host and `/blog`.
fn split_url(url: Option<&str>) -> (Option<String>, String) {
    let Some(url) = url else { return (None, String::new()) };
    let host_start = url.find("://").map_or(0, |at| at + 3);
    let host_end = url.get(host_start..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| host_start + at);
    let (host, path) = url.split_at(host_end);
    (Some(host.to_owned()).filter(|host| host != "http://example.com"), path.trim_end_matches('/').to_owned())
}

fn pairs(value: Option<&Value>) -> Vec<(String, String)> {
    let map = value.and_then(Value::as_object);
    map.into_iter().flatten().filter_map(|(key, value)| Some((key.clone(), text(Some(value))?))).collect()
}

/// Patterns over paths below the source folder, as micromatch reads them.
fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns.iter().filter(|pattern| !pattern.is_empty() && !pattern.starts_with('!')) {
        let glob: Result<Glob, _> = GlobBuilder::new(pattern).literal_separator(true).build();
        if let Ok(glob) = glob {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}
