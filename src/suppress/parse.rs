//! Finds suppressions in a page's comments.

use super::{Covers, Suppression, Suppressions};
use crate::page::body::Body;
use crate::page::front_matter::FrontMatter;
use crate::source::Span;

/// The suppressions of a page.
#[must_use]
pub fn of(text: &str, front: Option<&FrontMatter>, body: &Body) -> Suppressions {
    let mut all = Vec::new();
    for comment in front.into_iter().flat_map(|front| &front.comments) {
        if let Some(found) = read(text, *comment) {
            let covers = match found.word {
                "ignore-file" => Covers::File,
                "ignore" => Covers::Part(line_after(text, *comment)),
                _ => continue,
            };
            push(&mut all, &found, whole_line(text, *comment), covers);
        }
    }
    let mut open: Vec<(usize, u32)> = Vec::new();
    for comment in &body.comments {
        let Some(found) = read(text, *comment) else { continue };
        match found.word {
            "ignore-file" => push(&mut all, &found, whole_line(text, *comment), Covers::File),
            "ignore" => {
                let covers = Covers::Part(block_after(text, body, *comment));
                push(&mut all, &found, whole_line(text, *comment), covers);
            }
            "off" => {
                open.push((all.len(), comment.end));
                let rest = Span { start: comment.end, end: Span::new(0, text.len()).end };
                push(&mut all, &found, *comment, Covers::Part(rest));
            }
            "on" => {
                for (first, start) in &open {
                    for one in all.iter_mut().skip(*first) {
                        let named =
                            found.rules.is_empty() || found.rules.iter().any(|rule| rule.of(text) == &*one.rule);
                        let still = matches!(one.covers, Covers::Part(span) if span.start == *start && span.end as usize == text.len());
                        if named && still {
                            one.covers = Covers::Part(Span { start: *start, end: comment.start });
                        }
                    }
                }
            }
            _ => {}
        }
    }
    return Suppressions { all, made: made(text, body) };

    fn push(all: &mut Vec<Suppression>, found: &Found<'_>, comment: Span, covers: Covers) {
        for rule in &found.rules {
            all.push(Suppression {
                rule: rule.of(found.text).into(),
                name: *rule,
                comment,
                alone: found.rules.len() == 1,
                covers,
                used: false,
            });
        }
    }
}

/// The parts between comments such as `<!-- NAME:START - Do not remove or modify this section -->` and `<!-- NAME:END -->`.
fn made(text: &str, body: &Body) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(&str, u32)> = None;
    for comment in &body.comments {
        let inside = comment.of(text).trim_start_matches(['<', '!', '-', '{', '/', '*', ' ']);
        let Some((name, rest)) = inside.split_once(':') else { continue };
        match open {
            None if rest.starts_with("START") => {
                let rest = rest.to_ascii_lowercase();
                let asks =
                    rest.contains("do not") && ["modify", "edit", "change"].iter().any(|word| rest.contains(word));
                open = asks.then_some((name, comment.end));
            }
            Some((opened, start)) if opened == name && rest.starts_with("END") => {
                found.push(Span { start, end: comment.start });
                open = None;
            }
            _ => {}
        }
    }
    found
}

struct Found<'a> {
    text: &'a str,
    word: &'a str,
    rules: Vec<Span>,
}

/// `postlint-WORD rule, rule: why` inside a comment's delimiters.
fn read(text: &str, comment: Span) -> Option<Found<'_>> {
    let inside = comment.of(text);
    let at = inside.find("postlint-")?;
    // Only what stands at the comment's start is an order; a sentence about postlint is none.
    if !inside
        .get(..at)?
        .chars()
        .all(|c| matches!(c, '<' | '!' | '-' | '{' | '/' | '*' | '#' | ' ' | '\t' | '\n' | '\r'))
    {
        return None;
    }
    let after = inside.get(at + "postlint-".len()..)?;
    let end = after.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).unwrap_or(after.len());
    let word = after.get(..end)?;
    let mut rules = Vec::new();
    let mut offset = comment.start as usize + at + "postlint-".len() + end;
    let names = after.get(end..)?.split(':').next()?;
    for part in names.split([' ', ',', '\t', '\n', '\r']) {
        let name = part.trim_end_matches(['-', '>', '*', '/', '}']);
        if name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'/'))
            && !name.is_empty()
        {
            rules.push(Span::new(offset, offset + name.len()));
        }
        offset += part.len() + 1;
    }
    Some(Found { text, word, rules })
}

/// The block that begins after the comment, or the one that the comment stands in when that goes on behind it.
fn block_after(text: &str, body: &Body, comment: Span) -> Span {
    let around = body.blocks.iter().find(|block| block.start < comment.start && comment.end < block.end);
    if let Some(block) = around
        && !comment_is_alone(text, *block, comment)
    {
        return *block;
    }
    let next = body
        .blocks
        .iter()
        .find(|block| block.start >= comment.end || (block.start <= comment.start && block.end > comment.end + 1));
    match next {
        Some(block) => Span { start: comment.end.min(block.start), end: block.end },
        None => Span { start: comment.end, end: Span::new(0, text.len()).end },
    }
}

/// True when nothing but blanks stands between the comment and the block's end.
fn comment_is_alone(text: &str, block: Span, comment: Span) -> bool {
    let rest = Span { start: comment.end, end: block.end };
    rest.of(text).trim().is_empty()
}

/// The line of a comment and the next one: `key: value  # postlint-ignore …` and a comment above a key both work.
fn line_after(text: &str, comment: Span) -> Span {
    let start = text.get(..comment.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let rest = text.get(comment.end as usize..).unwrap_or_default();
    let ends: Vec<usize> = rest.match_indices('\n').map(|(at, _)| comment.end as usize + at).take(2).collect();
    let own = text.get(start..comment.start as usize).is_some_and(|before| before.trim().is_empty());
    let end = if own { ends.get(1).or(ends.first()) } else { ends.first() };
    Span::new(start, end.copied().unwrap_or(text.len()))
}

/// A comment with the line that it fills; only itself where something else stands there too.
fn whole_line(text: &str, comment: Span) -> Span {
    let start = text.get(..comment.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let alone = text.get(start..comment.start as usize).is_some_and(|before| before.trim().is_empty());
    let last = comment.end as usize;
    let end = text.get(last..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| last + at + 1);
    let alone = alone && text.get(last..end).is_some_and(|after| after.trim().is_empty());
    if alone { Span::new(start, end) } else { comment }
}
