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

/// How ids of headings are made, if they are, and how they may be made as well.
pub(super) fn algorithm(text: &str, package: &str, lock: &str) -> (Algorithm, &'static [Algorithm]) {
    use Algorithm::{GatsbyAutolink, GatsbyAutolinkOld, GatsbyAutolinkTypographic, GatsbyAutolinkTypographicOld};
    let place = text.find(AUTOLINK);
    let typographic = match (place, text.find("gatsby-remark-smartypants")) {
        (None, _) if !package.contains(AUTOLINK) => return (Algorithm::GithubSlugger, &[]),
        (Some(place), Some(before)) => before < place,
        _ => false,
    };
    match (typographic, has_old_slugger(lock)) {
        (false, Some(false)) => (GatsbyAutolink, &[]),
        (true, Some(false)) => (GatsbyAutolinkTypographic, &[]),
        (false, Some(true)) => (GatsbyAutolinkOld, &[GatsbyAutolink]),
        (true, Some(true)) => (GatsbyAutolinkTypographicOld, &[GatsbyAutolinkTypographic]),
        (false, None) => (GatsbyAutolink, &[GatsbyAutolinkOld]),
        (true, None) => (GatsbyAutolinkTypographic, &[GatsbyAutolinkTypographicOld]),
    }
}

/// Whether a `yarn.lock` or `package-lock.json` names `github-slugger` before 1.4; nothing where it names both or none.
fn has_old_slugger(lock: &str) -> Option<bool> {
    let mut lines = lock.lines();
    let (mut old, mut new) = (false, false);
    while let Some(line) = lines.next() {
        let entry = line.trim_end();
        if !entry.contains("github-slugger") || !entry.ends_with([':', '{']) {
            continue;
        }
        let said = lines.next().unwrap_or_default();
        let Some((_, version)) = said.split_once("version") else { continue };
        let mut numbers = version.trim_matches(|c: char| !c.is_ascii_digit()).split('.').map(str::parse::<u32>);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(major)), Some(Ok(minor))) if (major, minor) < (1, 4) => old = true,
            (Some(Ok(_)), _) => new = true,
            _ => {}
        }
    }
    (old != new).then_some(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slugger_is_locked() {
        let yarn = |version| format!("github-slugger@^1.1.1, github-slugger@^1.2.1:\n  version \"{version}\"\n");
        assert_eq!(has_old_slugger(&yarn("1.3.0")), Some(true));
        assert_eq!(has_old_slugger(&yarn("1.4.0")), Some(false));
        assert_eq!(has_old_slugger(&(yarn("1.3.0") + &yarn("1.4.0"))), None);
        let npm = "    \"node_modules/github-slugger\": {\n      \"version\": \"1.2.1\",\n";
        assert_eq!(has_old_slugger(npm), Some(true));
        assert_eq!(has_old_slugger("    github-slugger \"^1.2.1\"\n"), None);
    }

    #[test]
    fn options_of_ids() {
        let text = "{ resolve: `gatsby-remark-autolink-headers`, options: { enableCustomId: true } }, { resolve: 'x', elements: 1 }";
        assert_eq!(options(text), Options { custom: true, respelt: false, unknown: false });
        assert!(options("'gatsby-remark-autolink-headers', options: { maintainCase : true }").respelt);
        assert!(options("'gatsby-remark-autolink-headers', options: { 'enableCustomId': true }").custom);
        assert!(!options("'gatsby-remark-autolink-headers', options: { maintainCase: false }").respelt);
    }
}
