//! The lines of an HTML block, put together without copying where they lie side by side.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::CowStr;

use super::destination;
use crate::page::html::Segments;

/// An HTML block that is being read.
#[derive(Debug, Default)]
pub(super) struct HtmlBlock {
    /// All lines so far, when they are one piece of the body.
    whole: Option<Range<usize>>,
    /// Else the lines, put together.
    joined: String,
    segments: Segments,
}

impl HtmlBlock {
    /// Adds a line, or the blanks that the parser makes of a tab in a container. `html` is the body as HTML reads it.
    pub(super) fn push(&mut self, body: &str, html: &str, line: &CowStr<'_>) {
        let at = destination::pointer(body, line);
        if self.joined.is_empty() {
            match (&mut self.whole, &at) {
                (None, Some(at)) => return self.whole = Some(at.clone()),
                (Some(whole), Some(at)) if whole.end == at.start => return whole.end = at.end,
                _ => {}
            }
            if let Some(whole) = self.whole.take() {
                self.segments.push(0, whole.start, whole.len());
                self.joined.push_str(html.get(whole).unwrap_or_default());
            }
        }
        let Some(at) = at else { return self.joined.push_str(line) };
        self.segments.push(self.joined.len(), at.start, at.len());
        self.joined.push_str(html.get(at).unwrap_or_default());
    }

    /// The block's text and the way back.
    pub(super) fn finish(self, body: &str) -> (Cow<'_, str>, Segments) {
        match self.whole {
            Some(whole) => {
                let segments = Segments::whole(whole.start, whole.len());
                (Cow::Borrowed(body.get(whole).unwrap_or_default()), segments)
            }
            None => (Cow::Owned(self.joined), self.segments),
        }
    }
}
