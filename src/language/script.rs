//! The script of a letter, and the scripts a language is written in. It costs nothing and is exact: a model that
//! calls Latin text Russian because of one Cyrillic name is overruled here.

use super::Language;

/// A writing system, as coarse as telling languages apart needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names say all")]
pub enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Thaana,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Odia,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Burmese,
    Georgian,
    Ethiopic,
    Khmer,
    Hangul,
    Kana,
    Han,
    Other,
}

impl Script {
    /// Number of scripts.
    pub const COUNT: usize = Script::Other as usize + 1;

    /// Scripts that put no blanks between words: words cannot be counted in them.
    #[must_use]
    pub fn has_no_blanks(self) -> bool {
        use Script::{Burmese, Han, Kana, Khmer, Lao, Thai};
        matches!(self, Han | Kana | Thai | Lao | Burmese | Khmer)
    }

    /// The script of a letter; a mark that belongs to a letter counts as one. `None` for everything else.
    #[must_use]
    pub fn of(character: char) -> Option<Script> {
        use Script::*;
        if character.is_ascii() {
            return character.is_ascii_alphabetic().then_some(Latin);
        }
        // What most texts in other scripts consist of, before the comparisons with all of them.
        if matches!(character, '\u{4e00}'..='\u{9fff}') {
            return Some(Han);
        }
        let script = match u32::from(character) {
            // Letters from end to end: the table of all letters is looked up only for the rest.
            0x00C0..=0x00D6 | 0x00D8..=0x00F6 | 0x00F8..=0x02AF | 0x1E00..=0x1EFF => return Some(Latin),
            0x0400..=0x0481 => return Some(Cyrillic),
            0x1100..=0x11FF | 0xAC00..=0xD7A3 => return Some(Hangul),
            0x3041..=0x3096 | 0x30A1..=0x30FA => return Some(Kana),
            // Combining marks for any Latin letter; joiners inside words.
            0x0300..=0x036F | 0x200C | 0x200D => return Some(Latin),
            0x00AA..=0x02AF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF => Latin,
            0x0370..=0x03FF | 0x1F00..=0x1FFF => Greek,
            0x0400..=0x052F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Cyrillic,
            0x0531..=0x058F => Armenian,
            0x0591..=0x05C7 => return Some(Hebrew),
            0x05C8..=0x05FF => Hebrew,
            0x064B..=0x065F => return Some(Arabic),
            0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => Arabic,
            0x0780..=0x07BF => Thaana,
            code @ 0x0900..=0x109F => return indic(character, code),
            0x10A0..=0x10FF | 0x1C90..=0x1CBF => Georgian,
            0x3130..=0x318F | 0xD7A4..=0xD7FF => Hangul,
            0x1200..=0x139F => Ethiopic,
            0x1780..=0x17FF => return (!character.is_numeric()).then_some(Khmer),
            0x3041..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9D => Kana,
            0x3005..=0x3007 | 0x3400..=0x4DBF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => {
                return Some(Han);
            }
            _ => Other,
        };
        character.is_alphabetic().then_some(script)
    }
}

/// The scripts of India and its neighbours stand in blocks of 128; their vowel signs are no letters for Unicode, but
/// half of every word.
fn indic(character: char, code: u32) -> Option<Script> {
    use Script::*;
    const BLOCKS: [Script; 16] = [
        Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam, Sinhala, Thai, Lao, Tibetan,
        Tibetan, Burmese, Burmese,
    ];
    let danda = matches!(code, 0x0964 | 0x0965);
    let script = BLOCKS.get((code as usize - 0x0900) / 128).copied()?;
    (!danda && !character.is_numeric()).then_some(script)
}

/// How many letters of each script a text has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Letters([u32; Script::COUNT]);

impl Letters {
    /// Those of a text in pieces.
    #[must_use]
    pub fn of_text<'a>(pieces: impl Iterator<Item = &'a str>) -> Letters {
        let mut letters = Letters::default();
        pieces.flat_map(str::chars).filter_map(Script::of).for_each(|script| letters.add(script));
        letters
    }

    /// Counts a letter.
    pub fn add(&mut self, script: Script) {
        if let Some(count) = self.0.get_mut(script as usize) {
            *count += 1;
        }
    }

    /// Letters of one script.
    #[must_use]
    pub fn of(&self, script: Script) -> u32 {
        self.0.get(script as usize).copied().unwrap_or_default()
    }

    /// Letters of all scripts.
    #[must_use]
    pub fn all(&self) -> u32 {
        self.0.iter().sum()
    }

    /// True when the letters can be text in this language: at least half are of a script that it is written in.
    /// Japanese must have kana and Chinese must not, however much the model doubts between the two.
    #[must_use]
    pub fn fit(&self, language: Language) -> bool {
        let fitting: u32 = scripts(language).iter().map(|script| self.of(*script)).sum();
        let kana = self.of(Script::Kana);
        fitting > 0
            && 2 * fitting >= self.all()
            && match language.as_str() {
                "ja" => 10 * kana >= fitting,
                "zh" | "yue" | "wuu" => 20 * kana <= fitting,
                _ => true,
            }
    }
}

/// The scripts a language is commonly written in; Latin where nothing else is known.
#[must_use]
pub fn scripts(language: Language) -> &'static [Script] {
    use Script::*;
    match language.as_str() {
        "ru" | "uk" | "bg" | "mk" | "be" | "kk" | "ky" | "tg" | "tt" | "ba" | "cv" | "os" | "mn" | "ce" | "av"
        | "bxr" | "kv" | "krc" | "lez" | "mhr" | "mrj" | "myv" | "sah" | "tyv" | "xal" | "rue" => &[Cyrillic],
        "sr" | "sh" | "bs" | "uz" => &[Latin, Cyrillic],
        "el" => &[Greek],
        "hy" => &[Armenian],
        "ka" | "xmf" => &[Georgian],
        "he" | "yi" => &[Hebrew],
        "ar" | "arz" | "fa" | "ur" | "ps" | "ckb" | "azb" | "pnb" | "mzn" | "lrc" | "glk" | "ug" | "sd" => &[Arabic],
        "ku" => &[Latin, Arabic],
        "dv" => &[Thaana],
        "hi" | "mr" | "ne" | "sa" | "bh" | "mai" | "new" | "gom" | "dty" => &[Devanagari],
        "bn" | "as" | "bpy" => &[Bengali],
        "pa" => &[Gurmukhi],
        "gu" => &[Gujarati],
        "or" => &[Odia],
        "ta" => &[Tamil],
        "te" => &[Telugu],
        "kn" => &[Kannada],
        "ml" => &[Malayalam],
        "si" => &[Sinhala],
        "th" => &[Thai],
        "lo" => &[Lao],
        "bo" | "dz" => &[Tibetan],
        "my" => &[Burmese],
        "km" => &[Khmer],
        "am" | "ti" => &[Ethiopic],
        "ko" => &[Hangul],
        "ja" => &[Kana, Han],
        "zh" | "yue" | "wuu" => &[Han],
        _ => &[Latin],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_know_their_script() {
        let cases = [
            ('a', Some(Script::Latin)),
            ('ß', Some(Script::Latin)),
            ('ế', Some(Script::Latin)),
            ('×', None),
            ('ж', Some(Script::Cyrillic)),
            ('ि', Some(Script::Devanagari)),
            ('।', None),
            ('५', None),
            ('่', Some(Script::Thai)),
            ('ー', Some(Script::Kana)),
            ('漢', Some(Script::Han)),
            ('。', None),
            ('한', Some(Script::Hangul)),
            ('7', None),
            ('🦀', None),
        ];
        for (character, script) in cases {
            assert_eq!(Script::of(character), script, "{character}");
        }
    }

    #[test]
    fn what_is_not_looked_up_is_a_letter() {
        for ends in ["ÀÖ", "Øö", "øʯ", "Ḁỿ", "Ѐҁ", "ᄀᇿ", "가힣", "ぁゖ", "ァヺ"] {
            let (first, last) = (ends.chars().next().unwrap(), ends.chars().last().unwrap());
            assert!((first..=last).all(|letter| letter.is_alphabetic() && Script::of(letter).is_some()), "{ends}");
        }
    }

    #[test]
    fn chinese_is_not_japanese() {
        let count = |text: &str| {
            let mut letters = Letters::default();
            text.chars().filter_map(Script::of).for_each(|script| letters.add(script));
            letters
        };
        let [zh, ja, ru] = ["zh", "ja", "ru"].map(|tag| Language::from_tag(tag).unwrap());
        let (chinese, japanese) = (count("这个工具检查文章中的链接"), count("このツールは記事のリンクを調べます"));
        assert!(chinese.fit(zh) && !chinese.fit(ja));
        assert!(japanese.fit(ja) && !japanese.fit(zh));
        assert!(!count("Thanks to Иван for the fix of the parser").fit(ru));
        assert!(!count("1234").fit(ru));
    }
}
