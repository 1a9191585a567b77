//! The few lines that a finding shows, cut out of the file before miette sees it.
//!
//! miette looks for a span by reading the source from its first byte, again for every label and heading, and prints a
//! line whole even if it is a megabyte. Here it is handed only the lines of the span, at most a screen wide, with
//! everything in them visible; its drawing stays what it would be for the whole file.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthChar as _;

use super::inert;
use super::texts::Text;
use crate::source::{Position, Span};

/// A span over more lines than this is shown by its first one.
const MOST_LINES: usize = 6;
/// The most columns before and after the span on a line that is too long.
const AROUND: usize = 60;
/// A line is cut after this many characters even if they take no columns (combining marks).
const MOST_CHARS: usize = 600;
/// Columns of a tab stop, as miette draws it.
pub(super) const TAB: usize = 4;

/// Lines of a file around one span.
#[derive(Debug)]
pub struct Excerpt {
    text: String,
    name: String,
    first_line: usize,
    start: Position,
    label: SourceSpan,
    lines_left: usize,
}

impl Excerpt {
    /// Cuts the lines of `span`, with `context` more before and after, to `width` columns. `name` is shown above them.
    #[must_use]
    pub fn new(source: &Text, span: Span, name: String, width: usize, context: usize) -> Self {
        let (text, lines) = (source.as_str(), source.lines());
        let span = Span::new((span.start as usize).min(text.len()), (span.end as usize).min(text.len()));
        let first = lines.line_of(span.start as usize);
        let last = lines.line_of((span.end as usize).saturating_sub(1)).max(first);
        let (shown, lines_left) = if last - first < MOST_LINES { (last, 0) } else { (first, last - first) };
        let top = first.saturating_sub(context);
        let bottom = (shown + context).min(lines.lines().saturating_sub(1));
        let mut cut = Cut { text, span, out: String::new(), start: None, end: None };
        for line in top..=bottom {
            let content = lines.line_span(text, line);
            let next = lines.line_span(text, line + 1).start as usize;
            cut.line(content, width);
            if line == shown && lines_left > 0 {
                cut.end.get_or_insert(cut.out.len());
            }
            cut.line_end(content.end as usize, next);
        }
        let start = cut.start.unwrap_or(cut.out.len());
        let end = cut.end.unwrap_or(cut.out.len()).max(start);
        Excerpt {
            name,
            first_line: top,
            start: source.position(span.start as usize),
            label: (start, end - start).into(),
            lines_left,
            text: crate::secrets::hidden(&cut.out).into_owned(),
        }
    }

    /// The span's place in the excerpt.
    #[must_use]
    pub fn label(&self) -> SourceSpan {
        self.label
    }

    /// Lines of the span that the excerpt leaves out.
    #[must_use]
    pub fn lines_left(&self) -> usize {
        self.lines_left
    }

    /// Columns from the edge of the text to the middle of the mark: where its label starts.
    #[must_use]
    pub fn label_column(&self) -> usize {
        let part = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default();
        let line = part(0, self.label.offset()).rfind('\n').map_or(0, |at| at + 1);
        let columns = |text: &str| text.chars().map(columns_of).sum::<usize>();
        let marked = part(self.label.offset(), self.label.offset() + self.label.len());
        columns(part(line, self.label.offset())) + columns(marked) / 2
    }
}

/// Columns that a character takes once it is shown.
fn columns_of(c: char) -> usize {
    match c {
        '\t' => TAB,
        '\0'..='\u{1f}' | '\u{7f}' => 1,
        _ if inert::is_hidden(c) => 8,
        _ => c.width().unwrap_or(0),
    }
}

/// The excerpt while it grows.
struct Cut<'t> {
    text: &'t str,
    span: Span,
    out: String,
    start: Option<usize>,
    end: Option<usize>,
}

impl Cut<'_> {
    /// Adds a line, or as much of it as fits around what matters in it.
    fn line(&mut self, content: Span, width: usize) {
        let mut whole = content.range();
        // A byte order mark is shown where it is the matter.
        if whole.start == 0 && self.span.start >= 3 && self.text.starts_with('\u{feff}') {
            whole.start = 3;
        }
        let window = self.window(whole.clone(), width);
        if window.start > whole.start {
            self.out.push('…');
        }
        let mut previous = self.text.get(..window.start).and_then(|before| before.chars().next_back());
        for (at, c) in self.text.get(window.clone()).unwrap_or_default().char_indices() {
            self.mark(window.start + at);
            if c == '\t' {
                self.out.push(c);
            } else {
                inert::push(&mut self.out, previous, c);
            }
            previous = Some(c);
        }
        if window.end < whole.end {
            if (self.span.end as usize) <= whole.end {
                self.mark(self.span.end as usize);
            }
            self.out.push('…');
        }
        self.mark(whole.end);
    }

    /// Adds the line's end as miette expects it.
    fn line_end(&mut self, content_end: usize, next: usize) {
        match self.text.get(content_end..next).unwrap_or_default() {
            "" => {}
            "\r\n" => {
                self.out.push('\r');
                self.mark(content_end + 1);
                self.out.push('\n');
            }
            _ => self.out.push('\n'),
        }
    }

    /// Notes that the excerpt has come to this byte of the text.
    fn mark(&mut self, at: usize) {
        if at >= self.span.start as usize {
            self.start.get_or_insert(self.out.len());
        }
        if at >= self.span.end as usize {
            self.end.get_or_insert(self.out.len());
        }
    }

    /// The part of a line to show. Looks at no more of the line than may be shown.
    fn window(&self, line: std::ops::Range<usize>, width: usize) -> std::ops::Range<usize> {
        if forward(self.text, line.clone(), width) == line.end {
            return line;
        }
        let focus = self.focus(line.clone());
        let room = width.saturating_sub(2).max(8);
        let marked = columns_between(self.text, focus.clone(), room);
        let lead = if marked >= room { room / 4 } else { ((room - marked) / 2).min(AROUND) };
        let (start, used) = backward(self.text, line.start..focus.start, lead);
        let end = forward(self.text, start..line.end, room.min(used + marked + AROUND));
        if end < line.end {
            return start..end;
        }
        // The line ends inside the window: what it leaves free shows more of what comes before.
        let free = room.saturating_sub(columns_between(self.text, start..end, room)).min(AROUND.saturating_sub(used));
        backward(self.text, line.start..start, free).0..end
    }

    /// What of a line must stay visible.
    fn focus(&self, line: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let (start, end) = (self.span.start as usize, self.span.end as usize);
        let inside = |at: usize| line.start <= at && at <= line.end;
        match (inside(start), inside(end)) {
            (true, _) => start..end.clamp(start, line.end),
            (false, true) => end..end,
            (false, false) => line.start..line.start,
        }
    }
}

/// Where `columns` columns from the start of the range end.
fn forward(text: &str, range: std::ops::Range<usize>, columns: usize) -> usize {
    let mut left = columns;
    for (count, (at, c)) in text.get(range.clone()).unwrap_or_default().char_indices().enumerate() {
        let takes = columns_of(c);
        if takes > left || count >= MOST_CHARS {
            return range.start + at;
        }
        left -= takes;
    }
    range.end
}

/// Where at most `columns` columns before the end of the range start, and how many these are.
fn backward(text: &str, range: std::ops::Range<usize>, columns: usize) -> (usize, usize) {
    let mut used = 0;
    let mut start = range.end;
    for (at, c) in text.get(range.clone()).unwrap_or_default().char_indices().rev().take(MOST_CHARS) {
        let takes = columns_of(c);
        if used + takes > columns {
            break;
        }
        used += takes;
        start = range.start + at;
    }
    (start, used)
}

/// Columns of a range, counted up to `most`.
fn columns_between(text: &str, range: std::ops::Range<usize>, most: usize) -> usize {
    let mut sum = 0;
    for c in text.get(range).unwrap_or_default().chars() {
        sum += columns_of(c);
        if sum >= most {
            return most;
        }
    }
    sum
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if before == 0 && after == 0 {
            // What miette's heading asks: only the name, line and column are read of the answer.
            let (line, column) = (self.start.line as usize - 1, self.start.column as usize - 1);
            let contents = MietteSpanContents::new_named(self.name.clone(), &[], *span, line, column, 0);
            return Ok(Box::new(contents));
        }
        let found = self.text.as_str().read_span(span, before, after)?;
        let line = self.first_line + found.line();
        let contents = MietteSpanContents::new_named(
            self.name.clone(),
            found.data(),
            *found.span(),
            line,
            found.column(),
            found.line_count(),
        );
        Ok(Box::new(contents))
    }
}
