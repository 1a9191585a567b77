//! What a text is written in, and how languages are named.
//!
//! ```text
//! prescreen.rs  surely the expected language? ─► guards.rs  prose at all? ─► model/  which language?
//!        judge.rs: the verdict on a paragraph      page.rs: the verdict on a page
//!        code.rs, tags.rs, names.rs: languages and their names      script.rs: writing systems
//!        spelling/: known misspellings, and which words are words
//! ```
//!
//! Nothing is said of fewer than [`MIN_CHARACTERS`] characters: titles cannot be judged.

mod code;
mod guards;
mod judge;
mod model;
mod names;
mod page;
pub mod prescreen;
pub mod script;
pub mod spelling;
pub mod tags;

pub use code::Language;
pub use guards::Makeup;
pub use judge::{
    DECLARED_BELOW, Expected, Scratch, Verdict, Why, count_characters, count_dense, first_characters, identify,
    judge_long, judge_paragraph, may_be_dense,
};
pub use model::{Carry, Meaning, Model};
pub use names::{english_name, from_name};
pub use page::PageVerdict;
pub use script::{Letters, Script, scripts};

/// Paragraphs shorter than this are not judged: below it, one in several hundred would be judged wrongly.
pub const MIN_CHARACTERS: usize = 80;
