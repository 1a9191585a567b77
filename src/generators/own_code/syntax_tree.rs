//! Plugins of remark and rehype walk the tree of a page and change its nodes.

use super::any;

/// What such code changes.
pub(super) struct OfNodes {
    pub(super) addresses: bool,
    /// Only relative links are changed, and what they lead to is looked for from the page's source file.
    pub(super) from_sources: bool,
    pub(super) pictures: bool,
    pub(super) link_texts: bool,
    pub(super) heading_ids: bool,
}

/// What a file of code does to the nodes of a tree, if it walks one.
pub(super) fn changes(text: &str) -> OfNodes {
    let walks = any(text, &["unist", "mdast", "hast", "visit("]);
    let links = walks && any(text, &["'link'", "\"link\"", "isLink", "'a'", "\"a\"", "href", "'definition'"]);
    let pictures = walks && any(text, &["'image'", "\"image\"", "isImage", "'img'", "\"img\""]);
    let headings = walks && any(text, &["'heading'", "\"heading\"", "isHeading", "'h2'", "\"h2\""]);
    let sets_one_of = |names: [&str; 2]| names.iter().any(|name| sets(text, name));
    let addresses = links && (sets_one_of(["url", "href"]) || any(text, &["'link', url", "\"link\", url"]));
    OfNodes {
        addresses,
        from_sources: addresses
            && asks_for_relative(text)
            && any(text, &["dirname("])
            && any(text, &["resolve(", "join("]),
        link_texts: links && (sets(text, "children") || any(text, &["children.push(", "children.unshift("])),
        pictures: pictures && sets_one_of(["url", "src"]),
        heading_ids: headings && (any(text, &["hProperties", "{#", "{ id"]) || sets(text, "id")),
    }
}

/// True where code looks for a dot or two at the beginning of a destination, and at nothing else of it.
fn asks_for_relative(text: &str) -> bool {
    let dots = [
        "/^(\\.{1,2}",
        "/^\\.{1,2}",
        "/^\\.\\.?\\/",
        "startsWith('.')",
        "startsWith(\".\")",
        "startsWith('./')",
        "startsWith(\"./\")",
    ];
    any(text, &dots) && !any(text, &["fetch(", "readFile", "new Map(", ".get("])
}

/// True where a member of that name is given a value: `node.url = …`, `node.properties['href'] = …`.
fn sets(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let rest = text.get(at + name.len()..).unwrap_or_default();
        let rest = match before.chars().next_back() {
            Some('.') => rest,
            Some(quote @ ('\'' | '"')) if before.ends_with(&format!("[{quote}")) => {
                let Some(rest) = rest.strip_prefix(quote).and_then(|rest| rest.strip_prefix(']')) else { return false };
                rest
            }
            _ => return false,
        };
        rest.trim_start().strip_prefix('=').is_some_and(|rest| !rest.starts_with(['=', '>']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_code_changes() {
        let of = changes;
        let links = of("import { visit } from 'unist-util-visit'; visit(tree, 'link', n => { n.url = x(n.url); })");
        assert!(links.addresses && !links.link_texts && !links.heading_ids);
        assert!(of("visit(tree, 'element', n => { if (n.tagName === 'a') n.properties['href'] = y })").addresses);
        assert!(!of("visit(tree, 'link', n => { if (n.url === x) n.data = { target: '_blank' } })").addresses);
        assert!(!of("element.href = '/a'; // of a page's script").addresses);
        let pictures = of("visit(tree, 'image', n => { n.url = cdn(n.url) })");
        assert!(pictures.pictures && !pictures.addresses);
        assert!(of("visit(tree, 'heading', n => { n.data.hProperties = { id } })").heading_ids);
    }
}
