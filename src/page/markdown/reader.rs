//! One event after another.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, RefDefs, Tag, TagEnd};

use super::definitions::{self, Uncovered};
use super::html_block::HtmlBlock;
use super::needles::{self, Needles};
use super::open::{OpenHeading, OpenLink};
use crate::page::body::Body;
use crate::page::collector::Collector;
use crate::page::headings::PieceKind;
use crate::page::html::{Elements, MarkdownElement};
use crate::page::links::{Anchor, LinkKind};
use crate::page::prose::BlockKind;
use crate::source::Span;

/// The state of the pass.
pub(super) struct Reader<'t, 'a> {
    /// What the parser reads: the body or its shadow.
    pub(super) text: &'t str,
    /// The same as HTML reads it: some ends of tags are line ends in `text`.
    pub(super) html_text: &'t str,
    /// Elements whose tags were masked because their content is Markdown.
    pub(super) markdown_inside: &'t [MarkdownElement],
    pub(super) out: Collector<'a>,
    pub(super) elements: Elements,
    /// Events that start in here are not Markdown for this dialect.
    pub(super) silent: Range<usize>,
    pub(super) uncovered: Uncovered,
    pub(super) open: Vec<OpenLink<'t>>,
    pub(super) images: usize,
    pub(super) links: usize,
    /// Block-level elements that are open, and of which kind.
    pub(super) depth: usize,
    pub(super) quotes: usize,
    pub(super) lists: usize,
    pub(super) footnotes: usize,
    pub(super) in_cell: bool,
    pub(super) in_code: bool,
    pub(super) html: Option<HtmlBlock>,
    pub(super) heading: Option<OpenHeading>,
    /// The buffers of the last heading, to be used again.
    pub(super) spare: OpenHeading,
    /// A block of prose is open.
    pub(super) in_prose: bool,
    /// Touching pieces of text.
    pub(super) run: Range<usize>,
    pub(super) alternatives: Vec<Span>,
    pub(super) late: Vec<(usize, CowStr<'t>)>,
    pub(super) needles: Needles,
    /// Where the innermost block starts.
    pub(super) block: usize,
    /// Text before this was already taken, by a URL that looked like more than text.
    pub(super) read_to: usize,
    /// The id of an attribute list that may belong to the next heading, and where the list ends.
    pub(super) heading_id: Option<(u32, Anchor)>,
    /// All ranges that were silent.
    pub(super) silent_before: Vec<Range<usize>>,
    /// A quote as deep as `>>>>>>>` was seen.
    pub(super) deep_quotes: bool,
    /// How many bytes may still be looked at in vain, for end tags and brackets that may be far away or missing.
    pub(super) patience: usize,
    /// There may be another `-->`.
    pub(super) comments_end: bool,
    /// How many bytes of destinations and titles were copied for references.
    pub(super) expanded: usize,
    /// Links may stand in formulas.
    pub(super) dollars: bool,
    /// There may be formulas of several lines.
    pub(super) pairs: bool,
}

impl<'t, 'a> Reader<'t, 'a> {
    pub(super) fn new(
        text: &'t str,
        html_text: &'t str,
        markdown_inside: &'t [MarkdownElement],
        out: Collector<'a>,
    ) -> Self {
        let (needles, uncovered) = needles::search(text, out.dialect);
        Reader {
            text,
            html_text,
            markdown_inside,
            pairs: !out.dialect.math && memchr::memmem::find(text.as_bytes(), b"$$").is_some(),
            dollars: out.dialect.dollars && memchr::memchr(b'$', text.as_bytes()).is_some(),
            uncovered,
            needles,
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
            spare: OpenHeading::default(),
            in_prose: false,
            run: 0..0,
            alternatives: Vec::new(),
            late: Vec::new(),
            block: 0,
            read_to: 0,
            heading_id: None,
            silent_before: Vec::new(),
            patience: 4 * text.len() + 64 * 1024,
            comments_end: true,
            deep_quotes: false,
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
                    block.push(self.text, self.html_text, &text);
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
        if let Some(heading) = &mut self.heading {
            heading.within.enter();
        }
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
        self.block = range.start;
        match tag {
            Tag::Heading { level, .. } => {
                let spare = std::mem::take(&mut self.spare);
                self.heading = Some(OpenHeading { level: level as u8, ..spare });
            }
            Tag::BlockQuote(_) => {
                self.quotes += 1;
                self.deep_quotes |= self.quotes >= 7;
            }
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
                self.open_html(&range);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if let Some(heading) = &mut self.heading {
            heading.within.leave();
        }
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

    fn top_level(&mut self, range: &Range<usize>) {
        if self.depth == 0 {
            let span = self.trimmed(range);
            self.out.body.blocks.push(span);
        }
    }

    /// Without blanks and line end around it.
    pub(super) fn trimmed(&self, range: &Range<usize>) -> Span {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.out.span(start..(range.start + text.trim_end_matches([' ', '\t', '\n', '\r']).len()).max(start))
    }

    /// After the last event: what needs to know the whole page. `broken` are references that nothing defines.
    pub(super) fn finish(mut self, known: &RefDefs<'_>, broken: Vec<Range<usize>>) -> Body {
        self.end_block();
        self.undefined(broken);
        self.out.body.comments.sort();
        self.markdown_elements();
        self.conflicts();
        definitions::collect(self.text, known, self.uncovered, &self.late, &mut self.out);
        let mut body = self.out.body;
        for alternative in self.alternatives {
            body.prose.open(BlockKind::Alt, false, false, false);
            body.prose.push(alternative);
        }
        body.prose.finish();
        body.references_cut = self.expanded >= self.text.len().max(100_000);
        body.links.sort_by_key(|link| (link.whole.start, link.whole.end));
        body.candidates.sort_by_key(|candidate| candidate.span);
        body.anchors.sort_by_key(|anchor| anchor.span);
        body
    }
}
