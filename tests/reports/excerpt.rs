//! What is cut out of a file is drawn as miette draws the whole file, and cutting never fails.

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode, SourceSpan};
use postlint::report::{Excerpt, Text};
use postlint::source::Span;
use proptest::prelude::*;

/// One label in a source.
#[derive(Debug)]
struct Labelled<S>(S, SourceSpan);

impl<S> std::fmt::Display for Labelled<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("what is wrong")
    }
}

impl<S: std::fmt::Debug> std::error::Error for Labelled<S> {}

impl<S: SourceCode + std::fmt::Debug> Diagnostic for Labelled<S> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.0)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(Some("why".to_string()), self.1))))
    }
}

fn drawn(source: impl SourceCode + std::fmt::Debug, span: SourceSpan) -> String {
    let mut out = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
    handler.render_report(&mut out, &Labelled(source, span)).unwrap();
    out
}

fn ours(text: &str, span: Span, width: usize) -> String {
    ours_in(text, span, width, 1)
}

fn ours_in(text: &str, span: Span, width: usize, context: usize) -> String {
    let cut = Excerpt::new(&Text::new(text.to_string().into()), span, "a.md".to_string(), width, context);
    let label = cut.label();
    drawn(cut, label)
}

fn miettes(text: &str, span: Span) -> String {
    drawn(NamedSource::new("a.md", text.to_string()), (span.start as usize, span.len()).into())
}

#[test]
fn ordinary_text_looks_as_miette_draws_it() {
    let text = "---\ntitle: one\n---\r\n\r\n\tIndented [link](/somewhere) here\nand more\nlast line";
    for part in ["title", "one", "/somewhere", "Indented", "last line", "here\nand", "---\r\n\r\n\tInd"] {
        let start = text.find(part).unwrap();
        let span = Span::new(start, start + part.len());
        assert_eq!(ours(text, span, 200), miettes(text, span), "{part}");
    }
}

/// The characters that the marks below a line point at.
fn marked(drawing: &str) -> String {
    let lines: Vec<&str> = drawing.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.contains("─┬") || line.contains("┬─") || line.trim().ends_with("· ┬"))
        .unwrap();
    let columns: Vec<usize> =
        lines[at].chars().enumerate().filter(|(_, c)| matches!(c, '─' | '┬')).map(|(column, _)| column).collect();
    lines[at - 1].chars().enumerate().filter(|(column, _)| columns.contains(column)).map(|(_, c)| c).collect()
}

#[test]
fn the_marks_stand_under_the_characters_at_fault() {
    let text = format!("{}\u{202e}[\u{1b}](bad){}\n", "é".repeat(300), "ü".repeat(300));
    let start = text.find("bad").unwrap();
    for width in [40, 80, 92] {
        let drawing = ours(&text, Span::new(start, start + 3), width);
        assert_eq!(marked(&drawing), "bad", "{drawing}");
        assert!(drawing.contains("\\u{202e}[␛](bad)") && drawing.contains("[a.md:1:306]"), "{drawing}");
    }
    let hidden = text.find('\u{202e}').unwrap();
    let drawing = ours(&text, Span::new(hidden, hidden + 3), 80);
    assert_eq!(marked(&drawing), "\\u{202e}", "{drawing}");
}

#[test]
fn a_span_over_many_lines_is_shown_by_its_first() {
    let text = "one\n".repeat(50);
    let cut = Excerpt::new(&Text::new(text.into()), Span::new(8, 120), "a.md".to_string(), 80, 0);
    assert_eq!(cut.lines_left(), 27);
    let label = cut.label();
    assert!(drawn(cut, label).contains(" 3 │ one\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 1_000_000, ..ProptestConfig::default() })]

    #[test]
    fn the_same_as_miette_on_ascii(
        lines in proptest::collection::vec("[ -~]{1,40}", 1..9), from in 0usize..300, length in 1usize..50
    ) {
        let text = lines.join("\n") + "\n";
        let from = from % text.len();
        let to = (from + length).min(text.len());
        // A span that starts or ends at a line's end is drawn by miette as if it went on in the next line.
        prop_assume!(!text[from..=from].ends_with('\n') && !text[..to].ends_with('\n'));
        let span = Span::new(from, to);
        prop_assume!(text[from..to].lines().count() <= 6);
        prop_assert_eq!(ours(&text, span, 200), miettes(&text, span));
    }

    #[test]
    fn any_text_and_any_span_can_be_drawn(
        text in "(\\PC|[\r\n\t\u{feff}\u{0}\u{1b}\u{202e}]){0,200}", from in 0usize..600, length in 0usize..600, width in 0usize..100,
        context in 0usize..2
    ) {
        let drawing = ours_in(&text, Span::new(from, from + length), width, context);
        prop_assert!(drawing.contains("what is wrong"));
        prop_assert!(drawing.lines().all(|line| line.chars().count() < 2_000));
    }
}
