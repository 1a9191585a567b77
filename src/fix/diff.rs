//! The repairs as a unified diff that `git apply` and `patch -p1` accept.
//!
//! Nothing is guessed: which bytes change is known, so the hunks are those lines and their neighbours.

use std::fmt::Write as _;

use super::patch::Patch;
use crate::source::LineIndex;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// Old lines and what stands there afterwards.
struct Block {
    from: usize,
    to: usize,
    new: Vec<String>,
}

/// The diff of one file; empty when nothing changes. A text without an end of line at its end is told as `diff` does.
#[must_use]
pub fn unified(file: &str, old: &str, patch: &Patch) -> String {
    let lines: Vec<&str> = old.split_inclusive('\n').collect();
    let mut blocks = blocks(old, &lines, patch);
    blocks.retain(|block| block.from < block.to || !block.new.is_empty());
    let mut out = String::new();
    if blocks.is_empty() {
        return out;
    }
    let _ = writeln!(out, "--- {}\n+++ {}", name("a/", file), name("b/", file));
    // Lines that were added so far move the new numbers.
    let mut shift = 0_i64;
    for hunk in blocks.chunk_by(|a, b| b.from <= a.to + 2 * CONTEXT) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let (from, to) = (first.from.saturating_sub(CONTEXT), (last.to + CONTEXT).min(lines.len()));
        let added: i64 = hunk.iter().map(|block| block.new.len() as i64 - (block.to - block.from) as i64).sum();
        let old_count = to - from;
        let new_count = usize::try_from(old_count as i64 + added).unwrap_or(0);
        let new_from = usize::try_from(from as i64 + shift).unwrap_or(0);
        let _ = writeln!(out, "@@ -{} +{} @@", range(from, old_count), range(new_from, new_count));
        let mut at = from;
        for block in hunk {
            lines.get(at..block.from).unwrap_or_default().iter().for_each(|text| line(&mut out, ' ', text));
            lines.get(block.from..block.to).unwrap_or_default().iter().for_each(|text| line(&mut out, '-', text));
            block.new.iter().for_each(|text| line(&mut out, '+', text));
            at = block.to;
        }
        lines.get(at..to).unwrap_or_default().iter().for_each(|text| line(&mut out, ' ', text));
        shift += added;
    }
    out
}

/// The changed lines, those that touch as one.
fn blocks(old: &str, lines: &[&str], patch: &Patch) -> Vec<Block> {
    let index = LineIndex::new(old);
    let start_of = |line: usize| index.line_span(old, line).start as usize;
    let mut edits = patch.edits().iter().peekable();
    let mut blocks = Vec::new();
    while let Some(first) = edits.next() {
        let mut own = vec![first];
        let from = index.line_of(first.0.start as usize);
        let mut to = index.line_of(first.0.end as usize) + 1;
        while let Some(next) = edits.next_if(|next| index.line_of(next.0.start as usize) < to) {
            to = index.line_of(next.0.end as usize) + 1;
            own.push(next);
        }
        let mut new = String::new();
        let mut at = start_of(from);
        for (span, text) in own {
            new.push_str(old.get(at..span.start as usize).unwrap_or_default());
            new.push_str(text);
            at = span.end as usize;
        }
        let end = if to < index.lines() { start_of(to) } else { old.len() };
        new.push_str(old.get(at..end).unwrap_or_default());
        blocks.push(trimmed(from, to.min(lines.len()), &new, lines));
    }
    blocks
}

/// Without the lines at its ends that stay as they are.
fn trimmed(mut from: usize, mut to: usize, new: &str, lines: &[&str]) -> Block {
    let mut new: Vec<&str> = new.split_inclusive('\n').collect();
    while to > from && new.last().is_some() && lines.get(to - 1) == new.last() {
        new.pop();
        to -= 1;
    }
    let same = lines.get(from..to).unwrap_or_default().iter().zip(&new).take_while(|(a, b)| a == b).count();
    from += same;
    Block { from, to, new: new.into_iter().skip(same).map(str::to_owned).collect() }
}

fn range(from: usize, count: usize) -> String {
    // An empty range is named by the line before it.
    let first = if count == 0 { from } else { from + 1 };
    if count == 1 { first.to_string() } else { format!("{first},{count}") }
}

fn line(out: &mut String, mark: char, text: &str) {
    out.push(mark);
    out.push_str(text);
    if !text.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// A name as git writes it: in quotes where it holds what would end the line, with a tab behind one with blanks.
fn name(side: &str, file: &str) -> String {
    if file.contains(|c: char| c.is_control() || c == '"' || c == '\\') {
        let mut quoted = format!("\"{side}");
        for byte in file.bytes() {
            match byte {
                b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
                0x20..=0x7e => quoted.push(char::from(byte)),
                _ => drop(write!(quoted, "\\{byte:03o}")),
            }
        }
        quoted.push('"');
        return quoted;
    }
    let tab = if file.contains(' ') { "\t" } else { "" };
    format!("{side}{file}{tab}")
}
