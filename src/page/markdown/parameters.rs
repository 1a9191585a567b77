//! Parameters of template tags that are links whatever the theme: those of Hugo's own `figure`, of Hexo's own tags.
//!
//! What other tags' parameters mean is knowledge of the generator or theme, so they are only listed.

use std::borrow::Cow;

use crate::discover::is_image;
use crate::page::body::Body;
use crate::page::collector::{Collector, Found};
use crate::page::dialect::LinkTags;
use crate::page::links::{Form, Label, LinkKind, Origin, Quote};
use crate::page::templates::{Argument, Syntax, TemplateCall};
use crate::source::{in_code_span, line_before};

/// Adds the links of the page's `figure` shortcodes.
pub(super) fn links(out: &mut Collector<'_>) {
    let file = out.file;
    let mut found = Vec::new();
    for (index, call) in out.body.calls.iter().enumerate() {
        let shortcode = matches!(call.syntax, Syntax::Shortcode | Syntax::MarkdownShortcode);
        if !shortcode || call.closing || call.name.of(file) != "figure" {
            continue;
        }
        let label = match ["alt", "caption", "title"].iter().find_map(|name| call.named(file, name)) {
            None => Label::Absent,
            Some(alt) if alt.value.is_empty() => Label::Empty,
            Some(alt) => Label::Text(alt.value),
        };
        let origin = Origin::Template { call: u32::try_from(index).unwrap_or(u32::MAX) };
        for (name, kind) in [("src", LinkKind::Image), ("link", LinkKind::Link)] {
            let Some(argument) = call.named(file, name) else { continue };
            // Hugo's own makes a link only of a `link` that says something.
            if kind == LinkKind::Link && argument.value.is_empty() {
                continue;
            }
            let local = |at: u32| (at as usize).saturating_sub(out.start);
            found.push(Found {
                kind,
                origin: origin.clone(),
                at: local(argument.value.start)..local(argument.value.end),
                whole: local(call.span.start)..local(call.span.end),
                destination: Cow::Borrowed(argument.value.of(file)),
                label: if kind == LinkKind::Image { label } else { Label::Absent },
                form: form(argument),
                in_table: false,
            });
        }
    }
    if out.dialect.link_tags == LinkTags::Hexo {
        tags(out, &mut found);
    }
    if out.dialect.link_tags == LinkTags::Quarto {
        includes(out, &mut found);
    }
    if out.dialect.link_tags == LinkTags::VitePress {
        super::snippets::links(out, &mut found);
    }
    for link in found {
        out.plain_link(link);
    }
}

/// Adds the files that Quarto puts into the page: `{{< include _file.qmd >}}`, but not `{{{< include … >}}}`, which shows itself.
fn includes<'f>(out: &Collector<'f>, found: &mut Vec<Found<'f>>) {
    let file = out.file;
    for call in out.body.calls.iter().filter(|call| call.name.of(file) == "include") {
        let escaped = line_before(file, call.span.start as usize).ends_with('{');
        let Some(word) = call.positional().next().filter(|_| !escaped && call.syntax == Syntax::Shortcode) else {
            continue;
        };
        found.push(of_tag(out, call, word, LinkKind::Link));
    }
}

/// Hexo's tags, and which of their words is the destination.
const TAGS: [(&str, LinkKind); 9] = [
    ("post_link", LinkKind::Link),
    ("post_path", LinkKind::Link),
    ("asset_link", LinkKind::Link),
    ("asset_path", LinkKind::Link),
    ("asset_img", LinkKind::Image),
    ("asset_image", LinkKind::Image),
    ("img", LinkKind::Image),
    ("image", LinkKind::Image),
    ("url_for", LinkKind::Link),
];

/// Adds what Hexo's tags link to. Classes may stand before an image's name.
fn tags<'f>(out: &Collector<'f>, found: &mut Vec<Found<'f>>) {
    let file = out.file;
    for call in out.body.calls.iter().filter(|call| call.syntax == Syntax::Tag) {
        let name = call.name.of(file);
        let Some((_, kind)) = TAGS.iter().find(|(known, _)| *known == name) else { continue };
        let mut words = call.positional();
        let word = match kind {
            LinkKind::Link => words.next(),
            LinkKind::Image => words.find(|word| {
                let text = word.value.of(file);
                text.contains('/') || is_image(text)
            }),
        };
        let Some(word) = word.filter(|word| !word.value.of(file).contains("{{")) else { continue };
        found.push(of_tag(out, call, word, *kind));
    }
}

/// What a word of a tag leads to.
fn of_tag<'f>(out: &Collector<'f>, call: &TemplateCall, word: &Argument, kind: LinkKind) -> Found<'f> {
    let local = |at: u32| (at as usize).saturating_sub(out.start);
    Found {
        kind,
        origin: Origin::Tag { name: call.name.of(out.file).into() },
        at: local(word.value.start)..local(word.value.end),
        whole: local(call.span.start)..local(call.span.end),
        destination: Cow::Borrowed(word.value.of(out.file)),
        label: Label::Absent,
        form: form(word),
        in_table: false,
    }
}

/// Leaves tags out that only stand in code, as the documentation of a tag shows them.
pub(super) fn forget_code(file: &str, body: &mut Body) {
    let mut links = std::mem::take(&mut body.links);
    links.retain(|link| {
        let is_tag = matches!(link.origin, Origin::Tag { .. });
        !is_tag || !(body.begins_in_code(link.span) || in_code_span(file, link.whole.start as usize))
    });
    body.links = links;
}

fn form(argument: &Argument) -> Form {
    match argument.quote {
        Some('"') => Form::Parameter(Some(Quote::Double)),
        Some('\'') => Form::Parameter(Some(Quote::Single)),
        Some(_) => Form::NotEditable,
        None => Form::Parameter(None),
    }
}
