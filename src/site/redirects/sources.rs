//! Reads the hosts' files.

use serde_json::Value;

use super::{Pattern, Redirect, Redirects, apache, caddy, nginx};
use crate::discover::{file_name, join, parent};
use crate::finding::FilePath;
use crate::generators::{Folder, Settings, config_file, values};
use crate::outcome::FileStamp;
use crate::source::Span;

/// Reads all of them.
pub fn load(folder: &Folder<'_>, settings: &Settings) -> Redirects {
    let mut found = Redirects::default();
    for path in &settings.redirects {
        let text = folder.read(path).unwrap_or_default();
        stamp(&text, &folder.file(path), &mut found);
        lines(&text, &folder.file(path), &mut found);
        // Tags may leave some of them out.
        found.all.iter_mut().for_each(|redirect| redirect.conditional |= text.contains("{%"));
        // A loop over data writes more of them, one over pages only from their addresses.
        let more = || text.lines().filter(|line| writes_more(line));
        found.shorten |= more().next().is_some();
        found.unreadable |= !more().all(is_of_pages);
    }
    for path in &settings.rewrites {
        let text = folder.read(path).unwrap_or_default();
        stamp(&text, &folder.file(path), &mut found);
        apache::read(&text, &folder.file(path), &mut found);
    }
    let all = Folder { tree: folder.tree, root: "" };
    let mut folders: Vec<&str> = vec![""];
    folders.extend(settings.public.iter().map(String::as_str).filter(|place| !place.is_empty()));
    // Zola and Hugo copy what lies beside the first page of the content to the top.
    if !folders.contains(&"content") {
        folders.push("content");
    }
    for place in folders {
        let path = join(place, "_redirects");
        if let Some(text) = folder.read(&path) {
            stamp(&text, &folder.file(&path), &mut found);
            lines(&text, &folder.file(&path), &mut found);
            // Netlify and Cloudflare Pages find `/about.html` for `/about/`.
            found.slashes = true;
        }
        let path = join(place, ".htaccess");
        if let Some(text) = folder.read(&path) {
            stamp(&text, &folder.file(&path), &mut found);
            apache::read(&text, &folder.file(&path), &mut found);
        }
        tables(folder, &join(place, "netlify.toml"), netlify, &mut found);
        tables(folder, &join(place, "staticwebapp.config.json"), azure, &mut found);
    }
    for (path, read) in servers(folder) {
        let before = found.all.len();
        read(&all.read(path).unwrap_or_default(), &all.file(path), &mut found);
        // A server that hands the site's own folder to the site proves nothing.
        let base = format!("{}/", settings.base_path.trim_end_matches('/'));
        let of_server = found.all.split_off(before);
        found.all.extend(of_server.into_iter().filter(|one| one.status != 200 || !one.from.matches(&base)));
    }
    tables(folder, "vercel.json", vercel, &mut found);
    tables(folder, "firebase.json", firebase, &mut found);
    found.unreadable |= folder.read(".gitignore").is_some_and(|text| text.lines().any(is_of_redirects));
    found.unknown_host = !says_its_host(folder, settings);
    found.adds_slash =
        !found.unknown_host || found.slashes || settings.slash_by_host && is_known_to_add(folder, settings);
    found.cloudflare = !found.all.is_empty() && is_on_cloudflare(folder);
    found.netlify = is_on_netlify(folder, settings);
    // What catches everything is a page for what is not found, or a move of the whole site: no proof that a page exists.
    found.all.retain(|redirect| !redirect.from.is_everything());
    found
}

/// Reads the configuration of a server.
type Server = fn(&str, &FilePath, &mut Redirects);

/// The configurations of servers that lie in the repository, wherever: `nginx.conf`, `docker/nginx/site.conf`, `Caddyfile`.
fn servers<'a>(folder: &Folder<'a>) -> impl Iterator<Item = (&'a str, Server)> + use<'a> {
    const MOST: usize = 16;
    let of = |path: &'a str| -> Option<(&'a str, Server)> {
        // Asked of every file.
        if path.ends_with(".conf") {
            let is_nginx = file_name(path).contains("nginx") || parent(path).split('/').any(|part| part == "nginx");
            return is_nginx.then_some((path, nginx::read));
        }
        (path.ends_with("Caddyfile") && file_name(path) == "Caddyfile").then_some((path, caddy::read))
    };
    Folder { tree: folder.tree, root: "" }.below("").filter_map(of).take(MOST)
}

/// True for a line of an ignore file by which a step of the build writes the redirects.
fn is_of_redirects(line: &str) -> bool {
    file_name(line.trim()) == "_redirects"
}

/// True where the settings of Cloudflare's tool are there, or a step of the build names it, and no other host's are.
fn is_on_cloudflare(folder: &Folder<'_>) -> bool {
    let all = Folder { tree: folder.tree, root: "" };
    let has = |name: &&str| folder.has(name) || all.has(name);
    let names_it = |path: &str| all.read(path).is_some_and(|text| text.to_ascii_lowercase().contains("cloudflare"));
    let steps = all.below(".github/workflows").chain(["package.json", "build.sh", "deploy.sh"]);
    !["netlify.toml", "vercel.json", "firebase.json"].iter().any(&has)
        && (["wrangler.toml", "wrangler.json", "wrangler.jsonc"].iter().any(has) || steps.into_iter().any(names_it))
}

/// True where the settings of Netlify are there, or a step of the build that is not also GitHub Pages' names it.
fn is_on_netlify(folder: &Folder<'_>, settings: &Settings) -> bool {
    let all = Folder { tree: folder.tree, root: "" };
    let url = settings.url.as_deref().unwrap_or_default();
    let names_it =
        |path: &str| all.read(path).is_some_and(|text| text.contains("netlify") && !text.contains("gh-pages"));
    // Quarto keeps in `_publish.yml` where it has published to.
    folder.has("netlify.toml")
        || [".netlify.app", ".netlify.com"].iter().any(|end| url.ends_with(end))
        || folder.read("_publish.yml").is_some_and(|text| text.contains("netlify:"))
        || all.below(".github/workflows").any(names_it)
}

/// True where the site is published by GitHub Pages or GitLab Pages, which find no `/about.html` for `/about/`.
fn says_its_host(folder: &Folder<'_>, settings: &Settings) -> bool {
    let all = Folder { tree: folder.tree, root: "" };
    let public = settings.public.iter().map(String::as_str);
    let named = public.chain([""]).any(|place| folder.has(&join(place, "CNAME")));
    let pages = |text: &str| ["gh-pages", "deploy-pages", "github-pages"].iter().any(|word| text.contains(word));
    named
        || [".gitlab-ci.yml", ".htaccess"].iter().any(|name| all.has(name))
        || all.below(".github/workflows").filter_map(|path| all.read(path)).any(|text| pages(&text))
}

/// True where the site is published by another host that leads `/about` to `/about/`, where that is a folder.
fn is_known_to_add(folder: &Folder<'_>, settings: &Settings) -> bool {
    const HOSTS: [&str; 5] = [".github.io", ".gitlab.io", ".netlify.app", ".pages.dev", ".workers.dev"];
    let all = Folder { tree: folder.tree, root: "" };
    let url = settings.url.as_deref().unwrap_or_default();
    let named =
        ["wrangler.toml", "wrangler.json", "wrangler.jsonc", "firebase.json"].iter().any(|name| folder.has(name));
    let says = |text: &str| ["netlify", "cloudflare", "wrangler"].iter().any(|word| text.contains(word));
    named
        || HOSTS.iter().any(|end| url.ends_with(end))
        || all.below(".github/workflows").filter_map(|path| all.read(path)).any(|text| says(&text))
        || folder.read("vercel.json").is_some_and(|text| text.replace(' ', "").contains("\"trailingSlash\":true"))
        || folder.read("package.json").is_some_and(|text| says(&text) || text.contains("gh-pages"))
}

/// True for a line that is a tag: it may write any others. What only gives a name to something writes none.
fn writes_more(line: &str) -> bool {
    let Some(tag) = line.trim_start().strip_prefix("{{") else { return false };
    let tag = tag.trim_start_matches(['-', ' ']);
    let names = tag.starts_with('$') && tag.contains('=');
    !(names || tag.starts_with("/*") || tag.starts_with("end") || tag.starts_with("else"))
}

/// True for a loop, and for a line in one that writes the address of a page, of which it may leave something out.
fn is_of_pages(line: &str) -> bool {
    let elsewhere = ["Params", "Data", "getJSON", "partial", "template", "with"].iter().any(|word| line.contains(word));
    let keeps = !line.contains("replace") || line.contains("\"\"");
    !elsewhere && keeps && (line.contains("range") || line.contains("Permalink"))
}

/// Reports may show the file as it was now.
fn stamp(text: &str, file: &FilePath, found: &mut Redirects) {
    found.stamps.push((file.clone(), FileStamp::of(text.as_bytes())));
}

/// `_redirects`: `from [query] to [status]`.
fn lines(text: &str, file: &FilePath, found: &mut Redirects) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let mut words = line.split_whitespace().take_while(|word| !word.starts_with('#'));
        let Some(from) = words.next().filter(|from| from.starts_with('/')) else { continue };
        let mut conditional = false;
        let mut to = words.next().unwrap_or_default();
        while to.contains('=') && !to.starts_with('/') && !to.contains("://") {
            conditional = true;
            to = words.next().unwrap_or_default();
        }
        let status = words.next().unwrap_or_default();
        conditional |= words.next().is_some();
        found.all.push(Redirect {
            from: Pattern::of_path(from),
            to: to.to_owned(),
            status: status.trim_end_matches('!').parse().unwrap_or(301),
            forced: status.ends_with('!'),
            conditional,
            file: file.clone(),
            span: Span::new(start, start + from.len()),
        });
    }
}

/// Reads a configuration file and hands it to its reader.
fn tables(folder: &Folder<'_>, path: &str, read: fn(&Value, &mut Table<'_>), found: &mut Redirects) {
    if !folder.has(path) {
        return;
    }
    let text = folder.read(path).unwrap_or_default();
    let mut problems = Vec::new();
    let value = config_file::read(folder, path, &mut problems);
    found.unreadable |= !problems.is_empty();
    // Firebase takes comments, which JSON does not know.
    if !path.ends_with("firebase.json") {
        found.problems.extend(problems);
    }
    stamp(&text, &folder.file(path), found);
    read(&value, &mut Table { text: &text, file: folder.file(path), at: 0, found });
}

/// Collects the redirects of one file.
struct Table<'a> {
    text: &'a str,
    file: FilePath,
    /// Up to here redirects have been found in the text.
    at: usize,
    found: &'a mut Redirects,
}

impl Table<'_> {
    fn add(&mut self, from: &str, to: String, status: u16, forced: bool, conditional: bool) {
        // They are read in the order in which they are written.
        let start = self.text.get(self.at..).and_then(|rest| rest.find(from)).map_or(0, |found| self.at + found);
        let span = if start == 0 { Span::FILE } else { Span::new(start, start + from.len()) };
        self.at = self.at.max(start + from.len());
        let (from, file) = (Pattern::of_path(from), self.file.clone());
        self.found.all.push(Redirect { from, to, status, forced, conditional, file, span });
    }
}

fn each<'v>(value: Option<&'v Value>) -> impl Iterator<Item = &'v Value> + use<'v> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn number(value: Option<&Value>) -> Option<u16> {
    values::text(value)?.parse().ok()
}

fn netlify(value: &Value, table: &mut Table<'_>) {
    // It serves the file that is there for all four ways to write its address.
    table.found.extensionless = true;
    table.found.slashes = true;
    for one in each(value.get("redirects")) {
        let Some(from) = values::text(one.get("from")).filter(|from| from.starts_with('/')) else { continue };
        let forced = values::flag(one.get("force")).unwrap_or(false);
        let conditional = ["query", "conditions"].iter().any(|key| one.get(key).is_some());
        let to = values::text(one.get("to")).unwrap_or_default();
        table.add(&from, to, number(one.get("status")).unwrap_or(301), forced, conditional);
    }
}

fn vercel(value: &Value, table: &mut Table<'_>) {
    table.found.extensionless |= values::flag(value.get("cleanUrls")) == Some(true);
    for (key, usual) in [("redirects", 308), ("rewrites", 200)] {
        for one in each(value.get(key)) {
            let Some(from) = values::text(one.get("source")).filter(|from| from.starts_with('/')) else { continue };
            let passing = values::flag(one.get("permanent")) == Some(false);
            let status = number(one.get("statusCode")).unwrap_or(if passing { 307 } else { usual });
            let conditional = ["has", "missing"].iter().any(|key| one.get(key).is_some());
            table.add(&from, values::text(one.get("destination")).unwrap_or_default(), status, true, conditional);
        }
    }
}

fn firebase(value: &Value, table: &mut Table<'_>) {
    let hosting = value.get("hosting");
    let all: Vec<&Value> = match hosting {
        Some(Value::Array(all)) => all.iter().collect(),
        other => other.into_iter().collect(),
    };
    for hosting in all {
        table.found.extensionless |= values::flag(hosting.get("cleanUrls")) == Some(true);
        for (key, usual) in [("redirects", 301), ("rewrites", 200)] {
            for one in each(hosting.get(key)) {
                let Some(from) = values::text(one.get("source")) else { continue };
                let to = values::text(one.get("destination")).unwrap_or_default();
                table.add(&from, to, number(one.get("type")).unwrap_or(usual), key == "redirects", false);
            }
        }
    }
}

fn azure(value: &Value, table: &mut Table<'_>) {
    for one in each(value.get("routes")) {
        let Some(from) = values::text(one.get("route")) else { continue };
        let (to, usual) = match (values::text(one.get("redirect")), values::text(one.get("rewrite"))) {
            (Some(to), _) => (to, 302),
            (None, Some(to)) => (to, 200),
            (None, None) => continue,
        };
        let conditional = ["methods", "allowedRoles"].iter().any(|key| one.get(key).is_some());
        table.add(&from, to, number(one.get("statusCode")).unwrap_or(usual), true, conditional);
    }
}
