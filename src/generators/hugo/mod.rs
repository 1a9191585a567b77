//! Hugo.
//!
//! Source of its behaviour: Hugo's manual and Hugo 0.168 itself, whose answers are recorded in `fixtures/oracles`.

pub mod paths;
pub mod permalinks;
