//! links/missing-page: an internal link that leads to no page and no file.

use serde_json::Value;

use super::address_slips::{self, Slip, hint};
use super::empty::is_placeholder;
use super::half_forms;
use super::malformed_url::shows_itself;
use super::menus;
use super::nothing_there::{has_percent_in_its_name, nothing_named, source_of, unpublished_source};
use crate::discover::{file_name, join, parent};
use crate::finding::{Confidence, Fix, Safety};
use crate::generators::{FoundBy, Role, Sources, wikilinks};
use crate::language::tags::in_another_folder;
use crate::page::links::{Form, Link, LinkKind, Origin};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::backslashes::slashed;
use crate::site::destination::{self, Shape, shape};
use crate::site::facts::{Kind, PageFacts};
use crate::site::follow::resolve_text;
use crate::site::hosts::Owner;
use crate::site::not_meant;
use crate::site::resolve::resolve;
use crate::site::suggest;
use crate::site::suggestion::Suggestion;
use crate::site::target::Target;
use crate::site::written::leading_to;
use crate::source::Span;

struct MissingPage;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(MissingPage))
}

impl SiteRule for MissingPage {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        menus::missing(site, report);
        for (page, link, target) in site.links().filter(|(_, link, _)| link.kind == LinkKind::Link) {
            match target {
                // An absolute URL to the site's own address is links/own-domain's.
                // A word like `TODO` is links/empty's.
                Target::Missing { .. } if page.kind != Kind::Loose && is_placeholder(&link.destination) => {}
                Target::Missing { path } if !is_web(&link.destination) => {
                    report_missing(site, page, link, path, "page", report)
                }
                Target::NoSource { wanted } => no_source(site, page, link, wanted, report),
                _ => {}
            }
        }
    }
}

/// Reports a link to a source file that does not exist, with the one that has its name.
fn no_source(site: &Site, page: &PageFacts, link: &Link, wanted: &str, report: &mut Reporter<'_>) {
    if link.origin == Origin::WikiLink {
        let what = if destination::is_image(wanted) { "file" } else { "note" };
        let found_by = site.model.settings().notes_are_found_by;
        let message = match what {
            "note" if site.other_name(wanted).is_some() => {
                format!(
                    "no note is called `{wanted}`: it is an alias, and this site's engine looks for names of files only"
                )
            }
            _ if found_by != FoundBy::Name && lies_elsewhere(site, wanted) => {
                let from =
                    if found_by == FoundBy::PathFromPage { "this page's folder" } else { "the folder of all notes" };
                format!("no {what} is at `{wanted}`: this site's links are paths from {from}, and not names")
            }
            "note" if are_several(site, wanted) => {
                format!(
                    "several notes are called `{wanted}`, and this site's engine finds only what one note alone is called"
                )
            }
            _ => format!("no {what} is called `{wanted}`"),
        };
        let help = match wanted.contains(['[', ']']) {
            true => "no link can name a note with brackets in its name: rename the note".to_owned(),
            false => note_meant(site, page, wanted).unwrap_or_else(|| match what {
                "file" => "name a file that exists".to_owned(),
                _ => "write that note, or name one that there is".to_owned(),
            }),
        };
        return report.at(&page.file, link.place(), message).help(help).done();
    }
    if matches!(&link.origin, Origin::Tag { name } if matches!(&**name, "include" | "<<<")) {
        let message = format!("there is no file `{wanted}` to include");
        let help = "the page cannot be built with it: name a file that exists";
        return report.at(&page.file, link.place(), message).help(help).done();
    }
    if let Some(there) = site.number_of(wanted).and_then(|number| site.page(number)).filter(|page| page.is_published())
    {
        let title = &site.generator.data().title;
        let message =
            format!("{title} makes no address of `{}`: the file belongs to another part of the site", link.destination);
        let address = there.place.url.as_deref().unwrap_or_default();
        let draft = report.at(&page.file, link.place(), message).at_most(page.severity_of_dead_links());
        return draft.help(format!("write the page's address: `{address}`")).done();
    }
    let message = format!("there is no source file `{wanted}` for this link");
    let draft = report.at(&page.file, link.place(), message).at_most(page.severity_of_dead_links());
    let same: Vec<&PageFacts> = site.pages.iter().filter(|page| named(&page.path) == named(wanted)).take(2).collect();
    let stops = match site.model.settings().stops_at_dead_links {
        true => "the site cannot be built with it",
        false => "the generator only warns, and readers get a dead link",
    };
    let [one] = same.as_slice() else {
        return draft.help(format!("{stops}: name a file that exists, as it is called in the sources")).done();
    };
    let fix = as_written(link, wanted, &one.path).or_else(|| without_dot(site, page, link, one)).and_then(|to| {
        let text = link.rewrite(&to)?;
        Some(Fix::replace(format!("write `{to}`"), Safety::Safe, &page.file, link.span, text))
    });
    draft.help(format!("{stops}; `{}` has that name", one.path)).maybe_fix(fix).done();
}

/// True where a note or file of this very name lies in another folder.
fn lies_elsewhere(site: &Site, wanted: &str) -> bool {
    let name = wikilinks::key(file_name(wanted));
    site.notes_meant(wanted).iter().any(|file| {
        let found = wikilinks::key(file_name(file));
        found == name || found.strip_suffix(".md") == Some(&name)
    })
}

/// The path of a file from a folder.
fn from_folder(folder: &str, file: &str) -> String {
    let folders = || folder.split('/').filter(|part| !part.is_empty());
    let shared = folders().zip(file.split('/')).take_while(|(one, other)| one == other).count();
    let up = "../".repeat(folders().count() - shared);
    let down: Vec<&str> = file.split('/').skip(shared).collect();
    format!("{up}{}", down.join("/"))
}

/// True for a name alone that more than one note has.
fn are_several(site: &Site, wanted: &str) -> bool {
    let name = wikilinks::key(wanted);
    let is_so = |file: &&&str| file_name(file).strip_suffix(".md").is_some_and(|stem| wikilinks::key(stem) == name);
    !wanted.contains('/') && site.notes_meant(wanted).iter().filter(is_so).count() > 1
}

/// What to write for a note or file that lies elsewhere, or is called nearly so.
pub fn note_meant(site: &Site, page: &PageFacts, wanted: &str) -> Option<String> {
    let public = site.model.settings().public.first().map_or("", |folder| folder);
    let from_page = site.model.settings().notes_are_found_by == FoundBy::PathFromPage;
    let inside = |file: &'_ str| {
        let inside = match from_page {
            true => from_folder(parent(&page.path), file),
            false => file.strip_prefix(public).map_or(file, |rest| rest.trim_start_matches('/')).to_owned(),
        };
        inside.strip_suffix(".md").map_or_else(|| inside.clone(), str::to_owned)
    };
    let mut found = site.notes_meant(wanted);
    // What lies beside the folder of notes is none: Quartz's own documentation.
    if !public.is_empty() && destination::below(&page.path, public).is_some() {
        found.retain(|file| destination::below(file, public).is_some());
    }
    // Nor is one that the site leaves out.
    let is_left_out = |file: &&str| matches!(site.model.role(file), Role::Internal);
    let left_out = found.iter().copied().find(is_left_out);
    found.retain(|file| !is_left_out(file));
    if let Some(file) = left_out.filter(|_| found.is_empty()) {
        return Some(format!("`{file}` has that name, and the site leaves it out: publish it, or remove the link"));
    }
    if found.is_empty() {
        found.extend(site.note_of_other_number(wanted).map(|page| &*page.path));
    }
    found.retain(|file| *page.path != **file);
    // Of several notes of a name the one that lies in folders of these names, too.
    let tail = |file: &&str| {
        let file = file.strip_suffix(".md").unwrap_or(file);
        let parts = file.rsplit('/').zip(wanted.rsplit('/'));
        parts.take_while(|(one, other)| wikilinks::key(one) == wikilinks::key(other)).count()
    };
    if let Some(best) = found.iter().map(tail).max().filter(|best| *best > 1) {
        found.retain(|file| tail(file) == best);
    }
    let [file] = found.as_slice() else {
        let all: Vec<String> = found.iter().take(3).map(|file| format!("`{}`", inside(file))).collect();
        return (!all.is_empty()).then(|| format!("one of these? {}", all.join(", ")));
    };
    let (file, name) = (inside(file), file_name(file));
    let stem = name.strip_suffix(".md").unwrap_or(name);
    Some(match stem.trim() == stem {
        true => format!("write `{file}`"),
        false => format!("the note's name begins or ends with a blank (`{name}`), which links do not see: rename it"),
    })
}

/// What a source file is called: its name, of `index.md` and the like with its folder's.
fn named(path: &str) -> &str {
    let name = file_name(path);
    let folder = if name.trim_start_matches('_').starts_with("index.") { file_name(parent(path)) } else { "" };
    let start = path.len() - name.len() - if folder.is_empty() { 0 } else { folder.len() + 1 };
    path.get(start..).unwrap_or(name)
}

/// `b.md` for `./b.md`, where that leads to the page: what begins with a dot is looked for beside the page alone.
fn without_dot(site: &Site, page: &PageFacts, link: &Link, other: &PageFacts) -> Option<String> {
    let bare = link.destination.strip_prefix("./")?;
    let found = resolve(site, page, &Link { destination: bare.into(), ..link.clone() });
    let leads = matches!(found, Target::Page { page, .. } if site.number(other) == Some(page));
    leads.then(|| bare.to_owned())
}

/// The link with another source file, in the form of a link that says `@/path` for `content/path`.
fn as_written(link: &Link, wanted: &str, other: &str) -> Option<String> {
    let path = link.destination.strip_prefix("@/")?;
    let (path, tail) = path.split_at(path.find(['#', '?']).unwrap_or(path.len()));
    let root = wanted.strip_suffix(path)?;
    Some(format!("@/{}{tail}", other.strip_prefix(root)?))
}

/// True for an absolute URL.
pub fn is_web(destination: &str) -> bool {
    matches!(shape(destination), Shape::Web { .. })
}

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
    let suggestions = match from_the_root {
        Some(copied) if copied.certain => vec![copied],
        from_the_root => {
            let found = suggest::suggest(site, page, path, link.kind);
            if found.is_empty() { from_the_root.into_iter().collect() } else { found }
        }
    };
    let suggestions: Vec<Suggestion> = suggestions
        .into_iter()
        .filter(|one| is_web(&link.destination) || !not_meant::is_itself(site, page, path, one))
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
            None => format!("`{}` is what the site has", one.path),
        },
        more => {
            let all: Vec<String> = more.iter().map(|one| format!("`{}`", one.path)).collect();
            format!("one of these? {}", all.join(", "))
        }
    };
    let mut draft = report.at(&page.file, link.place(), message).help(help).at_most(page.severity_of_dead_links());
    if former {
        draft = draft.confidence(Confidence::Medium);
    } else if is_web(&link.destination) && !top && suggestions.is_empty() {
        // Another project may be published under the same host.
        draft = draft.confidence(if site.hosts.is_shared() { Confidence::Low } else { Confidence::Medium });
    }
    for one in &suggestions {
        draft = draft.maybe_fix(leading_to(site, page, link, path, &one.path).map(|right| {
            let certain = one.certain
                && suggestions.len() == 1
                && !is_alias(&link.destination)
                && !gives_itself(site, page, path, &one.path)
                && keeps_fragment(site, page, &right.destination)
                && !in_another_folder(path, &one.path)
                && !is_right_on_code_host(site, page, link)
                && !is_linked_beside(page, link, &one.path)
                // The text would go on naming the dead address.
                && !(is_web(&link.destination) && shows_itself(link))
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
