//! links/missing-page: an internal link that leads to no page and no file.

use serde_json::Value;

use super::empty::is_placeholder;
use super::menus;
use super::missing_target::report_missing;
use crate::discover::{file_name, parent};
use crate::finding::{Fix, Safety};
use crate::generators::{FoundBy, Role, wikilinks};
use crate::page::links::{Link, LinkKind, Origin};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::severity::Severity;
use crate::site::Site;
use crate::site::destination;
use crate::site::facts::{Kind, PageFacts};
use crate::site::resolve::resolve;
use crate::site::target::Target;

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
                Target::Missing { path } if !destination::is_web(&link.destination) => {
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
    if matches!(&link.origin, Origin::Tag { name } if name.starts_with("asset_")) {
        let help = "nothing is written in its place: name a file of the post";
        return report.at(&page.file, link.place(), message).at_most(Severity::Warning).help(help).done();
    }
    let draft = report.at(&page.file, link.place(), message).at_most(page.severity_of_dead_links());
    let same: Vec<&PageFacts> = site.pages.iter().filter(|page| named(&page.path) == named(wanted)).take(2).collect();
    let is_import = matches!(link.origin, Origin::Import { .. });
    let stops = match site.model.settings().stops_at_dead_links || is_import {
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
