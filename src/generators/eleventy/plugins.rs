//! Plugins of Eleventy's that postlint has not read: one that brings a whole system may set the Markdown library, and with it
//! ids of headings.

use super::code::Code;
use super::config::Config;
use crate::discover::{file_name, without_extension};
use crate::generators::heading_ids::Algorithm;
use crate::site::destination;

/// What a plugin does whose name has one of these words, it does not touch Markdown's headings.
const HARMLESS: [&str; 48] = [
    "assets",
    "bundle",
    "cache",
    "caniuse",
    "categor",
    "codepen",
    "components",
    "css",
    "date",
    "drafts",
    "embed",
    "favicon",
    "feed",
    "file-list",
    "footnote",
    "graph",
    "highlight",
    "html-validate",
    "icon",
    "image",
    "img",
    "js",
    "lightningcss",
    "links",
    "mermaid",
    "minif",
    "navigation",
    "og-",
    "pagefind",
    "postcss",
    "pwa",
    "read",
    "repos",
    "rev",
    "robots",
    "rss",
    "sass",
    "schema",
    "search",
    "sitemap",
    "speculation",
    "stats",
    "svg",
    "tailwind",
    "tinyhtml",
    "vento",
    "webc",
    "webmention",
];

/// Ids that headings may have all the same, where nothing that was read gives them any.
pub fn ids(config: &Config, code: &Code) -> &'static [Algorithm] {
    let may_set = || code.packages().any(|name| brings_a_system(&name));
    match config.ids == Algorithm::None && code.says("addPlugin(") && may_set() {
        true => &[Algorithm::GithubSlugger, Algorithm::MarkdownItAnchor],
        false => &[],
    }
}

fn brings_a_system(name: &str) -> bool {
    let of_eleventy = ["eleventy", "11ty"].iter().any(|word| name.contains(word));
    let known = name.starts_with("@11ty/") || HARMLESS.iter().any(|word| name.contains(word));
    let toc = name.ends_with("-toc") || name.contains("emoji");
    of_eleventy && !known && !toc
}

/// True for `/img/CjIkpch6BI-400.jpeg`: eleventy-img names what it makes by ten letters of a hash and the width.
pub fn is_made_by_the_image_plugin(path: &str) -> bool {
    const HASH: usize = 10;
    let stem = without_extension(file_name(path));
    let Some((hash, width)) = stem.rsplit_once('-') else { return false };
    let is_hash = hash.len() == HASH && hash.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
    let is_hash =
        is_hash && hash.bytes().any(|c| c.is_ascii_uppercase()) && hash.bytes().any(|c| c.is_ascii_lowercase());
    is_hash && !width.is_empty() && width.bytes().all(|c| c.is_ascii_digit()) && destination::is_image(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_says() {
        assert!(brings_a_system("@x-govuk/govuk-eleventy-plugin"));
        assert!(brings_a_system("eleventy-theme-boxes"));
        for name in ["@11ty/eleventy-plugin-rss", "eleventy-plugin-toc", "eleventy-plugin-svg-sprite", "markdown-it"] {
            assert!(!brings_a_system(name), "{name}");
        }
    }
}
