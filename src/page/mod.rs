//! One page, parsed once.

pub mod front_matter;
