//! What the queries of `gatsby-node` ask of an entry before they give it a page, and which keys the components do without.
//!
//! Source: "GraphQL Query Options" of Gatsby's documentation (`filter`, `eq`, `ne`).

use crate::hash::Set;

use crate::discover::{extension, join};
use crate::generators::Folder;

/// A condition of a filter on the front matter: `draft: { ne: true }`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Condition {
    /// The key.
    pub key: String,
    /// It must have the value (`eq`), or must not have it (`ne`).
    pub equal: bool,
    /// The value, without quotation marks.
    pub value: String,
}

impl Condition {
    /// True for a value that the query leaves out.
    #[must_use]
    pub fn refuses(&self, value: &str) -> bool {
        (self.value == value) != self.equal
    }
}

/// The conditions that all queries for entries share.
#[must_use]
pub fn conditions(node: &str) -> Vec<Condition> {
    let dense: String = node.chars().filter(|c| !c.is_whitespace()).collect();
    let mut shared: Option<Set<Condition>> = None;
    for name in ["allMarkdownRemark", "allMdx"] {
        for (at, _) in dense.match_indices(name) {
            let before = dense.get(..at).unwrap_or_default();
            let behind = dense.get(at + name.len()..).unwrap_or_default();
            // `data.allMdx.edges` and `{allMdx}` use what a query found.
            if before.ends_with('.') || !behind.starts_with(['(', '{']) {
                continue;
            }
            let own: Set<Condition> = if behind.starts_with('(') { of_query(behind) } else { Set::default() };
            shared = Some(match shared {
                Some(shared) => shared.intersection(&own).cloned().collect(),
                None => own,
            });
        }
    }
    let mut all: Vec<Condition> = shared.into_iter().flatten().collect();
    all.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    all
}

/// The conditions on the front matter in the arguments of one query.
fn of_query(arguments: &str) -> Set<Condition> {
    let inside = balanced(arguments, ('(', ')'));
    let Some((_, filter)) = inside.split_once("frontmatter:") else { return Set::default() };
    let mut rest = balanced(filter, ('{', '}'));
    let mut found = Set::default();
    while let Some((key, value)) = rest.split_once(":{") {
        let Some((condition, behind)) = value.split_once('}') else { break };
        let key = key.trim_start_matches([',', '{']);
        if let Some((operator @ ("eq" | "ne"), value)) = condition.split_once(':') {
            let value = value.trim_matches(['"', '\'']);
            // Of a switch, one value and not the other are the same.
            let (operator, value) = match (operator, value) {
                ("eq", "false") => ("ne", "true"),
                ("ne", "false") => ("eq", "true"),
                other => other,
            };
            found.insert(Condition { key: key.to_owned(), equal: operator == "eq", value: value.to_owned() });
        }
        rest = behind;
    }
    found
}

/// What stands between the first bracket and the one that closes it.
fn balanced(text: &str, (open, close): (char, char)) -> &str {
    let Some(start) = text.find(open) else { return "" };
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < start) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return text.get(start + 1..at).unwrap_or_default();
            }
        }
    }
    ""
}

/// Keys of the front matter for which the components have something else where a page has none:
/// `frontmatter.description || post.excerpt`, `frontmatter.cover && …`, `frontmatter.date ? … : …`.
pub fn optional_keys(folder: &Folder<'_>, site: &str) -> Set<String> {
    const FILES: usize = 200;
    let is_code = |path: &&str| matches!(&*extension(path), "js" | "jsx" | "ts" | "tsx");
    let files = folder.below(&join(site, "src")).filter(is_code).take(FILES).filter_map(|path| folder.read(path));
    let mut optional = Set::default();
    for text in files {
        for (at, start) in text.match_indices("frontmatter") {
            let behind = text.get(at + start.len()..).unwrap_or_default();
            let Some(behind) = behind.strip_prefix("?.").or_else(|| behind.strip_prefix('.')) else { continue };
            let length = behind.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(behind.len());
            let (key, behind) = behind.split_at(length);
            let behind = behind.trim_start();
            let has_other = ["||", "??", "&&"].iter().any(|sign| behind.starts_with(sign))
                || behind.starts_with('?') && !behind.starts_with("?.");
            // A page without a title is called after its file there, which nobody means.
            if has_other && key != "title" {
                optional.insert(key.to_owned());
            }
        }
    }
    optional
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_queries_ask_for() {
        let one = |key: &str, equal, value: &str| Condition { key: key.to_owned(), equal, value: value.to_owned() };
        let text = "`{ allMdx(limit: 9, filter: { frontmatter: { draft: { ne: true }, kind: {eq: \"a\"} } }) { nodes }\n\
            group: allMdx(filter: {frontmatter: {draft: {ne: true}}}) { x } }`; const { allMdx } = r.data; allMdx.edges";
        assert_eq!(conditions(text), [one("draft", false, "true")]);
        assert!(conditions("{ allMarkdownRemark { nodes } allMdx(filter: {frontmatter: {a: {eq: 1}}}) }").is_empty());
        assert!(one("draft", false, "true").refuses("true") && !one("draft", false, "true").refuses("false"));
        assert!(one("published", true, "true").refuses("false"));
    }
}
