//! Makes the shadow: the same length, the same line ends where they matter, and no tag left.
//!
//! What replaces a tag was measured on real sites. Letters keep a destination in one piece; a comment alone on its line
//! does not turn into a paragraph that swallows the definitions under it; spaces keep a list open; a scheme keeps
//! `<{{ url }}>` an autolink.

use super::scan::{Import, Scan};
use super::{TemplateCall, Unclosed, comments, includes, indented, kramdown, notes, tags, titles};
use crate::page::dialect::{AttributeLists, Dialect, HtmlBlocks};
use crate::page::html::{MarkdownElement, RawEnds, markdown_elements, raw_ends};
use crate::source::Span;

/// A body without template tags.
#[derive(Debug, Default)]
pub(in crate::page) struct Shadow {
    /// The body, masked; offsets count from the body's start.
    pub(in crate::page) text: String,
    /// The same as HTML reads it, where an element's end had to become a line end in `text`.
    pub(in crate::page) html: Option<String>,
    /// Every tag, in order.
    pub(in crate::page) calls: Vec<TemplateCall>,
    /// Every masked place, in order and apart: the tags, those that only print themselves, what was blanked.
    pub(in crate::page) masked: Vec<Span>,
    /// Tags that do not end.
    pub(in crate::page) unclosed: Vec<Unclosed>,
    /// `{/* … */}`.
    pub(in crate::page) comments: Vec<Span>,
    /// Files that MDX imports.
    pub(in crate::page) imports: Vec<Import>,
    /// Elements whose tags are masked because their content is Markdown.
    pub(in crate::page) elements: Vec<MarkdownElement>,
}

/// The shadow of `file[start..]`, or `None` when there is nothing to mask.
pub(in crate::page) fn shadow(file: &str, start: usize, dialect: &Dialect) -> Option<Shadow> {
    let scan = tags::scan(file, start, dialect);
    let mut scan = if dialect.includes { includes::add(scan, file, start) } else { scan };
    if dialect.attribute_lists == AttributeLists::Colon {
        scan.blanks.extend(kramdown::lists_before_definitions(file, start));
    }
    if dialect.wikilinks {
        scan.blanks.extend(notes::comments(file, start));
        scan.blanks.sort_unstable_by_key(|blank| blank.start);
    }
    if dialect.definitions_in_paragraphs {
        scan.blanks.extend(titles::with_brackets(file, start));
        scan.blanks.sort_unstable_by_key(|blank| blank.start);
    }
    if dialect.brackets_in_labels {
        for comment in comments::over_empty_lines(file, start) {
            // What goes on behind it must not look set in.
            let (first, end) = (comment.start as usize, comment.end as usize);
            let last = comment.of(file).rfind('\n').map_or(end, |line| first + line + 1);
            scan.blanks.push(Span::new(first, last));
            scan.indents.extend((last < end).then(|| Span::new(last, end)));
        }
        scan.blanks.sort_unstable_by_key(|blank| blank.start);
    }
    if dialect.outputs_are_text {
        scan.unclosed.retain(|unclosed| !unclosed.span.of(file).starts_with("{{"));
    }
    let mut elements = match dialect.html_blocks {
        HtmlBlocks::Commonmark | HtmlBlocks::Elements => std::mem::take(&mut scan.elements),
        kind => markdown_elements(file, start, kind == HtmlBlocks::MdInHtml),
    };
    let ends = match dialect.html_blocks {
        HtmlBlocks::Commonmark => RawEnds::default(),
        _ => raw_ends(file, start),
    };
    let RawEnds { cuts, inline } = ends;
    let items = indented::openings(file, start, dialect);
    let quiet = scan.tags.is_empty() && scan.blanks.is_empty() && scan.indents.is_empty() && scan.unclosed.is_empty();
    if quiet && elements.is_empty() && items.is_empty() && cuts.is_empty() && inline.is_empty() {
        return None;
    }
    let mut places: Vec<(Span, Fill)> = Vec::with_capacity(scan.tags.len() + scan.blanks.len());
    let lines = Lines { file: file.as_bytes(), start };
    let mut at = 0;
    while let Some(&first) = scan.tags.get(at) {
        let count = lines.tags_only(scan.tags.get(at..).unwrap_or_default());
        let fill = match () {
            () if count > 0 && lines.indented_text_follows(first) => Fill::Blanks,
            () if count > 0 => Fill::Comment,
            () if lines.opens_autolink(first) => Fill::Scheme,
            () => Fill::Letters,
        };
        places.push((first, fill));
        places.extend(scan.tags.get(at + 1..at + count).unwrap_or_default().iter().map(|tag| (*tag, Fill::Letters)));
        at += count.max(1);
    }
    // In the place of what opens a paragraph, blanks would make code of the rest.
    let fill = |blank: Span| if lines.opens_paragraph(blank) { Fill::LineEnds } else { Fill::Blanks };
    places.extend(scan.blanks.iter().map(|blank| (*blank, fill(*blank))));
    places.extend(scan.indents.iter().map(|indent| (*indent, Fill::LineEnds)));
    places.extend(inline.iter().map(|element| (element.tag, Fill::ReadAlone)));
    let apart = scan.blanks.is_empty() && scan.indents.is_empty() && elements.is_empty() && inline.is_empty();
    let overlapping = !(apart && items.is_empty());
    places.extend(items.into_iter().map(|item| (item, Fill::Item)));
    let tags = elements.iter().flat_map(|element| [element.tag, element.close]).filter(|tag| !tag.is_empty());
    places.extend(tags.map(|tag| (tag, if lines.alone(tag) { Fill::Blanks } else { Fill::Tag })));
    if overlapping {
        // A tag of the template language inside a start tag goes with it.
        places.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        places.retain(|(span, _)| {
            let apart = span.start >= end;
            end = end.max(span.end);
            apart
        });
    }
    // Whole characters are replaced, so text is joined to text and nothing needs to be validated again.
    let mut text = String::with_capacity(file.len() - start);
    let mut from = start;
    for (span, fill) in &places {
        text.push_str(file.get(from..span.start as usize)?);
        fill.write(span.of(file), &mut text);
        from = span.end as usize;
    }
    text.push_str(file.get(from..)?);
    places.retain(|(_, fill)| *fill != Fill::ReadAlone);
    let masked = places.into_iter().map(|(span, _)| span).collect();
    debug_assert_eq!(text.len(), file.len() - start);
    let html = (!cuts.is_empty()).then(|| text.clone());
    for cut in cuts {
        // A tag of the template language may have taken the place.
        if text.get(cut.clone()).is_some_and(|end| end.ends_with('>')) {
            text.replace_range(cut.clone(), if cut.len() == 1 { "\n" } else { "\n\n" });
        }
    }
    elements.extend(inline);
    elements.sort_by_key(|element| element.tag.start);
    let Scan { calls, unclosed, comments, imports, .. } = scan;
    Some(Shadow { text, html, calls, masked, unclosed, comments, imports, elements })
}

/// What a tag is replaced by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fill {
    /// `xxxx`
    Letters,
    /// `xx:xxxx`: what stands in `<…>` stays an autolink.
    Scheme,
    /// `<!--xx-->`: alone on its line, and no paragraph.
    Comment,
    /// Blanks; line ends stay.
    Blanks,
    /// Blanks for a tag that is read on its own and is no template's.
    ReadAlone,
    /// `<xxxx>`: a tag within a line of text.
    Tag,
    /// Empty lines: what follows begins a block of its own.
    LineEnds,
    /// `-   ****`: the start of a list item, whose text is indented by four, and a rule in it.
    Item,
}

impl Fill {
    fn write(self, tag: &str, out: &mut String) {
        let letters = |out: &mut String, count: usize| out.extend(std::iter::repeat_n('x', count));
        match self {
            Fill::Letters => letters(out, tag.len()),
            Fill::Scheme => {
                out.push_str("xx:");
                letters(out, tag.len() - 3);
            }
            Fill::Comment => {
                out.push_str("<!--");
                letters(out, tag.len() - 7);
                out.push_str("-->");
            }
            Fill::Tag => {
                out.push('<');
                letters(out, tag.len().saturating_sub(2));
                out.push('>');
            }
            Fill::LineEnds => out.extend(std::iter::repeat_n('\n', tag.len())),
            Fill::Item => out.extend(tag.bytes().enumerate().map(|(at, _)| match at {
                0 => '-',
                1..=3 => ' ',
                _ => '*',
            })),
            Fill::Blanks | Fill::ReadAlone => {
                let blank = |byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
                out.extend(tag.bytes().map(blank));
            }
        }
    }
}

/// Looks at the lines that tags stand on.
struct Lines<'a> {
    file: &'a [u8],
    start: usize,
}

impl Lines<'_> {
    /// Nothing but blanks on its line.
    fn alone(&self, tag: Span) -> bool {
        let before = self.file.get(self.start..tag.start as usize).unwrap_or_default();
        let blanks = before.iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
        matches!(before.get(..before.len() - blanks), Some([] | [.., b'\n']))
            && ends_line(self.file.get(tag.end as usize..).unwrap_or_default())
    }

    /// At the start of its line, below an empty one or nothing, with text behind it.
    fn opens_paragraph(&self, blank: Span) -> bool {
        let before = self.file.get(self.start..blank.start as usize).unwrap_or_default();
        let above = before.trim_ascii_end();
        let apart = before.get(above.len()..).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
        let own = matches!(before.last(), None | Some(b'\n'));
        own && (above.is_empty() || apart >= 2) && !ends_line(self.file.get(blank.end as usize..).unwrap_or_default())
    }

    /// Directly after `<`.
    fn opens_autolink(&self, tag: Span) -> bool {
        tag.len() > 3 && self.file.get((tag.start as usize).wrapping_sub(1)) == Some(&b'<')
    }

    /// How many of the tags make up a whole line with the first at its start; 0 when there is other text on the line, or
    /// the first is too short for a comment, or prints something (`{{ … }}`).
    fn tags_only(&self, tags: &[Span]) -> usize {
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
