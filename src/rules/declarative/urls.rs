//! `url_list`: URLs that are on a list of hosts and paths.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::each;
use super::message::{Extra, Told};
use super::select::{Item, Place};
use crate::data;
use crate::hash::Map;
use crate::rules::format::{UrlEntry, UrlList};
use crate::site::domain::LONGEST_NAME;

/// A list that is asked by host.
pub struct List {
    entries: Vec<UrlEntry>,
    /// Host to entry, path, and whether it is an exception.
    hosts: Map<String, Vec<Listed>>,
    /// The same for every host below one: `*.example.org` under `example.org`.
    parents: Map<String, Vec<Listed>>,
}

struct Listed {
    entry: usize,
    path: String,
    lives: bool,
}

impl List {
    /// Reads the named list and what is written beside it.
    ///
    /// # Errors
    /// When both are empty.
    pub fn new(kind: &UrlList) -> Result<Self, String> {
        let mut entries: Vec<UrlEntry> = kind.list.as_deref().map(data::read).unwrap_or_default();
        entries.extend(kind.urls.iter().cloned());
        if entries.is_empty() {
            return Err("`url_list` needs `list` (a file in rules/data) or `urls`".to_owned());
        }
        Ok(List::of(entries))
    }

    fn of(entries: Vec<UrlEntry>) -> Self {
        let (mut hosts, mut parents): (Map<String, Vec<Listed>>, Map<String, Vec<Listed>>) = Default::default();
        for (number, entry) in entries.iter().enumerate() {
            let all = entry.urls.iter().map(|url| (url, false)).chain(entry.except.iter().map(|url| (url, true)));
            for (url, lives) in all {
                let (host, path) = url.split_once('/').unwrap_or((url, ""));
                let path = format!("/{}", path.trim_end_matches('/'));
                let place = Listed { entry: number, path, lives };
                let host = host.to_lowercase();
                match host.strip_prefix("*.") {
                    Some(parent) => parents.entry(parent.to_owned()).or_default().push(place),
                    None => hosts.entry(host).or_default().push(place),
                }
            }
        }
        List { entries, hosts, parents }
    }

    /// The entry that a URL falls under.
    fn find(&self, url: &str) -> Option<&UrlEntry> {
        // Every label is looked up; a host that is longer than any name, in whatever letters, is none.
        let (host, path) = split(url).filter(|(host, _)| host.len() <= 4 * LONGEST_NAME)?;
        let lower = host.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let host = if lower { Cow::Borrowed(host) } else { Cow::Owned(host.to_lowercase()) };
        let host = host.trim_end_matches('.');
        let host = host.strip_prefix("www.").unwrap_or(host);
        let above = memchr::memchr_iter(b'.', host.as_bytes()).filter_map(|dot| host.get(dot + 1..));
        let above = above.filter_map(|parent| self.parents.get(parent));
        let mut fits = self.hosts.get(host).into_iter().chain(above).flatten().filter(|at| below(path, &at.path));
        let first = fits.next()?;
        if first.lives || fits.any(|place| place.lives) {
            return None;
        }
        self.entries.get(first.entry)
    }
}

/// True for an address of a service that was shut down.
pub fn is_retired(url: &str) -> bool {
    static RETIRED: OnceLock<List> = OnceLock::new();
    RETIRED.get_or_init(|| List::of(data::read("retired-services"))).find(url).is_some()
}

/// Reports every URL that is on the list.
pub fn check(kind: &UrlList, list: &List, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    each(kind.places.all(), place, |item| {
        let Some(entry) = list.find(&item.text) else { return };
        let value = shown(&item, &item.text);
        let help = entry.help.as_deref().unwrap_or_default();
        let words = [
            ("value", &*value),
            ("name", &entry.name),
            ("since", &entry.since),
            ("source", &entry.source),
            ("help", help),
            ("key", item.key.unwrap_or_default()),
        ];
        let extra =
            Extra { message: entry.message.as_deref(), help: (!help.is_empty()).then_some(help), ..Extra::default() };
        told.with(item.span, &words, extra);
    });
}

/// Host and path (from its slash) of an absolute web address.
fn split(url: &str) -> Option<(&str, &str)> {
    let url = url.trim();
    let schemes = ["//", "http://", "https://"];
    let begins = |scheme: &&str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let rest = url.get(schemes.iter().find(|scheme| begins(scheme))?.len()..)?;
    // Of bytes, since this is asked of every link for every list.
    let end = rest.bytes().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.get(authority.bytes().rposition(|b| b == b'@').map_or(0, |at| at + 1)..)?;
    let host = host.get(..host.bytes().position(|b| b == b':').unwrap_or(host.len()))?;
    (!host.is_empty()).then_some((host, path))
}

/// True when `path` is `folder` or something below it.
fn below(path: &str, folder: &str) -> bool {
    if folder == "/" {
        return true;
    }
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// A value as a message may show it: a URL without the user name and password that it may hold.
pub fn shown<'a>(item: &Item<'_>, value: &'a str) -> Cow<'a, str> {
    if !(item.url || value.contains("://")) {
        return Cow::Borrowed(value);
    }
    let Some(start) = value.find("//").map(|at| at + 2) else { return Cow::Borrowed(value) };
    let rest = value.get(start..).unwrap_or_default();
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest.get(..end).and_then(|authority| authority.rfind('@')) {
        Some(at) => {
            let (scheme, host) = (value.get(..start).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default());
            Cow::Owned(format!("{scheme}…@{host}"))
        }
        None => Cow::Borrowed(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn list() -> List {
        let entry = |name: &str, urls: &[&str], except: &[&str]| UrlEntry {
            name: name.to_owned(),
            urls: urls.iter().map(|&url| url.to_owned()).collect(),
            except: except.iter().map(|&url| url.to_owned()).collect(),
            since: "2020".to_owned(),
            source: String::new(),
            message: None,
            help: None,
        };
        let urls = vec![
            entry("short", &["goo.gl"], &["goo.gl/maps"]),
            entry("forge", &["java.net", "*.java.net"], &["openjdk.java.net", "*.openjdk.java.net"]),
            entry("public", &["dl.dropbox.com/u"], &[]),
        ];
        List::new(&UrlList { places: crate::rules::format::OneOrMany::Many(Vec::new()), list: None, urls }).unwrap()
    }

    #[test]
    fn hosts_and_paths_are_matched_whole() {
        let list = list();
        let name = |url: &str| list.find(url).map(|entry| entry.name.as_str());
        assert_eq!(name("https://goo.gl/abc"), Some("short"));
        assert_eq!(name("//GOO.GL./abc?x"), Some("short"));
        assert_eq!(name("http://user:secret@www.goo.gl:80"), Some("short"));
        assert_eq!(name("https://goo.gl/maps/x"), None);
        assert_eq!(name("https://goo.gl/mapsy"), Some("short"));
        assert_eq!(name("https://notgoo.gl/a"), None);
        assert_eq!(name("https://glassfish.dev.java.net/x"), Some("forge"));
        assert_eq!(name("https://hg.openjdk.java.net/x"), None);
        assert_eq!(name("https://dl.dropbox.com/u/1/a.pdf"), Some("public"));
        assert_eq!(name("https://dl.dropbox.com/s/1"), None);
        assert_eq!(name("mailto:a@goo.gl"), None);
        assert_eq!(name("/goo.gl/x"), None);
    }

    #[test]
    fn a_password_is_never_shown() {
        let item = Item { text: Cow::Borrowed(""), span: Span::FILE, key: None, url: true };
        assert_eq!(shown(&item, "https://me:secret@host/a@b"), "https://…@host/a@b");
        assert_eq!(shown(&item, "https://host/a@b"), "https://host/a@b");
    }
}
