//! The slips that people really make, each recognised by what is written.

use super::brackets;
use super::slip::Slip;
use super::value::{Line, is_odd_space, is_space};
use crate::page::front_matter::edit::quoted;
use crate::page::front_matter::events::{Problem, Stop};
use crate::page::front_matter::issue::Cause;
use crate::page::front_matter::shadow::{closing_quote, open_quote, opens_a_value, tabs_in_quotes};
use crate::page::front_matter::split::line_at;
use crate::source::Span;

/// Finds the slip in the lines of one key that the parser could not read.
pub(super) fn find(file: &str, chunk: Span, stop: &Stop) -> Option<Slip> {
    if matches!(stop.problem, Problem::Forbidden(_) | Problem::TooDeep | Problem::TooMany) {
        return None;
    }
    let lines = lines_until(file, chunk, stop.at);
    let text = chunk.of(file);
    for line in &lines {
        if let Some(slip) = spaces(file, chunk, line) {
            return Some(slip);
        }
        let (start, end) = (line.start, line.start + line.text.len());
        if let Some(open) = open_quote(file, start, end) {
            let base = chunk.start as usize;
            // The next quote may be the one that opens the value of another line.
            let closed = closing_quote(text, open - base);
            if closed.is_none_or(|at| base + at > end && opens_a_value(text, at)) {
                return Some(unclosed_quote(file, line, open));
            }
        }
    }
    let last = lines.last()?;
    let first = lines.first()?;
    let around = lines.iter().rev().skip(1).find(|line| !line.is_empty()).unwrap_or(first);
    indentation(last, around)
        .or_else(|| value_slip(last))
        .or_else(|| value_slip(around))
        .or_else(|| value_slip(first))
        .or_else(|| brackets::find(file, chunk))
        .or_else(|| misplaced_list(last, around))
        .or_else(|| stray(last, around))
        .or_else(|| stray(first, first))
}

/// The lines of the chunk up to the one where the parser stopped; the first and the last few of a long chunk.
fn lines_until<'a>(file: &'a str, chunk: Span, stop: usize) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut at = chunk.start as usize;
    let last = stop.clamp(chunk.start as usize, (chunk.end as usize).saturating_sub(1));
    while at <= last && at < file.len() {
        let (end, next) = line_at(file, at);
        let line = Line::read(file, at, end);
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        at = next;
    }
    lines
}

/// Tabs and look-alike blanks where YAML wants plain ones.
fn spaces(file: &str, chunk: Span, line: &Line<'_>) -> Option<Slip> {
    let indent = line.indent();
    // Between brackets a tab is white space like any other.
    let first = chunk.of(file).lines().next().unwrap_or_default();
    let in_brackets = first.split_once(':').is_some_and(|(_, value)| value.trim_start().starts_with(['[', '{']));
    let in_quotes = |tab: usize| tabs_in_quotes(chunk.of(file)).contains(&(line.start + tab - chunk.start as usize));
    if let Some(tab) = indent.find('\t').filter(|tab| !in_brackets && !in_quotes(*tab)) {
        let at = line.start + tab;
        let lines = chunk.of(file).split_inclusive('\n').map(|line| {
            let content = line.trim_start_matches([' ', '\t']);
            let indent = line.get(..line.len() - content.len()).unwrap_or_default();
            indent.replace('\t', "  ") + content
        });
        let slip = Slip::new(
            Span::new(at, at + 1),
            Cause::TabIndentation,
            "a tab indents this line, and YAML allows only blanks there",
        );
        return Some(slip.help("indent with blanks").try_with("indent with blanks", chunk, lines.collect::<String>()));
    }
    let odd = |from: usize, to: usize| {
        let part = file.get(from..to)?;
        let (at, c) = part.char_indices().find(|(_, c)| is_odd_space(*c))?;
        Some((Span::new(from + at, from + at + c.len_utf8()), c))
    };
    let after_colon = line.colon.map_or(line.content, |colon| colon + 1);
    let before_colon = line.colon.map_or(line.content, |colon| {
        let before = file.get(line.start..colon).unwrap_or_default();
        line.start + before.trim_end_matches(is_space).len()
    });
    let (span, c) = odd(line.start, line.content)
        .or_else(|| odd(before_colon, line.colon.unwrap_or(before_colon)))
        .or_else(|| odd(after_colon.min(line.value.0), line.value.0))?;
    let visible = !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    let message =
        format!("a no-break space or its like (U+{:04X}) stands where YAML wants a plain blank", u32::from(c));
    // At the start of the first column nothing belongs at all.
    let blank = if visible && span.start as usize > line.start { " " } else { "" };
    Some(Slip::new(span, Cause::OddSpace, message).help("write a plain blank").try_with(
        "write a plain blank",
        span,
        blank,
    ))
}

fn unclosed_quote(file: &str, line: &Line<'_>, open: usize) -> Slip {
    let quote = file.get(open..=open).unwrap_or("\"");
    let end = line.start + line.text.trim_end_matches(is_space).len();
    let message = format!("the quote `{quote}` that opens here is never closed");
    let after = Span::new(end, end);
    let mut slip = Slip::new(Span::new(open, open + 1), Cause::UnclosedQuote, message)
        .help("close the quote at the end of the value")
        .try_with(format!("close the quote with `{quote}`"), after, quote);
    if let Some(text) = file.get(open..end).filter(|_| line.value.0 == open) {
        slip = slip.try_with("quote the value", Span::new(open, end), quoted(text));
    }
    slip
}

/// What is wrong with the value of one line.
fn value_slip(line: &Line<'_>) -> Option<Slip> {
    let text = line.value_text();
    let span = Span::new(line.value.0, line.value.1);
    let first = text.chars().next()?;
    let head = Span::new(line.value.0, line.value.0 + first.len_utf8());
    let quote = |slip: Slip| slip.help("put the value in quotes").try_with("quote the value", span, quoted(text));
    if let Some(colon) = line.colon
        && colon + 1 == line.value.0
        && line.content == line.start + line.indent().len()
    {
        let message = "a blank is missing after the colon, so this is no key with a value";
        let place = Span::new(line.content, line.value.0);
        let slip = Slip::new(place, Cause::NoSpaceAfterColon, message).help("write a blank after the colon");
        let after = Span::new(colon + 1, colon + 1);
        return Some(slip.try_with("write a blank after the colon", after, " "));
    }
    match first {
        '{' if text.starts_with("{{") || text.starts_with("{%") => {
            let message = "a template tag outside quotes: YAML takes the braces for a mapping";
            let help = "put the value in quotes; if its braces shall be filled in, that has to happen in a layout";
            let slip = Slip::new(span, Cause::Template, message).help(help);
            return Some(slip.try_with("quote the value", span, quoted(text)));
        }
        '@' | '`' | '%' => {
            let message = format!("a value may not start with `{first}` unless it is in quotes");
            return Some(quote(Slip::new(head, Cause::ReservedStart, message)));
        }
        '*' | '&' | '!' | '|' | '>' => {
            let what = match first {
                '*' => "the name of an anchor",
                '&' => "an anchor",
                '!' => "a tag",
                _ => "a block of text",
            };
            let message = format!("a value that starts with `{first}` announces {what} in YAML, and none follows");
            return Some(quote(Slip::new(head, Cause::ReservedStart, message)));
        }
        '"' | '\'' => return quoted_slip(text, span, first),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{2018}' | '\u{2019}' => {
            let inner = text.trim_matches(|c| {
                matches!(c, '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' | '\u{2018}' | '\u{2019}' | '"')
            });
            let message = format!("`{first}` is a typographic quote, and YAML knows only `\"` and `'`");
            let slip = Slip::new(head, Cause::SmartQuotes, message).help("use straight quotes");
            return Some(slip.try_with("use straight quotes", span, quoted(inner)));
        }
        _ => {}
    }
    let colon = text.find(": ").or_else(|| text.ends_with(':').then(|| text.len() - 1))?;
    if first == '[' || first == '{' {
        return None;
    }
    let at = line.value.0 + colon;
    let message = "a second colon with a blank makes YAML look for another key inside the value";
    Some(quote(Slip::new(Span::new(at, at + 1), Cause::ColonInValue, message)))
}

/// What may stand behind a backslash in double quotes.
///
/// Source: YAML 1.2.2, 5.7 "Escaped Characters".
const ESCAPED: &[u8] = b"0abt\tnvfre \"/\\N_LPxuU\n\r";

/// The text in double quotes; the escapes that it has stay what they are.
fn requoted(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len() + 8);
    out.push('"');
    let mut letters = inner.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => {
                out.push('\\');
                match letters.next_if(|next| u8::try_from(*next).is_ok_and(|byte| ESCAPED.contains(&byte))) {
                    Some(next) => out.push(next),
                    None => out.push('\\'),
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value in quotes that close too early, or with a backslash that escapes nothing.
fn quoted_slip(text: &str, span: Span, quote: char) -> Option<Slip> {
    let start = span.start as usize;
    let close = closing_quote(text, 0)?;
    if quote == '"' {
        let bytes = text.as_bytes();
        let mut at = 1;
        while at < close {
            if bytes.get(at) == Some(&b'\\') {
                let next = bytes.get(at + 1).copied().unwrap_or(b' ');
                if !ESCAPED.contains(&next) {
                    let place = Span::new(start + at, start + at + 2.min(text.len() - at));
                    let place = if next.is_ascii() { place } else { Span::new(start + at, start + at + 1) };
                    let slip = Slip::new(
                        place,
                        Cause::BadEscape,
                        "a backslash in double quotes starts an escape, and this is none",
                    );
                    let backslash = Span::new(start + at, start + at + 1);
                    // `\'`, `\!`: other languages have it, and a sign alone is meant.
                    if next.is_ascii_punctuation() {
                        let help = "take the backslash away";
                        return Some(slip.help(help).try_with(help, backslash, ""));
                    }
                    return Some(slip.help("double the backslash, or use single quotes").try_with(
                        "double the backslash",
                        backslash,
                        "\\\\",
                    ));
                }
                at += 1;
            }
            at += 1;
        }
    }
    let rest = text.get(close + 1..)?;
    let tail = rest.trim_start_matches(is_space);
    if tail.is_empty() || tail.starts_with('#') {
        return None;
    }
    let place = Span::new(start + close, span.end as usize);
    let message = format!("the quote `{quote}` closes the value here, and more text follows");
    let slip = Slip::new(place, Cause::TextAfterQuote, message);
    if text.len() > 1 && text.ends_with(quote) {
        let inner = text.get(1..text.len() - 1)?;
        let help = if quote == '\'' {
            "write an apostrophe twice, or use double quotes"
        } else {
            "write `\\\"` for a quote inside"
        };
        Some(slip.help(help).try_with(
            "quote the whole value",
            span,
            match () {
                // `"Hello" and "Bye"`: these are the writer's.
                () if !text.get(..close).is_some_and(|before| before.ends_with(' ')) && rest.starts_with(' ') => {
                    quoted(text)
                }
                () if quote == '"' && inner.contains('\\') => requoted(inner),
                () => quoted(inner),
            },
        ))
    } else {
        Some(slip.help("put the whole value in quotes").try_with("quote the whole value", span, quoted(text)))
    }
}

/// A key or dash that stands further right or left than its neighbours.
fn indentation(line: &Line<'_>, before: &Line<'_>) -> Option<Slip> {
    let (own, other) = (line.indent(), before.indent());
    let is_item = |line: &Line<'_>| line.text.trim_start().starts_with("- ");
    if line.start == before.start || own.len() == other.len() || line.colon.is_none() && !is_item(line) {
        return None;
    }
    // Under a value that is already written nothing can be nested.
    let nested = own.len() > other.len();
    if nested && before.value_text().is_empty() && !is_item(before) {
        return None;
    }
    let span = Span::new(line.start, line.content);
    let message = "this line is indented differently from its neighbours, so YAML cannot tell where it belongs";
    let slip = Slip::new(span, Cause::Indentation, message).help("align it with the lines that it belongs to");
    Some(if nested { slip.try_with("align the line with the one before", span, other) } else { slip })
}

/// A list where no list can be: behind a key on its line, or below a key that has a value already.
fn misplaced_list(line: &Line<'_>, before: &Line<'_>) -> Option<Slip> {
    let text = line.text.get(line.content - line.start..)?;
    if line.colon.is_some() && line.value_text().starts_with("- ") {
        let span = Span::new(line.value.0, line.value.1);
        let message = "a list may not start on the line of its key";
        return Some(
            Slip::new(span, Cause::Indentation, message).help("start the list on the next line, or put it in brackets"),
        );
    }
    let below = line.start != before.start && before.colon.is_some() && !before.value_text().is_empty();
    if !text.starts_with("- ") || !below {
        return None;
    }
    let span = Span::new(line.content, line.content + text.trim_end().len());
    let message = "a list item stands below a key that has a value already";
    Some(Slip::new(span, Cause::Indentation, message).help("move the value into the list, or delete one of them"))
}

/// Lines that are neither key nor item nor continuation.
fn stray(line: &Line<'_>, before: &Line<'_>) -> Option<Slip> {
    let text = line.text.get(line.content - line.start..)?.trim_end_matches(is_space);
    let span = Span::new(line.content, line.content + text.len());
    let dash = text.strip_prefix('-').filter(|rest| !rest.starts_with([' ', '-']) && !rest.is_empty());
    if dash.is_some() {
        let after = Span::new(line.content + 1, line.content + 1);
        let slip =
            Slip::new(span, Cause::NoSpaceAfterDash, "a blank is missing after the dash, so this is no list item");
        return Some(slip.help("write a blank after the dash").try_with("write a blank after the dash", after, " "));
    }
    if !line.indent().is_empty() || line.colon.is_some() || text.is_empty() {
        return None;
    }
    if let Some(key) = key_without_colon(text) {
        let slip = Slip::new(span, Cause::NoColon, format!("a colon is missing behind `{key}`, so this is no key"));
        let at = line.content + key.len();
        return Some(slip.help("write a colon").try_with("write a colon", Span::new(at, at), ":"));
    }
    let message = "this line is neither a key nor part of a value";
    let slip = Slip::new(span, Cause::Prose, message);
    let slip =
        slip.help("close the front matter with `---` before the text, or indent the line to continue the value above");
    let at = Span::new(line.start, line.start);
    let continues = line.start != before.start && !before.value_text().is_empty();
    Some(if continues { slip.try_with("indent the line to continue the value", at, "  ") } else { slip })
}

/// The key at the start of `title About boxes`: one that pages of all generators have, and few texts begin with.
fn key_without_colon(line: &str) -> Option<&str> {
    const KEYS: [&str; 12] = [
        "title",
        "date",
        "tags",
        "categories",
        "category",
        "description",
        "layout",
        "permalink",
        "author",
        "slug",
        "sidebar_label",
        "sidebar_position",
    ];
    let (key, value) = line.split_once(' ')?;
    (KEYS.contains(&key) && !value.trim().is_empty()).then_some(key)
}
