//! GitHub's ids, in the form that the `github-slugger` library gave to the world (rehype-slug, Docusaurus, Astro).

use super::characters::is_word;
use super::heading::{HeadingText, Kind};

/// The id of a text alone, such as a part of a path. The whole string at once: JavaScript knows the final sigma.
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
    Some(of_text(&text(heading, |_| true, false)))
}

/// The same, with the descriptions of images.
pub fn with_descriptions(heading: &HeadingText<'_>) -> Option<String> {
    Some(of_text(&text(heading, |_| true, true)))
}

/// The same, after Astro's typography has made a dash, which is dropped, of `--`.
pub fn after_typography(heading: &HeadingText<'_>) -> Option<String> {
    Some(of_text(&text(heading, |kind| kind == Kind::Code, false)))
}

/// The same, with the descriptions of images and with tags as they are written: what gatsby-remark-autolink-headers makes.
///
/// Source: its version 6 with mdast-util-to-string 2 (`node.value || node.alt || node.title || children`).
pub fn with_tags(heading: &HeadingText<'_>) -> Option<String> {
    Some(of_text(&tree(heading, false)))
}

/// The same behind gatsby-remark-smartypants.
pub fn with_tags_after_typography(heading: &HeadingText<'_>) -> Option<String> {
    Some(of_text(&tree(heading, true)))
}

/// The first of these with `github-slugger` before 1.4.
pub fn with_tags_before_1_4(heading: &HeadingText<'_>) -> Option<String> {
    Some(of_text_before_1_4(&tree(heading, false)))
}

/// The second of these with that.
pub fn with_tags_after_typography_before_1_4(heading: &HeadingText<'_>) -> Option<String> {
    Some(of_text_before_1_4(&tree(heading, true)))
}

/// Signs of ASCII and of two blocks go, emoji too; any white space becomes a hyphen, and all else stays.
///
/// Source: github-slugger 1.3.0.
fn of_text_before_1_4(text: &str) -> String {
    let kept = |c: char| match c {
        '-' | '_' => Some(c),
        '\u{2000}'..='\u{206f}' | '\u{2e00}'..='\u{2e7f}' => None,
        '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' => None,
        c if c.is_ascii_punctuation() => None,
        c => Some(if c.is_whitespace() { '-' } else { c }),
    };
    text.to_lowercase().trim().chars().filter_map(kept).collect()
}

fn tree(heading: &HeadingText<'_>, typographic: bool) -> String {
    let mut text = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::Html => text.push_str(run.source),
            Kind::Break => {}
            Kind::Code => text.push_str(&run.text),
            _ if typographic => without_pairs(&run.text, &mut text),
            _ => text.push_str(&run.text),
        }
    }
    text
}

/// The text of a heading; in what is not kept `as_written`, pairs of hyphens are left out.
fn text(heading: &HeadingText<'_>, as_written: impl Fn(Kind) -> bool, descriptions: bool) -> String {
    let mut text = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            // An expression counts as it is written.
            Kind::Html if descriptions => {
                let code = run.source.strip_prefix('{').and_then(|code| code.strip_suffix('}'));
                text.push_str(code.filter(|code| !code.starts_with("/*")).unwrap_or_default());
            }
            Kind::Html => {}
            Kind::ImageAlt if !descriptions => {}
            Kind::Break => text.push('\n'),
            kind if as_written(kind) => text.push_str(&run.text),
            _ => without_pairs(&run.text, &mut text),
        }
    }
    text
}

/// Leaves out `--` where it is not part of a longer run.
fn without_pairs(from: &str, to: &mut String) {
    let mut rest = from;
    while let Some(at) = rest.find("--") {
        let run = rest.get(at..).unwrap_or_default();
        let length = run.len() - run.trim_start_matches('-').len();
        to.push_str(rest.get(..at).unwrap_or_default());
        if length != 2 {
            to.push_str(run.get(..length).unwrap_or_default());
        }
        rest = run.get(length..).unwrap_or_default();
    }
    to.push_str(rest);
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
