//! Our own reader of the fastText model `lid.176.ftz`. The general readers cost twenty times as much as parsing the
//! page; this one knows the one model it reads (16 dimensions, n-grams of 2 to 4 characters, a tree of 176 labels)
//! and remembers the words it has met, and gives the same labels (`tests/language.rs` proves it).
//!
//! ```text
//! tokens.rs  text → tokens ─► cache.rs  token → sum of its rows ─► tree.rs  mean of the rows → labels
//!                             words.rs, grams.rs: which rows a token has        file.rs: the format
//! ```

mod cache;
mod file;
mod grams;
mod tokens;
mod tree;
mod words;

use std::cell::RefCell;
use std::sync::OnceLock;

use super::Language;
use cache::{Cache, Sum};
use file::{Coded, DIMENSIONS, File, FileError, Quantised, Row};
use grams::Grams;
pub use tokens::Carry;
use tree::Tree;
use words::{Words, hash};

/// The model, ready to answer.
pub struct Model {
    words: Words,
    grams: Grams,
    /// By the place of an n-gram among all, in the order of their numbers: its row. A row is at hand where its place is
    /// known, since what a look-up costs is the way to the memory.
    rows_of_grams: Vec<Coded>,
    rows: Quantised<'static>,
    end_of_text: Row,
    tree: Tree,
}

/// What the model makes of a text: the mean of the rows of its tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meaning([f32; DIMENSIONS]);

thread_local! {
    static CACHE: RefCell<Cache> = const { RefCell::new(Cache::empty()) };
}

impl Model {
    /// The model in the binary, read at the first call. `None` only if the file were damaged, which a
    /// test excludes.
    pub fn embedded() -> Option<&'static Model> {
        static MODEL: OnceLock<Option<Model>> = OnceLock::new();
        static FILE: &[u8] = include_bytes!("../../../rules/data/language/lid.176.ftz");
        MODEL.get_or_init(|| Model::read(FILE).ok()).as_ref()
    }

    fn read(bytes: &'static [u8]) -> Result<Model, FileError> {
        let File { words, labels, kept_grams, input: rows, output } = File::read(bytes)?;
        let grams = Grams::new(kept_grams).ok_or(FileError::Inconsistent)?;
        let mut rows_of_grams = vec![Coded::default(); kept_grams.len()];
        for (gram, row) in kept_grams.iter() {
            let place = grams.place(gram).and_then(|place| rows_of_grams.get_mut(place as usize));
            match (place, rows.coded(words.len() + row as usize)) {
                (Some(place), Some(row)) => *place = row,
                _ => return Err(FileError::Inconsistent),
            }
        }
        let end_of_text = words.find(hash(b"</s>")).and_then(|word| rows.coded(word as usize));
        let end_of_text = rows.row(end_of_text.ok_or(FileError::Inconsistent)?);
        Ok(Model { words, grams, rows_of_grams, rows, end_of_text, tree: Tree::new(&labels, &output)? })
    }

    /// The meaning of a text that comes in pieces; a token may reach over a border between pieces.
    pub fn meaning<'a>(&self, pieces: impl Iterator<Item = &'a str>, carry: &mut Carry) -> Meaning {
        CACHE.with(|cache| {
            let mut total = Sum::default();
            match cache.try_borrow_mut() {
                Ok(mut cache) => tokens::each(pieces, carry, |token| {
                    cache.add(token, &mut total, |token| self.sum(token));
                }),
                Err(_) => tokens::each(pieces, carry, |token| total.add(&self.sum(token))),
            }
            total.row(&self.end_of_text);
            Meaning(total.mean())
        })
    }

    /// The rows of one token: its own if it is a word of the vocabulary, and those of its n-grams.
    fn sum(&self, token: &[u8]) -> Sum {
        let mut sum = Sum::default();
        // fastText takes tokens of this form for labels of training data and leaves them out.
        if token.starts_with(b"__label__") {
            return sum;
        }
        if let Some(row) = self.words.find(hash(token)).and_then(|word| self.rows.coded(word as usize)) {
            sum.row(&self.rows.row(row));
        }
        if token != b"</s>" {
            self.grams.each(token, |place| {
                if let Some(row) = self.rows_of_grams.get(place as usize) {
                    sum.row(&self.rows.row(*row));
                }
            });
        }
        sum
    }

    /// The most probable language and its probability, if that exceeds `floor`.
    pub fn best(&self, meaning: &Meaning, floor: f32) -> Option<(Language, f32)> {
        self.tree.best(&meaning.0, floor)
    }

    /// The probability of a language; 0 if the model does not know it.
    pub fn probability(&self, meaning: &Meaning, language: Language) -> f32 {
        self.tree.probability(&meaning.0, language)
    }

    /// True when the model has a label for the language.
    pub fn knows(&self, language: Language) -> bool {
        self.tree.knows(language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_in_the_binary_can_be_read() {
        let model = Model::embedded().expect("the model");
        let mut carry = Carry::default();
        let meaning = model.meaning(["Où est la bibliothèque, s’il vous ", "plaît ?"].into_iter(), &mut carry);
        let (language, probability) = model.best(&meaning, 0.0).expect("a label");
        assert_eq!(language.as_str(), "fr");
        assert!((model.probability(&meaning, language) - probability).abs() < 1e-5);
        assert!(model.best(&meaning, 0.9999).is_none() || probability > 0.9999);
    }

    #[test]
    fn a_damaged_model_is_refused_at_every_length() {
        let whole = include_bytes!("../../../rules/data/language/lid.176.ftz");
        for length in (0..whole.len()).step_by(9_973) {
            assert!(Model::read(&whole[..length]).is_err(), "{length} bytes");
        }
    }
}
