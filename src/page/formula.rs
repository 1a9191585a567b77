//! Formulas between dollar signs, as GitHub, GitLab, Obsidian, Pandoc and MathJax show them: brackets in them are brackets.
//!
//! Markdown itself knows none, so what looks like a link in one is found by its place.

use std::ops::Range;

use crate::source::{Span, line_after};

/// So far back the beginning of a formula is looked for.
const BACK: usize = 4_000;
/// So many beginnings of environments are looked at.
const DEEP: usize = 16;

/// True between two dollar signs of one line, `$f[n - 2](n \\geq 2)$`, or between two pairs of a paragraph.
#[must_use]
pub fn holds(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let cut = before.len().saturating_sub(BACK);
    // Not between a backslash and its dollar.
    let cut = cut.saturating_sub(usize::from(cut > 0 && before.as_bytes().get(cut - 1) == Some(&b'\\')));
    let near = before.get(before.floor_char_boundary(cut)..).unwrap_or_default();
    if memchr::memchr2(b'$', b'\\', near.as_bytes()).is_none() {
        return false;
    }
    if is_in_environment(near, text.get(span.end as usize..).unwrap_or_default()) {
        return true;
    }
    let line = near.rsplit('\n').next().unwrap_or_default();
    let (pairs, singles) = open(line);
    let after = line_after(text, span.end as usize);
    if pairs && after.contains("$$") || singles && after.contains('$') {
        return true;
    }
    let paragraph = near.rfind("\n\n").map_or(near, |at| near.get(at..).unwrap_or_default());
    paragraph.contains('\n') && paragraph.matches("$$").count() % 2 == 1
}

/// True between `\begin{align}` and `\end{align}`, or between `\(` and `\)` of one paragraph, over lines.
fn is_in_environment(before: &str, after: &str) -> bool {
    let after = after.get(..after.floor_char_boundary(BACK)).unwrap_or(after);
    let is_open = |(at, sign): (usize, &str)| {
        let Some((name, inside)) = before.get(at + sign.len()..).and_then(|rest| rest.split_once('}')) else {
            return false;
        };
        let end = format!("\\end{{{name}}}");
        !inside.contains(&end) && after.contains(&end)
    };
    if before.rmatch_indices("\\begin{").take(DEEP).any(is_open) {
        return true;
    }
    let above = before.rfind("\n\n").map_or(before, |at| before.get(at..).unwrap_or_default());
    let below = after.split("\n\n").next().unwrap_or_default();
    let open = |start: &str, end: &str| {
        let inside = above.rsplit_once(start).is_some_and(|(_, inside)| inside.contains('\n') && !inside.contains(end));
        inside && below.contains(end)
    };
    open("\\(", "\\)") || open("\\[", "\\]")
}

/// The same by the rules of those that show formulas in notes: a dollar sign opens one with no blank behind it, and closes it
/// with no blank before it and no digit behind.
#[must_use]
pub fn encloses(text: &str, place: &Range<usize>) -> bool {
    let Some(before) = text.get(..place.start) else { return false };
    let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default();
    let after = text.get(place.end..).and_then(|after| after.lines().next()).unwrap_or_default();
    let mut inside = false;
    for (at, _) in line.match_indices('$').filter(|(at, _)| is_single(line, *at)) {
        inside = if inside { !closes(line, at) } else { opens(line, at) };
    }
    if inside && after.match_indices('$').any(|(at, _)| is_single(after, at) && closes(after, at)) {
        return true;
    }
    let near = before.get(before.floor_char_boundary(before.len().saturating_sub(BACK))..).unwrap_or_default();
    let paragraph = near.rfind("\n\n").map_or(near, |at| near.get(at..).unwrap_or_default());
    paragraph.matches("$$").count() % 2 == 1
        && text.get(place.end..).is_some_and(|rest| rest.split("\n\n").next().is_some_and(|rest| rest.contains("$$")))
}

/// The same as code hosts do it: besides, no letter or digit stands before the first sign or behind the last.
/// Source: GitHub's documentation, "Writing mathematical expressions".
#[must_use]
pub fn is_shown_around(text: &str, place: &Range<usize>) -> bool {
    let Some(before) = text.get(..place.start) else { return false };
    let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default();
    let after = text.get(place.end..).and_then(|after| after.lines().next()).unwrap_or_default();
    if !line.contains('$') || !after.contains('$') {
        return false;
    }
    let is_apart = |beside: Option<char>| beside.is_none_or(|c| !c.is_alphanumeric());
    let begins = |line: &str, at: usize| {
        opens(line, at) && is_apart(line.get(..at).and_then(|before| before.chars().next_back()))
    };
    let ends =
        |line: &str, at: usize| closes(line, at) && is_apart(line.get(at + 1..).and_then(|rest| rest.chars().next()));
    let mut inside = false;
    for (at, _) in line.match_indices('$').filter(|(at, _)| is_single(line, *at)) {
        inside = if inside { !ends(line, at) } else { begins(line, at) };
    }
    let open_pairs = line.matches("$$").count() % 2 == 1;
    inside && after.match_indices('$').any(|(at, _)| is_single(after, at) && ends(after, at))
        || open_pairs && after.contains("$$")
}

/// True in a formula of several lines: between two pairs of dollar signs in one paragraph, each at an end of its line. Whoever
/// writes those means a formula, whatever the generator makes of it.
#[must_use]
pub fn is_in_block(text: &str, place: &Range<usize>) -> bool {
    let (Some(before), Some(after)) = (text.get(..place.start), text.get(place.end..)) else { return false };
    let near = before.get(before.floor_char_boundary(before.len().saturating_sub(BACK))..).unwrap_or_default();
    let above = near.rfind("\n\n").map_or(near, |at| near.get(at..).unwrap_or_default());
    let below = after.split("\n\n").next().unwrap_or_default();
    let is_at_an_end = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.starts_with("$$") || line.ends_with("$$")
    };
    above.matches("$$").count() % 2 == 1
        && above.lines().rfind(|line| line.contains("$$")).is_some_and(is_at_an_end)
        && below.lines().find(|line| line.contains("$$")).is_some_and(is_at_an_end)
}

fn is_single(line: &str, at: usize) -> bool {
    let beside = |at: Option<usize>| at.and_then(|at| line.as_bytes().get(at));
    !matches!(beside(at.checked_sub(1)), Some(b'$' | b'\\')) && beside(at.checked_add(1)) != Some(&b'$')
}

fn opens(line: &str, at: usize) -> bool {
    line.get(at + 1..).is_some_and(|rest| !rest.starts_with(char::is_whitespace))
}

fn closes(line: &str, at: usize) -> bool {
    line.get(..at).is_some_and(|before| !before.ends_with(char::is_whitespace))
        && line.get(at + 1..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a pair of dollar signs, or a single one, is open at the end of a line.
fn open(line: &str) -> (bool, bool) {
    let (mut pairs, mut singles) = (false, false);
    let mut bytes = line.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'$' if bytes.peek() == Some(&b'$') => {
                bytes.next();
                pairs = !pairs;
            }
            b'$' if !pairs => singles = !singles,
            _ => {}
        }
    }
    (pairs, singles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> bool {
        let start = text.find("[r]").unwrap();
        holds(text, Span::new(start, start + 3))
    }

    #[test]
    fn formulas_of_notes() {
        let encloses = |text: &str| {
            let start = text.find("[r]").unwrap();
            super::encloses(text, &(start..start + 3))
        };
        for text in ["$R[r]$", "a $b$, $K[[r]](x)$.", "$$\n[r]\n$$\n", "$[r]\\sim_{H}[[c]]$", "$$ [r] $$"] {
            assert!(encloses(text), "{text}");
        }
        for text in ["costs $5 [r] and $6", "$a$ [r] $b$", "$ [r]$", "\\$[r]$", "US$5 [r] US$6", "$$a$$ [r]"] {
            assert!(!encloses(text), "{text}");
        }
    }

    #[test]
    fn formulas_of_several_lines() {
        let within = |text: &str| {
            let start = text.find("[r](u)").unwrap();
            is_in_block(text, &(start..start + 6))
        };
        for text in ["$$\n[r](u)\n$$", "> $$\n> a [r](u)\n> $$\n", "text $$\na [r](u) b\n$$\n", "$$ a\n[r](u) $$ end"] {
            assert!(within(text), "{text}");
        }
        for text in ["$$\na\n$$\n[r](u)\n$$\nb\n$$", "$$\n\n[r](u)\n\n$$", "pay $$ or [r](u) for $$ more", "$$\n[r](u)"]
        {
            assert!(!within(text), "{text}");
        }
    }

    #[test]
    fn formulas_of_code_hosts() {
        let shown = |text: &str| {
            let start = text.find("[r](u)").unwrap();
            is_shown_around(text, &(start..start + 6))
        };
        for text in ["$p_t = [r](u)$", "so $a$, $K[r](u)/2$.", "($[r](u)$)", "$$ a [r](u) $$"] {
            assert!(shown(text), "{text}");
        }
        for text in [
            "costs $5 [r](u) or $6",
            "$a$ [r](u) $b$",
            "US$5 [r](u) US$",
            "$HOME/[r](u) and $PATH",
            "$ [r](u)$",
            "($A) [r](u) ($B)",
        ] {
            assert!(!shown(text), "{text}");
        }
    }

    #[test]
    fn dollars_open_and_close() {
        for text in ["$[m][r]$", "$$[m][r]^2$$", "a $b$ and $[m][r]$", "$$\n[m][r]\n$$\n", "text\n\n$$ a\n= [m][r] $$"]
        {
            assert!(at(text), "{text}");
        }
        for text in
            ["[m][r]", "5 $ and [m][r]", "$a$ [m][r] $b$", "$$a$$ [m][r]", "$$a$$\n[m][r]", "\\$5 [m][r] for $6"]
        {
            assert!(!at(text), "{text}");
        }
    }
}
