//! Whether readers see the address of a page with a slash at its end, which decides from where its relative links count.
//!
//! `/guide/index.html` is shown as `/guide/` by hosts that lead `/guide` there (GitHub Pages, Netlify, Cloudflare), and as
//! `/guide` as well by others (Azure Static Web Apps, Vercel, Render). Where generator and host leave that open, the site's
//! own links tell which of the two its readers have before them.
//!
//! Source: the table of hosts in slorber/trailing-slash-guide.

use super::Site;
use super::destination::{self, Shape, shape};
use super::facts::PageFacts;
use super::server::look_up;
use super::target::Target;
use crate::discover::{Tree, extension, file_name, parent};
use crate::generators::Folder;

/// What the addresses of folders end with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Slash {
    /// With a slash: the generator, the host or the site's own links say so.
    #[default]
    Written,
    /// The site's own links have none, and no host is known to add it.
    LeftOut,
    /// Nothing says.
    Open,
}

/// Programs and data that write menus and lists of pages.
const CODE: [&str; 12] = ["astro", "tsx", "jsx", "ts", "js", "mjs", "vue", "svelte", "yaml", "yml", "json", "toml"];
/// More of them are a program, not a site.
const MOST: usize = 400;
/// Longer ones are what a bundler has made.
const LONG: usize = 64 * 1024;

impl Slash {
    /// Asks the generator, then the host, then the links.
    #[must_use]
    pub fn of(site: &Site, tree: &Tree) -> Slash {
        let settings = site.model.settings();
        if !settings.slash_by_host || site.redirects.adds_slash {
            return Slash::Written;
        }
        let (mut with, mut without) = (0, 0);
        let mut count = |has: bool| if has { with += 1 } else { without += 1 };
        for (page, link, target) in site.links() {
            let Shape::Path { path, .. } = shape(&link.destination) else { continue };
            let meant = match target {
                Target::Page { page, .. } => site.page(*page).is_some_and(is_folder),
                Target::Missing { .. } | Target::Outside => from_without(site, page, path).is_some(),
                _ => false,
            };
            if meant && !path.is_empty() && !file_name(path).contains('.') {
                count(path.ends_with('/'));
            }
        }
        in_code(site, tree, &mut count);
        match with.cmp(&without) {
            std::cmp::Ordering::Less => Slash::LeftOut,
            _ if with == 0 => Slash::Open,
            _ => Slash::Written,
        }
    }
}

/// True for a page whose address may have a slash or not.
#[must_use]
pub fn is_folder(page: &PageFacts) -> bool {
    page.place.output.as_deref().is_some_and(|output| output != "/index.html" && output.ends_with("/index.html"))
}

/// What a relative path leads to from the page's address without a slash; nothing where that is nothing.
#[must_use]
pub fn from_without(site: &Site, page: &PageFacts, path: &str) -> Option<Target> {
    let relative = !path.is_empty() && !path.starts_with('/');
    let output = page.place.output.as_deref().filter(|_| relative && is_folder(page))?;
    let joined = destination::join(parent(parent(output)), &destination::decode(path))?;
    match look_up(site, &joined, None) {
        found @ (Target::Page { .. } | Target::Asset(_) | Target::Generated) => Some(found),
        _ => None,
    }
}

/// Counts the addresses of pages in code and data: `'/guide'`, `` `/posts/${post.id}/` ``.
fn in_code(site: &Site, tree: &Tree, count: &mut impl FnMut(bool)) {
    let folder = Folder { tree, root: &site.root };
    let public = &site.model.settings().public;
    let copied =
        |path: &str| public.iter().any(|public| !public.is_empty() && destination::below(path, public).is_some());
    let is_code = |path: &&str| CODE.contains(&&*extension(path)) && !path.contains("lock") && !copied(path);
    for text in folder.below("").filter(is_code).take(MOST).filter_map(|path| folder.read(path)) {
        if text.len() > LONG {
            continue;
        }
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ','));
        for word in words.filter(|word| word.len() > 1 && word.starts_with('/') && !word.starts_with("//")) {
            if let Some((head, rest)) = word.split_once("${") {
                let tail = rest.rsplit('}').next().unwrap_or_default();
                if head.len() > 1 && site.has_top(head) && matches!(tail, "" | "/") {
                    count(tail == "/");
                }
                continue;
            }
            let path = word.split(['?', '#']).next().unwrap_or_default();
            if let Target::Page { page, .. } = look_up(site, path, None)
                && site.page(page).is_some_and(is_folder)
                && !file_name(path).contains('.')
            {
                count(path.ends_with('/'));
            }
        }
    }
}
