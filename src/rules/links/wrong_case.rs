//! links/wrong-case: the path exists in another letter case or Unicode form.

use crate::hash::Set;
use std::cell::OnceCell;

use serde_json::Value;
use unicode_normalization::is_nfc;

use super::menus;
use crate::discover::file_name;
use crate::finding::{Fix, Safety, Severity};
use crate::generators::wikilinks;
use crate::page::links::{Label, Link, LinkKind, Origin};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::PageFacts;
use crate::site::index::{Entry, url_of};
use crate::site::suggestion;
use crate::site::target::{Respelt, Target};
use crate::site::written::{behind_tag, leading_to, respell};
use crate::source::Span;

struct WrongCase(LinkKind);

/// Makes the rule for links.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(WrongCase(LinkKind::Link)))
}

/// Makes the rule for images.
pub fn make_for_images(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(WrongCase(LinkKind::Image)))
}

impl SiteRule for WrongCase {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        if self.0 == LinkKind::Link {
            menus::in_other_case(site, report);
        }
        let forgiving = OnceCell::new();
        for (page, link, target) in site.links().filter(|(_, link, _)| link.kind == self.0) {
            if let Target::WrongCase(names) = target {
                let forgiving = *forgiving.get_or_init(|| ignores_case(site));
                one(site, page, link, names, forgiving, report);
            }
        }
    }
}

/// So many addresses in other case that are small letters on disk are no slips: the host sends readers on.
const MANY: usize = 25;
/// So many pages must have them.
const PAGES: usize = 5;

/// True where the host seems to make no difference: it is Netlify, which makes the addresses of pages lower-case and answers
/// to any case of them ("Pretty URLs", which is the default), or too many links of the site would be dead.
fn ignores_case(site: &Site) -> bool {
    if site.redirects.netlify {
        return true;
    }
    let (mut small, mut other, mut pages) = (0, 0, Set::default());
    for (page, _, target) in site.links() {
        if let Target::WrongCase(names) = target {
            let is_small = names.found.ends_with(".html") && !names.found.contains(char::is_uppercase);
            if is_small {
                small += 1;
                pages.insert(&*page.path);
            } else {
                other += 1;
            }
        }
    }
    small >= MANY && pages.len() >= PAGES && small > 20 * other
}

fn one(site: &Site, page: &PageFacts, link: &Link, names: &Respelt, forgiving: bool, report: &mut Reporter<'_>) {
    let (path, found) = (&*names.path, &*names.found);
    let written = link.destination.trim_end_matches('\\');
    let bare = |path: &str| url_of(path).trim_end_matches('/').trim_end_matches(".html").to_lowercase();
    let published = found.ends_with(".html") && !path.ends_with(".html");
    // Letters that no eye tells apart, in two forms.
    let other_form = is_nfc(path) != is_nfc(found);
    let message = if published && bare(path) == bare(found) {
        format!("`{written}` is published as `{}`: other upper and lower case", url_of(found))
    } else if bare(path) == bare(found) && file_name(path) == file_name(found) {
        format!("`{written}` is published at `{found}`: other upper and lower case")
    } else if bare(path) == bare(found) || !other_form {
        format!("`{written}` is named `{}` on disk: other upper and lower case", suggestion::short(url_of(found)))
    } else {
        let form = |text: &str| if is_nfc(text) { "composed (NFC)" } else { "decomposed (NFD)" };
        format!("the file on disk is named in another Unicode form: {} here, {} on disk", form(path), form(found))
    };
    // What stands at a former address sends readers on, without the fragment.
    let now = match site.index.get(found) {
        Some(Entry::Alias(number, _)) => site.page(*number).and_then(|page| page.place.output.as_deref()).map(url_of),
        _ => None,
    };
    let fix = match now {
        Some(now) => leading_to(site, page, link, path, now).map(|written| written.fix(page, Safety::Safe)),
        None if link.origin == Origin::WikiLink => note(page, link, found),
        None => respelled(link, found)
            .map(|(span, text)| Fix::replace("write the name as it is on disk", Safety::Safe, &page.file, span, text))
            .or_else(|| Some(leading_to(site, page, link, path, url_of(found))?.fix(page, Safety::Safe))),
    };
    let help = if published || file_name(path) == file_name(found) {
        "write it as the site publishes it"
    } else {
        "write the name exactly as it is on disk"
    };
    // Netlify finds files in any case, too; what the build itself opens has no address here, but a path.
    let is_page = found.ends_with(".html") || link.origin == Origin::WikiLink;
    let forgiving = forgiving && (is_page || site.redirects.netlify && found.starts_with('/'));
    let note = if forgiving {
        "the host seems to send readers on to the right one, as Netlify does; others do not"
    } else {
        "it works on a Mac or Windows machine, and is a 404 on the server"
    };
    let draft = report.at(&page.file, link.place(), message).note(note).help(help).maybe_fix(fix);
    if forgiving { draft.at_most(Severity::Hint).done() } else { draft.done() }
}

/// A wiki link with the note's name as on disk; what is shown stays, which is the name itself where no text follows it.
fn note(page: &PageFacts, link: &Link, found: &str) -> Option<Fix> {
    let written = &*link.destination;
    let name = written.split('#').next()?;
    // In a table the bar before the text is escaped.
    let name = name.trim_end_matches('\\');
    let is_image = link.kind == LinkKind::Image;
    let stem = found.strip_suffix(".md").or(is_image.then_some(found))?;
    let parts = name.trim_matches('/').split('/').count();
    let cut = stem.rmatch_indices('/').nth(parts - 1).map_or(0, |(at, _)| at + 1);
    let new = stem.get(cut..).filter(|new| wikilinks::key(new) == wikilinks::key(name.trim_matches('/')))?;
    let tail = written.get(name.len()..)?;
    let shown = is_image || matches!(link.label, Label::Text(label) if label.start > link.span.start);
    let text = match (shown, link.is_in_table()) {
        (true, _) => format!("{new}{tail}"),
        (false, _) if !tail.is_empty() => return None,
        (false, true) => format!("{new}\\|{written}"),
        (false, false) => format!("{new}|{written}"),
    };
    Some(Fix::replace(format!("write `[[{text}]]`"), Safety::Safe, &page.file, link.span, text))
}

/// What stands in the destination, or behind the template tag that it begins with, spelt as on disk.
fn respelled(link: &Link, found: &str) -> Option<(Span, String)> {
    if !link.is_dynamic() {
        return Some((link.span, link.rewrite(&respell(&link.destination, found)?)?));
    }
    let written = behind_tag(link, |behind| {
        let path = behind.get(..behind.find(['?', '#']).unwrap_or(behind.len()))?;
        // As many parts of the path on disk as are written behind the tag.
        let parts = path.split('/').filter(|part| !part.is_empty()).count();
        let on_disk = url_of(found).trim_end_matches('/');
        let cut = on_disk.rmatch_indices('/').nth(parts.checked_sub(1)?).map(|(at, _)| at)?;
        respell(behind, found.get(cut..)?)
    })?;
    Some((written.span, written.text))
}
