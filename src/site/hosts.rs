//! The hosts that a site is, or was, published under.

use super::destination::{Shape, decode, shape};
use super::domain::{self, is_hosted};
use super::facts::PageFacts;
use super::index::last_name;
use crate::discover::join;
use crate::generators::Folder;
use crate::hash::{Map, Set};

/// Hosts whose paths belong to many owners: a path that is not this site's may be another project's.
const SHARED: [&str; 4] = [".github.io", ".gitlab.io", ".codeberg.page", ".gitee.io"];

/// What a configuration says before anybody changes it, or instead of an address: nobody's site is there.
const NOBODYS: [&str; 7] = [
    "example.com",
    "example.org",
    "github.com",
    "gitlab.com",
    "your-docusaurus-test-site.com",
    "netlify.com",
    "quartz.jzhao.xyz",
];

/// So many pages of this site must be asked for under a host of the same name for it to be a former one.
const ENOUGH: usize = 3;

/// Own and former hosts, lower-cased, without `www.`.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    own: Option<String>,
    former: Vec<String>,
    /// Addresses of a site whose configuration names only its place at a hoster.
    beside: Vec<String>,
}

/// Whose a host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The site's.
    Own,
    /// It was the site's once.
    Former,
}

impl Hosts {
    /// From the site's address and its former ones.
    #[must_use]
    pub fn new<'a>(own: Option<&str>, former: impl Iterator<Item = &'a str>) -> Hosts {
        Hosts { own: own.and_then(host), former: former.filter_map(host).collect(), beside: Vec::new() }
    }

    /// Whose this host is.
    #[must_use]
    pub fn of(&self, host: &str) -> Option<Owner> {
        let host = host.strip_prefix("www.").unwrap_or(host);
        if self.own.as_deref() == Some(host) || self.beside.iter().any(|own| own == host) {
            Some(Owner::Own)
        } else {
            self.former.iter().any(|former| former == host).then_some(Owner::Former)
        }
    }

    /// Takes hosts for former ones that have the site's name under another top-level domain, and that several links ask
    /// for pages which this site has, and hardly any for others: nobody else would have pages of these names. Hosts of
    /// which `alive` is true are still another site's.
    pub fn learn(&mut self, pages: &[PageFacts], alive: impl Fn(&str) -> bool) {
        let Some(label) = self.own.as_deref().and_then(label) else { return };
        // Most hosts do not have the name in them, which costs less to see than to take each link apart.
        let name = memchr::memmem::Finder::new(label.name);
        let may_be = |destination: &str| {
            // A scheme in capitals is rare and taken apart.
            let loud = destination.starts_with(|c: char| c.is_ascii_uppercase());
            let rest = ["https://", "http://", "//"].iter().find_map(|scheme| destination.strip_prefix(scheme));
            let Some(rest) = rest.or(loud.then_some(destination)) else { return false };
            let host = rest.as_bytes();
            let host = host.get(..memchr::memchr(b'/', host).unwrap_or(host.len())).unwrap_or(host);
            loud || name.find(host).is_some() || host.iter().any(u8::is_ascii_uppercase)
        };
        let links = || {
            let links = pages.iter().flat_map(|page| &page.links).filter(|link| may_be(&link.destination));
            links.filter_map(|link| match shape(&link.destination) {
                Shape::Web { host, rest } => Some((host, rest)),
                _ => None,
            })
        };
        let alike = |host: &str| {
            host.contains(label.name) && self.of(host).is_none() && self::label(host).as_ref() == Some(&label)
        };
        if !links().any(|(host, _)| alike(&host)) {
            return;
        }
        let names: Set<&str> = pages
            .iter()
            .filter_map(|page| page.place.output.as_deref())
            .map(last_name)
            .filter(|n| telling(n))
            .collect();
        // What each host is asked for: the names that the site has, and those that it lacks.
        let mut asked: Map<String, (Set<String>, Set<String>)> = Map::default();
        for (host, rest) in links().filter(|(host, _)| alike(host)) {
            let path = decode(rest.split(['?', '#']).next().unwrap_or_default());
            let name = last_name(&path);
            if name.is_empty() || name.contains('.') {
                continue;
            }
            let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
            let (had, lacked) = asked.entry(host).or_default();
            if names.contains(name) { had } else { lacked }.insert(name.to_owned());
        }
        let is_former = |had: usize, lacked: usize| had >= ENOUGH && had >= lacked;
        let former = asked.into_iter().filter(|(_, (had, lacked))| is_former(had.len(), lacked.len()));
        let mut found: Vec<String> = former.map(|(host, _)| host).collect();
        found.retain(|host| !alive(host));
        found.sort_unstable();
        // `our-blog.netlify.app` says where the site is built: a domain of that name is as likely where it is read.
        match self.own.as_deref().is_some_and(is_hosted) {
            true => self.beside.extend(found),
            false => self.former.extend(found),
        }
    }

    /// The host of the site, today's or a former one, whose end this is: `ample.com` of `example.com`.
    #[must_use]
    pub fn torn(&self, end: &str) -> Option<&str> {
        let lacks = |host: &&str| {
            let lost = host.strip_suffix(end);
            lost.is_some_and(|lost| lost.ends_with(|c: char| c.is_ascii_alphanumeric()))
        };
        self.own.as_deref().into_iter().chain(self.former.iter().map(String::as_str)).find(lacks)
    }

    /// True for an address whose host [`Hosts::learn`] may take for a former one, after reading more pages.
    #[must_use]
    pub fn may_be_former(&self, destination: &str) -> bool {
        let Shape::Web { host, .. } = shape(destination) else { return false };
        let own = self.own.as_deref().and_then(label);
        own.is_some() && self.of(&host).is_none() && label(&host) == own
    }

    /// Whose GitHub Pages the site's own host is: `me` of `me.github.io`.
    #[must_use]
    pub fn owner_of_pages(&self) -> Option<&str> {
        self.own.as_deref()?.strip_suffix(".github.io")
    }

    /// The former hosts.
    #[must_use]
    pub fn former(&self) -> &[String] {
        &self.former
    }

    /// True for a host, own or former, whose paths belong to many owners.
    #[must_use]
    pub fn has_neighbours(host: &str) -> bool {
        SHARED.iter().any(|end| host.ends_with(end))
    }

    /// True when other people's or projects' pages lie beside the site's.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.own.as_deref().is_some_and(Self::has_neighbours)
    }
}

fn host(address: &str) -> Option<String> {
    let Shape::Web { host, .. } = shape(address) else { return None };
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (host.contains('.') && !NOBODYS.contains(&host.as_str())).then_some(host)
}

/// True where the host that GitHub Pages is told (`CNAME` in a folder that is copied) is not that of the configured `url`:
/// which of the two serves the site, and whether the other leads there, is not known.
#[must_use]
pub fn contradicts_cname(folder: &Folder<'_>, public: &[String], url: &str) -> bool {
    let Some(text) = public.iter().find_map(|public| folder.read(&join(public, "CNAME"))) else { return false };
    // Other hosts do not read that file, which then is a leftover.
    let elsewhere = |public: &String| folder.has(&join(public, "_redirects"));
    if public.iter().any(elsewhere) || ["netlify.toml", "vercel.json"].iter().any(|name| folder.has(name)) {
        return false;
    }
    let Some(told) = text.split_whitespace().next().map(str::to_ascii_lowercase) else { return false };
    host(url).is_some_and(|own| own != told.strip_prefix("www.").unwrap_or(&told))
}

/// What a host is called, whatever its top-level domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Label<'h> {
    /// The name that somebody registered: `our-blog` of `our-blog.co.uk`.
    name: &'h str,
    /// What stands before the registered domain: `blog.` of `blog.our-name.net`.
    before: &'h str,
}

/// What a host is called. `eips.ethereum.org` is Ethereum's: the `eips` in it is no name that anybody registered.
fn label(host: &str) -> Option<Label<'_>> {
    let host = host.strip_prefix("www.").unwrap_or(host);
    let name = domain::name(host);
    let before = host.strip_suffix(domain::registrable(host))?;
    (name.len() >= 4 && name != "blog" && name != "docs").then_some(Label { name, before })
}

/// A name of several words is no accident.
fn telling(name: &str) -> bool {
    name.len() >= 8 && name.contains('-')
}

/// True for a destination that generators which embed links show as a player or a card.
#[must_use]
pub fn is_embedded(destination: &str) -> bool {
    const SHOWN: [&str; 8] = [
        "youtube.com",
        "youtube-nocookie.com",
        "youtu.be",
        "vimeo.com",
        "dailymotion.com",
        "gist.github.com",
        "twitter.com",
        "x.com",
    ];
    let Shape::Web { host, .. } = shape(destination) else { return false };
    SHOWN.iter().any(|known| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')))
}

/// True for what `owner.github.io/name/page` asks for: each repository of an owner is published in a folder of its name.
pub fn is_in_a_project(path: &str) -> bool {
    let (top, rest) = path.trim_matches('/').split_once('/').unwrap_or_default();
    let dated = top.len() == 10 && top.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    !rest.is_empty() && !dated && !is_address_of_blog(path)
}

/// True for what a blog had before it moved: folders of years, WordPress's files.
pub fn is_address_of_blog(path: &str) -> bool {
    let top = path.trim_matches('/').split('/').next().unwrap_or_default();
    top.len() == 4 && top.bytes().all(|b| b.is_ascii_digit()) || top.starts_with("wp-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_compared_without_www_and_case() {
        let hosts = Hosts::new(Some("https://www.Our-Blog.net/x"), ["http://old.our-blog.net"].into_iter());
        assert_eq!(hosts.of("our-blog.net"), Some(Owner::Own));
        assert_eq!(hosts.of("www.our-blog.net"), Some(Owner::Own));
        assert_eq!(hosts.of("old.our-blog.net"), Some(Owner::Former));
        assert_eq!(hosts.of("other.our-blog.net"), None);
    }

    #[test]
    fn a_host_is_called_as_it_was_registered() {
        let of = |host| label(host).map(|label| (label.before, label.name));
        assert_eq!(of("www.our-blog.co.uk"), Some(("", "our-blog")));
        assert_eq!(of("our-blog.netlify.app"), Some(("", "our-blog")));
        assert_eq!(of("blog.our-name.net"), Some(("blog.", "our-name")));
        assert_ne!(label("boxes.wiki"), label("boxes.our-name.org"));
    }
}
