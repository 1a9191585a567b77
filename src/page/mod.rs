//! One page, read once.
//!
//! A page has a front matter and a body. Everything that rules and the site index want to know of either is found in
//! one pass and kept as plain data with spans into the file, so that nobody parses a text a second time.

pub mod body;
pub mod candidates;
mod collector;
mod decode;
pub mod dialect;
pub mod formula;
pub mod front_matter;
pub mod headings;
mod html;
pub mod links;
mod markdown;
pub mod outline;
pub mod prose;
pub mod templates;

pub use body::Body;
pub use dialect::Dialect;
pub use html::quoted as quoted_tag;
