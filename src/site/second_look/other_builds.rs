//! Pages that another build puts under the site's own host, or that a step of this one takes from beside it.
//!
//! A full URL to the own host is not always the site's: Read the Docs keeps every version under one host, an organisation
//! publishes its projects beside its front page, and a translation is filled up with the pages of the language that it is
//! translated from. Each leaves a trace: a file that configures the hoster, a page that leads to its own name elsewhere, a
//! sister folder that is named after a language and has the page, a site that has no front page of its own.

use crate::hash::Set;

use crate::alike;
use crate::discover::{Tree, file_name, join, parent};
use crate::language::tags;
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::hosts::{Hosts, Owner, is_address_of_blog};
use crate::site::index::last_name;
use crate::site::target::{Target, Unknown};

/// With fewer pages, that all lie in one folder says little.
const PART: usize = 10;
/// Folders that lie deeper are not looked for.
const DEEP: usize = 32;

/// Takes back what was called missing and is another build's.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { .. } | Target::NoSource { .. });
    if !site.targets.iter().flatten().any(lost) {
        return;
    }
    let sisters = sisters(site, tree);
    let named = leading_to_their_name(site);
    let versions = is_on_read_the_docs(site, tree);
    let slugs = has_slugs_at_the_top(site);
    let part = folder_of_all(site);
    let is_other = |path: &str| {
        let bare = path.trim_matches('/');
        versions && is_version(bare)
            || !site.has_top(path)
                && (is_below(path, &named)
                    || (!slugs || site.hosts.is_shared()) && is_slug_of_words(bare) && is_unheard(site, path))
    };
    let mut back = Vec::new();
    for (page, (facts, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        for (at, (link, target)) in facts.links.iter().zip(targets).enumerate() {
            let unknown = match target {
                Target::Missing { path }
                    if part.as_deref().is_some_and(|part| !below(path, part)) && !site.has_top(path) =>
                {
                    Unknown::OtherSite
                }
                Target::Missing { path } if is_own(site, &link.destination) && is_other(path) => Unknown::OtherSite,
                Target::Missing { path } if sisters.iter().any(|sister| sister.has_page(tree, path)) => {
                    Unknown::MadePages
                }
                Target::NoSource { wanted } if sisters.iter().any(|sister| sister.has(tree, wanted)) => {
                    Unknown::MadePages
                }
                _ => continue,
            };
            back.push((page, at, unknown));
        }
    }
    for (page, at, unknown) in back {
        if let Some(target) = site.targets.get_mut(page).and_then(|targets| targets.get_mut(at)) {
            *target = Target::Unchecked(unknown);
        }
    }
}

/// The one folder in which a site publishes all its pages, if nothing of it is at the top, not even a front page: it is hung
/// into another site, whose pages its own lead to by their paths.
fn folder_of_all(site: &Site) -> Option<String> {
    if site.model.settings().folders || site.index.get("/index.html").is_some() || site.model.generates("/") {
        return None;
    }
    let mut tops = site.pages.iter().filter(|page| page.is_published()).filter_map(|page| page.place.output.as_deref());
    let top = |output: &str| Some(output.strip_prefix('/')?.split_once('/')?.0.to_owned());
    let first = top(tops.next()?)?;
    (site.pages.len() >= PART && tops.all(|output| top(output).as_deref() == Some(&*first)))
        .then(|| format!("/{first}"))
}

/// True for a full URL to the address that the site has today, or to a former one where others are beside it.
fn is_own(site: &Site, destination: &str) -> bool {
    let Shape::Web { host, .. } = shape(destination) else { return false };
    let owner = site.hosts.of(&host);
    owner == Some(Owner::Own) || owner.is_some() && Hosts::has_neighbours(&host)
}

/// True where the repository is configured for Read the Docs, which keeps the versions of a site beside each other.
fn is_on_read_the_docs(site: &Site, tree: &Tree) -> bool {
    let folders = [site.root.as_str(), parent(&site.root), ""];
    let names = [".readthedocs.yaml", ".readthedocs.yml", "readthedocs.yml"];
    folders.iter().any(|folder| names.iter().any(|name| tree.has_file(&join(folder, name))))
}

/// `en/stable/install`: a language and a version, as Read the Docs writes them.
fn is_version(bare: &str) -> bool {
    let mut parts = bare.split('/');
    let (Some(language), Some(version)) = (parts.next(), parts.next()) else { return false };
    let number = version.strip_prefix('v').unwrap_or(version);
    tags::is_folder_of_language(language)
        && (matches!(version, "stable" | "latest" | "master" | "main" | "develop")
            || number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Paths on the own host that a page of that very name leads to: of the lesson `/lessons/chemistry/` the material is at
/// `/chemistry/`. It is not the page itself that is meant, and whoever else links there means the same.
fn leading_to_their_name(site: &Site) -> Set<String> {
    let mut named = Set::default();
    for (page, targets) in site.pages.iter().zip(&site.targets) {
        let Some(output) = &page.place.output else { continue };
        for (link, target) in page.links.iter().zip(targets) {
            let Target::Missing { path } = target else { continue };
            let own = alike::same(last_name(path), last_name(output)) && !last_name(path).is_empty();
            if own && !is_address_of_blog(path) && is_own(site, &link.destination) {
                named.insert(path.trim_end_matches('/').to_owned());
            }
        }
    }
    named
}

fn below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// True for one of the paths and for what lies below one.
fn is_below(path: &str, named: &Set<String>) -> bool {
    let mut folders = path.match_indices('/').take(DEEP).filter_map(|(at, _)| path.get(..at));
    !named.is_empty() && (named.contains(path) || folders.any(|folder| named.contains(folder)))
}

/// `moving-a-box-slowly`, alone.
fn is_slug_of_words(bare: &str) -> bool {
    !bare.contains('/') && bare.matches('-').count() >= 2 && !bare.contains('.')
}

/// True when the site has, or redirects, addresses that are one slug of several words.
fn has_slugs_at_the_top(site: &Site) -> bool {
    site.index.iter().any(|(output, _)| is_slug_of_words(bare(output.trim_start_matches('/'))))
}

/// An address without what a web server adds to it.
fn bare(path: &str) -> &str {
    path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path)
}

/// True when nothing in the site has the name of this path.
fn is_unheard(site: &Site, path: &str) -> bool {
    site.index.named(last_name(path)).is_empty()
}

/// A folder beside the site's, of the same generator and named after another language.
struct Sister {
    root: String,
    /// The folders at the top of this site that hold its pages.
    content: Vec<String>,
}

impl Sister {
    fn has(&self, tree: &Tree, source: &str) -> bool {
        tree.has_file(&join(&self.root, source))
    }

    fn has_page(&self, tree: &Tree, path: &str) -> bool {
        let bare = bare(path.trim_matches('/'));
        let bare = bare.strip_suffix(".md").unwrap_or(bare);
        self.content.iter().any(|content| {
            let at = join(content, bare);
            [format!("{at}.md"), format!("{at}/index.md")].iter().any(|file| self.has(tree, file))
        })
    }
}

fn sisters(site: &Site, tree: &Tree) -> Vec<Sister> {
    let is_language = |folder: &str| tags::is_folder_of_language(file_name(folder));
    if site.root.is_empty() || !is_language(&site.root) {
        return Vec::new();
    }
    let markers = &site.generator.data().markers;
    let above = parent(&site.root);
    let root_of = |file: &str| {
        let rest = if above.is_empty() { file } else { file.strip_prefix(above)?.strip_prefix('/')? };
        let (folder, name) = rest.split_once('/')?;
        let root = join(above, folder);
        (markers.iter().any(|marker| marker == name) && root != site.root && is_language(&root)).then_some(root)
    };
    let roots: Set<String> = tree.files().iter().filter_map(|file| root_of(file)).collect();
    if roots.is_empty() {
        return Vec::new();
    }
    let tops = site.pages.iter().filter_map(|page| Some(page.path.split_once('/')?.0.to_owned()));
    let content: Set<String> = tops.chain([String::new()]).collect();
    let content: Vec<String> = content.into_iter().collect();
    roots.into_iter().map(|root| Sister { root, content: content.clone() }).collect()
}
