//! Finds words in many texts, in whatever letter case (of ASCII) they stand there.
//!
//! A word is looked for by its rarest letter, at the speed at which memory is searched for a byte: most texts have few of
//! these letters and none of the words.

/// Letters, the rarest in English and French texts first.
const RARE_FIRST: &[u8; 26] = b"zqxjkwvybgfphmcdulronaiste";

/// What finds them.
pub struct WordFinder<'w> {
    searches: Vec<Search<'w>>,
}

/// All words that are looked for by one letter.
struct Search<'w> {
    letter: u8,
    /// By the letter before it, as far as its lower bits tell.
    words: [Vec<Word<'w>>; 32],
}

struct Word<'w> {
    number: usize,
    bytes: &'w [u8],
    /// Where the letter is, from 1.
    letter_at: usize,
}

impl<'w> WordFinder<'w> {
    /// For words in small letters, numbered as they come. What has fewer than two bytes is not found.
    pub fn of(words: &'w [String]) -> WordFinder<'w> {
        let mut searches: Vec<Search<'w>> = Vec::new();
        for (number, word) in words.iter().enumerate() {
            let bytes = word.as_bytes();
            let pairs = bytes.windows(2).enumerate().filter_map(|(at, pair)| match pair {
                [before, letter] => Some((at + 1, *before, *letter)),
                _ => None,
            });
            let rank = |letter: u8| RARE_FIRST.iter().position(|rare| *rare == letter).unwrap_or(RARE_FIRST.len());
            let Some((letter_at, before, letter)) = pairs.min_by_key(|(_, _, letter)| rank(*letter)) else { continue };
            let word = Word { number, bytes, letter_at };
            match searches.iter_mut().find(|search| search.letter == letter) {
                Some(search) => search.add(before, word),
                None => {
                    let mut search = Search { letter, words: Default::default() };
                    search.add(before, word);
                    searches.push(search);
                }
            }
        }
        WordFinder { searches }
    }

    /// The number of each word that is found, with its place.
    pub fn find<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, usize)> + 't {
        self.searches.iter().flat_map(|search| search.find(text))
    }
}

impl<'w> Search<'w> {
    fn add(&mut self, before: u8, word: Word<'w>) {
        if let Some(words) = self.words.get_mut(bucket(before)) {
            words.push(word);
        }
    }

    fn find<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, usize)> + 't {
        let places = memchr::memchr2_iter(self.letter, self.letter.to_ascii_uppercase(), text);
        places.flat_map(move |at| {
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            let words = before.and_then(|before| self.words.get(bucket(*before))).into_iter().flatten();
            words.filter_map(move |word| {
                let start = at.checked_sub(word.letter_at)?;
                let there = text.get(start..start + word.bytes.len())?;
                there.eq_ignore_ascii_case(word.bytes).then_some((word.number, start))
            })
        })
    }
}

/// The same for a capital and its small letter.
fn bucket(byte: u8) -> usize {
    usize::from(byte & 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let words = ["nervana".to_owned(), "vana".to_owned(), "été".to_owned(), "x".to_owned()];
        let finder = WordFinder::of(&words);
        let mut found: Vec<(usize, usize)> = finder.find("NERvana, van, Été, été".as_bytes()).collect();
        found.sort_unstable();
        assert_eq!(found, [(0, 0), (1, 3), (2, 21)]);
    }
}
