//! `[text](my file.pdf)`: what the writer meant, for links/broken-syntax.
//!
//! Blanks end a destination. Whether they belong to it, or are the slip themselves, is told by what the site has: the
//! file with the blanks, the page whose address has hyphens in their place, the heading of that text.

use crate::discover::extension;
use crate::finding::{Fix, Safety};
use crate::page::links::{Label, Link, LinkKind};
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::destination::{Shape, decode, shape};
use crate::site::facts::PageFacts;
use crate::site::resolve::resolve;
use crate::site::suggest::suggest;
use crate::site::target::Target;
use crate::site::written::leading_to;

use super::near_ids::is_other_form;

/// Reports one of [`PageFacts::spaced`].
pub fn report(site: &Site, page: &PageFacts, link: &Link, report: &mut Reporter<'_>) {
    let size = (link.kind == LinkKind::Image).then(|| before_size(&link.destination)).flatten();
    // Wiki.js and others with markdown-it-imsize read it.
    if is_expression(&link.destination) || size.is_some() && site.model.settings().unknown_generator {
        return;
    }
    let one = if link.kind == LinkKind::Image { "an image" } else { "a link" };
    let message = format!("the blanks in `{}` keep this from being {one}", link.destination);
    let Meant { help, new } = meant(site, page, link);
    let titled = titled(site, page, link).map(|text| (Safety::Safe, text));
    let titled =
        titled.map(|(safety, text)| Fix::replace(format!("write `{text}`"), safety, &page.file, link.span, text));
    let help = help.filter(|_| titled.is_none());
    let fix = titled.or_else(|| {
        let (new, safety) = new?;
        let text = link.rewrite(&new)?;
        Some(Fix::replace(format!("write `{text}`"), safety, &page.file, link.span, text))
    });
    let help = help.or_else(|| fix.as_ref().map(|fix| fix.title.clone()));
    let help = help.unwrap_or_else(|| "write the address without blanks, or in angle brackets: `<…>`".to_owned());
    let bare = link.kind == LinkKind::Image && link.label == Label::Absent;
    let draft = report.at(&page.file, link.whole, message).help(help).maybe_fix(fix);
    draft.reveals(bare.then_some("images/missing-alt")).done();
}

/// `/a.png` of `/a.png =400x300`, which gives an image its size where a plugin reads it.
fn before_size(destination: &str) -> Option<&str> {
    let (address, size) = destination.trim().rsplit_once(char::is_whitespace)?;
    let (width, height) = size.strip_prefix('=')?.split_once('x')?;
    let is_size = |text: &str| text.trim_end_matches('%').bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = !address.trim().is_empty() && !address.trim().contains(char::is_whitespace);
    (is_plain && is_size(width) && is_size(height) && width.len() + height.len() > 0).then_some(address.trim())
}

/// `[minor]([.] [*]+)?` is a regular expression.
fn is_expression(destination: &str) -> bool {
    // `@ref a/b.hpp` is Doxygen's.
    if destination.starts_with("@ref ") || destination.starts_with("\\ref ") {
        return true;
    }
    let one = destination.strip_prefix('[').filter(|rest| !rest.starts_with('['));
    one.is_some_and(|rest| rest.contains(['*', '+', '|', '^', '\\', '?']) && !destination.contains("//"))
}

/// `https://example.org/ “A title”`, `/a.jpg "`, `/a.jpg A title"`: the address with the title as Markdown wants it.
fn titled(site: &Site, page: &PageFacts, link: &Link) -> Option<String> {
    const PAIRS: [(char, &str); 6] = [('“', "”“"), ('”', "”"), ('„', "“”"), ('«', "»"), ('‘', "’‘"), ('»', "«")];
    let written = link.destination.trim();
    let (address, rest) = glued(written).or_else(|| written.split_once(char::is_whitespace))?;
    let rest = rest.trim();
    let curly = PAIRS.iter().find_map(|(open, shut)| {
        let inner = rest.strip_prefix(*open)?;
        let last = inner.chars().next_back().filter(|last| shut.contains(*last))?;
        inner.get(..inner.len() - last.len_utf8())
    });
    let plain = || rest.strip_prefix('"').unwrap_or(rest).strip_suffix('"').filter(|title| !title.contains('"'));
    let title = curly.or_else(plain)?.trim();
    let is_title = !title.contains(['"', '\\', '“', '”', '<', '>', '[', ']', '(', ')', '`']) && !title.contains("//");
    // A file with a quotation mark in its name is found with it.
    let leads = match shape(address) {
        Shape::Web { .. } => address.contains("://"),
        Shape::Path { .. } => matches!(lead(site, page, link, address), Lead::There),
        _ => false,
    };
    let plain = !address.contains(['"', '“', '”', '«', '»', '(', ')', '<', '>', '[', ']', '|']);
    (is_title && leads && plain).then(|| match title {
        "" => address.to_owned(),
        title => format!("{address} \"{title}\""),
    })
}

/// `https://example.org"A title"`: address and title without the blank between them.
fn glued(written: &str) -> Option<(&str, &str)> {
    let (address, title) = written.split_at(written.find('"')?);
    let whole = title.len() > 2 && title.ends_with('"');
    (whole && !address.is_empty() && !address.contains(char::is_whitespace)).then_some((address, title))
}

#[derive(Default)]
struct Meant {
    /// What to do, where it is not to write the new destination.
    help: Option<String>,
    new: Option<(String, Safety)>,
}

impl Meant {
    fn new(destination: impl Into<String>, safety: Safety) -> Meant {
        Meant { help: None, new: Some((destination.into(), safety)) }
    }

    fn help(help: impl Into<String>) -> Meant {
        Meant { help: Some(help.into()), new: None }
    }
}

fn meant(site: &Site, page: &PageFacts, link: &Link) -> Meant {
    let destination = link.destination.trim();
    if let Some(address) = before_size(destination).filter(|_| link.kind == LinkKind::Image) {
        return Meant::new(address, Safety::Unsafe);
    }
    if let Some(note) = destination.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        return Meant::help(format!("a wiki link needs no parentheses: write `[[{note}]]` alone"));
    }
    if let Some((before, _)) = destination.split_once('|') {
        return Meant::help(format!("end the address before the `|`: `{}`", before.trim()));
    }
    // `mailto: ada@example.org`
    if let Some((scheme @ ("mailto" | "tel"), rest)) = destination.split_once(':')
        && !rest.trim().is_empty()
        && (scheme == "tel" || !rest.trim().contains(char::is_whitespace))
    {
        return Meant::new(format!("{scheme}:{}", rest.split_whitespace().collect::<String>()), Safety::Safe);
    }
    if let Some((first, second)) = two_addresses(destination) {
        return match first == second || decode(first).contains(second) {
            true => Meant::new(second, Safety::Safe),
            false => Meant::help("two addresses stand here: keep the one that is meant"),
        };
    }
    if let Some(address) = behind_label(destination) {
        return Meant::new(address, Safety::Unsafe);
    }
    if let Some(address) = web(destination) {
        return match address {
            Web::Address(address, safety) => Meant::new(address, safety),
            Web::Words => Meant::help("the words behind the blank belong to the text of the link: move them there"),
            Web::Sentence => {
                Meant::help("it goes on as a sentence: write the whole address, as it stands in the browser")
            }
        };
    }
    if let Some((before, address)) = destination.rsplit_once(char::is_whitespace)
        && is_comment(before)
        && web(address).is_some()
    {
        return Meant::new(address, Safety::Safe);
    }
    if let Some(address) = behind_words(destination) {
        return Meant::new(address, Safety::Unsafe);
    }
    // `(TODO: the link)`, `(see below: there)`: what has neither a path nor a heading in it is no address of a site.
    if !destination.contains(['/', '.', '#', '\\']) {
        return Meant::default();
    }
    in_site(site, page, link)
}

/// `https://a.example/go?to=https%3A%2F%2Fb.example https://b.example`, as programs for notes copy links.
fn two_addresses(destination: &str) -> Option<(&str, &str)> {
    let (first, second) = destination.split_once(char::is_whitespace)?;
    let is_web = |text: &str| ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
    let second = second.trim();
    (is_web(first) && is_web(second) && !second.contains(char::is_whitespace)).then_some((first, second))
}

/// `https://example.org/` in `[a name]https://example.org/`.
fn behind_label(destination: &str) -> Option<&str> {
    let (_, address) = destination.strip_prefix('[')?.rsplit_once(']')?;
    (address.starts_with("http") && !address.contains(char::is_whitespace)).then_some(address)
}

/// The address in `(the constructor https://example.org/)`.
fn behind_words(destination: &str) -> Option<&str> {
    let (before, address) = destination.rsplit_once(char::is_whitespace)?;
    let is_web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    // `source: https://…`
    let words = before.trim_end().trim_end_matches(':');
    (is_web && !is_comment(before) && !words.contains(['/', '.', ':', '#', '<', '"', '\''])).then_some(address)
}

/// `//`, `#`, `=`: a sign or two that stand before an address and are no part of it.
fn is_comment(before: &str) -> bool {
    let before = before.trim();
    (1..=3).contains(&before.len()) && before.bytes().all(|byte| byte.is_ascii_punctuation() && byte != b'<')
}

/// True where words of another script stand behind the blank: `https://example.org/a 文档`.
fn ends_in_words(path: &str) -> bool {
    let Some((address, words)) = path.split_once(char::is_whitespace) else { return false };
    let is_word = |c: char| !c.is_ascii() && c.is_alphanumeric() || c == ' ';
    address.is_ascii() && !words.trim().is_empty() && words.chars().all(is_word)
}

enum Web {
    /// An address, a blank, and words that belong to the link's text.
    Words,
    /// The address without the blanks that cannot belong to it; safe where nothing but the address can be meant.
    Address(String, Safety),
    /// It ends in words.
    Sentence,
}

/// What an address of the web is without the blanks in its scheme and host and beside its slashes, where none belongs;
/// nothing for a path of the site.
fn web(destination: &str) -> Option<Web> {
    let narrow = destination.replace('：', ":").replace('／', "/");
    let lower = narrow.to_ascii_lowercase();
    let scheme = ["https", "http"].into_iter().find(|scheme| lower.starts_with(scheme))?;
    let rest = narrow.get(scheme.len()..)?.trim_start().strip_prefix(':')?.trim_start();
    let rest = rest.strip_prefix('/')?.trim_start().strip_prefix('/')?.trim_start();
    // `https://: example.org`
    let rest = rest.trim_start_matches(':').trim_start();
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    // `https://example.org/blog/ /`: the second slash is the first one again.
    let path = path.trim_end().strip_suffix('/').map(str::trim_end).filter(|path| path.ends_with('/')).unwrap_or(path);
    // `https://example.org and more`, but `https://example. org/`.
    let parts: Vec<&str> = host.split('.').map(str::trim).collect();
    if parts.iter().any(|part| part.contains(char::is_whitespace)) {
        return Some(Web::Sentence);
    }
    let host = parts.join(".");
    // A letter may be lost where the blank is: `search. ensys.io`.
    let parted = rest.get(..end).is_some_and(|written| written.trim().contains(char::is_whitespace));
    let safety = match () {
        () if parted => Safety::Manual,
        // Where it is no file's name, a line ended there once: `…/A1 202/A120203/`.
        () if is_torn(path) => Safety::Manual,
        () if path.contains(char::is_whitespace) => Safety::Unsafe,
        () => Safety::Safe,
    };
    // `https://example.org/a/ Boxes`
    let behind_slash = path.rsplit_once("/ ").map_or("", |(_, word)| word.trim());
    let is_word = !behind_slash.is_empty() && !behind_slash.contains(['/', '.', '?', '=', '#']);
    if is_word || ends_in_words(path.trim_end()) {
        return Some(Web::Words);
    }
    let path = path.split('/').map(str::trim).collect::<Vec<_>>().join("/").replace(" .", ".");
    let last = path.rsplit('/').next().unwrap_or_default();
    let sentence = last.split_whitespace().count() > 2 && !last.contains(['.', '?', '=']);
    Some(if sentence { Web::Sentence } else { Web::Address(format!("{scheme}://{host}{path}"), safety) })
}

/// True for blanks within the words of a path, but in the name of a file: `/A1 202/b/`, and not `/a/My boxes.pdf`.
fn is_torn(path: &str) -> bool {
    let path = path.split('#').next().unwrap_or_default();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let has_blanks = |part: &str| part.trim().contains(char::is_whitespace);
    let is_file = || !name.contains(['?', '=']) && !extension(name.trim()).is_empty();
    folders.split('/').any(has_blanks) || has_blanks(name) && !is_file()
}

/// What a path or a fragment with blanks leads to in the site.
fn in_site(site: &Site, page: &PageFacts, link: &Link) -> Meant {
    let written = link.destination.trim();
    let found = |destination: &str| lead(site, page, link, destination);
    match found(written) {
        Lead::There => return Meant::new(written, Safety::Safe),
        Lead::Id(new) => return Meant::new(new, Safety::Safe),
        Lead::Page => {
            return Meant::help("the page is there, and no heading of it has this text: name one that it has");
        }
        Lead::Open => {
            return Meant::help(
                "the page is there, and no id holds a blank: write the id that its heading has in the browser",
            );
        }
        Lead::Unknown => return Meant::new(written, Safety::Unsafe),
        Lead::Nowhere(_) => {}
    }
    let other = [written.replace(' ', "-"), written.replace(' ', "_"), written.replace(' ', "")];
    for other in other.iter().flat_map(|other| [other.clone(), other.to_lowercase()]) {
        match found(&other) {
            Lead::There => return Meant::new(other, Safety::Unsafe),
            Lead::Id(new) => return Meant::new(new, Safety::Unsafe),
            _ => {}
        }
    }
    // The page of that name, wherever it is: asked for with the blanks, then as an address would have them.
    let near = other.first().into_iter().map(String::as_str).chain([written]).find_map(|written| {
        let Lead::Nowhere(path) = found(written) else { return None };
        let [one] = suggest(site, page, &path, link.kind).try_into().ok()?;
        let link = Link { destination: written.into(), ..link.clone() };
        leading_to(site, page, &link, &path, &one.path).filter(|new| matches!(found(&new.destination), Lead::There))
    });
    match near {
        Some(new) => Meant::new(new.destination, Safety::Unsafe),
        None => Meant::help(
            "write it without blanks or in angle brackets (`<…>`), and see where it leads: the site has nothing there",
        ),
    }
}

enum Lead {
    /// Where it says.
    There,
    /// To a page whose id this would be, as the page writes it; the whole destination.
    Id(String),
    /// To a page that has no such id.
    Page,
    /// To a page whose ids are not known.
    Open,
    /// To this path, where nothing is.
    Nowhere(Box<str>),
    /// Nobody knows.
    Unknown,
}

fn lead(site: &Site, page: &PageFacts, link: &Link, destination: &str) -> Lead {
    let link = Link { destination: destination.into(), ..link.clone() };
    // No id holds a blank, whatever code of the site's own makes ids.
    let id = destination.trim().split_once('#').map_or("", |(_, id)| id);
    let may_be_id = site.model.settings().headings_by_words || !id.contains(char::is_whitespace);
    match resolve(site, page, &link) {
        Target::Page { page, fragment: Some(fragment) } if site.lacks(page, &fragment) || !may_be_id => {
            if site.page(page).is_some_and(|page| page.anchors.is_open()) {
                return Lead::Open;
            }
            let known = site.page(page).map(|page| page.anchors.known.as_slice()).unwrap_or_default();
            let mut same = known.iter().filter(|anchor| is_other_form(&fragment, &anchor.id));
            match (same.next(), same.next(), destination.split_once('#')) {
                (Some(one), None, Some((before, _))) => Lead::Id(format!("{before}#{}", one.id)),
                _ => Lead::Page,
            }
        }
        Target::Page { .. } | Target::Asset(_) if may_be_id => Lead::There,
        Target::Page { .. } | Target::Asset(_) => Lead::Page,
        Target::Missing { path } => Lead::Nowhere(path),
        Target::NoSource { wanted } => Lead::Nowhere(wanted),
        _ => Lead::Unknown,
    }
}
