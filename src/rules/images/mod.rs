//! Images: whether they are there, whether they can be shown, and what is said of them.

pub mod broken_file;
pub mod filename_alt;
pub mod missing_alt;
pub mod missing_file;
