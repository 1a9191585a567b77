//! Where a URL in plain text begins and ends: GitHub's rules, goldmark's, which knows only ASCII, and magiclink's, which
//! knows letters of all scripts and the signs of addresses.

use std::ops::Range;

use crate::page::dialect::Linkify;

/// The URL around the `://` or `www.` at `place`. It begins at or after `start` (text before is markup) and may go on
/// past the run of text, since `_a_` in it looks like emphasis to the parser.
pub(super) fn around(text: &str, place: usize, start: usize, linkify: Linkify) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let scheme = bytes.get(place) == Some(&b':');
    let begin = if scheme {
        let letters = bytes.get(start..place)?.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
        let name = text.get(place - letters..place)?;
        let known = ["https", "http", "ftp"].iter().find(|known| {
            name.len() >= known.len()
                && name.get(name.len() - known.len()..).is_some_and(|end| end.eq_ignore_ascii_case(known))
        })?;
        place - known.len()
    } else {
        place
    };
    let before = bytes.get(start..begin)?.last();
    let apart = match before {
        None => true,
        // After a letter GitHub's readers differ; a scheme in the middle of a word is still meant as a URL.
        Some(byte) if scheme && linkify != Linkify::Goldmark => !byte.is_ascii_alphanumeric(),
        Some(byte) => byte.is_ascii_whitespace() || matches!(byte, b'*' | b'_' | b'~' | b'(' | b'"' | b'\''),
    };
    // `::card{href="https://…"}`: the value of an attribute in a syntax of a plugin's.
    let value = bytes.get(start..begin)?.ends_with(b"=\"") || bytes.get(start..begin)?.ends_with(b"='");
    if !apart || value {
        return None;
    }
    let host = if scheme { place + 3 } else { place + 4 };
    let stop = |b: &u8| {
        b.is_ascii_whitespace()
            || matches!(b, b'<' | b'`')
            || (linkify == Linkify::Goldmark && (!b.is_ascii() || *b == b'\\'))
    };
    let rest = bytes.get(host..)?;
    let mut end = host + rest.iter().position(stop).unwrap_or(rest.len());
    if linkify == Linkify::Goldmark {
        let domain = host + domain_of_goldmark(rest)?;
        end = if matches!(bytes.get(domain), Some(b'/' | b'#' | b'?')) { end } else { domain };
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // A no-break space ends it for most readers.
    let blank = text.get(host..end)?.find(|c: char| !c.is_ascii() && c.is_whitespace());
    end = blank.map_or(end, |at| host + at);
    if linkify == Linkify::LinkifyIt {
        let behind = text.get(host..end)?;
        let authority = behind.get(..behind.find(['/', '?', '#']).unwrap_or(behind.len()))?;
        end =
            authority.find(|c: char| !c.is_alphanumeric() && !"-._~:@%!$&*+=".contains(c)).map_or(end, |at| host + at);
    }
    if linkify == Linkify::Magic {
        let of_address = |c: char| c.is_alphanumeric() || "_-.?,!'(){}[]/+&@%$#=:\"|~;".contains(c);
        let behind = text.get(host..end)?;
        let long = behind.find(|c| !of_address(c)).unwrap_or(behind.len());
        let closes = |c: char| c.is_alphanumeric() || "-/#@$+=".contains(c);
        let last = behind.get(..long)?.char_indices().rev().find(|&(_, c)| closes(c));
        end = host + last.map_or(0, |(at, c)| at + c.len_utf8());
    }
    // What stands around it: the end of a link's text, a shortcode that encloses it.
    let url = text.get(begin..end)?;
    let quote = before.filter(|byte| matches!(byte, b'"' | b'\''));
    let quoted = quote.and_then(|quote| url.bytes().position(|byte| byte == *quote));
    let markup = ["](", "\\[", "[/"].iter().filter_map(|mark| url.find(mark)).chain(quoted).min();
    let url = url.get(..markup.unwrap_or(url.len())).unwrap_or(url);
    let end = begin + trimmed(url).len();
    let named = text.get(host..end)?.starts_with(|c: char| c.is_alphanumeric() || c == '[' || c == '/');
    (end > host && named && (scheme || text.get(host..end)?.contains('.'))).then_some(begin..end)
}

/// How long the host and port are that a URL of goldmark's needs: it ends in a dot and small letters, so that `localhost`,
/// numbers and place holders stay text. Source: goldmark 1.7 `extension/linkify.go`.
fn domain_of_goldmark(text: &[u8]) -> Option<usize> {
    let count = |from: usize, fits: fn(&u8) -> bool| text.iter().skip(from).take_while(|byte| fits(byte)).count();
    let all = count(0, |byte| byte.is_ascii_alphanumeric() || b"-@:%._+~#=".contains(byte));
    let ends = |at: &usize| text.get(*at) == Some(&b'.') && text.get(at + 1).is_some_and(u8::is_ascii_lowercase);
    let dot = (1..all).rev().find(ends)?;
    let end = dot + 1 + count(dot + 1, u8::is_ascii_lowercase);
    let port = if text.get(end) == Some(&b':') { count(end + 1, u8::is_ascii_digit) } else { 0 };
    Some(if port > 0 { end + 1 + port } else { end })
}

/// Without what belongs to the sentence: final punctuation, a closing parenthesis or bracket without its opening one,
/// an entity.
fn trimmed(url: &str) -> &str {
    let mut url = url;
    let closes = url.bytes().filter(|b| *b == b')').count();
    let opens = url.bytes().filter(|b| *b == b'(').count();
    let mut surplus = closes.saturating_sub(opens);
    loop {
        let Some(last) = url.as_bytes().last() else { return url };
        let shorter = match last {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' | b']' | b'|' => url.len() - 1,
            b')' if surplus > 0 => {
                surplus -= 1;
                url.len() - 1
            }
            b';' => {
                let name = url.bytes().rev().skip(1).take_while(u8::is_ascii_alphanumeric).count();
                let amp = url.len().checked_sub(name + 2).filter(|at| url.as_bytes().get(*at) == Some(&b'&'));
                match amp {
                    Some(amp) if name > 0 => amp,
                    _ => url.len() - 1,
                }
            }
            _ => return url,
        };
        url = url.get(..shorter).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let place = text.find("://").or_else(|| text.find("www."))?;
        around(text, place, 0, Linkify::Gfm).map(|range| &text[range])
    }

    #[test]
    fn the_sentence_keeps_its_punctuation() {
        assert_eq!(found("see https://e.com/a."), Some("https://e.com/a"));
        assert_eq!(found("(https://e.com/a)"), Some("https://e.com/a"));
        assert_eq!(found("https://e.com/a_(b)"), Some("https://e.com/a_(b)"));
        assert_eq!(found("https://e.com/?a=1&copy;"), Some("https://e.com/?a=1"));
        assert_eq!(found("(see https://e.com/a);"), Some("https://e.com/a"));
        assert_eq!(found("https://e.com/_a_b"), Some("https://e.com/_a_b"));
        assert_eq!(found("go to www.e.com, now"), Some("www.e.com"));
        assert_eq!(found("::card{href=\"https://e.com\"}"), None);
        assert_eq!(found("'url': 'https://e.com'}}}"), Some("https://e.com"));
        assert_eq!(found("https://e.com,\u{a0} https://e.org"), Some("https://e.com"));
        assert_eq!(found("xwww.e.com"), None);
        assert_eq!(found("edge://flags"), None);
        assert_eq!(found("https://"), None);
        assert_eq!(found("https://x.example/y**"), Some("https://x.example/y"));
    }

    #[test]
    fn goldmark_stops_where_ascii_does() {
        let text = "http://e.com/f，说明";
        assert_eq!(around(text, 4, 0, Linkify::Goldmark), Some(0..14));
        assert_eq!(around(text, 4, 0, Linkify::Gfm), Some(0..text.len()));
        let linked = |text: &str, start| around(text, text.find("://")?, start, Linkify::Goldmark);
        assert_eq!(linked("http://a.example:80(x)", 0), Some(0..19));
        assert_eq!(linked("http://a.example/(x)", 0), Some(0..20));
        for (text, start) in [
            ("http://localhost:80/a.b", 0),
            ("http://10.0.0.1/a", 0),
            ("https://git.<my>", 0),
            ("打http://a.example", 0),
        ] {
            assert_eq!(linked(text, start), None, "{text}");
        }
    }
}
