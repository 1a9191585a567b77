//! Which files Jekyll reads, and as what.
//!
//! Source: jekyll 4.3 `lib/jekyll/{reader,entry_filter,collection}.rb`, `readers/*.rb`.

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::config::Config;
use crate::discover::{extension, file_name, parent};
use crate::generators::Role;
use crate::site::facts::Kind;

/// Text files that Jekyll renders when they begin with front matter; anything else is not even opened.
const RENDERED: [&str; 22] = [
    "html",
    "htm",
    "xhtml",
    "xml",
    "json",
    "css",
    "scss",
    "sass",
    "js",
    "txt",
    "svg",
    "csv",
    "yml",
    "rss",
    "atom",
    "ics",
    "webmanifest",
    // Where `markdown_ext` leaves one of these out, it is rendered without being Markdown.
    "md",
    "markdown",
    "mkdown",
    "mkdn",
    "mkd",
];

/// Decides the role of each path.
pub struct Paths {
    source: String,
    collections_dir: String,
    destination: String,
    /// Labels of the collections, and whether they are published.
    labels: Vec<(String, bool)>,
    markdown: Vec<String>,
    include: Patterns,
    exclude: Patterns,
    /// jekyll-multiple-languages-plugin reads the posts of each language from `_i18n/LANGUAGE/_posts`.
    languages: Vec<String>,
}

impl Paths {
    /// From the configuration.
    #[must_use]
    pub fn new(config: &Config) -> Paths {
        Paths {
            source: config.source.clone(),
            collections_dir: config.collections_dir.clone(),
            destination: config.destination.clone(),
            labels: config.collections.iter().map(|c| (c.label.clone(), c.output)).collect(),
            markdown: config.markdown.clone(),
            include: Patterns::new(&config.include),
            exclude: Patterns::new(&config.exclude),
            languages: match config.plugin("jekyll-multiple-languages-plugin") {
                true => config.languages.clone(),
                false => Vec::new(),
            },
        }
    }

    /// True for the extension of a Markdown file.
    #[must_use]
    pub fn is_markdown(&self, path: &str) -> bool {
        // Asked of every link, so nothing is copied.
        let Some((_, ext)) = file_name(path).rsplit_once('.') else {
            return self.markdown.iter().any(String::is_empty);
        };
        let small = |known: &String| ext.bytes().map(|b| b.to_ascii_lowercase()).eq(known.bytes());
        self.markdown.iter().any(small)
    }

    /// The path relative to Jekyll's source folder.
    #[must_use]
    pub fn in_source<'a>(&self, path: &'a str) -> Option<&'a str> {
        if self.source.is_empty() { Some(path) } else { path.strip_prefix(self.source.as_str())?.strip_prefix('/') }
    }

    /// What Jekyll does with a file; `path` is relative to the site's root.
    #[must_use]
    pub fn role(&self, path: &str) -> Role {
        let Some(path) = self.in_source(path) else { return Role::Internal };
        let below_destination =
            || path.strip_prefix(self.destination.as_str()).is_some_and(|rest| rest.starts_with('/'));
        if !self.destination.is_empty() && below_destination() {
            return Role::Internal;
        }
        // Posts, drafts and collections are read through the same filter.
        if self.excluded(path) {
            return Role::Internal;
        }
        if let Some(role) = self.in_collection(self.translated(path).map_or(path, |(_, rest, _)| rest)) {
            return role;
        }
        // What is excluded was asked above.
        if self.hidden_by(path, |_| false) {
            return Role::Internal;
        }
        let page = |kind| Role::PageIfFrontMatter { kind, collection: "pages".into() };
        if self.is_markdown(path) || RENDERED.contains(&&*extension(path)) {
            page(Kind::Page)
        } else {
            Role::Asset(["/", path].concat())
        }
    }

    /// The language of a post and the rest of its path (in the source folder), and whether its addresses begin with it: those
    /// of the first language do not.
    ///
    /// Source: `lib/jekyll/multiple/languages/plugin.rb` of jekyll-multiple-languages-plugin 1.8.
    #[must_use]
    pub fn translated<'p>(&self, path: &'p str) -> Option<(&'p str, &'p str, bool)> {
        let (language, rest) = path.strip_prefix("_i18n/")?.split_once('/')?;
        let at = self.languages.iter().position(|known| known == language)?;
        rest.starts_with("_posts/").then_some((language, rest, at > 0))
    }

    /// Where a file is copied to that is no page: one of a collection without the underscore of its folder.
    ///
    /// Source: `Collection#read_static_file`.
    #[must_use]
    pub fn copied_to(&self, path: &str) -> String {
        self.below_collections(path)
            .and_then(|below| below.strip_prefix('_'))
            .filter(|below| self.labels.iter().any(|(label, output)| *output && is_first(below, label)))
            .map_or_else(|| ["/", path].concat(), |below| ["/", below].concat())
    }

    fn below_collections<'p>(&self, path: &'p str) -> Option<&'p str> {
        match self.collections_dir.as_str() {
            "" => Some(path),
            dir => path.strip_prefix(dir).and_then(|rest| rest.strip_prefix('/')),
        }
    }

    /// Posts and drafts at any depth, other collections below `collections_dir`.
    fn in_collection(&self, path: &str) -> Option<Role> {
        if let Some((first, rest)) = self.below_collections(path).and_then(|below| below.split_once('/'))
            && let Some(label) = first.strip_prefix('_')
            && label != "posts"
            && let Some((label, output)) = self.labels.iter().find(|(known, _)| known == label)
        {
            if self.hidden(rest) {
                return Some(Role::Internal);
            }
            // Documents are told by their front matter; what has no ending is opened, too, to see whether there is one.
            let ending = extension(path);
            let text = self.is_markdown(path) || ending.is_empty() || RENDERED.contains(&&*ending);
            return Some(match (text, output) {
                (true, _) => Role::PageIfFrontMatter { kind: Kind::Item, collection: label.as_str().into() },
                (false, true) => Role::Asset(format!("/{label}/{rest}")),
                (false, false) => Role::Internal,
            });
        }
        let (at, special, kind, collection) = [("_posts/", Kind::Post, "posts"), ("_drafts/", Kind::Draft, "drafts")]
            .into_iter()
            .find_map(|(name, kind, collection)| Some((part(path, name)?, name, kind, collection)))?;
        let before = path.get(..at).unwrap_or_default().trim_end_matches('/');
        let rest = path.get(at + special.len()..).unwrap_or_default();
        // Posts below another special folder (`_site/_posts`) are not read.
        if (!before.is_empty() && before != self.collections_dir && self.hidden(before)) || self.hides(rest) {
            return Some(Role::Internal);
        }
        if self.is_markdown(path) {
            return Some(Role::Page { kind, collection: collection.into() });
        }
        let rendered = RENDERED.contains(&&*extension(path));
        Some(if rendered { Role::PageIfFrontMatter { kind, collection: collection.into() } } else { Role::Internal })
    }

    /// True for what `exclude` names, or a folder around it, unless it is included.
    #[must_use]
    pub fn excluded(&self, path: &str) -> bool {
        let around = std::iter::successors(Some(path), |part| Some(parent(part)).filter(|folder| !folder.is_empty()));
        let included = |part: &str| self.include.is_match(part) || self.include.is_match(file_name(part));
        around.into_iter().any(|part| self.exclude.is_match(part) && !included(part))
    }

    /// The same for a file below `_posts` or `_drafts`: of its path only the beginning and the name are looked at, so that
    /// `2003/_posts/2003-01-05-a.md` is read.
    fn hides(&self, entry: &str) -> bool {
        let special = |name: &str| name.starts_with(['.', '_', '#', '~']) || name.ends_with('~');
        let name = file_name(entry);
        (special(entry) || special(name)) && !self.include.is_match(entry) && !self.include.is_match(name)
    }

    /// `EntryFilter`: names that begin with `.`, `_`, `#` or end in `~`, and what is excluded, unless included.
    fn hidden(&self, path: &str) -> bool {
        self.hidden_by(path, |part| self.exclude.is_match(part))
    }

    fn hidden_by(&self, path: &str, excluded: impl Fn(&str) -> bool) -> bool {
        let mut part = path;
        loop {
            let name = file_name(part);
            let left_out = name.starts_with(['.', '_', '#']) || name.ends_with('~') || excluded(part);
            if left_out && !self.include.is_match(part) && !self.include.is_match(name) {
                return true;
            }
            match parent(part) {
                "" => return false,
                folder => part = folder,
            }
        }
    }
}

/// True when the first folder of a path has that name.
fn is_first(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Where the first folder of that name (with its slash) stands in a path.
fn part(path: &str, folder: &str) -> Option<usize> {
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'/', path.as_bytes()).map(|slash| slash + 1));
    starts.into_iter().find(|at| path.get(*at..).is_some_and(|rest| rest.starts_with(folder)))
}

/// Jekyll's globs: a pattern names a file or a folder; a trailing slash means a folder.
struct Patterns {
    /// Patterns without a sign of globs, which most are: comparing costs much less than asking a set of globs.
    plain: Vec<String>,
    globs: GlobSet,
}

impl Patterns {
    fn new(patterns: &[String]) -> Patterns {
        let mut plain = Vec::new();
        let mut globs = GlobSetBuilder::new();
        for pattern in patterns {
            let pattern = pattern.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
            if !pattern.contains(['*', '?', '[', ']', '{', '}', '!', '\\']) {
                plain.extend((!pattern.is_empty()).then(|| pattern.to_owned()));
            } else if let Ok(glob) = Glob::new(pattern) {
                globs.add(glob);
            }
        }
        Patterns { plain, globs: globs.build().unwrap_or_default() }
    }

    fn is_match(&self, path: &str) -> bool {
        self.plain.iter().any(|plain| plain == path) || (!self.globs.is_empty() && self.globs.is_match(path))
    }
}

/// The date and the rest of a post's file name: `2024-01-05-a-post.md` → (`2024-01-05`, `a-post`).
#[must_use]
pub fn dated(name: &str) -> Option<(&str, &str)> {
    let bytes = name.as_bytes();
    let mut at = 0;
    for (least, most) in [(2, 4), (1, 2), (1, 2)] {
        let digits = bytes.get(at..)?.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
        if digits < least || bytes.get(at + digits) != Some(&b'-') {
            return None;
        }
        at += digits + 1;
    }
    let (stem, _) = name.get(at..)?.rsplit_once('.')?;
    Some((name.get(..at - 1)?, stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(yaml: serde_json::Value) -> Paths {
        Paths::new(&Config::new(&yaml))
    }

    #[test]
    fn roles() {
        let paths = paths(serde_json::json!({
            "collections": {"authors": {"output": true}, "notes": {}}, "include": ["_redirects"], "exclude": ["drafts/*.md", "_drafts"]
        }));
        let post = Role::Page { kind: Kind::Post, collection: "posts".into() };
        assert_eq!(paths.role("_posts/2018/05/2018-05-09-a.md"), post);
        assert_eq!(paths.role("fr/_posts/2018-05-09-a.markdown"), post);
        assert_eq!(paths.role("_site/_posts/2018-05-09-a.md"), Role::Internal);
        assert_eq!(paths.role("_posts/2018/_posts/2018-05-09-a.md"), post);
        assert_eq!(paths.role("_posts/_old/2018-05-09-a.md"), Role::Internal);
        assert_eq!(paths.role("_layouts/post.html"), Role::Internal);
        assert_eq!(paths.role("_redirects"), Role::Asset("/_redirects".into()));
        assert_eq!(paths.role("drafts/x.md"), Role::Internal);
        assert_eq!(paths.role("_drafts/x.md"), Role::Internal);
        assert_eq!(paths.role("_authors/a.png"), Role::Asset("/authors/a.png".into()));
        assert_eq!(paths.role("_notes/a.png"), Role::Internal);
        assert_eq!(paths.role("assets/a b.png"), Role::Asset("/assets/a b.png".into()));
        assert!(matches!(paths.role("about.md"), Role::PageIfFrontMatter { .. }));
    }

    #[test]
    fn dates_of_file_names() {
        assert_eq!(dated("2018-5-09-a-b.c.md"), Some(("2018-5-09", "a-b.c")));
        assert_eq!(dated("a-2018-05-09.md"), None);
        assert_eq!(dated("2018-05-09.md"), None);
    }
}
