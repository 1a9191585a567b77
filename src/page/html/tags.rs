//! One start tag: its attributes are gathered, then judged together (an image's `alt` may come after its `src`).

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::Attributes;
use super::names::{self, Meaning};
use super::values::{source_set, style_urls};
use super::{Elements, Html, is_inline, is_void};
use crate::page::body::LanguageElement;
use crate::page::candidates::{Candidate, CandidateKind};
use crate::page::collector::{Collector, Found};
use crate::page::decode;
use crate::page::dialect::{HtmlBlocks, RawHtml};
use crate::page::links::{AnchorSource, Form, HtmlPlace, Label, LinkKind, Origin, Quote};

/// A start tag that is being read.
#[derive(Debug, Default)]
pub(super) struct Tag {
    name: Vec<u8>,
    attributes: Vec<Attribute>,
}

#[derive(Debug)]
struct Attribute {
    name: Meaning,
    /// Of the value in the text, without quotes; without a value, after the name.
    at: Range<usize>,
    /// Decoded; `None` when empty.
    value: Option<String>,
    quote: Option<Quote>,
}

impl Tag {
    /// Reads the start tag at `at` of the text; attributes are only looked for where a `=` is.
    pub(super) fn read(
        &mut self,
        html: &Html<'_>,
        at: Range<usize>,
        name: &str,
        bare: bool,
        elements: &mut Elements,
        out: &mut Collector<'_>,
    ) {
        let Some((whole, _)) = html.map.range(at.start, at.end) else { return };
        self.name.clear();
        self.name.extend(name.bytes().map(|byte| byte.to_ascii_lowercase()));
        self.attributes.clear();
        let printed = !bare && self.attributes(html.text, at) && out.dialect.html_blocks == HtmlBlocks::Kramdown;
        if printed && !["{{", "{%"].iter().any(|tag| out.source(whole.clone()).contains(tag)) {
            let loses = |a: &Attribute| matches!(a.name, Meaning::Url("href" | "src")) && a.value.is_some();
            let is_seen = matches!(names::tag(&self.name), "a" | "img" | "iframe" | "video" | "audio");
            if is_seen && !elements.is_silent() && self.attributes.iter().any(loses) {
                let (span, none) = (out.span(whole.clone()), out.span(whole.start..whole.start));
                let (kind, image) = (CandidateKind::PrintedTag, self.name == b"img");
                out.body.candidates.push(Candidate { kind, image, span, text: none, destination: none });
            }
            return;
        }
        if out.dialect.raw_html == RawHtml::Drop {
            let span = out.span(whole);
            let dropped = out.body.dropped_html.get_or_insert((span, 0));
            dropped.1 += 1;
            let ids = self.attributes.iter_mut().filter(|a| matches!(a.name, Meaning::Id | Meaning::Name));
            out.body.dropped_ids.extend(ids.filter_map(|a| a.value.take()).map(String::into_boxed_str));
            return;
        }
        self.judge(html, &whole, elements, out);
    }

    /// Gathers them; true when a value without quotes is more than one word.
    fn attributes(&mut self, text: &str, at: Range<usize>) -> bool {
        let last = at.end.saturating_sub(1);
        let mut loose = false;
        for raw in Attributes::new(text, at.start + 1 + self.name.len(), last) {
            loose |= raw.is_loose(text, last);
            let written = text.get(raw.name.clone()).unwrap_or_default();
            let Some(name) = names::attribute(written).filter(|name| self.attributes.iter().all(|a| a.name != *name))
            else {
                continue;
            };
            let place = raw.value.unwrap_or(raw.name.end..raw.name.end);
            let source = text.get(place.clone()).unwrap_or_default();
            let value = match source {
                "" => None,
                _ if source.contains(['&', '\r', '\0']) => Some(decode::entities(source)),
                _ => Some(source.to_owned()),
            };
            self.attributes.push(Attribute { name, at: place, value, quote: raw.quote });
        }
        loose
    }

    /// The tag's attributes are all known.
    fn judge(&mut self, html: &Html<'_>, whole: &Range<usize>, elements: &mut Elements, out: &mut Collector<'_>) {
        let tag = names::tag(&self.name);
        let prose = is_prose_element(&self.name);
        let mut anchor = None;
        let label = self.label(html, out);
        let labelled = self.attributes.iter().any(|a| a.name == Meaning::Label && a.value.is_some());
        let picture = matches!(tag, "img" | "image")
            || (tag == "input" && self.value_of(Meaning::Type) == Some("image"))
            || (tag == "other" && self.attributes.iter().any(|a| a.name == Meaning::Alt));
        // Pasted from another site, where a script put the one in the place of the other.
        let late = self.attributes.iter().any(|a| a.name == Meaning::Url("data-src"));
        let src = self.value_of(Meaning::Url("src")).filter(|_| late);
        let shown_at_once = src.is_some_and(|src| !names::is_place_holder(src));
        for attribute in &mut self.attributes {
            let value = attribute.value.take();
            let place = Place { html, tag, whole, label };
            match attribute.name {
                Meaning::Url("href") if tag == "base" => {
                    out.body.base = out.body.base.take().or(value.map(String::into_boxed_str))
                }
                // `<Link to="…">` of JSX.
                Meaning::Url("to") if tag != "link" => {}
                // What an element of somebody's own makes of `src="sales"` is not known.
                Meaning::Url("src") if self.name.contains(&b'-') && value.as_deref().is_some_and(is_word) => {}
                // Code that its writer has not escaped. A text that is linked from a box of code may be meant.
                Meaning::Url(_) | Meaning::SourceSet(_) | Meaning::Style
                    if elements.is_sample() && (tag != "a" || value.as_deref().is_some_and(is_of_code)) => {}
                // CryptPad's own: a file of its server.
                Meaning::Url("src") if self.name == b"media-tag" => {}
                Meaning::Url("data") if tag != "object" => {}
                Meaning::Url("poster") if tag != "video" => {}
                // Of what is loaded late, scripts know these; for a `<div>` or `<span>` the word means what its own script says.
                Meaning::Url("data-src") if !names::loads_late(tag) || shown_at_once => {}
                Meaning::Url(name) => {
                    let image = name == "poster" || (picture && name != "href") || (tag == "image" && name == "href");
                    let index = out.body.links.len();
                    place.one(name, attribute, value, if image { LinkKind::Image } else { LinkKind::Link }, out);
                    if tag == "a" && name == "href" && out.body.links.len() > index {
                        anchor = Some(index);
                    }
                }
                Meaning::SourceSet(name) => place.several(name, attribute, source_set, out),
                Meaning::Style if value.as_ref().is_some_and(|value| value.contains("url(")) => {
                    place.several("style", attribute, style_urls, out);
                }
                Meaning::Id if names::is_shape(&self.name) => place.anchor(attribute, value, AnchorSource::Shape, out),
                Meaning::Id => place.anchor(attribute, value, AnchorSource::Id, out),
                Meaning::Name if tag == "a" => place.anchor(attribute, value, AnchorSource::Name, out),
                Meaning::Name if prose => place.anchor(attribute, value, AnchorSource::NameOfOther, out),
                Meaning::Lang => {
                    if let Some((range, true)) = html.map.range(attribute.at.start, attribute.at.end)
                        && value.is_some()
                        && !is_void(&self.name)
                    {
                        let value = out.span(range);
                        let to_end = out.start + whole.start..out.file.len();
                        elements.open_language(&self.name, out.body.languages.len());
                        out.body.languages.push(LanguageElement { value, element: to_end.into() });
                    }
                }
                _ => {}
            }
        }
        let has_language = self.attributes.iter().any(|a| a.name == Meaning::Lang);
        if !is_void(&self.name) {
            elements.start(&self.name, names::is_silent(&self.name), has_language);
        }
        if !matches!(self.name.as_slice(), b"a" | b"br" | b"span" | b"wbr") {
            elements.see();
        }
        if let Some(index) = anchor {
            elements.open_anchor(index, out.start + whole.end, labelled);
        }
        if html.block && !is_inline(&self.name) {
            elements.new_block();
        }
    }

    fn value_of(&self, name: Meaning) -> Option<&str> {
        self.attributes.iter().find(|a| a.name == name)?.value.as_deref()
    }

    fn label(&self, html: &Html<'_>, out: &Collector<'_>) -> Label {
        let Some(alt) = self.attributes.iter().find(|a| a.name == Meaning::Alt) else { return Label::Absent };
        match html.map.range(alt.at.start, alt.at.end) {
            Some((range, _)) if alt.value.is_some() => Label::Text(out.span(range)),
            _ => Label::Empty,
        }
    }
}

/// True for a value without anything that an address has.
fn is_word(value: &str) -> bool {
    !value.contains(['/', '.', ':', '#', '?', '{', '[']) && value.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// True for `{logo}` of JSX, and for a value in quotes twice, as in a string of a program.
fn is_of_code(value: &str) -> bool {
    value.starts_with(['{', '"', '\'', '\\', '$'])
}

/// What the destinations of one tag share.
struct Place<'a> {
    html: &'a Html<'a>,
    tag: &'static str,
    whole: &'a Range<usize>,
    label: Label,
}

impl Place<'_> {
    fn one(
        &self,
        name: &'static str,
        attribute: &Attribute,
        value: Option<String>,
        kind: LinkKind,
        out: &mut Collector<'_>,
    ) {
        // Without quotes or a value there is no place to write one to.
        let form = if value.is_none() && attribute.quote.is_none() {
            Form::NotEditable
        } else {
            Form::Attribute(attribute.quote)
        };
        self.link(name, attribute.at.clone(), value.unwrap_or_default().into(), kind, form, out);
    }

    fn several(
        &self,
        name: &'static str,
        attribute: &Attribute,
        cut: impl Fn(&str) -> Vec<Range<usize>>,
        out: &mut Collector<'_>,
    ) {
        let raw = self.html.text.get(attribute.at.clone()).unwrap_or_default();
        let quote = attribute.quote;
        let form = if name == "style" { Form::StyleUrl(quote) } else { Form::SourceSet(quote) };
        for part in cut(raw) {
            let text = raw.get(part.clone()).unwrap_or_default();
            let value = if text.contains('&') { decode::entities(text).into() } else { Cow::Borrowed(text) };
            let at = attribute.at.start + part.start..attribute.at.start + part.end;
            self.link(name, at, value, LinkKind::Image, form, out);
        }
    }

    fn link(
        &self,
        attribute: &'static str,
        at: Range<usize>,
        destination: Cow<'_, str>,
        kind: LinkKind,
        form: Form,
        out: &mut Collector<'_>,
    ) {
        let Some((range, one_piece)) = self.html.map.range(at.start, at.end) else { return };
        // `src={…}` of JSX is no text.
        let form = if one_piece && !destination.starts_with('{') { form } else { Form::NotEditable };
        out.link(Found {
            kind,
            origin: Origin::Html(Box::new(HtmlPlace { tag: self.tag, attribute })),
            at: range,
            whole: self.whole.clone(),
            destination,
            label: if kind == LinkKind::Image { self.label } else { Label::Absent },
            form,
            in_table: self.html.in_table,
        });
    }

    fn anchor(&self, attribute: &Attribute, value: Option<String>, source: AnchorSource, out: &mut Collector<'_>) {
        if let (Some(value), Some((range, _))) = (value, self.html.map.range(attribute.at.start, attribute.at.end)) {
            out.anchor(range, value.into(), source);
        }
    }
}

/// Elements to which writers give a `name` in order to link there.
fn is_prose_element(name: &[u8]) -> bool {
    matches!(name, b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"p" | b"div" | b"span" | b"section" | b"li" | b"td")
}
