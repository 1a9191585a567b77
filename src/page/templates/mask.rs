//! Makes the shadow: the same length, the same line ends where they matter, and no tag left.
//!
//! What replaces a tag was measured on real sites. Letters keep a destination in one piece; a comment alone on its line
//! does not turn into a paragraph that swallows the definitions under it; spaces keep a list open; a scheme keeps
//! `<{{ url }}>` an autolink.

use super::{TemplateCall, Unclosed, hugo, liquid, mdx};
use crate::page::dialect::{Dialect, Templates};
use crate::source::Span;

/// A body without template tags.
#[derive(Debug, Default)]
pub(in crate::page) struct Shadow {
    /// The body, masked; offsets count from the body's start.
    pub(in crate::page) text: String,
    /// Every tag, in order.
    pub(in crate::page) calls: Vec<TemplateCall>,
    /// Every masked place, in order and apart: the tags, those that only print themselves, what was blanked.
    pub(in crate::page) masked: Vec<Span>,
    /// Tags that do not end.
    pub(in crate::page) unclosed: Vec<Unclosed>,
    /// `{/* … */}`.
    pub(in crate::page) comments: Vec<Span>,
}

/// What a scanner found; spans are into the file.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Tags to mask, in order and apart.
    pub(super) tags: Vec<Span>,
    /// Parsed tags, in order.
    pub(super) calls: Vec<TemplateCall>,
    /// What to blank between tags; line ends stay.
    pub(super) blanks: Vec<Span>,
    /// Tags that do not end.
    pub(super) unclosed: Vec<Unclosed>,
    /// Comments of the template language.
    pub(super) comments: Vec<Span>,
}

/// The shadow of `file[start..]`, or `None` when there is nothing to mask.
pub(in crate::page) fn shadow(file: &str, start: usize, dialect: &Dialect) -> Option<Shadow> {
    let scan = match dialect.templates {
        Templates::None => return None,
        Templates::Liquid => liquid::scan(file, start),
        Templates::Hugo => hugo::scan(file, start),
        Templates::Mdx => mdx::scan(file, start),
    };
    if scan.tags.is_empty() && scan.blanks.is_empty() && scan.unclosed.is_empty() {
        return None;
    }
    let mut bytes = file.as_bytes().get(start..)?.to_vec();
    let mut fill = Filler { file: file.as_bytes(), start, bytes: &mut bytes };
    for &blank in &scan.blanks {
        fill.blank(blank);
    }
    let mut at = 0;
    while let Some(&first) = scan.tags.get(at) {
        let end = fill.line_of_tags(scan.tags.get(at..).unwrap_or_default());
        fill.first(first, end > 0);
        for &tag in scan.tags.get(at + 1..at + end).unwrap_or_default() {
            fill.letters(tag);
        }
        at += end.max(1);
    }
    let text = String::from_utf8(bytes).ok()?;
    let mut masked = scan.tags;
    masked.extend(scan.blanks);
    masked.sort();
    Some(Shadow { text, calls: scan.calls, masked, unclosed: scan.unclosed, comments: scan.comments })
}

struct Filler<'a> {
    file: &'a [u8],
    start: usize,
    bytes: &'a mut [u8],
}

impl Filler<'_> {
    fn at(&mut self, span: Span) -> &mut [u8] {
        let range = (span.start as usize).saturating_sub(self.start)..(span.end as usize).saturating_sub(self.start);
        self.bytes.get_mut(range).unwrap_or_default()
    }

    fn letters(&mut self, tag: Span) {
        self.at(tag).fill(b'x');
    }

    fn blank(&mut self, span: Span) {
        for byte in self.at(span) {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// A tag that is not preceded by another one on a line of tags only.
    fn first(&mut self, tag: Span, alone: bool) {
        let opens_autolink = self.file.get((tag.start as usize).wrapping_sub(1)) == Some(&b'<');
        if alone && self.indented_text_follows(tag) {
            return self.blank(tag);
        }
        let bytes = self.at(tag);
        bytes.fill(b'x');
        if alone {
            let length = bytes.len();
            bytes.get_mut(..4).unwrap_or_default().copy_from_slice(b"<!--");
            bytes.get_mut(length - 3..).unwrap_or_default().copy_from_slice(b"-->");
        } else if opens_autolink && let Some(colon) = bytes.get_mut(2) {
            *colon = b':';
        }
    }

    /// How many of the tags make up a whole line with the first at its start; 0 when there is other text on the line, or
    /// the first is too short for a comment, or prints something (`{{ … }}`).
    fn line_of_tags(&self, tags: &[Span]) -> usize {
        let Some(first) = tags.first() else { return 0 };
        let before = self.file.get(self.start..first.start as usize).unwrap_or_default();
        let blanks_before = before.iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let at_line_start =
            before.len() == blanks_before || before.get(before.len() - blanks_before - 1) == Some(&b'\n');
        if first.len() < 7 || !at_line_start {
            return 0;
        }
        let mut from = first.start as usize;
        for (count, tag) in tags.iter().enumerate() {
            let gap = self.file.get(from..tag.start as usize).unwrap_or_default();
            if !gap.iter().all(|b| matches!(b, b' ' | b'\t')) {
                return if ends_line(gap) { count } else { 0 };
            }
            let text = self.file.get(tag.range()).unwrap_or_default();
            if memchr::memchr(b'\n', text).is_some() || prints(text) {
                return 0;
            }
            from = tag.end as usize;
        }
        if ends_line(self.file.get(from..).unwrap_or_default()) { tags.len() } else { 0 }
    }

    /// The next line with text is indented like code and is no HTML: a comment at the margin would end the list that
    /// it belongs to.
    fn indented_text_follows(&self, tag: Span) -> bool {
        let rest = self.file.get(tag.end as usize..).unwrap_or_default();
        let text = rest.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(rest.len());
        let line = rest.get(..text).unwrap_or_default();
        let indent = line.iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let indent = line.get(line.len() - indent..).unwrap_or_default();
        let code = indent.len() >= 4 || indent.contains(&b'\t');
        code && line.contains(&b'\n') && !matches!(rest.get(text), None | Some(b'<'))
    }
}

/// Blanks up to the line's or the text's end.
fn ends_line(rest: &[u8]) -> bool {
    let text = rest.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r')).unwrap_or(rest.len());
    matches!(rest.get(text), None | Some(b'\n'))
}

/// `{{ value }}` puts text on the page; `{% … %}` and shortcodes are taken for blocks of their own.
fn prints(tag: &[u8]) -> bool {
    tag.starts_with(b"{{") && !matches!(tag.get(2), Some(b'<' | b'%'))
}
