//! The n-grams of a token and the place of each in the model. Of two million possible numbers 42,765 are kept; one bit
//! for each number and the count of bits before its word answer "kept?" and "which row?" with a single memory access.

use super::file::{BUCKETS, FileError};

/// N-grams have at least this many characters, `<` and `>` at the borders of the token included …
pub const SHORTEST: i32 = 2;
/// … and at most this many.
pub const LONGEST: i32 = 4;

/// The 64 numbers of one word of bits, and how many are kept before it.
#[derive(Clone, Copy, Default)]
struct Block {
    bits: u64,
    before: u32,
}

pub struct Grams {
    blocks: Vec<Block>,
}

impl Grams {
    pub fn new(kept: &[(u32, u32)]) -> Result<Grams, FileError> {
        let mut blocks = vec![Block::default(); BUCKETS as usize / 64 + 1];
        for &(gram, _) in kept {
            let block = blocks.get_mut(gram as usize / 64).ok_or(FileError::Inconsistent)?;
            block.bits |= 1 << (gram % 64);
        }
        let mut before = 0;
        for block in &mut blocks {
            block.before = before;
            before += block.bits.count_ones();
        }
        if before as usize == kept.len() { Ok(Grams { blocks }) } else { Err(FileError::Inconsistent) }
    }

    /// Position of an n-gram among the kept ones in the order of their numbers.
    pub fn place(&self, gram: u32) -> Option<u32> {
        let block = self.blocks.get(gram as usize / 64)?;
        let bit = 1 << (gram % 64);
        (block.bits & bit != 0).then(|| block.before + (block.bits & (bit - 1)).count_ones())
    }

    /// Calls `found` with the place of each kept n-gram of a token, in the order in which fastText adds them up.
    pub fn each(&self, token: &[u8], mut found: impl FnMut(u32)) {
        // The token with its markers; only tokens that are no words are too long for the stack.
        let mut short = [0; 64];
        let length = token.len() + 2;
        let mut long = Vec::new();
        let marked: &mut [u8] = match short.get_mut(..length) {
            Some(short) => short,
            None => {
                long.resize(length, 0);
                &mut long
            }
        };
        if let [first, middle @ .., last] = marked {
            (*first, *last) = (b'<', b'>');
            middle.copy_from_slice(token);
        }
        let at = |place: usize| marked.get(place).copied().unwrap_or_default();
        let continues = |place: usize| at(place) & 0xC0 == 0x80;
        for start in 0..length {
            if continues(start) {
                continue;
            }
            let mut number = 0x811C_9DC5_u32;
            let mut end = start;
            for characters in 1..=LONGEST {
                if end >= length {
                    break;
                }
                loop {
                    // The bytes are signed in fastText, so those from 128 carry ones in all higher bits.
                    number = (number ^ at(end) as i8 as u32).wrapping_mul(0x0100_0193);
                    end += 1;
                    if !continues(end) {
                        break;
                    }
                }
                if characters >= SHORTEST
                    && let Some(place) = self.place(number % BUCKETS)
                {
                    found(place);
                }
            }
        }
    }
}
