//! How a link is written that shall lead somewhere else: in the form in which the old one stood, so that a repair changes
//! the address and not the writer's habits.

use super::Site;
use super::destination::{self, Shape, decode, shape};
use super::facts::PageFacts;
use super::follow::resolve_text;
use super::hosts::Owner;
use super::index::{Entry, url_of};
use super::resolve::resolve;
use super::slashes::{Slash, is_folder};
use super::target::Target;
use crate::alike::fold;
use crate::discover::parent;
use crate::finding::{Fix, Safety};
use crate::page::links::{Form, Link, Origin};
use crate::source::Span;

/// A relative path climbs no higher than this, unless the writer's did.
const CLIMB: usize = 2;

/// A new destination and how it comes into the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What is replaced.
    pub span: Span,
    /// By what, escaped for its place.
    pub text: String,
    /// The destination as a reader of the finding sees it.
    pub destination: String,
}

impl Written {
    /// The repair that writes it.
    #[must_use]
    pub fn fix(self, page: &PageFacts, safety: Safety) -> Fix {
        Fix::replace(format!("write `{}`", self.destination), safety, &page.file, self.span, self.text)
    }
}

/// The link with a destination that leads to `path` instead of `missing` (both decoded, from the site's base): relative
/// stays relative where that is no detour, the site's own address stays, so do a template's tag before the path, percent
/// signs, query and fragment. Nothing where it cannot be written.
#[must_use]
pub fn leading_to(site: &Site, page: &PageFacts, link: &Link, missing: &str, path: &str) -> Option<Written> {
    let path = as_published(site, path);
    if link.is_dynamic() {
        return behind_tag(link, |behind| {
            // The tag stands for the base only if what follows it is the whole path.
            let end = behind.find(['?', '#']).unwrap_or(behind.len());
            let (written, tail) = (behind.get(..end)?, behind.get(end..)?);
            (decode(written) == missing).then(|| format!("{}{tail}", spelt(path, written)))
        });
    }
    let destination = match before_value(page, link, missing) {
        Some(before) => path.strip_prefix(before)?.to_owned(),
        None => destination(site, page, link, path),
    };
    Some(Written { span: link.span, text: link.rewrite(&destination)?, destination })
}

/// What a template puts before the value of a key or parameter, where that is not the page's own folder: whatever is
/// written there gets it, too.
fn before_value<'m>(page: &PageFacts, link: &Link, missing: &'m str) -> Option<&'m str> {
    if !matches!(link.origin, Origin::FrontMatter { .. } | Origin::Parameter { .. }) {
        return None;
    }
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    let value = decode(path);
    let before = missing.strip_suffix(&*value).filter(|_| !value.is_empty())?;
    let own = page.place.output.as_deref().map(parent);
    let rooted = value.starts_with('/') && before.is_empty();
    (!rooted && own != Some(before.trim_end_matches('/'))).then_some(before)
}

/// The address of a page where that is its file's path without `.html`.
fn as_published<'p>(site: &Site, path: &'p str) -> &'p str {
    let Some(bare) = path.strip_suffix(".html") else { return path };
    let url = match site.index.get(path) {
        Some(Entry::Page(page)) => site.page(*page).and_then(|page| page.place.url.as_deref()),
        _ => None,
    };
    if url.is_some_and(|url| destination::decode(url) == bare) { bare } else { path }
}

/// Replaces what stands behind the template tag that a dynamic destination begins with.
pub fn behind_tag(link: &Link, new: impl FnOnce(&str) -> Option<String>) -> Option<Written> {
    // A dynamic destination is kept as it is written, so that what follows its last tag has a place in the file.
    let written = &*link.destination;
    let start = ["}}", "%}"].iter().filter_map(|end| Some(written.rfind(end)? + end.len())).max()?;
    let behind = written.get(start..).filter(|_| written.len() == link.span.len())?;
    let span = Span { start: link.span.start + u32::try_from(start).ok()?, end: link.span.end };
    let new = new(behind)?;
    let destination = format!("{}{new}", written.get(..start)?);
    Some(Written { span, text: Form::Verbatim.write(&new, link.is_in_table())?, destination })
}

fn destination(site: &Site, page: &PageFacts, link: &Link, path: &str) -> String {
    let written = &*link.destination;
    let tail = written.find(['?', '#']).and_then(|at| written.get(at..)).unwrap_or_default();
    let base = &site.model.settings().base_path;
    let absolute = format!("{}{tail}", spelt(&format!("{base}{path}"), written));
    let from_root = match site.model.puts_base_before(link) {
        true => format!("{}{tail}", spelt(path, written)),
        false => absolute.clone(),
    };
    match shape(written) {
        // Whoever writes the site's address in full has a reason: a text that is copied, a feed, a mail.
        Shape::Web { host, rest } if site.hosts.of(&host) == Some(Owner::Own) => {
            let host = written.trim_end().len().saturating_sub(rest.len());
            format!("{}{absolute}", written.get(..host).unwrap_or_default())
        }
        Shape::Path { path: old, .. } if !old.starts_with('/') => {
            let from = |folder: &str| match site.model.settings().paths_begin_at_the_root {
                true => Some(path.trim_start_matches('/').to_owned()),
                false => relative(folder, old, path, climb(site))
                    .filter(|way| !way.starts_with("../") || !lacks_its_slash(old, path)),
            };
            // Some generators read a link from the page's address, which may lack the slash that its file's folder has.
            // From the root is right whether or not a slash follows the page's address.
            if site.slash != Slash::Written && is_folder(page) {
                return from_root;
            }
            let own = page.place.output.as_deref().map(parent);
            let address = page.place.url.as_deref().map(|url| url.strip_suffix('/').unwrap_or_else(|| parent(url)));
            let ways = [as_source(site, page, link, old, path), own.and_then(from), address.and_then(from)];
            let mut written = ways.into_iter().flatten().map(|way| format!("{}{tail}", spelt(&way, written)));
            written.find(|way| leads_to(site, page, link, way, &absolute)).unwrap_or(from_root)
        }
        _ => from_root,
    }
}

/// True where the link leads with this destination to what the address is that of.
fn leads_to(site: &Site, page: &PageFacts, link: &Link, way: &str, absolute: &str) -> bool {
    let found = resolve(site, page, &Link { destination: way.into(), ..link.clone() });
    match (found, resolve_text(site, page, absolute)) {
        (Target::Page { page: one, .. }, Target::Page { page: other, .. }) => one == other,
        (Target::Asset(one), Target::Asset(other)) => one == other,
        // It is there for several reasons; the way itself was made from the two addresses.
        (Target::Generated, Target::Page { .. }) => true,
        _ => false,
    }
}

/// The way to the source file of a page, where the writer named one and the generator understands that.
fn as_source(site: &Site, page: &PageFacts, link: &Link, old: &str, path: &str) -> Option<String> {
    if matches!(link.origin, Origin::Html(_)) && site.model.settings().html_is_written_as_it_is {
        return None;
    }
    let target = resolve_text(site, page, &format!("{}{path}", site.model.settings().base_path));
    let Target::Page { page: number, .. } = target else { return None };
    let by_source = site.generator.data().is_markdown(old) || site.model.settings().links_name_sources;
    let source = &site.page(number).filter(|_| by_source)?.path;
    let way = relative(parent(&page.path), old, source, climb(site))?;
    let new = Link { destination: way.as_str().into(), ..link.clone() };
    matches!(resolve(site, page, &new), Target::Page { page, .. } if page == number).then_some(way)
}

/// `blog/2016/a.html` for `/blog/2016/a/`: written from the site's root, without the slash or with a letter too much before it.
fn lacks_its_slash(old: &str, path: &str) -> bool {
    let (old, path) = (old.trim_end_matches('/'), path.trim_matches('/'));
    let top = |path: &str| path.split_once('/').map(|(top, _)| top.to_owned());
    !old.starts_with('.') && top(path).is_some() && (top(old) == top(path) || old.ends_with(&format!("/{path}")))
}

/// How high a relative path may climb: in a folder that a code host shows, and where links name source files, no other is
/// written.
fn climb(site: &Site) -> usize {
    let settings = site.model.settings();
    if settings.folders || settings.links_name_sources || !site.has_known_root() { usize::MAX } else { CLIMB }
}

/// The way from a folder to a path, where it does not climb much.
fn relative(folder: &str, old: &str, path: &str, climb: usize) -> Option<String> {
    let parts = |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(folder), parts(path));
    // The last part of the path is a name, if only that of a folder.
    let common = from.iter().zip(to.iter().take(to.len().saturating_sub(1))).take_while(|(a, b)| a == b).count();
    let up = from.len() - common;
    let climbed = old.split('/').filter(|part| *part == "..").count();
    if up > climb.max(climbed) {
        return None;
    }
    let here = if up == 0 && old.starts_with("./") { "./" } else { "" };
    let slash = if path.ends_with('/') { "/" } else { "" };
    Some(format!("{here}{}{}{slash}", "../".repeat(up), to.get(common..)?.join("/")))
}

/// The way from a folder to a file of the sources, as a page there names it.
#[must_use]
pub fn from_folder(folder: &str, file: &str) -> String {
    let way = relative(folder, "", file, usize::MAX).unwrap_or_else(|| file.to_owned());
    if way.starts_with("../") { way } else { format!("./{way}") }
}

/// A path with percent signs where the writer's had some, and never with blanks.
fn spelt(path: &str, written: &str) -> String {
    // `#` and `?` would end the path, and `%` begin a number.
    if written.contains('%') || path.contains(['#', '?', '%']) { encode(path) } else { path.replace(' ', "%20") }
}

/// `written` with the spelling of `found`, part by part from the end: both name the same path but for letter case and
/// Unicode form. Nothing when they do not fit.
#[must_use]
pub fn respell(written: &str, found: &str) -> Option<String> {
    let end = written.find(['?', '#']).unwrap_or(written.len());
    let (path, tail) = (written.get(..end)?, written.get(end..)?);
    let decoded = destination::decode(path);
    let mut right: Vec<&str> = url_of(found).split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = path.split('/').collect();
    let mut out: Vec<String> = Vec::with_capacity(parts.len());
    for part in parts.iter().rev() {
        // `{static}images/…` names the folder that the rest is in.
        let (mark, part) = part.split_at(part.find('}').filter(|_| part.starts_with('{')).map_or(0, |at| at + 1));
        if matches!(part, "" | "." | "..") {
            out.push(format!("{mark}{part}"));
            continue;
        }
        let own = destination::decode(part);
        let other = right.pop()?;
        let cut = other.strip_suffix(".html").filter(|stem| fold(stem) == fold(&own));
        let other = if own == "index.html" { "index.html" } else { cut.unwrap_or(other) };
        if own == "index.html" {
            right.push(other);
            out.push(format!("{mark}{part}"));
            continue;
        }
        if fold(&own) != fold(other) {
            return None;
        }
        let new = if own == other {
            part.to_owned()
        } else if part.contains('%') || other.contains(' ') && !part.contains(' ') {
            encode(other)
        } else {
            other.to_owned()
        };
        out.push(format!("{mark}{new}"));
    }
    out.reverse();
    let new = out.join("/");
    (new != path && fold(&destination::decode(&new)) == fold(&decoded)).then(|| format!("{new}{tail}"))
}

fn encode(path: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b'!')
        .remove(b'\'')
        .remove(b'(')
        .remove(b')')
        .remove(b'*')
        .remove(b'@')
        .remove(b'&')
        .remove(b'+')
        .remove(b',')
        .remove(b'=')
        .remove(b':');
    percent_encoding::utf8_percent_encode(path, KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_taken_over_part_by_part() {
        assert_eq!(respell("../Img/a.PNG?x#y", "/img/A.png").as_deref(), Some("../img/A.png?x#y"));
        assert_eq!(respell("caf%C3%A9.png", "/a/cafe\u{301}.png").as_deref(), Some("cafe%CC%81.png"));
        assert_eq!(respell("/About", "/about.html").as_deref(), Some("/about"));
        assert_eq!(respell("/About/", "/about/index.html").as_deref(), Some("/about/"));
        assert_eq!(respell("/x", "/y"), None);
    }
}
