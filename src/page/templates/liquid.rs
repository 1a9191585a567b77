//! Liquid's tags (also Nunjucks', Tera's and Hexo's, which look the same).

use super::arguments::{FILTER, OUTPUT, TAG, Words};
use super::scan::Scan;
use super::{Filter, Syntax, TemplateCall, Unclosed, UnclosedKind};
use crate::source::{Span, line_before};

/// Blocks whose inside is no Markdown of the page: their text is code or dropped.
const OPAQUE: [&str; 3] = ["comment", "highlight", "codeblock"];
/// Blocks whose inside is Markdown in which braces are text.
const LITERAL: [&str; 2] = ["raw", "verbatim"];

/// Parses the tag at `span` of the file, `{{ … }}` or `{% … %}`.
fn parse(file: &str, span: Span) -> TemplateCall {
    let all = span.range();
    let bytes = file.as_bytes();
    let output = bytes.get(all.start + 1) == Some(&b'{');
    let trim = |at: usize| usize::from(matches!(bytes.get(at), Some(b'-' | b'+')));
    let start = all.start + 2 + trim(all.start + 2);
    let end = all.end.saturating_sub(2);
    let end = if end > start { end - trim(end - 1) } else { end };
    let mut words = Words::new(file, start.min(end), end);
    let syntax = if output { Syntax::Output } else { Syntax::Tag };
    let mut call = TemplateCall {
        span,
        syntax,
        name: Span::default(),
        closing: false,
        arguments: Box::default(),
        filters: Box::default(),
        in_destination: false,
    };
    if output {
        // `name(…)` is a Tera or Zola call; otherwise the first word is the value.
        let before = words.at;
        let called = words.word(b"(,|").is_some_and(|word| {
            call.name = word.span;
            word.quote.is_none() && bytes.get(words.at) == Some(&b'(') && words.at < end
        });
        if !called {
            call.name = Span::default();
            words.at = before;
        }
        call.arguments = words.arguments(&OUTPUT).into();
    } else {
        call.name = words.word(b"|(").map(|word| word.span).unwrap_or_default();
        call.arguments = words.arguments(&TAG).into();
    }
    let mut filters = Vec::new();
    while words.peek() == Some(b'|') {
        words.at += 1;
        let Some(name) = words.word(b":|(") else { continue };
        if matches!(words.peek(), Some(b':' | b'(')) {
            words.at += 1;
        }
        filters.push(Filter { name: name.span, arguments: words.arguments(&FILTER).into() });
    }
    call.filters = filters.into();
    call
}

/// Longest tag that is believed: beyond it, a stray opener is more likely.
const LONGEST: usize = 64 * 1024;
/// How far a quoted `}}` is skipped in search of the real closer.
const LONGEST_QUOTE: usize = 1024;

/// Finds every tag of `file[start..]`; with `comments`, what stands in `{# … #}` is blanked.
pub(super) fn scan(file: &str, start: usize, comments: bool) -> Scan {
    let bytes = file.as_bytes();
    let mut found = Scan::default();
    let mut closers = Closers { bytes, output: 0, tag: 0, opener: 0, hopeless: 0 };
    let mut missing: Vec<&'static str> = Vec::new();
    let mut at = start;
    while let Some(brace) = memchr::memchr(b'{', bytes.get(at..).unwrap_or_default()) {
        let open = at + brace;
        at = open + 1;
        let end = match bytes.get(open + 1) {
            Some(b'{') => closers.output(open),
            Some(b'%') => closers.tag(open),
            Some(b'#') if comments => {
                // One that is never closed is the author's text to Markdown, and the build's error.
                if let Some(length) = memchr::memmem::find(bytes.get(open + 2..).unwrap_or_default(), b"#}") {
                    at = open + 2 + length + 2;
                    found.blanks.push(Span::new(open, at));
                }
                continue;
            }
            _ => continue,
        };
        let Some(end) = end else {
            found.unclosed.push(Unclosed { span: Span::new(open, open + 2), kind: UnclosedKind::Delimiter });
            at = open + 2;
            continue;
        };
        let span = Span::new(open, end);
        let call = parse(file, span);
        let name = if call.syntax == Syntax::Tag { call.name.of(file) } else { "" };
        let opaque = OPAQUE.iter().find(|tag| **tag == name);
        // `{% set name %} … {% endset %}` keeps a text for later; with a value it is no block.
        let kept = (name == "set" && call.arguments.len() == 1).then_some(&"set");
        let opaque = opaque.or(kept);
        let block = opaque.or_else(|| LITERAL.iter().find(|tag| **tag == name)).copied();
        found.tags.push(span);
        found.calls.push(call);
        at = end;
        let Some(block) = block else { continue };
        let close = if missing.contains(&block) { None } else { end_tag(file, end, block) };
        let Some(close) = close else {
            missing.push(block);
            if kept.is_some() {
                continue;
            }
            found.unclosed.push(Unclosed { span, kind: UnclosedKind::EndTag });
            continue;
        };
        if opaque.is_some() || is_fenced(file, span, close) {
            found.blanks.push(Span { start: span.end, end: close.start });
        }
        found.tags.push(close);
        found.calls.push(parse(file, close));
        at = close.end as usize;
    }
    found
}

/// True where a fence of code stands directly behind the tag: it begins the line once the tag is gone.
fn is_fenced(file: &str, open: Span, close: Span) -> bool {
    let inside = Span { start: open.end, end: close.start }.of(file);
    let before = line_before(file, open.start as usize);
    let fence = ["```", "~~~"].into_iter().find(|fence| inside.starts_with(fence));
    before.trim().is_empty() && fence.is_some_and(|fence| inside.trim_end().ends_with(fence))
}

/// The next `{% endNAME %}`.
fn end_tag(file: &str, from: usize, name: &str) -> Option<Span> {
    let bytes = file.as_bytes();
    let mut at = from;
    while let Some(hit) = memchr::memmem::find(bytes.get(at..)?, name.as_bytes()) {
        let word = at + hit;
        at = word + name.len();
        let before = file.get(from..word)?;
        let Some(before) = before.strip_suffix("end") else { continue };
        let before = before.trim_end().trim_end_matches('-');
        let Some(before) = before.strip_suffix("{%") else { continue };
        // Liquid reads the name and nothing behind it: `{% endhighlight ruby %}` closes, too.
        let after = file.get(at..)?;
        let trimmed = after.trim_start();
        let trimmed = trimmed.strip_prefix('-').unwrap_or(trimmed);
        if trimmed.starts_with("%}") {
            return Some(Span::new(from + before.len(), file.len() - trimmed.len() + 2));
        }
        let line = after.get(..memchr::memchr(b'\n', after.as_bytes()).unwrap_or(after.len()))?;
        if line.starts_with([' ', '\t'])
            && let Some(close) = line.find("%}")
            && line.get(..close).is_some_and(|words| !words.contains("{%"))
        {
            return Some(Span::new(from + before.len(), at + close + 2));
        }
    }
    None
}

/// Looks for closers; each search goes on where the last ended, so that all of them together are linear.
struct Closers<'a> {
    bytes: &'a [u8],
    output: usize,
    tag: usize,
    opener: usize,
    /// Up to here no `{{` can close: a blank line comes first.
    hopeless: usize,
}

impl Closers<'_> {
    /// The end of the `{% … %}` at `open`: the first `%}`, unless another `{%` comes first that no quotes hold.
    fn tag(&mut self, open: usize) -> Option<usize> {
        let close = next(self.bytes, b"%}", open + 2, &mut self.tag)?;
        let opener = next(self.bytes, b"{%", open + 2, &mut self.opener).unwrap_or(usize::MAX);
        if opener < close {
            return self.quoting_tag(open, opener);
        }
        (close - open <= LONGEST).then_some(close + 2)
    }

    /// The end of the tag at `open` where the `{%` at `inner` is quoted in it, on one line: `{% abbr '{% tag %}' %}`.
    ///
    /// Source: Nunjucks' lexer, which reads what is quoted as a text.
    fn quoting_tag(&self, open: usize, inner: usize) -> Option<usize> {
        let line = self.bytes.get(open + 2..self.bytes.len().min(open + LONGEST_QUOTE))?;
        let line = line.get(..memchr::memchr(b'\n', line).unwrap_or(line.len()))?;
        let mut quote = None;
        for (at, &byte) in line.iter().enumerate() {
            if open + 2 + at == inner && quote.is_none() {
                return None;
            }
            if quote.is_none() && line.get(at..)?.starts_with(b"%}") {
                return Some(open + 2 + at + 2);
            }
            quote = step(quote, byte);
        }
        None
    }

    /// The end of the `{{ … }}` at `open`: the first `}}` outside quotes; no blank line inside.
    fn output(&mut self, open: usize) -> Option<usize> {
        if open < self.hopeless {
            return None;
        }
        let close = next(self.bytes, b"}}", open + 2, &mut self.output)?;
        let inside = self.bytes.get(open + 2..close)?;
        if close - open > LONGEST {
            return None;
        }
        if let Some(blank) = blank_line(inside) {
            self.hopeless = open + 2 + blank;
            return None;
        }
        let mut quote = None;
        for &byte in inside {
            quote = step(quote, byte);
        }
        if quote.is_some() {
            let beyond = self.bytes.get(close..self.bytes.len().min(close + LONGEST_QUOTE))?;
            let mut line_ends = 0;
            for (at, pair) in beyond.windows(2).enumerate() {
                if quote.is_none() && pair == b"}}" {
                    return Some(close + at + 2);
                }
                line_ends += usize::from(pair == b"\n\n");
                if line_ends > 0 {
                    break;
                }
                quote = pair.first().map_or(quote, |&byte| step(quote, byte));
            }
        }
        Some(close + 2)
    }
}

/// The quote that is open after this byte.
fn step(quote: Option<u8>, byte: u8) -> Option<u8> {
    match quote {
        Some(open) if open == byte => None,
        None if matches!(byte, b'"' | b'\'') => Some(byte),
        _ => quote,
    }
}

/// The next `needle` at or after `from`; `last` remembers the last hit (`usize::MAX`: there is none).
pub(super) fn next(bytes: &[u8], needle: &[u8], from: usize, last: &mut usize) -> Option<usize> {
    if *last < from {
        let rest = bytes.get(from..)?;
        let first = *needle.first()?;
        let hit =
            memchr::memchr_iter(first, rest).find(|at| rest.get(*at..).is_some_and(|hit| hit.starts_with(needle)));
        *last = hit.map_or(usize::MAX, |hit| from + hit);
    }
    (*last != usize::MAX).then_some(*last)
}

/// Where a line holds nothing but blanks.
pub(super) fn blank_line(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find(|&end| {
        let next = bytes.get(end + 1..).unwrap_or_default();
        next.iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r')) == Some(&b'\n')
    })
}
