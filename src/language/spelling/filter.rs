//! A set of words in a tenth of their size: it knows every word that was put in, and takes about one other in a hundred
//! for one of them. Whoever asks it before complaining is at worst silent.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Bits per word, and how many of them a word sets: one false answer in about 120.
const BITS_PER_WORD: usize = 10;
const PROBES: u64 = 7;

/// A Bloom filter over its bits.
#[derive(Debug, Clone, Copy)]
pub struct Filter<'a>(&'a [u8]);

impl<'a> Filter<'a> {
    /// Over bits that [`build`](Filter::build) made.
    #[must_use]
    pub const fn new(bits: &'a [u8]) -> Self {
        Filter(bits)
    }

    /// True for every word that was put in; the word as [`fold`] gives it.
    #[must_use]
    pub fn contains(&self, folded: &str) -> bool {
        self.has(folded.bytes())
    }

    /// The same for a word of ASCII letters in any case.
    #[must_use]
    pub fn contains_in_any_case(&self, word: &[u8]) -> bool {
        self.has(word.iter().map(u8::to_ascii_lowercase))
    }

    fn has(&self, folded: impl Iterator<Item = u8>) -> bool {
        let size = self.0.len() as u64 * 8;
        let set = |bit: u64| self.0.get((bit / 8) as usize).is_some_and(|byte| byte & (1 << (bit % 8)) != 0);
        size > 0 && probes(folded, size).all(set)
    }

    /// The bits for these words, folded and each once.
    #[must_use]
    pub fn build<'w>(words: impl ExactSizeIterator<Item = &'w str>) -> Vec<u8> {
        let mut bits = vec![0; (words.len() * BITS_PER_WORD).div_ceil(8)];
        let size = bits.len() as u64 * 8;
        for bit in words.flat_map(|word| probes(word.bytes(), size)) {
            if let Some(byte) = bits.get_mut((bit / 8) as usize) {
                *byte |= 1 << (bit % 8);
            }
        }
        bits
    }
}

/// The bits of a word: FNV-1a, its halves combined.
fn probes(word: impl Iterator<Item = u8>, size: u64) -> impl Iterator<Item = u64> {
    let hash =
        word.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // FNV leaves the upper half of short words alike: one round of a mixer spreads it.
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (first, step) = (mixed >> 32, (mixed & 0xffff_ffff) | 1);
    (0..PROBES).map(move |n| first.wrapping_add(n.wrapping_mul(step)) % size.max(1))
}

/// A word as word lists compare it: lower case, without accents, ligatures as two letters.
#[must_use]
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            c => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found() {
        let words: Vec<String> = (0..2_000).map(|n| format!("word{n}")).collect();
        let bits = Filter::build(words.iter().map(String::as_str));
        let filter = Filter::new(&bits);
        assert!(words.iter().all(|word| filter.contains(word)));
        let wrong = (0..2_000).filter(|n| filter.contains(&format!("other{n}"))).count();
        assert!(wrong < 60, "{wrong} of 2000");
        assert!(!Filter::new(&[]).contains("word"));
    }

    #[test]
    fn accents_and_ligatures_are_folded() {
        assert_eq!(fold("Développement"), "developpement");
        assert_eq!(fold("œuvre"), "oeuvre");
        assert!(matches!(fold("plain"), Cow::Borrowed(_)));
    }
}
