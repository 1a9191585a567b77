//! GitHub's ids, in the form that the `github-slugger` library gave to the world (rehype-slug, Docusaurus, Astro).

use super::characters::is_word;
use super::heading::{HeadingText, Kind};

/// The same of a text alone.
#[must_use]
pub fn of_text(text: &str) -> String {
    let kept = |c: char| match c {
        ' ' => Some('-'),
        c => (c == '-' || is_word(c)).then_some(c),
    };
    text.to_lowercase().chars().filter_map(kept).collect()
}

/// Lower case; word characters and hyphens stay, each space becomes a hyphen, everything else goes.
pub fn slug(heading: &HeadingText<'_>) -> Option<String> {
    let mut text = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::Html | Kind::ImageAlt => {}
            Kind::Break => text.push('\n'),
            _ => text.push_str(&run.text),
        }
    }
    // The whole string at once: JavaScript knows the final sigma.
    Some(of_text(&text))
}

/// GitLab's: as GitHub's, but of several hyphens in a row one is left.
///
/// Source: the page "GitLab Flavored Markdown" of GitLab's documentation, "Heading IDs and links".
pub fn gitlab(heading: &HeadingText<'_>) -> Option<String> {
    let mut id = String::with_capacity(heading.raw.len());
    for c in slug(heading)?.chars().filter(|c| *c != '\n') {
        if c != '-' || !id.ends_with('-') {
            id.push(c);
        }
    }
    Some(id)
}
