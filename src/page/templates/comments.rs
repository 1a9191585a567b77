//! Comments of Pandoc's Markdown that CommonMark does not take for any: what stands in them is not shown, so the parser must
//! not see it.
//!
//! Source: Pandoc's reader of raw HTML, for which a comment goes on until its end, over empty lines, too.

use crate::source::Span;

/// `text <!-- a`, an empty line, `b -->`. What begins its line is HTML for both.
pub(super) fn over_empty_lines(file: &str, start: usize) -> Vec<Span> {
    let body = file.get(start..).unwrap_or_default();
    let mut found: Vec<Span> = Vec::new();
    let mut done = 0;
    for hit in memchr::memmem::find_iter(body.as_bytes(), b"<!--") {
        let line = body.get(..hit).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let in_code = line.matches('`').count() % 2 == 1 || line.starts_with("    ");
        if hit < done || in_code || line.trim().is_empty() {
            continue;
        }
        let Some(end) = body.get(hit..).and_then(|rest| rest.find("-->")).map(|end| hit + end + "-->".len()) else {
            break;
        };
        let inside = body.get(hit..end).unwrap_or_default();
        let is_fenced = || {
            let lines = body.get(..hit).unwrap_or_default().lines();
            lines.filter(|line| line.trim_start().starts_with("```")).count() % 2 == 1
        };
        if inside.contains("\n\n") && !inside.contains("```") && !is_fenced() {
            found.push(Span::new(start + hit, start + end));
        }
        done = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_over_an_empty_line() {
        let of = |text: &str| over_empty_lines(text, 0).iter().map(|at| at.of(text).len()).sum::<usize>();
        assert_eq!(of("a <!-- b\n\nc --> d\n"), 15);
        assert_eq!(of("`<!--` a\n\n```\nx <!-- b\n\nc -->\n```\n<!-- d\n\ne -->\n"), 0);
    }
}
