//! Plugins of the site's own that wrap one of Docusaurus': `require('@docusaurus/plugin-content-blog')`, whose result is
//! spread into what the file exports. Such a plugin publishes what the wrapped one would, with the options beside it.

use super::content::Content;
use crate::discover::{extension, join};
use crate::generators::Folder;
use crate::generators::around::from_root;

/// What such a file makes.
pub struct Wrapped {
    /// The plugin inside.
    pub content: Content,
    /// The addresses that it adds.
    pub routes: Vec<String>,
    /// It may add others.
    pub unknown: bool,
}

/// Reads the file of a plugin that is named by its path.
#[must_use]
pub fn read(folder: &Folder<'_>, site: &str, name: &str) -> Option<Wrapped> {
    let path = match name.strip_prefix("@site/") {
        Some(path) => path,
        None if name.starts_with('.') => name,
        None => return None,
    };
    let bare = from_root(site, path);
    let named = ["", ".js", ".ts", ".cjs", ".mjs"].map(|end| format!("{bare}{end}"));
    let inside = ["index.js", "index.ts", "index.cjs", "index.mjs"].map(|name| join(&bare, name));
    let is_code = |path: &&String| matches!(&*extension(path), "js" | "ts" | "cjs" | "mjs") && folder.has(path);
    let file = named.iter().chain(&inside).find(is_code)?;
    of_text(&folder.read(file)?)
}

fn of_text(text: &str) -> Option<Wrapped> {
    const PACKAGE: &str = "@docusaurus/plugin-content-";
    let mut contents = text.match_indices(PACKAGE).filter_map(|(at, _)| {
        let quote = text.get(..at)?.chars().next_back()?;
        let name = text.get(at + PACKAGE.len()..)?.split(quote).next()?;
        match name {
            "docs" => Some(Content::Docs),
            "blog" => Some(Content::Blog),
            "pages" => Some(Content::Pages),
            _ => None,
        }
    });
    let content = contents.next()?;
    if contents.any(|other| other != content) || !text.contains("...") {
        return None;
    }
    let mut routes = Vec::new();
    let mut unknown = false;
    for (at, call) in text.match_indices("addRoute(") {
        match literal_path(text.get(at + call.len()..).unwrap_or_default()) {
            Some(path) => routes.push(path.to_owned()),
            None => unknown = true,
        }
    }
    Some(Wrapped { content, routes, unknown })
}

/// `{ path: '/', … }`: the first key, behind comments.
fn literal_path(object: &str) -> Option<&str> {
    let lines = object.trim_start().strip_prefix('{')?.lines().map(str::trim);
    let first = lines.into_iter().find(|line| !line.is_empty() && !line.starts_with("//"))?;
    let value = first.strip_prefix("path:")?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    value.get(1..)?.split(quote).next().filter(|path| !path.contains("${"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrapped() {
        let blog =
            "const all = require('@docusaurus/plugin-content-blog')\nmodule.exports = { ...all, default: own }\n";
        let found = of_text(blog).expect("a blog");
        assert!(found.content == Content::Blog && !found.unknown && found.routes.is_empty());
        let home =
            of_text(&format!("{blog}actions.addRoute({{\n // home\n path: \"/\",\n exact: true }})")).expect("a blog");
        assert!(!home.unknown && home.routes == ["/"]);
        assert!(
            of_text(&format!("{blog}actions.addRoute({{ path: link, exact: true }})")).is_some_and(|one| one.unknown)
        );
        assert!(of_text("const { load } = require('@docusaurus/plugin-content-docs')\n").is_none());
        assert!(of_text("export { x } from '@docusaurus/utils'; ({ ...x })").is_none());
    }
}
