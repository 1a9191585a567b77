//! One site as a whole: every page, address, anchor, asset and term. Built once from the pages' facts, then only read.

pub mod anchors;
mod as_sources;
pub mod assets;
pub mod backslashes;
mod build_steps;
pub mod debris;
pub mod destination;
pub mod domain;
pub mod facts;
pub mod follow;
mod former_programs;
pub mod fragments;
pub mod front_images;
pub mod front_values;
pub mod hosts;
pub mod image_folders;
mod in_prose;
pub mod index;
mod kinds;
pub mod language;
pub mod layouts;
pub mod letters;
pub mod likeliest;
pub mod mail;
mod mentions;
pub mod moved;
mod names;
mod namesakes;
pub mod navigation;
mod near_names;
pub mod near_sources;
pub mod needs;
pub mod not_meant;
mod note_names;
mod outputs;
mod passed_over;
pub mod permalinks;
pub mod redirects;
pub mod resolve;
mod second_look;
pub mod server;
pub mod shown;
pub mod slashes;
pub mod slip;
pub mod sources;
pub mod suggest;
pub mod suggestion;
pub mod target;
pub mod translation;
mod unknown_addresses;
mod words;
pub mod written;

use crate::hash::Set;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::discover::{Tree, first_part, join};
use crate::finding::FilePath;
use crate::generators::{Folder, Generator, Model, Registries, Role, called};
use crate::git::Git;
use crate::hash::Map;
use assets::AssetFacts;
use facts::PageFacts;
use index::{Entry, Index};
use needs::Needs;
use outputs::{add_bundles, alias_output};
use permalinks::Permalinks;
use redirects::Redirects;
use target::Target;
use unknown_addresses::UnknownAddresses;

/// A site, known whole.
pub struct Site {
    /// Its root relative to the base folder, `""` at the top.
    pub root: String,
    /// Whose it is.
    pub generator: &'static dyn Generator,
    /// Why it is taken for that generator's.
    pub evidence: String,
    /// The generator's answers.
    pub model: Box<dyn Model>,
    /// Its pages, sorted by path.
    pub pages: Vec<PageFacts>,
    /// Its output files.
    pub index: Index,
    /// Addresses that the host redirects.
    pub redirects: Redirects,
    /// Authors, layouts.
    pub registries: Registries,
    /// For each page, the targets of its links in the same order.
    pub targets: Vec<Vec<Target>>,
    /// The entries of its own menus.
    pub navigation: Vec<navigation::Entry>,
    /// What is known of the assets that pages show as images.
    pub assets: Map<FilePath, AssetFacts>,
    /// Pictures that nothing names, where a rule asks for them.
    pub unnamed: Vec<FilePath>,
    /// Terms that the site's sentences write with capitals and some pages' heads without, where a rule asks for them.
    pub in_prose: Set<String>,
    /// The language that the site is written in.
    pub language: language::SiteLanguage,
    /// What its layouts say of its language.
    pub layouts: layouts::Layouts,
    /// Its own and former hosts.
    pub hosts: hosts::Hosts,
    /// What the addresses of its folders end with.
    pub slash: slashes::Slash,
    /// Where the images that front matter names lie.
    pub image_folders: image_folders::Folders,
    /// Words that the configuration says are right, in small letters.
    pub words: Set<String>,
    /// For fragments that no page has: who would have given such an id.
    pub elsewhere: Map<fragments::Wanted, fragments::Elsewhere>,
    /// Folders in which it was once published, as its links still say.
    pub former_bases: Set<String>,
    /// Where its files were before, as far as somebody asked.
    pub moved: moved::Moved,
    /// Every file below the root, sorted.
    files: Vec<FilePath>,
    note_names: note_names::NoteNames,
    letters: letters::Letters,
    /// What [`Site::has_known_root`] says.
    known_root: OnceLock<bool>,
    /// Pages by their file's name without date and extension; made when the first link asks.
    by_file_name: OnceLock<Map<Box<str>, Vec<u32>>>,
    unknown_addresses: UnknownAddresses,
}

/// What a site is built from.
pub struct Parts<'a> {
    /// All files.
    pub tree: &'a Tree,
    /// The site's root.
    pub root: String,
    /// Its generator.
    pub generator: &'static dyn Generator,
    /// Why.
    pub evidence: String,
    /// Its model.
    pub model: Box<dyn Model>,
    /// Its pages; their places are filled in here.
    pub pages: Vec<PageFacts>,
    /// Files of the site that are no pages, relative to its root, with what the generator does with them.
    pub others: Vec<(FilePath, Role)>,
    /// What the site is written in.
    pub language: language::SiteLanguage,
    /// Its own and former hosts.
    pub hosts: hosts::Hosts,
    /// The repository that it lies in.
    pub git: &'a Git,
    /// What the running rules will ask.
    pub needs: Needs,
    /// Patterns of addresses that the configuration states, by collection.
    pub permalinks: &'a Permalinks,
    /// Words that the configuration says are right, in small letters.
    pub words: Set<String>,
}

impl Site {
    /// Builds the index and resolves every link.
    #[must_use]
    pub fn build(parts: Parts<'_>) -> Site {
        let Parts {
            tree,
            root,
            generator,
            evidence,
            model,
            mut pages,
            others,
            language,
            mut hosts,
            git,
            needs,
            permalinks,
            words,
        } = parts;
        let folder = Folder { tree, root: &root };
        pages.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
        pages.par_iter_mut().for_each(|page| {
            place(page, &*model, permalinks);
        });
        let mut index = Index::with_room(pages.len() + others.len());
        for (file, role) in &others {
            if let Role::Asset(output) = role {
                index.add(output.clone(), Entry::Asset(file.clone()));
            }
        }
        add_bundles(&mut index, &pages, &others);
        for (number, page) in (0u32..).zip(&pages) {
            if let Some(output) = &page.place.output {
                index.add(output.clone(), Entry::Page(number));
            }
        }
        for (number, page) in (0u32..).zip(&pages) {
            for alias in &page.place.aliases {
                index.add(alias_output(&alias.path), Entry::Alias(number, alias.span));
            }
        }
        let redirects = Redirects::load(&folder, model.settings());
        let registries = model.registries(&folder, &pages);
        let files = tree.below(&root).to_vec();
        let unknown_addresses = UnknownAddresses::of(&pages);
        hosts.learn(&pages, |host| is_named(&folder, generator, host));
        let image_folders = image_folders::Folders::learn(&pages, &index);
        let mut site = Site {
            root,
            generator,
            evidence,
            model,
            pages,
            index,
            redirects,
            registries,
            targets: Vec::new(),
            navigation: Vec::new(),
            assets: Map::default(),
            unnamed: Vec::new(),
            in_prose: Set::default(),
            language,
            layouts: layouts::Layouts::default(),
            hosts,
            slash: slashes::Slash::default(),
            image_folders,
            words,
            elsewhere: Map::default(),
            former_bases: Set::default(),
            moved: moved::Moved::default(),
            files,
            note_names: note_names::NoteNames::default(),
            letters: letters::Letters::default(),
            known_root: OnceLock::new(),
            by_file_name: OnceLock::new(),
            unknown_addresses,
        };
        site.targets = site
            .pages
            .par_iter()
            .map(|page| page.links.iter().map(|link| resolve::resolve(&site, page, link)).collect())
            .collect();
        site.navigation = navigation::resolve(&site);
        passed_over::restore(&mut site, tree, git);
        site.assets = assets::read(&site, tree, git, needs);
        if needs.mentions {
            site.unnamed = mentions::unnamed(&site, tree);
        }
        if needs.prose {
            site.in_prose = in_prose::names(&site, tree);
        }
        if needs.layouts {
            let tag = site.language.tag.as_deref();
            site.language.said_at =
                tag.and_then(|tag| language::said_at(&Folder { tree, root: &site.root }, generator, tag));
            site.layouts = layouts::read(tree, &site.root, &site.model.settings().public);
        }
        second_look::take(&mut site, tree);
        site
    }

    /// A page by its number.
    #[must_use]
    pub fn page(&self, number: u32) -> Option<&PageFacts> {
        self.pages.get(number as usize)
    }

    /// The number of a page.
    #[must_use]
    pub fn number(&self, page: &PageFacts) -> Option<u32> {
        match self.pages.element_offset(page) {
            Some(at) => u32::try_from(at).ok(),
            None => self.number_of(&page.path),
        }
    }

    /// The number of the page of this source path (relative to the root).
    #[must_use]
    pub fn number_of(&self, path: &str) -> Option<u32> {
        // They are sorted by path.
        let at = self.pages.binary_search_by(|page| (*page.path).cmp(path)).ok()?;
        u32::try_from(at).ok()
    }

    /// The pages whose file has this name, without a date before it and without its extension, in the pages' order.
    pub fn files_named(&self, name: &str) -> impl Iterator<Item = &PageFacts> {
        let by_name = self.by_file_name.get_or_init(|| {
            let mut by_name: Map<Box<str>, Vec<u32>> = Map::default();
            for (number, page) in (0u32..).zip(&self.pages) {
                by_name.entry(called(&page.path).into()).or_default().push(number);
            }
            by_name
        });
        by_name.get(name).into_iter().flatten().filter_map(|number| Site::page(self, *number))
    }

    /// The file of a path relative to the root.
    #[must_use]
    pub fn file(&self, path: &str) -> FilePath {
        join(&self.root, path).into()
    }

    /// The files whose path from the base folder begins so.
    pub fn files_below<'s>(&'s self, start: &'s str) -> impl Iterator<Item = &'s str> {
        let first = self.files.partition_point(|file| **file < *start);
        self.files.iter().skip(first).map(|file| &**file).take_while(move |file| file.starts_with(start))
    }

    /// True when the first part of this path exists in the published site.
    #[must_use]
    pub fn has_top(&self, path: &str) -> bool {
        self.index.has_top(first_part(path))
    }

    /// True when code may have made a page of this path, as far as is known.
    #[must_use]
    pub fn may_be_made(&self, path: &str) -> bool {
        self.unknown_addresses.may_have(path)
    }

    /// True when the published site has a folder of that path.
    #[must_use]
    pub fn has_output_folder(&self, path: &str) -> bool {
        path.is_empty() || self.index.has_folder(path)
    }

    /// Each checked page with its links and their targets.
    pub fn links(&self) -> impl Iterator<Item = (&PageFacts, &crate::page::links::Link, &Target)> {
        self.pages
            .iter()
            .zip(&self.targets)
            .filter(|(page, _)| page.checked)
            .flat_map(|(page, targets)| page.links.iter().zip(targets).map(move |(link, target)| (page, link, target)))
    }

    /// True where the configuration says below which path the site is published, or its own links begin at that root and live.
    pub fn has_known_root(&self) -> bool {
        let leads = |target: &Target| matches!(target, Target::Page { .. } | Target::Asset(_));
        let settings = self.model.settings();
        let is_rooted = || self.links().any(|(_, link, target)| link.destination.starts_with('/') && leads(target));
        *self.known_root.get_or_init(|| settings.url.is_some() || !settings.base_path.is_empty() || is_rooted())
    }
}

/// True when the site's configuration names this host: a mirror, a sister site. Such are alive.
fn is_named(folder: &Folder<'_>, generator: &dyn Generator, host: &str) -> bool {
    generator.data().markers.iter().any(|marker| folder.read(marker).is_some_and(|text| text.contains(host)))
}

/// Gives a page its address: the one that the configuration states, else the generator's.
pub fn place(page: &mut PageFacts, model: &dyn Model, permalinks: &Permalinks) {
    page.place = model.place(page);
    permalinks::apply(page, permalinks);
}
