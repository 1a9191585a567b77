//! `^name` at the end of a paragraph or a list item: the name of a block, by which notes refer to it (`[[note#^name]]`).
//!
//! Source: the page "Internal links" of Obsidian's help, "Link to a block in a note"; Quartz's `transformers/ofm.ts`.

/// True for what may be the name of a block: Latin letters, digits and hyphens; Quartz takes underscores, too.
#[must_use]
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The names of blocks in a note.
pub fn of(text: &str) -> impl Iterator<Item = &str> {
    memchr::memchr_iter(b'^', text.as_bytes()).filter_map(|at| {
        // Quartz asks for no blank before it; `[^name]` is a footnote.
        let line = text.get(at + 1..).filter(|_| !text.get(..at).is_some_and(|before| before.ends_with('[')))?;
        let name = line.get(..memchr::memchr(b'\n', line.as_bytes()).unwrap_or(line.len()))?.trim_end();
        is_name(name).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_at_the_ends_of_lines() {
        let text = "A text ^abc-1\n\n- an item ^B2 \r\n\n^alone\n\nno ^two words\n`x ^2`\n[^note]\n";
        assert_eq!(super::of(text).collect::<Vec<_>>(), ["abc-1", "B2", "alone"]);
    }
}
