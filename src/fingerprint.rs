//! Names a finding so that it is recognised in another run: after lines moved, on another machine, by another release.
//!
//! A line number would change with every edit above it, so a finding is named by its rule, its file, the text at its span
//! with the white space evened out, and the how-manieth of these it is in the file.

use crate::hash::Map;

use crate::finding::Finding;

/// Gives fingerprints to the findings of one file after another, in report order.
#[derive(Debug, Default)]
pub struct Fingerprints {
    file: String,
    seen: Map<u128, u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding; `content` is the text at its span, empty where that is not known.
    pub fn next(&mut self, finding: &Finding, content: &str) -> String {
        if *self.file != *finding.file {
            self.file = finding.file.to_string();
            self.seen.clear();
        }
        let mut hash = Fnv::new();
        hash.part(finding.rule.split_whitespace());
        hash.part([&*finding.file]);
        hash.part(content.split_whitespace());
        if finding.span.is_empty() {
            // No text of its own (a whole file, a missing key): the values that the message names tell two of them apart,
            // the sentence around them may be reworded by a later release.
            hash.part(finding.message.split('`').skip(1).step_by(2));
        }
        let ordinal = self.seen.entry(hash.0).or_default();
        hash.part([ordinal.to_string().as_str()]);
        *ordinal += 1;
        format!("{:032x}", hash.0)
    }
}

/// FNV-1a, 128 bits: the standard library's hashers may change between releases, a baseline must not.
struct Fnv(u128);

impl Fnv {
    fn new() -> Self {
        Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds one field; the separators keep `a`+`bc` and `ab`+`c` apart (neither byte occurs in UTF-8).
    fn part<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        for word in words {
            word.bytes().chain([0xfe]).for_each(|byte| self.byte(byte));
        }
        self.byte(0xff);
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
    }
}
