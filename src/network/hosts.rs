//! What is known of certain hosts beforehand (`rules/data/hosts.yaml`): who turns programs away, who says 404 to them,
//! who parks domains. Facts with sources, so that no name of a host stands in code.

use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

use super::answer::Method;
use crate::data;
use crate::hash::Map;
use crate::site::domain::LONGEST_NAME;

/// One fact about some hosts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Known {
    hosts: Vec<String>,
    /// The fact in words, as they follow a colon.
    pub why: String,
    source: String,
    marks: Vec<String>,
    titles: Vec<String>,
    /// What `Accept` must say.
    pub accept: Option<String>,
    method: Option<String>,
}

impl Known {
    /// The method that is needed.
    #[must_use]
    pub fn method(&self) -> Option<Method> {
        (self.method.as_deref() == Some("get")).then_some(Method::Get)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct File {
    walls: Vec<Known>,
    wall_marks: Vec<Known>,
    false_gone: Vec<Known>,
    needs: Vec<Known>,
    parking: Vec<Known>,
    parking_marks: Vec<Known>,
    made_anchors: Vec<Known>,
}

/// A list that is asked by URL.
#[derive(Debug, Default)]
struct Table {
    facts: Vec<Known>,
    /// Host (or what stands behind `*.`) to the number of its fact, and the path that it is about.
    hosts: Map<String, Vec<(usize, String)>>,
}

impl Table {
    fn new(facts: Vec<Known>) -> Self {
        let mut hosts: Map<String, Vec<(usize, String)>> = Map::default();
        for (number, fact) in facts.iter().enumerate() {
            for host in &fact.hosts {
                let (host, path) = host.split_once('/').map_or((host.as_str(), ""), |(host, path)| (host, path));
                let path = if path.is_empty() { String::new() } else { format!("/{path}") };
                hosts.entry(host.to_owned()).or_default().push((number, path));
            }
        }
        Table { facts, hosts }
    }

    fn get(&self, url: &Url) -> Option<&Known> {
        // No name of the DNS is longer, and each of its labels is looked up.
        let host = url.host_str().filter(|host| host.len() <= LONGEST_NAME)?.trim_end_matches('.');
        let host = host.strip_prefix("www.").unwrap_or(host);
        let above = memchr::memchr_iter(b'.', host.as_bytes()).filter_map(|dot| host.get(dot..));
        let names = std::iter::once(host.to_owned()).chain(above.map(|parent| format!("*{parent}")));
        let below = |path: &str| {
            let rest = url.path().strip_prefix(path);
            rest.is_some_and(|rest| path.is_empty() || rest.is_empty() || rest.starts_with('/'))
        };
        names
            .filter_map(|name| self.hosts.get(&name))
            .flatten()
            .find(|(_, path)| below(path))
            .and_then(|(number, _)| self.facts.get(*number))
    }
}

/// All facts.
#[derive(Debug, Default)]
pub struct Hosts {
    walls: Table,
    wall_marks: Vec<Known>,
    false_gone: Table,
    needs: Table,
    parking: Table,
    marks: Vec<Known>,
    made_anchors: Table,
}

impl Hosts {
    /// The facts that come with the program.
    #[must_use]
    pub fn built_in() -> &'static Hosts {
        static HOSTS: LazyLock<Hosts> = LazyLock::new(|| {
            let file: File = data::read("hosts");
            Hosts {
                walls: Table::new(file.walls),
                wall_marks: file.wall_marks,
                false_gone: Table::new(file.false_gone),
                needs: Table::new(file.needs),
                parking: Table::new(file.parking),
                marks: file.parking_marks,
                made_anchors: Table::new(file.made_anchors),
            }
        });
        &HOSTS
    }

    /// Why a program learns nothing there.
    #[must_use]
    pub fn wall(&self, url: &Url) -> Option<&Known> {
        self.walls.get(url)
    }

    /// Why its 404 is not believed.
    #[must_use]
    pub fn false_gone(&self, url: &Url) -> Option<&Known> {
        self.false_gone.get(url)
    }

    /// How it must be asked.
    #[must_use]
    pub fn needs(&self, url: &Url) -> Option<&Known> {
        self.needs.get(url)
    }

    /// Whose page for parked domains it is.
    #[must_use]
    pub fn parking(&self, url: &Url) -> Option<&Known> {
        self.parking.get(url)
    }

    /// By what a text is a page for parked domains.
    #[must_use]
    pub fn parked(&self, text: &str) -> Option<&Known> {
        marked(&self.marks, text)
    }

    /// By what a text is the page that a wall shows to programs.
    #[must_use]
    pub fn walled(&self, text: &str) -> Option<&Known> {
        marked(&self.wall_marks, text)
    }

    /// By what title a page is the one that a wall shows to programs.
    #[must_use]
    pub fn walled_by_title(&self, title: &str) -> Option<&Known> {
        let title = title.to_lowercase();
        self.wall_marks.iter().find(|known| known.titles.contains(&title))
    }

    /// True for a fragment that a script of that host makes.
    #[must_use]
    pub fn makes_anchor(&self, url: &Url, fragment: &str) -> bool {
        let fits = |mark: &String| {
            if mark == "*" {
                return true;
            }
            let (start, number) = mark.strip_suffix('#').map_or((mark.as_str(), false), |start| (start, true));
            let rest = fragment.strip_prefix(start);
            rest.is_some_and(|rest| !number || rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        self.made_anchors.get(url).is_some_and(|known| known.marks.iter().any(fits))
    }
}

fn marked<'k>(list: &'k [Known], text: &str) -> Option<&'k Known> {
    let lower = text.to_lowercase();
    list.iter().find(|known| known.marks.iter().any(|mark| lower.contains(mark.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn the_file_says_where_everything_is_from() {
        let file: File = serde_json::from_str(data::text("hosts").unwrap()).unwrap();
        let lists = [file.walls, file.false_gone, file.needs, file.parking, file.parking_marks, file.wall_marks];
        for known in lists.iter().flatten().chain(&file.made_anchors) {
            assert!(known.source.starts_with("https://"), "{known:?}");
            assert!(!known.hosts.is_empty() || !known.marks.is_empty(), "{known:?}");
        }
    }

    #[test]
    fn hosts_are_found_by_name_and_below() {
        let hosts = Hosts::built_in();
        assert!(hosts.wall(&url("https://www.linkedin.com/in/x")).is_some());
        assert!(hosts.wall(&url("https://fr.linkedin.com./in/x")).is_some());
        assert!(hosts.wall(&url("https://notlinkedin.com/")).is_none());
        assert!(hosts.false_gone(&url("https://github.com/settings/tokens")).is_some());
        assert!(hosts.false_gone(&url("https://github.com/settingsx")).is_none());
        assert!(hosts.makes_anchor(&url("https://github.com/a/b/blob/main/x.rs"), "L10-L20"));
        assert!(!hosts.makes_anchor(&url("https://github.com/a/b"), "Lists"));
        assert!(hosts.parked("<p>This DOMAIN is for sale</p>").is_some());
        assert!(hosts.walled("<a href='mailto:API-services-support@amazon.com'>").is_some());
        assert!(hosts.walled_by_title("Just a moment...").is_some());
    }
}
