//! What differs from one site generator to the next.

pub mod heading_ids;
pub mod hugo;
