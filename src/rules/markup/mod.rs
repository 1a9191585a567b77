//! Markup: what other programs left in a page's body.

pub mod conflict_marker;
pub mod hidden_character;
pub mod leftover_shortcode;
pub mod unclosed_template;
