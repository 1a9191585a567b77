//! Forms of an address that another program reads, or that this one would read but for one sign: `{filename]a.md`,
//! `owner/repository#14`, `..\a.md` with a folder too few.

use super::slip::Slip;
use crate::discover::{file_name, parent};
use crate::finding::Safety;
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::Site;
use crate::site::destination::{self, Shape, shape};
use crate::site::facts::PageFacts;
use crate::site::follow::resolve_text;
use crate::site::index::last_name;
use crate::site::resolve::resolve;
use crate::site::suggest;
use crate::site::target::Target;
use crate::site::written::leading_to;

/// The slip in an address that leads nowhere, if it is one of these.
pub(super) fn find(site: &Site, page: &PageFacts, link: &Link) -> Option<Slip> {
    brace(site, page, link).or_else(|| reference(page, link)).or_else(|| backslashes(site, page, link))
}

/// `{filename]a.md`, `(static}a.png`: one bracket of the mark is another's.
fn brace(site: &Site, page: &PageFacts, link: &Link) -> Option<Slip> {
    let rest = link.destination.strip_prefix(['{', '(', '[', '|'])?;
    let name = ["filename", "static", "attach"].into_iter().find(|name| rest.starts_with(name))?;
    let path = rest.strip_prefix(name)?;
    let path = path.strip_prefix(['}', ')', ']', '|']).unwrap_or(path);
    let right = format!("{{{name}}}{path}");
    let mended = Link { destination: right.as_str().into(), ..link.clone() };
    let leads = || matches!(resolve(site, page, &mended), Target::Page { .. } | Target::Asset(_));
    (*right != *link.destination && leads())
        .then(|| Slip::of(page, link, &right, "a bracket of its mark is missing or another one", Safety::Safe))
}

/// `owner/repository#14` is how GitHub's comments name an issue.
fn reference(page: &PageFacts, link: &Link) -> Option<Slip> {
    let (repository, number) = link.destination.split_once('#')?;
    let (owner, name) = repository.split_once('/')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_name = |part: &str| part.starts_with(|c: char| c.is_ascii_alphanumeric()) && part.chars().all(plain);
    let is_number = !number.is_empty() && number.len() < 7 && number.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || !is_name(owner) || !is_name(name) || name.ends_with(".md") || name.ends_with(".html") {
        return None;
    }
    if link.origin != Origin::Inline || link.whole.len() != 2 * link.destination.len() + "[]()".len() {
        return None;
    }
    let right = format!("https://github.com/{repository}/issues/{number}");
    let why = "that is how GitHub's comments name an issue, and no path";
    Some(Slip::of(page, link, &right, why, Safety::Unsafe))
}

/// `..\a.md` with a folder too few or too many: what the path with slashes comes nearest to.
fn backslashes(site: &Site, page: &PageFacts, link: &Link) -> Option<Slip> {
    if link.is_dynamic() || link.kind != LinkKind::Link || !link.destination.contains('\\') {
        return None;
    }
    let slashes = link.destination.replace('\\', "/");
    let Shape::Path { path: written, .. } = shape(&slashes) else { return None };
    let link_with = Link { destination: slashes.as_str().into(), ..link.clone() };
    let (Target::Missing { path } | Target::NoSource { wanted: path }) = resolve_text(site, page, &slashes) else {
        return None;
    };
    let found = suggest::suggest(site, page, &path, link.kind);
    let found = if found.is_empty() { suggest::from_the_root(site, written).into_iter().collect() } else { found };
    let [one] = found.as_slice() else { return None };
    // What is only called nearly so would be a second guess.
    if !last_name(&one.path).eq_ignore_ascii_case(last_name(&path).trim_end_matches(".md")) {
        return None;
    }
    let right = leading_to(site, page, &link_with, &path, &one.path)?.destination;
    let why = "a `\\` is no slash everywhere, and what it names lies elsewhere";
    Some(Slip::of(page, link, &right, why, if one.certain { Safety::Unsafe } else { Safety::Manual }))
}

/// The picture that a link which leads nowhere is wrapped around, where that is what it named: a file of the same folder or
/// of the same name.
pub(super) fn picture_in(site: &Site, page: &PageFacts, link: &Link) -> Option<Box<str>> {
    const BETWEEN: u32 = 4;
    let is_in = |other: &&Link| {
        other.kind == LinkKind::Image
            && other.span != link.span
            && (link.whole.start <= other.whole.start && other.whole.end <= link.whole.end
                || other.whole.start.checked_sub(link.whole.end).is_some_and(|gap| gap <= BETWEEN))
    };
    let mut pictures = page.links.iter().filter(is_in).filter(|_| link.kind == LinkKind::Link);
    let picture = pictures.next().filter(|_| pictures.next().is_none())?;
    let [asked, shown] =
        [&link.destination, &picture.destination].map(|one| one.split(['?', '#']).next().unwrap_or(one));
    let alike = file_name(asked).eq_ignore_ascii_case(file_name(shown)) || parent(asked) == parent(shown);
    let is_there = || matches!(resolve(site, page, picture), Target::Asset(_) | Target::External);
    (alike && asked != shown && destination::is_image(asked) && !picture.is_dynamic() && is_there())
        .then(|| picture.destination.clone())
}
