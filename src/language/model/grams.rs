//! The n-grams of a token and the place of each in the model. Of two million possible numbers 42,765 are kept; one bit
//! for each number and the count of bits before its word answer "kept?" and "which row?" with a single memory access.

/// N-grams are numbered by their hash modulo this.
pub const BUCKETS: u32 = 2_000_000;
/// N-grams have at least this many characters, `<` and `>` at the borders of the token included …
pub const SHORTEST: i32 = 2;
/// … and at most this many.
pub const LONGEST: i32 = 4;

/// The n-grams that have a row, as the file has them.
#[derive(Clone, Copy)]
pub struct KeptGrams<'a>(&'a [[u8; 8]]);

impl<'a> KeptGrams<'a> {
    /// From eight bytes for each: its number, and its row.
    pub fn new(pairs: &'a [[u8; 8]]) -> KeptGrams<'a> {
        KeptGrams(pairs)
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// The number of each, and its row after those of the words.
    pub fn iter(self) -> impl Iterator<Item = (u32, u32)> + 'a {
        self.0.iter().map(|[a, b, c, d, row @ ..]| (u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes(*row)))
    }
}

pub struct Grams {
    /// One bit for each number.
    bits: Vec<u64>,
    /// How many are kept before each word of bits: fewer than 65,536. Apart from the bits, because most n-grams are not
    /// kept, and their question ends there.
    before: Vec<u16>,
}

impl Grams {
    /// Nothing for numbers that are too large, or too many.
    pub fn new(kept: KeptGrams<'_>) -> Option<Grams> {
        let mut bits = vec![0_u64; BUCKETS as usize / 64 + 1];
        for (gram, _) in kept.iter() {
            *bits.get_mut(gram as usize / 64)? |= 1 << (gram % 64);
        }
        let mut before = Vec::with_capacity(bits.len());
        let mut so_far = 0;
        for word in &bits {
            before.push(u16::try_from(so_far).ok()?);
            so_far += word.count_ones();
        }
        (so_far as usize == kept.len()).then_some(Grams { bits, before })
    }

    /// Position of an n-gram among the kept ones in the order of their numbers.
    pub fn place(&self, gram: u32) -> Option<u32> {
        let word = self.bits.get(gram as usize / 64)?;
        let bit = 1 << (gram % 64);
        if word & bit == 0 {
            return None;
        }
        Some(u32::from(*self.before.get(gram as usize / 64)?) + (word & (bit - 1)).count_ones())
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
