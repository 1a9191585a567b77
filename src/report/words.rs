//! Numbers and lines as people read them.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// `5140` as `5,140`.
#[must_use]
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 page`, `5,140 pages`: the noun is given in the singular and takes a plain `s`.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", number(n), if n == 1 { "" } else { "s" })
}

/// `1 template link`, `2 images in a folder that only the theme knows`: a number and a plural noun with what follows it.
pub fn counted(n: usize, plural: &str) -> String {
    const AFTER: [&str; 8] = [" in ", " to ", " that ", " of ", " without ", " against ", " outside ", " with "];
    let noun = AFTER.iter().filter_map(|word| plural.find(word)).min().unwrap_or(plural.len());
    let (noun, rest) = plural.split_at(noun);
    let one = noun.strip_suffix('s').filter(|_| n == 1);
    format!("{} {}{rest}", number(n), one.unwrap_or(noun))
}

/// Columns of a text that holds nothing hidden.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width()
}

/// The text broken at spaces to fit `width`; the first line starts with `first`, the others with as many spaces.
/// A word longer than a line is broken anywhere.
#[must_use]
pub fn wrap(first: &str, text: &str, width: usize) -> String {
    let indent = columns(first);
    let room = width.saturating_sub(indent).max(20);
    let mut out = String::with_capacity(first.len() + text.len() + 16);
    out.push_str(first);
    let mut used = 0;
    let new_line = |out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
    };
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needs = columns(word);
        if used > 0 && used + 1 + needs > room {
            new_line(&mut out);
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        if needs <= room {
            out.push_str(word);
            used += needs;
            continue;
        }
        for c in word.chars() {
            if used >= room {
                new_line(&mut out);
                used = 0;
            }
            out.push(c);
            used += c.width().unwrap_or(0);
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_nouns() {
        assert_eq!(number(0), "0");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(count(1, "page"), "1 page");
        assert_eq!(count(5140, "external link"), "5,140 external links");
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_anywhere() {
        let text = "a link to a page that was moved and abcdefghijklmnopqrstuvwxyz";
        assert_eq!(
            wrap("  help: ", text, 28),
            "  help: a link to a page\n        that was moved and\n        abcdefghijklmnopqrst\n        uvwxyz\n"
        );
    }
}
