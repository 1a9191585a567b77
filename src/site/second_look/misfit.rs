//! Sites of whose links a whole kind leads nowhere: not the writers are wrong then, but what we believe of the site.
//!
//! Nobody publishes a site in which most paths from the root, or most relative ones, are dead. Where it looks so, something
//! that we do not see makes it right: a program that we do not know, a folder that is the root for another one, an
//! application that shows the texts and has pages of its own. Then that kind of link is not judged, and counted.

use crate::hash::Set;

use super::is_translated_readme;
use crate::discover::{Tree, extension, file_name, first_part, is_image, parent};
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::Site;
use crate::site::destination::{self, Shape, shape};
use crate::site::facts::PageFacts;
use crate::site::hosts::{Hosts, Owner};
use crate::site::target::{Target, Unknown};

/// So many different dead addresses are no slips.
const MANY: usize = 25;
/// So many pages must have them.
const PAGES: usize = 5;
/// A generator that we know is believed for longer: of a blog that has moved all pictures may be lost.
const TRUST: usize = 6;

#[derive(Default)]
struct Seen<'a> {
    found: usize,
    lost: usize,
    paths: Set<&'a str>,
    pages: Set<usize>,
}

impl Seen<'_> {
    fn is_misfit(&self, trust: usize) -> bool {
        self.paths.len() >= MANY && self.pages.len() >= PAGES && self.lost > self.found * trust
    }
}

/// Takes back what was called missing in such kinds.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &&Target| matches!(target, Target::Missing { .. });
    if site.targets.iter().flatten().filter(lost).count() < MANY {
        return;
    }
    let by_path = site.model.settings().files_by_path;
    let kind_of = |link: &Link| kind_of(link).filter(|_| !(by_path && names_a_source(link)));
    let mut all: [Seen<'_>; 4] = Default::default();
    for (number, (page, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        if is_translated_readme(site, page) {
            continue;
        }
        for (link, target) in page.links.iter().zip(targets) {
            // Most links lead to other sites.
            let lost = match target {
                Target::Missing { path } => Some(path),
                Target::Page { .. } | Target::Asset(_) | Target::Generated | Target::WrongCase(_) => None,
                _ => continue,
            };
            let Some(seen) = kind_of(link).and_then(|kind| all.get_mut(kind)) else { continue };
            match lost {
                Some(path) => {
                    seen.lost += 1;
                    seen.paths.insert(path);
                    seen.pages.insert(number);
                }
                None => seen.found += 1,
            }
        }
    }
    let trust = if site.model.settings().folders { 1 } else { TRUST };
    let mut misfits = all.each_ref().map(|seen| seen.is_misfit(trust));
    if let [_, _, images @ true, _] = &mut misfits {
        *images = !all.get(RELATIVE_IMAGES).is_some_and(|seen| are_nowhere(site, tree, seen));
    }
    for (misfit, seen) in misfits.iter_mut().zip(&all).step_by(RELATIVE_IMAGES) {
        *misfit &= !have_moved(site, tree, seen);
    }
    if !misfits.contains(&true) {
        return;
    }
    // What is asked for from the root is there, whoever else asks for it and in which way.
    let [_, links, _, images] = all;
    let there =
        [(links, misfits.get(1)), (images, misfits.get(3))].into_iter().filter(|(_, misfit)| *misfit == Some(&true));
    let there: Set<String> = there.flat_map(|(seen, _)| seen.paths).map(str::to_owned).collect();
    let stem = |page: &PageFacts| page.path.rsplit_once('.').map(|(stem, _)| stem.to_owned());
    let stems: Set<String> =
        if misfits == ABSOLUTE { site.pages.iter().filter_map(stem).collect() } else { Set::default() };
    // Who publishes a folder whose pages are linked in another way than its files are called has a root of his own, too.
    let published = site.model.settings().folders && misfits.first() == Some(&true);
    let tops: Set<String> = match published {
        true => site
            .files_below("")
            .map(|file| first_part(file.strip_prefix(&*site.root).unwrap_or(file)).to_owned())
            .collect(),
        false => Set::default(),
    };
    let hosts = std::mem::take(&mut site.hosts);
    let translated: Vec<bool> = site.pages.iter().map(|page| is_translated_readme(site, page)).collect();
    let pages = site.pages.iter().zip(&mut site.targets).zip(translated);
    for ((page, targets), _) in pages.filter(|(_, translated)| !translated) {
        for (link, target) in page.links.iter().zip(targets) {
            let Target::Missing { path } = target else { continue };
            let kind = || of_front_matter(link).or_else(|| of_own_domain(link, &hosts)).or_else(|| kind_of(link));
            if there.contains(&**path)
                || kind().and_then(|kind| misfits.get(kind)) == Some(&true)
                || misfits.get(ROOTED_IMAGES) == Some(&true) && is_picture_from_the_root(link)
                || misfits == ABSOLUTE && names_no_file(page, link, &stems)
                || published && link.destination.starts_with('/') && !tops.contains(first_part(path))
            {
                *target = Target::Unchecked(Unknown::Misfit);
            }
        }
    }
    site.hosts = hosts;
}

/// Their place among the kinds.
const RELATIVE_IMAGES: usize = 2;
const ROOTED_IMAGES: usize = 3;
/// Of so many pictures one may be there by chance, as `logo.png` is.
const CHANCE: usize = 20;

/// True for pictures that a plain folder has nowhere at all: no program and no other root would find them, and who reads
/// the folder where it lies sees none of them.
fn are_nowhere(site: &Site, tree: &Tree, seen: &Seen<'_>) -> bool {
    let settings = site.model.settings();
    let known = |path: &&&str| !tree.named(file_name(path)).is_empty();
    settings.folders
        && !settings.unknown_generator
        && seen.paths.iter().filter(known).count() * CHANCE <= seen.paths.len()
}

/// True for relative paths in a folder of notes, nearly all of whose files lie in it elsewhere: somebody has renamed their
/// folder. The program for notes finds none of them, and no other reads the folder.
fn have_moved(site: &Site, tree: &Tree, seen: &Seen<'_>) -> bool {
    let settings = site.model.settings();
    let known = |path: &&&str| !tree.named(file_name(path)).is_empty();
    settings.folders
        && settings.dialect.wikilinks
        && seen.paths.iter().filter(known).count() * 4 >= seen.paths.len() * 3
}

/// Links from the root are a misfit, and they alone: another program shows the texts of this folder.
const ABSOLUTE: [bool; 4] = [false, true, false, false];

/// True for `validation#rules` where `validation.md` lies beside the page: a path of that program.
fn names_no_file(page: &PageFacts, link: &Link, stems: &Set<String>) -> bool {
    let Shape::Path { path, .. } = shape(&link.destination) else { return false };
    let beside = || destination::join(&format!("/{}", parent(&page.path)), &destination::decode(path));
    link.kind == LinkKind::Link
        && extension(path).is_empty()
        && beside().is_some_and(|path| stems.contains(path.trim_matches('/')))
}

/// True for `b.md`: what is made of it where no plugin changes links is known.
fn names_a_source(link: &Link) -> bool {
    let Shape::Path { path, .. } = shape(&link.destination) else { return false };
    matches!(&*extension(path), "md" | "mdx")
}

/// The number of a kind of links that a misunderstood site breaks together: links or images, from the root or relative.
fn kind_of(link: &Link) -> Option<usize> {
    let written = matches!(link.origin, Origin::Inline | Origin::Reference { .. } | Origin::Html(_));
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    let kind = 2 * usize::from(link.kind == LinkKind::Image) + usize::from(path.starts_with('/'));
    (written && !link.is_dynamic()).then_some(kind)
}

/// The kind to which a whole URL of the site's own belongs: those from its root.
fn of_own_domain(link: &Link, hosts: &Hosts) -> Option<usize> {
    let Shape::Web { host, .. } = shape(&link.destination) else { return None };
    (hosts.of(&host) == Some(Owner::Own)).then_some(2 * usize::from(link.kind == LinkKind::Image) + 1)
}

/// The kind to which a picture of the front matter belongs: whatever makes the others right is true of it, too.
fn of_front_matter(link: &Link) -> Option<usize> {
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    (matches!(link.origin, Origin::FrontMatter { .. }) && path.starts_with('/')).then_some(ROOTED_IMAGES)
}

/// True for a picture in a shortcode, and for one that is linked to.
fn is_picture_from_the_root(link: &Link) -> bool {
    let Shape::Path { path, .. } = shape(&link.destination) else { return false };
    path.starts_with('/') && !link.is_dynamic() && (link.kind == LinkKind::Image || is_image(path))
}
