//! Makes what comes from a repository or a server harmless to whatever shows our report.
//!
//! A file name, a title or a URL may hold bytes that command a terminal (escape sequences), reorder or hide what a reader
//! sees (bidirectional and invisible characters) or command a CI runner (`::error` at the start of a line, `##[…]` anywhere
//! in one). Blogs about CI hold the latter in good faith. Each becomes something that a reader sees and a machine ignores.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

/// The most characters of one message that people are shown; a URL of a megabyte is not read by anyone.
const MESSAGE: usize = 800;
/// The most characters of a path.
const PATH: usize = 400;
/// The most characters of a rule's name; users name their own.
const NAME: usize = 100;

/// True for characters that draw nothing, or change how others are drawn: controls, bidirectional marks, joiners,
/// separators, fillers, tags, variation selectors.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' => true,
        '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' => true,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => true,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// True when a hidden character stands where writing needs it: a joiner in Arabic, Indic or emoji, an emoji's selector.
fn belongs(previous: Option<char>, c: char) -> bool {
    let Some(previous) = previous else { return false };
    match c {
        '\u{200c}' | '\u{200d}' => previous >= '\u{590}' && (!is_hidden(previous) || previous == '\u{fe0f}'),
        '\u{fe0e}' | '\u{fe0f}' => {
            matches!(previous, '0'..='9' | '#' | '*' | '©' | '®')
                || previous >= '\u{203c}' && !previous.is_alphanumeric() && !is_hidden(previous)
        }
        _ => false,
    }
}

/// Adds one character in a form that everybody sees: `␛` for a control, `\u{202e}` for other hidden ones, else itself.
/// `previous` is the character before it in the text.
pub fn push(out: &mut String, previous: Option<char>, c: char) {
    match c {
        '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('?')),
        '\u{7f}' => out.push('␡'),
        _ if is_hidden(c) && !belongs(previous, c) => drop(write!(out, "\\u{{{:x}}}", c as u32)),
        _ => out.push(c),
    }
}

/// The text on one line, everything in it visible.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut previous = None;
    for c in text.chars() {
        push(&mut out, previous, c);
        previous = Some(c);
    }
    Cow::Owned(out)
}

/// A text of several lines, each made visible and harmless; line ends stay.
#[must_use]
pub fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (words, end) = line.strip_suffix('\n').map_or((line, ""), |words| (words, "\n"));
        out.push_str(&one_line(words));
        out.push_str(end);
    }
    out
}

/// A message for people: on one line, visible, of readable length.
#[must_use]
pub fn message(text: &str) -> Cow<'_, str> {
    inert_and_short(text, MESSAGE)
}

/// A path for people: on one line, visible, of readable length.
#[must_use]
pub fn path(text: &str) -> Cow<'_, str> {
    inert_and_short(text, PATH)
}

/// A rule's name for people: on one line, visible, of readable length.
#[must_use]
pub fn name(text: &str) -> Cow<'_, str> {
    inert_and_short(text, NAME)
}

/// Cut before and after, so that a megabyte is neither rewritten nor shown.
fn inert_and_short(text: &str, most: usize) -> Cow<'_, str> {
    match shorten(text, most) {
        Cow::Borrowed(text) => match one_line(text) {
            Cow::Borrowed(text) => Cow::Borrowed(text),
            Cow::Owned(text) => Cow::Owned(shorten(&text, most).into_owned()),
        },
        Cow::Owned(text) => Cow::Owned(shorten(&one_line(&text), most).into_owned()),
    }
}

/// At most `most` characters: the middle gives way to `…`, the end of a path or URL tells as much as its start.
fn shorten(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most || text.chars().nth(most).is_none() {
        return Cow::Borrowed(text);
    }
    let tail = most / 3;
    let head_end = text.char_indices().nth(most - tail - 1).map_or(0, |(at, _)| at);
    let tail_start = text.char_indices().rev().nth(tail.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    Cow::Owned(format!("{}…{}", part(0..head_end), part(tail_start..text.len())))
}

/// Breaks the commands that a CI runner would read in this line: `::` at its start (GitHub), `##[` (GitHub's old form,
/// Azure), `##vso[` (Azure) and `##teamcity[` anywhere.
#[must_use]
pub fn disarm(line: &str) -> Cow<'_, str> {
    let at_start = line.trim_start().starts_with("::");
    let anywhere = memchr::memmem::find(line.as_bytes(), b"##").is_some();
    if !at_start && !anywhere {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line;
    if at_start && let Some((space, command)) = line.split_once("::") {
        out.push_str(space);
        out.push_str("\\u{3a}:");
        rest = command;
    }
    while let Some(at) = rest.find("##") {
        let (before, marked) = rest.split_at(at);
        out.push_str(before);
        match command_length(marked) {
            Some(length) => {
                out.push_str(marked.get(..length - 1).unwrap_or_default());
                out.push('⟦');
                rest = marked.get(length..).unwrap_or_default();
            }
            None => {
                out.push('#');
                rest = marked.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// How a runner's command opens that may stand anywhere in a line, in any case.
pub(super) const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// Length of a command's opening at the start of this text, its bracket included.
fn command_length(text: &str) -> Option<usize> {
    let opens = |opening: &&&str| text.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening));
    COMMANDS.iter().find(opens).map(|opening| opening.len())
}

/// The way out for all formats that people read: passes on whole lines only, each one [`disarm`]ed, so that no format
/// can forget it.
pub struct Guard<'a> {
    out: &'a mut dyn io::Write,
    line: Vec<u8>,
}

impl<'a> Guard<'a> {
    /// Guards `out`.
    pub fn new(out: &'a mut dyn io::Write) -> Self {
        Guard { out, line: Vec::with_capacity(256) }
    }

    /// Passes on what is left of an unfinished line.
    ///
    /// # Errors
    /// Those of the writer below.
    pub fn finish(mut self) -> io::Result<()> {
        self.pass()
    }

    fn pass(&mut self) -> io::Result<()> {
        match std::str::from_utf8(&self.line) {
            Ok(line) => self.out.write_all(disarm(line).as_bytes())?,
            Err(_) => self.out.write_all(disarm(&String::from_utf8_lossy(&self.line)).as_bytes())?,
        }
        self.line.clear();
        Ok(())
    }
}

impl io::Write for Guard<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.pass()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_shown() {
        assert_eq!(one_line("a\u{1b}[31m\n\u{202e}b\u{85}"), "a␛[31m␊\\u{202e}b\\u{85}");
        assert_eq!(one_line("déjà 文 ✂️ 👩‍💻 می‌خواهم"), "déjà 文 ✂️ 👩‍💻 می‌خواهم");
        assert_eq!(one_line("a\u{200d}b\u{fe0f}"), "a\\u{200d}b\\u{fe0f}");
    }

    #[test]
    fn runner_commands_are_broken() {
        assert_eq!(disarm(" \u{a0}::error::x"), " \u{a0}\\u{3a}:error::x");
        assert_eq!(disarm("a::b"), "a::b");
        assert_eq!(disarm("x ###[error] ##VSO[a] ##teamcity[b] ## [c]"), "x ###⟦error] ##VSO⟦a] ##teamcity⟦b] ## [c]");
    }

    #[test]
    fn long_texts_lose_their_middle() {
        assert_eq!(shorten("abcdefghi", 9), "abcdefghi");
        assert_eq!(shorten("abcdefghij", 9), "abcde…hij");
        assert_eq!(path(&"é\n".repeat(9_000)).chars().count(), PATH);
    }
}
