//! Values that hold several destinations or one among other things: `srcset` and `style`.

use std::ops::Range;

/// The URLs of a `srcset`, as ranges of it. Commas part candidates; one inside a URL belongs to it.
pub(super) fn source_set(value: &str) -> Vec<Range<usize>> {
    let bytes = value.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b',') {
            at += 1;
        }
        let start = at;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace()) {
            at += 1;
        }
        if at == start {
            return found;
        }
        // `a-300x105 .jpg 300w`: a blank got before the ending, which no descriptor begins with.
        let rest = value.get(at..).unwrap_or_default().trim_start_matches(' ');
        let ending = rest.split([' ', ',']).next().unwrap_or_default();
        if ending.len() > 2
            && ending.strip_prefix('.').is_some_and(|letters| letters.bytes().all(|b| b.is_ascii_alphabetic()))
        {
            at = value.len() - rest.len() + ending.len();
        }
        let url = value.get(start..at).unwrap_or_default();
        let trimmed = url.trim_end_matches(',');
        found.push(start..start + trimmed.len());
        if trimmed.len() == url.len() {
            // The descriptor, up to a comma outside parentheses.
            let mut depth = 0_usize;
            while let Some(byte) = bytes.get(at) {
                match byte {
                    b'(' => depth += 1,
                    b')' => depth = depth.saturating_sub(1),
                    b',' if depth == 0 => break,
                    _ => {}
                }
                at += 1;
            }
        }
    }
}

/// The URLs of `url(…)` in a style, without quotes, as ranges of it.
pub(super) fn style_urls(value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hit) = value.get(at..).and_then(|rest| rest.find("url(")) {
        let open = at + hit + 4;
        let Some(close) = value.get(open..).and_then(|rest| rest.find(')')) else { break };
        at = open + close + 1;
        let inside = value.get(open..open + close).unwrap_or_default();
        let mut start = open + inside.len() - inside.trim_start().len();
        let mut text = inside.trim();
        for quote in ["\"", "'", "&quot;", "&#34;", "&#39;", "&apos;"] {
            if let Some(bare) = text.strip_prefix(quote) {
                start += quote.len();
                text = bare.strip_suffix(quote).unwrap_or(bare);
                break;
            }
        }
        if !text.is_empty() {
            found.push(start..start + text.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_sets_are_cut_at_commas_outside_urls() {
        let value = "a.jpg 1x, b,c.jpg 2x,d.jpg, e.jpg calc(1, 2)";
        let urls: Vec<&str> = source_set(value).into_iter().map(|range| &value[range]).collect();
        assert_eq!(urls, ["a.jpg", "b,c.jpg", "d.jpg", "e.jpg"]);
        assert!(source_set(" , ").is_empty());
    }

    #[test]
    fn style_urls_lose_their_quotes() {
        let value = "color: red; background: url( 'a.png' ), url(&quot;b.png&quot;) , url(c.png), url()";
        let urls: Vec<&str> = style_urls(value).into_iter().map(|range| &value[range]).collect();
        assert_eq!(urls, ["a.png", "b.png", "c.png"]);
    }
}
