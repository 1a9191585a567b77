//! The words of a title, a description or an alternative text that may be judged: written by a person as plain words.
//!
//! Everything else has its own spelling: URLs, file names, identifiers, code, abbreviations, words with digits.

use crate::invisible::is_ideograph;

/// One word: where it stands in the text, and the word.
pub type Word<'a> = (usize, &'a str);

/// True where a text is made by a template or holds markup of its own, so that its words are not what a reader reads.
#[must_use]
pub fn is_made(text: &str) -> bool {
    text.contains("{{") || text.contains("{%") || text.contains("<code")
}

/// The pieces of a text between blanks, without punctuation around them. What stands between backticks, and what is an
/// address, a path, an identifier or markup, is left out.
fn tokens(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut in_code = false;
    text.split_ascii_whitespace().filter_map(move |token| {
        let was_in_code = in_code;
        in_code ^= token.bytes().filter(|byte| *byte == b'`').count() % 2 == 1;
        if was_in_code || token.bytes().any(is_strange) {
            return None;
        }
        let core = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let core = core.trim_end_matches(|c: char| !c.is_alphanumeric());
        // Both are parts of one text. `.htaccess` is the name of a file, `...and` is a word.
        let before = core.as_ptr() as usize - token.as_ptr() as usize;
        let hidden = token.get(..before).is_some_and(|before| before.ends_with('.') && !before.ends_with(".."));
        // An apostrophe that ends a word stays: it stands for a letter that is not there.
        let rest = token.get(before + core.len()..).unwrap_or_default();
        let mark = rest.chars().next().filter(|c| matches!(c, '\'' | '’') && !token.starts_with(['\'', '‘', '’']));
        let core = token.get(before..before + core.len() + mark.map_or(0, char::len_utf8))?;
        (!hidden && !core.contains('(')).then_some((token.as_ptr() as usize - text.as_ptr() as usize + before, core))
    })
}

/// Signs of addresses, paths, identifiers and markup.
fn is_strange(byte: u8) -> bool {
    matches!(byte, b'#'..=b'&' | b'+' | b'/' | b'<'..=b'>' | b'@' | b'['..=b'`' | b'{'..=b'~')
}

/// `x.y` and `a:b` join what prose keeps apart; digits make a version or an identifier.
fn is_plain(token: &str) -> bool {
    let joined = |pair: &[u8]| matches!(pair, [b'.' | b':' | b';' | b',' | b'*', after] if *after != b'*');
    !token.contains(char::is_numeric) && !token.as_bytes().windows(2).any(joined)
}

/// The words that may be the name of something, with their capitals and dots: `Node.js`, `GitHub`; a part of a compound
/// is one too, and what ideographs or Korean particles stand beside. Of a compound in small letters nothing is: `javascript-loader` is the name of another thing.
pub fn possible_names(text: &str) -> impl Iterator<Item = Word<'_>> {
    tokens(text).flat_map(|(at, token)| {
        let whole = token.contains('.');
        let parts = token.split(move |c: char| !whole && (!c.is_alphanumeric() || is_ideograph(c) || is_hangul(c)));
        parts.filter_map(move |part| {
            let start = part.as_ptr() as usize - token.as_ptr() as usize;
            let tail = token.get(start + part.len()..).unwrap_or_default();
            let alone =
                part.len() == token.trim_end_matches(['\'', '’']).len() || start == 0 && tail.starts_with(['\'', '’']);
            let compound = !alone && !part.contains(char::is_uppercase);
            (!part.is_empty() && !compound).then_some((at + start, part))
        })
    })
}

/// A syllable of Korean, whose particles are written to the word before them.
fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// The single words of a text: letters only, all small or with one capital in front.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    tokens(text).filter(|(_, token)| is_plain(token)).flat_map(|(at, token)| {
        let parts = token.split(|c: char| !c.is_alphabetic());
        parts.filter_map(move |part| {
            let start = part.as_ptr() as usize - token.as_ptr() as usize;
            let after = token.get(start + part.len()..).unwrap_or_default();
            (is_one_word(part) && !is_elided(after)).then_some((at + start, part))
        })
    })
}

/// All small, or one capital in front: neither an abbreviation nor a name like `CamelCase`.
fn is_one_word(word: &str) -> bool {
    word.chars().nth(1).is_some() && !word.chars().skip(1).any(char::is_uppercase)
}

/// `wouldn` before `'t` and `changin` before `'` are half a word; `site` before `'s` is a whole one.
fn is_elided(after: &str) -> bool {
    let Some(tail) = after.strip_prefix(['\'', '’']) else { return false };
    !tail.split(|c: char| !c.is_alphabetic()).next().is_some_and(|tail| tail.eq_ignore_ascii_case("s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<&str> {
        for (at, word) in words(text) {
            assert_eq!(text.get(at..at + word.len()), Some(word));
        }
        words(text).map(|(_, word)| word).collect()
    }

    #[test]
    fn only_plain_words_are_judged() {
        assert_eq!(
            seen("An Open-Source tool, (really) for \"Testing\": yes."),
            ["An", "Open", "Source", "tool", "really", "for", "Testing", "yes"]
        );
        assert_eq!(seen("L’incompréhension du site's author wouldn't"), ["incompréhension", "du", "site", "author"]);
        assert_eq!(
            seen("see https://a.example/pyhton or a.pyhton, NASA CamelCase iOS b2b `pyhton now` f(pyhton)"),
            ["see", "or"]
        );
        assert_eq!(seen("ns::pyhton key:value @pyhton #pyhton snake_case"), Vec::<&str>::new());
        assert_eq!(seen("*emphasis* ...and .pyhton"), ["emphasis", "and"]);
        assert_eq!(seen("They are changin’ the 'quoted' word"), ["They", "are", "the", "quoted", "word"]);
    }

    #[test]
    fn names_keep_their_dots_and_capitals() {
        let seen = |text| possible_names(text).map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(
            seen("Node.js, Javascript-based javascript-loader (github) github.com/x Github's"),
            ["Node.js", "Javascript", "github", "Github"]
        );
        assert_eq!(seen("`Github x` @github .github C++"), Vec::<&str>::new());
        assert_eq!(seen("Github과 Gitlab으로, github으로"), ["Github", "Gitlab"]);
    }

    #[test]
    fn templates_are_seen() {
        assert!(is_made("Post {{ page.title }}") && !is_made("Sets {a, b}"));
    }
}
