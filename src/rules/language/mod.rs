//! Language: what a page is written in, and letters that were damaged on their way.

mod copies;
mod damage;
pub mod declaration_conflict;
mod masses;
pub mod mojibake;
mod own_folders;
mod place;
pub mod term_casing;
pub mod wrong_declaration;
