//! The site as a whole.

mod claims;
pub mod duplicate_url;
mod redirects;
