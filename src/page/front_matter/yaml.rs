//! YAML front matter.
//!
//! What the site's generator reads must not be called broken: what only our parser refuses (quoted texts that go on in
//! the first column, comments without a blank before them, tabs inside brackets
//! and quotes) is smoothed away in a shadow copy.

use super::events::{Granit, Problem, Stop};
use super::shadow::{Indents, Offsets, continued, flow_without_tabs, indented, quotes_without_tabs};
use super::tree::{Builder, Tree};
use crate::source::Span;

/// Bytes of shadow copies that may be parsed for one front matter before we give up smoothing.
const SHADOW_BUDGET: usize = 4 << 20;

/// Parses a part of a file; the offset of an error is one of the file.
pub(super) fn parse(file: &str, span: Span) -> Result<Tree, Stop> {
    let text = span.of(file);
    let base = span.start as usize;
    let mut indents: Indents = Vec::new();
    let mut spent = 0;
    let mut stop = match build(file, text, &Offsets::at(base)) {
        Ok(tree) => return Ok(tree),
        Err(stop) => stop,
    };
    let quotes = quotes_without_tabs(text);
    let blanks = flow_without_tabs(quotes.as_deref().unwrap_or(text)).or(quotes);
    if let Some(blanks) = &blanks {
        match build(file, blanks, &Offsets::at(base)) {
            Ok(tree) => return Ok(tree),
            Err(other) => stop = other,
        }
    }
    let text = blanks.as_deref().unwrap_or(text);
    while spent < SHADOW_BUDGET {
        let floor = indents.last().map_or(0, |&(line, _)| line);
        let more = match stop.problem {
            Problem::QuotedContinuation => continued(text, stop.at - base, floor),
            Problem::GluedComment => Some(vec![(stop.at - base, 1)]),
            _ => None,
        };
        // Each round must get further, or there is no end.
        let Some(more) = more.filter(|more| indents.is_empty() || more.first().is_some_and(|&(at, _)| at > floor))
        else {
            break;
        };
        indents.extend(more);
        let (copy, offsets) = indented(text, base, &indents);
        spent += copy.len();
        stop = match build(file, &copy, &offsets) {
            Ok(tree) => return Ok(tree),
            Err(stop) => stop,
        };
    }
    Err(stop)
}

/// Parses a text that stands for a part of the file; `offsets` lead back to that.
pub(super) fn build(file: &str, parsed: &str, offsets: &Offsets) -> Result<Tree, Stop> {
    let builder = Builder { parsed, file, offsets };
    builder.read(&mut Granit::new(parsed)).map_err(|stop| Stop { at: offsets.file(stop.at), ..stop })
}
