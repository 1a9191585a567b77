//! What is checked: the rule format, the embedded catalogue, the lists that rules read, and the code of the rules.

pub mod data;
pub mod declarative;
pub mod format;
mod front_matter;
mod images;
mod links;
pub mod list;
pub mod meta;
pub mod rule;
