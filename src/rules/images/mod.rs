//! Images: whether they are there, whether they can be shown, and what is said of them.

pub mod broken_file;
pub mod filename_alt;
pub mod hotlinked;
pub mod location_metadata;
pub mod missing_alt;
pub mod missing_file;
pub mod oversized;
pub mod unsupported_format;
pub mod untracked;
pub mod unused_file;
pub mod wrong_extension;

use crate::finding::FilePath;
use crate::page::links::{Link, LinkKind};
use crate::site::Site;
use crate::site::assets::AssetFacts;
use crate::site::facts::PageFacts;
use crate::site::target::Target;

/// Every image of the site's own that a page shows, with what is known of its file.
fn shown(site: &Site) -> impl Iterator<Item = (&PageFacts, &Link, &FilePath, &AssetFacts)> {
    site.links().filter(|(_, link, _)| link.kind == LinkKind::Image).filter_map(|(page, link, target)| {
        let Target::Asset(file) = target else { return None };
        Some((page, link, file, site.assets.get(file)?))
    })
}
