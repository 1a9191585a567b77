//! Which plugin gives ids to headings, and how.

use crate::generators::heading_ids::Algorithm;

/// The plugin that gives ids to headings.
pub(super) const AUTOLINK: &str = "gatsby-remark-autolink-headers";

/// What the plugin's options make of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Options {
    /// `enableCustomId`.
    pub(super) custom: bool,
    /// `maintainCase` or `removeAccents`: the same letters, spelt otherwise.
    pub(super) respelt: bool,
    /// Others that change ids, or leave headings out.
    pub(super) unknown: bool,
}

pub(super) fn options(text: &str) -> Options {
    let own = text.split(AUTOLINK).nth(1).unwrap_or_default();
    // Up to the next plugin.
    let own = own.split("resolve").next().unwrap_or_default();
    let says = |key: &str| {
        own.split(key).nth(1).is_some_and(|rest| rest.trim_start_matches(['\'', '"', ':', ' ']).starts_with("true"))
    };
    Options {
        custom: says("enableCustomId"),
        respelt: says("removeAccents") || says("maintainCase"),
        unknown: own.contains("elements"),
    }
}

/// How ids of headings are made, if they are.
pub(super) fn algorithm(text: &str, package: &str) -> Algorithm {
    let place = text.find(AUTOLINK);
    match (place, text.find("gatsby-remark-smartypants")) {
        (None, _) if !package.contains(AUTOLINK) => Algorithm::GithubSlugger,
        (Some(place), Some(before)) if before < place => Algorithm::GatsbyAutolinkTypographic,
        _ => Algorithm::GatsbyAutolink,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_ids() {
        let text = "{ resolve: `gatsby-remark-autolink-headers`, options: { enableCustomId: true } }, { resolve: 'x', elements: 1 }";
        assert_eq!(options(text), Options { custom: true, respelt: false, unknown: false });
        assert!(options("'gatsby-remark-autolink-headers', options: { maintainCase : true }").respelt);
        assert!(options("'gatsby-remark-autolink-headers', options: { 'enableCustomId': true }").custom);
        assert!(!options("'gatsby-remark-autolink-headers', options: { maintainCase: false }").respelt);
    }
}
