//! Text: touching pieces are joined to runs, runs are prose and may hold what looks like a link.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use super::broken_links::{self, Broken, Kind};
use super::reader::Reader;
use super::{attribute_list, bare_url, needles};
use crate::page::candidates::{Candidate, CandidateKind};
use crate::page::collector::Found;
use crate::page::decode;
use crate::page::dialect::{AttributeLists, Linkify};
use crate::page::headings::PieceKind;
use crate::page::links::{Anchor, AnchorSource, Form, Label, Link, LinkKind, Origin};
use crate::page::prose::BlockKind;
use crate::source::Span;

impl<'t> Reader<'t, '_> {
    /// A piece of text.
    pub(super) fn text(&mut self, text: &CowStr<'t>, range: Range<usize>) {
        if self.in_code {
            return;
        }
        if let Some(block) = &mut self.html {
            return block.push(self.text, self.html_text, text);
        }
        self.uncovered.cover(&range);
        if self.images > 0 {
            return self.piece(PieceKind::Alt, text, range);
        }
        self.elements.see();
        if self.heading.is_some() {
            let autolink =
                self.open.last().is_some_and(|link| matches!(link.link_type, LinkType::Autolink | LinkType::Email));
            self.piece(if autolink { PieceKind::Autolink } else { PieceKind::Text }, text, range.clone());
        }
        self.join(range);
    }

    /// Adds text to the run, or begins a new one.
    pub(super) fn join(&mut self, range: Range<usize>) {
        if self.images > 0 {
            return;
        }
        if self.run.end == range.start {
            self.run.end = range.end;
        } else {
            self.flush();
            self.run = range;
        }
    }

    /// The run is complete: it is prose, but for the URLs and attribute lists in it.
    pub(super) fn flush(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        run.start = run.start.max(self.read_to);
        if run.start >= run.end {
            return;
        }
        self.open_prose();
        if self.links > 0 {
            let url =
                self.open.last().is_some_and(|link| matches!(link.link_type, LinkType::Autolink | LinkType::Email));
            if !url {
                self.out.prose(run);
            }
            return;
        }
        while let Some(place) = self.needles.take(run.start, run.end) {
            let Some(taken) = self.look(place, &run) else { continue };
            if taken.start > run.start {
                self.out.prose(run.start..taken.start);
            }
            run.start = taken.end;
            self.read_to = taken.end;
        }
        if run.start < run.end {
            self.out.prose(run);
        }
    }

    fn open_prose(&mut self) {
        if self.in_prose {
            return;
        }
        self.in_prose = true;
        let kind = match () {
            () if self.heading.is_some() => BlockKind::Heading,
            () if self.in_cell => BlockKind::TableCell,
            () if self.lists > 0 => BlockKind::ListItem,
            () => BlockKind::Paragraph,
        };
        let quoted = self.quotes > 0 || self.elements.is_quoted();
        self.out.body.prose.open(kind, quoted, self.footnotes > 0, self.elements.has_language());
    }

    /// Whatever block of prose was open is over.
    pub(super) fn end_block(&mut self) {
        self.flush();
        self.in_prose = false;
    }

    /// A needle stands in plain text; what it belongs to is returned if it is no prose.
    fn look(&mut self, place: usize, run: &Range<usize>) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        if self.patience == 0 {
            return None;
        }
        match bytes.get(place)? {
            b'{' => self.attribute_list(place, run),
            b']' => {
                self.patience = self.patience.saturating_sub(broken_links::cost(place, self.block));
                let broken = broken_links::at_close(self.text, place, self.block)?;
                self.broken(broken);
                None
            }
            b'[' => {
                self.patience = self.patience.saturating_sub(broken_links::cost(place, self.block));
                if place > self.block
                    && bytes.get(place - 1) == Some(&b')')
                    && let Some(broken) = broken_links::at_swapped(self.text, place, self.block)
                {
                    self.broken(broken);
                } else if bytes.get(place + 1) == Some(&b'^') {
                    self.footnote(place);
                } else {
                    self.shortcode(place);
                }
                None
            }
            byte => {
                if *byte == b':'
                    && let Some(broken) = broken_links::at_scheme(self.text, place, self.block)
                {
                    self.patience = self.patience.saturating_sub(broken_links::cost(place, self.block));
                    self.broken(broken);
                }
                self.bare_url(place, run)
            }
        }
    }

    fn bare_url(&mut self, place: usize, run: &Range<usize>) -> Option<Range<usize>> {
        let linkify = self.out.dialect.linkify;
        let at = bare_url::around(self.text, place, run.start, linkify)?;
        if linkify == Linkify::None || self.elements.in_anchor() {
            if !self.elements.in_anchor() {
                self.candidate(CandidateKind::BareUrl, false, at.clone(), 0..0, at.clone());
            }
            return Some(at);
        }
        let raw = self.text.get(at.clone())?;
        let destination = if raw.contains('\\') { Cow::Owned(unescaped(raw)) } else { Cow::Borrowed(raw) };
        self.out.link(Found {
            kind: LinkKind::Link,
            origin: Origin::Bare,
            at: at.clone(),
            whole: at.clone(),
            destination,
            label: Label::Text(self.out.span(at.clone())),
            form: Form::Verbatim,
            in_table: self.in_cell,
        });
        Some(at)
    }

    fn broken(&mut self, broken: Broken) {
        let Broken { kind, image, whole, label, destination } = broken;
        let kind = match kind {
            Kind::Spaced => CandidateKind::SpacedLink,
            Kind::Swapped => CandidateKind::SwappedLink,
            Kind::Wide => CandidateKind::WideParentheses,
            // Where a destination may hold blanks it may hold a line break too, and browsers leave that out.
            Kind::Unclosed if self.out.dialect.spaces_in_destination && closes_below(self.text, whole.end) => return,
            Kind::Unclosed => CandidateKind::UnclosedLink,
            Kind::OpenBracket => CandidateKind::OpenBracket,
            Kind::Doubled => CandidateKind::DoubledBracket,
            Kind::Spaces if self.out.dialect.spaces_in_destination => {
                let raw = self.text.get(destination.clone()).unwrap_or_default();
                return self.out.link(Found {
                    kind: if image { LinkKind::Image } else { LinkKind::Link },
                    origin: Origin::Inline,
                    at: destination,
                    whole,
                    destination: decode::destination(raw, Form::Angle, self.in_cell)
                        .map_or(Cow::Borrowed(raw), Cow::Owned),
                    label: if label.is_empty() { Label::Empty } else { Label::Text(self.out.span(label)) },
                    form: Form::Plain,
                    in_table: self.in_cell,
                });
            }
            // `[h](left, right)` explains a letter.
            Kind::Spaces if label.len() == 1 && !destination_of(self.text, &destination).contains(['/', '.', '#']) => {
                return;
            }
            Kind::Spaces => CandidateKind::SpacesInDestination,
        };
        self.candidate(kind, image, whole, label, destination);
    }

    fn shortcode(&mut self, place: usize) {
        let bytes = self.text.as_bytes();
        let closing = bytes.get(place + 1) == Some(&b'/');
        let name = place + if closing { 2 } else { 1 };
        let rest = bytes.get(name..).unwrap_or_default();
        let end = if closing {
            let length =
                rest.iter().take(24).take_while(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-')).count();
            (length > 2 && matches!(rest.get(length..), Some([b']', ..] | [b'\\', b']', ..]))).then_some(name + length)
        } else {
            needles::shortcode(bytes, place)
        };
        let Some(end) = end else { return };
        let line = memchr::memchr2(b']', b'\n', bytes.get(end..).unwrap_or_default());
        let Some(close) = line.map(|at| end + at).filter(|at| bytes.get(*at) == Some(&b']')) else { return };
        let open = place - usize::from(place > self.block && bytes.get(place - 1) == Some(&b'\\'));
        self.candidate(CandidateKind::Shortcode, false, open..close + 1, name..end, 0..0);
    }

    /// `[^label]` that is text, so nothing defines it.
    fn footnote(&mut self, place: usize) {
        const LONGEST: usize = 40;
        let rest = self.text.get(place + 2..).unwrap_or_default();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(0);
        let escaped = place > 0 && self.text.as_bytes().get(place - 1) == Some(&b'\\');
        if (1..=LONGEST).contains(&length) && rest.as_bytes().get(length) == Some(&b']') && !escaped {
            let label = place + 2..place + 2 + length;
            self.candidate(CandidateKind::UndefinedFootnote, false, place..label.end + 1, 0..0, label);
        }
    }

    fn attribute_list(&mut self, place: usize, run: &Range<usize>) -> Option<Range<usize>> {
        if self.out.dialect.attribute_lists == AttributeLists::Braces {
            let (range, id) = attribute_list::braces(self.text, place, run.end)?;
            // At a heading's end it is the heading's own.
            if let Some(id) = id.filter(|_| self.heading.is_none()) {
                self.anchor_without_text(&range);
                let text = self.text.get(id.clone()).unwrap_or_default();
                self.out.anchor(id, Cow::Borrowed(text), AnchorSource::AttributeList);
            }
            return Some(range);
        }
        let (range, ids) = attribute_list::read(self.text, place, run.end)?;
        for id in &ids {
            let text = self.text.get(id.clone()).unwrap_or_default();
            self.out.anchor(id.clone(), Cow::Borrowed(text), AnchorSource::AttributeList);
        }
        let starts_block = self.out.body.prose.is_fresh();
        if let (Some(_), true) = (ids.last(), starts_block) {
            self.belongs_to_heading(&range);
        }
        Some(range)
    }

    /// `[](){#id}` is a place to link to and no link.
    fn anchor_without_text(&mut self, list: &Range<usize>) {
        let start = self.out.span(list.clone()).start;
        let links = &mut self.out.body.links;
        let empty = |link: &Link| link.whole.end == start && link.label == Label::Empty && link.destination.is_empty();
        if links.last().is_some_and(empty) {
            links.pop();
        }
    }

    /// `![](x){fig-alt="text"}`: the list that begins where an image ends holds its alternative text, which may have
    /// markup in it and go on in the next line.
    pub(super) fn described(&mut self, end: usize) {
        if self.text.as_bytes().get(end) == Some(&b'{') {
            let list = self.text.get(end..).and_then(|rest| rest.split(['}', '\n']).next()).unwrap_or_default();
            if ["target=", "download"].iter().any(|name| list.contains(name))
                && let Some(link) = self.out.body.links.last_mut()
            {
                link.marks = link.marks.with_target();
            }
        }
        let Some(image) = self.out.body.links.last() else { return };
        let bare = matches!(image.label, Label::Absent | Label::Empty) && image.kind == LinkKind::Image;
        let Some(rest) = self.text.get(end..).filter(|rest| bare && rest.starts_with('{')) else { return };
        // A description has its limits, and so has the search for the end of one that has none.
        let reach = (0..=rest.len().min(2_000)).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
        let text = rest.get(..reach).unwrap_or_default();
        let close = text.find('}').into_iter().chain(text.find("\n\n")).min();
        let text = text.get(..close.unwrap_or(reach)).unwrap_or_default();
        let value = [("alt=\"", b'"'), ("alt='", b'\'')]
            .into_iter()
            .find_map(|(name, quote)| Some((text.find(name)? + name.len(), quote)));
        let Some((start, quote)) = value else { return };
        let length = memchr::memchr(quote, text.as_bytes().get(start..).unwrap_or_default());
        let length = length.unwrap_or(text.len() - start);
        let span = self.out.span(end + start..end + start + length);
        if let Some(image) = self.out.body.links.last_mut() {
            image.label = if length == 0 { Label::Empty } else { Label::Text(span) };
        }
    }

    /// A list on its own line belongs to the heading right before it, else to the one right after.
    fn belongs_to_heading(&mut self, list: &Range<usize>) {
        let span = self.out.span(list.clone());
        let file = self.out.file;
        let between = |from: u32, to: u32| Span { start: from, end: to.max(from) }.of(file);
        let one_line_end = |gap: &str| gap.trim_matches([' ', '\t', '#']).trim_start_matches('\r') == "\n";
        match self.out.body.headings.last_mut() {
            Some(heading) if heading.id.is_none() && one_line_end(between(heading.span.end, span.start)) => {
                heading.id = self.out.body.anchors.pop();
            }
            _ => self.heading_id = self.out.body.anchors.last().cloned().map(|anchor| (span.end, anchor)),
        }
    }

    /// The id of an attribute list on the line before the heading that starts at `start` of the file.
    pub(super) fn id_before(&mut self, start: u32) -> Option<Anchor> {
        let (end, anchor) = self.heading_id.take()?;
        let gap = Span { start: end, end: start.max(end) }.of(self.out.file);
        if gap.trim_matches([' ', '\t']).trim_start_matches('\r') != "\n" {
            return None;
        }
        self.out.body.anchors.retain(|other| other.span != anchor.span);
        Some(anchor)
    }

    pub(super) fn candidate(
        &mut self,
        kind: CandidateKind,
        image: bool,
        whole: Range<usize>,
        text: Range<usize>,
        destination: Range<usize>,
    ) {
        let part = |range: Range<usize>| if range.is_empty() { Span::default() } else { self.out.span(range) };
        let candidate = Candidate { kind, image, span: part(whole), text: part(text), destination: part(destination) };
        self.out.body.candidates.push(candidate);
    }
}

fn destination_of<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or_default()
}

/// Text without the backslashes that escape punctuation.
fn unescaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' || !rest.peek().is_some_and(char::is_ascii_punctuation) {
            out.push(c);
        }
    }
    out
}

/// A closing parenthesis stands further down in the same paragraph, and nothing is opened before it.
fn closes_below(text: &str, from: usize) -> bool {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let near = rest.get(..1024).unwrap_or(rest);
    let end = memchr::memmem::find(near, b"\n\n").unwrap_or(near.len());
    let mark = near.iter().take(end).find(|byte| matches!(byte, b')' | b'(' | b'[' | b']'));
    mark == Some(&b')')
}
