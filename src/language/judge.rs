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
    if count_characters(pieces.clone()) < MIN_CHARACTERS {
        return Verdict::NotJudged(Why::Short);
    }
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
    makeup.letters.fit(language).then_some((language, probability.min(1.0)))
}

/// Number of characters (Unicode scalar values) of a text in pieces.
pub fn count_characters<'a>(pieces: impl Iterator<Item = &'a str>) -> usize {
    pieces.map(|piece| piece.chars().count()).sum()
}

/// How much a text says, in Latin letters: a sign of Chinese, Japanese or Korean stands for two or three of them.
pub fn weigh<'a>(pieces: impl Iterator<Item = &'a str>) -> usize {
    let weight = |c: char| if c >= '\u{2e80}' { 2 } else { 1 };
    pieces.map(|piece| if piece.is_ascii() { piece.len() } else { piece.chars().map(weight).sum() }).sum()
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
