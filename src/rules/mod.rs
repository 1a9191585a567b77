//! What is checked: the rule format, the embedded catalogue, and the lists that rules read.

pub mod data;
pub mod declarative;
pub mod format;
pub mod meta;
