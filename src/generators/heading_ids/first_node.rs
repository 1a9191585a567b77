//! What goldmark gives to an id of a link, an image or emphasis in a heading: its first node alone.
//!
//! Hugo asks such a node for its text and gets that of its first child, and of that one's first child again:
//! `## See [Foo `bar` baz](u) more` is `see-foo--more`. A text node ends where the typographer put a sign, where a bare
//! URL became a link, and behind what may begin emphasis or a link (`*`, `_`, `~`, `[`). Tried with Hugo 0.147.8 and
//! 0.168.0; up to 0.111.3 the id was made of the source.

use std::borrow::Cow;

use super::bare_urls::without_urls;
use super::heading::{Kind, Run};
use super::references::without_references;
use crate::page::headings::Within;

/// The container that is being read.
#[derive(Debug, Default)]
pub(super) struct Inside {
    /// Its number in the heading.
    container: u16,
    /// Its first node has ended.
    ended: bool,
    /// Where its first node stands, once it has begun: that is a text, which may go on.
    node: Option<u16>,
    /// The last character of it.
    before: Option<char>,
}

impl Inside {
    /// Appends what a run of a container gives.
    pub(super) fn take(&mut self, run: &Run<'_>, out: &mut String) {
        let Within { container, node, .. } = run.within;
        if container != self.container {
            *self = Inside { container, ..Inside::default() };
        }
        self.ended |= self.node.is_some_and(|began| began != node);
        if self.ended || run.text.is_empty() && matches!(run.kind, Kind::Text | Kind::LinkText) {
            return;
        }
        match run.kind {
            Kind::Text | Kind::LinkText | Kind::ImageAlt => {
                let text = if run.kind == Kind::Text { before_url(&run.text) } else { &run.text };
                let end = end_of_node(text, self.before);
                out.push_str(text.get(..end).unwrap_or_default());
                if end == 0 && self.node.is_none() && !text.is_empty() {
                    // The sign is the first node; of a heading that is nothing but signs the id is `heading`.
                    out.push('“');
                }
                self.ended = end < run.text.len() || text.ends_with(DELIMITERS);
            }
            Kind::Escaped => out.push_str(&run.text),
            Kind::Reference if run.source.starts_with("&#") => out.push_str(run.source),
            Kind::Reference => out.push_str(&run.text),
            Kind::Code if self.node.is_none() => {
                out.push_str(&without_references(&run.text));
                self.ended = true;
            }
            Kind::Code | Kind::Html | Kind::Autolink | Kind::Footnote | Kind::Break => self.ended = true,
        }
        self.node = Some(node);
        self.before = run.text.chars().next_back();
    }
}

/// What may begin emphasis or a link.
const DELIMITERS: [char; 4] = ['*', '_', '~', '['];

/// Where the text node at the start of `text` ends.
fn end_of_node(text: &str, before: Option<char>) -> usize {
    let mut before = before;
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        let opens = || before.is_none_or(|c| !c.is_alphanumeric());
        match c {
            '\'' => return at,
            // One that closes nothing stays as it is.
            '"' if opens() && !rest.get(1..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) => return at,
            '-' | '.' | '<' | '>' if is_sign(rest) => return at,
            c if DELIMITERS.contains(&c) => return at + rest.len() - rest.trim_start_matches(c).len(),
            _ => before = Some(c),
        }
    }
    text.len()
}

/// True where the typographer makes a dash, dots or a quotation mark.
fn is_sign(rest: &str) -> bool {
    ["--", "...", "<<", ">>"].iter().any(|sign| rest.starts_with(sign))
}

/// The text up to its first bare URL or mail address, which linkify makes a node of its own.
fn before_url(text: &str) -> &str {
    let mail = text.find('@').and_then(|at| mail_start(text, at));
    let url = match without_urls(text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(rest) => text.char_indices().zip(rest.chars().chain(['\0'])).find(|((_, a), b)| a != b),
    };
    let url = url.map(|((at, _), _)| at);
    let end = mail.into_iter().chain(url).min().unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// Where the mail address begins that has its `@` at `at`.
fn mail_start(text: &str, at: usize) -> Option<usize> {
    let (before, host) = (text.get(..at)?, text.get(at + 1..)?);
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let host = host.get(..host.find(|c: char| !name(c)).unwrap_or(host.len()))?;
    let start = before.rfind(|c| !name(c)).map_or(0, |at| at + 1);
    (start < at && host.trim_end_matches('.').contains('.')).then_some(start)
}
