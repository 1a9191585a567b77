//! What reading a site brings, before the site is built of it.

use super::Request;
use super::shelf::Shelf;
use crate::discover::Tree;
use crate::finding::{FilePath, Finding};
use crate::generators::Role;
use crate::git::Git;
use crate::outcome::FileStamp;
use crate::site::facts::PageFacts;
use crate::site::language::SiteLanguage;
use crate::site::needs::Needs;
use crate::suppress::Suppressions;

/// What became of one candidate besides the facts of a page.
pub(super) enum Read {
    Page(FileStamp, Option<Box<Said>>),
    Asset(FilePath, Role),
    /// Its address is known all the same, so that links to it are not called dead.
    Failed(Option<Box<Finding>>),
}

/// What few pages have: comments to postlint, findings of the page rules.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) suppressions: Suppressions,
    pub(super) findings: Vec<Finding>,
}

/// What all sites of a run share.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// What to check.
    pub request: &'a Request<'a>,
    /// All files.
    pub tree: &'a Tree,
    /// The repository around them.
    pub git: &'a Git,
    /// What the running rules will ask.
    pub needs: Needs,
    /// Takes the texts of the pages.
    pub shelf: &'a Shelf,
}

/// The pages of a site as read.
#[derive(Default)]
pub struct ReadSite {
    /// By candidate; nothing for what is no page. Apart from the rest, and not in boxes, because they are what is kept of
    /// a large site: they move into it without ever being there twice.
    pub(super) facts: Vec<Option<PageFacts>>,
    pub(super) reads: Vec<Read>,
    pub(super) language: SiteLanguage,
}
