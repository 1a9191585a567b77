//! Formulas between dollar signs, as GitHub, GitLab, Obsidian, Pandoc and MathJax show them: brackets in them are brackets.
//!
//! Markdown itself knows none, so what looks like a link in one is found by its place.

use crate::source::{Span, line_after};

/// So far back the beginning of a formula is looked for.
const BACK: usize = 4_000;

/// True between two dollar signs of one line, `$f[n - 2](n \\geq 2)$`, or between two pairs of a paragraph.
#[must_use]
pub fn holds(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let cut = before.len().saturating_sub(BACK);
    // Not between a backslash and its dollar.
    let cut = cut.saturating_sub(usize::from(cut > 0 && before.as_bytes().get(cut - 1) == Some(&b'\\')));
    let near = before.get(before.floor_char_boundary(cut)..).unwrap_or_default();
    if memchr::memchr(b'$', near.as_bytes()).is_none() {
        return false;
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
