//! Things in plain text that look like markup that did not work: found in the same pass, judged by rules.

use crate::source::Span;

/// What a place looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CandidateKind {
    /// `[text][label]` or `[label][]` without a definition; `destination` is the label.
    UndefinedReference,
    /// `[^label]` without a definition, where footnotes are known; `destination` is the label.
    UndefinedFootnote,
    /// `[text] (url)`: a blank between the two.
    SpacedLink,
    /// `[text]（https://…）`: the parentheses of another keyboard.
    WideParentheses,
    /// `(text)[url]`: the brackets the wrong way round.
    SwappedLink,
    /// `[text](url` without the closing parenthesis.
    UnclosedLink,
    /// `[text(https://…)` without the closing bracket.
    OpenBracket,
    /// `[text]](https://…)`, `[text]((https://…)`: a bracket or parenthesis too many.
    DoubledBracket,
    /// `[text](a b)` where the dialect sees no link in it.
    SpacesInDestination,
    /// `https://…` or `www.…` in text where the dialect does not make it a link.
    BareUrl,
    /// `[name key=…]`, `[name]` alone on its line or `[/name]`, as WordPress and forums write; `text` is the name.
    Shortcode,
    /// `<img src=a.png>` where the dialect prints such a tag.
    PrintedTag,
    /// A line that `git merge` leaves.
    ConflictMarker,
}

/// One such place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// What it looks like.
    pub kind: CandidateKind,
    /// Starts with `!`, so an image was meant.
    pub image: bool,
    /// The whole.
    pub span: Span,
    /// The link's text or the shortcode's name; empty where there is none.
    pub text: Span,
    /// The destination or label; empty where there is none.
    pub destination: Span,
}
