//! Redirects that a host is told of in a file: `_redirects` (Netlify, Cloudflare Pages), `netlify.toml`.
//!
//! Source: the hosts' documentation of these files. Only the side that is redirected *from* is read: a link to it works.

use crate::generators::Folder;

/// Addresses that are redirected.
#[derive(Debug, Default)]
pub struct Redirects {
    /// Patterns: `*` stands for any rest, `:name` for one part.
    patterns: Vec<String>,
}

impl Redirects {
    /// Reads the files of a site; `places` are folders that are copied to the site's root.
    #[must_use]
    pub fn load(folder: &Folder<'_>, places: &[String]) -> Redirects {
        let mut patterns = Vec::new();
        for place in places {
            let path = crate::discover::join(place, "_redirects");
            for line in folder.read(&path).unwrap_or_default().lines() {
                let from = line.split_whitespace().next().unwrap_or_default();
                if from.starts_with('/') {
                    patterns.push(from.to_owned());
                }
            }
        }
        if let Some(text) = folder.read("netlify.toml")
            && let Ok(table) = text.parse::<toml_edit::DocumentMut>()
            && let Some(redirects) = table.get("redirects").and_then(toml_edit::Item::as_array_of_tables)
        {
            let from = redirects.iter().filter_map(|r| r.get("from").and_then(toml_edit::Item::as_str));
            patterns.extend(from.filter(|from| from.starts_with('/')).map(str::to_owned));
        }
        // `/*` catches everything: a page for what is not found, no proof that a page exists.
        patterns.retain(|pattern| pattern != "/*");
        Redirects { patterns }
    }

    /// True when a request for this path (decoded) is redirected.
    #[must_use]
    pub fn cover(&self, path: &str) -> bool {
        self.patterns.iter().any(|pattern| matches(pattern, path))
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut parts, mut of_path) = (pattern.trim_end_matches('/').split('/'), path.trim_end_matches('/').split('/'));
    loop {
        match (parts.next(), of_path.next()) {
            (None, None) => return true,
            (Some("*"), _) => return true,
            (Some(part), Some(other)) if part == other || (part.starts_with(':') && !other.is_empty()) => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        assert!(matches("/old", "/old/"));
        assert!(matches("/blog/*", "/blog/2012/a"));
        assert!(matches("/:year/a", "/2012/a"));
        assert!(!matches("/old", "/older"));
        assert!(!matches("/old/x", "/old"));
    }
}
