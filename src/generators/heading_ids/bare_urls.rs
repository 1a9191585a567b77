//! Bare URLs in the text of a heading, as goldmark's `linkify` extension finds them.
//!
//! Only for ids: a URL that became a link is not part of a Hugo heading's text.

use std::borrow::Cow;

/// `text` without its bare URLs; borrowed when there is none.
pub fn without_urls(text: &str) -> Cow<'_, str> {
    if !text.contains("://") && !text.contains("www.") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if before.is_none_or(opens) { url_length(rest) } else { 0 };
        let step = if length > 0 { length } else { c.len_utf8() };
        let (piece, tail) = rest.split_at(step);
        if length == 0 {
            out.push_str(piece);
        }
        before = piece.chars().next_back();
        rest = tail;
    }
    Cow::Owned(out)
}

/// Whether a URL may begin after this character.
fn opens(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '"' | '\'')
}

/// Length in bytes of the URL at the start of `text`, 0 if there is none.
fn url_length(text: &str) -> usize {
    let Some(prefix) = ["https://", "http://", "ftp://", "www."].into_iter().find(|p| text.starts_with(p)) else {
        return 0;
    };
    let after = text.get(prefix.len()..).unwrap_or_default();
    let host = after.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-@:%._+~#=".contains(b)).count();
    if !after.get(..host).is_some_and(|h| h.trim_end_matches('.').contains('.') || prefix == "www.") || host == 0 {
        return 0;
    }
    let end = after.bytes().take_while(|b| b.is_ascii_graphic() && *b != b'<').count();
    let url = text.get(..prefix.len() + end).unwrap_or_default();
    let mut url = url.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~']);
    while url.ends_with(')') && url.matches(')').count() > url.matches('(').count() {
        url = url.strip_suffix(')').unwrap_or(url);
    }
    url.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_goes_and_its_punctuation_stays() {
        assert_eq!(without_urls("see https://a.example/x_y, (http://b.example/c) www.d.example."), "see , () .");
        assert_eq!(without_urls("no://scheme xhttps://a.example a www b"), "no://scheme xhttps://a.example a www b");
    }
}
