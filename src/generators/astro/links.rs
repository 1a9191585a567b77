//! Links as Astro reads them: pictures beside the page, modules in MDX, addresses otherwise.

use crate::discover::{extension, parent};
use crate::generators::beside::Beside;
use crate::generators::jsx::{self, Aliases, Meant};
use crate::generators::{Evaluated, Sources};
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::destination::{self, Shape, decode};
use crate::site::facts::PageFacts;

/// What is needed to read the links of one page.
pub struct Context<'a> {
    /// The page.
    pub page: &'a PageFacts,
    /// Names of folders.
    pub aliases: &'a Aliases,
    /// The files.
    pub sources: &'a dyn Sources,
    /// Keys of the front matter that hold pictures beside the page.
    pub images: &'a [String],
    /// Keys of the front matter that the collection's own schema says are mere texts.
    pub texts: &'a [String],
    /// What the pages show of pictures beside them.
    pub pictures: &'a Beside,
    /// The folder of sources, from which Vite takes what begins with it.
    pub source: &'a str,
    /// Code may turn paths of Markdown files into addresses.
    pub plugins: bool,
    /// What stands before every path.
    pub base_path: &'a str,
}

impl Context<'_> {
    /// What a link means; nothing where it is an ordinary address.
    #[must_use]
    pub fn link(&self, link: &Link) -> Option<Evaluated> {
        match &link.origin {
            Origin::Import { .. } => return Some(self.module(&link.destination)),
            Origin::FrontMatter { key } => return self.front_matter(key, link),
            Origin::Parameter { .. } | Origin::Email | Origin::Autolink | Origin::Bare => return None,
            _ => {}
        }
        if link.is_dynamic() {
            return Some(match jsx::meant(&link.destination, self.page) {
                Meant::Address(address) => Evaluated::Destination(address),
                Meant::File(file) => self.module(&file),
                Meant::Unknown => Evaluated::Unknown,
            });
        }
        let Shape::Path { path, fragment } = destination::shape(&link.destination) else { return None };
        if path.starts_with('/') {
            // `remark-collect-images` leaves a path from the root as it is: an address, be a source of that name there or not.
            let markdown = link.kind == LinkKind::Image && !matches!(link.origin, Origin::Html(_));
            return self.rooted(&decode(path)).filter(|_| markdown && self.plugins);
        }
        if matches!(&link.origin, Origin::Html(place) if place.tag == "other") {
            return Some(Evaluated::Unknown);
        }
        let html = matches!(link.origin, Origin::Html(_));
        let path = decode(path);
        if link.kind == LinkKind::Image && !html {
            return Some(self.module(&path));
        }
        let file = jsx::beside(&path, self.page).filter(|file| self.sources.has(file));
        if let Some(file) = file.filter(|_| self.plugins && matches!(&*extension(&path), "md" | "mdx")) {
            let tail = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            return Some(Evaluated::Source { path: file, tail });
        }
        // A plugin that makes addresses of such paths takes the extension off first.
        if self.plugins && self.has_in_other_format(&path) {
            return Some(Evaluated::Unknown);
        }
        let url = self.page.place.url.as_deref()?;
        let folder = if url.ends_with('/') { url } else { parent(url) };
        let joined = destination::join(folder, &path)?;
        let tail = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        Some(Evaluated::Destination(format!("{}{joined}{tail}", self.base_path)))
    }

    /// A file of the sources that is named from the project's root: `/src/assets/a.png`.
    fn rooted(&self, path: &str) -> Option<Evaluated> {
        let file = path.strip_prefix('/')?;
        let is_source = file.strip_prefix(self.source).is_some_and(|rest| rest.starts_with('/'));
        (is_source && self.sources.has(file)).then(|| jsx::file(file.to_owned(), true, String::new()))
    }

    /// True for `a.md` where `a.mdx` is, and the other way round.
    fn has_in_other_format(&self, path: &str) -> bool {
        let Some(stem) = path.strip_suffix(".mdx").or_else(|| path.strip_suffix(".md")) else { return false };
        let has =
            |end: &str| jsx::beside(&format!("{stem}{end}"), self.page).is_some_and(|file| self.sources.has(&file));
        has(".md") || has(".mdx")
    }

    /// A file as an import or an image of Markdown names it.
    fn module(&self, path: &str) -> Evaluated {
        let path = path.split_once('?').map_or(path, |(file, _)| file);
        let file = match self.aliases.file(path) {
            Some(file) => Some(file),
            None if path.starts_with('/') => Some(path.trim_start_matches('/').to_owned()),
            None => jsx::beside(path, self.page),
        };
        match file {
            Some(file) if jsx::is_code(&file, self.sources) => Evaluated::Made,
            // A bare name may be one of a package.
            Some(file)
                if path.starts_with(['.', '/']) || self.sources.has(&file) || self.aliases.file(path).is_some() =>
            {
                let exists = self.sources.has(&file);
                jsx::file(file, exists, String::new())
            }
            _ => Evaluated::Unknown,
        }
    }

    fn front_matter(&self, key: &str, link: &Link) -> Option<Evaluated> {
        if self.images.iter().any(|name| name == key) {
            return Some(self.module(&link.destination));
        }
        let is_text = self.texts.iter().any(|name| name == key);
        if is_text && !jsx::beside(&link.destination, self.page).is_some_and(|file| self.sources.has(&file)) {
            return None;
        }
        match self.aliases.file(&link.destination) {
            Some(file) => Some(jsx::file(file.clone(), self.sources.has(&file), String::new())),
            None => self
                .rooted(&decode(&link.destination))
                .or_else(|| self.pictures.evaluate(link, self.page, self.sources)),
        }
    }
}
