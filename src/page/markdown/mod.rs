//! The pass over a page's Markdown.
//!
//! pulldown-cmark is run once, with offsets; each event goes to whatever collects it. Destinations, definitions and
//! headings are read here; HTML goes to `html`, templates were masked before.

mod afterwards;
mod attribute_list;
mod bare_url;
mod broken_links;
mod containers;
mod definitions;
mod destination;
mod explicit_id;
mod fences;
mod heading;
mod html_block;
mod imports;
mod in_paragraphs;
mod linking;
mod needles;
mod open;
mod parameters;
mod raw_html;
mod reader;
mod snippets;
mod text;

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser};

use super::body::Body;
use super::collector::Collector;
use super::dialect::Dialect;
use super::templates::{Shadow, shadow};
use in_paragraphs::InParagraphs;
use reader::Reader;

impl Body {
    /// Reads a page's body: `file` is the whole text, `start` the byte after the front matter (and byte order mark).
    /// A `start` that is no character boundary of the text gives an empty body.
    #[must_use]
    pub fn read(file: &str, start: usize, dialect: &Dialect) -> Body {
        read(file, start, dialect)
    }
}

/// Reads the body that starts at byte `start` of the file.
fn read(file: &str, start: usize, dialect: &Dialect) -> Body {
    let mended = if dialect.containers { containers::mend(file, start) } else { None };
    let taken_out = if dialect.fences_in_html { fences::take_out(file, start) } else { None };
    let read = mended.as_deref().or(taken_out.as_ref().map(|(text, _)| text.as_str())).unwrap_or(file);
    let Some(plain) = read.get(start..) else { return Body::default() };
    let shadow = shadow(read, start, dialect);
    let mut body = Body::default();
    let mut imported = Vec::new();
    let (text, html, masked, elements) = match shadow {
        Some(Shadow { text, html, calls, masked, unclosed, comments, imports, elements }) => {
            (body.calls, body.unclosed, body.comments) = (calls, unclosed, comments);
            imported = imports;
            (Some(text), html, masked, elements)
        }
        None => (None, None, Vec::new(), Vec::new()),
    };
    let text = text.as_deref().unwrap_or(plain);
    let html = html.as_deref().unwrap_or(text);
    let mut out = Collector { file, start, dialect, masked, body };
    parameters::links(&mut out);
    imports::links(&imported, &mut out);

    // The parser lends the definitions and keeps the callback, so the list of broken references is shared.
    let broken: RefCell<Vec<Range<usize>>> = RefCell::default();
    let apart = !dialect.definitions_in_paragraphs;
    let in_paragraphs = (!apart || dialect.brackets_in_labels).then(|| InParagraphs::of(text, apart));
    let on_broken = |link: BrokenLink<'_>| {
        // A definition looks like a reference to itself.
        let colon = || text.as_bytes().get(link.span.end) == Some(&b':');
        let itself = || link.link_type == LinkType::Shortcut && colon();
        if let Some(destination) = in_paragraphs.as_ref().and_then(|known| known.destination(&link.reference))
            && !itself()
        {
            return Some((destination, CowStr::Borrowed("")));
        }
        match link.link_type {
            LinkType::Reference => broken.borrow_mut().push(link.span),
            // Its span leaves out the empty brackets.
            LinkType::Collapsed => broken.borrow_mut().push(link.span.start..link.span.end + 2),
            _ => {}
        }
        None
    };
    let mut events = Parser::new_with_broken_link_callback(text, options(dialect), Some(on_broken)).into_offset_iter();
    // What bodies of that length usually hold: growing the lists step by step costs more than a tenth of the parse.
    out.body.prose.reserve(text.len());
    out.body.links.reserve(text.len() / 512);
    out.body.blocks.reserve(text.len() / 256);
    out.body.headings.reserve(text.len() / 2048);
    out.body.code_blocks.reserve(text.len() / 2048);
    let mut reader = Reader::new(text, html, &elements, out);
    for (event, range) in events.by_ref() {
        reader.event(event, range);
    }
    let mut body = reader.finish(events.reference_definitions(), broken.take());
    for label in in_paragraphs.iter().flat_map(InParagraphs::bracketed) {
        let is_in = |at: u32| (at as usize).checked_sub(start).is_some_and(|at| label.contains(&at));
        body.links.retain(|link| !is_in(link.whole.start));
    }
    if let Some((_, code)) = taken_out {
        body.code_blocks.extend(code);
        body.code_blocks.sort_unstable();
    }
    parameters::forget_code(file, &mut body);
    quotations(file, &mut body);
    body
}

/// `{% blockquote %} … {% endblockquote %}` and its like quote as `>` does.
fn quotations(file: &str, body: &mut Body) {
    let mut opened = None;
    for call in &body.calls {
        match call.name.of(file) {
            "blockquote" | "quote" | "pullquote" => opened = Some(call.span.end),
            "endblockquote" | "endquote" | "endpullquote" => {
                if let Some(from) = opened.take() {
                    body.prose.quote(from, call.span.start);
                }
            }
            _ => {}
        }
    }
}

/// What the parser is asked to know. Front matter, heading attributes and bare URLs are our own business: the parser
/// takes `{…}` at a heading's end and `---` in a body for more than they are.
pub(super) fn options(dialect: &Dialect) -> Options {
    let mut options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
    options.set(Options::ENABLE_FOOTNOTES, dialect.footnotes);
    options.set(Options::ENABLE_WIKILINKS, dialect.wikilinks);
    options.set(Options::ENABLE_MATH, dialect.math);
    options
}
