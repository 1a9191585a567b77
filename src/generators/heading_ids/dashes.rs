//! Typographic dashes: `--` and `---` become dashes before an id is made, and vanish with the punctuation.
//!
//! Quotes and ellipses are converted too, but as they are dropped before and after alike, only dashes can be seen. That
//! something stood there still counts: blanks at its side are not at the edge of the heading.

/// Appends `text` to `out` with typographic dashes; a lone hyphen stays.
pub fn push_with_dashes(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find("--") {
        let (before, dashes) = rest.split_at(at);
        out.push_str(before);
        rest = dashes.trim_start_matches('-');
        out.push('–');
        // Longest first: `----` is one em dash and a hyphen. How many dashes there are makes no difference.
        if (dashes.len() - rest.len()) % 3 == 1 {
            out.push('-');
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_dashes_are_eaten_in_threes_and_twos() {
        let mut out = String::new();
        push_with_dashes("a-b--c---d----e-----f", &mut out);
        assert_eq!(out, "a-b–c–d–-e–f");
    }
}
