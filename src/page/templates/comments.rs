//! Comments of Pandoc's Markdown that CommonMark does not take for any: what stands in them is not shown, so the parser must
//! not see it.
//!
//! Source: Pandoc's reader of raw HTML, for which a comment goes on until its end, over empty lines, too.

use crate::source::Span;

/// `text <!-- a`, an empty line, `b -->`. What begins its line is HTML for both.
pub(super) fn over_empty_lines(file: &str, start: usize) -> Vec<Span> {
    let body = file.get(start..).unwrap_or_default();
    let mut found: Vec<Span> = Vec::new();
    let (mut done, mut seen, mut fenced) = (0, 0, false);
    for hit in memchr::memmem::find_iter(body.as_bytes(), b"<!--") {
        if hit < done {
            continue;
        }
        let Some(end) = body.get(hit..).and_then(|rest| rest.find("-->")).map(|end| hit + end + "-->".len()) else {
            break;
        };
        done = end;
        let inside = body.get(hit..end).unwrap_or_default();
        if !inside.contains("\n\n") || inside.contains("```") {
            continue;
        }
        // Every line is looked at once: a file may be nothing but comments.
        let line = body.get(..hit).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let lines = body.get(seen..line).unwrap_or_default().lines();
        fenced ^= lines.filter(|line| line.trim_start().starts_with("```")).count() % 2 == 1;
        seen = line.max(seen);
        let before = body.get(line..hit).unwrap_or_default();
        let in_code = before.matches('`').count() % 2 == 1 || before.starts_with("    ");
        if !fenced && !in_code && !before.trim().is_empty() {
            found.push(Span::new(start + hit, start + end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_over_an_empty_line() {
        let of = |text: &str| over_empty_lines(text, 0).iter().map(|at| at.of(text).len()).sum::<usize>();
        assert_eq!(of("a <!-- b\n\nc --> d\n"), 13);
        assert_eq!(of("`<!--` a\n\n```\nx <!-- b\n\nc -->\n```\n<!-- d\n\ne -->\n"), 0);
    }
}
