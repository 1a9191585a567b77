//! Words that a list has something to say about, as they are kept until the whole site is known.

use crate::language::spelling::{Name, Typo};
use crate::page::front_matter::Style;
use crate::source::Span;

/// A word of a title, a description or an alternative text that a list has something to say about. Whether it is wrong
/// here, the site decides: its language, its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Where the word stands.
    pub span: Span,
    /// The word.
    pub word: Box<str>,
    /// The other words of its text.
    pub company: Company,
    /// True where it may be a name, or a word of somebody's own: it has a capital that other words of its title do not have, is
    /// one of several with hyphens between them, or stands in the page's body, too.
    pub coined: bool,
    /// What kind of text it stands in.
    pub place: SlipPlace,
    /// What the list says.
    pub kind: SlipKind,
}

/// How many of the other words of a text are English; short ones do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// Half of them or more, or there are none.
    English,
    /// Not one, and there is only one: it may be the title of something in another language.
    Stranger,
    /// Fewer than half of several: the text is in another language, or of names.
    Strangers,
}

/// Where a [`Slip`] stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlipPlace {
    /// In the front matter: the key, and the quotes or block of its value.
    Front(Box<str>, Style),
    /// In an image's alternative text.
    Alt,
}

/// What is known of the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlipKind {
    /// A known misspelling.
    Typo(Typo),
    /// A name that is written otherwise.
    Name(&'static Name),
}
