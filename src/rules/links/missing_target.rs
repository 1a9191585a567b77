//! How a link or an image is told whose path leads nowhere, whichever rule it belongs to: with what was probably meant.

use super::address_slips::{self, hint};
use super::folder_up;
use super::half_forms;
use super::malformed_url::shows_itself;
use super::nothing_there::{has_percent_in_its_name, nothing_named, source_of, unpublished_source};
use super::slip::Slip;
use crate::discover::{file_name, join, parent};
use crate::finding::{Confidence, Fix, Safety};
use crate::generators::Sources;
use crate::language::tags::in_another_folder;
use crate::page::links::{Form, Link, LinkKind};
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::backslashes::slashed;
use crate::site::destination::{self, Shape, shape};
use crate::site::facts::PageFacts;
use crate::site::follow::resolve_text;
use crate::site::hosts::Owner;
use crate::site::not_meant;
use crate::site::resolve::resolve;
use crate::site::sources;
use crate::site::suggest;
use crate::site::suggestion::{Suggestion, as_read};
use crate::site::target::Target;
use crate::site::written::leading_to;
use crate::source::Span;

/// Reports a link or image whose path leads nowhere, with what was probably meant.
pub fn report_missing(site: &Site, page: &PageFacts, link: &Link, path: &str, what: &str, report: &mut Reporter<'_>) {
    if names_a_source(site, page, link) {
        return;
    }
    if page.labels.iter().any(|label| **label == *link.destination) {
        return label(page, link, report);
    }
    if let Some(slashes) = slashed(site, page, link) {
        let why = "a `\\` is a character of a name there, and no slash";
        return Slip::of(page, link, &slashes, why, Safety::Safe).report(page, link, report);
    }
    if let Some(slip) = address_slips::of_former_folder(site, page, link, path) {
        return slip.report(page, link, report);
    }
    if let Some(picture) = half_forms::picture_in(site, page, link) {
        let why = "the picture that it stands around has another address";
        return Slip::of(page, link, &picture, why, Safety::Unsafe).report(page, link, report);
    }
    if let Some(slip) = address_slips::find(site, page, link) {
        return slip.report(page, link, report);
    }
    let from_the_root = match shape(&link.destination) {
        Shape::Path { path, .. } => suggest::from_the_root(site, &destination::decode(path)),
        _ => None,
    };
    if !from_the_root.as_ref().is_some_and(|one| one.certain)
        && let Some(right) = folder_up::find(site, page, link)
    {
        let why = "like most dead links of this page, it counts from the folder above";
        return Slip::of(page, link, &right, why, Safety::Safe).report(page, link, report);
    }
    let by_source = match shape(&link.destination) {
        Shape::Path { path, .. } if link.kind == LinkKind::Link => {
            sources::from_own_folder(site, page, &destination::decode(path))
        }
        _ => None,
    };
    let suggestions = match from_the_root {
        Some(copied) if copied.certain => vec![copied],
        from_the_root => {
            let found = suggest::suggest(site, page, path, link.kind);
            match by_source {
                Some(there) if !found.iter().any(|one| one.certain) => vec![there],
                _ if found.is_empty() => from_the_root.into_iter().collect(),
                _ => found,
            }
        }
    };
    let suggestions: Vec<Suggestion> = suggestions
        .into_iter()
        .filter(|one| destination::is_web(&link.destination) || !not_meant::is_itself(site, page, path, one))
        .collect();
    if suggestions.is_empty()
        && let Some((new, safety)) = beside(site, page, link)
    {
        return Slip::of(page, link, &new, "the file lies beside the page", safety).report(page, link, report);
    }
    let former =
        matches!(shape(&link.destination), Shape::Web { host, .. } if site.hosts.of(&host) == Some(Owner::Former));
    let subject = match former {
        true => format!("`{}` is on a former address of the site, which has no such {what}", link.destination),
        false => format!("the site has no {what} `{}`", link.destination),
    };
    let message = match suggestions.first() {
        Some(one) => format!("{subject}: {}", one.why),
        None => subject,
    };
    let top = site.has_top(path);
    let help = match suggestions.as_slice() {
        [] => match source_of(site, page, link) {
            _ if has_percent_in_its_name(site, page, link) => {
                "a file has this very name, with its percent signs: rename it, or write `%25` for each `%`".to_owned()
            }
            Some(source) => unpublished_source(site, &source),
            None => hint(link, page.shown(link)).unwrap_or_else(|| nothing_named(site, page, path)),
        },
        [one] => match leading_to(site, page, link, path, &one.path) {
            Some(right) => format!("write `{}`", right.destination),
            None => format!("`{}` is what the site has", as_read(site, &one.path)),
        },
        more => {
            let all: Vec<String> = more.iter().map(|one| format!("`{}`", as_read(site, &one.path))).collect();
            format!("one of these? {}", all.join(", "))
        }
    };
    let mut draft = report.at(&page.file, link.place(), message).help(help).at_most(page.severity_of_dead_links());
    if former {
        draft = draft.confidence(Confidence::Medium);
    } else if destination::is_web(&link.destination) && !top && suggestions.is_empty() {
        // Another project may be published under the same host.
        draft = draft.confidence(if site.hosts.is_shared() { Confidence::Low } else { Confidence::Medium });
    }
    for one in &suggestions {
        draft = draft.maybe_fix(leading_to(site, page, link, path, &one.path).map(|right| {
            let certain = one.certain
                && suggestions.len() == 1
                && !is_alias(&link.destination)
                && !is_moved_to_the_root(site, link, &right.destination)
                && !gives_itself(site, page, path, &one.path)
                && keeps_fragment(site, page, &right.destination)
                && !in_another_folder(path, &one.path)
                && !is_of_a_sister(path, &one.path)
                && !is_right_on_code_host(site, page, link)
                && !is_linked_beside(page, link, &one.path)
                // The text would go on naming the dead address.
                && !(destination::is_web(&link.destination) && shows_itself(link))
                && !page.contradicts(link, &right.destination)
                && !(one.path.ends_with('/') && names_a_file(site, page, link));
            right.fix(page, if certain { Safety::Safe } else { Safety::Manual })
        }));
    }
    draft.done();
}

/// True where the page that is meant says in its front matter that its address is the one which is asked for: code of the site
/// may publish it there.
fn gives_itself(site: &Site, from: &PageFacts, path: &str, found: &str) -> bool {
    const KEYS: [&str; 5] = ["canonicalUrl", "canonical_url", "canonical", "url", "permalink"];
    let Target::Page { page, .. } = resolve_text(site, from, &format!("{}{found}", site.model.settings().base_path))
    else {
        return false;
    };
    let is_it = |text: &str| text.trim_matches('/').eq_ignore_ascii_case(path.trim_matches('/'));
    site.page(page)
        .is_some_and(|page| KEYS.iter().any(|key| page.key(key).and_then(|key| key.text()).is_some_and(is_it)))
}

/// True where a relative path would begin at the host's root, and nothing says that the site is published there.
fn is_moved_to_the_root(site: &Site, link: &Link, new: &str) -> bool {
    new.starts_with('/')
        && matches!(shape(&link.destination), Shape::Path { path, .. } if !path.starts_with('/'))
        && !site.has_known_root()
}

/// True for a page of another year or version: `/2025/answers/` where `/2024/answers/` is asked for.
fn is_of_a_sister(path: &str, found: &str) -> bool {
    let (own, other) = (parent(path.trim_end_matches('/')), parent(found.trim_end_matches('/')));
    let is_numbered = |folder: &str| file_name(folder).contains(|c: char| c.is_ascii_digit());
    own != other && parent(own) == parent(other) && is_numbered(own) && is_numbered(other)
}

/// `@docs/advanced/`: code of the site's own puts a folder or a host in that place.
fn is_alias(destination: &str) -> bool {
    destination.starts_with(['@', '~', '$'])
}

/// True where the page that is meant has what the fragment names, too.
fn keeps_fragment(site: &Site, page: &PageFacts, destination: &str) -> bool {
    match resolve_text(site, page, destination) {
        Target::Page { page, fragment: Some(fragment) } => !site.lacks(page, &fragment),
        _ => true,
    }
}

/// True where `README.md` and its like name a file of the repository: that is how they are read on a code host, even if
/// the generator publishes them too.
fn names_a_source(site: &Site, page: &PageFacts, link: &Link) -> bool {
    let Shape::Path { path, .. } = shape(&link.destination) else { return false };
    let there = || {
        // A path from the host's root begins at the repository's.
        let path = destination::join("/", destination::decode(path).trim_start_matches('/'))?;
        Some(site.has(path.trim_matches('/')))
    };
    page.is_for_code_host() && there() == Some(true)
}

/// True where another link close by leads there: of `[Exercise](a.md) | [Solution](solutions/a.md)` the first means another page.
fn is_linked_beside(page: &PageFacts, link: &Link, to: &str) -> bool {
    const CLOSE: u32 = 200;
    let leads_there = |other: &Link| {
        let path = destination::decode(other.destination.split(['?', '#']).next().unwrap_or_default());
        let path = path.trim_start_matches(['.', '/']);
        !path.is_empty() && to.trim_end_matches('/').ends_with(path.trim_end_matches('/'))
    };
    let is_close = |other: &&Link| {
        other.span.start.abs_diff(link.span.start) < CLOSE && shape(&other.destination) != shape(&link.destination)
    };
    page.links.iter().filter(is_close).any(leads_there)
}

/// True for a link of a folder's `README.md` to a file of the repository: whoever reads it where the code is gets there.
fn is_right_on_code_host(site: &Site, page: &PageFacts, link: &Link) -> bool {
    let Shape::Path { path, .. } = shape(&link.destination) else { return false };
    let path = destination::decode(path);
    let named = path.trim_matches('/');
    let below = named.strip_prefix(site.root.as_str()).map(|rest| rest.trim_start_matches('/'));
    let readme = file_name(&page.path).to_ascii_lowercase().starts_with("readme.");
    readme && path.starts_with('/') && (site.has(named) || below.is_some_and(|below| site.has(below)))
}

/// True where the path is that of a file which is no page: that file was meant, and no page of its name.
fn names_a_file(site: &Site, page: &PageFacts, link: &Link) -> bool {
    source_of(site, page, link).is_some_and(|file| site.number_of(&file).is_none())
}

/// How to name a picture from the page's folder, where it lies there and is named from the root; surely meant where its
/// folder is named, too.
fn beside(site: &Site, page: &PageFacts, link: &Link) -> Option<(String, Safety)> {
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    let (folders, name) = path.strip_prefix('/')?.rsplit_once('/')?;
    let folder = parent(&page.path);
    if link.kind != LinkKind::Image || link.is_dynamic() || !site.has(&join(folder, &destination::decode(name))) {
        return None;
    }
    let new = format!("./{name}");
    let relative = Link { destination: new.as_str().into(), ..link.clone() };
    let is_named = folder.ends_with(&*destination::decode(folders));
    matches!(resolve(site, page, &relative), Target::Asset(_))
        .then(|| (new, if is_named { Safety::Safe } else { Safety::Unsafe }))
}

/// Reports `[text](label)`, where the page defines that label.
fn label(page: &PageFacts, link: &Link, report: &mut Reporter<'_>) {
    let message = format!("`{}` is no page here, but a label that this page defines", link.destination);
    let right = format!("[{}]", link.destination);
    // Only the parentheses stand around it: no title, no angle brackets.
    let around = Span::new(link.span.start as usize - 1, link.span.end as usize + 1);
    let fits = link.whole.end == around.end && link.form == Form::Plain;
    let fix = fits.then(|| Fix::replace(format!("write `{right}`"), Safety::Safe, &page.file, around, &*right));
    report.at(&page.file, link.place(), message).help(format!("write it in brackets: `{right}`")).maybe_fix(fix).done();
}
