//! Raw HTML among the events: inline tags and blocks, and what they silence.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::destination;
use super::reader::Reader;
use crate::page::html::{self, Html, Segments};

impl<'t> Reader<'t, '_> {
    pub(super) fn inline_html(&mut self, tag: &CowStr<'t>, range: Range<usize>) {
        self.flush();
        let segments = match destination::pointer(self.text, tag) {
            Some(at) => Segments::whole(at.start, at.len()),
            None => Segments::aligned(tag, self.text, range),
        };
        let html = Html { text: tag, map: &segments, block: false, in_table: self.in_cell };
        html::read(&html, &mut self.elements, &mut self.out);
    }

    pub(super) fn close_html(&mut self, range: &Range<usize>) {
        let Some(block) = self.html.take() else { return };
        let (text, segments) = block.finish(self.text);
        self.elements.new_block();
        let html = Html { text: &text, map: &segments, block: true, in_table: false };
        if html::read(&html, &mut self.elements, &mut self.out) {
            // A browser reads on as comment, whatever Markdown makes of it.
            let rest = self.text.as_bytes().get(range.end..).unwrap_or_default();
            if let Some(end) = memchr::memmem::find(rest, b"-->") {
                self.silent = range.end..range.end + end;
            }
        }
    }
}
