//! Slugs as the `slug` crate makes them: everything is spelt in ASCII letters and digits, joined by single hyphens.
//!
//! Source: the crate's documentation and Zola's own tests of its paths and anchors.

use deunicode::deunicode_char;

/// `Füße & Hände!` → `fusse-hande`. Nothing is left of a text without letters, digits and known symbols.
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut push = |c: char| {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    };
    for c in text.chars() {
        match c.is_ascii() {
            true => push(c),
            false => deunicode_char(c).unwrap_or("-").chars().for_each(&mut push),
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

/// A text without what stands between `<` and `>`: many programs take tags off before they make a slug.
#[must_use]
pub fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        let Some((_, after)) = tag.split_once('>') else { break };
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// One path of parts, with exactly one slash between them and at both ends.
#[must_use]
pub fn slashed(parts: &[&str]) -> String {
    let names: Vec<&str> = parts.iter().flat_map(|part| part.split('/')).filter(|name| !name.is_empty()).collect();
    if names.is_empty() { "/".to_owned() } else { format!("/{}/", names.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::slugify;

    #[test]
    fn as_zolas_own_tests_expect() {
        for (text, slug) in [
            ("input", "input"),
            ("test ", "test"),
            ("tes t", "tes-t"),
            ("dot. ", "dot"),
            ("日本", "ri-ben"),
            ("héhé", "hehe"),
            ("test (hey)", "test-hey"),
            ("Ship it 🚀 now", "ship-it-rocket-now"),
            ("— !", ""),
        ] {
            assert_eq!(slugify(text), slug, "{text}");
        }
    }
}
