//! Brackets that do not fit, or that were meant as a part of the text.

use super::slip::Slip;
use super::value::{Line, is_space};
use crate::page::front_matter::edit::quoted;
use crate::page::front_matter::issue::Cause;
use crate::page::front_matter::shadow::closing_quote;
use crate::page::front_matter::split::line_at;
use crate::source::Span;

/// A bracket that is never closed, or one too many.
pub(super) fn find(file: &str, chunk: Span) -> Option<Slip> {
    let (first_end, _) = line_at(file, chunk.start as usize);
    let line = Line::read(file, chunk.start as usize, first_end);
    let bytes = file.as_bytes().get(..chunk.end as usize)?;
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut at = line.value.0;
    if !matches!(bytes.get(at), Some(b'[' | b'{')) {
        return None;
    }
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'[' | b'{' => open.push((at, byte)),
            b']' | b'}' => {
                let fits = |(_, o): &(usize, u8)| (*o == b'[') == (byte == b']');
                if !open.pop().as_ref().is_some_and(fits) {
                    let span = Span::new(at, at + 1);
                    let message = format!("the bracket `{}` closes nothing", char::from(byte));
                    return Some(Slip::new(span, Cause::ExtraBracket, message).help("delete it").try_with(
                        "delete the bracket",
                        span,
                        "",
                    ));
                }
                if open.is_empty()
                    && at < line.value.1
                    && let Some(slip) = text_after_bracket(file, &line, at)
                {
                    return Some(slip);
                }
            }
            b'"' | b'\'' if matches!(bytes.get(at - 1), Some(b' ' | b'[' | b'{' | b',' | b'\n')) => {
                at = closing_quote(file, at)?
            }
            _ => {}
        }
        at += 1;
    }
    let &(at, bracket) = open.first()?;
    let (closer, inner) = if bracket == b'[' { ("]", "the list") } else { ("}", "the mapping") };
    let message = format!("the bracket `{}` that opens {inner} is never closed", char::from(bracket));
    let end = line.start + line.text.trim_end_matches(is_space).len();
    let slip = Slip::new(Span::new(at, at + 1), Cause::UnclosedBracket, message);
    Some(slip.help("close the bracket").try_with(
        format!("close the bracket with `{closer}`"),
        Span::new(end, end),
        closer,
    ))
}

/// `title: [Bug] it fails`: words in brackets at the start of a text.
fn text_after_bracket(file: &str, line: &Line<'_>, close: usize) -> Option<Slip> {
    let tail = file.get(close + 1..line.value.1)?.trim_start_matches(is_space);
    // A bracket too many is told by itself.
    if tail.is_empty() || tail.starts_with(['#', ']', '}']) {
        return None;
    }
    let message = "the bracket closes the value here, and more text follows";
    let slip = Slip::new(Span::new(close, line.value.1), Cause::TextAfterBracket, message);
    let span = Span::new(line.value.0, line.value.1);
    Some(slip.help("put the whole value in quotes").try_with("quote the value", span, quoted(line.value_text())))
}
