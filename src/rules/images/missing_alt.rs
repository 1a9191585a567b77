//! images/missing-alt: an image without alternative text.

use std::borrow::Cow;

use serde_json::Value;

use crate::discover::extension;
use crate::finding::Severity;
use crate::page::links::{Label, Link, LinkKind, Origin};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::hosts::is_embedded;
use crate::source::Span;

struct MissingAlt;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(MissingAlt))
}

/// True for a file that is no picture by its name.
fn is_embedded_by_pandoc(destination: &str) -> bool {
    let path = destination.split(['?', '#']).next().unwrap_or_default();
    matches!(&*extension(path), "html" | "htm" | "pdf" | "mp4" | "webm" | "ogv" | "mov" | "mp3" | "wav" | "ogg" | "m4a")
}

impl PageRule for MissingAlt {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        for link in page.facts.links.iter().filter(|link| link.kind == LinkKind::Image && link.label == Label::Absent) {
            // links/empty tells of it.
            if link.destination.trim().is_empty() {
                continue;
            }
            // Another's pictures, copied with another's words.
            if page.facts.copied_from().is_some() {
                return;
            }
            // `![](https://youtu.be/…)` is a player there, and no image.
            if page.model.settings().embeds_links && is_embedded(&link.destination) {
                continue;
            }
            // Pandoc embeds pages, and plays sounds and films.
            if page.model.settings().heading_ids.is_pandoc() && is_embedded_by_pandoc(&link.destination) {
                continue;
            }
            if matches!(link.origin, Origin::Html(_)) && is_decoration(link.whole.of(page.text)) {
                continue;
            }
            if counts_readers(link, page.text)
                || has_caption(page.text, link.whole)
                || is_described_behind(page.text, link.whole)
            {
                continue;
            }
            let help: Cow<'_, str> = match &link.origin {
                Origin::Inline | Origin::Reference { .. } => {
                    "write between the brackets what the image shows: `![…](…)`".into()
                }
                Origin::Html(at) if at.tag == "img" && at.attribute == "src" && is_named(link.whole.of(page.text)) => {
                    let message = "only `title` says what this image shows: nothing does where it does not load, or on a touch screen";
                    let draft = report.at(page.file(), link.whole, message).help("say it in `alt`, too");
                    draft.at_most(Severity::Hint).done();
                    continue;
                }
                Origin::Html(at) if at.tag == "img" && at.attribute == "src" => {
                    "add `alt=\"…\"` with what it shows; `alt=\"\"` for mere decoration".into()
                }
                Origin::Template { call } => by_template(page, *call),
                _ => continue,
            };
            let message = "this image has no alternative text: who cannot see it learns nothing of it";
            report.at(page.file(), link.whole, message).help(help).done();
        }
    }
}

/// True for `![](a.png){alt='A plan'}` and `![](a.png){: alt="A plan"}`: attributes behind the picture, as Pandoc and kramdown
/// take them.
fn is_described_behind(text: &str, image: Span) -> bool {
    let behind = text.get(image.end as usize..).and_then(|behind| behind.strip_prefix('{'));
    let list = behind.and_then(|behind| behind.split_once('}')).map_or("", |(list, _)| list);
    list.split_once("alt=")
        .is_some_and(|(_, value)| !value.is_empty() && !value.starts_with("\"\"") && !value.starts_with("''"))
}

/// What to do where a template shows the picture.
fn by_template(page: &Page<'_>, call: u32) -> Cow<'static, str> {
    let call = page.body.calls.get(call as usize);
    match call.and_then(|call| page.model.takes_no_alt(call, page.text)) {
        Some(file) => format!("`{file}` writes no `alt`: let it take one, then say here what the image shows").into(),
        None => "add `alt=\"…\"` with what it shows".into(),
    }
}

/// True for a picture that shows nothing: it tells a shop or a service that somebody reads the page.
fn counts_readers(link: &Link, text: &str) -> bool {
    const COUNTERS: [&str; 5] =
        ["assoc-amazon.", "amazon-adsystem.com/e/ir", "google-analytics.com/", "/~r/", "facebook.com/tr?"];
    let is_point = |tag: &str| {
        [" width", " height"].iter().all(|side| {
            let value = tag.split_once(side).map(|(_, value)| value.trim_start_matches([' ', '=', '"', '\'']));
            let value = value.and_then(|value| value.split(['"', '\'', ' ', '/', '>']).next()).unwrap_or_default();
            matches!(value, "0" | "1" | "0px" | "1px")
        })
    };
    COUNTERS.iter().any(|counter| link.destination.contains(counter))
        || matches!(link.origin, Origin::Html(_)) && is_point(link.whole.of(text))
}

/// True for the only picture of a `<figure>` whose `<figcaption>` says something. Source: HTML, "Guidance for conformance
/// checkers" of `img`.
fn has_caption(text: &str, image: Span) -> bool {
    const REACH: usize = 2_048;
    let from = text.floor_char_boundary((image.start as usize).saturating_sub(REACH));
    let before = text.get(from..image.start as usize).unwrap_or_default();
    // Forwards: what looks for words backwards takes ten times as long.
    let last = memchr::memmem::find_iter(before.as_bytes(), b"<figure").last();
    let Some(before) = last.and_then(|open| before.get(open..)) else {
        return false;
    };
    let to = text.floor_char_boundary((image.end as usize).saturating_add(REACH));
    let after = text.get(image.end as usize..to).unwrap_or_default();
    let Some((after, _)) = after.split_once("</figure") else { return false };
    if [before, after].iter().any(|part| ["<img", "![", "</figure>"].iter().any(|other| part.contains(other))) {
        return false;
    }
    let caption = |part: &str| {
        let (_, caption) = part.split_once("<figcaption")?;
        let (caption, _) = caption.split_once('>')?.1.split_once("</figcaption")?;
        Some(caption.split('<').any(|piece| !piece.rsplit('>').next().unwrap_or_default().trim().is_empty()))
    };
    caption(before).or_else(|| caption(after)) == Some(true)
}

/// True where the tag gives the picture a name otherwise. Source: HTML-AAM 1.0, the accessible name of `img`: `aria-label`,
/// `alt`, `title`.
fn is_named(tag: &str) -> bool {
    ["title=", "aria-label="].iter().any(|attribute| {
        let Some((before, value)) = tag.split_once(attribute) else { return false };
        let rest = value.trim_start_matches(['"', '\'']);
        let is_empty = value.len() - rest.len() > 1 || rest.starts_with([' ', '>', '/']);
        before.ends_with(|c: char| c.is_ascii_whitespace()) && !is_empty
    })
}

/// True where the tag itself says that it is not for those who listen, as `alt=""` does.
/// Source: WAI-ARIA 1.2, `presentation`, `none` and `aria-hidden`.
fn is_decoration(tag: &str) -> bool {
    let says = |attribute: &str, values: &[&str]| {
        tag.split_once(attribute).is_some_and(|(_, rest)| {
            let rest = rest.trim_start_matches(['=', '"', '\'', ' ']);
            values.iter().any(|value| rest.starts_with(value))
        })
    };
    says("role", &["presentation", "none"]) || says("aria-hidden", &["true"])
}
