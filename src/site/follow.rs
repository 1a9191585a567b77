//! From a destination as written to its target, as a browser, the generator and the server would go.

use super::Site;
use super::destination::{self, Shape};
use super::facts::{PageFacts, Published};
use super::hosts::{Hosts, Owner, is_address_of_blog, is_in_a_project};
use super::index::last_name;
use super::server::{look_up, of_page};
use super::sources::{is_read_where_the_code_is, other_case};
use super::target::{Target, Unknown};
use crate::discover::parent;
use crate::generators::{Evaluated, Sources};

/// Resolves a destination without template tags.
#[must_use]
pub fn resolve_text(site: &Site, page: &PageFacts, text: &str) -> Target {
    resolve_written(site, page, text, true)
}

/// Resolves a destination; with `sources`, the generator may take it for the path of a source file.
pub(super) fn resolve_written(site: &Site, page: &PageFacts, text: &str, sources: bool) -> Target {
    match destination::shape(text) {
        Shape::Empty => Target::Empty,
        Shape::Web { host, rest } => match site.hosts.of(&host) {
            Some(_) if is_another_server(site, text) => Target::External,
            // Who leaves such a host leaves their other projects there.
            Some(owner) => resolve_own(site, rest, owner, Hosts::has_neighbours(&host)),
            None => Target::External,
        },
        // `page:blog/post`: some generators have schemes of their own.
        Shape::Scheme(_) => match site.model.own_scheme(text, page, site) {
            Some(own) => evaluated(site, page, own),
            None => Target::Scheme,
        },
        Shape::Fragment(_) if site.model.settings().unknown_generator => Target::Unchecked(Unknown::Generator),
        // The text of a page that is never published is shown inside others, whose anchors and folder it has then.
        Shape::Fragment(_) if page.place.published == Published::Never => Target::Unchecked(Unknown::PageAddress),
        Shape::Fragment(fragment) => match site.number(page) {
            Some(page) => Target::Page { page, fragment: Some(fragment.into()) },
            None => Target::Unchecked(Unknown::PageAddress),
        },
        Shape::Path { path, fragment } => resolve_path(site, page, path, fragment, sources),
    }
}

/// True for `https://host:8080/`: another port is another server, unless the site's own address has it.
fn is_another_server(site: &Site, text: &str) -> bool {
    fn port(url: &str) -> Option<u16> {
        let authority = url.split_once("//")?.1.split(['/', '?', '#']).next()?;
        authority.rsplit_once(':')?.1.parse().ok()
    }
    let own = || site.model.settings().url.as_deref().and_then(port);
    port(text).is_some_and(|asked| !matches!(asked, 80 | 443) && own() != Some(asked))
}

/// Resolves what follows the site's own (or a former) host.
fn resolve_own(site: &Site, rest: &str, owner: Owner, shared: bool) -> Target {
    let has_others = owner == Owner::Own || shared;
    let (path, fragment) = rest.split_once('#').map_or((rest, None), |(path, fragment)| (path, Some(fragment)));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let path = destination::decode(if path.is_empty() { "/" } else { path });
    let Some(joined) = destination::join("/", &path) else { return Target::Outside };
    match destination::below(&joined, &site.model.settings().base_path) {
        Some(path) => match look_up(site, path, fragment) {
            Target::Missing { .. } if site.model.settings().unknown_generator => Target::Unchecked(Unknown::Generator),
            // `owner.github.io/Project/` beside a post of that name: another project's, in its own capitals.
            Target::WrongCase(_) if shared && joined.trim_matches('/').split('/').count() == 1 => {
                Target::Unchecked(Unknown::OtherSite)
            }
            Target::Missing { path } if site.model.settings().takes_from_elsewhere || is_of_file(site, &path) => {
                Target::Unchecked(Unknown::MadePages)
            }
            // Other projects may be published under its host: only a file at the top, or the name of a page, tells.
            Target::Missing { path }
                if has_others
                    && !site.has_top(&path)
                    && (shared && is_in_a_project(&path) || !names_one_of(site, &path)) =>
            {
                Target::Unchecked(Unknown::OtherSite)
            }
            target => made_by_code(site, target),
        },
        // Another project on the same host.
        None => Target::External,
    }
}

/// `/a/` where `/a.html` is published: some hosts find it, and which one it is nobody says.
fn is_of_file(site: &Site, path: &str) -> bool {
    let file = || path.strip_suffix('/').and_then(|bare| site.index.get(&format!("{bare}.html")));
    site.redirects.unknown_host && file().is_some()
}

fn resolve_path(site: &Site, page: &PageFacts, written: &str, fragment: Option<&str>, sources: bool) -> Target {
    let path = destination::decode(written);
    let mut respelt = None;
    if sources && let Some(source) = site.model.source_link(&path, page, site) {
        match evaluated(site, page, source) {
            // Where the file does not exist, the path may still be one of the published site, unless its very form says source.
            Target::NoSource { .. } if !path.starts_with("@/") && !path.starts_with(['{', '|']) => {}
            target @ Target::WrongCase(_) => respelt = Some(target),
            // Dead as a whole, whatever the page has: no id would heal it.
            Target::Page { .. }
                if fragment.is_some() && path.ends_with(".md") && site.model.settings().sources_have_no_fragments =>
            {
                return Target::Unchecked(Unknown::Rewritten);
            }
            target => return with_fragment(or_malformed(target, &path), fragment),
        }
    }
    match (resolve_address(site, page, &path, fragment), respelt) {
        (found @ (Target::Page { .. } | Target::Asset(_) | Target::Generated), _) => found,
        (_, Some(respelt)) => respelt,
        (other, None) => other,
    }
}

/// Resolves a path (decoded) as browsers and the server do.
pub(super) fn resolve_address(site: &Site, page: &PageFacts, path: &str, fragment: Option<&str>) -> Target {
    let target = resolve_from(site, page, path, fragment);
    match target {
        Target::Missing { .. } | Target::Outside => in_its_own_folder(site, page, path, fragment).unwrap_or(target),
        target => target,
    }
}

/// What a relative path leads to where the server calls the page `/a/`; nothing where it certainly does not.
fn in_its_own_folder(site: &Site, page: &PageFacts, path: &str, fragment: Option<&str>) -> Option<Target> {
    let url = page.place.url.as_deref().filter(|url| !url.ends_with(['/']) && !url.ends_with(".html"))?;
    let output = page.place.output.as_deref()?;
    if !site.model.settings().slash_may_follow || path.starts_with('/') || output.strip_suffix(".html") != Some(url) {
        return None;
    }
    match look_up(site, &destination::join(url, path)?, fragment) {
        found @ (Target::Page { .. } | Target::Asset(_) | Target::Generated) => Some(found),
        _ => None,
    }
}

fn resolve_from(site: &Site, page: &PageFacts, path: &str, fragment: Option<&str>) -> Target {
    let settings = site.model.settings();
    let absolute = path.starts_with('/');
    let joined = if absolute {
        destination::join("/", path)
    } else {
        let own = || page.place.output.as_ref().filter(|_| page.place.published != Published::Never);
        let output = page.place.shown_in.as_ref().or_else(own);
        let Some(output) = output else { return or_malformed(Target::Unchecked(Unknown::PageAddress), path) };
        destination::join(parent(output), path)
    };
    let Some(joined) = joined else { return above_the_root(site, page, path, fragment) };
    let below_base = if absolute { destination::below(&joined, &settings.base_path) } else { Some(joined.as_str()) };
    let target = look_up(site, below_base.unwrap_or(&joined), fragment);
    match target {
        Target::Missing { .. } | Target::WrongCase(_)
            if settings.unknown_generator && !is_read_where_the_code_is(site, page, path) =>
        {
            let malformed = destination::is_malformed(path);
            if malformed { Target::Malformed } else { Target::Unchecked(Unknown::Generator) }
        }
        Target::Page { page, fragment: Some(_) } if settings.unknown_generator => Target::Page { page, fragment: None },
        Target::Missing { .. } if below_base.is_none() => {
            // The host may carry other sites beside this one; what is called like a page here is hardly theirs.
            let own = || settings.adds_base && !site.index.named(last_name(&joined)).is_empty();
            if (site.has_top(&joined) || own()) && !settings.sister_versions {
                target
            } else {
                Target::Unchecked(Unknown::OtherSite)
            }
        }
        Target::Missing { .. } | Target::Unchecked(Unknown::MadePages) if destination::is_malformed(path) => {
            Target::Malformed
        }
        Target::Missing { .. } if settings.takes_from_elsewhere => Target::Unchecked(Unknown::MadePages),
        target => made_by_code(site, target),
    }
}

/// What leads nowhere may be no path at all.
pub(super) fn or_malformed(target: Target, written: &str) -> Target {
    match target {
        Target::Missing { .. }
        | Target::NoSource { .. }
        | Target::Unchecked(Unknown::PageAddress | Unknown::MadePages)
            if destination::is_malformed(written) =>
        {
            Target::Malformed
        }
        target => target,
    }
}

/// True for what no other project has: a file at the top, an address as blogs make them; and for a path whose last part is the name of a page or file
/// of the site.
fn names_one_of(site: &Site, path: &str) -> bool {
    let bare = path.trim_matches('/');
    let top = bare.split('/').next().unwrap_or_default();
    // A slug of several words.
    if is_address_of_blog(path) || top == bare && top.matches('-').count() >= 2 {
        return true;
    }
    let file = !path.ends_with('/') && !crate::discover::extension(bare).is_empty();
    file && !bare.contains('/') || !site.index.named(last_name(path)).is_empty()
}

/// Where a path climbs above the root, browsers stop there. On a host of the site's own the link then works.
fn above_the_root(site: &Site, page: &PageFacts, path: &str, fragment: Option<&str>) -> Target {
    let settings = site.model.settings();
    let folder = page.place.output.as_deref().map_or("/", parent);
    if settings.sister_versions {
        return Target::Unchecked(Unknown::OtherSite);
    }
    if settings.root_is_top {
        return look_up(site, &destination::join_as_browsers(folder, path), fragment);
    }
    // A code host has other folders above.
    if settings.folders || settings.unknown_generator {
        return Target::Outside;
    }
    if !settings.base_path.is_empty() {
        let joined = destination::join_as_browsers(&format!("{}{folder}", settings.base_path), path);
        let inside = destination::below(&joined, &settings.base_path);
        if let Some(inside) = inside
            && let found @ (Target::Page { .. } | Target::Asset(_) | Target::Generated) =
                look_up(site, inside, fragment)
        {
            return found;
        }
        // The host may carry other sites beside this one.
        let is_here = inside.is_some() || site.has_top(&joined);
        return if is_here { Target::Outside } else { Target::Unchecked(Unknown::OtherSite) };
    }
    match look_up(site, &destination::join_as_browsers(folder, path), fragment) {
        found @ (Target::Page { .. } | Target::Asset(_) | Target::Generated) => found,
        _ => Target::Outside,
    }
}

/// Nothing can be called missing where code publishes pages.
pub(super) fn made_by_code(site: &Site, target: Target) -> Target {
    match target {
        Target::Missing { ref path } if !destination::is_image(path) => {
            let settings = site.model.settings();
            // `/a/` where `/a.html` is published, by a host that does not find it: no code makes the one beside the other.
            let file = || path.strip_suffix('/').and_then(|bare| site.index.get(&format!("{bare}.html")));
            if !site.redirects.unknown_host && !settings.makes_any_page && file().is_some() {
                return target;
            }
            let unknown = settings.makes_any_page || settings.makes_pages && !site.has_top(path);
            if unknown || site.model.may_make(path) { Target::Unchecked(Unknown::MadePages) } else { target }
        }
        Target::Missing { ref path } if site.model.may_make_file(path) => Target::Unchecked(Unknown::MadePages),
        target => target,
    }
}

pub(super) fn evaluated(site: &Site, page: &PageFacts, what: Evaluated) -> Target {
    match what {
        Evaluated::Destination(destination) => resolve_text(site, page, &destination),
        Evaluated::Source { path, tail } => {
            let fragment = tail.split_once('#').map(|(_, fragment)| fragment);
            match site.number_of(&path) {
                Some(number) => of_page(site, number, fragment),
                None if site.has(&path) => Target::Asset(site.file(&path)),
                None => other_case(site, &path).unwrap_or_else(|| Target::NoSource { wanted: path.into() }),
            }
        }
        Evaluated::NoSource { wanted } => {
            other_case(site, &wanted).unwrap_or_else(|| Target::NoSource { wanted: wanted.into() })
        }
        Evaluated::NoSourceUnlessPublished { wanted } => match look_up(site, &format!("/{wanted}"), None) {
            Target::Missing { .. } => evaluated(site, page, Evaluated::NoSource { wanted }),
            found => made_by_code(site, found),
        },
        Evaluated::Made => Target::Generated,
        Evaluated::Unknown => Target::Unchecked(Unknown::Template),
    }
}

fn with_fragment(target: Target, fragment: Option<&str>) -> Target {
    match (target, fragment) {
        (Target::Page { page, fragment: None }, Some(fragment)) => {
            Target::Page { page, fragment: Some(fragment.into()) }
        }
        (target, _) => target,
    }
}
