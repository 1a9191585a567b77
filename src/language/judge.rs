//! The verdict on a paragraph: in the language that the page declares, or in another one? Cheap and sure first: the
//! trigram table, then whether it is prose at all, and only then the model.

use super::guards::Makeup;
use super::model::{Carry, Model};
use super::prescreen::Table;
use super::{Language, MIN_CHARACTERS};

/// A text is foreign if the declared language holds less of the probability than this, its group included …
pub const DECLARED_BELOW: f32 = 0.02;
/// … and another at least this much,
const TOP_FROM: f32 = 0.3;
/// or this much if the two are neighbours.
const CLOSE_FROM: f32 = 0.95;
/// To name the language of a text of which nothing is known takes this much.
const NAMED_FROM: f32 = 0.5;

/// The language that a page declares, with all that recognising it needs. Make it once and use it for every page.
#[derive(Clone, Copy)]
pub struct Expected {
    language: Language,
    table: Option<Table>,
}

impl Expected {
    /// To expect this language.
    #[must_use]
    pub fn new(language: Language) -> Expected {
        // One table serves a group: norms of one language are not told apart.
        let table = Table::of(language).or_else(|| language.group().iter().find_map(|member| Table::of(*member)));
        Expected { language, table }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The same without its trigram table: every paragraph of prose is shown to the model. To measure what the table
    /// loses.
    #[must_use]
    pub fn without_table(self) -> Expected {
        Expected { table: None, ..self }
    }

    /// False where every paragraph has to be shown to the model, which costs several times the parsing of the page.
    #[must_use]
    pub fn is_cheap(&self) -> bool {
        self.table.is_some()
    }
}

/// Memory that is used again from paragraph to paragraph; one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    carry: Carry,
}

/// What a paragraph is written in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// In the expected language.
    Expected,
    /// In another language.
    Foreign {
        /// The most probable one.
        language: Language,
        /// Its probability, 0–1.
        probability: f32,
    },
    /// Nothing can be said.
    NotJudged(Why),
}

/// Why nothing can be said of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Fewer than [`MIN_CHARACTERS`] characters.
    Short,
    /// Lists, numbers, code: not made of words.
    NotProse,
    /// The model does not know the expected language.
    UnknownLanguage,
    /// No language is probable enough.
    Undecided,
}

/// Judges a paragraph, given as the pieces of the source that make up its prose. The text is the pieces one after the
/// other: a blank between two words must be in a piece, as it is in the source; a word may reach over several.
pub fn judge_paragraph<'a>(
    expected: &Expected,
    pieces: impl Iterator<Item = &'a str> + Clone,
    scratch: &mut Scratch,
) -> Verdict {
    match count_characters(pieces.clone()) {
        0..MIN_CHARACTERS => Verdict::NotJudged(Why::Short),
        _ => judge_long(expected, pieces, scratch),
    }
}

/// The same for a paragraph that is known to have [`MIN_CHARACTERS`].
pub fn judge_long<'a>(
    expected: &Expected,
    pieces: impl Iterator<Item = &'a str> + Clone,
    scratch: &mut Scratch,
) -> Verdict {
    if expected.table.is_some_and(|table| table.settles(pieces.clone())) {
        return Verdict::Expected;
    }
    let makeup = Makeup::of(pieces.clone());
    if !makeup.is_prose() {
        return Verdict::NotJudged(Why::NotProse);
    }
    let declared = expected.language;
    let Some(model) = Model::embedded().filter(|model| model.knows(declared)) else {
        return Verdict::NotJudged(Why::UnknownLanguage);
    };
    let meaning = model.meaning(pieces, &mut scratch.carry);
    let Some((top, probability)) = model.best(&meaning, TOP_FROM) else {
        return Verdict::NotJudged(Why::Undecided);
    };
    if top.agrees_with(declared) {
        return Verdict::Expected;
    }
    if is_filler(top) {
        return Verdict::NotJudged(Why::NotProse);
    }
    let of_declared = match declared.group() {
        [] => model.probability(&meaning, declared),
        group => group.iter().map(|member| model.probability(&meaning, *member)).sum(),
    };
    let enough = if top.is_close_to(declared) { CLOSE_FROM } else { TOP_FROM };
    if of_declared >= DECLARED_BELOW || probability < enough || !makeup.letters.fit(top) {
        return Verdict::NotJudged(Why::Undecided);
    }
    // The model's own arithmetic exceeds 1 by a hair now and then.
    Verdict::Foreign { language: top, probability: probability.min(1.0) }
}

/// The language of a text of which nothing is known, and its probability; `None` when it is not prose, too short, or
/// in no language that the model knows well. Some 400 characters are enough, see [`first_characters`].
pub fn identify<'a>(pieces: impl Iterator<Item = &'a str> + Clone, scratch: &mut Scratch) -> Option<(Language, f32)> {
    if count_characters(pieces.clone()) < MIN_CHARACTERS {
        return None;
    }
    let makeup = Makeup::of(pieces.clone());
    if !makeup.is_prose() {
        return None;
    }
    let model = Model::embedded()?;
    let meaning = model.meaning(pieces, &mut scratch.carry);
    let (language, probability) = model.best(&meaning, NAMED_FROM)?;
    (makeup.letters.fit(language) && !is_filler(language)).then_some((language, probability.min(1.0)))
}

/// Text in Latin is filler: a layout is shown with it, and nobody reads it.
fn is_filler(language: Language) -> bool {
    language.as_str() == "la"
}

/// Number of characters (Unicode scalar values) of a text in pieces.
pub fn count_characters<'a>(pieces: impl Iterator<Item = &'a str>) -> usize {
    pieces.map(|piece| piece.chars().count()).sum()
}

/// Number of characters from U+2E80 on, Chinese, Japanese and Korean ones above all: each says as much as two or three
/// Latin letters.
pub fn count_dense<'a>(pieces: impl Iterator<Item = &'a str>) -> usize {
    pieces.map(|piece| dense(piece.as_bytes())).sum()
}

/// False when [`count_dense`] is 0 for every part of the text: one look at the page saves one at each of its runs.
pub fn may_be_dense(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out in between, so that the compiler looks at many bytes at once.
    bytes
        .iter()
        .zip(bytes.get(1..).unwrap_or_default())
        .fold(false, |any, (first, second)| any | begins(*first, *second))
}

/// Tells them by their first bytes; U+2E80 to U+2FFF begin with the same byte as Europe's quotation marks and dashes.
fn begins(first: u8, second: u8) -> bool {
    (first >= 0xe3) | ((first == 0xe2) & (second >= 0xba))
}

fn dense(text: &[u8]) -> usize {
    text.iter().zip(text.get(1..).unwrap_or_default()).filter(|(first, second)| begins(**first, **second)).count()
}

/// The pieces up to a number of characters; the last one is cut.
pub fn first_characters<'a>(
    pieces: impl Iterator<Item = &'a str> + Clone,
    characters: usize,
) -> impl Iterator<Item = &'a str> + Clone {
    pieces.scan(characters, |left, piece| {
        if *left == 0 {
            return None;
        }
        let cut = piece.char_indices().nth(*left).map_or(piece.len(), |(place, _)| place);
        let kept = piece.get(..cut).unwrap_or(piece);
        *left = left.saturating_sub(kept.chars().count());
        Some(kept)
    })
}

#[cfg(test)]
mod tests {
    use super::count_dense;

    #[test]
    fn dense_characters_are_told_by_their_first_byte() {
        let text: String =
            ('\0'..=char::MAX).step_by(7).chain(['\u{2e7f}', '\u{2e80}', '\u{2fff}', '\u{3000}']).collect();
        assert_eq!(count_dense([&*text].into_iter()), text.chars().filter(|c| *c >= '\u{2e80}').count());
    }
}
