//! `mkdocs.yml` as far as it decides what is published where.
//!
//! Source: the page "Configuration" of MkDocs' manual, `mkdocs/config/defaults.py`, and the manuals of the plugins.

use crate::hash::Set;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde_json::Value;

use super::blog::Blog;
use super::languages::Languages;
use super::{elsewhere, hooks, nav, plugins, snippets};
use crate::discover::{join, parent};
use crate::generators::heading_ids::Algorithm;
use crate::generators::navigation::NavEntry;
use crate::generators::own_code::Changes;
use crate::generators::python_markdown::Extensions;
use crate::generators::values::{flag, text};
use crate::generators::{Folder, Problem, config_file, replacing_code};
use crate::page::dialect::Templates;
use crate::site::destination;

/// The configuration of a MkDocs site.
pub struct Config {
    /// `docs_dir`, relative to the site's root.
    pub docs: String,
    /// The docs folder from the tree's base, where it lies outside of the configuration's folder: then it is the site's
    /// root.
    pub elsewhere: Option<String>,
    /// The docs folder is not there: a step before the build fills it.
    pub docs_are_made: bool,
    /// Scheme and host of `site_url`.
    pub url: Option<String>,
    /// Its path, without a slash at its end.
    pub base: String,
    /// `use_directory_urls`.
    pub directory_urls: bool,
    /// The language of the theme.
    pub language: Option<String>,
    /// Files that are not published: `exclude_docs` with what MkDocs leaves out by itself.
    pub excluded: Gitignore,
    /// Folders below the docs folder from which `pymdownx.snippets` takes parts of pages.
    pub snippets: Vec<String>,
    /// Folders, as they are written, in which parts of pages are looked for.
    pub snippet_bases: Vec<String>,
    /// `draft_docs`.
    pub drafts: Gitignore,
    /// Absolute links are paths in the docs folder.
    pub absolute_links: bool,
    /// Material's blogs.
    pub blogs: Vec<Blog>,
    /// The i18n plugin.
    pub languages: Option<Languages>,
    /// A bare name of a file leads to that file, wherever it lies.
    pub names_are_looked_up: bool,
    /// Former paths that the redirects plugin answers, as outputs: `/old/index.html`.
    pub redirects: Vec<String>,
    /// What the Markdown extensions and plugins make of a page.
    pub extensions: Extensions,
    /// Plugins or hooks that may publish more.
    pub makers: Vec<String>,
    /// Labels that files below every page define, in small letters; nothing where there are no such files, or they are not
    /// here.
    pub labels: Option<Vec<String>>,
    /// The file that says all this.
    pub file: String,
    /// What the hooks do to pages.
    pub changes: Changes,
    /// The theme is Material.
    pub material: bool,
    /// Addresses that belong to other sites in other languages: `/de`.
    pub alternates: Vec<String>,
    /// The configuration is another site's with changes: that site's files may be published here too.
    pub from_another_site: bool,
    /// Pages that the navigation names, below the docs folder: what is missing there is written before the build.
    pub nav: Set<String>,
    /// The entries of the navigation that name a page, each in its place.
    pub menu: Vec<NavEntry>,
    /// `<swagger-ui src>` and `<redoc src>` name a file as Markdown does: from the page's source.
    pub specs_by_source: bool,
    /// Other versions or languages are published beside this one, each in a folder of its own (mike).
    pub versions: bool,
    /// The name of files that are navigation, not pages to read.
    pub nav_file: Option<String>,
    /// The folder of the theme's own templates.
    pub theme_folder: Option<String>,
    /// What that folder publishes where it lies outside of the configuration's.
    pub theme_files: Set<String>,
}

impl Config {
    /// Reads the file and those that it inherits from.
    pub fn load(folder: &Folder<'_>, name: &str, problems: &mut Vec<Problem>) -> Config {
        let own = config_file::read(folder, name, problems);
        // Zensical's own file holds all of it in one table, and names of extensions are tables in each other.
        let zensical = name.ends_with(".toml");
        let own = if zensical { project(own) } else { own };
        let value = inherited(folder, name, own.clone(), problems, 0);
        let from_another_site =
            text(own.get("INHERIT")).is_some_and(|base| base.starts_with("..") && own.get("docs_dir").is_none());
        let theme = match value.get("theme") {
            Some(Value::String(name)) => serde_json::json!({ "name": name }),
            Some(other) => other.clone(),
            None => Value::Null,
        };
        // So is its address.
        let address = text(if from_another_site { own.get("site_url") } else { value.get("site_url") });
        let address = address.unwrap_or_default();
        let (url, base) = address_of(&address);
        let plugins = plugins::named(value.get("plugins"));
        let directory_urls = flag(value.get("use_directory_urls")).unwrap_or(true) && !plugins::is_offline(&plugins);
        let mut makers: Vec<String> =
            plugins.iter().map(|(name, _)| name).filter(|name| plugins::is_maker(name)).cloned().collect();
        let hooks: Vec<(String, Option<String>)> = crate::generators::values::list(value.get("hooks"))
            .into_iter()
            .map(|hook| (hook.clone(), folder.read(&hook)))
            .collect();
        let named = value.get("hooks").is_some_and(|hooks| !hooks.is_null());
        let quiet = |(_, code): &(_, Option<String>)| code.as_deref().is_some_and(hooks::makes_nothing);
        if named && (hooks.is_empty() || !hooks.iter().all(quiet)) {
            makers.push("hooks".to_owned());
        }
        let enabled = |wanted: &'static str| {
            plugins.iter().filter(move |(name, options)| name == wanted && flag(options.get("enabled")) != Some(false))
        };
        let redirects = enabled("redirects")
            .filter_map(|(_, options)| options.get("redirect_maps")?.as_object())
            .flat_map(|map| map.keys())
            .map(|old| format!("/{}", output(old, directory_urls)))
            .collect();
        let written = text(value.get("docs_dir")).unwrap_or_else(|| "docs".to_owned());
        let docs = folder_of(&written);
        let labels = snippets::labels(value.get("markdown_extensions"), folder);
        let elsewhere = elsewhere::docs(folder, &written);
        let made = docs.is_empty() && written.starts_with("..") || !folder.has_folder(&docs);
        let docs =
            if made && elsewhere.is_none() { elsewhere::filled_from(folder, &written) } else { None }.unwrap_or(docs);
        let theme_folder = text(theme.get("custom_dir"));
        let mut alternates = alternates(value.pointer("/extra/alternate"));
        let own_address = elsewhere.as_deref().and_then(|docs| elsewhere::own_address(docs, &mut alternates));
        Config {
            file: name.to_owned(),
            docs_are_made: made && elsewhere.is_none(),
            snippets: {
                let at = elsewhere.clone().unwrap_or_else(|| join(folder.root, &docs));
                snippets::folders(value.get("markdown_extensions"), folder, &at)
            },
            snippet_bases: snippets::bases(value.get("markdown_extensions")),
            theme_files: theme_folder.as_ref().map(|path| elsewhere::theme_files(folder, path)).unwrap_or_default(),
            docs,
            elsewhere,
            url,
            base: own_address.clone().filter(|_| base.is_empty()).unwrap_or(base),
            directory_urls,
            // The other site's language says nothing about this one.
            language: [&theme, own.get("theme").unwrap_or(&Value::Null)]
                .get(usize::from(from_another_site))
                .and_then(|theme| text(theme.get("language")).or_else(|| text(theme.get("locale")))),
            excluded: patterns(&format!(
                ".*\n/templates/\n{}{}",
                plugins::excluded(&plugins),
                text(value.get("exclude_docs")).unwrap_or_default()
            )),
            drafts: patterns(&text(value.get("draft_docs")).unwrap_or_default()),
            absolute_links: text(value.pointer("/validation/links/absolute_links"))
                .or_else(|| text(value.pointer("/validation/absolute_links")))
                .is_some_and(|word| word == "relative_to_docs"),
            blogs: enabled("blog").map(|(_, options)| Blog::new(options)).collect(),
            languages: enabled("i18n").find_map(|(_, options)| Languages::new(options)),
            redirects,
            nav_file: plugins::navigation_file(&plugins),
            names_are_looked_up: plugins::looks_names_up(&plugins),
            extensions: {
                let usual = DEFAULTS_OF_ZENSICAL.into_iter().collect();
                let written = value.get("markdown_extensions").or(zensical.then_some(&usual));
                let mut all = extensions(written, &plugins);
                all.dialect.foreign_labels |= all.appends && labels.is_none();
                all
            },
            labels,
            changes: {
                let code = || hooks.iter().filter_map(|(hook, code)| Some((hook.clone(), code.clone()?)));
                let mut found = replacing_code::changes(code().filter(|(_, code)| !hooks::only_reads(code)));
                if let Some((hook, _)) = code().find(|(_, code)| hooks::moves_pages(code)) {
                    (found.addresses, found.pictures) = (true, true);
                    found.file.get_or_insert(hook);
                }
                found
            },
            makers,
            material: zensical || text(theme.get("name")).is_some_and(|name| name == "material" || name == "materialx"),
            alternates,
            from_another_site,
            menu: nav::read(folder, name),
            specs_by_source: plugins.iter().any(|(name, _)| matches!(name.as_str(), "swagger-ui-tag" | "redoc-tag")),
            versions: own_address.is_some()
                || plugins.iter().any(|(name, _)| name == "mike")
                || text(value.pointer("/extra/version/provider")).is_some_and(|name| name == "mike"),
            nav: {
                let mut pages = Set::default();
                pages_of(value.get("nav").unwrap_or(&Value::Null), 0, &mut pages);
                pages
            },
            theme_folder: theme_folder.map(|folder| folder_of(&folder)),
        }
    }
}

/// Extensions that Zensical switches on where its configuration names none, as far as they matter here.
const DEFAULTS_OF_ZENSICAL: [&str; 11] = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "toc",
    "pymdownx.arithmatex",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.magiclink",
    "pymdownx.tabbed",
];

/// `[project]` of `zensical.toml`, with `[project.markdown_extensions.pymdownx.emoji]` under the extension's name.
fn project(mut own: Value) -> Value {
    let mut project = own.get_mut("project").map(Value::take).unwrap_or_default();
    if let Some(Value::Object(extensions)) = project.get_mut("markdown_extensions") {
        for group in ["pymdownx", "zensical"] {
            let inner = extensions.remove(group);
            for (name, options) in inner.as_ref().and_then(Value::as_object).into_iter().flatten() {
                extensions.insert(format!("{group}.{name}"), options.clone());
            }
        }
    }
    project
}

/// A file with the values of the one that `INHERIT` names under its own.
fn inherited(folder: &Folder<'_>, name: &str, value: Value, problems: &mut Vec<Problem>, depth: usize) -> Value {
    // Configurations that inherit from each other in a circle are no configurations.
    const DEPTH: usize = 8;
    let Some(base) = text(value.get("INHERIT")).filter(|_| depth < DEPTH) else { return value };
    let Some(path) = destination::join(&format!("/{}/{}", folder.root, parent(name)), &base) else { return value };
    let path = path.trim_start_matches('/');
    let whole = Folder { tree: folder.tree, root: "" };
    let base = config_file::read(&whole, path, problems);
    let mut under = inherited(&whole, path, base, problems, depth + 1);
    merge(&mut under, value);
    under
}

fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                merge(under.entry(key).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over,
    }
}

/// The pages that a navigation names, at any depth.
fn pages_of(nav: &Value, depth: usize, pages: &mut Set<String>) {
    match nav {
        _ if depth > 16 => {}
        Value::String(path) if super::is_page(path) => {
            pages.insert(path.trim_start_matches("./").to_owned());
        }
        Value::Array(items) => items.iter().for_each(|item| pages_of(item, depth + 1, pages)),
        Value::Object(map) => map.values().for_each(|item| pages_of(item, depth + 1, pages)),
        _ => {}
    }
}

/// The folders of the site's other languages that `extra.alternate` links to.
fn alternates(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    let links = items.filter_map(|item| text(item.get("link")));
    links
        .filter(|link| link.starts_with('/'))
        .map(|link| link.trim_end_matches('/').to_owned())
        .filter(|link| !link.is_empty())
        .collect()
}

/// What the extensions and the plugins that change pages make of one.
fn extensions(value: Option<&Value>, plugins: &[(String, Value)]) -> Extensions {
    // MkDocs itself switches `toc` on.
    let mut out = Extensions { heading_ids: Algorithm::PythonToc, ..Extensions::NONE };
    out.read(value);
    for (name, _) in plugins {
        match name.as_str() {
            "macros" | "include-markdown" | "table-reader" | "jinja" => out.dialect.templates = Templates::Liquid,
            "autorefs" => out.dialect.foreign_labels = true,
            "mkdocstrings" => {
                out.dialect.foreign_labels = true;
                out.dialect.includes = true;
            }
            _ => {}
        }
    }
    out
}

/// Scheme with host, and path without its last slash.
fn address_of(address: &str) -> (Option<String>, String) {
    let Some((scheme, rest)) = address.split_once("://") else { return (None, String::new()) };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.trim_matches('/');
    (Some(format!("{scheme}://{host}")), if path.is_empty() { String::new() } else { format!("/{path}") })
}

/// A folder as a path below the configuration: `./docs/` is `docs`, `.` is empty.
fn folder_of(path: &str) -> String {
    destination::join("/", &path.replace('\\', "/")).map(|path| path.trim_matches('/').to_owned()).unwrap_or_default()
}

fn patterns(lines: &str) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for line in lines.lines() {
        // A pattern that cannot be read excludes nothing, for us as for MkDocs, which then refuses to build.
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The file that a page is written to, both relative to their folders.
#[must_use]
pub fn output(source: &str, directory_urls: bool) -> String {
    let folder = parent(source);
    let name = crate::discover::file_name(source);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = if stem == "README" { "index" } else { stem };
    let file = if directory_urls && stem != "index" { format!("{stem}/index.html") } else { format!("{stem}.html") };
    join(folder, &file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_folders_and_outputs() {
        assert_eq!(address_of("https://a.example/b/c/"), (Some("https://a.example".into()), "/b/c".into()));
        assert_eq!(address_of("/b"), (None, String::new()));
        assert_eq!(folder_of("./docs/"), "docs");
        assert_eq!(output("a/b.md", true), "a/b/index.html");
        assert_eq!(output("a/README.md", true), "a/index.html");
        assert_eq!(output("a/b.md", false), "a/b.html");
    }

    #[test]
    fn patterns_are_those_of_gitignore() {
        let excluded = patterns(".*\n/templates/\n*.tmp.md\n/drafts\n!keep.tmp.md");
        let is = |path: &str| excluded.matched_path_or_any_parents(path, false).is_ignore();
        assert!(
            is(".authors.yml") && is("a/.hidden/x.md") && is("templates/a.md") && is("drafts/x.md") && is("a.tmp.md")
        );
        assert!(!is("a/templates/b.md") && !is("keep.tmp.md"));
    }
}
