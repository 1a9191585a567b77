//! What is checked: the rule format, the embedded catalogue and the code of the rules.

pub mod declarative;
mod effort;
pub mod format;
mod front_matter;
mod images;
mod language;
mod links;
pub mod list;
mod markup;
pub mod meta;
pub mod page;
pub mod rule;
mod site;
mod spelling;
