//! Gatsby.
//!
//! Source: its documentation (`gatsby-config`, `gatsby-node`, `gatsby-source-filesystem`, the remark plugins). Addresses
//! are made by the site's code: they are known where `gatsby-node` follows the convention of the starters, and where
//! `site.permalinks` says them; elsewhere links to pages are counted as unchecked, and files are judged all the same.

mod config;
mod field;
mod ids;
mod made;
mod model;
mod prefix;
mod queries;

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::{Folder, Generator, Loaded, around};
use crate::discover::join;

/// The generator.
pub struct Gatsby;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("gatsby"));

impl Generator for Gatsby {
    fn name(&self) -> &'static str {
        "gatsby"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, folder: &Folder<'_>) -> Option<String> {
        let config = DATA.markers.iter().find(|name| folder.has(name))?;
        let named = folder.read("package.json").is_some_and(|text| text.contains("\"gatsby\""));
        Some(if named {
            format!("`{config}` is there and package.json names Gatsby")
        } else {
            format!("`{config}` is there")
        })
    }

    fn root<'f>(&self, folder: &Folder<'f>) -> &'f str {
        let paths: Vec<String> =
            config::folders(&written(folder, "")).map(|path| around::from_root("", &path)).collect();
        around::root_above(folder.root, paths.iter().map(String::as_str))
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        let site = around::site_folder(folder, &DATA.markers);
        Loaded { model: Box::new(model::Site::new(folder, config::Config::read(folder, &site))), problems: Vec::new() }
    }
}

/// The configuration's text. `gatsby-config.js` may do nothing but have another file compiled.
fn written(folder: &Folder<'_>, site: &str) -> String {
    written_in(folder, site).and_then(|name| folder.read(&name)).unwrap_or_default()
}

/// The file that holds it.
fn written_in(folder: &Folder<'_>, site: &str) -> Option<String> {
    let all = || DATA.markers.iter().map(|name| join(site, name)).filter(|name| folder.has(name));
    let says =
        |name: &String| folder.read(name).is_some_and(|text| text.contains("plugins") || text.contains("siteMetadata"));
    all().find(says).or_else(|| all().next())
}
