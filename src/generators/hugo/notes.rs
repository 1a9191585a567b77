//! Quartz up to its third version: layouts for Hugo that publish a vault of notes.
//!
//! Source: `layouts/partials/textprocessing.html` and `layouts/_default/_markup` of Quartz 3.

use crate::discover::{extension, file_name};
use crate::generators::{Evaluated, Folder, Sources, wikilinks};
use crate::site::destination::is_image;
use crate::site::facts::PageFacts;

/// What the layouts do with notes.
#[derive(Debug, Default)]
pub struct Notes {
    /// `[[name]]` in the finished page is made a link.
    pub link_by_name: bool,
    /// A picture's path begins at the root of the site, with a slash before it or without.
    pub images_from_the_root: bool,
}

impl Notes {
    /// Looks at the site's own layouts.
    #[must_use]
    pub fn read(folder: &Folder<'_>) -> Notes {
        let text = |path: &str| if folder.has(path) { folder.read(path).unwrap_or_default() } else { String::new() };
        let hook = text("layouts/_default/_markup/render-image.html");
        Notes {
            link_by_name: text("layouts/partials/textprocessing.html").contains(r"\\[\\["),
            images_from_the_root: ["(print \"/\" $", "(printf \"/%s\" $"].iter().any(|way| hook.contains(way))
                && ["BaseURL", "relURL", "absURL"].iter().any(|way| hook.contains(way)),
        }
    }

    /// What `[[written]]` leads to: a page that `GetPage` finds by its path or its name. Places in pages are not looked for.
    #[must_use]
    pub fn link(&self, written: &str, page: &PageFacts, content: &str, sources: &dyn Sources) -> Evaluated {
        let name = written.split(['#', '|']).next().unwrap_or_default().trim();
        match wikilinks::evaluate(written, page, content, sources) {
            Evaluated::Source { path, .. } => Evaluated::Source { path, tail: String::new() },
            // A picture that no file of the project is called is nowhere, wherever it is looked for.
            Evaluated::NoSource { .. }
                if is_image(name) && sources.named(&wikilinks::key(file_name(name))).is_empty() =>
            {
                Evaluated::NoSource { wanted: name.to_owned() }
            }
            // Files are looked for from the folder of the whole project.
            Evaluated::NoSource { .. } if !matches!(&*extension(file_name(name)), "" | "md") => Evaluated::Unknown,
            other => other,
        }
    }

    /// Where a picture of a page is looked for.
    #[must_use]
    pub fn image(&self, path: &str, html: bool, base: &str) -> Option<Evaluated> {
        let relative = self.images_from_the_root && !html && !path.starts_with(['/', '#']) && !path.contains("://");
        // `urlize` makes hyphens of blanks.
        let plain = !path.contains([' ', '%']);
        relative.then(|| if plain { Evaluated::Destination(format!("{base}/{path}")) } else { Evaluated::Unknown })
    }
}
