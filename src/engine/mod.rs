//! The pipeline: discover, parse once, page rules, site index, site rules, suppress. It knows no rule by name, except
//! those that say what the engine itself could not do (`file/*`).
//!
//! ```text
//! sites.rs: which files belong to which site ─► pages.rs: read, parse, page rules (quick.rs: how much of the pages that
//! nobody named) ─► Site::build ─► site rules ─► finish.rs: suppressions, configuration, selection, order, counts
//! ```

mod anchors;
mod bytes;
mod elsewhere;
mod facts;
mod finish;
mod front_links;
mod glued;
mod heads;
mod kept;
mod mentions;
mod moved;
mod online;
mod pages;
mod panics;
mod parameters;
mod policy;
mod prose;
mod quick;
mod read;
mod session;
mod shelf;
mod shown_code;
mod sites;
mod slips;
mod spelt;
pub mod unread;
mod word_finder;

use crate::hash::Map;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::DateTime;

use crate::config::Config;
use crate::discover::{Tree, slashed};
use crate::finding::{Confidence, FilePath, Finding};
use crate::git::Git;
use crate::network::online::Online;
use crate::outcome::Outcome;
use crate::site::Site;
use crate::site::needs::Needs;

pub use heads::head;
pub use session::{Checked, Session};
pub use sites::is_markdown;

/// What to check, and how.
pub struct Request<'a> {
    /// The folder that is walked and that paths in reports are relative to.
    pub base: PathBuf,
    /// Files and folders whose findings are reported, relative to `base`; empty for all.
    pub paths: Vec<String>,
    /// Text that stands for a file (standard input), by its path relative to `base`.
    pub memory: Map<FilePath, String>,
    /// Rules, severities, exclusions.
    pub config: &'a Config,
    /// Findings that are less sure are hidden and counted.
    pub min_confidence: Confidence,
    /// The moment that the run believes in.
    pub now: DateTime,
    /// Number of threads; 0 for one per core.
    pub threads: usize,
    /// What asks servers, with `--online`.
    pub online: Option<&'a Online>,
}

impl Request<'_> {
    /// True when findings in this file are reported.
    #[must_use]
    pub fn chooses(&self, file: &str) -> bool {
        let inside = |path: &String| {
            path.is_empty()
                || file == path
                || file.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        self.paths.is_empty() || self.paths.iter().any(inside)
    }

    /// A finding is reported where it lies in a chosen path, or is about something that does.
    #[must_use]
    pub fn selects(&self, finding: &Finding) -> bool {
        self.chooses(&finding.file) || finding.related.iter().any(|related| self.chooses(&related.file))
    }
}

/// Why there is no outcome.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path that was named does not exist.
    #[error("`{0}` does not exist: name a file or folder of the site, or run without a path in the site's folder")]
    NoSuchPath(String),
    /// Nothing that could be checked is there.
    #[error("there is nothing to check in `{place}`: {why}")]
    Nothing {
        /// Where was looked.
        place: String,
        /// What was found instead, and what to do.
        why: String,
    },
    /// A rule's options do not fit.
    #[error("{0}")]
    Options(String),
    /// The threads could not be started.
    #[error("the worker threads could not be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// What is known after the sites were built; `site` commands show it.
pub struct Known {
    /// All files.
    pub tree: Arc<Tree>,
    /// The sites, the one with the most pages first.
    pub sites: Vec<Site>,
    raw: pages::Raw,
}

/// Runs the pipeline up to the site index, page rules included.
///
/// # Errors
/// See [`Error`].
pub fn know(request: &Request<'_>) -> Result<Known, Error> {
    let pool = session::threads(request.threads)?;
    let rules = policy::page_rules(request.config)?;
    pool.install(|| {
        let git = Git::at(&request.base);
        let tree = session::walk(request, &git)?;
        let ground = session::Ground {
            tree: &tree,
            rules: &rules,
            needs: Needs::default(),
            git: &git,
            kept: None,
            site_rules: None,
        };
        Ok(session::know(request, &ground))
    })
}

/// Runs the whole pipeline.
///
/// # Errors
/// See [`Error`].
pub fn check(request: &Request<'_>) -> Result<Outcome, Error> {
    Ok(Session::new(request)?.check(request)?.outcome)
}

/// A path as the user wrote it, relative to `base`; nothing when it lies elsewhere or is not Unicode.
#[must_use]
pub fn relative(base: &std::path::Path, path: &std::path::Path) -> Option<String> {
    let full = if path.is_absolute() { path.to_path_buf() } else { std::env::current_dir().ok()?.join(path) };
    // The file may be gone or only exist as standard input: its folder decides then.
    let full = full.canonicalize().or_else(|_| Ok::<_, std::io::Error>(clean(&full))).ok()?;
    slashed(full.strip_prefix(base.canonicalize().ok()?).ok()?)
}

/// Resolves `.` and `..` by the text alone.
fn clean(path: &std::path::Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}
