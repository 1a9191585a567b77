//! What plugins of Starlight publish beside the pages of the site.
//!
//! Source: the READMEs of the packages; the list "Plugins and Integrations" of Starlight's documentation.

use crate::generators::js_config::{At, Module, Value};
use crate::site::destination::is_in_folder;

/// What the plugins of a site publish.
#[derive(Debug, Clone, Default)]
pub struct Plugins {
    /// One that is not known may add any page.
    pub unknown: bool,
    /// Folders of pages (`blog/`) that known ones fill.
    pub below: Vec<String>,
    /// Folders (`blog`) of posts that lie among the pages: lists of them are made.
    pub blogs: Vec<String>,
}

impl Plugins {
    /// True for an address below which a known plugin makes a page, without slashes around it.
    #[must_use]
    pub fn make(&self, bare: &str) -> bool {
        let of_blog = |blog: &String| {
            let Some(rest) = bare.strip_prefix(blog.as_str()) else { return false };
            let Some(rest) = rest.strip_prefix('/') else { return rest.is_empty() };
            let first = rest.split('/').next().unwrap_or_default();
            matches!(first, "tags" | "authors") || rest == "rss.xml" || rest.bytes().all(|byte| byte.is_ascii_digit())
        };
        self.blogs.iter().any(of_blog) || self.below.iter().any(|folder| is_in_folder(bare, folder))
    }
}

/// Words in the names of plugins that check, style or add files, and no pages.
const QUIET: [&str; 29] = [
    "link",
    "llms",
    "image",
    "theme",
    "heading",
    "sidebar",
    "toc",
    "view",
    "scroll",
    "kbd",
    "package",
    "docsearch",
    "utils",
    "giscus",
    "announcement",
    "catppuccin",
    "flexoki",
    "copy",
    "actions",
    "contributor",
    "credit",
    "tweak",
    "graph",
    "autodrafts",
    "auto-drafts",
    "video",
    "alerts",
    "icons",
    "menu",
];

/// Plugins that fill a folder: a word of their name, the option that names it, and what it is otherwise.
const FILLED: [(&str, &str, &str); 2] = [("typedoc", "output", "api"), ("obsidian", "output", "notes")];

/// starlight-blog, whose posts are pages like others.
const BLOG: (&str, &str, &str) = ("blog", "prefix", "blog");

/// Reads the list of plugins.
#[must_use]
pub fn read(plugins: At<'_>, module: &Module) -> Plugins {
    let mut found = Plugins { unknown: plugins.is_unknown(), ..Plugins::default() };
    for one in plugins.items() {
        let name = one.steps().first().map(|step| step.name.as_str()).unwrap_or_default();
        let package = module.package_of(name).unwrap_or_default().to_lowercase();
        let name = name.to_lowercase();
        let says = |word: &str| name.contains(word) || package.contains(word);
        if QUIET.iter().any(|word| says(word)) {
            continue;
        }
        if says(BLOG.0) {
            match folder(one, &BLOG) {
                Some(folder) => found.blogs.push(folder.trim_end_matches('/').to_owned()),
                None => found.unknown = true,
            }
            continue;
        }
        match FILLED.iter().find(|(word, ..)| says(word)).and_then(|filled| folder(one, filled)) {
            Some(folder) => found.below.push(folder),
            None => found.unknown = true,
        }
    }
    found
}

/// The folder that a plugin fills; nothing where code says it.
fn folder(plugin: At<'_>, (_, option, usual): &(&str, &str, &str)) -> Option<String> {
    let options = plugin.argument(0);
    let written = match options.value {
        Value::Absent => usual,
        Value::Map(_) if options.is_whole() => match options.get(option) {
            own if own.is_absent() => usual,
            own => own.text()?,
        },
        _ => return None,
    };
    let bare = written.trim_matches(['/', '.']);
    (!bare.is_empty()).then(|| format!("{bare}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_they_publish() {
        let of = |plugins: &str| {
            let text = format!(
                "import tools from '@lorenzo_lewis/starlight-utils'\nexport default {{ plugins: [{plugins}] }}"
            );
            let module = Module::read(&text);
            let found = read(module.config().get("plugins"), &module);
            (found.unknown, [found.below, found.blogs].concat())
        };
        assert_eq!(of("starlightImageZoom(), tools({ multiSidebar: {} })"), (false, vec![]));
        assert_eq!(of("starlightBlog()"), (false, vec!["blog".to_owned()]));
        assert_eq!(of("starlightBlog({ prefix: '/news' })"), (false, vec!["news".to_owned()]));
        assert_eq!(of("starlightBlog({ prefix })"), (true, vec![]));
        assert_eq!(of("starlightOpenAPI([{ base: 'api' }])"), (true, vec![]));
    }
}
