//! What is judged after the last event, because it needs the whole page: references without a definition, and the
//! lines that a merge left.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::reader::Reader;
use crate::language::Script;
use crate::page::candidates::{Candidate, CandidateKind};
use crate::page::dialect::HtmlBlocks;
use crate::page::html::{self, Html, Segments};
use crate::source::Span;

static OURS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("<<<<<<< "));
static THEIRS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(">>>>>>> "));

impl Reader<'_, '_> {
    /// `[text][label]` and `[label][]` that the parser found no definition for.
    pub(super) fn undefined(&mut self, broken: Vec<Range<usize>>) {
        let broken = if self.out.dialect.foreign_labels { Vec::new() } else { broken };
        for range in broken {
            let silent = self.silent_before.partition_point(|silent| silent.start <= range.start);
            let silent = silent.checked_sub(1).and_then(|at| self.silent_before.get(at));
            if silent.is_some_and(|silent| silent.contains(&range.start)) {
                continue;
            }
            let whole = self.text.get(range.clone()).unwrap_or_default();
            let Some(open) = whole.rfind("][") else { continue };
            let label = match whole.get(open + 2..whole.len() - 1).unwrap_or_default() {
                "" => range.start + usize::from(whole.starts_with('!')) + 1..range.start + open,
                label => range.start + open + 2..range.start + open + 2 + label.len(),
            };
            let said = self.text.get(label.clone()).unwrap_or_default();
            let image = whole.starts_with('!');
            let before = self.text.get(..range.start).unwrap_or_default();
            // `list[i][j]` is no link.
            let in_word = before.ends_with(|c: char| {
                matches!(c, '_' | ']' | ')') || c.is_alphanumeric() && !Script::of(c).is_some_and(Script::has_no_blanks)
            });
            let masked = !self.out.masks(self.out.span(label.clone())).is_empty();
            // Nobody defines a label with a tag in it: `<code>[a, <a href=…>b</a>][]</code>`.
            if in_word
                || masked
                || said.contains('<')
                || said.trim().is_empty()
                || said.starts_with('^')
                || label.start >= label.end
            {
                continue;
            }
            let text = range.start + usize::from(image) + 1..range.start + open;
            // `[8][9]` cites two sources.
            let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b',' | b'-'));
            if is_number(said) && is_number(self.text.get(text.clone()).unwrap_or_default()) {
                continue;
            }
            self.candidate(CandidateKind::UndefinedReference, image, range, text, label);
        }
    }

    /// Lines that `git merge` leaves, outside code: `<<<<<<< name`, what parts the sides, `>>>>>>> name`.
    pub(super) fn conflicts(&mut self) {
        let bytes = self.text.as_bytes();
        let mut found: Vec<Range<usize>> = Vec::new();
        for (marker, possible) in [(&*OURS, true), (&*THEIRS, self.deep_quotes)] {
            for at in marker.find_iter(if possible { bytes } else { &[] }) {
                let at_line_start = at == 0 || bytes.get(at - 1) == Some(&b'\n');
                if at_line_start && !bytes.get(at + 8).is_none_or(u8::is_ascii_whitespace) {
                    found.push(self.line(at));
                }
            }
        }
        if found.is_empty() {
            return;
        }
        let last = found.iter().map(|line| line.end).max().unwrap_or_default();
        for at in memchr::memmem::find_iter(bytes.get(..last).unwrap_or_default(), b"\n=======") {
            let line = self.line(at + 1);
            if line.len() == 7 {
                found.push(line);
            }
        }
        found.sort_by_key(|line| line.start);
        for line in found {
            let span = self.out.span(line);
            if !self.out.body.begins_in_code(span) {
                let (kind, none) = (CandidateKind::ConflictMarker, Span::default());
                self.out.body.candidates.push(Candidate { kind, image: false, span, text: none, destination: none });
            }
        }
    }

    /// Reads the tags of elements with `markdown="1"`, which were masked, and marks the headings inside.
    pub(super) fn markdown_elements(&mut self) {
        let mut marked = 0;
        let mut listing = None;
        for element in self.markdown_inside {
            if self.out.body.begins_in_code(element.tag) || self.out.body.begins_in_comment(element.tag) {
                continue;
            }
            // A list of names, with remarks as they stand in the files.
            let tag = element.tag.of(self.out.file);
            if tag.starts_with("<FileTree") {
                listing = Some(element.tag.end);
            } else if let Some(from) = listing.take_if(|_| tag.starts_with("</FileTree")) {
                self.out.body.prose.take_for_other_language(from, element.tag.start);
            }
            let start = (element.tag.start as usize).saturating_sub(self.out.start);
            let segments = Segments::whole(start, element.tag.len());
            let html = Html { text: element.tag.of(self.out.file), map: &segments, block: false, in_table: false };
            let languages = self.out.body.languages.len();
            html::read(&html, &mut self.elements, &mut self.out);
            for language in self.out.body.languages.iter_mut().skip(languages) {
                language.element.end = element.close.start;
            }
            // `data-lang`: by it a script shows one of several languages.
            if self.out.body.languages.len() > languages || tag.contains(" data-lang=") {
                self.out.body.prose.take_for_other_language(element.tag.end, element.close.start);
            }
            // Elements inside others were marked with them; headings in JSX are like all others.
            if self.out.dialect.html_blocks != HtmlBlocks::Kramdown || element.close.start <= marked {
                continue;
            }
            marked = element.close.start;
            let headings = &mut self.out.body.headings;
            let first = headings.partition_point(|heading| heading.span.start < element.tag.end);
            for heading in headings.iter_mut().skip(first).take_while(|heading| element.holds(heading.span)) {
                heading.nested = true;
            }
        }
    }

    /// The line that starts at `start`, without its end.
    fn line(&self, start: usize) -> Range<usize> {
        let rest = self.text.get(start..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        start..start + rest.get(..end).unwrap_or_default().trim_end().len()
    }
}
