//! GitHub's ids, in the form that the `github-slugger` library gave to the world (rehype-slug, Docusaurus, Astro).

use super::characters::is_word;
use super::heading::{HeadingText, Kind};

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
    let mut out = String::with_capacity(text.len());
    // The whole string at once: JavaScript knows the final sigma.
    for c in text.to_lowercase().chars() {
        match c {
            ' ' => out.push('-'),
            c if c == '-' || is_word(c) => out.push(c),
            _ => {}
        }
    }
    Some(out)
}
