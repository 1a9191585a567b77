//! Raw HTML among the events: inline tags and blocks, and what they silence.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::destination;
use super::html_block::HtmlBlock;
use super::reader::Reader;
use crate::page::dialect::HtmlBlocks;
use crate::page::html::{self, Html, Segments};

impl<'t> Reader<'t, '_> {
    /// An inline tag or comment.
    pub(super) fn inline_html(&mut self, tag: &CowStr<'t>, range: Range<usize>) {
        self.flush();
        let segments = match destination::pointer(self.text, tag) {
            Some(at) => Segments::whole(at.start, at.len()),
            None => Segments::aligned(tag, self.text, range),
        };
        let html = Html { text: tag, map: &segments, block: false, in_table: self.in_cell };
        html::read(&html, &mut self.elements, &mut self.out);
    }

    /// The start of an HTML block. kramdown reads no Markdown in a block-level element, so all of it is read here.
    pub(super) fn open_html(&mut self, range: &Range<usize>) {
        if self.out.dialect.html_blocks != HtmlBlocks::Commonmark
            && let Some(end) = self.raw_element(range.start)
        {
            // What follows on the block's lines is HTML too, and may be another such element.
            let mut end = end;
            while end < range.end {
                end = self.raw_element(end).unwrap_or(range.end);
            }
            let text = self.html_text.get(range.start..end).unwrap_or_default();
            let segments = Segments::whole(range.start, text.len());
            self.elements.new_block();
            html::read(&Html { text, map: &segments, block: true, in_table: false }, &mut self.elements, &mut self.out);
            return self.silence(range.start..end);
        }
        self.html = Some(HtmlBlock::default());
    }

    /// The end of the element that begins at `start`, if its content is not Markdown.
    fn raw_element(&mut self, start: usize) -> Option<usize> {
        let rest = self.html_text.get(start..)?;
        let indent = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let name = rest.get(indent..)?.strip_prefix('<')?;
        let name = name.get(..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?)?.to_ascii_lowercase();
        let block = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && !html::is_inline(name.as_bytes())
            && !html::is_void(name.as_bytes());
        if !block || self.patience == 0 {
            return None;
        }
        let end = html::element_end(rest.get(indent..)?);
        // Looking for an end tag that is missing costs the rest of the page.
        self.patience = self.patience.saturating_sub(if end.is_none() { rest.len() } else { 0 });
        end.map(|end| start + indent + end).filter(|end| !self.opens_markdown(start, *end))
    }

    /// True when an element with Markdown begins between the two places, on a line of its own.
    fn opens_markdown(&self, start: usize, end: usize) -> bool {
        let place = |at: u32| (at as usize).saturating_sub(self.out.start);
        let first = self.markdown_inside.partition_point(|element| place(element.tag.start) <= start);
        let inside = self.markdown_inside.iter().skip(first).take_while(|element| place(element.tag.start) < end);
        inside.filter(|element| !element.close.is_empty()).any(|element| {
            self.text.get(place(element.tag.start)..place(element.tag.end)).is_some_and(|tag| tag.trim().is_empty())
        })
    }

    /// The end of an HTML block.
    pub(super) fn close_html(&mut self, range: &Range<usize>) {
        let Some(block) = self.html.take() else { return };
        let (text, segments) = block.finish(self.html_text);
        self.elements.new_block();
        let html = Html { text: &text, map: &segments, block: true, in_table: false };
        if html::read(&html, &mut self.elements, &mut self.out) {
            // A browser reads on as comment, whatever Markdown makes of it.
            let rest = self.text.as_bytes().get(range.end..).unwrap_or_default();
            let end = if self.comments_end { memchr::memmem::find(rest, b"-->") } else { None };
            self.comments_end = end.is_some();
            if let Some(end) = end {
                self.silence(range.end..range.end + end);
            }
        }
    }

    /// Events that start in here are no Markdown of the page.
    fn silence(&mut self, range: Range<usize>) {
        self.silent = range.clone();
        self.silent_before.push(range);
    }
}
