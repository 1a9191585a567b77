//! Redirects that a host is told of in a file of the site: a link to an address that is redirected works.
//!
//! Source: the documentation of `_redirects` (Netlify, Cloudflare Pages), `netlify.toml`, `vercel.json`, `firebase.json`,
//! `staticwebapp.config.json` (Azure), Apache's `.htaccess`, the modules core, rewrite, map and proxy of nginx, and the
//! Caddyfile.

mod apache;
mod caddy;
mod nginx;
mod pattern;
mod sources;

pub use pattern::Pattern;

use crate::finding::FilePath;
use crate::generators::{Folder, Problem, Settings};
use crate::outcome::FileStamp;
use crate::source::Span;

/// One redirect or rewrite.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// What is redirected.
    pub from: Pattern,
    /// Where to, as written.
    pub to: String,
    /// The status that the host answers with; 200 for a rewrite.
    pub status: u16,
    /// It goes before a file of that address.
    pub forced: bool,
    /// It holds only for some requests: a query, a country, a language.
    pub conditional: bool,
    /// The file that says so.
    pub file: FilePath,
    /// Where it says from what.
    pub span: Span,
}

impl Redirect {
    /// The path of the site that it leads to, without slashes at its ends; nothing for other sites and for patterns.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        let path = self.to.strip_prefix('/')?.split(['?', '#']).next()?;
        (!path.starts_with('/') && !path.contains([':', '*', '$'])).then(|| path.trim_end_matches('/'))
    }

    /// True for what sends readers elsewhere, always.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        !self.conditional && (300..400).contains(&self.status)
    }
}

/// Addresses that are redirected.
#[derive(Debug, Default)]
pub struct Redirects {
    /// All that could be read, in the order of the files.
    pub all: Vec<Redirect>,
    /// The files that were read, as they were.
    pub stamps: Vec<(FilePath, FileStamp)>,
    /// What is wrong with the files.
    pub problems: Vec<Problem>,
    /// A file could not be read whole: it may redirect further addresses.
    pub unreadable: bool,
    /// A template writes redirects from the addresses of pages with a part left out (their version, their folder).
    pub shorten: bool,
    /// The host finds `/about.html` for `/about`.
    pub extensionless: bool,
    /// The host finds `/about.html` for `/about/` too.
    pub slashes: bool,
    /// The host is known to lead `/folder` to `/folder/`.
    pub adds_slash: bool,
    /// Nothing says which host it is, so that it may do that.
    pub unknown_host: bool,
    /// Netlify serves the site: it answers to the address of a page in any case.
    pub netlify: bool,
    /// Cloudflare serves the site: it takes `_redirects` before it looks for files, and each address as it is written.
    pub cloudflare: bool,
}

impl Redirects {
    /// Reads the files of a site.
    #[must_use]
    pub fn load(folder: &Folder<'_>, settings: &Settings) -> Redirects {
        sources::load(folder, settings)
    }

    /// True when a request for this path (decoded) is redirected to something.
    #[must_use]
    pub fn cover(&self, path: &str) -> bool {
        self.all.iter().any(|redirect| redirect.status < 400 && redirect.from.matches(path))
    }

    /// True when a template may write a redirect from this path; `outputs` are the pages with its last name.
    #[must_use]
    pub fn may_cover<'s>(&self, path: &str, outputs: impl FnOnce() -> Vec<&'s str>) -> bool {
        let is_left = |output: &&str| {
            let mut letters = output.chars();
            path.trim_end_matches('/').chars().all(|wanted| letters.any(|letter| letter == wanted))
        };
        self.unreadable || self.shorten && outputs().iter().any(is_left)
    }

    /// Redirects that lead in a circle: the redirects in their order, each circle once. `is_page` tells whether the host
    /// shows a page at this address, with which a way ends.
    #[must_use]
    pub fn circles(&self, is_page: impl Fn(&Redirect, &str) -> bool) -> Vec<Vec<&Redirect>> {
        let mut exact: std::collections::BTreeMap<String, &Redirect> = std::collections::BTreeMap::new();
        for redirect in self.all.iter().filter(|redirect| redirect.is_plain()) {
            if let Some(from) = redirect.from.exact().filter(|from| !is_page(redirect, from)) {
                exact.entry(from).or_insert(redirect);
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        let mut circles = Vec::new();
        for start in exact.keys() {
            let mut way: Vec<&str> = Vec::new();
            let mut at = start.as_str();
            // Every address is walked from once, so that long chains stay linear.
            while let Some((name, redirect)) = exact.get_key_value(at) {
                if let Some(from) = way.iter().position(|other| *other == name) {
                    circles.push(way.iter().skip(from).filter_map(|name| exact.get(*name).copied()).collect());
                    break;
                }
                if !seen.insert(name.as_str()) {
                    break;
                }
                way.push(name);
                match redirect.target() {
                    // `/a` to `/a/` only adds the slash.
                    Some(to) if to != name => at = to,
                    _ => break,
                }
            }
        }
        circles
    }
}
