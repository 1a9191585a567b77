//! The first look at a paragraph: is it surely in the language that we expect? One table of 4,096 signed bytes per
//! language says how much each trigram of bytes speaks for that language and against all others. Nineteen paragraphs
//! in twenty are settled here, at a sixth of the cost of parsing the page; only the rest is shown to the model.
//!
//! It works on bytes, so one loop serves every script, and it allocates nothing. The tables are made by
//! `examples/language_tables` from the texts that `rules/data/language/SOURCES.md` lists.

use super::Language;

/// Number of weights in a table.
pub const WEIGHTS: usize = 4096;
/// From this many bytes the second threshold holds.
pub const LONG: usize = 160;

/// Of so many bytes on, a beginning is as good as the whole.
const ENOUGH: usize = 320;

/// The start of `tables.bin`; a number of languages (one byte) follows, their heads, then their weights.
pub const MAGIC: &[u8; 8] = b"trigram1";
/// Length of a head: code, zero, threshold for short texts, threshold for long ones (little-endian floats).
pub const HEAD: usize = 12;

static TABLES: &[u8] = include_bytes!("../../rules/data/language/tables.bin");

/// What tells one language from all others.
#[derive(Clone, Copy)]
pub struct Table {
    weights: &'static [u8; WEIGHTS],
    short: f32,
    long: f32,
}

impl Table {
    /// The table of a language, if there is one.
    #[must_use]
    pub fn of(language: Language) -> Option<Table> {
        let (place, count) = languages().enumerate().fold((None, 0), |(found, count), (place, known)| {
            (found.or((known == Some(language)).then_some(place)), count + 1)
        });
        let head = MAGIC.len() + 1 + place? * HEAD;
        let weights = MAGIC.len() + 1 + count * HEAD + place? * WEIGHTS;
        let threshold = |at: usize| {
            let bytes = TABLES.get(head + at..)?.first_chunk()?;
            Some(f32::from_le_bytes(*bytes))
        };
        Some(Table { weights: TABLES.get(weights..)?.first_chunk()?, short: threshold(4)?, long: threshold(8)? })
    }

    /// True when the text is in the language of the table beyond doubt. The text may come in pieces. A long text whose
    /// beginning settles it is not read to its end.
    pub fn settles<'a>(&self, pieces: impl Iterator<Item = &'a str>) -> bool {
        let mut sum = 0_i64;
        let mut length = 0;
        let mut window = START;
        for piece in pieces {
            window = each_trigram_of(piece, window, |trigram| {
                sum += i64::from(self.weights.get(trigram).copied().unwrap_or_default() as i8);
            });
            length += piece.len();
            if length >= ENOUGH && sum as f32 >= self.long * length as f32 {
                return true;
            }
        }
        let threshold = if length >= LONG { self.long } else { self.short };
        length > 0 && sum as f32 >= threshold * length as f32
    }
}

/// The languages that have a table, in their order in the file.
pub fn languages() -> impl Iterator<Item = Option<Language>> {
    let count = TABLES.get(MAGIC.len()).copied().unwrap_or_default() as usize;
    let heads = TABLES.get(MAGIC.len() + 1..).unwrap_or_default().chunks_exact(HEAD).take(count);
    heads.map(|head| {
        let code = head.get(..3)?;
        Language::from_tag(std::str::from_utf8(code).ok()?.trim_end_matches('\0'))
    })
}

/// Calls `found` with the place in a table of every trigram of the text, and says how many bytes the text has. Letters
/// are made small, and everything in ASCII that is no letter counts as a blank.
pub fn each_trigram<'a>(pieces: impl Iterator<Item = &'a str>, mut found: impl FnMut(usize)) -> usize {
    let mut window = START;
    let mut length = 0;
    for piece in pieces {
        length += piece.len();
        window = each_trigram_of(piece, window, &mut found);
    }
    length
}

/// What stands before the first letter.
const START: u32 = b' ' as u32;

/// The same for one piece, after what the last one ended with.
fn each_trigram_of(piece: &str, mut window: u32, mut found: impl FnMut(usize)) -> u32 {
    for byte in piece.bytes() {
        let byte = PLAIN.get(byte as usize).copied().unwrap_or(b' ');
        window = (window << 8 | u32::from(byte)) & 0xFF_FFFF;
        found((window.wrapping_mul(0x9E37_79B1) >> 20) as usize);
    }
    window
}

/// The byte that stands for each byte.
static PLAIN: [u8; 256] = {
    let mut plain = [b' '; 256];
    let mut byte = 0;
    while byte < 256 {
        let this = byte as u8;
        if this.is_ascii_alphabetic() || this >= 128 {
            plain[byte] = this.to_ascii_lowercase();
        }
        byte += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_can_be_found() {
        let languages: Vec<Language> = languages().map(|language| language.expect("a code")).collect();
        assert!(languages.len() >= 26);
        for language in languages {
            assert!(Table::of(language).is_some(), "{language}");
        }
        assert!(Table::of(Language::from_tag("tlh").unwrap()).is_none());
    }

    #[test]
    fn pieces_change_nothing() {
        let text = "Ein Satz, der überall zerschnitten werden darf, auch mitten im Wort.";
        let trigrams = |pieces: &[&str]| {
            let mut found = Vec::new();
            let length = each_trigram(pieces.iter().copied(), |trigram| found.push(trigram));
            (found, length)
        };
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            assert_eq!(trigrams(&[&text[..cut], "", &text[cut..]]), trigrams(&[text]));
        }
    }
}
