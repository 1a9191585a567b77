//! One start tag: its attributes are gathered, then judged together (an image's `alt` may come after its `src`).

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::names::{self, Name};
use super::values::{source_set, style_urls};
use super::{Elements, Html, is_inline, is_void};
use crate::page::body::LanguageElement;
use crate::page::dialect::RawHtml;
use crate::page::links::{AnchorSource, Form, Label, LinkKind, Origin, Quote};
use crate::page::markdown::{Collector, Found, decode};

/// A start tag that is being read.
#[derive(Debug, Default)]
pub(super) struct Tag {
    name: Vec<u8>,
    attributes: Vec<Attribute>,
}

#[derive(Debug)]
struct Attribute {
    name: Name,
    /// Of the name, then of the value, in the text.
    at: Range<usize>,
    /// Decoded; `None` until a value comes, and for an empty one.
    value: Option<String>,
}

impl Tag {
    /// Reads the start tag at `at` of the text; only attributes need the tokeniser.
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
        if out.dialect.raw_html == RawHtml::Drop {
            let span = out.span(whole);
            let dropped = out.body.dropped_html.get_or_insert((span, 0));
            dropped.1 += 1;
            return;
        }
        self.name.clear();
        self.name.extend(name.bytes().map(|byte| byte.to_ascii_lowercase()));
        self.attributes.clear();
        if !bare {
            self.attributes(html.text, at);
        }
        self.judge(html, &whole, elements, out);
    }

    fn attributes(&mut self, text: &str, at: Range<usize>) {
        let start = at.start;
        let mut wanted = false;
        let emitter =
            CallbackEmitter::new(|event: CallbackEvent<'_>, place: html5gum::Span<usize>| -> Option<Infallible> {
                match event {
                    CallbackEvent::AttributeName { name } => {
                        let name =
                            names::attribute(name).filter(|name| !self.attributes.iter().any(|a| a.name == *name));
                        wanted = name.is_some();
                        let at = start + place.start..start + place.end;
                        self.attributes.extend(name.map(|name| Attribute { name, at, value: None }));
                    }
                    CallbackEvent::AttributeValue { value } if wanted => {
                        if let Some(last) = self.attributes.last_mut() {
                            last.value = Some(String::from_utf8_lossy(value).into_owned());
                            last.at = start + place.start..start + place.end;
                        }
                        wanted = false;
                    }
                    _ => {}
                }
                None
            });
        let _: Result<(), _> = Tokenizer::new_with_emitter(text.get(at).unwrap_or_default(), emitter).finish();
    }

    /// The tag's attributes are all known.
    fn judge(&mut self, html: &Html<'_>, whole: &Range<usize>, elements: &mut Elements, out: &mut Collector<'_>) {
        let tag = names::tag(&self.name);
        let mut anchor = None;
        let label = self.label(html, out);
        let labelled = self.attributes.iter().any(|a| a.name == Name::Label && a.value.is_some());
        let picture = matches!(tag, "img" | "image")
            || (tag == "input" && self.value_of(Name::Type) == Some("image"))
            || (tag == "other" && self.attributes.iter().any(|a| a.name == Name::Alt));
        for attribute in &mut self.attributes {
            let value = attribute.value.take();
            let place = Place { html, tag, whole, label };
            match attribute.name {
                Name::Url("href") if tag == "base" => {
                    out.body.base = out.body.base.take().or(value.map(String::into_boxed_str))
                }
                Name::Url("data") if tag != "object" => {}
                Name::Url("poster") if tag != "video" => {}
                Name::Url(name) => {
                    let image = name == "poster" || (picture && name != "href") || (tag == "image" && name == "href");
                    let index = out.body.links.len();
                    place.one(name, attribute, value, if image { LinkKind::Image } else { LinkKind::Link }, out);
                    if tag == "a" && name == "href" && out.body.links.len() > index {
                        anchor = Some(index);
                    }
                }
                Name::SourceSet(name) => place.several(name, attribute, source_set, out),
                Name::Style if value.as_ref().is_some_and(|value| value.contains("url(")) => {
                    place.several("style", attribute, style_urls, out);
                }
                Name::Id => place.anchor(attribute, value, AnchorSource::Id, out),
                Name::Name if tag == "a" => place.anchor(attribute, value, AnchorSource::Name, out),
                Name::Lang => {
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
        let has_language = self.attributes.iter().any(|a| a.name == Name::Lang);
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

    fn value_of(&self, name: Name) -> Option<&str> {
        self.attributes.iter().find(|a| a.name == name)?.value.as_deref()
    }

    fn label(&self, html: &Html<'_>, out: &Collector<'_>) -> Label {
        let Some(alt) = self.attributes.iter().find(|a| a.name == Name::Alt) else { return Label::Absent };
        match html.map.range(alt.at.start, alt.at.end) {
            Some((range, _)) if alt.value.is_some() => Label::Text(out.span(range)),
            _ => Label::Empty,
        }
    }
}

/// What the destinations of one tag share.
struct Place<'a> {
    html: &'a Html<'a>,
    tag: &'static str,
    whole: &'a Range<usize>,
    label: Label,
}

impl Place<'_> {
    /// Where the value stands in the text: an empty one between its quotes, or after the name.
    fn value_at(&self, attribute: &Attribute, value: Option<&String>) -> Range<usize> {
        if value.is_some() {
            return attribute.at.clone();
        }
        let rest = self.html.text.get(attribute.at.end..).unwrap_or_default();
        let quoted = rest.trim_start().strip_prefix('=').map(str::trim_start).unwrap_or_default();
        let end = if quoted.starts_with("\"\"") || quoted.starts_with("''") {
            self.html.text.len() - quoted.len() + 1
        } else {
            attribute.at.end
        };
        end..end
    }

    fn quote(&self, at: usize) -> Option<Quote> {
        match self.html.text.as_bytes().get(at.wrapping_sub(1)) {
            Some(b'"') => Some(Quote::Double),
            Some(b'\'') => Some(Quote::Single),
            _ => None,
        }
    }

    fn one(
        &self,
        name: &'static str,
        attribute: &Attribute,
        value: Option<String>,
        kind: LinkKind,
        out: &mut Collector<'_>,
    ) {
        let at = self.value_at(attribute, value.as_ref());
        let quote = self.quote(at.start);
        // Without `=""` there is no place to write a value to.
        let form = if value.is_none() && quote.is_none() { Form::NotEditable } else { Form::Attribute(quote) };
        self.link(name, at, value.unwrap_or_default().into(), kind, form, out);
    }

    fn several(
        &self,
        name: &'static str,
        attribute: &Attribute,
        cut: impl Fn(&str) -> Vec<Range<usize>>,
        out: &mut Collector<'_>,
    ) {
        let raw = self.html.text.get(attribute.at.clone()).unwrap_or_default();
        let quote = self.quote(attribute.at.start);
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
            origin: Origin::Html { tag: self.tag, attribute },
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
