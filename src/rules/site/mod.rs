//! The site as a whole.

pub mod duplicate_url;
mod redirects;
