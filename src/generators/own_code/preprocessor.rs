//! Docusaurus hands each page's text to a function of the configuration (`markdown.preprocessor`).

use super::any;

/// True for a configuration that names one.
pub(super) fn is_named(text: &str) -> bool {
    any(text, &["preprocessor:", "preprocessor("])
}

/// True for code of such a function that may write links anew; one that never speaks of links leaves them alone.
pub(super) fn writes_links(text: &str) -> bool {
    let acts = any(text, &["replace", "fileContent", ".split(", "preprocessor"]);
    acts && any(&without_own_marks(preprocessor(text)), &["](", "]\\(", "href", "markdownLink", "Links"])
}

/// The code of a configuration that may be the function for the text: none where it only names one.
fn preprocessor(text: &str) -> &str {
    let Some((_, value)) = text.split_once("preprocessor:") else { return text };
    let name = value.trim_start();
    let length = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(name.len());
    let named = length > 0
        && name.get(length..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with([',', '\n', '}', '\r']));
    if named { "" } else { value }
}

/// The code without patterns that begin with a tag of its own (`/<snippet\s+of="([^"]+)">/`): they find no links.
fn without_own_marks(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("/<") {
        let (before, pattern) = rest.split_at(at);
        out.push_str(before);
        let tag = pattern.get(2..).unwrap_or_default();
        let name = tag.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or_default();
        let of_links = ["a", "area", "img", "Link"].contains(&name);
        let mut escaped = false;
        let end = tag.char_indices().find(|(_, c)| match c {
            '\n' => true,
            _ if escaped => {
                escaped = false;
                false
            }
            '\\' => {
                escaped = true;
                false
            }
            c => *c == '/',
        });
        let skipped = match end {
            Some((end, '/')) if !name.is_empty() && !of_links => end + 3,
            _ => 2,
        };
        if skipped == 2 {
            out.push_str("/<");
        }
        rest = pattern.get(skipped..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_for_the_text() {
        let of = writes_links;
        assert!(of("preprocessor: ({ fileContent }) => fileContent.replace(/\\]\\(~/g, '](')"));
        assert!(!of("preprocessor: ({ fileContent }) => fileContent.replaceAll('VERSION', v)"));
        assert!(!of("markdown: { preprocessor: parts },\nnavbar: [{ href: '/a' }]"));
        assert!(!of(
            r#"preprocessor: (x) => x.replace(/<part\s+of=["']([^"']+)["']\s*\/?>/g, (all, id) => parts[id])"#
        ));
        assert!(of(r#"preprocessor: (x) => x.replace(/<a\s+to=["']([^"']+)["']>/g, fix)"#));
    }
}
