//! The prose of Markdown pages, roughly: enough to fit and measure tables. (Reading pages for real is `src/page`.)

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Every Markdown file below a folder.
pub fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let is = |names: &[&str]| path.extension().is_some_and(|end| names.iter().any(|name| end == *name));
            if path.is_dir() {
                open.push(path);
            } else if is(&["md", "mdx", "markdown"]) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The options with which pages are parsed.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// Paragraphs and list items without code, addresses, HTML and template tags.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = String::new();
    let mut silent = 0;
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::Table(_) | Tag::Heading { .. }) => {
                silent += 1
            }
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::Table | TagEnd::Heading(_)) => {
                silent -= 1
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_)) | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                finish(&mut current, &mut found);
            }
            Event::Text(words) if silent == 0 => current.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::Code(_) if silent == 0 => current.push(' '),
            _ => {}
        }
    }
    finish(&mut current, &mut found);
    found
}

fn finish(current: &mut String, found: &mut Vec<String>) {
    let text = without_tags(current);
    if !text.trim().is_empty() {
        found.push(text.trim().to_owned());
    }
    current.clear();
}

/// Leaves out `{% … %}`, `{{ … }}` and bare addresses.
fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['{', 'h']) {
        let (before, after) = rest.split_at(start);
        kept.push_str(before);
        let end = if after.starts_with("{%") {
            after.find("%}").map(|end| end + 2)
        } else if after.starts_with("{{") {
            after.find("}}").map(|end| end + 2)
        } else if after.starts_with("http://") || after.starts_with("https://") {
            Some(after.find(char::is_whitespace).unwrap_or(after.len()))
        } else {
            None
        };
        match end {
            Some(end) => rest = &after[end..],
            None => {
                kept.push_str(&after[..1]);
                rest = &after[1..];
            }
        }
    }
    kept.push_str(rest);
    kept
}
