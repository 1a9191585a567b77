//! How markup/hidden-character tells what it found: once for a line, once for a page where a program has strewn them.

use crate::finding::{Edit, Fix, Safety};
use crate::hash::Map;
use crate::invisible;
use crate::rules::page::Page;
use crate::rules::rule::Reporter;
use crate::source::Span;

/// More lines than these with one character were not written by hand.
const MANY: usize = 10;

/// Hidden characters beside each other.
pub struct Place {
    /// The characters.
    pub span: Span,
    /// What goes with them.
    pub gone: Span,
    /// What comes instead.
    pub new: &'static str,
    /// They are what is left of a sign or a letter.
    pub lost: bool,
    /// They may have been meant, so that people decide.
    pub meant: bool,
}

/// Tells of all the places of a page: of those that can be repaired and of those that people have to look at.
pub fn say(page: &Page<'_>, mut places: Vec<Place>, report: &mut Reporter<'_>) {
    places.sort_unstable_by_key(|place| place.span.start);
    wide(page, &mut places, report);
    let (meant, sure): (Vec<Place>, Vec<Place>) = places.into_iter().partition(|place| place.meant);
    lines(page, &sure, Safety::Safe, report);
    lines(page, &meant, Safety::Manual, report);
}

fn lines(page: &Page<'_>, places: &[Place], safety: Safety, report: &mut Reporter<'_>) {
    let lines: Vec<&[Place]> = places.chunk_by(|one, next| is_one_line(page.text, one, next)).collect();
    let first = |line: &[Place]| line.first().and_then(|place| place.span.of(page.text).chars().next());
    let mut counts: Map<char, usize> = Map::default();
    if lines.len() > MANY {
        lines.iter().filter_map(|line| first(line)).for_each(|c| *counts.entry(c).or_default() += 1);
    }
    for line in &lines {
        let Some(c) = first(line) else { continue };
        let name = invisible::described(c);
        match counts.get_mut(&c) {
            Some(0) => {}
            Some(count) if *count > MANY => {
                let more = std::mem::take(count) - 1;
                let all = lines.iter().filter(|line| first(line) == Some(c)).copied().flatten();
                let message = format!("{name} stands here and in {more} more lines, and nobody sees it");
                tell(page, &all.collect::<Vec<_>>(), message, safety, report);
            }
            _ => {
                let all: Vec<&Place> = line.iter().collect();
                let more = all.iter().map(|place| place.span.of(page.text).chars().count()).sum::<usize>() - 1;
                let message = match (more, all.len()) {
                    (0, _) => format!("{name} stands here, and nobody sees it"),
                    (_, 1) => format!("{name} and {more} more hidden ones stand here, and nobody sees them"),
                    (1, _) => {
                        format!("{name} stands here and another hidden character in this line, and nobody sees them")
                    }
                    _ => format!(
                        "{name} stands here and {more} more hidden characters in this line, and nobody sees them"
                    ),
                };
                tell(page, &all, message, safety, report);
            }
        }
    }
}

fn is_one_line(text: &str, one: &Place, next: &Place) -> bool {
    text.get(one.span.end as usize..next.span.start as usize).is_some_and(|between| !between.contains('\n'))
}

fn tell(page: &Page<'_>, places: &[&Place], message: String, safety: Safety, report: &mut Reporter<'_>) {
    let Some(first) = places.first() else { return };
    let title = match (places.iter().all(|place| place.new.is_empty()), places.len()) {
        (true, 1) => "remove it",
        (true, _) => "remove them",
        (false, 1) => "write a blank",
        (false, _) => "remove them, or write a blank",
    };
    let lost = places.iter().any(|place| place.lost);
    let help = if lost { "look up what stood here: a sign, a dash, an apostrophe or a letter" } else { title };
    let edits = places.iter();
    let edits =
        edits.map(|place| Edit { file: page.file().clone(), span: place.gone, text: place.new.to_owned() }).collect();
    report
        .at(page.file(), first.span, message)
        .note("searching, copying and reading aloud trip over it")
        .help(help)
        .fix(Fix::edits(title, safety, edits))
        .done();
}

/// Text of two bytes a letter in a file of one: every second byte is nothing. Some shells append so (`>>`).
fn wide(page: &Page<'_>, places: &mut Vec<Place>, report: &mut Reporter<'_>) {
    const LEAST: usize = 4;
    let is_nothing = |place: &Place| place.span.of(page.text) == "\0" && is_wide(page.text, place.span);
    let nothing: Vec<Span> = places.iter().filter(|place| is_nothing(place)).map(|place| place.span).collect();
    let Some(first) = nothing.first().filter(|_| nothing.len() >= LEAST) else { return };
    let body = page.front.map_or(0, |front| front.body_start as usize);
    let text = page.text.as_bytes();
    let all =
        memchr::memchr_iter(0, text.get(body..).unwrap_or_default()).map(|at| Span::new(body + at, body + at + 1));
    let all = all.filter(|span| is_wide(page.text, *span));
    let edits = all.map(|span| Edit { file: page.file().clone(), span, text: String::new() }).collect();
    report
        .at(page.file(), *first, "from here on the text is UTF-16 in a file that is UTF-8 otherwise")
        .note("every second byte is zero, which readers see as strange signs or not at all")
        .help("write these lines anew: some shells append in UTF-16 (`>>`)")
        .fix(Fix::edits("remove the zero bytes", Safety::Unsafe, edits))
        .done();
    places.retain(|place| !is_nothing(place));
}

/// True for a zero byte that stands between single bytes that are none.
fn is_wide(text: &str, at: Span) -> bool {
    let bytes = text.as_bytes();
    let near = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|byte| *byte != 0 && byte.is_ascii());
    let start = at.start as usize;
    near(start.checked_sub(1)) && near(start.checked_add(1))
}
