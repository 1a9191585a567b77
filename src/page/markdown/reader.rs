//! One event after another.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, RefDefs, Tag, TagEnd};

use super::collector::{Collector, Found};
use super::definitions::{self, Uncovered};
use super::destination;
use super::explicit_id;
use super::html_block::HtmlBlock;
use super::open::{OpenHeading, OpenLink};
use crate::page::body::Body;
use crate::page::headings::{Heading, PieceKind};
use crate::page::html::{self, Elements, Html, Segments};
use crate::page::links::{Anchor, AnchorSource, Form, Label, LinkKind, Origin};
use crate::page::prose::BlockKind;
use crate::source::Span;

/// The state of the pass.
pub(super) struct Reader<'t, 'a> {
    /// What the parser reads: the body or its shadow.
    pub(super) text: &'t str,
    pub(super) out: Collector<'a>,
    pub(super) elements: Elements,
    /// Events that start in here are not Markdown for this dialect.
    pub(super) silent: Range<usize>,
    uncovered: Uncovered,
    open: Vec<OpenLink<'t>>,
    images: usize,
    links: usize,
    /// Block-level elements that are open, and of which kind.
    depth: usize,
    quotes: usize,
    lists: usize,
    footnotes: usize,
    in_cell: bool,
    in_code: bool,
    html: Option<HtmlBlock>,
    heading: Option<OpenHeading>,
    /// A block of prose is open.
    in_prose: bool,
    /// Touching pieces of text.
    run: Range<usize>,
    alternatives: Vec<Span>,
    late: Vec<(usize, CowStr<'t>)>,
    /// How many bytes of destinations and titles were copied for references.
    expanded: usize,
}

impl<'t, 'a> Reader<'t, 'a> {
    pub(super) fn new(text: &'t str, out: Collector<'a>) -> Self {
        Reader {
            text,
            uncovered: Uncovered::new(text, out.dialect.footnotes),
            out,
            elements: Elements::default(),
            silent: 0..0,
            open: Vec::new(),
            images: 0,
            links: 0,
            depth: 0,
            quotes: 0,
            lists: 0,
            footnotes: 0,
            in_cell: false,
            in_code: false,
            html: None,
            heading: None,
            in_prose: false,
            run: 0..0,
            alternatives: Vec::new(),
            late: Vec::new(),
            expanded: 0,
        }
    }

    /// Takes the parser's next event.
    pub(super) fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        if self.silent.contains(&range.start) {
            return self.uncovered.cover(&range);
        }
        if !self.open.is_empty()
            && !matches!(event, Event::End(TagEnd::Link | TagEnd::Image))
            && let Some(link) = self.open.last_mut()
        {
            link.touch(&range);
            link.visible |= match &event {
                Event::Text(text) => !text.trim().is_empty(),
                Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => false,
                Event::InlineHtml(tag) => !tag.starts_with("<!--"),
                _ => true,
            };
        }
        match event {
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.uncovered.cover(&range);
                self.elements.see();
                self.piece(PieceKind::Code, &text, range);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.piece(PieceKind::Break, " ", range.clone());
                let text = self.text.get(range.clone()).unwrap_or_default();
                if let Some(end) = text.find('\n') {
                    self.join(range.start + end..range.start + end + 1);
                }
            }
            Event::InlineHtml(tag) => {
                self.uncovered.cover(&range);
                self.piece(PieceKind::Html, "", range.clone());
                self.inline_html(&tag, range);
            }
            Event::Html(text) => {
                if let Some(block) = &mut self.html {
                    block.push(self.text, &text);
                }
            }
            Event::FootnoteReference(_) => self.piece(PieceKind::Footnote, "", range),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Rule => {
                self.end_block();
                self.top_level(&range);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return,
            Tag::Link { link_type, dest_url, id, title } => {
                self.expand(link_type, &dest_url, &title);
                return self.open_link(LinkKind::Link, link_type, dest_url, id, range);
            }
            Tag::Image { link_type, dest_url, id, title } => {
                self.expand(link_type, &dest_url, &title);
                return self.open_link(LinkKind::Image, link_type, dest_url, id, range);
            }
            _ => {}
        }
        self.end_block();
        self.top_level(&range);
        self.depth += 1;
        match tag {
            Tag::Heading { level, .. } => {
                self.heading = Some(OpenHeading { level: level as u8, ..OpenHeading::default() })
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::List(_) => self.lists += 1,
            Tag::FootnoteDefinition(_) => {
                self.footnotes += 1;
                let label = self.text.get(range.clone()).and_then(|text| text.find(']'));
                if let Some(end) = label {
                    let label = self.out.span(range.start + 2..range.start + end.max(2));
                    self.out.body.footnotes.push(label);
                }
            }
            Tag::TableCell => self.in_cell = true,
            Tag::CodeBlock(_) => {
                self.in_code = true;
                self.uncovered.cover(&range);
                let span = self.trimmed(&range);
                self.out.body.code_blocks.push(span);
            }
            Tag::HtmlBlock => {
                self.uncovered.cover(&range);
                self.html = Some(HtmlBlock::default());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                return;
            }
            TagEnd::Link | TagEnd::Image => return self.close_link(range),
            TagEnd::Heading(_) => self.close_heading(&range),
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::FootnoteDefinition => self.footnotes = self.footnotes.saturating_sub(1),
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::HtmlBlock => self.close_html(&range),
            _ => {}
        }
        self.end_block();
        self.depth = self.depth.saturating_sub(1);
        if tag == TagEnd::TableCell {
            self.in_cell = false;
        }
    }

    fn text(&mut self, text: &CowStr<'t>, range: Range<usize>) {
        if self.in_code {
            return;
        }
        if let Some(block) = &mut self.html {
            return block.push(self.text, text);
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
    fn join(&mut self, range: Range<usize>) {
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

    /// The run is complete: it is prose.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.is_empty() {
            return;
        }
        if !self.in_prose {
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
        self.out.prose(run);
    }

    /// Whatever block of prose was open is over.
    fn end_block(&mut self) {
        self.flush();
        self.in_prose = false;
    }

    fn top_level(&mut self, range: &Range<usize>) {
        if self.depth == 0 {
            let span = self.trimmed(range);
            self.out.body.blocks.push(span);
        }
    }

    /// Without blanks and line end around it.
    fn trimmed(&self, range: &Range<usize>) -> Span {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.out.span(start..(range.start + text.trim_end_matches([' ', '\t', '\n', '\r']).len()).max(start))
    }

    fn expand(&mut self, link_type: LinkType, destination: &str, title: &str) {
        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.expanded += destination.len() + title.len();
        }
    }

    fn open_link(
        &mut self,
        kind: LinkKind,
        link_type: LinkType,
        destination: CowStr<'t>,
        id: CowStr<'t>,
        range: Range<usize>,
    ) {
        self.flush();
        self.uncovered.cover(&range);
        self.open.push(OpenLink {
            kind,
            link_type,
            destination,
            id,
            start: range.start,
            inside: 0..0,
            visible: false,
            ignored: self.images > 0,
        });
        match kind {
            LinkKind::Image => self.images += 1,
            LinkKind::Link => self.links += 1,
        }
    }

    fn close_link(&mut self, range: Range<usize>) {
        self.flush();
        let Some(link) = self.open.pop() else { return };
        match link.kind {
            LinkKind::Image => self.images = self.images.saturating_sub(1),
            LinkKind::Link => self.links = self.links.saturating_sub(1),
        }
        if let Some(outer) = self.open.last_mut() {
            outer.touch(&range);
            outer.visible |= link.visible || link.kind == LinkKind::Image;
        }
        if link.ignored {
            return;
        }
        self.elements.see();
        let inside = self.out.span(link.inside.clone());
        let label = match (link.kind, link.visible) {
            (_, true) => Label::Text(inside),
            (LinkKind::Image, false) => Label::Absent,
            (LinkKind::Link, false) => Label::Empty,
        };
        if link.kind == LinkKind::Image && link.visible {
            self.alternatives.push(inside);
        }
        let (origin, form) = match link.link_type {
            LinkType::Inline => (Origin::Inline, Form::Plain),
            LinkType::Autolink => (Origin::Autolink, Form::Verbatim),
            LinkType::Email => (Origin::Email, Form::Verbatim),
            LinkType::WikiLink { .. } => (Origin::WikiLink, Form::Verbatim),
            _ => (Origin::Reference { definition: u32::MAX }, Form::Plain),
        };
        let at = destination::pointer(self.text, &link.destination).or_else(|| match link.link_type {
            LinkType::Inline => {
                let brackets = link.start + if link.kind == LinkKind::Image { 2 } else { 1 };
                let last = link.inside.end.max(brackets);
                destination::inline(self.text, last, range.end, &link.destination, self.in_cell)
            }
            LinkType::Autolink | LinkType::Email => Some(link.start + 1..range.end.saturating_sub(1)),
            _ => None,
        });
        let at = match (at, &origin) {
            (Some(at), _) => at,
            (None, Origin::Reference { .. }) => {
                self.late.push((self.out.body.links.len(), link.id));
                range.start..range.start
            }
            // Not seen in 30,000 files; the link is still reported, at its whole.
            (None, _) => range.clone(),
        };
        let form = if form == Form::Plain { destination::form(self.text, at.start) } else { form };
        self.out.link(Found {
            kind: link.kind,
            origin,
            at,
            whole: range,
            destination: Cow::Borrowed(&link.destination),
            label,
            form,
            in_table: self.in_cell,
        });
    }

    /// Adds a part to the open heading.
    fn piece(&mut self, kind: PieceKind, text: &str, range: Range<usize>) {
        let Some(heading) = &mut self.heading else { return };
        let span = self.out.span(range);
        if self.out.masks(span).is_empty() {
            return heading.push(kind, text, span);
        }
        heading.dynamic = true;
        let file = self.out.file;
        let mut from = span.start;
        self.out.unmasked(span, |part| {
            if part.start > from {
                heading.push(PieceKind::Template, "", Span { start: from, end: part.start });
            }
            heading.push(kind, part.of(file), part);
            from = part.end;
        });
        if from < span.end {
            heading.push(PieceKind::Template, "", Span { start: from, end: span.end });
        }
    }

    fn close_heading(&mut self, range: &Range<usize>) {
        self.flush();
        let Some(mut heading) = self.heading.take() else { return };
        let span = self.trimmed(range);
        let line = span.of(self.out.file);
        let tail = explicit_id::tail(line, self.out.dialect.explicit_ids).filter(|_| !line.contains('\n'));
        let mut id = None;
        if let Some(tail) = tail {
            let start = span.start as usize;
            heading.cut(Span::new(start + tail.text_end, start).start);
            id = tail.id.map(|id| Span::new(start + id.start, start + id.end));
        }
        let edges = (heading.pieces.first(), heading.pieces.last());
        let content = match edges {
            (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end },
            _ => Span { start: span.end, end: span.end },
        };
        self.out.body.headings.push(Heading {
            level: heading.level,
            span,
            content,
            text: heading.text.into(),
            pieces: heading.pieces.into(),
            id: id.map(|id| Anchor { id: id.of(self.out.file).into(), span: id, source: AnchorSource::AttributeList }),
            dynamic: heading.dynamic,
            nested: false,
        });
    }

    fn inline_html(&mut self, tag: &CowStr<'t>, range: Range<usize>) {
        self.flush();
        let segments = match destination::pointer(self.text, tag) {
            Some(at) => Segments::whole(at.start, at.len()),
            None => Segments::aligned(tag, self.text, range),
        };
        let html = Html { text: tag, map: &segments, block: false, in_table: self.in_cell };
        html::read_inline(&html, &mut self.elements, &mut self.out);
    }

    fn close_html(&mut self, range: &Range<usize>) {
        let Some(block) = self.html.take() else { return };
        let (text, segments) = block.finish(self.text);
        self.elements.new_block();
        let html = Html { text: &text, map: &segments, block: true, in_table: false };
        let trimmed = text.trim();
        if trimmed.starts_with("<!--") && trimmed.find("-->") == Some(trimmed.len().saturating_sub(3)) {
            return html::read_comment(&html, &mut self.out);
        }
        if html::read(&html, &mut self.elements, &mut self.out) {
            // A browser reads on as comment, whatever Markdown makes of it.
            let rest = self.text.as_bytes().get(range.end..).unwrap_or_default();
            if let Some(end) = memchr::memmem::find(rest, b"-->") {
                self.silent = range.end..range.end + end;
            }
        }
    }

    /// After the last event: what needs to know the whole page.
    pub(super) fn finish(mut self, known: &RefDefs<'_>) -> Body {
        self.end_block();
        definitions::collect(self.text, known, self.uncovered, &self.late, &mut self.out);
        for alternative in self.alternatives {
            self.out.body.prose.open(BlockKind::Alt, false, false, false);
            self.out.body.prose.push(alternative);
        }
        let mut body = self.out.body;
        body.prose.finish();
        body.references_cut = self.expanded >= self.text.len().max(100_000);
        body.links.sort_by_key(|link| (link.whole.start, link.whole.end));
        body.comments.sort();
        body
    }
}
