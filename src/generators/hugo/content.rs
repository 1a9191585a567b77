//! Which file is which piece of content: languages, sections, bundles.

use crate::hash::{Map, Set};
use std::sync::OnceLock;

use super::config::Config;
use super::mounts::{Mount, mounted_twice};
use crate::discover::{extension, file_name, join, parent, without_extension};
use crate::generators::{Folder, base_by_links};

/// Extensions of content files.
const CONTENT: [&str; 14] =
    ["md", "markdown", "mdown", "html", "htm", "org", "adoc", "asciidoc", "ad", "rst", "pandoc", "pdc", "mmark", "md2"];

/// What a content file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `_index.md`: the page of a folder.
    Branch,
    /// `index.md`: a bundle.
    Leaf,
    /// Any other name.
    Single,
}

/// A content file in the content tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<'a> {
    /// Its folder in the content tree, `""` at the root.
    pub folder: String,
    /// Its name without language and extension.
    pub stem: &'a str,
    /// Its language, by number.
    pub language: usize,
    /// Whether its name says so.
    pub explicit: bool,
    /// What it is.
    pub form: Form,
}

impl Located<'_> {
    /// The path that lookups know it by: `/blog/a`, for a file and for a bundle.
    fn logical(&self) -> String {
        let path = if self.form == Form::Single { join(&self.folder, self.stem) } else { self.folder.clone() };
        path.to_lowercase()
    }
}

/// Files by a name or path, each with the number of its language.
type Files = Map<String, Vec<(usize, Box<str>)>>;

/// The content tree of a site.
#[derive(Debug, Default)]
pub struct Content {
    /// Folders that are leaf bundles.
    leaves: Set<String>,
    /// Folders that have an `_index`.
    branches: Set<String>,
    /// Content whose file name says its language: it goes before a file of the same name that does not.
    explicit: Set<(String, usize)>,
    /// Folders at the top that hold content, with the number of their files.
    pub tops: Vec<(String, usize)>,
    /// Files by their path in the content tree, lower case and without what only files have: lookups ask for these.
    logical: Files,
    /// The same by the last part of these paths, in the order of the files; made when the first link asks.
    by_name: OnceLock<Files>,
}

impl Content {
    /// Looks at all files (paths relative to the site's root).
    pub fn new<'a>(files: impl Iterator<Item = &'a str>, config: &Config) -> Content {
        let mut content = Content::default();
        for path in files {
            let Some(at) = locate(path, config) else { continue };
            if let Some(top) = at.folder.split('/').next().filter(|top| !top.is_empty()) {
                match content.tops.iter_mut().find(|(name, _)| name == top) {
                    Some((_, pages)) => *pages += 1,
                    None => content.tops.push((top.to_owned(), 1)),
                }
            }
            content.logical.entry(at.logical()).or_default().push((at.language, path.into()));
            for tree in also_in_tree(path, config) {
                let other = Located { folder: parent(&tree).to_owned(), ..at.clone() };
                content.logical.entry(other.logical()).or_default().push((at.language, path.into()));
            }
            if at.explicit {
                content.explicit.insert((join(&at.folder, at.stem), at.language));
            }
            match at.form {
                Form::Leaf => content.leaves.insert(at.folder),
                Form::Branch => content.branches.insert(at.folder),
                Form::Single => false,
            };
        }
        content
    }

    /// The file of the content at a path of the content tree, in this language.
    ///
    /// Source: `Page.GetPage`, which does not tell upper from lower case.
    #[must_use]
    pub fn at(&self, path: &str, language: usize) -> Option<&str> {
        let files = self.logical.get(&path.trim_matches('/').to_lowercase())?;
        files.iter().find(|(own, _)| *own == language).map(|(_, file)| &**file)
    }

    /// The folder that the site is published in, as its links say.
    pub fn base_by_links(&self, folder: &Folder<'_>, config: &Config) -> Option<String> {
        let pages = || folder.below("").filter(|path| locate(path, config).is_some());
        let is_language = |name: &str| config.languages.iter().any(|language| language.key.eq_ignore_ascii_case(name));
        base_by_links::guess(folder, pages(), |path| {
            let inside = path.split_once('/').filter(|(top, _)| is_language(top)).map_or(path, |(_, rest)| rest);
            self.logical.contains_key(&inside.to_lowercase())
                || self.tops.iter().any(|(top, _)| top == inside)
                || config.statics.iter().any(|dir| folder.has(&join(dir, path)) || folder.has_folder(&join(dir, path)))
        })
    }

    /// The files of that name in this language, wherever they lie, in their order: a bundle has the name of its folder.
    pub fn named(&self, name: &str, language: usize) -> impl Iterator<Item = &str> {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name = Files::default();
            for (path, files) in &self.logical {
                by_name.entry(file_name(path).to_owned()).or_default().extend(files.iter().cloned());
            }
            by_name.values_mut().for_each(|files| files.sort_unstable_by(|(_, a), (_, b)| a.cmp(b)));
            by_name
        });
        let files = by_name.get(&name.to_lowercase()).into_iter().flatten();
        files.filter(move |(own, _)| *own == language).map(|(_, file)| &**file)
    }

    /// The leaf bundle that a folder belongs to, outermost first.
    #[must_use]
    pub fn leaf<'f>(&self, folder: &'f str) -> Option<&'f str> {
        if self.leaves.is_empty() || folder.is_empty() {
            return None;
        }
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        ends.filter_map(|end| folder.get(..end)).find(|outer| self.leaves.contains(*outer))
    }

    /// The nearest folder with an `_index` at or above a folder.
    #[must_use]
    pub fn branch<'f>(&self, folder: &'f str) -> Option<&'f str> {
        above(folder).find(|outer| self.branches.contains(*outer))
    }

    /// The folder at or above this one, below its section, beside which a page of that very name lies.
    #[must_use]
    pub fn named_like_a_page<'f>(&self, folder: &'f str, language: usize) -> Option<&'f str> {
        let mut folders = above(folder).take_while(|folder| !self.branches.contains(*folder));
        folders.find(|folder| self.at(folder, language).is_some_and(|file| without_extension(file).ends_with(*folder)))
    }

    /// True when another file of the same name says the language that this one has by default.
    #[must_use]
    pub fn is_overruled(&self, at: &Located<'_>) -> bool {
        !at.explicit && self.explicit.contains(&(join(&at.folder, at.stem), at.language))
    }

    /// The names of the sections around a folder, outermost first: the top folder always is one, others if they have an
    /// `_index`.
    #[must_use]
    pub fn sections<'f>(&self, folder: &'f str) -> Vec<&'f str> {
        let mut section = folder;
        while section.contains('/') && !self.branches.contains(section) {
            section = parent(section);
        }
        section.split('/').filter(|name| !name.is_empty()).collect()
    }

    /// True when the folder has a list page, with or without an `_index`.
    #[must_use]
    pub fn is_section(&self, folder: &str) -> bool {
        // Below a bundle's own page nothing is one, an `_index.md` neither.
        self.branches.contains(folder) && self.leaf(folder).is_none()
            || self.tops.iter().any(|(top, _)| top == folder) && !self.leaves.contains(folder)
    }
}

/// A folder and those around it, innermost first.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| Some(parent(folder))).take_while(|folder| !folder.is_empty())
}

/// True for a file that Hugo reads as content.
#[must_use]
pub fn is_content(path: &str) -> bool {
    CONTENT.contains(&&*extension(path))
}

/// The place of any file below a content folder in the content tree, with its mount.
#[must_use]
pub fn in_tree<'c>(path: &str, config: &'c Config) -> Option<(String, &'c Mount)> {
    let inside = |mount: &'c Mount| Some((mount.place_of(path)?, mount));
    let mut best: Option<(String, &Mount)> = None;
    for (tree, mount) in config.content.iter().filter_map(inside) {
        let longer = best.as_ref().is_none_or(|(_, other)| mount.source.len() > other.source.len());
        // Where a folder of one language is mounted for another one, too, it stands in there; it belongs to the first. The
        // `contentDir` of a language that lies in another one's is that language's.
        let stands_in = !mount.target.is_empty()
            && best.as_ref().is_some_and(|(_, other)| other.language.is_some() && other.language != mount.language);
        if longer && !stands_in {
            best = Some((tree, mount));
        }
    }
    best
}

/// The other places of a file in the content tree: a folder may be mounted twice, or lie in one that is mounted, too.
fn also_in_tree<'c>(path: &'c str, config: &'c Config) -> impl Iterator<Item = String> + 'c {
    let own = if config.content.len() > 1 { in_tree(path, config) } else { None };
    own.into_iter().flat_map(move |(tree, first)| {
        let others = config.content.iter().filter(move |mount| *mount != first && mount.language == first.language);
        others.filter_map(|mount| mount.place_of(path)).filter(move |other| *other != tree)
    })
}

/// Folders of addresses that show the same pages as others: theirs, and those others.
#[must_use]
pub fn published_twice(config: &Config) -> Vec<(String, String)> {
    let both = mounted_twice(&config.content).into_iter().map(|(mount, also, place)| {
        let prefix = config.prefix(mount.language.unwrap_or(config.default));
        let address = |folder: &str| format!("{prefix}/{}", config.spelling.file(folder));
        [also.as_str(), place].map(|folder| address(folder).trim_end_matches('/').to_owned())
    });
    both.map(|[also, place]| (also, place)).collect()
}

/// The other address of a page below one of these folders.
#[must_use]
pub fn same_page(twice: &[(String, String)], path: &str) -> Option<String> {
    let below = |folder: &str| path.strip_prefix(folder).filter(|rest| rest.starts_with('/'));
    if twice.iter().any(|(_, place)| !place.is_empty() && below(place).is_some()) {
        return None;
    }
    twice.iter().find_map(|(also, place)| Some(format!("{place}{}", below(also)?)))
}

/// A content file's place; nothing for other files, hidden ones and those that the configuration ignores.
#[must_use]
pub fn locate<'a>(path: &'a str, config: &Config) -> Option<Located<'a>> {
    let name = file_name(path);
    if !is_content(path) || name.starts_with('.') || config.copied.contains(path) {
        return None;
    }
    let (inside, mount) = in_tree(path, config)?;
    if config.ignored.is_match(&inside) {
        return None;
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem
        .rsplit_once('.')
        .is_some_and(|(_, last)| config.disabled_languages.iter().any(|l| l.eq_ignore_ascii_case(last)))
    {
        return None;
    }
    let (stem, suffix) = language_suffix(stem, config);
    let language = suffix.or(mount.language).unwrap_or(config.default);
    let form = match stem {
        "_index" => Form::Branch,
        "index" => Form::Leaf,
        _ => Form::Single,
    };
    Some(Located { folder: parent(&inside).to_owned(), stem, language, explicit: suffix.is_some(), form })
}

/// `about.fr` → (`about`, French) where the site has French.
#[must_use]
pub fn language_suffix<'a>(stem: &'a str, config: &Config) -> (&'a str, Option<usize>) {
    let Some((before, last)) = stem.rsplit_once('.') else { return (stem, None) };
    match config.languages.iter().position(|language| language.key.eq_ignore_ascii_case(last)) {
        Some(language) => (before, Some(language)),
        None => (stem, None),
    }
}
