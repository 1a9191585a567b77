//! Headings that Python-Markdown reads and CommonMark does not: `##Title` without a blank, and the line below a tag that
//! stands alone (`<br>`), which is text there.
//!
//! Source: Python-Markdown 3, `blockprocessors.py` (`HashHeaderProcessor`) and `htmlparser.py`.

use crate::generators::heading_ids::Algorithm;
use crate::generators::python_markdown;
use crate::page::body::Body;
use crate::source::Span;

/// The ids of all lines that begin with hashes and are no headings of the body's: accepted, whatever stands around them.
pub fn ids<'t>(text: &'t str, body: &'t Body, algorithm: Algorithm) -> impl Iterator<Item = Box<str>> + 't {
    let text = if algorithm.is_python() { text } else { "" };
    let begins = |at: &usize| at.checked_sub(1).is_none_or(|before| text.as_bytes().get(before) == Some(&b'\n'));
    let is_heading = |at: usize| {
        let next = body.headings.partition_point(|heading| (heading.span.start as usize) < at);
        body.headings.get(next).is_some_and(|heading| heading.span.start as usize == at)
    };
    memchr::memchr_iter(b'#', text.as_bytes()).filter(begins).filter_map(move |at| {
        if is_heading(at) || body.begins_in_code(Span::new(at, at)) {
            return None;
        }
        let line = text.get(at..)?.lines().next()?;
        let said = line.trim_start_matches('#').trim_end_matches('#');
        let id = python_markdown::slug(said.trim(), algorithm, "-").filter(|id| !id.is_empty())?;
        Some(id.into())
    })
}
