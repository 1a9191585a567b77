//! Straight quotes, dashes and three dots as typographic ones: `"a" -- b...` → `“a” – b…`, where ids keep them.
//!
//! Source: the `smartypants` option of marked, and the typographer of markdown-it, which agree on ordinary text.

/// Appends `text` with typographic characters.
pub fn push(text: &str, out: &mut String) {
    let start = out.len();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Whether a quote opens is decided by what stands before it in the same piece of text.
        let before = out.get(start..).and_then(|done| done.chars().next_back());
        let opens = before.is_none_or(|c| c.is_whitespace() || "-—/([{\"‘“".contains(c));
        let (width, put) = match c {
            '-' if rest.starts_with("---") => (3, "—"),
            '-' if rest.starts_with("--") => (2, "–"),
            '.' if rest.starts_with("...") => (3, "…"),
            '\'' => (1, if opens { "‘" } else { "’" }),
            '"' => (1, if opens { "“" } else { "”" }),
            _ => {
                out.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
                continue;
            }
        };
        out.push_str(put);
        rest = rest.get(width..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn quotes_open_and_close() {
        let mut out = String::new();
        super::push("It's \"quoted\" -- ('a') --- b...", &mut out);
        assert_eq!(out, "It’s “quoted” – (‘a’) — b…");
    }
}
