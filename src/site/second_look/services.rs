//! Addresses on the site's own host that a program answers: what a worker of Cloudflare takes by the beginning of the path
//! (`pathname.startsWith('/audio/')`), and a first segment that calls itself an interface (`https://example.org/score-api/`).
//!
//! Source: the page "Static Assets" of Cloudflare Workers' documentation.

use crate::discover::{Tree, extension, join, parent};
use crate::generators::Folder;
use crate::page::links::Link;
use crate::site::Site;
use crate::site::destination::{self, Shape, shape};
use crate::site::hosts::Owner;
use crate::site::index::last_name;
use crate::site::target::{Target, Unknown};

/// Takes back what was called missing there.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { .. });
    if !site.targets.iter().flatten().any(lost) {
        return;
    }
    let answered = worker(tree, &site.root);
    let mut taken = Vec::new();
    for (number, (page, targets)) in site.pages.iter().zip(&site.targets).enumerate() {
        for (place, (link, target)) in page.links.iter().zip(targets).enumerate() {
            let Target::Missing { path } = target else { continue };
            if answered.iter().any(|one| one.answers(path)) || is_service(site, link, path) {
                taken.push((number, place));
            }
        }
    }
    for (number, place) in taken {
        if let Some(target) = site.targets.get_mut(number).and_then(|targets| targets.get_mut(place)) {
            *target = Target::Unchecked(Unknown::MadePages);
        }
    }
}

/// A path that a worker looks for, or the beginning of one.
struct Answered {
    path: String,
    begins: bool,
}

impl Answered {
    fn answers(&self, path: &str) -> bool {
        if self.begins { path.starts_with(&self.path) } else { path.trim_end_matches('/') == self.path }
    }
}

/// What the worker that a site brings along looks for.
fn worker(tree: &Tree, root: &str) -> Vec<Answered> {
    let whole = Folder { tree, root: "" };
    let mut roots = vec![root, ""];
    roots.dedup();
    let files =
        roots.iter().flat_map(|root| ["wrangler.toml", "wrangler.json", "wrangler.jsonc"].map(|name| join(root, name)));
    let code = files.filter_map(|file| {
        let text = whole.read(&file)?;
        let main = text.lines().find_map(main_of)?;
        let code = destination::join(&format!("/{}", parent(&file)), main)?;
        whole.read(code.trim_start_matches('/'))
    });
    code.flat_map(|text| paths(&text)).collect()
}

/// `worker/index.ts` of `main = "worker/index.ts"`, also in JSON.
fn main_of(line: &str) -> Option<&str> {
    let rest = line.trim().trim_start_matches('"').strip_prefix("main")?.trim_start_matches('"').trim_start();
    let written = rest.strip_prefix(['=', ':'])?.trim().trim_end_matches(',').trim_matches(['"', '\'']);
    matches!(&*extension(written), "js" | "mjs" | "ts").then_some(written)
}

/// The paths that code compares the address with; `/` alone would be the whole site.
fn paths(code: &str) -> Vec<Answered> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("pathname") {
        let rest = code.get(at + "pathname".len()..).unwrap_or_default();
        let begins = rest.strip_prefix(".startsWith(");
        let equals = || rest.trim_start().trim_start_matches('=').trim_start();
        let is_equal = || rest.trim_start().starts_with("==");
        let Some(rest) = begins.or_else(|| is_equal().then(equals)) else { continue };
        let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`')) else { continue };
        let path = rest.get(1..).and_then(|rest| rest.split_once(quote)).map(|(path, _)| path).unwrap_or_default();
        if path.len() > 1 && path.starts_with('/') && !path.contains("${") {
            found.push(Answered { path: path.to_owned(), begins: begins.is_some() });
        }
    }
    found
}

/// True for a whole address whose first segment calls itself an interface, where the site publishes nothing below it and has
/// nothing of the name that is asked for.
fn is_service(site: &Site, link: &Link, path: &str) -> bool {
    let is_own =
        matches!(shape(&link.destination), Shape::Web { host, .. } if site.hosts.of(&host) == Some(Owner::Own));
    let base = &site.model.settings().base_path;
    let first = path.strip_prefix(base.as_str()).unwrap_or(path).trim_start_matches('/').split('/').next();
    let first = first.unwrap_or_default();
    let calls_itself = first == "api" || first.ends_with("-api") || first.ends_with("_api");
    calls_itself
        && is_own
        && !site.has_output_folder(&format!("{base}/{first}"))
        && site.index.named(last_name(path)).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_says_what_it_answers() {
        let found = paths(
            "if (url.pathname.startsWith('/audio/')) {}\nif (url.pathname === \"/hook\") {}\nif (pathname == x) {}",
        );
        let answers = |path: &str| found.iter().any(|one| one.answers(path));
        assert!(
            answers("/audio/a.mp3") && answers("/hook") && answers("/hook/") && !answers("/hook/a") && !answers("/a")
        );
        assert_eq!(main_of("main = \"worker/index.ts\""), Some("worker/index.ts"));
        assert_eq!(main_of("  \"main\": \"src/a.js\","), Some("src/a.js"));
        assert_eq!(main_of("domain = \"a.js\""), None);
    }
}
