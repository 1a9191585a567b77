//! SHA-1, for `:hash` in permalinks: the first twelve digits name a post. Not meant to protect anything.
//!
//! Source: FIPS 180-4, section 6.1.

/// The digest of a short text in hexadecimal digits.
#[must_use]
pub fn hex(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let bits = (bytes.len() as u64).wrapping_mul(8);
    bytes.push(0x80);
    while bytes.len() % 64 != 56 {
        bytes.push(0);
    }
    bytes.extend(bits.to_be_bytes());
    let mut state: [u32; 5] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0];
    for block in bytes.chunks_exact(64) {
        step(&mut state, block);
    }
    state.iter().map(|word| format!("{word:08x}")).collect()
}

fn step(state: &mut [u32; 5], block: &[u8]) {
    let mut words: Vec<u32> =
        block.chunks_exact(4).map(|four| four.iter().fold(0, |word, byte| (word << 8) | u32::from(*byte))).collect();
    for at in 16..80_usize {
        let back = |by: usize| at.checked_sub(by).and_then(|at| words.get(at)).copied().unwrap_or_default();
        words.push((back(3) ^ back(8) ^ back(14) ^ back(16)).rotate_left(1));
    }
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    for (round, word) in words.iter().enumerate() {
        let (mixed, constant) = match round / 20 {
            0 => ((b & c) | (!b & d), 0x5A82_7999),
            1 => (b ^ c ^ d, 0x6ED9_EBA1),
            2 => ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC),
            _ => (b ^ c ^ d, 0xCA62_C1D6),
        };
        let next = a.rotate_left(5).wrapping_add(mixed).wrapping_add(e).wrapping_add(constant).wrapping_add(*word);
        (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
    }
    for (word, more) in state.iter_mut().zip([a, b, c, d, e]) {
        *word = word.wrapping_add(more);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_examples_of_the_standard() {
        assert_eq!(super::hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        assert_eq!(super::hex(long), "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    }
}
