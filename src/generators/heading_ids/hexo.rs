//! Hexo's two renderers of Markdown: both make ids with `slugize`, of different texts.
//!
//! Source: hexo-renderer-marked 7.0 `lib/renderer.js`, hexo-renderer-markdown-it 7.1 `lib/anchors.js`.

use super::heading::{HeadingText, Kind};
use super::typography;
use crate::generators::hexo::slugize::slugize;

/// hexo-renderer-marked: the HTML of the heading after typography, without what then looks like a tag.
pub fn marked(heading: &HeadingText<'_>) -> Option<String> {
    of_text(heading, typography::push)
}

/// The same with `smartypants: false`.
pub fn marked_plain(heading: &HeadingText<'_>) -> Option<String> {
    of_text(heading, |text, out| out.push_str(text))
}

fn of_text(heading: &HeadingText<'_>, push: impl Fn(&str, &mut String)) -> Option<String> {
    let mut text = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::Text | Kind::LinkText => push(&run.text, &mut text),
            Kind::Escaped | Kind::Code | Kind::Autolink => text.push_str(&run.text),
            // These five are undone before the id is made; others stay as they are written.
            Kind::Reference if matches!(run.source, "&amp;" | "&lt;" | "&gt;" | "&quot;" | "&#39;") => {
                text.push_str(&run.text);
            }
            Kind::Reference => text.push_str(run.source),
            Kind::Break => text.push('\n'),
            Kind::Html | Kind::ImageAlt | Kind::Footnote => {}
        }
    }
    Some(slugize(without_tags(&text).trim()))
}

/// hexo-renderer-marked before it undid the escapes of the HTML: `` `<a>` `` is `lt-a-gt`.
///
/// Source: hexo-renderer-marked 0.3 `lib/renderer.js`, `stripHTML` of hexo-util.
pub fn marked_escaped(heading: &HeadingText<'_>) -> Option<String> {
    let mut text = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::Text | Kind::LinkText | Kind::Escaped | Kind::Code | Kind::Autolink => {
                for c in run.text.chars() {
                    match c {
                        '&' => text.push_str("&amp;"),
                        '<' => text.push_str("&lt;"),
                        '>' => text.push_str("&gt;"),
                        '"' => text.push_str("&quot;"),
                        '\'' => text.push_str("&#39;"),
                        c => text.push(c),
                    }
                }
            }
            Kind::Reference => text.push_str(run.source),
            Kind::Break => text.push('\n'),
            Kind::Html | Kind::ImageAlt | Kind::Footnote => {}
        }
    }
    Some(slugize(text.trim()))
}

/// The same with `modifyAnchors: 1`.
pub fn marked_escaped_lower(heading: &HeadingText<'_>) -> Option<String> {
    Some(marked_escaped(heading)?.to_lowercase())
}

/// hexo-renderer-marked of today with `modifyAnchors: 1`.
pub fn marked_lower(heading: &HeadingText<'_>) -> Option<String> {
    Some(marked(heading)?.to_lowercase())
}

/// The same with `smartypants: false`.
pub fn marked_plain_lower(heading: &HeadingText<'_>) -> Option<String> {
    Some(marked_plain(heading)?.to_lowercase())
}

/// hexo-renderer-markdown-it: the text with its tags; headings of level one get no id.
pub fn markdown_it(heading: &HeadingText<'_>) -> Option<String> {
    if heading.level == 1 { None } else { markdown_it_all(heading) }
}

/// The same for headings of every level.
pub fn markdown_it_all(heading: &HeadingText<'_>) -> Option<String> {
    let mut text = String::with_capacity(heading.raw.len());
    for run in &heading.runs {
        match run.kind {
            Kind::Text | Kind::LinkText => typography::push(&run.text, &mut text),
            Kind::Html => text.push_str(run.source),
            Kind::Break | Kind::Footnote => {}
            _ => text.push_str(&run.text),
        }
    }
    Some(slugize(&text))
}

/// What is left when everything from `<` to `>` goes, unless a blank follows the `<`.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        if tag.starts_with([' ', '\n']) {
            out.push('<');
            rest = tag;
            continue;
        }
        match tag.split_once('>') {
            Some((_, after)) => rest = after,
            None => return out,
        }
    }
    out.push_str(rest);
    out
}
