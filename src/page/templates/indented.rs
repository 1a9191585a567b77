//! Blocks whose body is indented by four: admonitions, collapsible blocks and tabs of Python-Markdown, definitions.
//!
//! CommonMark would call such a body code. A list item takes a body of the same indentation, so the line that opens the
//! block is masked as the start of one; offsets stay, and blocks within blocks are lists within lists.

use crate::page::dialect::Dialect;
use crate::source::Span;

/// What is to be masked as the start of a list item: the whole line of an admonition, the colon of a definition.
pub(super) fn openings(file: &str, start: usize, dialect: &Dialect) -> Vec<Span> {
    let mut found = Vec::new();
    if !dialect.admonitions && !dialect.definition_lists {
        return found;
    }
    let bytes = file.as_bytes().get(start..).unwrap_or_default();
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        let indent = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let text = line.get(indent..).unwrap_or_default().trim_ascii_end();
        let from = start + at + indent;
        if dialect.admonitions && opens_block(text) {
            found.push(Span::new(from, from + text.len()));
        } else if dialect.definition_lists && text.starts_with(b":  ") && indent < 4 {
            found.push(Span::new(from, from + 1));
        }
        at += end + 1;
    }
    found
}

/// `!!! note "Title"`, `??? note`, `???+ note`, `=== "Tab"`, `===! "Tab"`.
fn opens_block(text: &[u8]) -> bool {
    if let Some(rest) = text.strip_prefix(b"===") {
        return rest.trim_ascii_start().starts_with(b"\"") || matches!(rest, [b'!' | b'+', b' ', ..]);
    }
    let rest = match text.strip_prefix(b"!!!") {
        Some(rest) => rest,
        None => match text.strip_prefix(b"???") {
            Some(rest) => rest.strip_prefix(b"+").unwrap_or(rest),
            None => return false,
        },
    };
    rest.strip_prefix(b" ").unwrap_or(rest).first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::body::Body;

    const BLOCKS: Dialect = Dialect { admonitions: true, definition_lists: true, ..Dialect::PYTHON_MARKDOWN };

    #[test]
    fn bodies_are_markdown_at_any_depth() {
        let text = "Text\n!!! note \"A [title](/t)\"\n    See [a](/a).\n\n    ??? tip\n\n        And [b](/b)\n\n            [code](/c)\n\n=== \"Tab\"\n\n    ## Heading\n\n    ```\n    [code](/d)\n    ```\n\nterm\n:   def\n\n    [e](/e)\n";
        let body = Body::read(text, 0, &BLOCKS);
        let links: Vec<&str> = body.links.iter().map(|link| link.span.of(text)).collect();
        assert_eq!(links, ["/a", "/b", "/e"]);
        assert_eq!(body.headings.len(), 1);
        assert_eq!(&*body.headings[0].text, "Heading");
    }

    #[test]
    fn what_opens_no_block() {
        for line in ["!!!", "???", "Wait!!! note", "====", "=== x", "!!! \"x\"", ":) text"] {
            assert!(openings(line, 0, &BLOCKS).is_empty(), "{line}");
        }
    }
}
