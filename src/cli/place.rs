//! From the arguments to a request: which folder is the base, which paths are chosen, which configuration counts.

use crate::hash::Map;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use super::base;
use super::common::{Common, Error};
use crate::config::{self, Config, Sources};
use crate::discover::Tree;
use crate::engine::{self, Request};
use crate::finding::{Confidence, FilePath};
use crate::generators;
use crate::git::Git;
use crate::network::online::Online;

/// Where a run takes place.
#[derive(Debug)]
pub struct Place {
    /// The repository, or the folder that was named, or the current one.
    pub base: PathBuf,
    /// The configuration.
    pub config: Config,
    /// Chosen paths relative to the base; empty for all.
    pub paths: Vec<String>,
    /// Texts that stand for files.
    pub memory: Map<FilePath, String>,
}

impl Place {
    /// Finds base, configuration and chosen paths.
    ///
    /// # Errors
    /// A path that does not exist or lies elsewhere, or a configuration with mistakes.
    pub fn new(common: &Common, paths: &[PathBuf]) -> Result<Place, Error> {
        let current = std::env::current_dir()?;
        for path in paths.iter().chain(&common.root) {
            if !path.exists() {
                let path = path.display();
                return Err(Error::Failed(format!("`{path}` does not exist: name a file or folder of the site")));
            }
        }
        let start = common.root.clone().or_else(|| paths.first().cloned()).unwrap_or_else(|| current.clone());
        let base = base::of(&start, paths, &current)?;
        let explicit = common.config.as_deref();
        let folder = base::folder_of(&start)?;
        let mut config =
            config::load(Sources { start: &folder, repository: &base, explicit, isolated: common.isolated })?;
        if let Some(root) = &common.root {
            config.set_root(&inside(&base, root)?);
        }
        let mut chosen = Vec::new();
        for path in paths.iter().chain(&common.root) {
            chosen.push(inside(&base, path)?);
        }
        if paths.is_empty() && common.root.is_none() {
            chosen.push(inside(&base, &current)?);
        }
        if chosen.iter().any(String::is_empty) {
            chosen.clear();
        }
        Ok(Place { base, config, paths: chosen, memory: Map::default() })
    }

    /// The request for the engine.
    #[must_use]
    pub fn request<'a>(
        &'a self,
        common: &Common,
        min_confidence: Confidence,
        online: Option<&'a Online>,
    ) -> Request<'a> {
        Request {
            base: self.base.clone(),
            paths: self.paths.clone(),
            memory: self.memory.clone(),
            config: &self.config,
            min_confidence,
            now: now(),
            threads: common.threads.unwrap_or(0),
            online,
        }
    }
}

/// What was detected: the site's folder and its generator's name.
#[derive(Debug, Clone, Default)]
pub struct Detected {
    /// Relative to the repository, empty for its root.
    pub root: String,
    /// `jekyll`; empty when there is none.
    pub generator: String,
}

/// The site around the start, for `init`.
#[must_use]
pub fn detected(common: &Common) -> Detected {
    let base = common.repository();
    let tree = Tree::walk(&base, common.threads.unwrap_or(0)).with_tracked(&Git::at(&base));
    let found = generators::detect(&tree);
    let here = engine::relative(&common.repository(), &common.start()).unwrap_or_default();
    let around = found.iter().find(|site| here == site.root || here.starts_with(&format!("{}/", site.root)));
    match around.or_else(|| found.iter().find(|site| site.root.starts_with(&here))) {
        Some(site) => Detected { root: site.root.clone(), generator: site.generator.name().to_owned() },
        None => Detected::default(),
    }
}

/// A path relative to the base.
///
/// # Errors
/// When it lies elsewhere.
pub fn inside(base: &Path, path: &Path) -> Result<String, Error> {
    engine::relative(base, path).ok_or_else(|| {
        Error::Failed(format!("`{}` lies outside `{}`: run postlint there", path.display(), base.display()))
    })
}

/// The moment of the run in UTC, as on the machines that build sites.
fn now() -> DateTime {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now())
}
