//! Markup: what other programs left in a page's body.

pub(in crate::rules) mod chat_marks;
pub mod conflict_marker;
pub mod hidden_character;
mod hidden_places;
pub mod leftover_shortcode;
pub mod unclosed_template;
