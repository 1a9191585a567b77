//! The routes of `src/pages`: pages as they stand, and code that makes pages of collections.
//!
//! Code is read shallowly: a route whose `params` hand on an entry's `id` or `slug`, of one collection, publishes that
//! collection. Every other route may publish anything below its fixed part.

use super::config::Config;
use crate::discover::{extension, file_name, join, parent};
use crate::generators::Folder;

/// A route that is code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its fixed part, with slashes at both ends.
    pub prefix: String,
    /// `[...page].astro`: without its parameter the route is the folder itself, `/posts` as well as `/posts/`.
    pub is_folder: bool,
    /// The collection whose entries it publishes, and whether by `id` (else by `slug`).
    pub entries: Option<(String, bool)>,
    /// The extension of the files that it writes (`[slug].png.ts`), or none where it makes pages.
    pub writes: Option<String>,
    /// The code names `draft`, so drafts are left out.
    pub leaves_drafts: bool,
}

/// Reads the routes of a site that have parameters.
#[must_use]
pub fn read(folder: &Folder<'_>, config: &Config) -> Vec<Route> {
    let pages = join(&config.source, "pages");
    let mut routes = Vec::new();
    for path in folder.below(&pages) {
        let inside = path.get(pages.len() + 1..).unwrap_or_default();
        if !inside.contains('[') || inside.split('/').any(|part| part.starts_with('_')) {
            continue;
        }
        let fixed = inside.split('[').next().unwrap_or_default();
        let prefix = format!("/{}", parent(fixed));
        let prefix = if prefix == "/" { prefix } else { format!("{prefix}/") };
        let name = file_name(inside);
        let parameter = name.strip_suffix(".astro").and_then(|stem| stem.strip_prefix('[')?.strip_suffix(']'));
        let whole = parameter.filter(|_| parent(inside) == parent(fixed) && fixed.len() == inside.len() - name.len());
        let text = folder.read(path).unwrap_or_default();
        let (entries, leaves_drafts) = match whole {
            Some(parameter) => entries(folder, path, &text, parameter.trim_start_matches("...")),
            None => (None, false),
        };
        let stem = matches!(&*extension(name), "ts" | "js" | "mjs").then(|| name.rsplit_once('.')).flatten();
        let writes = stem.map(|(stem, _)| extension(stem.rsplit(']').next().unwrap_or(stem)).into_owned());
        let parameters = inside.get(fixed.len()..).unwrap_or_default();
        let is_folder = fixed.ends_with('/') && parameters.starts_with("[...") && !parameters.contains('/');
        routes.push(Route { prefix, is_folder, entries, writes, leaves_drafts });
    }
    // Two routes for one collection: which of them is linked to cannot be told.
    let known: Vec<Option<(String, bool)>> = routes.iter().map(|route| route.entries.clone()).collect();
    for route in &mut routes {
        let same =
            |other: &&Option<(String, bool)>| matches!((other, &route.entries), (Some((a, _)), Some((b, _))) if a == b);
        if known.iter().filter(same).count() > 1 {
            route.entries = None;
        }
    }
    routes
}

fn entries(folder: &Folder<'_>, path: &str, text: &str, parameter: &str) -> (Option<(String, bool)>, bool) {
    let Some(by_id) = handed_on(text, parameter) else { return (None, false) };
    let mut sources = vec![text.to_owned()];
    let mut names = collections_of(text);
    if names.is_empty() {
        // A helper may read the collection: one step further is looked.
        for module in imports(text) {
            let beside = module.strip_prefix("./").map(|rest| join(parent(path), rest));
            let last = file_name(&module);
            let found = folder.below("").find(|file| {
                let stem = file.rsplit_once('.').map_or(*file, |(stem, _)| stem);
                matches!(&*extension(file), "ts" | "js" | "mjs")
                    && (beside.as_deref() == Some(stem) || file_name(stem) == last && same_end(stem, &module))
            });
            if let Some(helper) = found.and_then(|file| folder.read(file)) {
                names.extend(collections_of(&helper));
                sources.push(helper);
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    let drafts = sources.iter().any(|text| text.contains("draft"));
    let own = if by_id { "id" } else { "slug" };
    match names.as_slice() {
        [_] if sources.iter().any(|text| gives_another(text, own)) => (None, drafts),
        [one] => (Some((one.clone(), by_id)), drafts),
        _ => (None, drafts),
    }
}

/// `params: { slug: post.id }` → true, `… post.slug` → false; nothing for other code.
fn handed_on(text: &str, parameter: &str) -> Option<bool> {
    let mut found = None;
    for (at, _) in text.match_indices("params:") {
        let rest = text.get(at + "params:".len()..)?.trim_start().strip_prefix('{')?;
        let inside = rest.split('}').next()?;
        let value = inside.split(',').find_map(|entry| {
            let (key, value) = entry.split_once(':')?;
            (key.trim() == parameter).then_some(value.trim())
        })?;
        let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '$'));
        let by_id = match value.rsplit_once('.') {
            Some((owner, "id")) if plain && !owner.contains("data") => true,
            Some((owner, "slug")) if plain && !owner.contains("data") => false,
            _ => return None,
        };
        if found.is_some_and(|before| before != by_id) {
            return None;
        }
        found = Some(by_id);
    }
    found
}

/// True where code gives entries another id: `({ ...post, id: dated(post.id) })`, `slug: post.slug.slice(11)`.
fn gives_another(text: &str, own: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '"' | '\'' | '-');
    text.match_indices(own).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let rest = text.get(at + own.len()..).unwrap_or_default().trim_start();
        if before.ends_with(is_name) {
            let assigned = before.ends_with('.') && rest.starts_with('=') && !rest.starts_with("==");
            return assigned && !rest.starts_with("=>");
        }
        let object = before.rsplit('{').next().unwrap_or_default();
        let taken = object.contains("...");
        if rest.starts_with([',', '}']) {
            return taken && object.trim_end().ends_with(',');
        }
        let Some(value) = rest.strip_prefix(':') else { return false };
        let value = value.split([',', '\n', '}', ';']).next().unwrap_or_default().trim();
        let copied = value.rsplit_once('.').is_some_and(|(of, key)| key == own && of.chars().all(is_name));
        // What is handed to the route is read as that.
        let handed = before.rsplit('{').nth(1).is_some_and(|before| before.trim_end().ends_with("params:"))
            || before.trim_end().strip_suffix('{').is_some_and(|before| before.trim_end().ends_with("params:"));
        let of_entry = [".id", ".slug"].iter().any(|key| value.contains(key));
        !handed && !copied && (taken || of_entry)
    })
}

/// The names in `getCollection('name'`.
fn collections_of(text: &str) -> Vec<String> {
    let calls = text.match_indices("getCollection(").filter_map(|(at, call)| {
        let rest = text.get(at + call.len()..)?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        rest.get(1..)?.split(quote).next().map(str::to_owned)
    });
    calls.collect()
}

/// The files that a module imports, as written.
fn imports(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter(|line| line.trim_start().starts_with("import ") || line.contains("} from ")).filter_map(
        |line| {
            let (_, from) = line.rsplit_once("from ")?;
            let quote = from.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let module = from.get(1..)?.split(quote).next()?;
            module.contains('/').then(|| module.to_owned())
        },
    )
}

/// The last two parts agree, leaving an alias' sign away: `@utils/content-utils` and `src/utils/content-utils`.
fn same_end(stem: &str, module: &str) -> bool {
    let folder = |path: &str| file_name(parent(path)).trim_start_matches(['@', '~']).to_owned();
    let wanted = folder(module);
    wanted.is_empty() || wanted == ".." || wanted == "." || folder(stem) == wanted
}

/// The address of a page of `src/pages`, and whether it is a page (else a file that code writes).
#[must_use]
pub fn page(inside: &str) -> Option<(String, bool)> {
    if inside.contains('[') || inside.split('/').any(|part| part.starts_with('_')) {
        return None;
    }
    let stem = inside.rsplit_once('.').map(|(stem, _)| stem)?;
    let is_page = match &*extension(inside) {
        "astro" | "md" | "mdx" | "html" | "markdown" => true,
        "js" | "ts" | "mjs" => false,
        _ => return None,
    };
    if !is_page {
        return Some((format!("/{stem}"), false));
    }
    let path = match stem.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{stem}/"),
    };
    Some((path, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_route_hands_on() {
        assert_eq!(
            handed_on("return posts.map((post) => ({ params: { slug: post.id }, props: post }))", "slug"),
            Some(true)
        );
        assert_eq!(handed_on("params: { lang: 'x', slug: entry.slug },", "slug"), Some(false));
        assert_eq!(handed_on("params: { slug: post.data.slug },", "slug"), None);
        assert_eq!(handed_on("params: { slug: getPath(post.id) },", "slug"), None);
        assert_eq!(handed_on("params: { tag }", "slug"), None);
    }

    #[test]
    fn entries_with_another_id() {
        assert!(gives_another("posts.map((post) => ({ ...post, id: dated(post.id), old: post.id }))", "id"));
        assert!(gives_another("({ ...post, id })", "id"));
        assert!(gives_another("({ title, slug: post.slug.slice(11) })", "slug"));
        assert!(gives_another("post.id = short(post.id)", "id"));
        for same in [
            "params: { id: post.id.toLowerCase() }, props: { id: post.id }",
            "interface Tag { id: string; title: string }",
            "const { id, data } = post; if (post.id == id) {}",
            "tags.map((tag) => ({ tag, slug: slugify(tag) })); ({ ...post, data: post.data })",
        ] {
            assert!(!gives_another(same, "id"), "{same}");
        }
    }

    #[test]
    fn pages_and_files() {
        let path = |inside: &str| page(inside).map(|(path, _)| path);
        assert_eq!(path("index.astro").as_deref(), Some("/"));
        assert_eq!(path("a/index.md").as_deref(), Some("/a/"));
        assert_eq!(path("a/b.mdx").as_deref(), Some("/a/b/"));
        assert_eq!(path("rss.xml.ts").as_deref(), Some("/rss.xml"));
        assert_eq!(path("[slug].astro"), None);
        assert_eq!(path("_x/a.md"), None);
    }
}
