//! What an Eleventy configuration decides: folders, formats, what is copied, how headings get ids.
//!
//! Source: Eleventy's documentation ("Configuration", "Passthrough file copy", "Permalinks") and Eleventy 3.1 itself.

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use super::code::Code;
use crate::discover::join;
use crate::generators::Folder;
use crate::generators::heading_ids::Algorithm;
use crate::generators::js_config::{self, At, Value};
use crate::generators::package_json::Packages;
use crate::site::destination;

/// A file or folder that is copied out as it is.
#[derive(Debug, Clone)]
pub struct Copied {
    /// A path, or the folder before the first star.
    pub from: String,
    /// The pattern, where it is one.
    pub glob: Option<GlobMatcher>,
    /// Where it goes; nothing for "where it lies".
    pub to: Option<String>,
}

/// The configuration of an Eleventy site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the sources, `""` for the root.
    pub input: String,
    /// Folders that are no content: includes, layouts, data, output.
    pub internal: Vec<String>,
    /// Folders of layouts.
    pub layouts: Vec<String>,
    /// Folder of global data.
    pub data: String,
    /// Extensions of templates, or of files that are copied.
    pub formats: Vec<String>,
    /// What stands before every path.
    pub prefix: String,
    /// What is copied.
    pub copied: Vec<Copied>,
    /// Code or another program may copy further files.
    pub copies_more: bool,
    /// Code decides what is copied where.
    pub copies_by_code: bool,
    /// Files that are not read.
    pub ignored: GlobSet,
    /// Templates run over Markdown.
    pub markdown_templates: bool,
    /// It is Nunjucks that reads Markdown first, which knows comments.
    pub template_comments: bool,
    /// How headings get ids.
    pub ids: Algorithm,
    /// `{#id}` works.
    pub attributes: bool,
    /// Bare URLs are links.
    pub linkify: bool,
    /// Pages may be made that no file shows.
    pub makes_pages: bool,
    /// The program makes the address of pages that name none.
    pub computes_permalinks: bool,
    /// Code of the site reads the dates of pages.
    pub reads_dates: bool,
    /// Drafts are known to the site.
    pub drafts: bool,
    /// Images are looked up beside their page and processed.
    pub image_plugin: bool,
    /// Paths of source files work as links.
    pub path_links: bool,
    /// A plugin (`eleventy-plugin-page-assets`) copies what lies beside a page to where the page is published.
    pub copies_beside: bool,
}

impl Config {
    /// The folders whose files are copied to the root of the output: `{ "./public/": "/" }`.
    pub fn copied_to_the_root(&self) -> impl Iterator<Item = String> {
        let at_root = |one: &&Copied| one.glob.is_none() && one.to.as_deref() == Some("") && !one.from.is_empty();
        self.copied.iter().filter(at_root).map(|one| one.from.clone())
    }

    /// Reads the configuration's text and what it loads.
    #[must_use]
    pub fn new(folder: &Folder<'_>, name: &str, code: &Code, packages: &Packages) -> Config {
        let module = js_config::load(folder, name);
        let root = module.config();
        let named = module.name("config");
        let value = |keys: &[&str]| {
            let beside = named.at(keys);
            if beside.is_absent() || beside.is_unknown() { root.at(keys) } else { beside }
        };
        let setter = |function: &str| match code.calls(function).into_iter().next_back()?.into_iter().next()? {
            Value::Text(text) => Some(text),
            _ => None,
        };
        let literal = |keys: &[&str]| value(keys).text().map(str::to_owned).or_else(|| value(keys).joined());
        let text = |keys: &[&str], function: &str| setter(function).or_else(|| literal(keys));
        let clean = |path: String| path.trim_start_matches("./").trim_matches('/').trim_matches('.').to_owned();
        let input = text(&["dir", "input"], "setInputDirectory").map(clean);
        let input_is_code = input.is_none() && value(&["dir", "input"]).is_unknown();
        // A package that completes the configuration (`{ ...base }`) says where the sources lie, and copies what it likes.
        let completed = |map: At<'_>| matches!(map.value, Value::Map(_)) && !map.is_whole();
        let handed_on = input_is_code && [root, named, value(&["dir"])].into_iter().any(completed);
        let input = match input {
            None if handed_on => folder_of_templates(folder),
            input => input.unwrap_or_default(),
        };
        // `../_data` lies beside the sources.
        let below = |path: String| {
            let joined = destination::join_as_browsers(&format!("/{input}"), path.trim_start_matches('/'));
            joined.trim_matches('/').to_owned()
        };
        let includes = below(text(&["dir", "includes"], "setIncludesDirectory").unwrap_or_else(|| "_includes".into()));
        let data = below(text(&["dir", "data"], "setDataDirectory").unwrap_or_else(|| "_data".into()));
        let output = clean(text(&["dir", "output"], "setOutputDirectory").unwrap_or_else(|| "_site".into()));
        let layouts = text(&["dir", "layouts"], "setLayoutsDirectory").map(below);
        let mut internal = vec![
            includes.clone(),
            data.clone(),
            output.clone(),
            "node_modules".into(),
            ".git".into(),
            ".github".into(),
        ];
        internal.extend(layouts.clone());
        // Written over the sources: what is no template lies where it is published.
        let in_place = output.is_empty();
        internal.retain(|folder| !folder.is_empty());
        let mut formats = match text_list(&value(&["templateFormats"]).texts(), code.calls("setTemplateFormats")) {
            formats if formats.is_empty() => ["liquid", "md", "njk", "html", "11ty.js"].map(str::to_owned).to_vec(),
            formats => formats,
        };
        formats.extend(text_list(&[], code.calls("addTemplateFormats")));
        for (plugin, format) in [("eleventy-plugin-webc", "webc"), ("eleventy-plugin-vento", "vto")] {
            // The plugin adds its format by itself.
            formats.extend(code.says(plugin).then(|| format.to_owned()));
        }
        let (mut copied, readable) = copied(code);
        if in_place {
            copied.push(copy("", None));
        }
        let builders = ["vite", "webpack", "gulp", "parcel", "rollup", "esbuild", "laravel-mix", "snowpack"];
        let other_builder = packages.names().any(|name| builders.iter().any(|builder| name.contains(builder)));
        let mut ignored: Vec<String> = code.calls("ignores.add").into_iter().flatten().filter_map(into_text).collect();
        for file in [".eleventyignore", &format!("{input}/.eleventyignore")] {
            let lines = folder.read(file).unwrap_or_default();
            ignored.extend(lines.lines().map(str::to_owned));
        }
        let engine = value(&["markdownTemplateEngine"]);
        Config {
            prefix: text(&["pathPrefix"], "setPathPrefix")
                .map(clean)
                .filter(|path| !path.is_empty())
                .map_or_else(String::new, |path| format!("/{path}")),
            internal,
            layouts: layouts.into_iter().chain([includes]).collect(),
            data,
            formats,
            copied,
            copies_more: !readable || handed_on || other_builder,
            copies_by_code: !readable || handed_on,
            ignored: globs(&ignored),
            markdown_templates: engine.flag() != Some(false),
            template_comments: engine.text() == Some("njk"),
            ids: if handed_on { Algorithm::Unknown } else { ids(code, packages) },
            attributes: code.says("markdown-it-attrs"),
            linkify: code.says("linkify: true") || code.says("linkify:true"),
            makes_pages: input_is_code || code.says("addTemplate(") || code.says("eleventy.after"),
            computes_permalinks: code.calls("addGlobalData").iter().any(|call| computes_permalinks(call, code)),
            reads_dates: code.says("addDateParsing("),
            drafts: hides_drafts(code),
            image_plugin: code.says("eleventy-img") || code.says("mageTransform") || code.says("local-images"),
            path_links: code.says("InputPathToUrl"),
            copies_beside: code.says("page-assets"),
            input,
        }
    }
}

/// The folder that sites usually have their sources in, if templates or data lie in it; else the root.
fn folder_of_templates(folder: &Folder<'_>) -> String {
    let holds = |name: &&str| {
        let inside = ["_includes", "_layouts", "_data"].map(|inside| join(name, inside));
        inside.iter().any(|inside| folder.below(inside).next().is_some())
    };
    ["src", "site", "content", "source"]
        .iter()
        .find(|name| holds(name))
        .map(|name| (*name).to_owned())
        .unwrap_or_default()
}

/// Eleventy itself gives no ids. Where a plugin does, with its own options it is known how; a transform of the finished
/// page may do anything.
fn ids(code: &Code, packages: &Packages) -> Algorithm {
    let anchor = code.says("markdown-it-anchor") || code.says("arkdownItAnchor");
    let plugin = code.says("IdAttributePlugin");
    let others = ["markdown-it-named-headings", "markdown-it-github-headings", "markdown-it-toc", "rehype", "remark"];
    let own =
        code.says("slugify:") || code.says("slugify,") || code.says("getTokensText") || code.says("addTransform(");
    let other = others.iter().any(|name| code.says(name)) || packages.names().any(|name| name.contains("headings"));
    match (anchor, plugin) {
        (true, false) if !own && !other => Algorithm::MarkdownItAnchor,
        (false, true) if !own && !other => Algorithm::EleventyIdAttribute,
        (false, false) if !code.says("addTransform(") && !other && !code.says("heading_open") => Algorithm::None,
        _ => Algorithm::Unknown,
    }
}

/// True for `addGlobalData("eleventyComputed", { permalink: … })` and its like.
fn computes_permalinks(call: &[Value], code: &Code) -> bool {
    match call {
        [Value::Text(name), Value::Map(entries), ..] if name == "eleventyComputed" => {
            entries.iter().any(|(key, _)| key == "permalink")
        }
        [Value::Text(name), ..] => matches!(name.as_str(), "permalink" | "eleventyComputed.permalink"),
        // `for (let key in data) config.addGlobalData(key, data[key])`
        [Value::Path(_) | Value::Unknown, ..] => code.says("permalink:"),
        _ => false,
    }
}

/// Eleventy itself knows no drafts, and a collection without them still publishes them: only what leaves a page unwritten
/// does not.
///
/// Source: the pages "Preprocessors" and "Permalinks" (`permalink: false`) of Eleventy's documentation.
fn hides_drafts(code: &Code) -> bool {
    code.says("draft") && ["addPreprocessor", "eleventyComputed", "ignores.add"].iter().any(|way| code.says(way))
}

fn into_text(value: Value) -> Option<String> {
    if let Value::Text(text) = value { Some(text) } else { None }
}

/// Formats, as a list or as words between commas.
fn text_list(own: &[String], calls: Vec<Vec<Value>>) -> Vec<String> {
    let mut all = own.to_vec();
    for value in calls.into_iter().flatten() {
        match value {
            Value::Text(text) => all.push(text),
            Value::List(items) => all.extend(items.into_iter().filter_map(into_text)),
            _ => {}
        }
    }
    all.iter().flat_map(|text| text.split(',')).map(|word| word.trim().to_owned()).filter(|w| !w.is_empty()).collect()
}

/// What `addPassthroughCopy` is called with, and whether all of it could be read: a pattern that code completes copies
/// files, too, to where they lie.
fn copied(code: &Code) -> (Vec<Copied>, bool) {
    let templates = code.templates("addPassthroughCopy");
    let (mut all, mut readable, mut unknown) = (Vec::new(), true, 0);
    all.extend(templates.iter().map(|path| copy(path, None)));
    for call in code.calls("addPassthroughCopy") {
        match call.into_iter().next() {
            Some(Value::Text(path)) => all.push(copy(&path, None)),
            Some(Value::Map(entries)) => {
                for (from, to) in entries {
                    match to {
                        Value::Text(to) if from != "..." => all.push(copy(&from, Some(&to))),
                        _ => readable = false,
                    }
                }
            }
            Some(Value::Unknown) => unknown += 1,
            _ => readable = false,
        }
    }
    (all, readable && unknown <= templates.len())
}

fn copy(from: &str, to: Option<&str>) -> Copied {
    let from = from.trim_start_matches("./").trim_matches('/');
    let clean = |path: &str| path.trim_start_matches("./").trim_matches('/').trim_matches('.').to_owned();
    let is_glob = from.contains(['*', '{', '?']);
    let glob = GlobBuilder::new(from).literal_separator(true).build().ok().map(|glob| glob.compile_matcher());
    Copied { from: from.to_owned(), glob: glob.filter(|_| is_glob), to: to.map(clean) }
}

/// Patterns of ignore files: a folder means what is below it.
fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns.iter().map(|line| line.trim()) {
        let bare = pattern.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
        if bare.is_empty() || pattern.starts_with(['#', '!']) {
            continue;
        }
        for glob in [bare.to_owned(), format!("{bare}/**"), format!("**/{bare}"), format!("**/{bare}/**")] {
            let anywhere = glob.starts_with("**/") && (pattern.starts_with('/') || bare.contains('/'));
            if let (false, Ok(glob)) = (anywhere, GlobBuilder::new(&glob).literal_separator(true).build()) {
                set.add(glob);
            }
        }
    }
    set.build().unwrap_or_default()
}
