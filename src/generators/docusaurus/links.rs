//! Links as Docusaurus reads them: paths of source files in Markdown, modules in JSX, addresses otherwise.
//!
//! Source: `mdx-loader/lib/remark/{resolveMarkdownLinks,transformLinks,transformImage}`, `utils/lib/markdownLinks.js`,
//! `core/lib/client/exports/Link.js`.

use super::config::Config;
use super::mounts::{Located, Mounts};
use crate::discover::{extension, join, parent};
use crate::generators::jsx::{self, Meant};
use crate::generators::{Evaluated, Sources, wikilinks};
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::destination::{self, Shape, decode};
use crate::site::facts::PageFacts;

/// What is needed to read the links of one page.
pub struct Context<'a> {
    /// The site's configuration.
    pub config: &'a Config,
    /// Its folders of content.
    pub mounts: &'a Mounts,
    /// The page.
    pub page: &'a PageFacts,
    /// Where the page lies.
    pub at: Located<'a>,
    /// The files.
    pub sources: &'a dyn Sources,
}

impl Context<'_> {
    /// What a link means; nothing where it is an ordinary address.
    #[must_use]
    pub fn link(&self, link: &Link) -> Option<Evaluated> {
        match &link.origin {
            Origin::Import { .. } => return Some(self.module(&link.destination)),
            Origin::FrontMatter { .. } if !link.destination.starts_with('.') => return None,
            Origin::FrontMatter { .. } => return Some(self.module(&link.destination)),
            Origin::Parameter { .. } | Origin::Email | Origin::Autolink | Origin::Bare => return None,
            _ => {}
        }
        if link.is_dynamic() {
            return Some(match jsx::meant(&link.destination, self.page) {
                Meant::Address(address) => Evaluated::Destination(self.address(&address, "").unwrap_or(address)),
                Meant::File(file) => self.module(&file),
                Meant::Unknown => Evaluated::Unknown,
            });
        }
        let Shape::Path { path, fragment } = destination::shape(&link.destination) else { return None };
        let tail = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        if let Origin::Html(place) = &link.origin {
            // What a component of the site's own does with a path is its own affair.
            if place.tag == "other" && !path.starts_with('/') {
                return Some(Evaluated::Unknown);
            }
            return (place.attribute != "src")
                .then(|| self.address(&link.destination, ""))
                .flatten()
                .map(Evaluated::Destination);
        }
        let path = decode(path);
        if let Some(rest) = path.strip_prefix("@site/") {
            let file = join(&self.config.site, rest);
            return Some(if self.sources.has(&file) {
                Evaluated::Source { path: file, tail }
            } else {
                Evaluated::NoSource { wanted: file }
            });
        }
        // No path of Docusaurus' own begins so: a plugin makes something of it.
        if path.starts_with('@') && path.contains('/') && self.config.has_plugins {
            return Some(Evaluated::Unknown);
        }
        if let Some(file) = self.static_file(&path) {
            return Some(Evaluated::Source { path: file, tail });
        }
        if matches!(&*extension(&path), "md" | "mdx") {
            return Some(self.markdown(&path, tail));
        }
        if !path.starts_with('/') {
            let file = jsx::beside(&path, self.page);
            match file {
                Some(file) if self.sources.has(&file) => return Some(Evaluated::Source { path: file, tail }),
                Some(file) if link.kind == LinkKind::Image => return Some(Evaluated::NoSource { wanted: file }),
                // `transformLinks` takes up a file that lies there by this very name.
                Some(file) if !extension(&file).is_empty() && wikilinks::has_other_case(&file, self.sources) => {
                    return Some(Evaluated::NoSource { wanted: file });
                }
                _ => {}
            }
        }
        if link.kind == LinkKind::Image {
            None
        } else {
            self.address(&link.destination, &self.config.base_path).map(Evaluated::Destination)
        }
    }

    /// The file of a static folder that Markdown names from the root: the site's base is put before it.
    fn static_file(&self, path: &str) -> Option<String> {
        let inside = path.strip_prefix('/').filter(|_| !self.config.base_path.is_empty())?;
        let end = extension(inside);
        if end.is_empty() || matches!(&*end, "html" | "htm") {
            return None;
        }
        let all = self.config.statics.iter().map(|folder| join(folder, inside));
        all.into_iter().find(|file| self.sources.has(file))
    }

    /// A path of a Markdown file.
    fn markdown(&self, path: &str, tail: String) -> Evaluated {
        let beside = || jsx::beside(path, self.page).into_iter().collect::<Vec<_>>();
        let from_folders = || {
            let mut all: Vec<String> = self.mounts.folders(self.at).filter_map(|folder| below(folder, path)).collect();
            all.extend(below(&self.config.site, path));
            all
        };
        let mut candidates = if path.starts_with('/') { from_folders() } else { beside() };
        if !path.starts_with(['/', '.']) {
            candidates.extend(from_folders());
        }
        // Each plugin looks among its own files alone.
        let own = |file: &&String| {
            let at = self.mounts.locate(file, self.config);
            self.config.unread || at.is_none_or(|at| at.instance == self.at.instance)
        };
        match candidates.iter().filter(own).find(|file| self.sources.page(file).is_some()) {
            Some(file) => Evaluated::Source { path: file.clone(), tail },
            // A file that exists and is no page (a partial) gets no address either.
            None => Evaluated::NoSource {
                wanted: candidates.into_iter().next().unwrap_or_else(|| path.trim_start_matches('/').to_owned()),
            },
        }
    }

    /// A file as an import names it.
    fn module(&self, path: &str) -> Evaluated {
        let path = path.rsplit_once('!').map_or(path, |(_, file)| file);
        let file = match path.strip_prefix("@site/") {
            Some(rest) => Some(join(&self.config.site, rest)),
            None if path.starts_with('.') => jsx::beside(path, self.page),
            None => None,
        };
        match file {
            Some(file) if jsx::is_code(&file, self.sources) => Evaluated::Made,
            Some(file) => {
                let exists = self.sources.has(&file);
                jsx::file(file, exists, String::new())
            }
            None => Evaluated::Unknown,
        }
    }

    /// An address as the router takes it: relative ones start at the page's own address, whether or not that ends with a
    /// slash; in a translation, absolute ones stay in the language. `addBaseUrl` of `Link.js` puts the base before those that
    /// lack it.
    fn address(&self, written: &str, base: &str) -> Option<String> {
        let Shape::Path { path, fragment } = destination::shape(written) else { return None };
        let tail = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        // `applyTrailingSlash`: the slash at a link's end is put there or taken away as the site wants it.
        let bare = if self.config.trailing_slash == Some(false) { path.trim_end_matches('/') } else { path };
        let bare = if bare.is_empty() { path } else { bare };
        if path.starts_with('/') {
            // Every page has its like in the default language; headings there are called otherwise.
            let tail = if self.at.locale > 0 { String::new() } else { tail };
            let based = if destination::below(path, base).is_some() { "" } else { base };
            let changed = bare != path || !based.is_empty() || self.at.locale > 0 && fragment.is_some();
            return changed.then(|| format!("{based}{bare}{tail}"));
        }
        let path = bare;
        let url = self.page.place.url.as_deref()?;
        let folder = if url.ends_with('/') { url } else { parent(url) };
        let joined = destination::join(folder, path)?;
        Some(format!("{}{joined}{tail}", self.config.base_path))
    }
}

fn below(folder: &str, path: &str) -> Option<String> {
    let joined = destination::join(&format!("/{folder}"), path.trim_start_matches('/'))?;
    Some(joined.trim_start_matches('/').to_owned())
}
