//! links/missing-anchor: the linked page has no heading or element with that id.

use serde_json::Value;

use crate::alike::fold;
use crate::finding::{Fix, Safety};
use crate::network::web::Web;
use crate::page::links::{Label, Link, LinkKind, Origin};
use crate::rules::effort::Effort;
use crate::rules::invisible;
use crate::rules::rule::{Code, NetworkRule, Reporter, SiteRule};
use crate::site::Site;
use crate::site::anchors::Elsewhere;
use crate::site::destination::decode;
use crate::site::facts::{Anchors, PageFacts};
use crate::site::index::url_of;
use crate::site::target::Target;
use crate::source::Span;

#[derive(Clone, Copy)]
struct MissingAnchor;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::both(MissingAnchor))
}

impl SiteRule for MissingAnchor {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let mut effort = Effort::new();
        for (page, link, target) in site.links() {
            let Target::Page { page: number, fragment: Some(fragment) } = target else { continue };
            let Some(other) = site.page(*number) else { continue };
            // Nobody can follow `[](#part)`: that it has no text is what is wrong with it.
            if link.kind == LinkKind::Link && link.label == Label::Empty && !link.is_dynamic() {
                continue;
            }
            if site.lacks(*number, fragment) {
                let elsewhere = site.elsewhere.get(&(*number, decode(fragment).into()));
                if elsewhere.is_some_and(|elsewhere| elsewhere.who == "GitHub") && page.is_for_code_host() {
                    continue;
                }
                // The site that shows the page has ids of its own making.
                if elsewhere.is_some() && other.front.is_some() && site.model.settings().front_matter_is_for_elsewhere {
                    continue;
                }
                let own = &site.generator.data().title;
                let near = nearest(&other.anchors, &decode(fragment), &mut effort);
                one(page, link, other, fragment, near, elsewhere.map(|elsewhere| (elsewhere, own.as_str())), report);
            }
        }
    }
}

impl NetworkRule for MissingAnchor {
    fn reads_pages(&self) -> bool {
        true
    }

    fn check(&self, web: &Web<'_>, report: &mut Reporter<'_>) {
        super::remote_anchor::check(web, report);
    }
}

fn one(
    page: &PageFacts,
    link: &Link,
    other: &PageFacts,
    fragment: &str,
    mut near: Option<(String, bool)>,
    elsewhere: Option<(&Elsewhere, &str)>,
    report: &mut Reporter<'_>,
) {
    let wanted = decode(fragment);
    let here = page.file == other.file;
    let place = match (here, &other.place.url, &other.place.output) {
        (true, ..) => "this page".to_owned(),
        (_, Some(url), _) => format!("`{url}`"),
        (_, None, Some(output)) => format!("`{}`", url_of(output)),
        _ => format!("`{}`", other.path),
    };
    // Wiki links name headings by their text, not by an id.
    let by_text = link.destination.rsplit_once('#').filter(|_| link.origin == Origin::WikiLink);
    let mut message = match by_text {
        Some((_, heading)) => format!("{place} has no heading `{}`", heading.trim()),
        None => format!("{place} has no heading or element with the id `{wanted}`"),
    };
    if let Some((Elsewhere { who, here }, own)) = elsewhere.filter(|_| by_text.is_none()) {
        let own = if own == "plain folder" { "GitHub" } else { own };
        let own = if own == *who { "this configuration" } else { own };
        match here {
            // Some themes give the title no id, though its text would have one.
            Some(id) if **id != *wanted => {
                message.push_str(&format!(": {who} would give it, {own} gives `#{id}`"));
                // `_2` is the id of another heading as soon as one is put in front.
                let counted = !id.contains(char::is_alphabetic);
                near = Some((id.to_string(), !counted && !loses_letters(id, &wanted)));
            }
            _ => message.push_str(&format!(": {who} would give it, {own} gives that heading none")),
        }
    }
    let near = near.map(|(id, sure)| (visible(&id), sure));
    let help = match &near {
        Some((id, _)) if by_text.is_some() => format!("did you mean the heading whose id is `{id}`?"),
        Some((id, _)) => format!("did you mean `#{id}`?"),
        None if other.anchors.known.is_empty() => {
            "that page has no headings to link to: leave the fragment away".to_owned()
        }
        None => "link to one of the page's headings, or leave the fragment away".to_owned(),
    };
    let fix = near.as_ref().filter(|_| by_text.is_none()).and_then(|(id, sure)| {
        let (before, _) = link.destination.split_once('#')?;
        let text = rewritten(link, before, id)?;
        let safety = if *sure { Safety::Safe } else { Safety::Manual };
        Some(Fix::replace(format!("write `#{id}`"), safety, &page.file, link.span, text))
    });
    let draft = report.at(&page.file, link.place(), message);
    let draft = if here { draft } else { draft.related(&other.file, Span::FILE, "the page that is linked to") };
    draft.help(help).maybe_fix(fix).done();
}

/// The destination with another fragment; of one that a template tag begins, what stands before the fragment stays.
fn rewritten(link: &Link, before: &str, id: &str) -> Option<String> {
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    let as_written = link.span.len() == link.destination.len();
    if link.is_dynamic() {
        return (as_written && plain(id)).then(|| format!("{before}#{id}"));
    }
    link.rewrite(&format!("{before}#{id}"))
}

/// True when the id has letters of another script where the one that is asked for has none: what an algorithm makes of a
/// translated heading by dropping most of it is as likely the id that the original's heading has.
fn loses_letters(id: &str, wanted: &str) -> bool {
    let foreign = |text: &str| text.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    foreign(id) && !foreign(wanted)
}

/// `id=“note”`: a browser takes such marks for a part of the id, its writer did not.
fn is_itself_a_slip(id: &str) -> bool {
    id.starts_with(['“', '”', '‘', '’', '«', '"']) && id.ends_with(['“', '”', '‘', '’', '»', '"'])
}

/// The id as it is written in an address: what nobody sees is written in numbers.
fn visible(id: &str) -> String {
    let mut text = String::with_capacity(id.len());
    for c in id.chars() {
        if invisible::name(c).is_some() || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{a0}') {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| text.push_str(&format!("%{byte:02X}")));
        } else {
            text.push(c);
        }
    }
    text
}

/// The id that was probably meant, and whether nothing else can be.
fn nearest(anchors: &Anchors, wanted: &str, effort: &mut Effort) -> Option<(String, bool)> {
    if !effort.allows(anchors.known.len()) {
        return None;
    }
    let key = |id: &str| {
        use unicode_normalization::UnicodeNormalization;
        let bare = id.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
        bare.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted_key = key(wanted);
    let known = || anchors.known.iter().map(|anchor| &*anchor.id).filter(|id| !is_itself_a_slip(id));
    let same: Vec<&str> = known().filter(|id| key(id) == wanted_key).collect();
    if let [one] = same.as_slice() {
        return Some(((*one).to_owned(), !wanted_key.is_empty()));
    }
    let letters = wanted.chars().count();
    let allowed = if letters < 6 { 1 } else { 2 };
    let folded = fold(wanted);
    let mut best: Vec<(usize, &str)> = known()
        .filter(|id| id.len().abs_diff(wanted.len()) <= allowed * 3)
        .map(|id| (strsim::damerau_levenshtein(&fold(id), &folded), id))
        .filter(|(distance, id)| *distance <= allowed && digits(id) == digits(wanted))
        .collect();
    best.sort_unstable();
    match best.as_slice() {
        [(_, one)] => Some(((*one).to_owned(), letters >= 8)),
        [(first, one), (second, _), ..] if first < second => Some(((*one).to_owned(), false)),
        _ => within(anchors, &folded).map(|id| (id.to_owned(), false)),
    }
}

/// The one id that has the wanted words among its own: `les-outils` for `outils`.
fn within<'a>(anchors: &'a Anchors, wanted: &str) -> Option<&'a str> {
    let has = |id: &str| {
        let id = fold(id);
        let end = |rest: &str| rest.is_empty() || rest.starts_with(['-', '_']);
        id.match_indices(wanted).any(|(at, _)| {
            let (before, after) = (id.get(..at).unwrap_or_default(), id.get(at + wanted.len()..).unwrap_or_default());
            (before.is_empty() || before.ends_with(['-', '_'])) && end(after)
        })
    };
    let mut found = anchors.known.iter().map(|anchor| &*anchor.id).filter(|id| wanted.len() >= 4 && has(id));
    found.next().filter(|_| found.next().is_none())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
