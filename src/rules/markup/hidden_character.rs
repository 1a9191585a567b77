//! markup/hidden-character: characters in prose that nobody sees.

use serde_json::Value;

use super::hidden_places::{self, Place};
use crate::finding::{Edit, Fix, Safety};
use crate::invisible::{self, has_no_blanks, is_directional, is_right_to_left, stray};
use crate::page::formula;
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::source::{Span, whole_lines};

struct HiddenCharacter;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(HiddenCharacter))
}

impl PageRule for HiddenCharacter {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        blank_lines(page, report);
        // Nearly every page has none at all, and is settled by one look.
        if !invisible::may_hold(page.text) || page.facts.copied_from().is_some() {
            return;
        }
        let mut script = Script::default();
        let mut places = Vec::new();
        let runs = page.body.prose.iter().flat_map(|(_, runs)| runs);
        for run in runs.filter(|run| invisible::may_hold(run.of(page.text))) {
            let found = hidden(page, *run, &mut script);
            if !found.are_breaks(page.text) {
                let spans = found
                    .spans
                    .into_iter()
                    .filter(|span| !is_in_a_chart(page.text, *span) && !sets_in(page.text, *span));
                places.extend(spans.map(|span| place(page, span, &found.kept)));
            }
        }
        // Where a copy has made such controls of signs, those that input programs leave elsewhere are signs, too.
        let made = |place: &Place| place.lost && place.span.of(page.text).contains(|c| matches!(c, '\u{e}'..='\u{1b}'));
        let typed = |place: &Place| place.span.of(page.text).contains(|c| matches!(c, '\u{1c}'..='\u{1f}'));
        if places.iter().any(made) {
            places.iter_mut().filter(|place| typed(place)).for_each(|place| (place.lost, place.meant) = (true, true));
        }
        hidden_places::say(page, places, report);
    }
}

/// How the page is written, as far as some of these characters belong to it; looked at when the first of them comes.
#[derive(Default)]
struct Script {
    right_to_left: Option<bool>,
    without_blanks: Option<bool>,
    /// Where links begin, in order.
    links: Option<Vec<u32>>,
}

impl Script {
    fn right_to_left(&mut self, text: &str) -> bool {
        *self.right_to_left.get_or_insert_with(|| text.chars().any(is_right_to_left))
    }

    /// Thai and its neighbours mark the ends of words so, also beside a blank or a foreign word.
    fn without_blanks(&mut self, text: &str) -> bool {
        *self.without_blanks.get_or_insert_with(|| text.chars().any(has_no_blanks))
    }

    /// Before a bracket that opens a link all the same it keeps nobody from seeing one.
    fn is_before_link(&mut self, page: &Page<'_>, at: usize) -> bool {
        let links = self.links.get_or_insert_with(|| {
            let mut starts: Vec<u32> = page.facts.links.iter().map(|link| link.whole.start).collect();
            starts.sort_unstable();
            starts
        });
        u32::try_from(at).is_ok_and(|at| links.binary_search(&at).is_ok())
    }
}

/// What a stretch of prose holds of such characters.
#[derive(Default)]
struct Found {
    /// The stray ones, neighbours as one.
    spans: Vec<Span>,
    /// Those that are at their place, or may be.
    kept: Vec<char>,
}

impl Found {
    /// True where most of them break a long number or word on purpose: the same replacement has made the others.
    fn are_breaks(&self, text: &str) -> bool {
        const SOME: usize = 4;
        let breaks = self.kept.iter().filter(|c| **c == '\u{200b}').count();
        breaks >= SOME.max(self.spans.len()) && self.spans.iter().all(|span| span.of(text) == "\u{200b}")
    }
}

/// Looks through a stretch of prose.
fn hidden(page: &Page<'_>, run: Span, script: &mut Script) -> Found {
    let text = page.text;
    let mut found = Found::default();
    let mut before = text.get(..run.start as usize).and_then(|before| before.chars().rev().find(is_visible));
    for (at, c) in run.of(text).char_indices() {
        let (start, end) = (run.start as usize + at, run.start as usize + at + c.len_utf8());
        if invisible::name(c).is_some() {
            let after = text.get(end..).and_then(|after| after.chars().find(is_visible));
            let at_home = match c {
                '\u{200b}' => script.without_blanks(text),
                '\u{2061}'..='\u{2064}' => is_in_a_formula(text, start) || formula::holds(text, Span::new(start, end)),
                _ => is_directional(c) && script.right_to_left(text),
            };
            let apart = before.is_none_or(char::is_whitespace);
            let idle = c == '\u{200b}' && apart && after == Some('[') && script.is_before_link(page, end);
            let at_home = at_home || fills_an_element(text, start, end);
            if !at_home && (idle || stray(before, c, after)) {
                match found.spans.last_mut() {
                    Some(last) if last.end as usize == start => last.end = Span::new(end, end).end,
                    _ => found.spans.push(Span::new(start, end)),
                }
            } else {
                found.kept.push(c);
            }
        }
        if is_visible(&c) {
            before = Some(c);
        }
    }
    found
}

/// True in `<math>`: applying a function, multiplying and the like have invisible signs there.
fn is_in_a_formula(text: &str, at: usize) -> bool {
    const REACH: usize = 16 << 10;
    let from = text.floor_char_boundary(at.saturating_sub(REACH));
    let before = text.get(from..at).unwrap_or_default();
    before.rfind("<math").is_some_and(|open| !before.get(open..).unwrap_or_default().contains("</math"))
}

/// True for the only content of an element: `<i class="icon">&zwnj;</i>`, which editors and minifiers would throw away empty.
fn fills_an_element(text: &str, start: usize, end: usize) -> bool {
    const REACH: usize = 512;
    let from = text.floor_char_boundary(start.saturating_sub(REACH));
    let before = text.get(from..start).unwrap_or_default();
    let closes = text.get(end..).is_some_and(|after| after.starts_with("</"));
    let tag = || before.strip_suffix('>')?.rsplit_once('<').map(|(_, tag)| tag);
    closes && tag().is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()) && tag.contains(' '))
}

/// True for one that stands by itself in a line of single characters: a chart, which shows it on purpose.
fn is_in_a_chart(text: &str, span: Span) -> bool {
    const SOME: usize = 8;
    let line = whole_lines(text, span).of(text);
    let mut words = line.split_whitespace();
    let is_single = |word: &str| word.chars().nth(1).is_none();
    let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
    apart(text.get(..span.start as usize).and_then(|before| before.chars().next_back()))
        && apart(text.get(span.end as usize..).and_then(|after| after.chars().next()))
        && words.clone().count() >= SOME
        && words.all(is_single)
}

fn is_visible(c: &char) -> bool {
    invisible::name(*c).is_none()
}

fn place(page: &Page<'_>, span: Span, kept: &[char]) -> Place {
    let lost = invisible::stands_for_something(page.text, span);
    // Where some of them stay, those that go were meant for the same.
    let half = span.of(page.text).contains(kept);
    let gone = with_blanks(page.text, span);
    let shows = gone.start == span.start && begins_line(page.text, span) && begins_block(page.text, gone);
    let indent = is_indent(page.text.get(span.end as usize..gone.end as usize).unwrap_or_default());
    let meant = lost
        || half
        || shows
        || indent
        || is_a_line_of_several(page.text, span)
        || invisible::is_typography(page.text, span)
        || beside_picture(page.text, gone);
    Place { span, gone, new: invisible::instead(page.text, span), lost, meant }
}

/// True where only blanks and the marks of quotes and lists stand before it in its line.
fn begins_line(text: &str, hidden: Span) -> bool {
    let before = text.get(..hidden.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start_matches([' ', '\t', '>']).trim_end();
    line.is_empty() || matches!(line, "-" | "*" | "+") || numbered(line).is_some_and(str::is_empty)
}

/// What stands behind the number of a list's item.
fn numbered(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < line.len()).then(|| rest.strip_prefix(['.', ')']))?
}

/// True for a line of nothing but several of them: an empty paragraph, which somebody made for the space.
fn is_a_line_of_several(text: &str, hidden: Span) -> bool {
    const SEVERAL: usize = 3;
    let (before, after) = (text.get(..hidden.start as usize), text.get(hidden.end as usize..));
    let alone = before.is_some_and(|before| before.is_empty() || before.ends_with('\n'))
        && after.is_some_and(|after| after.is_empty() || after.starts_with(['\n', '\r']));
    alone && hidden.of(text).chars().count() >= SEVERAL
}

/// True for a zero-width space before a tab at the beginning of a line: a paragraph that is set in, as Markdown cannot say.
fn sets_in(text: &str, hidden: Span) -> bool {
    let before = text.get(..hidden.start as usize).unwrap_or_default();
    let tab = text.get(hidden.end as usize..).is_some_and(|rest| rest.starts_with('\t'));
    tab && hidden.of(text) == "\u{200b}" && (before.is_empty() || before.ends_with('\n'))
}

/// True for blanks that set a line in. Without the character they would make code of it, so both were put there on purpose:
/// the first line of a paragraph, a drawing of signs.
fn is_indent(blanks: &str) -> bool {
    blanks.len() > 1 || blanks.starts_with('\t')
}

/// At the beginning of a line the blanks behind it go too: they would mean something there.
fn with_blanks(text: &str, hidden: Span) -> Span {
    let rest = text.get(hidden.end as usize..).unwrap_or_default();
    let blanks = if begins_line(text, hidden) { rest.len() - rest.trim_start_matches([' ', '\t']).len() } else { 0 };
    Span::new(hidden.start as usize, hidden.end as usize + blanks)
}

/// True where a picture is all that the line has beside it: alone, some programs would make a figure of it.
fn beside_picture(text: &str, gone: Span) -> bool {
    let before = text.get(..gone.start as usize).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default().trim();
    let after = text.get(gone.end as usize..).unwrap_or_default().lines().next().unwrap_or_default().trim();
    let picture = |line: &str| line.starts_with("![") && line.ends_with([')', ']', '}']);
    before.is_empty() && picture(after) || after.is_empty() && picture(before)
}

/// True where what follows would begin a heading, a list, a block of code …: it may have been hidden on purpose.
fn begins_block(text: &str, gone: Span) -> bool {
    let line = text.get(gone.end as usize..).unwrap_or_default().lines().next().unwrap_or_default();
    let spaced = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let rule = line.len() > 2 && line.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b'=' | b' '));
    line.starts_with(['#', '>', '|', '<', '=', '~', '`'])
        || line.strip_prefix(['-', '*', '+']).is_some_and(spaced)
        || numbered(line).is_some_and(spaced)
        || rule
}

/// Lines that look empty and are none: a no-break space keeps the paragraphs around them together.
fn blank_lines(page: &Page<'_>, report: &mut Reporter<'_>) {
    let body = page.front.map_or(0, |front| front.body_start as usize);
    let text = page.text.get(body..).unwrap_or_default();
    let mut lines: Vec<Span> = Vec::new();
    let mut next = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "\u{a0}".as_bytes()) {
        if at < next {
            continue;
        }
        let bytes = text.as_bytes();
        let start = memchr::memrchr(b'\n', bytes.get(..at).unwrap_or_default()).map_or(0, |line| line + 1);
        let end = memchr::memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(text.len(), |line| at + line);
        next = end;
        let line = text.get(start..end).unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let span = Span::new(body + start, body + start + line.len());
        // Behind a hard break it is a line that is meant to be empty.
        let above = text.get(..start.saturating_sub(1)).unwrap_or_default().trim_end_matches('\r');
        let meant = above.ends_with("  ") || above.ends_with('\\');
        let below = text.get(end..).unwrap_or_default();
        if !meant
            && line.trim().is_empty()
            && !is_spacer(above, below)
            && !page.body.begins_in_code(Span::new(body + at, body + at))
        {
            lines.push(span);
        }
    }
    // Several with nothing between them but empty lines are space that somebody has put there, if only in an editor.
    let apart =
        |a: &Span, b: &Span| !page.text.get(a.end as usize..b.start as usize).unwrap_or_default().trim().is_empty();
    let (rows, single): (Vec<&[Span]>, Vec<&[Span]>) =
        lines.chunk_by(|a, b| !apart(a, b)).partition(|row| row.len() > 1);
    tell_blank_lines(page, &single.concat(), Safety::Safe, "empty the line", report);
    let help = "empty these lines; where the space is wanted, the style sheet is the place for it";
    tell_blank_lines(page, &rows.concat(), Safety::Unsafe, help, report);
}

/// True for the only content of an element, as `&nbsp;` would be: without it the element is empty and has no height.
fn is_spacer(above: &str, below: &str) -> bool {
    let last = above.trim_end().rsplit('\n').next().unwrap_or_default();
    let opens =
        last.ends_with('>') && last.rfind('<').is_some_and(|at| !last.get(at..).unwrap_or_default().starts_with("</"));
    opens && below.trim_start().starts_with("</")
}

fn tell_blank_lines(page: &Page<'_>, lines: &[Span], safety: Safety, help: &str, report: &mut Reporter<'_>) {
    let Some(first) = lines.first() else { return };
    let message = match lines.len() {
        1 => "this line looks empty and holds a no-break space".to_owned(),
        count => format!("this line and {} more look empty and hold a no-break space", count - 1),
    };
    let edits = lines.iter().map(|span| Edit { file: page.file().clone(), span: *span, text: String::new() }).collect();
    report
        .at(page.file(), *first, message)
        .note("to Markdown it is text: it joins what stands above and below, or makes an empty paragraph")
        .help(help)
        .fix(Fix::edits("empty these lines", safety, edits))
        .done();
}
