//! Hugo's shortcodes.

use super::arguments::{SHORTCODE, Words};
use super::liquid::next;
use super::scan::Scan;
use super::{Syntax, TemplateCall, Unclosed, UnclosedKind};
use crate::source::Span;

/// Shortcodes whose inside is no Markdown.
const OPAQUE: [&str; 2] = ["highlight", "comment"];

/// Parses the shortcode at `span` of the file; `None` when it is escaped, `{{</* … */>}}`: then it only prints itself.
fn parse(file: &str, span: Span) -> Option<TemplateCall> {
    let bytes = file.as_bytes();
    let mut start = span.start as usize + 3;
    let mut end = (span.end as usize).saturating_sub(3).max(start);
    if file.get(start..end)?.trim_start().starts_with("/*") {
        return None;
    }
    if bytes.get(end.wrapping_sub(1)) == Some(&b'/') && end > start {
        end -= 1;
    }
    let mut words = Words::new(file, start, end);
    let closing = words.peek() == Some(b'/');
    if closing {
        start = words.at + 1;
        words = Words::new(file, start, end);
    }
    let syntax =
        if bytes.get(span.start as usize + 2) == Some(&b'<') { Syntax::Shortcode } else { Syntax::MarkdownShortcode };
    Some(TemplateCall {
        span,
        syntax,
        closing,
        name: words.word(b"").map(|word| word.span).unwrap_or_default(),
        arguments: words.arguments(&SHORTCODE).into(),
        filters: Box::default(),
        in_destination: false,
    })
}

/// Longest shortcode that is believed.
const LONGEST: usize = 64 * 1024;
/// How far a quoted closer is skipped in search of the real one.
const LONGEST_QUOTE: usize = 4 * 1024;

/// Finds every shortcode of `file[start..]`.
pub(super) fn scan(file: &str, start: usize) -> Scan {
    let bytes = file.as_bytes();
    let mut found = Scan::default();
    // The last hits of `>}}` and `%}}`.
    let mut last = [0, 0];
    let mut missing: Vec<&'static str> = Vec::new();
    let mut opaque: Option<(&'static str, Span)> = None;
    let mut at = start;
    while let Some(hit) = memchr::memchr(b'{', bytes.get(at..).unwrap_or_default()) {
        let open = at + hit;
        at = open + 1;
        if bytes.get(at) != Some(&b'{') {
            continue;
        }
        let (closer, last): (&[u8], _) = match (bytes.get(open + 2), &mut last) {
            (Some(b'<'), [angle, _]) => (b">}}", angle),
            (Some(b'%'), [_, percent]) => (b"%}}", percent),
            _ => continue,
        };
        let end = next(bytes, closer, open + 3, last).filter(|close| close - open <= LONGEST);
        let Some(end) = end.map(|close| unquoted(bytes, open + 3, close, closer) + 3) else {
            if opaque.is_none() {
                found.unclosed.push(Unclosed { span: Span::new(open, open + 3), kind: UnclosedKind::Delimiter });
            }
            continue;
        };
        let span = Span::new(open, end);
        let call = parse(file, span);
        let name = call.as_ref().map_or("", |call| call.name.of(file));
        let closing = call.as_ref().is_some_and(|call| call.closing);
        if let Some((inside, begin)) = opaque {
            if !(closing && name == inside) {
                at = end;
                continue;
            }
            found.blanks.push(Span { start: begin.end, end: span.start });
            opaque = None;
        } else if !closing
            && let Some(name) = OPAQUE.iter().copied().find(|opaque| *opaque == name)
            && !missing.contains(&name)
        {
            if ends_later(bytes, end, name) {
                opaque = Some((name, span));
            } else {
                missing.push(name);
            }
        }
        found.tags.push(span);
        found.calls.extend(call);
        at = end;
    }
    found
}

/// True when a closing shortcode of that name seems to follow.
fn ends_later(bytes: &[u8], from: usize, name: &str) -> bool {
    let rest = bytes.get(from..).unwrap_or_default();
    memchr::memmem::find_iter(rest, b"{{").any(|at| {
        let tag = rest.get(at + 2..).unwrap_or_default();
        let inside = tag.strip_prefix(b"<").or_else(|| tag.strip_prefix(b"%")).unwrap_or_default();
        let inside = inside.trim_ascii_start().strip_prefix(b"/").map(<[u8]>::trim_ascii_start);
        inside.is_some_and(|inside| inside.starts_with(name.as_bytes()))
    })
}

/// The first closer outside quotes at or after `close`, where the first one of all is; that one itself if none is near.
fn unquoted(bytes: &[u8], start: usize, close: usize, closer: &[u8]) -> usize {
    let quotes = |byte: &u8| matches!(byte, b'"' | b'`');
    let mut quote = None;
    let mut escaped = false;
    // `\"…\"` are quotes as well.
    let mut escaped_quote = false;
    let limit = bytes.len().min(close + LONGEST_QUOTE);
    let Some(inside) = bytes.get(start..limit) else { return close };
    for (at, byte) in inside.iter().enumerate() {
        let place = start + at;
        if quote.is_none() && place >= close && bytes.get(place..).is_some_and(|rest| rest.starts_with(closer)) {
            return place;
        }
        match quote {
            Some(b'"') if escaped && escaped_quote && *byte == b'"' => {
                (quote, escaped, escaped_quote) = (None, false, false)
            }
            None if escaped && *byte == b'"' => (quote, escaped, escaped_quote) = (Some(b'"'), false, true),
            _ if escaped => escaped = false,
            None if *byte == b'\\' => escaped = true,
            Some(b'"') if *byte == b'\\' => escaped = true,
            Some(open) if open == *byte => quote = None,
            None if quotes(byte) => quote = Some(*byte),
            _ => {}
        }
    }
    close
}
