//! kramdown, the Markdown of Jekyll: three algorithms, chosen by the input format and by where a heading stands.

use super::characters::is_word;
use super::dashes::push_with_dashes;
use super::heading::{HeadingText, Kind};

/// The GFM parser (Jekyll's default): keeps every word character of the visible text. A heading inside an HTML element
/// is not seen by the GFM parser and falls to [`ascii_of`].
pub fn gfm(heading: &HeadingText<'_>) -> Option<String> {
    let text = visible_text(heading);
    if heading.nested_in_html {
        return Some(ascii_of(&text));
    }
    let mut out = String::with_capacity(text.len());
    // Character by character: Ruby knows no final sigma.
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            ' ' | '\t' => out.push('-'),
            '-' => out.push('-'),
            c if is_word(c) => out.push(c),
            _ => {}
        }
    }
    Some(out)
}

/// `input: kramdown`: takes the heading's source, markup and link targets included.
pub fn plain(heading: &HeadingText<'_>) -> Option<String> {
    Some(ascii_of(heading.raw))
}

/// From the first ASCII letter on, ASCII letters, digits, hyphens and spaces; accented letters vanish.
fn ascii_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let start = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    for c in text.get(start..).unwrap_or_default().chars() {
        match c {
            ' ' => out.push('-'),
            '-' => out.push('-'),
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    out
}

/// Text and code after kramdown's typography, which also swallows the blank inside `<< guillemets >>`.
fn visible_text(heading: &HeadingText<'_>) -> String {
    let mut out = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::Text | Kind::LinkText => push_typographic(&run.text, &mut out),
            Kind::Escaped | Kind::Reference | Kind::Code | Kind::Autolink => out.push_str(&run.text),
            Kind::Break => out.push('\n'),
            Kind::ImageAlt | Kind::Html | Kind::Footnote => {}
        }
    }
    out
}

fn push_typographic(text: &str, out: &mut String) {
    let from = out.len();
    let text = if out.ends_with("<<") { text.strip_prefix(' ').unwrap_or(text) } else { text };
    push_with_dashes(text, out);
    let guillemets = |s: &str| s.contains("<< ") || s.contains(" >>");
    if out.get(from..).is_some_and(guillemets) {
        let joined = out.get(from..).unwrap_or_default().replace("<< ", "<<").replace(" >>", ">>");
        out.truncate(from);
        out.push_str(&joined);
    }
}
