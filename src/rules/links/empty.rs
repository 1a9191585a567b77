//! links/empty: a link without a destination, or without anything a reader could see and follow.

use std::cell::OnceCell;

use serde_json::Value as Options;

use super::for_programs::{is_for_programs, says_who_i_am};
use crate::finding::{Fix, Safety, Severity};
use crate::hash::Map;
use crate::page::dialect::AttributeLists;
use crate::page::links::{Label, Link, LinkKind, Origin};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::destination::{Shape, is_image, scheme, shape};
use crate::site::domain::same_owner;
use crate::site::facts::{Kind, Value};
use crate::site::hosts::is_embedded;
use crate::source::{Span, line_after};

struct Empty;

/// Makes the rule.
pub fn make(_: &Options) -> Result<Code, serde_json::Error> {
    Ok(Code::page(Empty))
}

impl PageRule for Empty {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let changes = &page.model.settings().changes;
        if changes.text {
            return;
        }
        let places = OnceCell::new();
        let (mut without_text, mut times) = (Vec::new(), Vec::new());
        for link in &page.facts.links {
            if link.destination.trim().is_empty() {
                if page.facts.is_form() || is_comment(page.text, link) || is_named_in_a_script(page.text, link) {
                    continue;
                }
                if is_place_by_attributes(page, link, report) {
                    continue;
                }
                if is_time(page.text, link) && names_recording(page) {
                    continue;
                }
                if is_time(page.text, link) && page.model.settings().times_are_links {
                    times.push(link);
                    continue;
                }
                no_destination(page, link, report);
            } else if is_placeholder(&link.destination) && !may_be_file(page) && !names_itself(page, link) {
                report
                    .at(page.file(), link.place(), format!("`{}` is no destination yet", link.destination.trim()))
                    .help("write where it leads, or remove the link until that is known")
                    .done();
            } else if link.kind == LinkKind::Link
                && !changes.link_texts
                && link.label == Label::Empty
                && !is_own_scheme(&link.destination)
                && !(page.model.settings().looks_up_backticks && link.destination.contains('`'))
                && closes_at_once(page.text, link)
                && !is_place(page.text, places.get_or_init(|| places_of(page)), link)
            {
                let becomes_a_player = page.model.settings().embeds_links && is_embedded(&link.destination);
                if becomes_a_player
                    || is_in_an_embed(page.text, link)
                    || is_of_a_gallery(page.text, link)
                    || is_inclusion(page.text, link)
                    || is_filled_by_a_script(page.text, link)
                    || is_form_of_a_widget(page.text, link)
                    || says_who_i_am(page.text, link)
                    || is_for_programs(page.text, link)
                {
                    continue;
                }
                without_text.push(link);
            }
        }
        say_without_text(page, &without_text, report);
        say_times(page, &times, report);
    }
}

/// `[](){#here}` of attr_list is a place to link to, as autorefs wants it; with a text it looks like a link and is none.
fn is_place_by_attributes(page: &Page<'_>, link: &Link, report: &mut Reporter<'_>) -> bool {
    let behind = page.text.get(link.whole.end as usize..).unwrap_or_default();
    let id = ["{#", "{ #", "{: #", "{:#"].iter().any(|start| behind.starts_with(start));
    let read = page.model.dialect(&page.facts.path).attribute_lists != AttributeLists::None;
    if !id || !read || link.origin != Origin::Inline || link.kind != LinkKind::Link {
        return false;
    }
    if link.label != Label::Empty {
        let message = "this is a place to link to, and looks like a link that leads nowhere";
        let help = "put the id behind text that is no link: a heading, or `<span id=\"…\">`";
        report.at(page.file(), link.whole, message).help(help).at_most(Severity::Hint).done();
    }
    true
}

/// True for `[52:55]()` and `[1:02:03]()`.
fn is_time(text: &str, link: &Link) -> bool {
    let Label::Text(shown) = link.label else { return false };
    let shown = shown.of(text);
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let signs = shown.bytes().filter(|byte| *byte == b':').count();
    link.kind == LinkKind::Link && (1..=2).contains(&signs) && shown.split(':').all(is_number)
}

/// True for a note that names the recording in which a click on a time jumps.
///
/// Source: the plugin's own README.
fn names_recording(page: &Page<'_>) -> bool {
    ["media_link", "media_links"].iter().any(|key| page.facts.key(key).is_some_and(|key| key.value != Value::Null))
}

/// Reports times of a recording that the note does not name: once, because that is one thing to mend.
fn say_times(page: &Page<'_>, times: &[&Link], report: &mut Reporter<'_>) {
    let Some(first) = times.first() else { return };
    let more = match times.len() {
        1 => String::new(),
        count => format!("; {} more on this page are like it", count - 1),
    };
    let message = format!("this time leads nowhere, because the note names no recording{more}");
    let help = "name it in the front matter: `media_link: https://…`";
    report.at(page.file(), first.whole, message).help(help).at_most(Severity::Hint).done();
}

/// Reports links without a text; so many to one host on a page come from a program, and are one defect.
fn say_without_text(page: &Page<'_>, links: &[&Link], report: &mut Reporter<'_>) {
    const MANY: usize = 3;
    let host = |link: &Link| match shape(&link.destination) {
        Shape::Web { host, .. } => Some(host.into_owned()),
        _ => None,
    };
    let mut counts: Map<String, usize> = Map::default();
    if links.len() > MANY {
        links.iter().filter_map(|link| host(link)).for_each(|host| *counts.entry(host).or_default() += 1);
        counts.retain(|_, count| *count > MANY);
    }
    for link in links {
        let mut message = "this link has no text, so readers cannot see or follow it".to_owned();
        if let Some(host) = host(link).filter(|_| !counts.is_empty())
            && let Some(count) = counts.get_mut(&host)
        {
            let more = std::mem::take(count);
            if more == 0 {
                continue;
            }
            message = format!("{message}; {} more links to `{host}` on this page have none either", more - 1);
        }
        let mut help = "write a text that says where it leads, or remove the link";
        // Bootstrap stretches it over the card around it.
        if link.whole.of(page.text).contains("stretched-link") {
            message = "this link has no text: who listens to the page does not learn where it leads".to_owned();
            help = "say it in the tag: `aria-label=\"…\"`";
        }
        let icon = is_icon(page.text, link);
        if icon {
            message =
                "this link has an icon and no text: who listens to the page does not learn where it leads".to_owned();
            help = "say it in the tag: `aria-label=\"…\"`";
        }
        let draft = report.at(page.file(), link.whole, message).help(help);
        if icon { draft.at_most(Severity::Hint).done() } else { draft.done() }
    }
}

/// True for `<a href="…" class="fa fa-github">`, in which a stylesheet draws a picture.
fn is_icon(text: &str, link: &Link) -> bool {
    const NAMES: [&str; 11] =
        ["fa", "fas", "fab", "far", "bi", "ti", "mdi", "iconfont", "octicon", "glyphicon", "material-icons"];
    const STARTS: [&str; 7] = ["fa-", "icon-", "bi-", "octicon-", "mdi-", "glyphicon-", "icofont-"];
    let tag = link.whole.of(text).split('>').next().unwrap_or_default();
    let Some((_, class)) = tag.split_once(" class=").filter(|_| matches!(link.origin, Origin::Html(_))) else {
        return false;
    };
    let quote = class.chars().next().filter(|c| matches!(c, '"' | '\''));
    let class = quote.map_or(class, |quote| class.trim_start_matches(quote).split(quote).next().unwrap_or_default());
    class.split_whitespace().any(|name| NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start)))
}

/// True in a folder that nothing builds: there a file may be called so, and links/missing-page knows.
fn may_be_file(page: &Page<'_>) -> bool {
    page.facts.kind == Kind::Loose && !page.model.settings().unknown_generator
}

/// True for a word or for dots that writers put where a destination is still to come.
pub fn is_placeholder(destination: &str) -> bool {
    let written = destination.trim();
    if written == "…" || written.len() > 2 && written.bytes().all(|b| b == b'.') {
        return true;
    }
    let bare = written.trim_start_matches(['#', '/', '@']).trim_end_matches('/');
    ["TODO", "TBD", "FIXME", "XXX", "TBA"].contains(&bare)
}

/// `[/TODO](/TODO)`: the page of that name, as others have one at `/now`.
fn names_itself(page: &Page<'_>, link: &Link) -> bool {
    let said = |text: Span| text.of(page.text).trim_matches(['`', ' ']) == link.destination.trim();
    link.destination.starts_with('/') && matches!(link.label, Label::Text(text) if said(text))
}

/// True for a scheme that no browser knows: `[](codepen://example)` is made into something by a plugin of the site.
fn is_own_scheme(destination: &str) -> bool {
    const KNOWN: [&str; 7] = ["http", "https", "mailto", "tel", "ftp", "sms", "javascript"];
    scheme(destination).is_some_and(|scheme| !KNOWN.iter().any(|known| known.eq_ignore_ascii_case(scheme)))
}

/// True for a Markdown link, and for an HTML tag that is followed by its end tag: in `<pre>` and the like, text that is
/// no prose stands between the two.
fn closes_at_once(text: &str, link: &Link) -> bool {
    if !matches!(link.origin, Origin::Html(_)) {
        return true;
    }
    let tag = link.whole.of(text);
    let after = text.get(link.whole.end as usize..).unwrap_or_default().trim_start();
    tag.trim_end().ends_with("</a>") || after.get(..3).is_some_and(|end| end.eq_ignore_ascii_case("</a"))
}

/// True for `[comment]: <> (text)` that stands within a paragraph, where it defines nothing: another one of the page made a
/// link of it, and nobody is shown a comment that way.
fn is_comment(text: &str, link: &Link) -> bool {
    let after = text.get(link.whole.end as usize..).unwrap_or_default();
    matches!(link.origin, Origin::Reference { .. }) && [": <>", ": #", ":<>"].iter().any(|sign| after.starts_with(sign))
}

/// Where each id of the page stands, in order.
fn places_of<'a>(page: &Page<'a>) -> Map<&'a str, Vec<Span>> {
    let mut places: Map<&str, Vec<Span>> = Map::default();
    for anchor in &page.facts.anchors.known {
        places.entry(&*anchor.id).or_default().push(anchor.span);
    }
    places.values_mut().for_each(|spans| spans.sort_unstable_by_key(|span| span.start));
    places
}

/// True for `<a href="#here" id="here"></a>`, a mark to link to, as editors such as GitBook's put it into a heading; and for
/// `<div id="here"><h3><a href="#here"></a>`, whose sign for "link to this" comes from a stylesheet.
fn is_place(text: &str, places: &Map<&str, Vec<Span>>, link: &Link) -> bool {
    let Some(spans) = link.destination.strip_prefix('#').and_then(|own| places.get(own)) else { return false };
    let next = spans.partition_point(|span| span.end <= link.whole.start);
    let only_tags = |from: &Span| {
        let between = text.get(from.end as usize..link.whole.start as usize).unwrap_or_default();
        let after = between.split_once('>').filter(|(tag, _)| !tag.contains('<')).map_or("x", |(_, after)| after);
        // Nothing was closed: the element is still around the link.
        !after.contains("</")
            && after.split('<').all(|piece| piece.trim().is_empty() || piece.trim_end().ends_with('>'))
    };
    let html = matches!(link.origin, Origin::Html(_));
    spans.get(next).is_some_and(|span| span.overlaps(link.whole))
        || html && next.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(only_tags)
}

/// True for `[!code-csharp[](Program.cs)]`, with which DocFX puts a file in.
fn is_inclusion(text: &str, link: &Link) -> bool {
    let before = text.get(..link.whole.start as usize).unwrap_or_default();
    let word = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    word.ends_with("[!") && word.len() < before.len()
}

/// True in a quotation that a script replaces with a post of another service: `<blockquote class="twitter-tweet">`.
fn is_in_an_embed(text: &str, link: &Link) -> bool {
    const REACH: usize = 4096;
    if !matches!(link.origin, Origin::Html(_)) {
        return false;
    }
    let at = link.whole.start as usize;
    let from = text.floor_char_boundary(at.saturating_sub(REACH));
    let before = text.get(from..at).unwrap_or_default();
    let Some(open) = before.rfind("<blockquote") else { return false };
    let quote = before.get(open..).unwrap_or_default();
    let tag = quote.split('>').next().unwrap_or_default();
    !quote.contains("</blockquote")
        && ["-tweet", "-media", "-embed", "-video", "embedly"].iter().any(|word| tag.contains(word))
}

/// True for `<a href="/a.png" data-caption="…"></a>`, of which a script makes a gallery, and for a tag that names what it
/// loads: `<a href="…" data-iframely-url="//…"></a>`.
fn is_of_a_gallery(text: &str, link: &Link) -> bool {
    let tag = link.whole.of(text);
    let loads = || tag.split(" data-").skip(1).any(|data| data.contains("=\"//") || data.contains("=\"http"));
    matches!(link.origin, Origin::Html(_)) && tag.contains(" data-") && (is_image(&link.destination) || loads())
}

/// True for `<a id="here" href="">` where a script of the page names the id: it fills the element in.
fn is_named_in_a_script(text: &str, link: &Link) -> bool {
    let tag = link.whole.of(text).split('>').next().unwrap_or_default();
    let Some((_, id)) = tag.split_once(" id=").filter(|_| matches!(link.origin, Origin::Html(_))) else { return false };
    let id = id.trim_start_matches(['"', '\'']).split(['"', '\'', ' ']).next().unwrap_or_default();
    let named = |piece: &str| {
        ['"', '\''].iter().any(|q| piece.contains(&format!("{q}{id}{q}")) || piece.contains(&format!("{q}#{id}{q}")))
    };
    let script =
        |piece: &str| piece.split("<script").skip(1).any(|code| named(code.split("</script").next().unwrap_or(code)));
    !id.is_empty() && script(text)
}

/// True for `<a href="https://a.example/b"></a>` before a script of the same owner's, which puts something there.
fn is_filled_by_a_script(text: &str, link: &Link) -> bool {
    const REACH: usize = 1024;
    let Shape::Web { host, .. } = shape(&link.destination) else { return false };
    let from = link.whole.end as usize;
    let to = text.floor_char_boundary(from.saturating_add(REACH));
    let after = text.get(from..to).unwrap_or_default();
    let script = after.split_once("<script").and_then(|(_, tag)| tag.split('>').next()?.split_once("src="));
    let source = script.map(|(_, source)| source.trim_start_matches(['"', '\'']));
    let source = source.and_then(|source| source.split(['"', '\'', ' ']).next()).unwrap_or_default();
    let address = if source.starts_with("//") { format!("https:{source}") } else { source.to_owned() };
    let of_script = matches!(shape(&address), Shape::Web { host: other, .. } if same_owner(&host, &other));
    matches!(link.origin, Origin::Html(_)) && of_script
}

/// True for `<a href="#XABCDEFG"></a>`, where the script of a service for donations puts its form: the fragment is the form's
/// number, and no place.
///
/// Source: <https://fundraiseup.com/support/element-installation/>.
fn is_form_of_a_widget(text: &str, link: &Link) -> bool {
    const LETTERS: usize = 8;
    let code = link.destination.strip_prefix('#').unwrap_or_default();
    let is_code = code.len() == LETTERS && code.bytes().all(|byte| byte.is_ascii_uppercase());
    matches!(link.origin, Origin::Html(_)) && is_code && !text.contains(&format!("id=\"{code}\""))
}

fn no_destination(page: &Page<'_>, link: &Link, report: &mut Reporter<'_>) {
    let what = match link.kind {
        LinkKind::Link => "link",
        LinkKind::Image => "image",
    };
    // `<a href="">` reloads the page, `<img src="">` loads it as a picture.
    let message = match &link.origin {
        Origin::Html(at) => format!("the `{}` of this {what} is empty", at.attribute),
        _ => format!("this {what} has no destination"),
    };
    if let Some(address) = address_in_text(page, link) {
        if is_local(address) {
            let help = format!("nobody else can follow `{address}`: write it as code, without brackets");
            return report.at(page.file(), link.whole, message).help(help).done();
        }
        let right = format!("<{address}>");
        let help = format!("the text is the address: write `{right}`");
        let fix = Fix::replace(format!("write `{right}`"), Safety::Safe, page.file(), link.whole, right);
        return report.at(page.file(), link.whole, message).help(help).fix(fix).done();
    }
    let help = match is_anchor(page.text, link) {
        true => "a place to link to needs no `href`: leave it out".to_owned(),
        false => format!("write where it leads, or remove the {what}"),
    };
    let draft = report.at(page.file(), link.whole, message).help(help);
    if is_struck_out(page.text, link) { draft.at_most(Severity::Hint).done() } else { draft.done() }
}

/// `~~[the list]()~~`: its writer has taken it away.
fn is_struck_out(text: &str, link: &Link) -> bool {
    let before = text.get(..link.whole.start as usize).unwrap_or_default();
    let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default();
    line.matches("~~").count() % 2 == 1 && line_after(text, link.whole.end as usize).contains("~~")
}

/// The address that `[https://example.org/]()` has in its text.
fn address_in_text<'t>(page: &Page<'t>, link: &Link) -> Option<&'t str> {
    let Label::Text(text) = link.label else { return None };
    let address = text.of(page.text).trim();
    let is_web = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    let whole = link.whole.of(page.text) == format!("[{address}]()");
    let plain = !address.contains(|c: char| c.is_whitespace() || "<>[]*`\\".contains(c));
    // MDX takes `<` for the beginning of an element.
    (is_web && whole && plain && !page.facts.path.ends_with(".mdx")).then_some(address)
}

/// True for an address on the reader's own machine or network.
fn is_local(address: &str) -> bool {
    // Names that anybody's own machine answers to.
    let named = |host: &str| ["lvh.me", "localtest.me", "nip.io"].iter().any(|name| host.ends_with(name));
    matches!(shape(address), Shape::Web { host, .. } if super::local_url::local(&host).is_some() || named(&host))
}

/// True for `<a href="" id="here">`: a place was meant, not a link.
fn is_anchor(text: &str, link: &Link) -> bool {
    let tag = link.whole.of(text).split('>').next().unwrap_or_default();
    link.kind == LinkKind::Link
        && matches!(link.origin, Origin::Html(_))
        && [" id=", " name="].iter().any(|attribute| tag.contains(attribute))
}
