//! Lines of kramdown that Markdown would take for text.

use crate::source::Span;

/// Lines `{: .external}` with a definition on the next line, which they belong to. To Markdown they are a paragraph, and a
/// definition cannot interrupt one.
pub(super) fn lists_before_definitions(file: &str, start: usize) -> Vec<Span> {
    let body = file.get(start..).unwrap_or_default();
    let is_definition = |line: &str| line.starts_with('[') && !line.starts_with("[^") && line.contains("]:");
    memchr::memmem::find_iter(body.as_bytes(), "{:")
        .filter(|at| body.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with('\n')))
        .filter_map(|at| {
            let (line, rest) = body.get(at..)?.split_once('\n')?;
            let line = line.trim_end();
            let next = rest.get(..rest.find('\n').unwrap_or(rest.len()))?;
            (line.ends_with('}') && is_definition(next)).then(|| Span::new(start + at, start + at + line.len()))
        })
        .collect()
}
