//! Zola's shortcodes: `{{ name(key="value") }}`, `{% name() %} … {% end %}`; all other braces are text.
//!
//! Source: Zola's grammar, `components/markdown/src/content.pest`.

use super::arguments::{OUTPUT, Words};
use super::scan::Scan;
use super::{Syntax, TemplateCall, Unclosed, UnclosedKind};
use crate::source::Span;

/// Longest quoted value that is believed.
const LONGEST: usize = 64 * 1024;

/// Finds every shortcode of `file[start..]`.
pub(super) fn scan(file: &str, start: usize) -> Scan {
    let bytes = file.as_bytes();
    let mut found = Scan::default();
    let mut open: Vec<Span> = Vec::new();
    let mut at = start;
    while let Some(brace) = memchr::memchr(b'{', bytes.get(at..).unwrap_or_default()) {
        let begin = at + brace;
        at = begin + 1;
        let Some(tag) = read(bytes, begin) else { continue };
        let span = Span::new(begin, tag.end);
        at = tag.end;
        match tag.what {
            What::Ignored => found.tags.push(span),
            What::End if open.pop().is_none() => {}
            What::End => found.tags.push(span),
            What::Call { name, arguments } => {
                let body = bytes.get(begin + 1) == Some(&b'%');
                if body {
                    open.push(span);
                }
                found.tags.push(span);
                found.calls.push(TemplateCall {
                    span,
                    syntax: if body { Syntax::Tag } else { Syntax::Output },
                    name,
                    closing: false,
                    arguments: Words::new(file, arguments.start as usize, arguments.end as usize)
                        .arguments(&OUTPUT)
                        .into(),
                    filters: Box::default(),
                    in_destination: false,
                });
            }
        }
    }
    found.unclosed.extend(open.into_iter().map(|span| Unclosed { span, kind: UnclosedKind::EndTag }));
    found
}

struct Tag {
    what: What,
    /// Behind the closing delimiter.
    end: usize,
}

enum What {
    Call {
        name: Span,
        arguments: Span,
    },
    /// `{% end %}`
    End,
    /// `{{/* … */}}`, which only prints itself; a component or `{% raw %}`, of which nothing is asked.
    Ignored,
}

/// The shortcode that begins here, if one does. It stops at the first byte that the grammar does not know, so that all
/// attempts together are linear.
fn read(bytes: &[u8], begin: usize) -> Option<Tag> {
    let closer: &[u8] = match bytes.get(begin + 1)? {
        b'{' => b"}}",
        b'%' => b"%}",
        _ => return None,
    };
    if let Some(end) = component(bytes, begin) {
        return Some(Tag { what: What::Ignored, end });
    }
    let mut at = begin + 2;
    let ignored = bytes.get(at..).is_some_and(|rest| rest.starts_with(b"/*"));
    at = blanks(bytes, if ignored { at + 2 } else { at });
    let from = at;
    while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
        at += 1;
    }
    let name = Span::new(from, at);
    let named = bytes.get(from).is_some_and(|b| !b.is_ascii_digit()) && at > from;
    at = blanks(bytes, at);
    let arguments = match bytes.get(at) {
        Some(b'(') if named => {
            let close = arguments(bytes, at + 1)?;
            let inside = Span::new(at + 1, close);
            at = blanks(bytes, close + 1);
            Some(inside)
        }
        _ if bytes.get(name.range()) == Some(b"end") && closer == b"%}" => None,
        _ => return None,
    };
    if ignored {
        at = bytes.get(at..)?.starts_with(b"*/").then_some(at + 2)?;
    }
    let end = bytes.get(at..)?.starts_with(closer).then_some(at + 2)?;
    let what = match arguments {
        _ if ignored => What::Ignored,
        Some(arguments) => What::Call { name, arguments },
        None => What::End,
    };
    Some(Tag { what, end })
}

/// The end of a component's tag: `{{<name key="value" />}}`, `{% <name> %}`, `{% </name> %}`; or of `{% raw %}` and `{% endraw %}`.
///
/// Source: the components of Tera 2, as sites for the Zola that has it write them.
fn component(bytes: &[u8], begin: usize) -> Option<usize> {
    let output = bytes.get(begin + 1) == Some(&b'{');
    let from = blanks(bytes, begin + 2);
    let rest = bytes.get(from..bytes.len().min(from + LONGEST))?;
    if let Some(inside) = rest.strip_prefix(b"<") {
        let closer: &[u8] = if output { b"/>}}" } else { b"> %}" };
        let name = inside.strip_prefix(b"/").unwrap_or(inside).first()?;
        let end = memchr::memmem::find(rest, closer)?;
        let inner = rest.get(..end)?;
        let whole = name.is_ascii_alphabetic() && memchr::memmem::find(inner, b"\n\n").is_none();
        return (whole && memchr::memmem::find(inner, b"}}").is_none()).then_some(from + end + closer.len());
    }
    let word = [b"raw".as_slice(), b"endraw"].into_iter().find(|word| !output && rest.starts_with(word))?;
    let at = blanks(bytes, from + word.len());
    bytes.get(at..)?.starts_with(b"%}").then_some(at + 2)
}

fn blanks(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// The parenthesis that closes the arguments.
fn arguments(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            b')' => return Some(at),
            quote @ (b'"' | b'\'' | b'`') => {
                let rest = bytes.get(at + 1..bytes.len().min(at + LONGEST))?;
                at += memchr::memchr(quote, rest)? + 2;
            }
            b if b.is_ascii_alphanumeric() || b.is_ascii_whitespace() || b"_=,.-[]".contains(&b) => at += 1,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_and_other_braces() {
        let text = "{{ youtube(id=\"a)}}b\", autoplay=true) }} {{ page.title }} {% quote(author='x') %}\n[a](b)\n{% end %} \
                    {{/* a() */}} {% if x %} {% end %} {{ b( }}";
        let found = scan(text, 0);
        let tags: Vec<&str> = found.tags.iter().map(|tag| tag.of(text)).collect();
        assert_eq!(
            tags,
            ["{{ youtube(id=\"a)}}b\", autoplay=true) }}", "{% quote(author='x') %}", "{% end %}", "{{/* a() */}}"]
        );
        let first = found.calls.first().unwrap();
        assert_eq!(first.named(text, "id").map(|argument| argument.value.of(text)), Some("a)}}b"));
        assert!(found.unclosed.is_empty());
        assert_eq!(scan("{% a() %} text", 0).unclosed.len(), 1);
        let text =
            "{{<img src=\"a\" page={page} />}} {% <note> %} a {% </note> %} {% raw %}{#b}{% endraw %} {{< old a >}}";
        let found = scan(text, 0);
        let tags: Vec<&str> = found.tags.iter().map(|tag| tag.of(text)).collect();
        assert_eq!(
            tags,
            ["{{<img src=\"a\" page={page} />}}", "{% <note> %}", "{% </note> %}", "{% raw %}", "{% endraw %}"]
        );
        assert!(found.unclosed.is_empty());
    }
}
