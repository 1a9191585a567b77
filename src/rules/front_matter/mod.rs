//! Front matter: how it is written, what its keys hold, and whether the site agrees with what they name.

mod closed_words;
mod commas;
pub mod date_mismatch;
pub mod dialect;
pub mod duplicate_key;
pub mod duplicate_term;
pub mod duplicate_title;
pub mod empty_value;
pub mod future_date;
pub mod hidden_character;
pub mod invalid_date;
pub mod invalid_language;
pub mod missing;
pub mod misspelling;
mod near;
pub mod repeated_title;
pub mod required_key;
mod shape;
mod siblings;
pub mod syntax;
pub mod term_typo;
pub mod term_variant;
mod terms;
mod twins;
pub mod unknown_author;
pub mod unknown_key;
pub mod unknown_layout;
mod untyped_date;
pub mod wrong_type;

use crate::page::front_matter::{FrontMatter, Node, Style};
use crate::site::Site;
use crate::site::facts::{Front, Kind, PageFacts};
use crate::source::Span;

/// Checked pages of a generator's site whose front matter could be read as a whole.
fn readable(site: &Site) -> impl Iterator<Item = (&PageFacts, &Front)> {
    site.pages
        .iter()
        .filter(|page| page.checked && page.kind != Kind::Loose)
        .filter_map(|page| Some((page, page.front.as_ref().filter(|front| front.sound)?)))
}

/// A date in the place of another value: without quotes where there were none, since a date needs none in any format.
fn write_date(front: &FrontMatter, text: &str, node: &Node, date: &str) -> Option<(Span, String)> {
    match node.scalar()?.style {
        Style::Plain => Some((node.span, date.to_owned())),
        _ => front.replace_scalar(text, node, date),
    }
}

/// The kind of page in a writer's words.
fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Post => "post",
        Kind::Draft => "draft",
        _ => "page",
    }
}
