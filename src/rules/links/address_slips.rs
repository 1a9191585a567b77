//! Slips of the hand in an address that leads nowhere in the site: what does not belong to it, and what stands in
//! another place than it should.

use super::half_forms;
use super::slip::Slip;
use crate::finding::{Fix, Safety};
use crate::page::links::{Form, Link, Origin, Quote};
use crate::site::Site;
use crate::site::destination::{Shape, decode, looks_like_host, shape};
use crate::site::domain::has_known_ending;
use crate::site::facts::PageFacts;
use crate::site::follow::resolve_text;
use crate::site::resolve::resolve;
use crate::site::suggest;
use crate::site::target::Target;
use crate::source::Span;

/// A link into the folder in which the site was once published.
pub(super) fn of_former_folder(site: &Site, page: &PageFacts, link: &Link, path: &str) -> Option<Slip> {
    suggest::without_former_folder(site, path)?;
    let end = link.destination.strip_prefix('/')?.find('/')? + 1;
    let right = link.destination.get(end..)?;
    Some(Slip::of(page, link, right, "the site is no longer published in that folder", Safety::Safe))
}

/// The slip in an address that leads nowhere, if it is one of these.
pub(super) fn find(site: &Site, page: &PageFacts, link: &Link) -> Option<Slip> {
    if link.is_dynamic() {
        return wrapped_tag(site, page, link);
    }
    if let Some(slip) = without_hash(page, link) {
        return Some(slip);
    }
    if let Some(slip) = half_forms::find(site, page, link) {
        return Some(slip);
    }
    nested(site, page, link).or_else(|| exchanged(page, link)).or_else(|| open_quote(site, page, link)).or_else(|| {
        let inner = unwrapped(site, page, link)?;
        Some(Slip::of(page, link, inner, "a sign of the text around it got into the address", Safety::Safe))
    })
}

/// `[text](place)` where `place` is an id of the same page, and nothing else in the site is called so.
fn without_hash(page: &PageFacts, link: &Link) -> Option<Slip> {
    let written = &*link.destination;
    if written.is_empty() || written.contains(['/', '.', '#', '?', ':', ' ']) || link.origin == Origin::WikiLink {
        return None;
    }
    let id = decode(written);
    let anchor = page.anchors.known.iter().find(|anchor| *anchor.id == *id)?;
    // The section that the link stands in is not meant, nor the front page of a folder to which its neighbours lead.
    let above = page.anchors.known.iter().rev().find(|anchor| anchor.span.end <= link.whole.start);
    let folder = format!("{written}/");
    let beside = |other: &Link| other.destination.trim_start_matches("./").starts_with(&*folder);
    if above.is_some_and(|above| above.id == anchor.id) || page.links.iter().any(beside) {
        return None;
    }
    let right = format!("#{written}");
    let why = "it is an id of this page, and the `#` before it is missing";
    Some(Slip::of(page, link, &right, why, Safety::Safe))
}

/// `[text]([more](address))`: a whole link in the place of its address, which an editor or a program has put there.
fn nested(site: &Site, page: &PageFacts, link: &Link) -> Option<Slip> {
    let written = link.destination.trim();
    let (said, inner) = written.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    if inner.is_empty() || inner.contains("](") || inner.contains(char::is_whitespace) {
        return None;
    }
    if matches!(link.origin, Origin::Html(_)) {
        return Some(Slip::of(page, link, inner, "Markdown's signs got into the address", Safety::Unsafe));
    }
    let leads = matches!(shape(inner), Shape::Web { .. })
        || matches!(resolve_text(site, page, inner), Target::Page { .. } | Target::Asset(_));
    // What is an address itself, or a part of one, may be what was meant.
    let words = !said.contains(['/', '?', '=', '&', '#']) && !looks_like_host(said);
    let safety = if leads && words { Safety::Safe } else { Safety::Manual };
    Some(Slip::of(page, link, inner, "a whole link stands in the place of its address", safety))
}

/// `[https://example.org/a](name)`: text and address the wrong way round.
fn exchanged(page: &PageFacts, link: &Link) -> Option<Slip> {
    let text = page.shown(link)?;
    let is_url = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
    let word = &*link.destination;
    // `[https://example.org/a](example.org)`: the host alone.
    let is_host = word.contains('.') && text.split_once("://").is_some_and(|(_, rest)| rest.starts_with(word));
    let is_word = !word.contains(['/', '#', ':', '?', '[', ']', '(', ')', '%', '\\', '|']);
    // `****` is what an editor left, and no name for the page.
    let is_word = is_word && (is_host || !word.contains('.')) && word.contains(char::is_alphanumeric);
    let whole = link.whole.len() == "[]()".len() + text.len() + word.len();
    if !is_url || !is_word || !whole || link.origin != Origin::Inline || text.contains(['(', ')', '<', '>']) {
        return None;
    }
    let right = format!("[{word}]({text})");
    let fix = Fix::replace(format!("write `{right}`"), Safety::Safe, &page.file, link.whole, &*right);
    Some(Slip { why: "text and address are the wrong way round", right, fix: Some(fix) })
}

/// `src="/a/b.mp4 type="video/mp4"`: nothing closes the first value, so the next attribute's name is part of it.
fn open_quote(site: &Site, page: &PageFacts, link: &Link) -> Option<Slip> {
    let quote = match link.form {
        Form::Attribute(Some(Quote::Double)) => "\"",
        Form::Attribute(Some(Quote::Single)) => "'",
        _ => return None,
    };
    let (inner, name) = link.destination.strip_suffix('=')?.rsplit_once(' ')?;
    let as_written = link.span.len() == link.destination.len() && inner.trim() == inner;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if !as_written || !is_name || inner.contains(' ') {
        return None;
    }
    let leads = matches!(shape(inner), Shape::Web { .. })
        || matches!(resolve_text(site, page, inner), Target::Page { .. } | Target::Asset(_));
    let at = link.span.start as usize + inner.len();
    let fix = leads.then(|| {
        Fix::replace("close the quotation mark", Safety::Safe, &page.file, Span::new(at, at), quote.to_owned())
    });
    Some(Slip { why: "the quotation mark behind it is missing", right: format!("{inner}{quote}"), fix })
}

/// `({{ site.baseurl }}/lab/)`: parentheses twice around an address that begins with a tag.
fn wrapped_tag(site: &Site, page: &PageFacts, link: &Link) -> Option<Slip> {
    let inner = link.destination.strip_prefix('(')?.strip_suffix(')')?;
    let bare = Link { destination: inner.into(), ..link.clone() };
    let leads = matches!(resolve(site, page, &bare), Target::Page { .. } | Target::Asset(_));
    let as_written = link.span.len() == link.destination.len();
    let fix = (leads && as_written)
        .then(|| Fix::replace(format!("write `{inner}`"), Safety::Safe, &page.file, link.span, inner.to_owned()));
    Some(Slip { why: "its parentheses are written twice", right: inner.to_owned(), fix })
}

/// What is left of a destination without the brackets, quotes or stops around it, if that leads somewhere.
fn unwrapped<'l>(site: &Site, page: &PageFacts, link: &'l Link) -> Option<&'l str> {
    const BEFORE: [char; 20] =
        ['(', ')', '[', ']', '{', '}', '<', '>', '"', '\'', '`', '“', '”', '‘', '’', '«', '»', ',', ';', ' '];
    let whole = &*link.destination;
    let inner = whole.trim_start_matches(BEFORE);
    let inner = inner.trim_end_matches(|c| BEFORE.contains(&c) || matches!(c, '.' | ':'));
    let leads = || matches!(resolve_text(site, page, inner), Target::Page { .. } | Target::Asset(_));
    // `<?php echo … ?>` is code, and its rest would ask for this very page.
    let is_code = inner.starts_with('?') || whole.starts_with("<%");
    (inner.len() < whole.len() && !inner.is_empty() && !is_code && !inner.contains("](") && leads()).then_some(inner)
}

/// What to do about an address that no program can mean, where nothing is certain: a host behind a slash, somebody's handle.
pub(super) fn hint(link: &Link, shown: Option<&str>) -> Option<String> {
    let written = &*link.destination;
    if let Some(host) = written.strip_prefix('/').filter(|rest| looks_like_host(rest)) {
        return Some(match shown.is_some_and(|shown| shown.contains(host.split('/').next().unwrap_or(host))) {
            true => format!("write `https://{host}`: a host behind a slash is a folder of this site"),
            false => format!("if a host was meant, write `https://{host}`"),
        });
    }
    // `[the hall](assembly.hall)`: no file's ending, and one that hosts have.
    if is_bare_host(written) {
        return Some(format!("if a host was meant, write `https://{written}`"));
    }
    let handle = written.strip_prefix('@').filter(|name| !name.is_empty())?;
    let is_name = handle.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then(|| format!("`@{handle}` is somebody's name in a network, and no address: write that of the account"))
}

/// True for `name.ending` with an ending that hosts have and files have not.
fn is_bare_host(written: &str) -> bool {
    let Some((_, ending)) = written.rsplit_once('.') else { return false };
    let plain =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    // Two letters are a country's, and as often a program's: `.py`, `.sh`, `.rs`.
    ending.len() > 3 && written.split('.').all(plain) && has_known_ending(written)
}
