//! The plugins of a MkDocs site: which of them publish pages, which leave files out, and which look names up.

use serde_json::{Map, Value};

use crate::generators::values::{list, text};

/// Plugins that publish no page that the sources do not show; others may.
const QUIET: [&str; 43] = [
    "autolinks",
    "autorefs",
    "awesome-pages",
    "awesome-nav",
    "charts",
    "exclude",
    "exclude-search",
    "external-markdown",
    "ezlinks",
    "git-authors",
    "git-committers",
    "git-committers-2",
    "git-revision-date",
    "git-revision-date-localized",
    "glightbox",
    "i18n",
    "include-markdown",
    "include_dir_to_nav",
    "info",
    "lightgallery",
    "literate-nav",
    "macros",
    "meta",
    "mermaid2",
    "meta-descriptions",
    "minify",
    "mkdocs-video",
    "mkdocstrings",
    "obsidian-interactive-graph",
    "offline",
    "open-in-new-tab",
    "optimize",
    "privacy",
    "projects",
    "redirects",
    "roamlinks",
    "rss",
    "search",
    "section-index",
    "social",
    "table-reader",
    "typeset",
    "video",
];

/// Names and options of plugins, in the three ways in which they can be written. Material's names without its prefix.
pub fn named(value: Option<&Value>) -> Vec<(String, Value)> {
    let bare = |name: &str| name.strip_prefix("material/").unwrap_or(name).to_owned();
    let of_map =
        |map: &Map<String, Value>| map.iter().map(|(name, options)| (bare(name), options.clone())).collect::<Vec<_>>();
    match value {
        Some(Value::Array(items)) => items
            .iter()
            .flat_map(|item| match item {
                Value::String(name) => vec![(bare(name), Value::Null)],
                Value::Object(map) => of_map(map),
                _ => Vec::new(),
            })
            .collect(),
        Some(Value::Object(map)) => of_map(map),
        _ => Vec::new(),
    }
}

/// True for a plugin that may publish pages which the sources do not show.
pub fn is_maker(name: &str) -> bool {
    !QUIET.contains(&name) && !matches!(name, "blog" | "tags" | "mkdocs-simple-hooks" | "group")
}

/// True where Material's plugin `offline` is on, which sets `use_directory_urls: false`. `!ENV [OFFLINE, false]` is taken for
/// its last item.
///
/// Source: `material/plugins/offline/plugin.py`.
pub fn is_offline(plugins: &[(String, Value)]) -> bool {
    plugins.iter().any(|(name, options)| {
        name == "offline"
            && match options.get("enabled") {
                None => true,
                Some(Value::Array(items)) => items.last() == Some(&Value::Bool(true)),
                Some(value) => value == &Value::Bool(true),
            }
    })
}

/// The file that mkdocs-literate-nav reads the navigation from, in every folder.
pub fn navigation_file(plugins: &[(String, Value)]) -> Option<String> {
    let (_, options) = plugins.iter().find(|(name, _)| name == "literate-nav")?;
    Some(text(options.get("nav_file")).unwrap_or_else(|| "SUMMARY.md".to_owned()))
}

/// True where a plugin looks a bare name of a file up in the whole docs folder.
///
/// Source: the READMEs of mkdocs-autolinks-plugin, mkdocs-ezlinks-plugin and mkdocs-roamlinks-plugin.
pub fn looks_names_up(plugins: &[(String, Value)]) -> bool {
    plugins.iter().any(|(name, _)| matches!(name.as_str(), "autolinks" | "ezlinks" | "roamlinks"))
}

/// Patterns of files that mkdocs-exclude leaves out, one on each line.
pub fn excluded(plugins: &[(String, Value)]) -> String {
    let options = plugins.iter().filter(|(name, _)| name == "exclude").map(|(_, options)| options.get("glob"));
    options.flat_map(list).map(|glob| format!("{glob}\n")).collect()
}
