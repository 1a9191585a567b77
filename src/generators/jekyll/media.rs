//! The folder that a post names once for all of its pictures, which the theme Chirpy and its like put before their paths.
//!
//! Source: `_includes/media-url.html` of jekyll-theme-chirpy 7 (`media_subpath`), `_includes/img-url.html` of 5 and 6
//! (`img_path`).

use super::config::Config;
use crate::discover::join;
use crate::generators::template_files::TemplateFiles;
use crate::generators::{Evaluated, Sources};

/// The keys, the newer one first.
pub const KEYS: [&str; 2] = ["media_subpath", "img_path"];

/// Who reads the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A theme that does, or a template of the site.
    Read,
    /// Perhaps a theme that is not in the repository.
    Unknown,
    /// Nobody.
    Unread,
}

impl Media {
    /// Of a site.
    #[must_use]
    pub fn of(config: &Config, templates: &TemplateFiles) -> Media {
        match config.theme_name.as_deref() {
            Some(name) if name.contains("chirpy") => Media::Read,
            _ if templates.reads_media_folder => Media::Read,
            Some(_) => Media::Unknown,
            None => Media::Unread,
        }
    }

    /// A picture of a post that names this folder.
    #[must_use]
    pub fn picture(self, folder: &str, path: &str, config: &Config, sources: &dyn Sources) -> Option<Evaluated> {
        if path.contains(':') || path.starts_with("//") || path.is_empty() || self == Media::Unread {
            return None;
        }
        let below = join(folder.trim_matches('/'), path.trim_start_matches('/'));
        // Of a path from the root it depends on the theme's version.
        if path.starts_with('/') && !sources.has(&join(&config.source, &below)) {
            return None;
        }
        let elsewhere = self == Media::Unknown || config.cdn || folder.contains(':');
        Some(if elsewhere { Evaluated::Unknown } else { Evaluated::Destination(format!("{}/{below}", config.baseurl)) })
    }
}
