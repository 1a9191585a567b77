//! Formulas between dollar signs, as GitHub, GitLab, Obsidian, Pandoc and MathJax show them: brackets in them are brackets.
//!
//! Markdown itself knows none, so what looks like a link in one is found by its place.

use crate::source::Span;

/// So far back a formula of several lines is looked for.
const BACK: usize = 4_000;

/// True between two dollar signs of one line, `$f[n - 2](n \\geq 2)$`, or between two pairs of a paragraph.
#[must_use]
pub fn holds(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let after = text.get(span.end as usize..).and_then(|after| after.lines().next()).unwrap_or_default();
    let (pairs, singles) = open(line);
    if pairs && after.contains("$$") || singles && after.contains('$') {
        return true;
    }
    let mut start = before.len().saturating_sub(BACK);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let near = before.get(start..).unwrap_or_default();
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
