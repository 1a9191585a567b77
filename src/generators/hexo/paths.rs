//! What Hexo does with each file of its sources, by its path alone.
//!
//! Source: the processors of hexo 8.1 (`post`, `asset`, `data`) and its built-in renderers.

use crate::hash::Set;

use super::config::Config;
use crate::discover::{extension, file_name, inside, parent, without_extension};
use crate::generators::Role;
use crate::site::facts::Kind;

/// Extensions of files that become a page of another extension.
const RENDERED: [(&str, &str); 20] = [
    ("md", "html"),
    ("markdown", "html"),
    ("mkd", "html"),
    ("mkdn", "html"),
    ("mdwn", "html"),
    ("mdtxt", "html"),
    ("mdtext", "html"),
    ("html", "html"),
    ("htm", "html"),
    ("njk", "html"),
    ("j2", "html"),
    ("ejs", "html"),
    ("pug", "html"),
    ("swig", "html"),
    ("css", "css"),
    ("js", "js"),
    ("styl", "css"),
    ("json", "json"),
    ("yml", "json"),
    ("yaml", "json"),
];

/// The folders of posts below the sources.
pub const POSTS: &str = "_posts/";
/// Those of drafts.
pub const DRAFTS: &str = "_drafts/";

/// The extension that a file is rendered to; nothing when it is copied.
#[must_use]
pub fn output_extension(path: &str) -> Option<&'static str> {
    let own = extension(path);
    RENDERED.iter().find(|(from, _)| *from == own).map(|(_, to)| *to)
}

/// The files of a site's sources.
#[derive(Debug, Default)]
pub struct Paths {
    /// Posts and drafts relative to the site's root, without their extension: the names of their asset folders.
    posts: Set<String>,
}

impl Paths {
    /// Looks at the names of all files.
    #[must_use]
    pub fn new<'a>(files: impl Iterator<Item = &'a str>, config: &Config) -> Paths {
        let mut paths = Paths::default();
        if config.post_assets {
            let posts = files.filter(|file| matches!(paths.role(file, config), Role::Page { .. }));
            let posts: Set<String> = posts.map(|file| without_extension(file).to_owned()).collect();
            paths.posts = posts;
        }
        paths
    }

    /// What is done with a file, by its path from the site's root.
    #[must_use]
    pub fn role(&self, path: &str, config: &Config) -> Role {
        let Some(inside) = inside(path, &config.source) else { return theme(path, config) };
        let name = file_name(inside);
        if name.ends_with('~') || name.ends_with('%') {
            return Role::Internal;
        }
        let post = [(POSTS, Kind::Post), (DRAFTS, Kind::Draft)]
            .into_iter()
            .find_map(|(folder, kind)| Some((inside.strip_prefix(folder)?, kind)));
        if let Some((rest, kind)) = post {
            return self.below_posts(path, inside, rest, kind, config);
        }
        if config.exclude.is_match(inside) || (is_hidden(inside) && !config.include.is_match(inside)) {
            return Role::Internal;
        }
        match output_extension(inside) {
            Some("html") if !config.skip_render.is_match(inside) => {
                let folder = inside.split_once('/').map_or("", |(folder, _)| folder);
                Role::Page { kind: Kind::Page, collection: folder.into() }
            }
            Some(to) if !config.skip_render.is_match(inside) => {
                Role::Asset(format!("/{}.{to}", without_extension(inside)))
            }
            _ => Role::Asset(format!("/{inside}")),
        }
    }

    fn below_posts(&self, path: &str, inside: &str, rest: &str, kind: Kind, config: &Config) -> Role {
        if is_hidden(rest) {
            return Role::Internal;
        }
        let rendered = output_extension(inside).is_some() && !config.skip_render.is_match(inside);
        let rendered = rendered && (!config.post_assets || extension(inside) == config.post_extension);
        if rendered {
            return Role::Page { kind, collection: "posts".into() };
        }
        // The nearest folder that is named like a post.
        let mut folder = parent(path);
        while !folder.is_empty() {
            if self.posts.contains(folder) {
                let name = path.get(folder.len() + 1..).unwrap_or_default();
                return Role::Beside { folder: folder.into(), name: name.into(), also: None };
            }
            folder = parent(folder);
        }
        Role::Internal
    }
}

/// A theme's own sources are published too.
fn theme(path: &str, config: &Config) -> Role {
    let theme = config.theme.as_deref().and_then(|theme| inside(inside(path, "themes")?, theme));
    match theme.and_then(|path| inside(path, "source")) {
        Some(inside) if is_hidden(inside) => Role::Internal,
        Some(inside) => Role::Asset(match output_extension(inside) {
            Some(to) => format!("/{}.{to}", without_extension(inside)),
            None => format!("/{inside}"),
        }),
        None => Role::Internal,
    }
}

/// True when a part of the path begins with `_` or `.`.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with(['_', '.']))
}
