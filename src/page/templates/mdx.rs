//! MDX: expressions in braces, comments, and the `import` and `export` lines at the margin.
//!
//! MDX is not parsed as JavaScript: braces are matched and hidden, so that attributes and destinations beside them can
//! be read. An expression that holds markup of its own is not looked into.

use super::liquid::next;
use super::literal::Literals;
use super::scan::{Import, Scan};
use super::{Syntax, TemplateCall};
use crate::page::html::{MarkdownElement, is_inline};
use crate::source::Span;

/// Finds expressions, comments and module lines of `file[start..]`, outside code. Unless `indented_code`, indents are
/// found that would begin a code block.
pub(super) fn scan(file: &str, start: usize, indented_code: bool) -> Scan {
    let mut found = Scan::default();
    let mut lines = Lines { open: Vec::new(), skip_to: 0, last: 0, literals: Literals::default() };
    let mut fence: Option<(u8, usize, bool, usize)> = None;
    // The place where a module statement begins, and how many of its brackets are open.
    let mut module: Option<(usize, i32)> = None;
    let mut blank_before = true;
    let mut at = start;
    let bytes = file.as_bytes();
    while at < bytes.len() {
        let from = at;
        at = memchr::memchr(b'\n', bytes.get(from..).unwrap_or_default()).map_or(bytes.len(), |end| from + end + 1);
        let line = bytes.get(from..at).unwrap_or_default();
        let text = line.trim_ascii();
        if let Some((begin, depth)) = &mut module {
            *depth += lines.brackets(bytes, from..at);
            if text.is_empty() && *depth <= 0 && from >= lines.skip_to {
                statements(file, Span::new(*begin, from), &mut found);
                module = None;
                blank_before = true;
            }
            continue;
        }
        // A literal or comment goes on, whatever its lines look like.
        if from < lines.skip_to {
            lines.braces(bytes, from..at, &mut found);
            blank_before = false;
            continue;
        }
        if text.is_empty() {
            lines.open.clear();
            blank_before = true;
            continue;
        }
        let marker = fence_marker(text);
        if fence.is_none() && marker.is_none() && text.first() == Some(&b'<') && lines.open.is_empty() {
            let begin = from + line.len() - line.trim_ascii_start().len();
            if let Some(end) = flow_tags(file, begin, &mut found.elements) {
                if !indented_code && blank_before && is_deep(line) {
                    found.indents.push(Span::new(from, begin));
                }
                let rest = bytes.get(end..).unwrap_or_default();
                at = memchr::memchr(b'\n', rest).map_or(bytes.len(), |line| end + line + 1);
                lines.braces(bytes, from..at, &mut found);
                // Tags alone on their line part blocks as an empty line does.
                blank_before = rest.get(..at.saturating_sub(end)).is_some_and(|tail| tail.trim_ascii().is_empty());
                if blank_before {
                    lines.open.clear();
                }
                continue;
            }
        }
        let indent = line.len() - line.trim_ascii_start().len();
        let deep = !indented_code && blank_before && lines.open.is_empty() && is_deep(line);
        let dedent = Span::new(from, from + indent);
        match (fence, marker) {
            (Some((byte, length, deep, opened)), Some((other, more)))
                if byte == other && more >= length && text.len() == more =>
            {
                // Without indented code, a fence ends at any indent.
                let deeper = !indented_code && !deep && indent >= opened + 4;
                found.indents.extend(deep.then_some(dedent));
                found.indents.extend(deeper.then(|| Span::new(from, from + indent - opened)));
                fence = None;
            }
            (None, Some((byte, length))) => {
                found.indents.extend(deep.then_some(dedent));
                fence = Some((byte, length, deep, indent));
            }
            _ => {}
        }
        if fence.is_some() || marker.is_some() {
            blank_before = false;
            continue;
        }
        if blank_before && (line.starts_with(b"import ") || line.starts_with(b"export ")) {
            module = Some((from, lines.brackets(bytes, from..at)));
            continue;
        }
        blank_before = false;
        found.indents.extend(deep.then_some(dedent));
        lines.braces(bytes, from..at, &mut found);
    }
    if let Some((begin, _)) = module {
        statements(file, Span::new(begin, file.len()), &mut found);
    }
    found
}

/// The tags of block-level elements and components that stand at the start of a line: in MDX, what follows them is
/// Markdown. The place after the last of them; nothing where there is none.
fn flow_tags(file: &str, begin: usize, found: &mut Vec<MarkdownElement>) -> Option<usize> {
    let bytes = file.as_bytes();
    let (mut at, mut last) = (begin, None);
    while bytes.get(at) == Some(&b'<') {
        let rest = file.get(at + 1..).unwrap_or_default();
        let name = rest.trim_start_matches('/');
        let length =
            name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))).unwrap_or(name.len());
        let name = name.get(..length).unwrap_or_default();
        if !is_flow(name, rest) {
            break;
        }
        let Some(end) = tag_end(bytes, at) else { break };
        found.push(MarkdownElement { tag: Span::new(at, end), close: Span::new(end, end) });
        last = Some(end);
        at = end;
        while matches!(bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
    }
    last
}

/// True for components, fragments and elements that are blocks. Text in some elements is not even for MDX Markdown.
fn is_flow(name: &str, rest: &str) -> bool {
    if name.is_empty() {
        return rest.starts_with('>') || rest.starts_with("/>");
    }
    let component = name.starts_with(|c: char| c.is_ascii_uppercase()) || name.contains('.');
    let lower = name.as_bytes();
    component
        || !(is_inline(lower) || matches!(lower, b"script" | b"style" | b"pre" | b"textarea" | b"svg" | b"math"))
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && !rest.get(name.len()..).is_some_and(|after| after.starts_with([':', '@']))
}

/// The place after the tag that begins at `at`, over quotes and expressions.
fn tag_end(bytes: &[u8], at: usize) -> Option<usize> {
    const REACH: usize = 8192;
    let (mut quote, mut depth) = (None, 0_u32);
    for (offset, &byte) in bytes.get(at + 1..)?.iter().take(REACH).enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'`') if depth > 0 => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') => depth = depth.saturating_sub(1),
            (None, b'>') if depth == 0 => return Some(at + offset + 2),
            (None, b'<') if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Four columns or more before the text.
fn is_deep(line: &[u8]) -> bool {
    line.first() == Some(&b'\t') || line.starts_with(b"    ")
}

/// Blanks the statements of a module block, and notes what they import.
fn statements(file: &str, block: Span, found: &mut Scan) {
    found.blanks.push(block);
    let mut at = block.start as usize;
    for line in block.of(file).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(rest) = line.strip_prefix("import") else { continue };
        // The names may stand on lines of their own; the file's name ends the statement.
        let statement = file.get(start..block.end as usize).unwrap_or_default();
        let tail = statement.get("import".len()..).unwrap_or_default();
        let Some(open) = tail.find(['"', '\'']) else { break };
        let Some(quote) = tail.get(open..).and_then(|text| text.chars().next()) else { break };
        let inside = tail.get(open + 1..).unwrap_or_default();
        let Some(length) = inside.find([quote, '\n']) else { break };
        let begin = start + "import".len();
        let from = Span::new(begin + open + 1, begin + open + 1 + length);
        let name = rest.trim_start();
        let lead = rest.len() - name.len();
        let length = name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(name.len());
        let name = Span::new(begin + lead, begin + lead + length);
        found.imports.push(Import { name, from, whole: Span::new(start, from.end as usize + 1) });
    }
}

/// What goes on from line to line.
struct Lines {
    /// Braces that are open.
    open: Vec<usize>,
    /// Braces before this are part of something that was taken as a whole.
    skip_to: usize,
    last: usize,
    literals: Literals,
}

impl Lines {
    /// Opening brackets of a line less the closing ones, outside strings.
    fn brackets(&mut self, bytes: &[u8], line: std::ops::Range<usize>) -> i32 {
        let (mut depth, mut quote) = (0, None);
        let mut at = line.start.max(self.skip_to);
        while let Some(&byte) = bytes.get(at).filter(|_| at < line.end) {
            match (quote, byte) {
                (None, b'`') => {
                    if let Some(end) = self.literals.end(bytes, at) {
                        self.skip_to = end;
                        at = end;
                        continue;
                    }
                }
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                (None, b'(' | b'[' | b'{') => depth += 1,
                (None, b')' | b']' | b'}') => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        depth
    }

    /// Finds the expressions and comments of a line.
    fn braces(&mut self, bytes: &[u8], line: std::ops::Range<usize>, found: &mut Scan) {
        let mut at = line.start;
        while let Some(hit) = next_mark(bytes, at, line.end) {
            at = hit + 1;
            if hit < self.skip_to {
                continue;
            }
            match bytes.get(hit) {
                // In an expression, backticks are a string, and its braces are balanced like others.
                Some(b'`') if self.open.is_empty() => at = after_code(bytes, hit, line.end),
                Some(b'{') if self.open.is_empty() && bytes.get(hit..).is_some_and(|rest| rest.starts_with(b"{/*")) => {
                    match next(bytes, b"*/}", hit + 3, &mut self.last) {
                        Some(end) => {
                            let span = Span::new(hit, end + 3);
                            found.comments.push(span);
                            found.blanks.push(span);
                            self.skip_to = span.end as usize;
                        }
                        None => self.open.push(hit),
                    }
                }
                Some(b'{') if hit == 0 || bytes.get(hit - 1) != Some(&b'\\') => {
                    self.open.push(hit);
                    if let Some(end) = self.literals.first_in(bytes, hit + 1) {
                        self.skip_to = end;
                    }
                }
                Some(b'}') => {
                    if let Some(begin) = self.open.pop()
                        && self.open.is_empty()
                    {
                        push(found, Span::new(begin, hit + 1));
                    }
                }
                _ => {}
            }
        }
    }
}

fn next_mark(bytes: &[u8], from: usize, end: usize) -> Option<usize> {
    memchr::memchr3(b'{', b'}', b'`', bytes.get(from..end)?).map(|at| from + at)
}

/// The place after the code span that begins at `at`; after its backticks when it does not end on the line.
fn after_code(bytes: &[u8], at: usize, end: usize) -> usize {
    let run = |from: usize| bytes.get(from..end).unwrap_or_default().iter().take_while(|b| **b == b'`').count();
    let length = run(at);
    let mut next = at + length;
    while let Some(hit) = memchr::memchr(b'`', bytes.get(next..end).unwrap_or_default()) {
        let other = run(next + hit);
        next += hit + other;
        if other == length {
            return next;
        }
    }
    at + length
}

fn push(found: &mut Scan, span: Span) {
    found.tags.push(span);
    found.calls.push(TemplateCall {
        span,
        syntax: Syntax::Expression,
        name: Span::default(),
        closing: false,
        arguments: Box::default(),
        filters: Box::default(),
        in_destination: false,
    });
}

/// The fence at the start of a line: its byte and its length.
pub(super) fn fence_marker(text: &[u8]) -> Option<(u8, usize)> {
    let byte = *text.first()?;
    let length = text.iter().take_while(|b| **b == byte).count();
    (matches!(byte, b'`' | b'~') && length >= 3).then_some((byte, length))
}
