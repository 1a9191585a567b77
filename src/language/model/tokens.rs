//! A text that comes in pieces, cut into tokens at white space. A token may begin in one piece and end in another
//! (`**im**possible`): what is unfinished at the end of a piece is carried over.

/// The unfinished token between two pieces; kept between texts so that its memory is used again.
#[derive(Debug, Default)]
pub struct Carry(Vec<u8>);

/// Calls `token` with every token of the text that the pieces make when written one after the other.
pub fn each<'a>(pieces: impl Iterator<Item = &'a str>, carry: &mut Carry, mut token: impl FnMut(&[u8])) {
    let unfinished = &mut carry.0;
    unfinished.clear();
    for piece in pieces {
        let mut rest = piece.as_bytes();
        while !rest.is_empty() {
            let (end, blank) = next_blank(rest);
            let (head, tail) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            if blank == 0 {
                unfinished.extend_from_slice(head);
            } else if unfinished.is_empty() {
                if !head.is_empty() {
                    token(head);
                }
            } else {
                unfinished.extend_from_slice(head);
                token(unfinished);
                unfinished.clear();
            }
            rest = tail.get(blank..).unwrap_or_default();
        }
    }
    if !unfinished.is_empty() {
        token(unfinished);
        unfinished.clear();
    }
}

/// Where the first white space of Unicode begins and how many bytes it has (0 at the end of the text).
fn next_blank(bytes: &[u8]) -> (usize, usize) {
    for (place, &byte) in bytes.iter().enumerate() {
        // Only these bytes begin a white space character.
        let width = match byte {
            b'\t'..=b'\r' | b' ' => 1,
            0xC2 | 0xE1 | 0xE2 | 0xE3 => wide(bytes.get(place..).unwrap_or_default()),
            _ => 0,
        };
        if width > 0 {
            return (place, width);
        }
    }
    (bytes.len(), 0)
}

/// White space outside ASCII: U+0085, 00A0, 1680, 2000–200A, 2028, 2029, 202F, 205F, 3000.
fn wide(bytes: &[u8]) -> usize {
    match bytes {
        [0xC2, 0x85 | 0xA0, ..] => 2,
        [0xE1, 0x9A, 0x80, ..] | [0xE2, 0x81, 0x9F, ..] | [0xE3, 0x80, 0x80, ..] => 3,
        [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(pieces: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        each(pieces.iter().copied(), &mut Carry::default(), |token| {
            found.push(String::from_utf8(token.to_vec()).unwrap());
        });
        found
    }

    #[test]
    fn tokens_reach_over_pieces() {
        assert_eq!(tokens(&["im", "possible things", " ", "", "h", "app", "en "]), ["impossible", "things", "happen"]);
        assert_eq!(tokens(&[]), [""; 0]);
        assert_eq!(tokens(&["  ", "\n"]), [""; 0]);
    }

    #[test]
    fn white_space_is_that_of_unicode() {
        for character in (0..=0x3100).filter_map(char::from_u32) {
            let expected = if character.is_whitespace() {
                vec!["a".to_owned(), "b".into()]
            } else {
                vec![format!("a{character}b")]
            };
            assert_eq!(tokens(&[&format!("a{character}b")]), expected, "{character:?}");
        }
    }
}
