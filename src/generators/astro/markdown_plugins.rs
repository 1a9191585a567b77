//! Plugins of remark and rehype that the configuration names, and what is known of them.
//!
//! Source: the READMEs of the packages; remark's and rehype's lists of plugins.

use crate::generators::Folder;
use crate::generators::around::from_root;
use crate::generators::js_config::{At, Module, Value};
use crate::generators::own_code::code_file;

/// Packages that leave the addresses of links and pictures as they are, all that begins so included (`remark-lint-…`).
const LEAVE_LINKS: [&str; 58] = [
    "rehype-accessible-emojis",
    "rehype-add-classes",
    "rehype-attrs",
    "rehype-autolink-headings",
    "rehype-callouts",
    "rehype-class-names",
    "rehype-code",
    "rehype-custom-emoji",
    "rehype-expressive-code",
    "rehype-external-links",
    "rehype-figure",
    "rehype-github-alerts",
    "rehype-highlight",
    "rehype-img-size",
    "rehype-katex",
    "rehype-mathjax",
    "rehype-mathml",
    "rehype-mermaid",
    "rehype-minify",
    "rehype-plugin-image-native-lazy-loading",
    "rehype-pretty-code",
    "rehype-prism",
    "rehype-raw",
    "rehype-section",
    "rehype-slug",
    "rehype-title-figure",
    "rehype-toc",
    "rehype-unwrap-images",
    "rehype-wrap",
    "remark-abbr",
    "remark-attr",
    "remark-breaks",
    "remark-budoux",
    "remark-cjk",
    "remark-code",
    "remark-collapse",
    "remark-custom-heading-id",
    "remark-definition-list",
    "remark-deflist",
    "remark-directive",
    "remark-emoji",
    "remark-extended-table",
    "remark-flexible",
    "remark-footnotes",
    "remark-gemoji",
    "remark-gfm",
    "remark-github-admonitions-to-directives",
    "remark-github-blockquote-alert",
    "remark-heading-id",
    "remark-hint",
    "remark-ins",
    "remark-lint",
    "remark-math",
    "remark-reading-time",
    "remark-ruby",
    "remark-shiki-twoslash",
    "remark-smartypants",
    "remark-toc",
];

/// True where one of a list of plugins may make other addresses of links or pictures. What the site's own code does is read
/// elsewhere.
#[must_use]
pub fn may_move_links(folder: &Folder<'_>, name: &str, plugins: At<'_>, module: &Module) -> bool {
    if plugins.is_absent() {
        return false;
    }
    if !matches!(plugins.value, Value::List(_)) {
        return true;
    }
    plugins.items().any(|item| {
        let plugin = own(item);
        if matches!(plugin.value, Value::Function(_)) {
            return false;
        }
        let package = package(plugin, module);
        if package.starts_with('.') {
            return code_file(folder, &from_root(crate::discover::parent(name), package)).is_none();
        }
        let bare = package.rsplit_once('/').filter(|_| package.starts_with('@')).map_or(package, |(_, bare)| bare);
        !LEAVE_LINKS.iter().any(|known| bare.starts_with(known))
    })
}

/// True where one of them draws formulas, before ids are made of headings.
#[must_use]
pub fn draw_formulas(plugins: At<'_>, module: &Module) -> bool {
    let draws = |item: At<'_>| {
        ["rehype-katex", "rehype-mathjax"].iter().any(|name| package(own(item), module).starts_with(name))
    };
    plugins.items().any(draws)
}

/// The plugin itself of `[plugin, options]`.
fn own(item: At<'_>) -> At<'_> {
    item.items().next().unwrap_or(item)
}

/// The package that a plugin comes from.
fn package<'m>(plugin: At<'m>, module: &'m Module) -> &'m str {
    match (plugin.text(), plugin.steps()) {
        (Some(text), _) => text,
        (_, [step]) => module.package_of(&step.name).unwrap_or_default(),
        _ => "",
    }
}
