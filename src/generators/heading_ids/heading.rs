//! A heading as the algorithms see it: what kind of text stands where, and the source behind it.
//!
//! Generators disagree about *which* text becomes the id (is an image's description in it, is `&#233;` one letter or
//! three digits?), so a heading keeps its pieces apart instead of one flat string. Pieces point into the page; only a
//! decoded character reference owns its text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::page::headings::Within;

/// What a piece of a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text, also inside emphasis.
    Text,
    /// Text of a link; never taken for a bare URL.
    LinkText,
    /// One character that a backslash protects; typography leaves it alone.
    Escaped,
    /// A character reference; the text is decoded, the source is not.
    Reference,
    /// A code span or a formula.
    Code,
    /// The description of an image.
    ImageAlt,
    /// An inline HTML tag or comment.
    Html,
    /// `<https://…>` or `<name@host>`.
    Autolink,
    /// The label of a footnote reference.
    Footnote,
    /// A line end inside the heading.
    Break,
}

/// One piece of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its text as CommonMark reads it.
    pub text: Cow<'a, str>,
    /// The bytes of the page that it stands for.
    pub source: &'a str,
    /// The links, images and emphasis around it.
    pub within: Within,
}

/// A heading, filled from the events between its start and its end; meant to be reused for the next one.
#[derive(Debug, Clone, Default)]
pub struct HeadingText<'a> {
    /// The pieces in order.
    pub runs: Vec<Run<'a>>,
    /// 1 to 6; 0 where it is not known.
    pub level: u8,
    /// The source of the content, without `#`, underline and attributes; see [`raw_content`].
    pub raw: &'a str,
    /// Whether the heading stands in an HTML element (`<div markdown="1">`): kramdown then takes another algorithm.
    pub nested_in_html: bool,
    links: u32,
    autolinks: u32,
    images: u32,
    last_end: usize,
    within: Within,
}

impl<'a> HeadingText<'a> {
    /// Empties the heading for the next one, whose content has the source `raw`.
    pub fn restart(&mut self, raw: &'a str) {
        let runs = std::mem::take(&mut self.runs);
        *self = HeadingText { runs, raw, ..HeadingText::default() };
        self.runs.clear();
    }

    /// Takes one event of the heading; `source` is the text that the parser read, `range` the event's place in it.
    pub fn event(&mut self, event: &Event<'a>, range: Range<usize>, source: &'a str) {
        let slice = source.get(range.clone()).unwrap_or_default();
        let end = range.end;
        match event {
            Event::Start(_) => self.within.enter(),
            Event::End(_) => self.within.leave(),
            _ => {}
        }
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => self.autolinks += 1,
            Event::Start(Tag::Link { .. }) => self.links += 1,
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Link) if self.autolinks > 0 => self.autolinks -= 1,
            Event::End(TagEnd::Link) => self.links = self.links.saturating_sub(1),
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::Text(text) => self.text(borrowed(text), slice, range, source),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(Kind::Code, borrowed(text), slice);
            }
            Event::Html(text) | Event::InlineHtml(text) => self.push(Kind::Html, borrowed(text), slice),
            Event::FootnoteReference(text) => self.push(Kind::Footnote, borrowed(text), slice),
            Event::SoftBreak | Event::HardBreak => self.push(Kind::Break, Cow::Borrowed("\n"), slice),
            _ => return,
        }
        if !matches!(event, Event::Start(_)) {
            self.last_end = end;
        }
    }

    fn text(&mut self, text: Cow<'a, str>, slice: &'a str, range: Range<usize>, source: &'a str) {
        if slice.starts_with('&') && text != slice {
            self.push(Kind::Reference, text, slice);
            return;
        }
        // The parser leaves an escaping backslash out: a hole of one byte before the text that it protects.
        let hole = range.start.checked_sub(1).filter(|&at| at >= self.last_end);
        let escaped = hole.and_then(|at| source.as_bytes().get(at)) == Some(&b'\\');
        if escaped
            && text == slice
            && let Some(first) = slice.chars().next()
        {
            let (one, rest) = slice.split_at(first.len_utf8());
            self.push(Kind::Escaped, Cow::Borrowed(one), one);
            if !rest.is_empty() {
                self.push(Kind::Text, Cow::Borrowed(rest), rest);
            }
            return;
        }
        self.push(Kind::Text, text, slice);
    }

    fn push(&mut self, kind: Kind, text: Cow<'a, str>, source: &'a str) {
        let kind = match kind {
            Kind::Text | Kind::Escaped | Kind::Reference | Kind::Code if self.images > 0 => Kind::ImageAlt,
            Kind::Text if self.autolinks > 0 => Kind::Autolink,
            Kind::Text if self.links > 0 => Kind::LinkText,
            other => other,
        };
        self.runs.push(Run { kind, text, source, within: self.within });
    }
}

/// The text of an event without a copy where it points into the page.
fn borrowed<'a>(text: &CowStr<'a>) -> Cow<'a, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// The content of a heading's source: without the `#` around it or the line under it, trimmed.
pub fn raw_content(heading: &str) -> &str {
    let heading = heading.trim();
    if heading.starts_with('#') {
        let content = heading.trim_start_matches('#');
        let closed = content.trim_end_matches('#');
        let closing_is_markup = closed.is_empty() || closed.ends_with([' ', '\t']);
        return if closing_is_markup { closed.trim() } else { content.trim() };
    }
    match heading.rsplit_once('\n') {
        Some((content, line)) if line.trim().bytes().all(|b| matches!(b, b'=' | b'-')) => content.trim(),
        _ => heading,
    }
}
