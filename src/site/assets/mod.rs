//! What is known of the images that pages show: read once, in parallel, and only as much as the running rules ask for.

pub mod content;
mod exif;
mod heif;
mod lfs;
mod location;

use crate::hash::Set;
use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

pub use content::{Content, Format, sniff};

use super::Site;
use super::needs::Needs;
use super::target::Target;
use crate::discover::{Tree, extension, parent};
use crate::finding::FilePath;
use crate::git::{Git, Tracked};
use crate::hash::Map;
use crate::page::links::LinkKind;
use crate::source;

/// How much of a file is read: enough for the header of every format that browsers show.
const HEAD: u64 = 64 * 1024;
/// So much tells the format, and the size as well unless a large EXIF block comes first.
const START: u64 = 4 * 1024;

/// What is known of an asset that a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssetFacts {
    /// Its size in bytes.
    pub bytes: u64,
    /// What it holds.
    pub content: Content,
    /// Its metadata say where the picture was taken. Only known where a rule asks for it.
    pub located: bool,
    /// Whether it will be there where the repository is checked out.
    pub kept: Kept,
}

/// Whether git has a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kept {
    /// No rule asks, or there is no repository.
    NotAsked,
    /// git does not answer, or it is another repository's file.
    Unknown,
    /// It is in the index: committed or staged.
    InGit,
    /// It is on this disk only.
    OnDisk,
    /// It is on this disk only, because git is told to ignore it.
    Ignored,
}

/// Looks at every asset that some page shows as an image. A file that cannot be read is left out.
#[must_use]
pub fn read(site: &Site, tree: &Tree, git: &Git, needs: Needs) -> Map<FilePath, AssetFacts> {
    if !needs.images && !needs.git {
        return Map::default();
    }
    let shown: BTreeSet<&FilePath> = site
        .links()
        .filter_map(|(_, link, target)| match target {
            Target::Asset(file) if link.kind == LinkKind::Image => Some(file),
            _ => None,
        })
        .collect();
    let shown: Vec<&FilePath> = shown.into_iter().collect();
    let mut facts: Map<FilePath, AssetFacts> = shown
        .par_iter()
        .filter_map(|file| Some(((*file).clone(), look(&tree.base().join(&***file), &extension(file), needs)?)))
        .collect();
    let mut attributes = lfs::Attributes::new(tree.base());
    for (file, facts) in facts.iter_mut().filter(|(_, facts)| facts.content == Content::LfsPointer) {
        if attributes.keep_elsewhere(file) {
            facts.content = Content::NotFetched;
        }
    }
    if needs.git && !facts.is_empty() && git.is_repository() {
        compare(&mut facts, tree, git);
    }
    facts
}

fn look(path: &Path, extension: &str, needs: Needs) -> Option<AssetFacts> {
    let mut file = std::fs::File::open(path).ok()?;
    let meta = file.metadata().ok()?;
    if !meta.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    if needs.images {
        bytes = source::bytes(&mut file, meta.len().min(START)).ok()?;
    }
    let mut content = if needs.images { sniff(&bytes, meta.len(), extension) } else { Content::Other };
    let more = meta.len().min(HEAD).saturating_sub(bytes.len() as u64);
    if let Content::Image(_, size) = content
        && (size.is_none() || needs.location)
        && more > 0
    {
        bytes.extend(source::bytes(&mut file, more).ok()?);
        content = sniff(&bytes, meta.len(), extension);
    }
    let located = match content {
        Content::Image(format, _) if needs.location => location::tells(format, &bytes, &mut file),
        _ => false,
    };
    Some(AssetFacts { bytes: meta.len(), content, located, kept: Kept::NotAsked })
}

/// Compares the images with git's index.
fn compare(facts: &mut Map<FilePath, AssetFacts>, tree: &Tree, git: &Git) {
    let index = git.index();
    for (file, facts) in facts.iter_mut() {
        facts.kept = match index.map(|index| index.tracked(file)) {
            Some(Tracked::Yes) => Kept::InGit,
            Some(Tracked::No) if !in_own_repository(tree.base(), file) => Kept::OnDisk,
            _ => Kept::Unknown,
        };
    }
    let mut absent: Vec<&str> =
        facts.iter().filter(|(_, facts)| facts.kept == Kept::OnDisk).map(|(file, _)| &**file).collect();
    absent.sort_unstable();
    let ignored: Set<String> = git.ignored(&absent).into_iter().map(str::to_owned).collect();
    for (_, facts) in facts.iter_mut().filter(|(file, _)| ignored.contains(&***file)) {
        facts.kept = Kept::Ignored;
    }
}

/// True below a folder that is a repository of its own and that git was not told of.
fn in_own_repository(base: &Path, file: &str) -> bool {
    let mut folder = parent(file);
    while !folder.is_empty() {
        if base.join(folder).join(".git").exists() {
            return true;
        }
        folder = parent(folder);
    }
    false
}
