//! What other repositories of the site's owner publish under the same host.
//!
//! GitHub Pages serves the repository `OWNER.github.io` at the top of its host, or of the domain that stands for it, and each
//! other repository of that owner in a folder of its name. Where the site publishes nothing in such a folder, and its texts
//! name a repository of that name, the path is that repository's.

use crate::hash::Set;

use rayon::prelude::*;

use crate::discover::{Tree, extension, first_part, join};
use crate::generators::Folder;
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::facts::PageFacts;
use crate::site::front_values::each;
use crate::site::hosts::Owner;
use crate::site::mentions::{MOST, TEXTS};
use crate::site::namesakes::source_at;
use crate::site::target::{Target, Unknown};

/// Files of hosts that know nothing of repositories.
const OTHER_HOSTS: [&str; 5] = ["netlify.toml", "vercel.json", "_redirects", "wrangler.toml", "firebase.json"];

/// Takes back what was called missing there.
pub fn look(site: &mut Site, tree: &Tree) {
    let settings = site.model.settings();
    if !settings.base_path.is_empty() || settings.folders {
        return;
    }
    let mut wanted: Set<String> = Set::default();
    for (page, targets) in site.pages.iter().zip(&site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            if let Target::Missing { path } = target
                && may_be_anothers(site, page, &link.destination, path)
            {
                wanted.insert(first_part(path).to_lowercase());
            }
        }
    }
    if wanted.is_empty() || is_hosted_elsewhere(site, tree) {
        return;
    }
    let repositories = named(site, tree, &wanted);
    if repositories.is_empty() {
        return;
    }
    let mut back = Vec::new();
    for (page, (facts, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        for (at, (link, target)) in facts.links.iter().zip(targets).enumerate() {
            if let Target::Missing { path } = target
                && repositories.contains(&first_part(path).to_lowercase())
                && may_be_anothers(site, facts, &link.destination, path)
            {
                back.push((page, at));
            }
        }
    }
    for (page, at) in back {
        if let Some(target) = site.targets.get_mut(page).and_then(|targets| targets.get_mut(at)) {
            *target = Target::Unchecked(Unknown::SisterRepository);
        }
    }
}

/// True where the site itself has nothing, not even a source of that path which it publishes elsewhere: `/name/…`, not on an
/// address that it has left.
fn may_be_anothers(site: &Site, from: &PageFacts, destination: &str, path: &str) -> bool {
    let former = || match shape(destination) {
        Shape::Web { host, .. } => site.hosts.of(&host) == Some(Owner::Former),
        _ => false,
    };
    !first_part(path).is_empty() && !site.has_top(path) && !former() && source_at(site, from, path).is_none()
}

fn is_hosted_elsewhere(site: &Site, tree: &Tree) -> bool {
    let public = site.model.settings().public.iter().map(|folder| join(&site.root, folder));
    let mut folders = public.chain([site.root.clone(), String::new()]);
    folders.any(|folder| OTHER_HOSTS.iter().any(|name| tree.has_file(&join(&folder, name))))
}

/// What the texts of a repository name.
#[derive(Default)]
struct Named {
    /// Whoever has a repository `OWNER.github.io`.
    owners: Set<String>,
    /// Owners and their repositories, of those that are asked for.
    repositories: Set<(String, String)>,
}

/// The repositories among `wanted` that the owner of this site has.
fn named(site: &Site, tree: &Tree, wanted: &Set<String>) -> Set<String> {
    let folder = Folder { tree, root: "" };
    let is_text = |path: &&str| TEXTS.contains(&&*extension(path)) && !is_page(site, path);
    let texts: Vec<&str> = folder.below("").filter(is_text).collect();
    let mut found: Vec<Named> = texts
        .into_par_iter()
        .filter_map(|path| folder.read(path).filter(|text| text.len() <= MOST))
        .map(|text| read(&text, wanted, true))
        .collect();
    let github = memchr::memmem::Finder::new("github.");
    let may_name = |text: &str| github.find(text.as_bytes()).is_some();
    // The pages are read already: what their links and their front matter say is known.
    for page in &site.pages {
        let links = page.links.iter().map(|link| &*link.destination);
        let of_links = links.filter(|text| may_name(text)).map(|text| read(text, wanted, false));
        found.extend(of_links);
        each(page.front.as_ref().map_or(&[], |front| &front.keys), "", &mut |_, scalar| {
            if may_name(&scalar.text) {
                found.push(read(&scalar.text, wanted, false));
            }
        });
    }
    // Where the repository itself came from.
    let own = std::fs::read_to_string(tree.base().join(".git/config")).unwrap_or_default();
    found.push(read(&own, wanted, false));
    let owners: Set<String> = match site.hosts.owner_of_pages() {
        Some(owner) => Set::from_iter([owner.to_owned()]),
        None => found.iter().flat_map(|named| named.owners.iter().cloned()).collect(),
    };
    let all = found.into_iter().flat_map(|named| named.repositories);
    all.filter(|(owner, _)| owners.contains(owner)).map(|(_, name)| name).collect()
}

fn is_page(site: &Site, path: &str) -> bool {
    let below = if site.root.is_empty() { Some(path) } else { path.strip_prefix(&*site.root) };
    below.is_some_and(|path| site.number_of(path.trim_start_matches('/')).is_some())
}

/// Reads `github.com/OWNER/NAME`, and `OWNER.github.io/NAME` where `addresses` may be believed: in a page it may be the very
/// link that leads nowhere.
fn read(text: &str, wanted: &Set<String>, addresses: bool) -> Named {
    let mut named = Named::default();
    for at in memchr::memmem::find_iter(text.as_bytes(), "github.") {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at + "github.".len()..).unwrap_or_default());
        let pair = if let Some(rest) = after.strip_prefix("com").and_then(|rest| rest.strip_prefix(['/', ':'])) {
            let owner = name_at(rest);
            rest.get(owner.len()..).and_then(|rest| rest.strip_prefix('/')).map(|rest| (owner, name_at(rest)))
        } else if let Some(rest) = after.strip_prefix("io/").filter(|_| addresses) {
            let owner = before.strip_suffix('.').unwrap_or_default();
            let start = owner.rfind(|c: char| !is_of_name(c) || c == '.').map_or(0, |at| at + 1);
            owner.get(start..).map(|owner| (owner, name_at(rest)))
        } else {
            None
        };
        let Some((owner, name)) = pair.filter(|(owner, name)| !owner.is_empty() && !name.is_empty()) else { continue };
        let (owner, name) = (owner.to_lowercase(), name.trim_end_matches('.').trim_end_matches(".git").to_lowercase());
        let host = name.strip_suffix(".github.io").or_else(|| name.strip_suffix(".github.com"));
        if host == Some(&*owner) {
            named.owners.insert(owner);
        } else if wanted.contains(&name) {
            named.repositories.insert((owner, name));
        }
    }
    named
}

/// The name of an account or a repository that a text begins with.
fn name_at(text: &str) -> &str {
    let end = text.find(|c: char| !is_of_name(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}
