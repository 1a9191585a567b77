//! The pipeline as something that can be run again: what does not change between two runs is kept.
//!
//! A repair is only kept if the site is found better with it than without it, so `--fix` runs the same pipeline on the
//! texts as they would be. The walk, the rules and the threads are made once.

use crate::hash::Map;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use rayon::ThreadPool;

use super::kept::Kept;
use super::mentions::Mentions;
use super::policy::{self, Ready};
use super::read::Place;
use super::shelf::Shelf;
use super::{Error, Known, Request, elsewhere, finish, moved, pages, quick, sites};
use crate::discover::Tree;
use crate::finding::{FilePath, Finding};
use crate::git::Git;
use crate::outcome::{FileStamp, Outcome};
use crate::rules::rule::{NetworkRule, PageRule, SiteRule};
use crate::site::Site;
use crate::site::needs::Needs;

/// What one run of the pipeline brought.
pub struct Checked {
    /// What is reported.
    pub outcome: Outcome,
    /// Findings in files that were not chosen, as the rules told them.
    pub elsewhere: Vec<Finding>,
    /// Length and hash of every page that was read.
    pub stamps: Map<FilePath, FileStamp>,
    /// The sites.
    pub sites: Vec<Site>,
}

/// Threads, rules and the names of all files.
pub struct Session {
    pool: ThreadPool,
    tree: Arc<Tree>,
    page_rules: Vec<Ready<Box<dyn PageRule>>>,
    site_rules: Vec<Ready<Box<dyn SiteRule>>>,
    network_rules: Vec<Ready<Box<dyn NetworkRule>>>,
    needs: Needs,
    git: Git,
    /// Pages of the first run, where there will be others.
    kept: Option<OnceLock<Kept>>,
    start: Instant,
}

impl Session {
    /// Walks the tree and makes the rules ready.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn new(request: &Request<'_>) -> Result<Session, Error> {
        let start = Instant::now();
        let pool = threads(request.threads)?;
        let page_rules = policy::page_rules(request.config)?;
        let site_rules = policy::site_rules(request.config)?;
        let network_rules = policy::network_rules(request.config)?;
        let needs = site_rules.iter().fold(Needs::default(), |needs, rule| needs.and(rule.code.needs()));
        let git = Git::at(&request.base);
        let tree = pool.install(|| walk(request, &git))?;
        Ok(Session { pool, tree, page_rules, site_rules, network_rules, needs, git, kept: None, start })
    }

    /// The same for several runs, between which only texts in memory change.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn of_several_runs(request: &Request<'_>) -> Result<Session, Error> {
        Ok(Session { kept: Some(OnceLock::new()), ..Session::new(request)? })
    }

    /// Runs the pipeline on the files and the texts in `request.memory`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn check(&self, request: &Request<'_>) -> Result<Checked, Error> {
        self.pool.install(|| {
            let (tree, rules, git) = (&self.tree, &*self.page_rules, &self.git);
            let site_rules = Some(&*self.site_rules).filter(|_| self.kept.is_none());
            let ground = Ground { tree, rules, needs: self.needs, git, kept: self.kept.as_ref(), site_rules };
            let known = know(request, &ground);
            let mut checked = finish::finish(request, known, &self.site_rules, &self.network_rules)?;
            checked.outcome.summary.milliseconds = self.milliseconds();
            Ok(checked)
        })
    }

    /// Does other work on the session's threads.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Time since the session began.
    #[must_use]
    pub fn milliseconds(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

pub(super) fn threads(number: usize) -> Result<ThreadPool, Error> {
    Ok(rayon::ThreadPoolBuilder::new().num_threads(number).stack_size(8 << 20).build()?)
}

pub(super) fn walk(request: &Request<'_>, git: &Git) -> Result<Arc<Tree>, Error> {
    // Git answers while the folders are read; where nothing is ignored at the top it is most likely not asked at all.
    let ask = || request.base.join(".gitignore").exists().then(|| git.index().is_some());
    let (tree, _) = rayon::join(|| Tree::walk(&request.base, request.threads), ask);
    let tree = tree.with_tracked(git);
    for path in &request.paths {
        let known = tree.has_file(path) || tree.has_folder(path) || request.memory.contains_key(path.as_str());
        if !known && !request.base.join(path).exists() {
            return Err(Error::NoSuchPath(path.clone()));
        }
    }
    Ok(Arc::new(tree))
}

/// What the pages of all sites are read with.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub tree: &'a Arc<Tree>,
    pub rules: &'a [Ready<Box<dyn PageRule>>],
    pub needs: Needs,
    pub git: &'a Git,
    pub kept: Option<&'a OnceLock<Kept>>,
    /// The rules whose findings must not depend on how much of the other pages was read; nothing when all is to be read.
    pub site_rules: Option<&'a [Ready<Box<dyn SiteRule>>]>,
}

pub(super) fn know(request: &Request<'_>, ground: &Ground<'_>) -> Known {
    let Ground { tree, rules, needs, git, kept, site_rules } = *ground;
    let mut plan = sites::plan(request, tree);
    let mut raw = pages::Raw::default();
    let outside = sites::texts_outside(request, tree, &plan);
    if outside > 0 {
        raw.unchecked.insert("markdown_files_outside_the_site".to_owned(), outside);
    }
    let mut sites = Vec::with_capacity(plan.len());
    let shelf = Shelf::default();
    let place = Place { request, tree, git, needs, shelf: &shelf };
    let earlier = kept.and_then(OnceLock::get);
    let mut keep = kept.filter(|_| earlier.is_none()).map(|_| Kept::default());
    for site in &mut plan {
        let quick = site_rules.and_then(|rules| Some((Mentions::of(&place, site)?, rules)));
        let read = pages::read(&place, site, rules, earlier, quick.as_ref().map(|(mentions, _)| mentions));
        if let Some(keep) = &mut keep {
            keep.add(&site.root, &read);
        }
        let mut site = read.into_site(&place, site, &mut raw, earlier);
        if let Some(keep) = &mut keep {
            keep.add_hosts(&site.root, &site.hosts);
        }
        if let Some((_, rules)) = quick {
            quick::complete(&place, &mut site);
            if !quick::is_enough(request, &site, rules) {
                return know(request, &Ground { site_rules: None, ..*ground });
            }
        }
        elsewhere::explain(request, tree, &mut site);
        moved::explain(request, git, &mut site);
        raw.problems_of(std::mem::take(&mut site.redirects.problems).into_iter());
        raw.stamps.extend(std::mem::take(&mut site.redirects.stamps));
        sites.push(site);
    }
    if let (Some(cell), Some(keep)) = (kept, keep) {
        // Runs come one after the other, so nobody was faster.
        let _ = cell.set(keep);
    }
    raw.problems_of(plan.into_iter().flat_map(|plan| plan.problems));
    raw.texts = shelf.into_texts();
    sites.sort_by(|a: &Site, b| b.pages.len().cmp(&a.pages.len()).then_with(|| a.root.cmp(&b.root)));
    Known { tree: Arc::clone(tree), sites, raw }
}
